//! Flags that say what must hold and what is printed.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

use super::known::{FINDINGS, FORMATS, FORMATS_OF_FILES, formats_help};

/// What must hold.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Checks")]
pub(crate) struct CheckArgs {
    /// Exit 1 unless this holds: status, codes, redirects, final, method, body, header.NAME ... (repeatable)
    ///
    /// KEY is one of end, status, codes, redirects (or hops), final, host, scheme, method, body, verdict, predictable, permanent,
    /// time, findings, header.NAME, cookie.NAME, hopN.status, hopN.url, hopN.method, hopN.body, hopN.header.NAME; OP one of
    /// = != < <= > >= ~ (glob) !~ (no such glob). `header.X = absent` and `cookie.X = present` ask whether it is there at all.
    #[arg(long, value_name = "KEY OP VALUE", allow_hyphen_values = true)]
    pub expect: Vec<String>,
    /// Exit 1 where one of these findings is raised; `rehop explain` lists them
    #[arg(long, value_name = "ID[,ID...]", value_delimiter = ',', value_parser = FINDINGS, hide_possible_values = true)]
    pub fail_on: Vec<String>,
}

/// What is printed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Report")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct ReportArgs {
    /// The format on standard output
    #[arg(long, value_name = "FORMAT", value_parser = FORMATS, hide_possible_values = true, help = formats_help())]
    pub format: Option<String>,
    /// The same as --format json: one document per URL
    #[arg(long)]
    pub json: bool,
    /// The same as --format jsonl: one line per URL, as soon as it is done
    #[arg(long, conflicts_with = "json")]
    pub jsonl: bool,
    /// Write a report into a file as well (repeatable)
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = FORMATS_OF_FILES, hide_possible_values = true)]
    pub files: Vec<String>,
    /// Write the body of the last response into this file
    #[arg(short = 'o', long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Show the fields of each hop, and what changed between hops; -vv: the beginning of text bodies too
    #[arg(short = 'v', long, action = ArgAction::Count)]
    pub verbose: u8,
    /// Print the one sentence alone
    #[arg(short = 'q', long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Do not mask credentials, cookies and tokens
    #[arg(long)]
    pub show_secrets: bool,
    /// Mask what is called this too: a field, a cookie, a parameter, a member of JSON (repeatable)
    #[arg(long = "secret", value_name = "NAME", conflicts_with = "show_secrets")]
    pub secrets: Vec<String>,
    /// Colour: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: Color,
    /// Accepted, changes nothing: a final 404 is an answer, unless --expect says otherwise
    #[arg(short = 'f', long, hide_short_help = true)]
    pub fail: bool,
    /// Accepted, changes nothing: --json has all that curl could write
    #[arg(
        short = 'w',
        long,
        value_name = "FORMAT",
        hide_short_help = true,
        allow_hyphen_values = true
    )]
    pub write_out: Option<String>,
    /// Accepted, changes nothing
    #[arg(short = '#', long, hide_short_help = true)]
    pub progress_bar: bool,
    /// No progress and no notes on standard error
    #[arg(short = 's', long, hide_short_help = true)]
    pub silent: bool,
    /// Accepted, changes nothing
    #[arg(short = 'S', long, hide_short_help = true)]
    pub show_error: bool,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
