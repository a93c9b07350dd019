//! Flags that make the request.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

use super::ContentArgs;

#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
/// What is sent.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Request")]
pub(crate) struct RequestArgs {
    /// The method, as typed
    #[arg(short = 'X', long, value_name = "METHOD", allow_hyphen_values = true)]
    pub request: Option<String>,
    /// Content, in the order typed.
    #[command(flatten)]
    pub content: ContentArgs,
    /// PUT this file (-: standard input); its name is added to a URL that ends in /
    #[arg(short = 'T', long, value_name = "FILE")]
    pub upload_file: Option<PathBuf>,
    /// Put -d into the query and send a GET
    #[arg(short = 'G', long)]
    pub get: bool,
    /// Send a HEAD
    #[arg(short = 'I', long)]
    pub head: bool,
    /// Add a field: 'Name: value', 'Name;' (empty), 'Name:' (take a default away) or @FILE
    #[arg(short = 'H', long, value_name = "FIELD", allow_hyphen_values = true)]
    pub header: Vec<OsString>,
    /// The User-Agent; '' for none
    #[arg(short = 'A', long, value_name = "NAME", allow_hyphen_values = true)]
    pub user_agent: Option<String>,
    /// The Referer; with ';auto' at its end each hop names the one before
    #[arg(short = 'e', long, value_name = "URL", allow_hyphen_values = true)]
    pub referer: Option<String>,
    /// Ask for compressed content (Accept-Encoding); it is not decoded
    #[arg(long, hide_short_help = true)]
    pub compressed: bool,
    /// Accepted, changes nothing: rehop expands no braces in URLs
    #[arg(short = 'g', long, hide_short_help = true)]
    pub globoff: bool,
    /// Basic credentials; no password is an empty one
    #[arg(
        short = 'u',
        long,
        value_name = "USER:PASS",
        allow_hyphen_values = true
    )]
    pub user: Option<String>,
    /// A bearer token (RFC 6750)
    #[arg(
        long,
        value_name = "TOKEN",
        allow_hyphen_values = true,
        conflicts_with = "user"
    )]
    pub oauth2_bearer: Option<String>,
    /// Take the credentials for the host from ~/.netrc, or the file that NETRC names
    #[arg(short = 'n', long)]
    pub netrc: bool,
    /// Send cookies: 'a=1; b=2', or a file as browsers and curl export them
    #[arg(
        short = 'b',
        long,
        value_name = "DATA|FILE",
        allow_hyphen_values = true
    )]
    pub cookie: Vec<OsString>,
    /// Inspect the URLs in this file too, one a line, # begins a comment (-: standard input)
    #[arg(short = 'i', long, value_name = "FILE")]
    pub input: Vec<PathBuf>,
    /// Inspect several URLs at once; the default for -i
    #[arg(short = 'Z', long)]
    pub parallel: bool,
    /// At most this many at once (50)
    #[arg(long, value_name = "N")]
    pub parallel_max: Option<String>,
}
