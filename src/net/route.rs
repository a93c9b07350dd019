//! Where a request goes: the place that its URL names, and what `--resolve` and `--connect-to` make of it.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use url::{Host, Url};

use crate::model::{Detour, Family, Pin};

/// The longest name of a host, with the dot of the root ([RFC 1035 §3.1](https://www.rfc-editor.org/rfc/rfc1035#section-3.1)).
const LONGEST_NAME: usize = 254;

/// A host and a port.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) host: Host<String>,
    pub(super) port: u16,
}

impl Place {
    /// The place that `url` names.
    ///
    /// # Errors
    /// One sentence where it names none, or one that no name server would know.
    pub(super) fn of(url: &Url) -> Result<Self, String> {
        let none = || "the URL names no host".to_owned();
        let (host, port) = (
            url.host().ok_or_else(none)?.to_owned(),
            url.port_or_known_default().ok_or_else(none)?,
        );
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
fn can_be_known(name: &str) -> Result<(), String> {
    if name.len() > LONGEST_NAME {
        let length = name.len();
        return Err(format!(
            "the name of the host has {length} characters, and none has more than {LONGEST_NAME}"
        ));
    }
    match name
        .chars()
        .find(|letter| !(letter.is_ascii_alphanumeric() || "-_.~!$&'()*+,;=".contains(*letter)))
    {
        Some(letter) => Err(format!(
            "the name of the host holds `{letter}`, which no such name has"
        )),
        None => Ok(()),
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl Family {
    pub(in crate::net) fn takes(self, ip: IpAddr) -> bool {
        match self {
            Self::Any => true,
            Self::V4 => ip.is_ipv4(),
            Self::V6 => ip.is_ipv6(),
        }
    }
}

impl Pin {
    pub(in crate::net) fn addresses_of(&self, place: &Place) -> Option<Vec<SocketAddr>> {
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

impl Detour {
    pub(in crate::net) fn of(&self, place: &Place) -> Option<Place> {
        let meant = self.host.as_ref().is_none_or(|host| *host == place.host)
            && self.port.is_none_or(|port| port == place.port);
        meant.then(|| Place {
            host: self.to_host.clone().unwrap_or_else(|| place.host.clone()),
            port: self.to_port.unwrap_or(place.port),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(url: &str) -> Place {
        Place::of(&Url::parse(url).unwrap()).unwrap()
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
            let pin = Pin {
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
            let detour = Detour {
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
