//! The options on which the network is used: what the user's flags and environment come down to. Plain data.

use std::fmt;
use std::net::IpAddr;
#[cfg(unix)]
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use url::Host;

/// Everything that a [`Network`](super::Network) needs to know before its first request. `default()` is what no flag at
/// all means.
#[derive(Debug, Clone, Default)]
pub struct NetOptions {
    /// How long, how much.
    pub limits: Limits,
    /// Trust and client certificate.
    pub tls: TlsOptions,
    /// The proxies.
    pub proxies: Proxies,
    /// Addresses given beforehand; the last that fits counts.
    pub overrides: Vec<ResolveOverride>,
    /// Other places to connect to; the first that fits counts.
    pub connect_to: Vec<ConnectTo>,
    /// Which addresses of a name are tried.
    pub family: Family,
    /// The socket to use in place of any address.
    #[cfg(unix)]
    pub unix_socket: Option<PathBuf>,
    /// Refuse every address that the public Internet does not route. A proxy and a Unix socket that the user named are
    /// themselves exempt.
    pub deny_private: DenyPrivate,
    /// Set to interrupt: every wait ends as soon as it is seen, within 50 ms.
    pub interrupt: Arc<AtomicBool>,
}

/// Where a private address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DenyPrivate {
    /// Nowhere.
    #[default]
    Nowhere,
    /// Where a redirect leads to one: the first host of a chain may have any, since the user named it.
    AtRedirects,
    /// Everywhere.
    Everywhere,
}

/// Limits of time and size.
#[derive(Debug, Clone)]
pub struct Limits {
    /// For name, connection, proxy and TLS together.
    pub connect: Duration,
    /// For one hop, from its first step to the end of the response's head; for content written to a sink, the longest
    /// silence.
    pub hop: Duration,
    /// For all hops together, counted from the beginning of the chain.
    pub chain: Option<Duration>,
    /// For content that is not kept: what has not come by then is left, with its connection.
    pub content: Duration,
    /// For the answer to `Expect: 100-continue`, before the content is sent without one.
    pub expect: Duration,
    /// How many bytes of content are held, and read where there is no sink.
    pub held: usize,
}

impl Default for Limits {
    /// 10 s and 30 s by the project's contract; 1 s as curl waits for 100 Continue; 2 s and 64 KiB are enough for the pages
    /// that come with redirects.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            hop: Duration::from_secs(30),
            chain: None,
            content: Duration::from_secs(2),
            expect: Duration::from_secs(1),
            held: 64 * 1024,
        }
    }
}

/// What the user says about TLS; each file as its bytes, PEM.
#[derive(Clone, Default)]
pub struct TlsOptions {
    /// Go on with a certificate that cannot be trusted, and report what is wrong with it.
    pub insecure: bool,
    /// The authorities to trust instead of the usual ones.
    pub roots: Option<Vec<u8>>,
    /// The client's certificate with its chain.
    pub certificate: Option<Vec<u8>>,
    /// Its key; where absent it is looked for beside the certificate, as curl does.
    pub key: Option<Vec<u8>>,
}

/// Keys are not for logs.
impl fmt::Debug for TlsOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsOptions")
            .field("insecure", &self.insecure)
            .finish_non_exhaustive()
    }
}

/// Which addresses of a name are tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Family {
    /// All of them.
    #[default]
    Any,
    /// IPv4 only.
    V4,
    /// IPv6 only.
    V6,
}

/// Addresses given for a host beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolveOverride {
    /// `None` for any host.
    pub host: Option<Host<String>>,
    /// The port that a URL must name.
    pub port: u16,
    /// What is tried in place of what the system knows.
    pub addresses: Vec<IpAddr>,
}

/// Another place to connect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectTo {
    /// The host asked for; `None` for any.
    pub host: Option<Host<String>>,
    /// The port asked for; `None` for any.
    pub port: Option<u16>,
    /// The host to connect to; `None` for the one asked for.
    pub to_host: Option<Host<String>>,
    /// The port to connect to; `None` for the one asked for.
    pub to_port: Option<u16>,
}

/// The proxies of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// For http:// URLs; `None` for none.
    pub http: Option<Proxy>,
    /// For https:// URLs; `None` for none.
    pub https: Option<Proxy>,
    /// Hosts that are reached straight: names, which stand for their subdomains too, addresses, and blocks of them
    /// (`10.0.0.0/8`), in lower case and without dots around them; a single `*` for all.
    pub except: Vec<String>,
}

/// A proxy and what it is shown. Neither `Display` nor `Debug` gives its credentials away.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// How it is spoken to.
    pub kind: ProxyKind,
    /// Its host.
    pub host: Host<String>,
    /// Its port.
    pub port: u16,
    /// User name and password, decoded.
    pub credentials: Option<(String, String)>,
}

/// How a proxy is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyKind {
    /// HTTP: whole URLs for http, CONNECT for https.
    Http,
    /// SOCKS 4, the name looked up here.
    Socks4,
    /// SOCKS 4, the name looked up by the proxy.
    Socks4a,
    /// SOCKS 5, the name looked up here.
    Socks5,
    /// SOCKS 5, the name looked up by the proxy.
    Socks5h,
}

impl fmt::Display for ProxyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http => "http",
            Self::Socks4 => "socks4",
            Self::Socks4a => "socks4a",
            Self::Socks5 => "socks5",
            Self::Socks5h => "socks5h",
        })
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}:{}", self.kind, self.host, self.port)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({self})")
    }
}
