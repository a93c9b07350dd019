//! Flags of `rehop probe`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

use super::Color;
use super::known::{CLIENTS, PROBED};

/// `rehop probe`.
#[derive(Debug, Args)]
#[command(override_usage = "rehop probe [OPTIONS] -- COMMAND... {url} ...", after_help = EXAMPLES)]
pub(crate) struct ProbeArgs {
    /// The command that runs the client; `{url}`, `{method}`, `{body}` (text), `{body_file}` and `{cacert}` (paths) are filled in
    ///
    /// It is run as it stands, without a shell, once for each situation, and has to exit when it is done. Without {method} the
    /// client is judged with the method that it sends by itself. What becomes of Authorization and Cookie is told where the
    /// command sends them.
    #[arg(value_name = "COMMAND", required = true, last = true)]
    pub command: Vec<OsString>,
    /// Exit 1 where a cell has one of these levels or findings: forbidden (the default), discouraged, body-lost ...; none
    #[arg(long, value_name = "LEVEL|ID[,...]", value_delimiter = ',', value_parser = PROBED, hide_possible_values = true)]
    pub fail_on: Vec<String>,
    /// Answer with these codes alone
    #[arg(long, value_name = "CODE[,...]", value_delimiter = ',', value_parser = clap::value_parser!(u16).range(300..=308))]
    pub status: Vec<u16>,
    /// Ask for these methods alone
    #[arg(short = 'X', long, value_name = "METHOD[,...]", value_delimiter = ',')]
    pub method: Vec<String>,
    /// Give each run this long (10)
    #[arg(long, value_name = "SECONDS", allow_hyphen_values = true)]
    pub timeout: Option<String>,
    /// Run so many at once (as many as there are processors)
    #[arg(short = 'j', long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// Write what was seen as a profile, for --as FILE and --clients FILE
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// Name the client's version in that profile
    #[arg(long, value_name = "VERSION", requires = "profile")]
    pub client_version: Option<String>,
    /// Say where the client differs from a known one
    #[arg(long, value_name = "CLIENT", value_parser = CLIENTS, hide_possible_values = true)]
    pub against: Option<String>,
    /// Print the matrix as JSON
    #[arg(long)]
    pub json: bool,
    /// Print the last sentence alone
    #[arg(short = 'q', long, conflicts_with = "json")]
    pub quiet: bool,
    /// Do not mask credentials in the command
    #[arg(long)]
    pub show_secrets: bool,
    /// Mask the options and fields of this name too (repeatable)
    #[arg(long = "secret", value_name = "NAME", conflicts_with = "show_secrets")]
    pub secrets: Vec<String>,
    /// Colour
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub color: Color,
}

const EXAMPLES: &str = "Examples:
  rehop probe -- curl -sL -o /dev/null -X {method} --data-binary {body} {url}
  rehop probe -- wget -qO /dev/null --method={method} --body-data={body} {url}
  rehop probe --fail-on discouraged -- node client.mjs {method} {url} {body}";
