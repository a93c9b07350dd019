//! Which proxy a request goes through, if any.
//!
//! As curl documents them: <https://curl.se/docs/manpage.html#ENVIRONMENT>, `--noproxy`.

use std::net::IpAddr;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use url::{Host, Url};

use super::options::{Proxies, Proxy};

impl Proxy {
    /// The value of Proxy-Authorization (RFC 7617), where there are credentials.
    pub(super) fn basic(&self) -> Option<String> {
        let (user, password) = self.credentials.as_ref()?;
        Some(format!(
            "Basic {}",
            BASE64_STANDARD.encode(format!("{user}:{password}"))
        ))
    }
}

impl Proxies {
    /// The proxy for `url`; `None` is straight.
    pub(super) fn choose(&self, url: &Url) -> Option<&Proxy> {
        let proxy = if url.scheme() == "https" {
            &self.https
        } else {
            &self.http
        };
        proxy.as_ref().filter(|_| {
            url.host()
                .is_some_and(|host| !reached_straight(&self.except, &host.to_owned()))
        })
    }
}

fn reached_straight(except: &[String], host: &Host<String>) -> bool {
    except == ["*"] || except.iter().any(|entry| matches_entry(entry, host))
}

/// Names match at a dot, addresses exactly or within a prefix (`10.0.0.0/8`).
fn matches_entry(entry: &str, host: &Host<String>) -> bool {
    let ip = match host {
        Host::Domain(name) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            return name == entry
                || name
                    .strip_suffix(entry)
                    .is_some_and(|front| front.ends_with('.'));
        }
        Host::Ipv4(ip) => IpAddr::V4(*ip),
        Host::Ipv6(ip) => IpAddr::V6(*ip),
    };
    let (net, bits) = entry
        .split_once('/')
        .map_or((entry, None), |(net, bits)| (net, Some(bits)));
    let Ok(net) = net
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<IpAddr>()
    else {
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
    use super::super::options::ProxyKind;
    use super::*;

    fn proxy(port: u16) -> Proxy {
        Proxy {
            kind: ProxyKind::Http,
            host: Host::parse("p").unwrap(),
            port,
            credentials: None,
        }
    }

    #[test]
    fn a_scheme_has_its_proxy() {
        let proxies = Proxies {
            http: Some(proxy(1)),
            https: Some(proxy(2)),
            except: Vec::new(),
        };
        for (url, port) in [("http://a", 1), ("https://a", 2)] {
            assert_eq!(
                proxies
                    .choose(&Url::parse(url).unwrap())
                    .map(|proxy| proxy.port),
                Some(port),
                "{url}"
            );
        }
    }

    #[test]
    fn exceptions() {
        for (except, url, straight) in [
            (&["example.com"][..], "http://example.com", true),
            (&["example.com"], "http://www.example.com", true),
            (&["example.com"], "http://example.com.", true),
            (&["example.com"], "http://notexample.com", false),
            (&["a", "b.example"], "http://b.example", true),
            (&["*"], "http://anything", true),
            (&["*", "a"], "http://anything", false),
            (&["*.example.com"], "http://a.example.com", false),
            (&["10.0.0.0/8"], "http://10.1.2.3", true),
            (&["10.0.0.0/8"], "http://11.1.2.3", false),
            (&["127.0.0.1"], "http://127.0.0.1", true),
            (&["127.0.0.1"], "http://127.0.0.2", false),
            (&["::1"], "http://[::1]", true),
            (&["fd00::/8"], "http://[fd12::1]", true),
            (&["0.0.0.0/0"], "http://1.1.1.1", true),
            (&["0.0.0.0/33"], "http://1.1.1.1", false),
            (&["0.0.0.0/0"], "http://[::1]", false),
            (&[], "http://a", false),
        ] {
            let except = except.iter().map(ToString::to_string).collect();
            let proxies = Proxies {
                http: Some(proxy(1)),
                https: None,
                except,
            };
            assert_eq!(
                proxies.choose(&Url::parse(url).unwrap()).is_none(),
                straight,
                "{:?} {url}",
                proxies.except
            );
        }
    }
}
