//! Which proxy a request goes through: curl's flags, variables and precedence.
//!
//! As curl documents them: <https://curl.se/docs/manpage.html#ENVIRONMENT>, `-x` and `--noproxy`.

use std::fmt;
use std::net::IpAddr;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use url::{Host, Url};

use super::route::Place;

/// How a proxy is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProxyKind {
    /// Absolute URLs for http, CONNECT for https.
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

/// A proxy and what it is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    pub(super) kind: ProxyKind,
    pub(super) place: Place,
    /// User name and password, decoded.
    pub(super) credentials: Option<(String, String)>,
}

impl Proxy {
    /// Reads what curl's `-x` takes: `[scheme://][user:password@]host[:port]`; http and port 1080 unless given.
    ///
    /// # Errors
    /// One sentence on what is wrong with `text`; it never repeats a password.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let kind = match scheme.to_ascii_lowercase().as_str() {
            "http" => ProxyKind::Http,
            "socks4" => ProxyKind::Socks4,
            "socks4a" => ProxyKind::Socks4a,
            "socks5" | "socks" => ProxyKind::Socks5,
            "socks5h" => ProxyKind::Socks5h,
            "https" => return Err("a proxy that is itself reached over https is not supported: use http://".to_owned()),
            other => {
                return Err(format!("`{other}` is no kind of proxy: use http, socks4, socks4a, socks5 or socks5h"));
            }
        };
        let wrong = || "the proxy is not [scheme://][user:password@]host[:port]".to_owned();
        // Any scheme without a default port of its own keeps what is written; http would lose `:80`.
        let url = Url::parse(&format!("http://{}", rest.trim_end_matches('/'))).map_err(|_| wrong())?;
        let port = if has_port(rest) { url.port_or_known_default() } else { Some(1080) };
        let place = Place { host: url.host().ok_or_else(wrong)?.to_owned(), port: port.ok_or_else(wrong)? };
        let decode = |text: &str| percent_decoded(text);
        let given = !url.username().is_empty() || url.password().is_some();
        let credentials = given.then(|| (decode(url.username()), decode(url.password().unwrap_or_default())));
        Ok(Self { kind, place, credentials })
    }

    /// The value of Proxy-Authorization (RFC 7617), where there are credentials.
    pub(super) fn basic(&self) -> Option<String> {
        let (user, password) = self.credentials.as_ref()?;
        Some(format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}"))))
    }
}

/// The proxy without its credentials.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.kind {
            ProxyKind::Http => "http",
            ProxyKind::Socks4 => "socks4",
            ProxyKind::Socks4a => "socks4a",
            ProxyKind::Socks5 => "socks5",
            ProxyKind::Socks5h => "socks5h",
        };
        write!(f, "{scheme}://{}", self.place)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({self})")
    }
}

/// Whether the authority names a port, be it the default one.
fn has_port(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.rsplit(']').next().unwrap_or_default().contains(':')
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = match (first, tail) {
            (b'%', [a, b, ..]) => str::from_utf8(&[*a, *b]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()),
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The proxies of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    http: Option<Proxy>,
    https: Option<Proxy>,
    except: Except,
}

impl Proxies {
    /// The proxies that `-x` (`given`), `--noproxy` (`except`) and the environment (asked through `variable`) make together.
    ///
    /// `-x` beats every variable, and given empty means none. For http only the lower-case `http_proxy` counts, because a
    /// server's CGI environment lets strangers set `HTTP_PROXY`; else lower case goes before upper case, a scheme's own
    /// variable before `all_proxy`.
    ///
    /// # Errors
    /// One sentence that names the flag or variable whose value is no proxy.
    pub fn new(
        given: Option<&str>,
        except: Option<&str>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let first = |names: &[&'static str]| {
            let set = names.iter().find_map(|name| Some((*name, variable(name)?)));
            match given.map(|text| ("-x", text.to_owned())).or(set) {
                Some((_, text)) if text.trim().is_empty() => Ok(None),
                Some((name, text)) => Proxy::parse(&text).map(Some).map_err(|wrong| format!("{name}: {wrong}")),
                None => Ok(None),
            }
        };
        let except = except.map(ToOwned::to_owned).or_else(|| variable("no_proxy")).or_else(|| variable("NO_PROXY"));
        Ok(Self {
            http: first(&["http_proxy", "all_proxy", "ALL_PROXY"])?,
            https: first(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])?,
            except: Except::parse(&except.unwrap_or_default()),
        })
    }

    /// The proxy for `url`; `None` is straight.
    pub(super) fn choose(&self, url: &Url) -> Option<&Proxy> {
        let proxy = if url.scheme() == "https" { &self.https } else { &self.http };
        proxy.as_ref().filter(|_| url.host().is_some_and(|host| !self.except.holds(&host.to_owned())))
    }
}

/// The hosts that are reached straight (`--noproxy`, `no_proxy`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Except(Vec<String>);

impl Except {
    fn parse(text: &str) -> Self {
        let hosts = text.split([',', ' ', '\t']).map(|host| host.trim_matches('.').to_ascii_lowercase());
        Self(hosts.filter(|host| !host.is_empty()).collect())
    }

    fn holds(&self, host: &Host<String>) -> bool {
        self.0 == ["*"] || self.0.iter().any(|entry| matches_entry(entry, host))
    }
}

/// Names match at a dot, addresses exactly or within a prefix (`10.0.0.0/8`).
fn matches_entry(entry: &str, host: &Host<String>) -> bool {
    let ip = match host {
        Host::Domain(name) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            return name == entry || name.strip_suffix(entry).is_some_and(|front| front.ends_with('.'));
        }
        Host::Ipv4(ip) => IpAddr::V4(*ip),
        Host::Ipv6(ip) => IpAddr::V6(*ip),
    };
    let (net, bits) = entry.split_once('/').map_or((entry, None), |(net, bits)| (net, Some(bits)));
    let Ok(net) = net.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() else {
        return false;
    };
    let width = if net.is_ipv4() { 32 } else { 128 };
    match bits.map_or(Ok(width), str::parse::<u32>) {
        Ok(bits) if bits <= width && net.is_ipv4() == ip.is_ipv4() => {
            let differ = number(net) ^ number(ip);
            bits == 0 || differ >> (width - bits) == 0
        }
        _ => false,
    }
}

fn number(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => u128::from(ip.to_bits()),
        IpAddr::V6(ip) => ip.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_as_curl_writes_them() {
        for (text, shown, credentials) in [
            ("127.0.0.1:3128", "http://127.0.0.1:3128", None),
            ("proxy.example", "http://proxy.example:1080", None),
            ("http://proxy.example:80/", "http://proxy.example:80", None),
            ("http://u:p%40q@proxy.example:8080", "http://proxy.example:8080", Some(("u", "p@q"))),
            ("SOCKS5://u@[::1]:9", "socks5://[::1]:9", Some(("u", ""))),
            ("socks5h://h", "socks5h://h:1080", None),
            ("socks4://h:1", "socks4://h:1", None),
            ("socks4a://h:1", "socks4a://h:1", None),
        ] {
            let proxy = Proxy::parse(text).unwrap();
            assert_eq!(proxy.to_string(), shown);
            let found = proxy.credentials.as_ref().map(|(user, password)| (user.as_str(), password.as_str()));
            assert_eq!(found, credentials, "{text}");
            assert!(!format!("{proxy:?}").contains("p@q"));
        }
        for bad in ["https://h", "ftp://h", "http://", "http://h:x", "socks9://h"] {
            assert!(Proxy::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn precedence_is_curls() {
        //   -x             environment                                                  http            https
        for (given, set, http, https) in [
            (None, &[][..], None, None),
            (Some("x:1"), &[("http_proxy", "e:1")][..], Some("x"), Some("x")),
            (Some(""), &[("http_proxy", "e:1"), ("all_proxy", "a:1")], None, None),
            (None, &[("http_proxy", "e:1")], Some("e"), None),
            (None, &[("HTTP_PROXY", "e:1")], None, None),
            (None, &[("HTTPS_PROXY", "e:1")], None, Some("e")),
            (None, &[("HTTPS_PROXY", "u:1"), ("https_proxy", "l:1")], None, Some("l")),
            (None, &[("ALL_PROXY", "a:1"), ("http_proxy", "e:1")], Some("e"), Some("a")),
            (None, &[("all_proxy", "a:1"), ("https_proxy", "")], Some("a"), None),
            (None, &[("all_proxy", "a:1"), ("no_proxy", "host.example")], None, None),
            (None, &[("all_proxy", "a:1"), ("no_proxy", "other.example"), ("NO_PROXY", "*")], Some("a"), Some("a")),
        ] {
            let variable = |name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
            let proxies = Proxies::new(given, None, variable).unwrap();
            let chosen = |url| proxies.choose(&Url::parse(url).unwrap()).map(|proxy| proxy.place.host.to_string());
            assert_eq!(chosen("http://host.example").as_deref(), http, "{given:?} {set:?}");
            assert_eq!(chosen("https://host.example").as_deref(), https, "{given:?} {set:?}");
        }
        let wrong = Proxies::new(None, None, |name| (name == "http_proxy").then(|| "ftp://u:secret@h".to_owned()));
        let says = wrong.unwrap_err();
        assert!(says.starts_with("http_proxy: ") && !says.contains("secret"), "{says}");
    }

    #[test]
    fn exceptions() {
        for (except, url, straight) in [
            ("example.com", "http://example.com", true),
            ("example.com", "http://www.example.com", true),
            (".example.com", "http://example.com", true),
            ("EXAMPLE.com.", "http://example.com.", true),
            ("example.com", "http://notexample.com", false),
            ("a,  b.example", "http://b.example", true),
            ("*", "http://anything", true),
            ("*.example.com", "http://a.example.com", false),
            ("10.0.0.0/8", "http://10.1.2.3", true),
            ("10.0.0.0/8", "http://11.1.2.3", false),
            ("127.0.0.1", "http://127.0.0.1", true),
            ("127.0.0.1", "http://127.0.0.2", false),
            ("::1", "http://[::1]", true),
            ("fd00::/8", "http://[fd12::1]", true),
            ("0.0.0.0/0", "http://1.1.1.1", true),
            ("0.0.0.0/33", "http://1.1.1.1", false),
            ("0.0.0.0/0", "http://[::1]", false),
            ("", "http://a", false),
        ] {
            let proxies = Proxies::new(Some("p:1"), Some(except), |_| None).unwrap();
            assert_eq!(proxies.choose(&Url::parse(url).unwrap()).is_none(), straight, "{except} {url}");
        }
    }
}
