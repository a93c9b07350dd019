//! `rehop URL...`, `rehop curl ARGS...` and `rehop demo` as meant.

use url::Url;

use super::batch::BatchPlan;
use super::chain::ChainPlan;
use super::net::NetPlan;
use super::report::{ChecksPlan, ReportPlan};
use super::request;
use super::target::{self, Alone};
use crate::cli::args;
use crate::cli::env::Env;
use crate::exit::UsageError;
use crate::intake::{InputPlace, InputSource, RequestPlan};

/// `rehop URL...` and `rehop curl ARGS...`.
#[derive(Debug, Clone)]
pub(crate) struct InspectPlan {
    /// The URLs that were typed, in order.
    pub urls: Vec<Url>,
    /// Where more of them are read, one a line.
    pub inputs: Vec<InputSource>,
    /// How many URLs are worked on.
    pub batch: BatchPlan,
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
pub(crate) struct DemoPlan {
    /// How the chain is followed.
    pub chain: ChainPlan,
    /// What must hold.
    pub checks: ChecksPlan,
    /// What is printed.
    pub report: ReportPlan,
}

impl InspectPlan {
    /// What the typed flags mean; `verbs` are the words that are no hosts.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub(crate) fn new(
        typed: args::InspectArgs,
        verbs: &[String],
        env: &Env,
    ) -> Result<Self, UsageError> {
        no_content_after_json(&typed)?;
        let words = typed.urls.iter().enumerate();
        let alone = if typed.urls.len() == 1 {
            Alone::Yes
        } else {
            Alone::No
        };
        let urls = words
            .map(|(at, word)| target::typed_url(word, at == 0, alone, verbs))
            .collect::<Result<Vec<_>, _>>()?;
        let chain = ChainPlan::typed(&typed.redirects)?;
        Self::with(typed, urls, chain, env)
    }

    /// What the flags mean for these URLs and this chain.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub(crate) fn with(
        typed: args::InspectArgs,
        urls: Vec<Url>,
        mut chain: ChainPlan,
        env: &Env,
    ) -> Result<Self, UsageError> {
        chain.heed(&typed.request, &typed.connection)?;
        let inputs = typed.request.input.iter().map(|path| input(path));
        let plan = Self {
            urls,
            inputs: inputs.collect::<Result<_, _>>()?,
            batch: BatchPlan::new(&typed)?,
            chain,
            net: NetPlan::new(&typed.connection, env)?,
            request: request::plan(&typed.request, env)?,
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
    pub(crate) fn sources(&self) -> impl Iterator<Item = &InputSource> {
        let cookies = self.request.cookie_files.iter().map(|file| &file.source);
        self.inputs
            .iter()
            .chain(self.request.sources())
            .chain(cookies)
    }

    /// Standard input can be read once.
    ///
    /// # Errors
    /// Names the two flags that read it.
    pub(crate) fn one_reader_of_stdin(&self) -> Result<(), UsageError> {
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

fn input(path: &std::path::Path) -> Result<InputSource, UsageError> {
    InputSource::file("--input", path.as_os_str().as_encoded_bytes())
}

/// What a user of curl would expect of these flags, and does not get.
fn notes(typed: &args::InspectArgs) -> Vec<String> {
    let (report, request) = (&typed.report, &typed.request);
    let fail =
        "--fail changes nothing: a final 404 is an answer; --expect 'status < 400' makes it fail";
    let encoded = "--compressed: --output gets the content as it was sent, not decoded";
    let written = "--write-out changes nothing: --json has all that curl could write";
    let notes = [
        (report.write_out.is_some(), written),
        (report.fail, fail),
        (request.compressed && report.output.is_some(), encoded),
    ];
    notes
        .into_iter()
        .filter(|(is_due, _)| *is_due && !report.silent)
        .map(|(_, note)| note.to_owned())
        .collect()
}

/// What follows curl's `--json` rather than rehop's.
fn is_content(word: &str) -> bool {
    word.starts_with(['{', '@'])
        || (word.starts_with('[') && serde_json::from_str::<serde_json::Value>(word).is_ok())
}

/// rehop's `--json` takes no value.
fn no_content_after_json(typed: &args::InspectArgs) -> Result<(), UsageError> {
    let Some(content) = typed
        .urls
        .iter()
        .find(|text| typed.report.json && is_content(text))
    else {
        return Ok(());
    };
    let what = if content.starts_with('@') {
        "a file"
    } else {
        "JSON"
    };
    let says = format!("--json is the format of the report, and takes no value; {what} follows it");
    Err(UsageError::new(says, "send JSON with --data-json"))
}

impl DemoPlan {
    /// What the typed flags mean.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub(crate) fn new(typed: args::DemoArgs, env: &Env) -> Result<Self, UsageError> {
        let chain = ChainPlan::typed(&typed.redirects)?;
        Ok(Self {
            chain,
            checks: ChecksPlan::new(typed.checks)?,
            report: ReportPlan::new(&typed.report, env)?,
        })
    }
}
