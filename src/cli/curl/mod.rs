//! `rehop curl …`: what a curl command line would send, by curl's own rules.
//!
//! ```text
//! one pasted line ──words (bash, cmd)──▶ words ──options (table)──▶ Line ──▶ InspectPlan
//! ```

mod argv;
mod bash;
mod cmd;
mod glob;
mod groups;
mod invocation;
mod option_kind;
mod options;
mod pasted_line;
mod table;
#[cfg(test)]
mod tests;

use std::ffi::OsString;

use self::invocation::CurlInvocation;
use self::options::OptionRead;
pub(crate) use self::table::is_curl_option;
use super::args::InspectArgs;
use super::env::Env;
use super::parse;
use super::plan::{InspectPlan, Printout};
use crate::exit::UsageError;
use crate::intake::InputPlace;

/// What the words after `rehop curl` mean.
#[derive(Debug, Clone)]
pub(crate) enum CurlPlan {
    /// Inspect what curl would send.
    Inspect(Box<InspectPlan>),
    /// Read the command line first.
    Pasted(Box<PastedCurl>),
    /// Print this.
    Page(Printout),
}

/// `rehop curl -`: the command line is still to be read from standard input.
#[derive(Debug, Clone)]
pub(crate) struct PastedCurl {
    typed: InspectArgs,
    env: Env,
}

/// The plan of `rehop curl` with these words; `typed` are rehop's own flags before `curl`.
pub(super) fn plan(
    words: &[OsString],
    typed: InspectArgs,
    env: &Env,
) -> Result<CurlPlan, UsageError> {
    match words {
        [only] if only == "-" => Ok(CurlPlan::Pasted(Box::new(PastedCurl {
            typed,
            env: env.clone(),
        }))),
        [only] if argv::is_line(only) => read_line(only.to_str().unwrap_or_default(), typed, env),
        [line, _, ..] if argv::is_line(line) => Err(UsageError::new(
            "more arguments follow the pasted command line",
            "rehop's own flags stand before `curl`; curl's go into the line",
        )),
        [name, words @ ..] if argv::is_curl(name) => read_words(words, "", typed, env),
        words => read_words(words, "", typed, env),
    }
}

impl PastedCurl {
    /// The plan, now that the command line has been read.
    ///
    /// # Errors
    /// What is wrong with it; also where it needs standard input, which has been read.
    pub(crate) fn plan(self, text: &str) -> Result<CurlPlan, UsageError> {
        let plan = read_line(text, self.typed, &self.env)?;
        let reader = match &plan {
            CurlPlan::Inspect(inspect) => inspect
                .sources()
                .find(|source| source.place == InputPlace::Stdin),
            _ => None,
        };
        if let Some(source) = reader {
            let says = format!(
                "{} reads standard input, which held the command line",
                source.flag
            );
            return Err(UsageError::new(
                says,
                "give the command line as arguments: rehop curl ARGS...",
            ));
        }
        Ok(plan)
    }
}

fn read_line(text: &str, typed: InspectArgs, env: &Env) -> Result<CurlPlan, UsageError> {
    let (words, left) = argv::split(text)?;
    read_words(&words, &left, typed, env)
}

/// The mark and the first word after it; more of it may be a secret.
fn beginning(left: &str) -> String {
    let word = left.trim_start_matches(|c: char| "|;>&".contains(c) || c.is_whitespace());
    let end = word.find(char::is_whitespace).unwrap_or(word.len()) + left.len() - word.len();
    if end < left.len() {
        format!("{} ...", &left[..end])
    } else {
        left.to_owned()
    }
}

fn read_words(
    words: &[OsString],
    left: &str,
    typed: InspectArgs,
    env: &Env,
) -> Result<CurlPlan, UsageError> {
    let mut line = CurlInvocation {
        typed,
        ..CurlInvocation::default()
    };
    if !left.is_empty() {
        line.notes.push(format!(
            "passed over what follows the command: {}",
            beginning(left)
        ));
    }
    match options::read(words, line)? {
        OptionRead::Line(line) => line.plan(env).map(|plan| CurlPlan::Inspect(Box::new(plan))),
        OptionRead::Help => Ok(CurlPlan::Page(parse::help("curl", env))),
    }
}
