//! `rehop probe`: a client against the lab.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::sync::atomic::Ordering;
use std::thread;

use tempfile::NamedTempFile;

use super::{Stop, Streams, probed, profile, route};
use crate::cli::UsageError;
use crate::cli::plan::ProbePlan;
use crate::clients::Profile;
use crate::exit::Exit;
use crate::lab::probe::{
    self, BODY, BodyFiles, Client, Command, Difference, Progress, Scope, differences,
};
use crate::model::nearest;
use crate::report::Secrets;
use crate::report::probe::{self as report, Against, Tally, View};
use crate::rules::Verdict;

/// Runs the client through everything, and reports.
pub(super) fn probe(plan: &ProbePlan, streams: &mut Streams) -> Result<Exit, Stop> {
    let command = Command::new(&plan.command).map_err(|unusable| {
        UsageError::new(
            format!("probe: {unusable}"),
            "write it as in `rehop probe -- curl -sL {url}`",
        )
    })?;
    if !plan.methods.is_empty() && !command.takes_method() {
        return Err(UsageError::new(
            "--method: the command has no {method} in it",
            "put {method} where the client takes it",
        )
        .into());
    }
    let fail_on = FailOn::new(&plan.fail_on)?;
    let known = plan
        .against
        .as_ref()
        .map(|client| profile::one("--against", client))
        .transpose()?
        .map(|client| client.profile);
    let (full, empty) = (body_file(BODY)?, body_file("")?);
    let files = BodyFiles {
        full: full.path().into(),
        empty: empty.path().into(),
    };
    let interrupted = route::interrupt();
    let scope = scope(plan);
    let client = Client {
        command: &command,
        files: &files,
        scope: &scope,
        timeout: plan.timeout,
        interrupted: &interrupted,
    };
    let jobs = plan
        .jobs
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    let mut tell = |progress| {
        if plan.progress {
            show(streams.err, progress);
        }
    };
    let probed = probe::probe(&client, jobs, &mut tell);
    if plan.progress {
        wipe(streams.err);
    }
    let probed = probed.map_err(|probe::NoClient(why)| {
        let program = command.program().to_string_lossy().into_owned();
        UsageError::new(
            format!("probe: {program}: {why}"),
            "the command after `--` is run as it stands, without a shell",
        )
    })?;
    let words: Vec<String> = command
        .words()
        .map(|word| masked(&word.to_string_lossy()))
        .collect();
    // Of a client that could not be run there is nothing to compare or write.
    let known = known.filter(|_| probed.cells.iter().any(|cell| cell.outcome.is_ok()));
    let drift = known
        .as_ref()
        .map(|known| differences(&known.policy, &probed));
    let written = plan
        .profile
        .as_deref()
        .map(|path| probed::of(&probed, path, &words));
    if let (Some(profile), Some(path)) = (&written, &plan.profile) {
        probed::write(profile, path)?;
    }
    let missed = written
        .as_ref()
        .map(|profile| differences(&profile.policy, &probed));
    let view = View {
        command: &words,
        probed: &probed,
        against: against(known.as_ref(), drift.as_deref()),
        profile: against(written.as_ref(), missed.as_deref()),
    };
    write(plan, view, streams.out)?;
    Ok(if interrupted.load(Ordering::Relaxed) {
        Exit::Interrupted
    } else {
        fail_on.exit(view)
    })
}

/// A profile and where the client is not as it says.
fn against<'a>(
    profile: Option<&'a Profile>,
    differences: Option<&'a [Difference]>,
) -> Option<Against<'a>> {
    let (profile, differences) = (profile?, differences?);
    Some(Against {
        name: &profile.id,
        version: &profile.version,
        differences,
    })
}

fn scope(plan: &ProbePlan) -> Scope {
    let usual = Scope::default();
    Scope {
        codes: if plan.statuses.is_empty() {
            usual.codes
        } else {
            plan.statuses.clone()
        },
        methods: if plan.methods.is_empty() {
            usual.methods
        } else {
            plan.methods.clone()
        },
    }
}

fn write(plan: &ProbePlan, view: View, out: &mut dyn Write) -> io::Result<()> {
    if plan.json {
        return report::json(out, view);
    }
    report::table(out, plan.layout, view)
}

fn body_file(body: &str) -> Result<NamedTempFile, UsageError> {
    let write = || {
        let mut file = NamedTempFile::new()?;
        file.write_all(body.as_bytes())?;
        Ok(file)
    };
    write().map_err(|error: io::Error| {
        UsageError::new(format!("probe: cannot write a temporary file: {error}"), "")
    })
}

/// A word of the command without what it holds of secrets: a field as for `-H`, a URL, else as it is.
fn masked(word: &str) -> String {
    match word.split_once(": ") {
        Some((name, value)) => {
            let value = Secrets::Masked.field(name, value.as_bytes());
            format!("{name}: {}", String::from_utf8_lossy(&value))
        }
        None => Secrets::Masked.text(word),
    }
}

/// How far it has come, on the line where the cursor is. A terminal that is gone is no reason to stop.
fn show(err: &mut dyn Write, Progress { done, all }: Progress) {
    drop(write!(err, "\r\x1b[Kprobing: {done} of {all} runs").and_then(|()| err.flush()));
}

fn wipe(err: &mut dyn Write) {
    drop(write!(err, "\r\x1b[K").and_then(|()| err.flush()));
}

/// What `--fail-on` calls a difference from the profile that `--against` names.
const DRIFT: &str = "drift";

/// What makes a probe fail.
struct FailOn {
    /// This level or a worse one.
    level: Option<Verdict>,
    /// Findings, by id.
    ids: Vec<&'static str>,
    /// Any difference from the profile that `--against` names.
    drift: bool,
}

impl FailOn {
    fn new(typed: &[String]) -> Result<Self, UsageError> {
        if typed.is_empty() {
            return Ok(Self {
                level: Some(Verdict::Forbidden),
                ids: Vec::new(),
                drift: false,
            });
        }
        let mut fail_on = Self {
            level: None,
            ids: Vec::new(),
            drift: false,
        };
        for word in typed.iter().filter(|word| *word != "none") {
            let level = Verdict::ALL
                .into_iter()
                .find(|level| level.as_str() == word);
            let id = probe::notes::NOTES
                .iter()
                .map(|note| note.id)
                .find(|id| id == word);
            match (level, id) {
                (Some(level), _) => {
                    fail_on.level = Some(fail_on.level.map_or(level, |other| other.min(level)));
                }
                (None, Some(id)) => fail_on.ids.push(id),
                (None, None) if word == DRIFT => fail_on.drift = true,
                (None, None) => return Err(unknown(word)),
            }
        }
        Ok(fail_on)
    }

    fn exit(&self, view: View) -> Exit {
        let tally = Tally::of(view.probed);
        let bad = Verdict::ALL
            .into_iter()
            .any(|level| self.level.is_some_and(|at| level >= at) && tally.at(level) > 0);
        let found = report::findings(view.probed).any(|note| self.ids.contains(&note.id));
        let drifted = self.drift
            && view
                .against
                .is_some_and(|against| !against.differences.is_empty());
        match (tally.measured(), bad || found || drifted) {
            // A client that could not be run has not passed.
            (0, _) => Exit::Unreached,
            (_, true) => Exit::Unmet,
            (_, false) => Exit::Clean,
        }
    }
}

fn unknown(word: &str) -> UsageError {
    let known = || {
        let levels = Verdict::ALL.into_iter().map(Verdict::as_str);
        levels
            .chain(probe::notes::NOTES.iter().map(|note| note.id))
            .chain([DRIFT, "none"])
    };
    let cure = match nearest(word, known()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known are {}", known().collect::<Vec<_>>().join(", ")),
    };
    UsageError::new(format!("--fail-on {word}: no such level or finding"), cure)
}
