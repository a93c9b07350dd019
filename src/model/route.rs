//! The way to servers, where it is not the one that a URL names.

use std::fmt;
use std::net::IpAddr;

use url::Host;

/// Which addresses of a name are tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Family {
    /// All of them.
    #[default]
    Any,
    /// IPv4 only (`-4`).
    V4,
    /// IPv6 only (`-6`).
    V6,
}

/// Addresses given for a host beforehand (`--resolve HOST:PORT:ADDRESS[,ADDRESS]...`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// `None` for any host (`*`).
    pub host: Option<Host<String>>,
    /// The port that a URL must name.
    pub port: u16,
    /// What is tried in place of what the system knows.
    pub addresses: Vec<IpAddr>,
}

/// Another place to connect to (`--connect-to HOST1:PORT1:HOST2:PORT2`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detour {
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
