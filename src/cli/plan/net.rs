//! How servers are reached.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::proxy::{self, ProxyPlan};
use super::{Misuse, number};
use crate::cli::Env;
use crate::cli::args::Connection;

/// How servers are reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetPlan {
    /// How long connecting may take, TLS included.
    pub connect_timeout: Duration,
    /// How long one hop may take; `None` for no limit.
    pub hop_timeout: Option<Duration>,
    /// The addresses to use.
    pub family: Family,
    /// Names whose addresses are given, the first that fits goes.
    pub resolve: Vec<Resolve>,
    /// Hosts that others stand in for, the first that fits goes.
    pub connect_to: Vec<ConnectTo>,
    /// The proxies.
    pub proxy: ProxyPlan,
    /// The Unix socket that everything goes to; `None` for the network. Never set but on Unix.
    pub unix_socket: Option<PathBuf>,
    /// Certificates.
    pub tls: TlsPlan,
    /// Whether private, loopback and link-local addresses are refused.
    pub deny_private: bool,
}

/// Certificates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TlsPlan {
    /// Whether to go on where the server's is wrong.
    pub insecure: bool,
    /// The authorities to trust in place of the usual ones.
    pub authorities: Option<PathBuf>,
    /// The client's own.
    pub identity: Option<Identity>,
}

/// A client certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The file of the certificate, PEM.
    pub cert: PathBuf,
    /// The file of its private key, PEM; the same where both are in one.
    pub key: PathBuf,
}

/// The addresses to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Family {
    /// IPv6 and IPv4.
    #[default]
    Any,
    /// IPv4 only.
    V4,
    /// IPv6 only.
    V6,
}

/// `--resolve HOST:PORT:ADDR[,ADDR…]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolve {
    /// The host, in lower case, IPv6 without brackets; `None` for any (`*`).
    pub host: Option<String>,
    /// The port.
    pub port: u16,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
}

/// `--connect-to HOST1:PORT1:HOST2:PORT2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectTo {
    /// The host asked for, in lower case, IPv6 without brackets; `None` for any.
    pub host: Option<String>,
    /// The port asked for; `None` for any.
    pub port: Option<u16>,
    /// The host to connect to; `None` for the one asked for.
    pub to_host: Option<String>,
    /// The port to connect to; `None` for the one asked for.
    pub to_port: Option<u16>,
}

/// How long connecting may take by default (CONTRACT: "Time limits by default").
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long one hop may take by default (CONTRACT: "Time limits by default").
const HOP_TIMEOUT: Duration = Duration::from_secs(30);

impl NetPlan {
    /// What the typed flags and the environment mean.
    pub(in crate::cli) fn new(typed: &Connection, env: &Env) -> Result<Self, Misuse> {
        let seconds = |flag, text: &Option<String>| text.as_deref().map(|text| number::seconds(flag, text)).transpose();
        Ok(Self {
            connect_timeout: seconds("--connect-timeout", &typed.connect_timeout)?.flatten().unwrap_or(CONNECT_TIMEOUT),
            // Who gives the chain more time, or all the time there is, means its hops too.
            hop_timeout: seconds("--max-time", &typed.max_time)?.unwrap_or(Some(HOP_TIMEOUT)),
            family: match (typed.ipv4, typed.ipv6) {
                (true, _) => Family::V4,
                (_, true) => Family::V6,
                _ => Family::Any,
            },
            resolve: resolve(&typed.resolve)?,
            connect_to: typed.connect_to.iter().map(|text| ConnectTo::new(text)).collect::<Result<_, _>>()?,
            proxy: proxy::plan(typed, &env.proxies)?,
            unix_socket: unix_socket(typed),
            tls: tls(typed)?,
            deny_private: typed.deny_private,
        })
    }
}

#[cfg(unix)]
fn unix_socket(typed: &Connection) -> Option<PathBuf> {
    typed.unix_socket.clone()
}

#[cfg(not(unix))]
fn unix_socket(_: &Connection) -> Option<PathBuf> {
    None
}

fn tls(typed: &Connection) -> Result<TlsPlan, Misuse> {
    let cert = typed.cert.as_deref().map(certificate).transpose()?;
    let identity = match (cert, &typed.key) {
        (Some(cert), Some(key)) => Some(Identity { cert, key: key.clone() }),
        (Some(cert), None) => Some(Identity { key: cert.clone(), cert }),
        (None, Some(key)) => {
            let says = format!("--key {}: a key without a certificate", key.display());
            return Err(Misuse::new(says, "name the certificate with --cert"));
        }
        (None, None) => None,
    };
    Ok(TlsPlan { insecure: typed.insecure, authorities: typed.cacert.clone(), identity })
}

/// curl's `FILE[:PASSWORD]`, where a drive letter and `\:` do not begin a password.
fn certificate(text: &str) -> Result<PathBuf, Misuse> {
    let drive = usize::from(cfg!(windows) && text.as_bytes().get(1) == Some(&b':')) * 2;
    let mut name = String::from(&text[..drive]);
    let mut rest = text[drive..].chars();
    while let Some(c) = rest.next() {
        match (c, rest.as_str().chars().next()) {
            (':', _) => {
                let says = format!("--cert {name}:...: certificates with a password are not supported");
                return Err(Misuse::new(says, "take the password off the key: openssl pkey -in KEY -out PLAIN"));
            }
            ('\\', Some(escaped @ (':' | '\\'))) => {
                name.push(escaped);
                rest.next();
            }
            (c, _) => name.push(c),
        }
    }
    Ok(PathBuf::from(name))
}

/// `-HOST:PORT` takes back what was given for it before.
fn resolve(typed: &[String]) -> Result<Vec<Resolve>, Misuse> {
    let mut entries: Vec<Resolve> = Vec::new();
    for text in typed {
        let entry = Resolve::new(text)?;
        entries.retain(|known| (&known.host, known.port) != (&entry.host, entry.port));
        if !entry.addresses.is_empty() {
            entries.push(entry);
        }
    }
    Ok(entries)
}

impl Resolve {
    fn new(text: &str) -> Result<Self, Misuse> {
        let hint = "write it as in `--resolve example.com:443:127.0.0.1`";
        let wrong = |what: &str| Misuse::new(format!("--resolve {text}: {what}"), hint);
        let taken_back = text.starts_with('-');
        let (host, rest) = host_and_rest(text.trim_start_matches(['+', '-'])).ok_or_else(|| wrong("no port in it"))?;
        let (port, addresses) = match rest.split_once(':') {
            Some((port, addresses)) => (port, addresses),
            None if taken_back => (rest, ""),
            None => return Err(wrong("no address in it")),
        };
        let port = port.parse().map_err(|_| wrong(&format!("`{port}` is not a port")))?;
        let parse =
            |text: &str| unbracketed(text).parse().map_err(|_| wrong(&format!("`{text}` is not an IP address")));
        let typed = addresses.split(',').map(str::trim).filter(|_| !taken_back);
        let addresses = typed.map(parse).collect::<Result<_, _>>()?;
        if host.is_empty() {
            return Err(wrong("no host in it"));
        }
        Ok(Self { host: Some(host).filter(|host| host != "*"), port, addresses })
    }
}

impl ConnectTo {
    fn new(text: &str) -> Result<Self, Misuse> {
        let hint = "write it as in `--connect-to example.com:443:127.0.0.1:8443`; each part may be empty";
        let wrong = |what: &str| Misuse::new(format!("--connect-to {text}: {what}"), hint);
        let parts = || {
            let (host, rest) = host_and_rest(text)?;
            let (port, rest) = rest.split_once(':')?;
            let (to_host, to_port) = host_and_rest(rest).unwrap_or_else(|| (unbracketed(rest).to_lowercase(), ""));
            Some((host, port, to_host, to_port))
        };
        let (host, port, to_host, to_port) = parts().ok_or_else(|| wrong("not of the form HOST1:PORT1:HOST2:PORT2"))?;
        let number = |text: &str| match text {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| wrong(&format!("`{text}` is not a port"))),
        };
        let named = |host: String| Some(host).filter(|host| !host.is_empty());
        Ok(Self { host: named(host), port: number(port)?, to_host: named(to_host), to_port: number(to_port)? })
    }
}

/// The host before the first `:` that is not in brackets, in lower case and without them, and what follows.
fn host_and_rest(text: &str) -> Option<(String, &str)> {
    let (host, rest) = match text.strip_prefix('[').and_then(|inner| inner.split_once("]:")) {
        Some(parts) => parts,
        None => text.split_once(':')?,
    };
    Some((host.to_lowercase(), rest))
}

fn unbracketed(text: &str) -> &str {
    text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(text)
}
