//! How servers are reached.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use url::Host;

use super::{UsageError, number, proxy};
use crate::cli::Env;
use crate::cli::args::ConnectionArgs;
use crate::net::options::{ConnectTo, DenyPrivate, Family, Proxies, ResolveOverride};

/// How servers are reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NetPlan {
    /// How long connecting may take, TLS included.
    pub connect_timeout: Duration,
    /// How long one hop may take; `None` for no limit.
    pub hop_timeout: Option<Duration>,
    /// The addresses to use.
    pub family: Family,
    /// Hosts whose addresses are given; the last that fits goes.
    pub overrides: Vec<ResolveOverride>,
    /// Hosts that others stand in for; the first that fits goes.
    pub connect_to: Vec<ConnectTo>,
    /// The proxies.
    pub proxies: Proxies,
    /// The Unix socket that everything goes to; `None` for the network. Never set but on Unix.
    pub unix_socket: Option<PathBuf>,
    /// Certificates.
    pub tls: TlsPlan,
    /// Whether private, loopback and link-local addresses are refused.
    pub deny_private: DenyPrivate,
}

/// Certificates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TlsPlan {
    /// Whether to go on where the server's is wrong.
    pub insecure: bool,
    /// The authorities to trust in place of the usual ones.
    pub authorities: Option<PathBuf>,
    /// The client's own.
    pub identity: Option<Identity>,
}

/// A client certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The file of the certificate, PEM.
    pub cert: PathBuf,
    /// The file of its private key, PEM; the same where both are in one.
    pub key: PathBuf,
}

impl Identity {
    /// The flag that named the file of the key.
    pub(crate) fn key_flag(&self) -> &'static str {
        if self.key == self.cert {
            "--cert"
        } else {
            "--key"
        }
    }
}

/// How long connecting may take by default.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long one hop may take by default.
const HOP_TIMEOUT: Duration = Duration::from_secs(30);

impl NetPlan {
    /// What the typed flags and the environment mean.
    pub(crate) fn new(typed: &ConnectionArgs, env: &Env) -> Result<Self, UsageError> {
        let seconds = |flag, text: &Option<String>| {
            text.as_deref()
                .map(|text| number::seconds(flag, text))
                .transpose()
        };
        Ok(Self {
            connect_timeout: seconds("--connect-timeout", &typed.connect_timeout)?
                .flatten()
                .unwrap_or(CONNECT_TIMEOUT),
            // Who gives the chain more time, or all the time there is, means its hops too.
            hop_timeout: seconds("--max-time", &typed.max_time)?.unwrap_or(Some(HOP_TIMEOUT)),
            family: match (typed.ipv4, typed.ipv6) {
                (true, _) => Family::V4,
                (_, true) => Family::V6,
                _ => Family::Any,
            },
            overrides: overrides(&typed.resolve)?,
            connect_to: typed
                .connect_to
                .iter()
                .map(|text| detour(text))
                .collect::<Result<_, _>>()?,
            proxies: proxy::proxies(typed, &env.proxies)?,
            unix_socket: unix_socket(typed),
            tls: tls(typed)?,
            deny_private: match typed.deny_private.as_deref() {
                None => DenyPrivate::Nowhere,
                Some("redirects") => DenyPrivate::AtRedirects,
                Some(_) => DenyPrivate::Everywhere,
            },
        })
    }
}

#[cfg(unix)]
fn unix_socket(typed: &ConnectionArgs) -> Option<PathBuf> {
    typed.unix_socket.clone()
}

#[cfg(not(unix))]
fn unix_socket(_: &ConnectionArgs) -> Option<PathBuf> {
    None
}

fn tls(typed: &ConnectionArgs) -> Result<TlsPlan, UsageError> {
    let cert = typed.cert.as_deref().map(certificate).transpose()?;
    let identity = match (cert, &typed.key) {
        (Some(cert), Some(key)) => Some(Identity {
            cert,
            key: key.clone(),
        }),
        (Some(cert), None) => Some(Identity {
            key: cert.clone(),
            cert,
        }),
        (None, Some(key)) => {
            let says = format!("--key {}: a key without a certificate", key.display());
            return Err(UsageError::new(says, "name the certificate with --cert"));
        }
        (None, None) => None,
    };
    Ok(TlsPlan {
        insecure: typed.insecure,
        authorities: typed.cacert.clone(),
        identity,
    })
}

/// curl's `FILE[:PASSWORD]`, where a drive letter and `\:` do not begin a password.
fn certificate(text: &str) -> Result<PathBuf, UsageError> {
    let drive = usize::from(cfg!(windows) && text.as_bytes().get(1) == Some(&b':')) * 2;
    let mut name = String::from(&text[..drive]);
    let mut rest = text[drive..].chars();
    while let Some(c) = rest.next() {
        match (c, rest.as_str().chars().next()) {
            (':', _) => {
                let says =
                    format!("--cert {name}:...: certificates with a password are not supported");
                return Err(UsageError::new(
                    says,
                    "take the password off the key: openssl pkey -in KEY -out PLAIN",
                ));
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
fn overrides(typed: &[String]) -> Result<Vec<ResolveOverride>, UsageError> {
    let mut overrides: Vec<ResolveOverride> = Vec::new();
    for text in typed {
        let pin = pin(text)?;
        overrides.retain(|known| (&known.host, known.port) != (&pin.host, pin.port));
        if !pin.addresses.is_empty() {
            overrides.push(pin);
        }
    }
    Ok(overrides)
}

/// `[+]HOST:PORT:ADDRESS[,ADDRESS]...` or `-HOST:PORT`, which has no addresses.
fn pin(text: &str) -> Result<ResolveOverride, UsageError> {
    let hint = "write it as in `--resolve example.com:443:127.0.0.1`";
    let wrong = |what: &str| UsageError::new(format!("--resolve {text}: {what}"), hint);
    let taken_back = text.starts_with('-');
    let (host, rest) =
        host_and_rest(text.trim_start_matches(['+', '-'])).ok_or_else(|| wrong("no port in it"))?;
    let (port, addresses) = match rest.split_once(':') {
        Some((port, addresses)) => (port, addresses),
        None if taken_back => (rest, ""),
        None => return Err(wrong("no address in it")),
    };
    let port = port
        .parse()
        .map_err(|_| wrong(&format!("`{port}` is not a port")))?;
    let ip = |text| address(text).ok_or_else(|| wrong(&format!("`{text}` is not an IP address")));
    let typed = addresses.split(',').map(str::trim).filter(|_| !taken_back);
    let addresses = typed.map(ip).collect::<Result<_, _>>()?;
    let host = match host {
        "" => return Err(wrong("no host in it")),
        "*" => None,
        name => Some(Host::parse(name).map_err(|_| wrong(&format!("`{name}` is not a host")))?),
    };
    Ok(ResolveOverride {
        host,
        port,
        addresses,
    })
}

/// An address, which may stand in brackets.
fn address(text: &str) -> Option<IpAddr> {
    let inner = text
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'));
    inner.unwrap_or(text).parse().ok()
}

/// `HOST1:PORT1:HOST2:PORT2`, of which each part may be empty.
fn detour(text: &str) -> Result<ConnectTo, UsageError> {
    let hint =
        "write it as in `--connect-to example.com:443:127.0.0.1:8443`; each part may be empty";
    let wrong = |what: &str| UsageError::new(format!("--connect-to {text}: {what}"), hint);
    let typed = DetourParts::new(text);
    let typed = typed.ok_or_else(|| wrong("not of the form HOST1:PORT1:HOST2:PORT2"))?;
    let number = |text: &str| {
        let number = filled(text).map(str::parse).transpose();
        number.map_err(|_| wrong(&format!("`{text}` is not a port")))
    };
    let host = |text: &str| {
        let host = filled(text).map(Host::parse).transpose();
        host.map_err(|_| wrong(&format!("`{text}` is not a host")))
    };
    Ok(ConnectTo {
        host: host(typed.host)?,
        port: number(typed.port)?,
        to_host: host(typed.to_host)?,
        to_port: number(typed.to_port)?,
    })
}

/// The parts of `HOST1:PORT1:HOST2:PORT2` as they were typed.
struct DetourParts<'a> {
    host: &'a str,
    port: &'a str,
    to_host: &'a str,
    to_port: &'a str,
}

impl<'a> DetourParts<'a> {
    fn new(text: &'a str) -> Option<Self> {
        let (host, rest) = host_and_rest(text)?;
        let (port, rest) = rest.split_once(':')?;
        let (to_host, to_port) = host_and_rest(rest).unwrap_or((rest, ""));
        Some(Self {
            host,
            port,
            to_host,
            to_port,
        })
    }
}

fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// The host, in brackets where it holds colons, and what follows its colon.
fn host_and_rest(text: &str) -> Option<(&str, &str)> {
    let end = if text.starts_with('[') {
        text.find(']')? + 1
    } else {
        text.find(':')?
    };
    Some((&text[..end], text[end..].strip_prefix(':')?))
}
