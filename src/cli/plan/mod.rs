//! The command line as meant: every default chosen, every value parsed, nothing opened.

mod chain;
mod client;
mod clients;
mod data;
mod form;
mod header;
mod net;
mod number;
mod probe;
mod proxy;
mod report;
mod request;
mod source;
mod target;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::num::NonZeroUsize;

use url::Url;

pub use chain::{AllowedSchemes, Amendments, ChainPlan};
pub use client::{ClientPlan, ProfilePlace};
pub use clients::{ClientsPlan, ClientsView};
pub use data::{DataPiece, Filter, Join};
pub use form::Part;
pub use header::HeaderLine;
pub use net::{Identity, NetPlan, TlsPlan};
pub use probe::{ProbePlan, ServePlan};
pub(in crate::cli) use report::layout;
pub use report::{ChecksPlan, ReportPlan};
pub use request::{ContentPlan, CookieFile, Credentials, RequestPlan, USER_AGENT};
pub use source::{InputPlace, InputSource};
pub use target::url;

pub(in crate::cli) use client::is_url as is_url_not_clients;
pub(in crate::cli) use request::{netrc, one_line};
pub(in crate::cli) use target::{url_with_default, without_userinfo};

use super::args::{self, Verb};
use super::parse::{self, Parsed};
use super::{Env, UsageError, curl, docs};
use crate::exit::Exit;
use crate::report::{Detail, Layout};

/// What to do.
#[derive(Debug, Clone)]
pub enum Plan {
    /// Inspect these URLs.
    Inspect(Box<InspectPlan>),
    /// Read a curl command line from standard input, and inspect what it asks for.
    Pasted(Box<curl::PastedCurl>),
    /// Inspect the built-in chain.
    Demo(Box<DemoPlan>),
    /// Show what known clients do.
    Clients(ClientsPlan),
    /// Run the lab.
    Serve(ServePlan),
    /// Judge a client.
    Probe(ProbePlan),
    /// Tell of a code or a finding.
    Explain(ExplainPlan),
    /// Print this.
    Show(Printout),
}

/// `rehop URL...` and `rehop curl ARGS...`.
#[derive(Debug, Clone)]
pub struct InspectPlan {
    /// The URLs that were typed, in order.
    pub urls: Vec<Url>,
    /// Where more of them are read, one a line.
    pub inputs: Vec<InputSource>,
    /// How many of them are inspected at once.
    pub workers: NonZeroUsize,
    /// What is sent to each.
    pub request: RequestPlan,
    /// How each chain is followed.
    pub chain: ChainPlan,
    /// How servers are reached.
    pub net: NetPlan,
    /// What must hold.
    pub checks: ChecksPlan,
    /// What is printed.
    pub report: ReportPlan,
    /// What the user should know of the command line, a line each, for standard error.
    pub notes: Vec<String>,
}

/// `rehop demo`.
#[derive(Debug, Clone)]
pub struct DemoPlan {
    /// How the chain is followed.
    pub chain: ChainPlan,
    /// What must hold.
    pub checks: ChecksPlan,
    /// What is printed.
    pub report: ReportPlan,
}

/// `rehop explain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainPlan {
    /// A code or the id of a finding; `None` to list them all.
    pub topic: Option<String>,
    /// How it looks.
    pub layout: Layout,
}

/// A text to print and be done: on standard output where the exit is [`Exit::Clean`], else on standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printout {
    /// The text, with its last line end.
    pub text: String,
    /// How the run ends.
    pub exit: Exit,
}

impl Plan {
    /// What these words, the arguments without the name of the program, mean in these surroundings.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub fn new(words: &[OsString], env: &Env) -> Result<Self, UsageError> {
        let typed = match parse::parse(words, env)? {
            Parsed::Args(typed) => *typed,
            Parsed::Page(page) => return Ok(Self::Show(page)),
        };
        match typed.verb {
            None => InspectPlan::new(typed.inspect, env).map(|plan| Self::Inspect(Box::new(plan))),
            Some(Verb::Curl(verb)) => curl::plan(&verb.words, typed.inspect, env),
            Some(Verb::Demo(verb)) => {
                DemoPlan::new(verb, env).map(|plan| Self::Demo(Box::new(plan)))
            }
            Some(Verb::Clients(verb)) => ClientsPlan::new(&verb, env).map(Self::Clients),
            Some(Verb::Serve(verb)) => Ok(Self::Serve(ServePlan::new(verb, env))),
            Some(Verb::Probe(verb)) => ProbePlan::new(verb, env).map(Self::Probe),
            Some(Verb::Explain(verb)) => {
                let layout = layout(verb.color, Detail::Normal, env);
                Ok(Self::Explain(ExplainPlan {
                    topic: verb.topic,
                    layout,
                }))
            }
            Some(Verb::Completions(verb)) => Ok(Self::print(docs::completions(verb.shell))),
            Some(Verb::Man) => Ok(Self::print(docs::man())),
        }
    }

    fn print(text: String) -> Self {
        Self::Show(Printout {
            text,
            exit: Exit::Clean,
        })
    }
}

impl InspectPlan {
    fn new(typed: args::InspectArgs, env: &Env) -> Result<Self, UsageError> {
        if let Some(content) = typed
            .urls
            .iter()
            .find(|text| typed.report.json && is_content(text))
        {
            let what = if content.starts_with('@') {
                "a file"
            } else {
                "JSON"
            };
            let says = format!(
                "--json is the format of the report, and takes no value; {what} follows it"
            );
            return Err(UsageError::new(says, "send JSON with --data-json"));
        }
        let words = typed.urls.iter().enumerate();
        let urls = words
            .map(|(at, word)| target::typed_url(word, at == 0))
            .collect::<Result<Vec<_>, _>>()?;
        let chain = ChainPlan::typed(&typed.redirects)?;
        Self::with(typed, urls, chain, env)
    }

    /// What the flags mean for these URLs and this chain.
    pub(in crate::cli) fn with(
        typed: args::InspectArgs,
        urls: Vec<Url>,
        mut chain: ChainPlan,
        env: &Env,
    ) -> Result<Self, UsageError> {
        chain.heed(&typed.request, &typed.connection)?;
        let input = |path: &std::path::PathBuf| {
            InputSource::file("--input", path.as_os_str().as_encoded_bytes())
        };
        let plan = Self {
            urls,
            inputs: typed
                .request
                .input
                .iter()
                .map(input)
                .collect::<Result<_, _>>()?,
            workers: number::workers(
                typed.request.parallel,
                typed.request.parallel_max.as_deref(),
            )?,
            chain,
            net: NetPlan::new(&typed.connection, env)?,
            request: RequestPlan::new(&typed.request, env)?,
            report: ReportPlan::new(&typed.report, env)?,
            notes: notes(&typed),
            checks: ChecksPlan::new(typed.checks)?,
        };
        if plan.urls.is_empty() && plan.inputs.is_empty() {
            return Err(UsageError::new(
                "no URL given",
                "name what to inspect: `rehop example.com`",
            ));
        }
        plan.one_reader_of_stdin()?;
        Ok(plan)
    }

    /// Every place that something is read from.
    pub(in crate::cli) fn sources(&self) -> impl Iterator<Item = &InputSource> {
        let cookies = self.request.cookie_files.iter().map(|file| &file.source);
        self.inputs
            .iter()
            .chain(self.request.sources())
            .chain(cookies)
    }

    /// Standard input can be read once.
    pub(in crate::cli) fn one_reader_of_stdin(&self) -> Result<(), UsageError> {
        let mut readers = self
            .sources()
            .filter(|source| source.place == InputPlace::Stdin);
        match (readers.next(), readers.next()) {
            (Some(first), Some(second)) => Err(UsageError::new(
                format!(
                    "{} and {} both read standard input",
                    first.flag, second.flag
                ),
                "give one of them a file",
            )),
            _ => Ok(()),
        }
    }
}

/// What a user of curl would expect of these flags, and does not get.
fn notes(typed: &args::InspectArgs) -> Vec<String> {
    let (report, request) = (&typed.report, &typed.request);
    let fail =
        "--fail changes nothing: a final 404 is an answer; --expect 'status < 400' makes it fail";
    let encoded = "--compressed: --output gets the content as it was sent, not decoded";
    let notes = [
        (report.fail, fail),
        (request.compressed && report.output.is_some(), encoded),
    ];
    notes
        .into_iter()
        .filter(|(told, _)| *told)
        .map(|(_, note)| note.to_owned())
        .collect()
}

/// What follows curl's `--json` rather than rehop's.
fn is_content(word: &str) -> bool {
    word.starts_with(['{', '@'])
        || (word.starts_with('[') && serde_json::from_str::<serde_json::Value>(word).is_ok())
}

impl DemoPlan {
    fn new(typed: args::DemoArgs, env: &Env) -> Result<Self, UsageError> {
        let chain = ChainPlan::typed(&typed.redirects)?;
        Ok(Self {
            chain,
            checks: ChecksPlan::new(typed.checks)?,
            report: ReportPlan::new(&typed.report, env)?,
        })
    }
}
