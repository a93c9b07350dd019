//! Flags that say how servers are reached.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

/// How servers are reached.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Connection")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag as curl spells it"
)]
pub(crate) struct ConnectionArgs {
    /// Give the whole chain this long
    #[arg(short = 'm', long, value_name = "SECS", allow_hyphen_values = true)]
    pub max_time: Option<String>,
    /// Give connecting this long (10)
    #[arg(long, value_name = "SECS", allow_hyphen_values = true)]
    pub connect_timeout: Option<String>,
    /// Go on where a certificate is wrong, and report what is wrong with it
    #[arg(short = 'k', long)]
    pub insecure: bool,
    /// Trust the authorities in this PEM file, and no others
    #[arg(long, value_name = "FILE")]
    pub cacert: Option<PathBuf>,
    /// Show this client certificate (PEM)
    #[arg(short = 'E', long, value_name = "FILE")]
    pub cert: Option<String>,
    /// The private key of the client certificate, where it is not in its file (PEM)
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Use this proxy: http://HOST:PORT, socks4, socks4a, socks5 or socks5h; '' for none
    #[arg(short = 'x', long, value_name = "URL", allow_hyphen_values = true)]
    pub proxy: Option<String>,
    /// Credentials for the proxy
    #[arg(
        short = 'U',
        long,
        value_name = "USER:PASS",
        allow_hyphen_values = true
    )]
    pub proxy_user: Option<String>,
    /// Reach these hosts without a proxy (*: all)
    #[arg(long, value_name = "HOSTS", allow_hyphen_values = true)]
    pub noproxy: Option<String>,
    /// Take the address ADDR, or several with commas, for host H and port P (repeatable)
    #[arg(long, value_name = "H:P:ADDR", allow_hyphen_values = true)]
    pub resolve: Vec<String>,
    /// Connect to NEW where OLD is asked for, each HOST:PORT; what is empty stays (repeatable)
    #[arg(long, value_name = "OLD:NEW", allow_hyphen_values = true)]
    pub connect_to: Vec<String>,
    /// Use IPv4 only
    #[arg(short = '4', long, overrides_with = "ipv6")]
    pub ipv4: bool,
    /// Use IPv6 only
    #[arg(short = '6', long, overrides_with = "ipv4")]
    pub ipv6: bool,
    /// Connect to this Unix socket
    #[cfg(unix)]
    #[arg(long, value_name = "PATH")]
    pub unix_socket: Option<PathBuf>,
    /// Accepted, changes nothing: rehop speaks HTTP/1.1
    #[arg(long = "http1.1", hide_short_help = true)]
    pub http1_1: bool,
    /// Refuse private, loopback and link-local addresses; with =redirects only where a redirect leads to one
    #[arg(
        long,
        value_name = "redirects",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "all",
        value_parser = PossibleValuesParser::new(["all", "redirects"]),
        hide_possible_values = true
    )]
    pub deny_private: Option<String>,
}
