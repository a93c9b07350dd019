//! Proxies, from flags and from the environment, as curl reads them.

use url::{Host, Url};

use super::{UsageError, without_userinfo};
use crate::cli::args::ConnectionArgs;
use crate::cli::env::{ProxyVars, Variable};
use crate::model::percent;
use crate::net::options::{Proxies, Proxy, ProxyKind};

/// The port of a proxy that names none: [curl(1), `--proxy`](https://curl.se/docs/manpage.html#-x).
const DEFAULT_PORT: u16 = 1080;

/// What flags and variables mean together; a flag goes first.
pub(super) fn proxies(
    typed: &ConnectionArgs,
    variables: &ProxyVars,
) -> Result<Proxies, UsageError> {
    let user = typed.proxy_user.as_deref().map(user_and_password);
    let with_user = |proxy: Proxy| Proxy {
        credentials: user.clone().or(proxy.credentials),
        ..proxy
    };
    let except = typed
        .noproxy
        .as_deref()
        .or(variables.none.as_ref().map(|v| v.value.as_str()))
        .map(list);
    let (http, https) = match typed.proxy.as_deref() {
        Some("") => (None, None),
        Some(text) => proxy("--proxy", text).map(|proxy| (Some(proxy.clone()), Some(proxy)))?,
        None => (
            variable(variables.http.as_ref(), variables)?,
            variable(variables.https.as_ref(), variables)?,
        ),
    };
    Ok(Proxies {
        http: http.map(with_user),
        https: https.map(with_user),
        except: except.unwrap_or_default(),
    })
}

fn user_and_password(typed: &str) -> (String, String) {
    let (user, password) = typed.split_once(':').unwrap_or((typed, ""));
    (user.to_owned(), password.to_owned())
}

fn variable(own: Option<&Variable>, variables: &ProxyVars) -> Result<Option<Proxy>, UsageError> {
    own.or(variables.all.as_ref())
        .map(|variable| proxy(&variable.name, &variable.value))
        .transpose()
}

/// Hosts are separated by commas or spaces.
fn list(text: &str) -> Vec<String> {
    let hosts = text
        .split([',', ' ', '\t'])
        .map(|host| host.trim_matches('.').to_lowercase());
    hosts.filter(|host| !host.is_empty()).collect()
}

/// `[SCHEME://][USER:PASSWORD@]HOST[:PORT]`, in a flag or a variable of this name.
fn proxy(named_by: &str, text: &str) -> Result<Proxy, UsageError> {
    // The value may hold a password: messages show it without.
    let shown = without_userinfo(text);
    let wrong =
        |what: &str, hint: &str| UsageError::new(format!("{named_by} {shown}: {what}"), hint);
    let example = "write it as in http://proxy.example:3128";
    let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
    let kind = kind(scheme).map_err(|why| wrong(why.says, why.hint))?;
    // A scheme without a default port, so that a port typed is a port found.
    let url = Url::parse(&format!("proxy://{rest}"));
    let url = url.map_err(|error| wrong(&error.to_string(), example))?;
    let host = url.host_str().filter(|host| !host.is_empty());
    let host = host.ok_or_else(|| wrong("no host in it", example))?;
    let host = Host::parse(host).map_err(|error| wrong(&error.to_string(), example))?;
    Ok(Proxy {
        kind,
        host,
        port: url.port().unwrap_or(DEFAULT_PORT),
        credentials: credentials(&url),
    })
}

/// Why a scheme is not the kind of a proxy.
struct NoProxyKind {
    says: &'static str,
    hint: &'static str,
}

fn kind(scheme: &str) -> Result<ProxyKind, NoProxyKind> {
    Ok(match scheme.to_ascii_lowercase().as_str() {
        "http" => ProxyKind::Http,
        "socks4" => ProxyKind::Socks4,
        "socks4a" => ProxyKind::Socks4a,
        "socks" | "socks5" => ProxyKind::Socks5,
        "socks5h" => ProxyKind::Socks5h,
        "https" => {
            return Err(NoProxyKind {
                says: "proxies spoken to over TLS are not supported",
                hint: "use an http or socks5 proxy",
            });
        }
        _ => {
            return Err(NoProxyKind {
                says: "not a kind of proxy",
                hint: "known are http, socks4, socks4a, socks5 and socks5h",
            });
        }
    })
}

/// User and password of a URL; `None` where it has neither.
fn credentials(url: &Url) -> Option<(String, String)> {
    let (user, password) = (url.username(), url.password());
    let credentials = || {
        let password = percent::decoded_text(password.unwrap_or_default());
        (percent::decoded_text(user), password)
    };
    (!user.is_empty() || password.is_some()).then(credentials)
}
