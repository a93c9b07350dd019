//! Where a request goes: the authority that its URL names ([RFC 3986 §3.2](https://www.rfc-editor.org/rfc/rfc3986#section-3.2)),
//! and what the user put in its place.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use url::{Host, Url};

use crate::model::HostFault;

use super::options::{ConnectTo, Family, ResolveOverride};

/// The longest name of a host, with the dot of the root ([RFC 1035 §3.1](https://www.rfc-editor.org/rfc/rfc1035#section-3.1)).
const LONGEST_NAME: usize = 254;

/// A host and a port.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Authority {
    pub(super) host: Host<String>,
    pub(super) port: u16,
}

impl Authority {
    /// The authority that `url` names.
    ///
    /// # Errors
    /// Where it names none, or one that no name server would know.
    pub(super) fn of(url: &Url) -> Result<Self, HostFault> {
        let host = url.host().ok_or(HostFault::Missing)?.to_owned();
        let port = url.port_or_known_default().ok_or(HostFault::Missing)?;
        if let Host::Domain(name) = &host {
            can_be_known(name)?;
        }
        Ok(Self { host, port })
    }

    /// The address, where the host is one.
    pub(super) fn literal(&self) -> Option<SocketAddr> {
        let ip = match self.host {
            Host::Ipv4(ip) => IpAddr::V4(ip),
            Host::Ipv6(ip) => IpAddr::V6(ip),
            Host::Domain(_) => return None,
        };
        Some(SocketAddr::new(ip, self.port))
    }
}

/// Whether a name server could know this name: what WHATWG allows in a host is more than that.
fn can_be_known(name: &str) -> Result<(), HostFault> {
    if name.len() > LONGEST_NAME {
        return Err(HostFault::TooLong {
            length: name.len(),
            most: LONGEST_NAME,
        });
    }
    let is_known =
        |letter: &char| letter.is_ascii_alphanumeric() || "-_.~!$&'()*+,;=".contains(*letter);
    match name.chars().find(|letter| !is_known(letter)) {
        Some(letter) => Err(HostFault::Character(letter)),
        None => Ok(()),
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl Family {
    pub(super) fn takes(self, ip: IpAddr) -> bool {
        match self {
            Self::Any => true,
            Self::V4 => ip.is_ipv4(),
            Self::V6 => ip.is_ipv6(),
        }
    }
}

impl ResolveOverride {
    pub(super) fn addresses_of(&self, place: &Authority) -> Option<Vec<SocketAddr>> {
        let meant =
            self.port == place.port && self.host.as_ref().is_none_or(|host| *host == place.host);
        meant.then(|| {
            self.addresses
                .iter()
                .map(|ip| SocketAddr::new(*ip, self.port))
                .collect()
        })
    }
}

impl ConnectTo {
    pub(super) fn of(&self, place: &Authority) -> Option<Authority> {
        let meant = self.host.as_ref().is_none_or(|host| *host == place.host)
            && self.port.is_none_or(|port| port == place.port);
        meant.then(|| Authority {
            host: self.to_host.clone().unwrap_or_else(|| place.host.clone()),
            port: self.to_port.unwrap_or(place.port),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(url: &str) -> Authority {
        Authority::of(&Url::parse(url).unwrap()).unwrap()
    }

    fn host(text: &str) -> Option<Host<String>> {
        (!text.is_empty()).then(|| Host::parse(text).unwrap())
    }

    #[test]
    fn pins() {
        for ((pinned, port, address), url, found) in [
            (
                ("a.example", 80, "127.0.0.1"),
                "http://a.example/",
                Some("127.0.0.1:80"),
            ),
            (
                ("a.example", 443, "::1"),
                "https://a.example/",
                Some("[::1]:443"),
            ),
            (
                ("", 80, "127.0.0.1"),
                "http://b.example/",
                Some("127.0.0.1:80"),
            ),
            (("[::2]", 80, "::1"), "http://[::2]/", Some("[::1]:80")),
            (("a.example", 80, "127.0.0.1"), "http://a.example:81/", None),
            (("a.example", 80, "127.0.0.1"), "http://b.example/", None),
        ] {
            let pin = ResolveOverride {
                host: host(pinned),
                port,
                addresses: vec![address.parse().unwrap()],
            };
            let addresses = pin.addresses_of(&place(url));
            assert_eq!(
                addresses.map(|all| all[0].to_string()).as_deref(),
                found,
                "{pin:?} {url}"
            );
        }
    }

    #[test]
    fn detours() {
        for ((from, port, to, to_port), found) in [
            (
                ("a.example", Some(80), "127.0.0.1", Some(81)),
                Some("127.0.0.1:81"),
            ),
            (("", None, "127.0.0.1", Some(81)), Some("127.0.0.1:81")),
            (("a.example", None, "", Some(8080)), Some("a.example:8080")),
            (("a.example", Some(80), "[::1]", None), Some("[::1]:80")),
            (("a.example", Some(81), "b", Some(80)), None),
            (("b.example", Some(80), "b", Some(80)), None),
        ] {
            let detour = ConnectTo {
                host: host(from),
                port,
                to_host: host(to),
                to_port,
            };
            let found_place = detour.of(&place("http://a.example/"));
            assert_eq!(
                found_place.map(|place| place.to_string()).as_deref(),
                found,
                "{detour:?}"
            );
        }
    }
}
