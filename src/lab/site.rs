//! Where a request was received, and which other origins of the lab can be reached from there.

use std::net::IpAddr;

use super::request::{RequestHead, RequestRefusal};

/// The ports that a lab listens on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ports {
    /// For http: the main one and the other one.
    pub http: [u16; 2],
    /// For https: likewise; `None` without TLS.
    pub https: Option<[u16; 2]>,
}

/// Where a request was received.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub secure: bool,
    /// The host that the client named, without a port: what it can reach.
    pub name: String,
    /// The port that the client named.
    pub port: u16,
    pub ports: Ports,
}

impl Site {
    /// What `head` says of where it was sent; the address of the socket where it says nothing usable.
    pub(super) fn new(
        head: &RequestHead,
        local: (IpAddr, u16),
        secure: bool,
        ports: Ports,
    ) -> Self {
        let (name, port) = head
            .headers
            .text("host")
            .and_then(|host| split_authority(host, default_port(secure)))
            .unwrap_or_else(|| (bracketed(local.0), local.1));
        Self {
            secure,
            name,
            port,
            ports,
        }
    }

    /// Such as `127.0.0.1:8080`.
    pub(super) fn authority(&self) -> String {
        authority(self.secure, &self.name, self.port)
    }

    /// The origin that was asked.
    pub(super) fn origin(&self) -> String {
        origin(self.secure, &self.name, self.port)
    }

    /// The same scheme and name on another port.
    pub(super) fn other_port(&self) -> Result<String, RequestRefusal> {
        let pair = if self.secure {
            self.secure_ports()?
        } else {
            self.ports.http
        };
        Ok(origin(
            self.secure,
            &self.name,
            if self.port == pair[0] {
                pair[1]
            } else {
                pair[0]
            },
        ))
    }

    /// The same machine under another name: the name that was not asked of `localhost` and `127.0.0.1`.
    pub(super) fn other_name(&self) -> String {
        let name = if self.name.eq_ignore_ascii_case("localhost") {
            "127.0.0.1"
        } else {
            "localhost"
        };
        origin(self.secure, name, self.port)
    }

    /// A name below the one that was asked; names under `localhost` are loopback
    /// ([RFC 6761 §6.3](https://www.rfc-editor.org/rfc/rfc6761#section-6.3)).
    pub(super) fn subdomain(&self) -> String {
        let below = if self.name.parse::<IpAddr>().is_ok() || self.name.starts_with('[') {
            "localhost"
        } else {
            &self.name
        };
        origin(self.secure, &format!("sub.{below}"), self.port)
    }

    /// The name above the one that was asked.
    pub(super) fn parent(&self) -> Result<String, RequestRefusal> {
        let no_parent =
            || RequestRefusal::bad(format!("{} has no parent: ask at sub.localhost", self.name));
        let is_name = self.name.parse::<IpAddr>().is_err();
        let (_, parent) = self
            .name
            .split_once('.')
            .filter(|_| is_name)
            .ok_or_else(no_parent)?;
        Ok(origin(self.secure, parent, self.port))
    }

    /// The main origin of this scheme, under the same name.
    pub(super) fn of_scheme(&self, secure: bool) -> Result<String, RequestRefusal> {
        let ports = if secure {
            self.secure_ports()?
        } else {
            self.ports.http
        };
        Ok(origin(secure, &self.name, ports[0]))
    }

    fn secure_ports(&self) -> Result<[u16; 2], RequestRefusal> {
        let without = || RequestRefusal {
            status: 501,
            says: "this lab runs without TLS (rehop serve --tls)".into(),
        };
        self.ports.https.ok_or_else(without)
    }
}

/// Scheme, host and port, without a default port.
pub(super) fn origin(secure: bool, name: &str, port: u16) -> String {
    let scheme = if secure { "https" } else { "http" };
    format!("{scheme}://{}", authority(secure, name, port))
}

/// Host and port, without a default port.
fn authority(secure: bool, name: &str, port: u16) -> String {
    if port == default_port(secure) {
        name.to_owned()
    } else {
        format!("{name}:{port}")
    }
}

fn default_port(secure: bool) -> u16 {
    if secure { 443 } else { 80 }
}

/// An address as it stands in a URL.
pub(super) fn bracketed(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// Name and port of a Host field; nothing for one that has other characters than names and addresses have.
fn split_authority(host: &str, default_port: u16) -> Option<(String, u16)> {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b".-_[]:".contains(&byte);
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()?),
        _ => (host, default_port),
    };
    (!name.is_empty() && name.bytes().all(usual)).then(|| (name.to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORTS: Ports = Ports {
        http: [8080, 8081],
        https: Some([8082, 8083]),
    };

    fn here(host: &str, secure: bool) -> Site {
        let head =
            RequestHead::parse(format!("GET / HTTP/1.1\r\nHost: {host}").as_bytes()).unwrap();
        Site::new(&head, ([127, 0, 0, 1].into(), 8080), secure, PORTS)
    }

    #[test]
    fn site_name_comes_from_a_usable_host_field() {
        for (host, origin) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("localhost:9", "http://localhost:9"),
            ("localhost", "http://localhost"),
            ("[::1]:8080", "http://[::1]:8080"),
            ("[::1]", "http://[::1]"),
            ("", "http://127.0.0.1:8080"),
            ("a:99999", "http://127.0.0.1:8080"),
            ("a/b", "http://127.0.0.1:8080"),
            ("\"><script>", "http://127.0.0.1:8080"),
        ] {
            assert_eq!(here(host, false).origin(), origin, "{host}");
        }
    }

    #[test]
    fn site_names_the_other_origins() {
        // Host, under TLS?, other port, other name, subdomain, parent, https, http
        for (host, secure, others) in [
            (
                "127.0.0.1:8080",
                false,
                [
                    "http://127.0.0.1:8081",
                    "http://localhost:8080",
                    "http://sub.localhost:8080",
                    "400",
                    "https://127.0.0.1:8082",
                    "http://127.0.0.1:8080",
                ],
            ),
            (
                "sub.localhost:8083",
                true,
                [
                    "https://sub.localhost:8082",
                    "https://localhost:8083",
                    "https://sub.sub.localhost:8083",
                    "https://localhost:8083",
                    "https://sub.localhost:8082",
                    "http://sub.localhost:8080",
                ],
            ),
        ] {
            let here = here(host, secure);
            let all = [
                here.other_port(),
                Ok(here.other_name()),
                Ok(here.subdomain()),
                here.parent(),
                here.of_scheme(true),
                here.of_scheme(false),
            ];
            let all = all.map(|origin| origin.unwrap_or_else(|refusal| refusal.status.to_string()));
            assert_eq!(all, others, "{host}");
        }
    }
}
