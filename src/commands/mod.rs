//! One short file per verb, and what opens the files that a plan names.

mod chains;
mod clients;
mod content;
mod cookies;
mod demo;
mod explain;
mod inspect;
mod multipart;
mod netrc;
mod output;
mod probe;
mod probed;
mod profile;
mod progress;
mod request;
mod route;
mod serve;
mod urls;

use std::ffi::OsString;
use std::io::{self, Read, Write};

use crate::cli::plan::{InputPlace, InputSource, Printout};
use crate::cli::{Env, Plan, UsageError, printable};
use crate::exit::Exit;

/// What a run reads from and writes to.
pub struct Streams<'a> {
    /// Standard input; read only where `-` asks for it.
    pub input: &'a mut dyn Read,
    /// Standard output: the report and nothing else.
    pub out: &'a mut dyn Write,
    /// Standard error: notes and errors.
    pub err: &'a mut dyn Write,
}

/// Why a run ends before its time.
enum Stop {
    /// The user got something wrong; nothing was sent.
    Misuse(UsageError),
    /// The output cannot be written; how the run would have ended, as far as it was known.
    Output(anyhow::Error, Exit),
}

impl From<UsageError> for Stop {
    fn from(misuse: UsageError) -> Self {
        Self::Misuse(misuse)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::from(anyhow::Error::from(error))
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Output(error, Exit::Clean)
    }
}

/// Does what `words`, the arguments without the name of the program, ask for.
///
/// The whole program: errors are told on `streams.err` and become the exit. A reader that closed its end of the pipe has
/// had enough, which is no error; that an expectation failed before is not forgotten for it.
pub fn run(words: &[OsString], env: &Env, streams: &mut Streams) -> Exit {
    let done = Plan::new(words, env)
        .map_err(Stop::from)
        .and_then(|plan| execute(plan, streams));
    let done = done.and_then(|exit| {
        streams
            .out
            .flush()
            .map(|()| exit)
            .map_err(|error| Stop::Output(error.into(), exit))
    });
    let told = match &done {
        Err(Stop::Misuse(misuse)) => writeln!(streams.err, "{misuse}"),
        Err(Stop::Output(error, _)) if !is_enough(error) => {
            writeln!(
                streams.err,
                "rehop: cannot write the output: {}",
                printable(&format!("{error:#}"))
            )
        }
        _ => Ok(()),
    };
    // There is nobody left to tell when standard error is gone as well.
    drop(told);
    match done {
        Ok(exit) => exit,
        Err(Stop::Misuse(_)) => Exit::Misuse,
        Err(Stop::Output(error, exit)) if is_enough(&error) => exit,
        Err(Stop::Output(_, exit)) => exit.max(Exit::Unreached),
    }
}

/// Whether whoever read the output closed it.
fn is_enough(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn execute(plan: Plan, streams: &mut Streams) -> Result<Exit, Stop> {
    match plan {
        Plan::Inspect(plan) => inspect::inspect(&plan, streams),
        Plan::Pasted(pasted) => {
            let line = content::read(
                &InputSource {
                    flag: "curl -",
                    place: InputPlace::Stdin,
                },
                streams.input,
            )?;
            let not_utf8 =
                |_| UsageError::new("curl -: standard input is not UTF-8", "percent-encode it");
            execute(
                pasted.plan(&String::from_utf8(line).map_err(not_utf8)?)?,
                streams,
            )
        }
        Plan::Demo(plan) => demo::demo(&plan, streams),
        Plan::Clients(plan) => clients::clients(&plan, streams.out),
        Plan::Serve(plan) => serve::serve(&plan, streams),
        Plan::Probe(plan) => probe::probe(&plan, streams),
        Plan::Explain(plan) => explain::explain(&plan, streams.out),
        Plan::Show(Printout { text, exit }) => {
            let to: &mut dyn Write = if exit == Exit::Clean {
                streams.out
            } else {
                streams.err
            };
            to.write_all(text.as_bytes())?;
            Ok(exit)
        }
    }
}
