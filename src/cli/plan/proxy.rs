//! Proxies, from flags and from the environment, as curl reads them.

use url::Url;

use super::Misuse;
use crate::cli::args::Connection;
use crate::cli::env::{ProxyVars, Variable};

/// Which proxy a request goes through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProxyPlan {
    /// For http:// URLs; `None` for none.
    pub http: Option<Proxy>,
    /// For https:// URLs; `None` for none.
    pub https: Option<Proxy>,
    /// Hosts that are reached without: names, which stand for their subdomains too, addresses and blocks of them; `*` for
    /// all. In lower case, without leading dots.
    pub bypass: Vec<String>,
}

/// A proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy {
    /// How it is spoken to.
    pub kind: ProxyKind,
    /// Its host, IPv6 in brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// User and password.
    pub credentials: Option<(String, String)>,
}

/// How a proxy is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyKind {
    /// HTTP: the absolute form for http:// URLs, CONNECT for https:// ones.
    Http,
    /// SOCKS 4.
    Socks4,
    /// SOCKS 4a: the proxy looks names up.
    Socks4a,
    /// SOCKS 5.
    Socks5,
    /// SOCKS 5: the proxy looks names up.
    Socks5h,
}

/// The port of a proxy that names none: [curl(1), `--proxy`](https://curl.se/docs/manpage.html#-x).
const DEFAULT_PORT: u16 = 1080;

/// What flags and variables mean together; a flag goes first.
pub(super) fn plan(typed: &Connection, variables: &ProxyVars) -> Result<ProxyPlan, Misuse> {
    let user = typed.proxy_user.as_deref().map(|user| {
        let (user, password) = user.split_once(':').unwrap_or((user, ""));
        (user.to_owned(), password.to_owned())
    });
    let with_user = |proxy: Proxy| Proxy { credentials: user.clone().or(proxy.credentials), ..proxy };
    let bypass = typed.noproxy.as_deref().or(variables.none.as_ref().map(|v| v.value.as_str())).map(list);
    let (http, https) = match typed.proxy.as_deref() {
        Some("") => (None, None),
        Some(proxy) => Proxy::new("--proxy", proxy).map(|proxy| (Some(proxy.clone()), Some(proxy)))?,
        None => (variable(variables.http.as_ref(), variables)?, variable(variables.https.as_ref(), variables)?),
    };
    Ok(ProxyPlan { http: http.map(with_user), https: https.map(with_user), bypass: bypass.unwrap_or_default() })
}

fn variable(own: Option<&Variable>, variables: &ProxyVars) -> Result<Option<Proxy>, Misuse> {
    own.or(variables.all.as_ref()).map(|variable| Proxy::new(&variable.name, &variable.value)).transpose()
}

/// Hosts are separated by commas or spaces.
fn list(text: &str) -> Vec<String> {
    let hosts = text.split([',', ' ', '\t']).map(|host| host.trim_start_matches('.').to_lowercase());
    hosts.filter(|host| !host.is_empty()).collect()
}

impl Proxy {
    fn new(named_by: &str, text: &str) -> Result<Self, Misuse> {
        // The value may hold a password: messages show the part after the last `@`.
        let shown = text.rsplit('@').next().unwrap_or(text);
        let wrong = |what: &str, hint: &str| Misuse::new(format!("{named_by} {shown}: {what}"), hint);
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let kind = match scheme.to_ascii_lowercase().as_str() {
            "http" => ProxyKind::Http,
            "socks4" => ProxyKind::Socks4,
            "socks4a" => ProxyKind::Socks4a,
            "socks" | "socks5" => ProxyKind::Socks5,
            "socks5h" => ProxyKind::Socks5h,
            "https" => {
                return Err(wrong("proxies spoken to over TLS are not supported", "use an http or socks5 proxy"));
            }
            _ => return Err(wrong("not a kind of proxy", "known are http, socks4, socks4a, socks5 and socks5h")),
        };
        // A scheme without a default port, so that a port typed is a port found.
        let url = Url::parse(&format!("proxy://{rest}"));
        let url = url.map_err(|error| wrong(&error.to_string(), "write it as in http://proxy.example:3128"))?;
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| wrong("no host in it", "write it as in http://proxy.example:3128"))?.to_owned();
        let decoded = |text: &str| super::percent_decoded(text);
        let user = Some(url.username()).filter(|user| !user.is_empty() || url.password().is_some());
        let credentials = user.map(|user| (decoded(user), decoded(url.password().unwrap_or_default())));
        Ok(Self { kind, host, port: url.port().unwrap_or(DEFAULT_PORT), credentials })
    }
}
