//! `rehop check` as meant.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use url::Url;

use super::chain::ChainPlan;
use super::net::NetPlan;
use super::report::{layout, secrets};
use crate::check::nearest;
use crate::cli::args;
use crate::cli::env::Env;
use crate::exit::UsageError;
use crate::intake;
use crate::platforms::{RedirectsDialect, RuleFormat};
use crate::report::{Detail, Layout, Secrets};

/// `rehop check`.
#[derive(Debug, Clone)]
pub(crate) struct CheckPlan {
    /// The files, in order.
    pub files: Vec<PathBuf>,
    /// What they are; `None` where each tells itself.
    pub kind: Option<RuleFormat>,
    /// Whose `_redirects` they are; `None` where a file beside tells.
    pub dialect: Option<RedirectsDialect>,
    /// Whether anything is sent.
    pub live: bool,
    /// Where the site answers now.
    pub base: Option<Url>,
    /// Requests that are made of each rule.
    pub samples: NonZeroUsize,
    /// How each chain is followed.
    pub chain: ChainPlan,
    /// How servers are reached.
    pub net: NetPlan,
    /// Whether the report is JSON.
    pub json: bool,
    /// Whether secrets may be shown.
    pub secrets: Secrets,
    /// How it looks.
    pub layout: Layout,
}

/// Requests that are made of each rule where nothing is said: one of its pattern, and one at its edge.
const SAMPLES: NonZeroUsize = NonZeroUsize::new(2).unwrap();

impl CheckPlan {
    /// What the typed flags mean.
    ///
    /// # Errors
    /// Names the flag whose value is none.
    pub(crate) fn new(typed: args::CheckFilesArgs, env: &Env) -> Result<Self, UsageError> {
        let detail = if typed.quiet {
            Detail::Quiet
        } else {
            Detail::Normal
        };
        let redirects = args::RedirectArgs {
            client: typed.client,
            ..args::RedirectArgs::default()
        };
        let chain = ChainPlan::typed(&redirects)?;
        Ok(Self {
            kind: typed.kind.as_deref().map(kind).transpose()?,
            dialect: typed.dialect.as_deref().map(dialect).transpose()?,
            live: !typed.lint_only,
            base: typed.base.as_deref().map(intake::url).transpose()?,
            samples: typed.samples.unwrap_or(SAMPLES),
            chain,
            net: NetPlan::new(&typed.connection, env)?,
            json: typed.json,
            secrets: secrets(typed.show_secrets, &[])?,
            layout: layout(typed.color, detail, env),
            files: typed.files,
        })
    }
}

fn kind(name: &str) -> Result<RuleFormat, UsageError> {
    let known = RuleFormat::ALL
        .into_iter()
        .find(|kind| kind.as_str() == name);
    known.ok_or_else(|| unknown("--type", name, &RuleFormat::ALL.map(RuleFormat::as_str)))
}

fn dialect(name: &str) -> Result<RedirectsDialect, UsageError> {
    let known = RedirectsDialect::ALL
        .into_iter()
        .find(|dialect| dialect.as_str() == name);
    known.ok_or_else(|| {
        unknown(
            "--dialect",
            name,
            &RedirectsDialect::ALL.map(RedirectsDialect::as_str),
        )
    })
}

fn unknown(flag: &str, name: &str, known: &[&str]) -> UsageError {
    let hint = match nearest(name, known) {
        Some(meant) => format!("did you mean `{flag} {meant}`?"),
        None => format!("known are {}", known.join(", ")),
    };
    UsageError::new(format!("{flag} {name}: no such value"), hint)
}
