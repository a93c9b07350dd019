//! Flags of `rehop check`.

use std::path::PathBuf;

use clap::Args;

use super::known::CLIENTS;
use super::{Color, ConnectionArgs};

#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
/// `rehop check`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckFilesArgs {
    /// Rules files: _redirects, netlify.toml, vercel.json, routes-manifest.json, .htaccess, nginx configurations, CSV maps ...
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// What they are, where name and content do not tell: redirects, netlify, vercel, next, apache, nginx ...
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// Whose `_redirects` it is, where no file beside it tells: netlify, cloudflare or gitlab
    #[arg(long, value_name = "PLATFORM")]
    pub dialect: Option<String>,
    /// Read and simulate; send nothing
    #[arg(long, conflicts_with = "base")]
    pub lint_only: bool,
    /// Where the site answers now: the cases are asked there
    ///
    /// It takes the place of scheme, host and port. A rule that names a host is asked there with that name in Host.
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// Requests that are made of each rule (2)
    #[arg(long, value_name = "N")]
    pub samples: Option<std::num::NonZeroUsize>,
    /// Follow as this client
    #[arg(long = "as", value_name = "CLIENT|FILE", value_parser = CLIENTS, hide_possible_values = true)]
    pub client: Option<String>,
    /// Everything as one document
    #[arg(long)]
    pub json: bool,
    /// Print the last line of each file alone
    #[arg(short = 'q', long, conflicts_with = "json")]
    pub quiet: bool,
    /// Do not mask credentials, cookies and tokens
    #[arg(long)]
    pub show_secrets: bool,
    /// Colour
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub color: Color,
    /// How servers are reached.
    #[command(flatten)]
    pub connection: ConnectionArgs,
}

const EXAMPLES: &str = "Examples:
  rehop check _redirects
  rehop check --base https://preview.example.com _redirects vercel.json
  rehop check --type nginx --lint-only sites/www.conf";
