//! The probe: runs somebody's client against the lab, once for each situation, and judges what it did.
//!
//! ```text
//! Command + Situation ──run──▶ arrivals ──cell──▶ Cell (verdict, findings)
//! ```
//!
//! Each run has a lab of its own: what arrives there is that run's, however many go on at once. First the client is run
//! on a plain 200: what it cannot do there it is not judged for.

mod answers;
mod cell;
mod command;
mod content_fields;
mod dialect;
mod distil;
pub mod notes;
mod odd;
mod parallel;
mod predict;
mod probe_request;
mod probed;
mod run;
mod settle;
mod situation;
mod table;
#[cfg(test)]
mod tests;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use answers::ProbedAnswer;
pub use cell::{BodySeen, ProbedCell, ProbedNext, ProbedOutcome};
pub use command::{BODY, BodyFiles, Command, CommandError};
pub use distil::distil;
pub use odd::{Odd, OddReading};
pub use predict::{Difference, DifferencePlace, differences};
pub use probe_request::ProbeRequest;
pub use probed::{LONGEST_CHAIN, Limit, LimitsSeen, Probed, Start};
pub use run::Client;
pub use situation::{CROSSINGS, FARTHER, ProbeScope, ProbedRedirect};

use super::journal::Arrival;
use super::scenarios::probe::END;
use crate::clients::Crossing;
use crate::model::Status;
use parallel::in_parallel;
use probed::{ENOUGH, PATIENCE};
use run::{Run, RunFault};
use situation::Entrance;

/// How far a probe has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Runs done.
    pub done: usize,
    /// Runs in all, as far as is known.
    pub all: usize,
}

/// Why there was nothing to probe: the program cannot be started, or there is no lab.
#[derive(Debug)]
pub struct NoClient(pub String);

/// Puts `client` through everything, `jobs` runs at once; `tell` hears how far it has come, on this thread.
///
/// # Errors
/// Where not one run could be started.
pub fn probe(
    client: &Client,
    jobs: NonZeroUsize,
    tell: &mut dyn FnMut(Progress),
) -> Result<Probed, NoClient> {
    let asks = situation::asks(client.command, &client.scope.methods);
    let planned = asks.len() * (1 + ProbedRedirect::all(&client.scope.codes).count())
        + 2
        + odd::FORMS.len()
        + answers::FORMS.len();
    let mut done = 0;
    let mut count = |all: usize, tell: &mut dyn FnMut(Progress)| {
        done += 1;
        tell(Progress { done, all });
    };
    let starts = in_parallel(&asks, jobs, |ask| start(client, ask), &mut || {
        count(planned, tell);
    });
    let starts = starts.into_iter().collect::<Result<Vec<_>, _>>()?;
    let reached = FARTHER.map(|crossing| (crossing, reach(client, &starts, crossing)));
    let tasks = tasks(&starts, &client.scope.codes, &reached);
    let runs = starts.len() + tasks.iter().filter(|task| task.is_run(&starts)).count();
    let hung: Vec<AtomicUsize> = starts.iter().map(|_| AtomicUsize::new(0)).collect();
    let work = |task: &Task| task.perform(client, &starts, &hung);
    let found = in_parallel(&tasks, jobs, work, &mut || {
        count(starts.len() + tasks.len(), tell);
    });
    let unreached = reached
        .into_iter()
        .filter_map(|(crossing, reached)| Some((crossing, reached.err()?)));
    let unreached = unreached.collect();
    Ok(Probed {
        unreached,
        ..gathered(starts, found, runs)
    })
}

fn gathered(starts: Vec<Start>, found: Vec<Found>, runs: usize) -> Probed {
    let unknown = || Err("not looked at".to_owned());
    let mut probed = Probed {
        starts,
        cells: Vec::new(),
        limits: LimitsSeen {
            chain: unknown(),
            looped: unknown(),
        },
        odd: Vec::new(),
        unreached: Vec::new(),
        answers: Vec::new(),
        runs,
    };
    for found in found {
        match found {
            Found::Cell(cell) => probed.cells.push(cell),
            Found::Chain(limit) => probed.limits.chain = limit,
            Found::Loop(limit) => probed.limits.looped = limit,
            Found::Odd(odd) => probed.odd.push(odd),
            Found::Answer(answer) => probed.answers.push(answer),
        }
    }
    probed
}

/// The client on a plain 200.
fn start(client: &Client, ask: &ProbeRequest) -> Result<Start, NoClient> {
    let request = match client.run((Entrance::Address, END), ask, ENOUGH) {
        Err(RunFault::NotStarted(error)) => return Err(NoClient(error.to_string())),
        Err(fault @ RunFault::NoLab(_)) => return Err(NoClient(fault.to_string())),
        Err(fault) => Err(fault.to_string()),
        Ok(run) => began(&run, ask),
    };
    Ok(Start {
        ask: ask.clone(),
        request,
    })
}

/// Whether the client finds the lab by the entrance that this crossing needs, or why not.
fn reach(client: &Client, starts: &[Start], crossing: Crossing) -> Result<(), String> {
    let start = starts.iter().find(|start| start.request.is_ok());
    let start = start.ok_or_else(|| "sent nothing".to_owned())?;
    let entrance = Entrance::needed(crossing);
    let run = client.run((entrance, END), &start.ask, ENOUGH);
    let run = run.map_err(|fault| fault.to_string())?;
    began(&run, &start.ask).map(|_| ())
}

/// The request of a run without a redirect, if it is what was asked for.
fn began(run: &Run, ask: &ProbeRequest) -> Result<Arc<Arrival>, String> {
    let first = run
        .arrivals
        .iter()
        .find(|arrival| arrival.target == END.as_bytes());
    let Some(first) = first else {
        return Err(format!("sent nothing ({})", run.ended));
    };
    match &ask.method {
        Some(method) if method.as_str() != first.method => {
            Err(format!("sent {} in place of {method}", first.method))
        }
        _ if run.failed => Err(format!("fails without a redirect ({})", run.ended)),
        _ => Ok(Arc::clone(first)),
    }
}

/// One thing to find out: the numbers are those of the starts.
enum Task {
    Cell(usize, ProbedRedirect),
    Chain(usize),
    Loop(usize),
    Odd(usize, &'static str),
    Answer(usize, &'static str),
}

/// What was found out.
enum Found {
    Cell(ProbedCell),
    Chain(Result<Limit, String>),
    Loop(Result<Limit, String>),
    Odd(Odd),
    Answer(ProbedAnswer),
}

/// The matrix for each start; limits and odd Locations for the first that works, which is GET where there is a choice.
fn tasks(
    starts: &[Start],
    codes: &[Status],
    reached: &[(Crossing, Result<(), String>)],
) -> Vec<Task> {
    let cells = (0..starts.len())
        .flat_map(|n| ProbedRedirect::all(codes).map(move |situation| Task::Cell(n, situation)));
    let mut tasks: Vec<Task> = cells.collect();
    for (crossing, _) in reached.iter().filter(|(_, reached)| reached.is_ok()) {
        let each = (0..starts.len()).flat_map(|n| {
            ProbedRedirect::farther(codes, *crossing).map(move |situation| Task::Cell(n, situation))
        });
        tasks.extend(each);
    }
    // These are answered with 302.
    let first = starts
        .iter()
        .position(|start| start.request.is_ok())
        .filter(|_| codes.contains(&Status(302)));
    if let Some(n) = first {
        tasks.extend([Task::Chain(n), Task::Loop(n)]);
        tasks.extend(odd::FORMS.map(|form| Task::Odd(n, form)));
        tasks.extend(answers::FORMS.map(|form| Task::Answer(n, form)));
    }
    tasks
}

impl Task {
    fn start(&self) -> usize {
        match self {
            Self::Cell(n, _)
            | Self::Chain(n)
            | Self::Loop(n)
            | Self::Odd(n, _)
            | Self::Answer(n, _) => *n,
        }
    }

    /// Whether the client is run for it.
    fn is_run(&self, starts: &[Start]) -> bool {
        starts[self.start()].request.is_ok()
    }

    fn perform(&self, client: &Client, starts: &[Start], hung: &[AtomicUsize]) -> Found {
        let (start, hung) = (&starts[self.start()], &hung[self.start()]);
        let run_at =
            |entrance, path: &str, enough| run(client, start, hung, (entrance, path), enough);
        let run = |path: &str, enough: usize| run_at(Entrance::Address, path, enough);
        match self {
            Self::Cell(_, situation) => {
                let path = situation.path();
                let outcome = run_at(Entrance::to(situation.crossing), &path, ENOUGH)
                    .and_then(|run| cell::outcome(&run, &path, situation));
                let ProbedRedirect { status, crossing } = *situation;
                Found::Cell(ProbedCell {
                    status,
                    crossing,
                    ask: start.ask.clone(),
                    outcome,
                })
            }
            Self::Chain(_) => Found::Chain(
                run(&format!("{END}/chain/{LONGEST_CHAIN}"), ENOUGH).map(|run| limit(&run)),
            ),
            Self::Loop(_) => {
                Found::Loop(run(&format!("{END}/loop"), LONGEST_CHAIN).map(|run| limit(&run)))
            }
            Self::Answer(_, form) => {
                Found::Answer(answers::answered(form, faulty(client, start, form)))
            }
            Self::Odd(_, form) => Found::Odd(odd::odd(form, run(&odd::path(form), LONGEST_CHAIN))),
        }
    }
}

/// Runs the client on an answer at fault; `None` where it waits and waits, which tells something here.
///
/// One that goes on may be kept by the connection that is left open: where it does not end, it is run again and ended at
/// its next request.
fn faulty(client: &Client, start: &Start, form: &str) -> Result<Option<Run>, String> {
    let path = answers::path(form);
    let run = |enough| client.run((Entrance::Address, &path), &start.ask, enough);
    let ran = match run(ENOUGH) {
        Err(RunFault::Hung(_)) => run(1),
        ran => ran,
    };
    match ran {
        Ok(run) => Ok(Some(run)),
        Err(RunFault::Hung(_)) => Ok(None),
        Err(fault) => Err(fault.to_string()),
    }
}

/// Runs the client where there is hope.
fn run(
    client: &Client,
    start: &Start,
    hung: &AtomicUsize,
    (entrance, path): (Entrance, &str),
    enough: usize,
) -> Result<Run, String> {
    if let Err(why) = &start.request {
        return Err(why.clone());
    }
    if hung.load(Ordering::Relaxed) >= PATIENCE {
        return Err(format!(
            "not tried: {PATIENCE} runs like this one did not end"
        ));
    }
    client
        .run((entrance, path), &start.ask, enough)
        .map_err(|fault| {
            if matches!(fault, RunFault::Hung(_)) {
                hung.fetch_add(1, Ordering::Relaxed);
            }
            fault.to_string()
        })
}

fn limit(run: &Run) -> Limit {
    let followed = run.arrivals.len().saturating_sub(1);
    Limit {
        followed: (followed < LONGEST_CHAIN).then_some(followed),
        failed: run.failed,
    }
}
