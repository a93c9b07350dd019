//! Flags that say how redirects are followed.

use clap::Args;

use super::known::CLIENTS;

/// How the chain is followed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Redirects")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag as curl spells it"
)]
pub(crate) struct RedirectArgs {
    /// Follow as this client: fetch (the default), curl, go, requests ... or a profile in a file
    ///
    /// `rehop clients` lists them. rfc9110 keeps POST on 301 and 302. A FILE is what `rehop probe --profile` writes; its name
    /// ends in .json or has a / in it.
    #[arg(long = "as", value_name = "CLIENT|FILE", value_parser = CLIENTS, hide_possible_values = true)]
    pub client: Option<String>,
    /// Say what other clients would have sent: all (the default), or a list of names and files
    ///
    /// They are told from the answers that this client got: the servers are taken to answer every client the same. The word
    /// after --clients is its list where it names clients, else a URL; --clients=LIST leaves no doubt.
    #[arg(
        long,
        value_name = "LIST",
        num_args = 0..=1,
        default_missing_value = "all",
        value_parser = CLIENTS,
        hide_possible_values = true
    )]
    pub clients: Option<String>,
    /// Stop after the first hop, and say where it would have gone
    #[arg(long)]
    pub no_follow: bool,
    /// Follow at most this many redirects (20; -1: as many as 1000)
    #[arg(
        long,
        visible_alias = "max-redirects",
        value_name = "N",
        allow_hyphen_values = true
    )]
    pub max_redirs: Option<String>,
    /// Follow to these schemes only, as curl writes them: =https, -http, all
    #[arg(long, value_name = "SCHEMES", allow_hyphen_values = true)]
    pub proto_redir: Option<String>,
    /// Send credentials to every host that the chain leads to
    #[arg(long)]
    pub location_trusted: bool,
    /// Leave method and body as they are on a 301
    #[arg(long)]
    pub post301: bool,
    /// Leave method and body as they are on a 302
    #[arg(long)]
    pub post302: bool,
    /// Leave method and body as they are on a 303
    #[arg(long)]
    pub post303: bool,
    /// Do not send cookies back that a hop has set
    #[arg(long)]
    pub no_cookies: bool,
    /// Accepted, changes nothing: rehop always follows
    #[arg(short = 'L', long, hide_short_help = true)]
    pub location: bool,
    /// Accepted, changes nothing: rehop always follows
    #[arg(long, hide_short_help = true)]
    pub follow: bool,
}
