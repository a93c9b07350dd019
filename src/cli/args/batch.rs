//! Flags that say how many URLs are worked on.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// How many URLs are worked on.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Many URLs")]
pub(crate) struct BatchArgs {
    /// At most this many requests to one host at once (6)
    #[arg(long, value_name = "N")]
    pub per_host: Option<String>,
    /// At most this many requests to one host in a second (N, N/s) or a minute (N/m)
    #[arg(long, value_name = "N[/s|/m]")]
    pub rate: Option<String>,
    /// Report in the order given, not as done
    #[arg(long)]
    pub ordered: bool,
    /// Inspect a URL once, however often it is listed; a million different ones are remembered
    #[arg(long)]
    pub dedupe: bool,
    /// Report these only: problems (not landed, 400 and above, a check that fails) or redirects
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    pub only: Option<OnlyArg>,
    /// Go on where this JSONL report ends, and add to it what is new
    #[arg(long, value_name = "FILE")]
    pub resume: Option<PathBuf>,
    /// Inspect again what failed in the report of --resume
    #[arg(long, requires = "resume")]
    pub retry_failed: bool,
    /// Inspect up to N times again where the transport fails or the last status is 429 or 503
    #[arg(long, value_name = "N")]
    pub retry: Option<String>,
    /// No retry later than this after the first time; a Retry-After that asks for more is not waited for
    #[arg(long, value_name = "SECONDS")]
    pub retry_max_time: Option<String>,
}

/// Which chains are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnlyArg {
    /// Those with something wrong.
    Problems,
    /// Those that followed a redirect.
    Redirects,
}
