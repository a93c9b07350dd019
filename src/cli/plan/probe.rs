//! `rehop probe` and `rehop serve` as meant.

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use super::client;
use super::number::seconds;
use super::report::{layout, secrets};
use crate::cli::args;
use crate::cli::env::Env;
use crate::exit::UsageError;
use crate::intake::ClientPlan;
use crate::model::{Method, Status};
use crate::report::{Detail, Layout, Secrets};

/// `rehop probe`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProbePlan {
    /// The command as typed.
    pub command: Vec<OsString>,
    /// Levels and ids of findings as typed; empty for the default.
    pub fail_on: Vec<String>,
    /// The codes to answer with; empty for all.
    pub statuses: Vec<Status>,
    /// The methods to ask for; empty for the usual ones.
    pub methods: Vec<Method>,
    /// The time that a run may take.
    pub timeout: Duration,
    /// Runs at once; `None` for as many as there are processors.
    pub jobs: Option<NonZeroUsize>,
    /// Where a profile is written.
    pub profile: Option<PathBuf>,
    /// The version of the client, for the profile.
    pub client_version: Option<String>,
    /// The client to compare with.
    pub against: Option<ClientPlan>,
    /// Whether the secrets of the command may be shown.
    pub secrets: Secrets,
    /// Whether the report is JSON.
    pub json: bool,
    /// How it looks.
    pub layout: Layout,
    /// Whether progress is shown on standard error.
    pub progress: bool,
}

/// The time that a run may take where nothing is said.
const TIMEOUT: Duration = Duration::from_secs(10);

impl ProbePlan {
    /// What the typed flags mean.
    ///
    /// # Errors
    /// Names the flag whose value is none.
    pub(crate) fn new(typed: args::ProbeArgs, env: &Env) -> Result<Self, UsageError> {
        let timeout = typed.timeout.map(|text| seconds("--timeout", &text));
        let timeout = timeout.transpose()?.flatten();
        let detail = if typed.quiet {
            Detail::Quiet
        } else {
            Detail::Normal
        };
        let against = typed.against;
        let against = against.map(|name| client::named("--against", &name));
        Ok(Self {
            statuses: typed.status.into_iter().map(Status).collect(),
            methods: typed
                .method
                .iter()
                .map(|text| method(text))
                .collect::<Result<_, _>>()?,
            command: typed.command,
            fail_on: words(&typed.fail_on),
            timeout: timeout.unwrap_or(TIMEOUT),
            jobs: typed.jobs,
            profile: typed.profile,
            client_version: typed.client_version,
            against: against.transpose()?,
            secrets: secrets(typed.show_secrets, &typed.secrets)?,
            json: typed.json,
            layout: layout(typed.color, detail, env),
            progress: env.stderr_is_terminal && env.animates && !typed.quiet,
        })
    }
}

fn method(typed: &str) -> Result<Method, UsageError> {
    Method::new(typed.trim()).map_err(|error| UsageError::new(format!("--method: {error}"), ""))
}

/// The words of a list, without the empty ones.
fn words(typed: &[String]) -> Vec<String> {
    let words = typed.iter().map(|word| word.trim().to_owned());
    words.filter(|word| !word.is_empty()).collect()
}

/// `rehop serve`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServePlan {
    /// The main port; 0 for any that is free.
    pub port: u16,
    /// The address to listen on.
    pub bind: IpAddr,
    /// Names that the lab answers to beside loopback names.
    pub hosts: Vec<String>,
    /// Whether to speak https too.
    pub tls: bool,
    /// Where the certificate is written.
    pub cert_file: Option<PathBuf>,
    /// Where the URL is written once the lab listens.
    pub ready_file: Option<PathBuf>,
    /// Whether each arrival is a line on standard error.
    pub log: bool,
    /// How it looks.
    pub layout: Layout,
}

impl ServePlan {
    /// What the typed flags mean.
    #[must_use]
    pub(crate) fn new(typed: args::ServeArgs, env: &Env) -> Self {
        // The log goes to standard error.
        let env = Env {
            stdout_is_terminal: env.stderr_is_terminal,
            ..env.clone()
        };
        Self {
            port: typed.port,
            bind: typed.bind.unwrap_or(Ipv4Addr::LOCALHOST.into()),
            hosts: typed.host,
            tls: typed.tls,
            cert_file: typed.cert_file,
            ready_file: typed.ready_file,
            log: !typed.quiet,
            layout: layout(typed.color, Detail::Normal, &env),
        }
    }
}
