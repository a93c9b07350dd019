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
    let user = typed.proxy_user.as_deref().map(|user| {
        let (user, password) = user.split_once(':').unwrap_or((user, ""));
        (user.to_owned(), password.to_owned())
    });
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
    let kind = match scheme.to_ascii_lowercase().as_str() {
        "http" => ProxyKind::Http,
        "socks4" => ProxyKind::Socks4,
        "socks4a" => ProxyKind::Socks4a,
        "socks" | "socks5" => ProxyKind::Socks5,
        "socks5h" => ProxyKind::Socks5h,
        "https" => {
            return Err(wrong(
                "proxies spoken to over TLS are not supported",
                "use an http or socks5 proxy",
            ));
        }
        _ => {
            return Err(wrong(
                "not a kind of proxy",
                "known are http, socks4, socks4a, socks5 and socks5h",
            ));
        }
    };
    // A scheme without a default port, so that a port typed is a port found.
    let url = Url::parse(&format!("proxy://{rest}"));
    let url = url.map_err(|error| wrong(&error.to_string(), example))?;
    let host = url.host_str().filter(|host| !host.is_empty());
    let host = host.ok_or_else(|| wrong("no host in it", example))?;
    let host = Host::parse(host).map_err(|error| wrong(&error.to_string(), example))?;
    let user = Some(url.username()).filter(|user| !user.is_empty() || url.password().is_some());
    let credentials = user.map(|user| {
        (
            percent::decoded_text(user),
            percent::decoded_text(url.password().unwrap_or_default()),
        )
    });
    Ok(Proxy {
        kind,
        host,
        port: url.port().unwrap_or(DEFAULT_PORT),
        credentials,
    })
}
