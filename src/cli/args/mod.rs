//! The command line as typed: clap structs with curl's spellings and no opinions.

mod batch;
mod check;
mod clients;
mod connection;
mod content;
mod known;
mod probe;
mod redirects;
mod report;
mod request;
mod serve;

use std::ffi::OsString;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use known::TOPICS;

pub(crate) use batch::{BatchArgs, OnlyArg};
pub(crate) use check::CheckFilesArgs;
pub(crate) use clients::ClientsArgs;
pub(crate) use connection::ConnectionArgs;
pub(crate) use content::{ContentArgs, ContentKind, Piece};
pub(crate) use probe::ProbeArgs;
pub(crate) use redirects::RedirectArgs;
pub(crate) use report::{CheckArgs, Color, ReportArgs};
pub(crate) use request::RequestArgs;
pub(crate) use serve::ServeArgs;

/// Says at every HTTP redirect whether the method and the body were kept
///
/// Sends the request, follows it hop by hop, and says at each redirect whether the method and the body were kept as the
/// specification requires, why, and what to change. Flags have curl's spellings and meanings.
#[derive(Debug, Parser)]
#[command(
    name = "rehop",
    version,
    args_override_self = true,
    subcommand_value_name = "VERB",
    subcommand_help_heading = "Other verbs",
    override_usage = "rehop [OPTIONS] URL...\n       rehop [REPORT OPTIONS] curl ARGS...\n       rehop VERB ...",
    after_help = EXAMPLES,
    max_term_width = 100
)]
pub(crate) struct Args {
    /// The default verb.
    #[command(flatten)]
    pub inspect: InspectArgs,
    /// Another verb.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// The three examples that every help ends with.
pub(crate) const EXAMPLES: &str = "Examples:
  rehop example.com
  rehop -d @body.json -H 'Content-Type: application/json' example.com/api
  rehop --expect 'status = 200' --fail-on method-changed example.com/login";

/// Inspect: send, follow hop by hop, judge, report.
#[derive(Debug, Clone, Default, ClapArgs)]
pub(crate) struct InspectArgs {
    /// What to inspect: http:// where no scheme is given; :8080/x is on localhost
    #[arg(value_name = "URL")]
    pub urls: Vec<String>,
    /// What is sent.
    #[command(flatten)]
    pub request: RequestArgs,
    /// How many URLs are worked on.
    #[command(flatten)]
    pub batch: BatchArgs,
    /// How it is followed.
    #[command(flatten)]
    pub redirects: RedirectArgs,
    /// What must hold.
    #[command(flatten)]
    pub checks: CheckArgs,
    /// What is printed.
    #[command(flatten)]
    pub report: ReportArgs,
    /// How servers are reached.
    #[command(flatten)]
    pub connection: ConnectionArgs,
}

/// The verbs beside inspect.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Inspect what a curl command line would send, by curl's own rules
    ///
    /// Everything after `curl` is read as curl reads it, so that a "Copy as cURL" can be pasted as it is. One argument that
    /// holds a whole command line is taken apart as bash or Windows cmd would; `-` reads one from standard input. Options of
    /// rehop's report (--json, --expect, -q ...) stand before `curl`.
    Curl(CurlArgs),
    /// Inspect a built-in chain on the loopback lab, no network needed
    Demo(DemoArgs),
    /// Show what each known client does on each code and method
    ///
    /// Clients that do the same share a row, the most used first. What they do was measured on the wire.
    Clients(ClientsArgs),
    /// Lint rules files (_redirects, vercel.json, .htaccess ...), and hold them against a site
    ///
    /// Each file is read as its platform reads it and asked by simulation: what shadows what, what leads in circles, what the
    /// platform drops. With --base each rule's own requests are sent to a site and compared with what the file says.
    Check(CheckFilesArgs),
    /// Run a redirect lab: a server that plays every redirect situation
    ///
    /// The first line on standard output is `listening on http://127.0.0.1:PORT`; / lists the scenarios with a curl line for
    /// each. Every arrival is told on standard error. Ctrl-C ends it.
    Serve(ServeArgs),
    /// Run a real client against the lab and judge what it does
    ///
    /// The command after `--` is run for each code, method, crossing of origins and body, and on limits and odd Locations; what
    /// arrives at the lab is judged by RFC 9110, and compared with Fetch.
    Probe(ProbeArgs),
    /// Say what a status code or a finding means, with its source
    Explain(ExplainArgs),
    /// Print the completions for a shell
    Completions(CompletionArgs),
    /// Print the man page
    Man(ManArgs),
}

/// `rehop curl`.
#[derive(Debug, ClapArgs)]
#[command(
    disable_help_flag = true,
    override_usage = "rehop [REPORT OPTIONS] curl ARGS..."
)]
pub(crate) struct CurlArgs {
    /// curl's own options and URLs, or one whole command line, or `-`
    #[arg(
        value_name = "ARGS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub words: Vec<OsString>,
}

/// `rehop demo`.
#[derive(Debug, ClapArgs)]
#[command(args_override_self = true)]
pub(crate) struct DemoArgs {
    /// How it is followed.
    #[command(flatten)]
    pub redirects: RedirectArgs,
    /// What must hold.
    #[command(flatten)]
    pub checks: CheckArgs,
    /// What is printed.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// `rehop explain`.
#[derive(Debug, ClapArgs)]
pub(crate) struct ExplainArgs {
    /// A status code such as 307, or the id of a finding; all are listed without
    #[arg(value_name = "CODE|FINDING", value_parser = TOPICS, hide_possible_values = true)]
    pub topic: Option<String>,
    /// Colour
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub color: Color,
}

/// `rehop completions`.
#[derive(Debug, ClapArgs)]
pub(crate) struct CompletionArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// `rehop man`.
#[derive(Debug, ClapArgs)]
pub(crate) struct ManArgs {
    /// The page of this verb; that of rehop itself without
    #[arg(value_name = "VERB")]
    pub verb: Option<String>,
}

/// The shells that completions are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(clippy::enum_variant_names, reason = "PowerShell is one word")]
pub(crate) enum Shell {
    /// GNU bash.
    Bash,
    /// Z shell.
    Zsh,
    /// fish.
    Fish,
    /// Windows PowerShell, `PowerShell`.
    #[value(name = "powershell")]
    PowerShell,
}
