//! One short file per verb, and what joins the rooms for them.

mod check;
mod clients;
mod demo;
mod explain;
mod inspect;
mod interrupt;
mod listing;
mod network;
mod output;
mod probe;
mod probe_client;
mod probe_gate;
mod probed;
mod progress;
mod resume;
mod rule_files;
mod run;
mod serve;
mod session;
mod streams;
#[cfg(test)]
mod tests;
mod whole_file;
mod worker;

use std::ffi::OsString;
use std::io::{self, Write};

pub use streams::{Streams, is_closed};

use crate::cli::curl::PastedCurl;
use crate::cli::plan::Printout;
use crate::cli::{Env, Plan, printable};
use crate::exit::{Exit, RunError, Trouble, UsageError};
use crate::intake::{self, InputPlace, InputSource};
use crate::report::Secrets;
use crate::rules::mask::TypedSecrets;

/// Does what `words`, the arguments without the name of the program, ask for.
///
/// The whole program: errors are said on `streams.err` and become the exit. A reader that closed its end of the pipe has
/// had enough, which is no error; that an expectation failed before is not forgotten for it.
pub fn run(words: &[OsString], env: &Env, streams: &mut Streams) -> Exit {
    let done = Plan::new(words, env)
        .map_err(RunError::from)
        .and_then(|plan| {
            // Before anything is sent: what it finds could be told nowhere.
            let closed = io::Error::other("it is closed");
            if streams.out_is_closed {
                return Err(Trouble::output(&closed).into());
            }
            execute(plan, streams)
        });
    let flushed = streams.out.flush();
    let done = done.and_then(|exit| match flushed {
        Ok(()) => Ok(exit),
        Err(error) => Err(Trouble::output(&error).after(exit).into()),
    });
    match done {
        Ok(exit) => exit,
        Err(error) => {
            let typed = typed_secrets(words);
            for line in error.lines() {
                let line = typed.out_of(&line);
                // Where standard error is gone as well no line can be read.
                let _ = writeln!(streams.err, "{}", printable(&line));
            }
            error.exit()
        }
    }
}

/// The secrets of the command line, which no error repeats; with `--show-secrets` there are none.
fn typed_secrets(words: &[OsString]) -> TypedSecrets {
    let words: Vec<String> = words
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let secrets = if words.iter().any(|word| word == "--show-secrets") {
        Secrets::Shown
    } else {
        Secrets::Masked
    };
    TypedSecrets::of(&words, secrets)
}

fn execute(plan: Plan, streams: &mut Streams) -> Result<Exit, RunError> {
    match plan {
        Plan::Inspect(plan) => inspect::inspect(&plan, streams),
        Plan::Pasted(pasted) => execute(read_pasted(*pasted, streams)?, streams),
        Plan::Demo(plan) => demo::demo(&plan, streams),
        Plan::Clients(plan) => clients::clients(&plan, streams.out),
        Plan::Check(plan) => check::check(&plan, streams),
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

/// The plan of the command line on standard input (`rehop curl -`).
fn read_pasted(pasted: PastedCurl, streams: &mut Streams) -> Result<Plan, RunError> {
    let source = InputSource {
        flag: "curl -",
        place: InputPlace::Stdin,
    };
    let line = String::from_utf8(intake::read(&source, &mut streams.input)?)
        .map_err(|_| UsageError::new("curl -: standard input is not UTF-8", "percent-encode it"))?;
    Ok(pasted.plan(&line)?.into())
}
