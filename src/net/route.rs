//! Where a request goes: the place that its URL names, and what `--resolve` and `--connect-to` make of it.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use url::{Host, Url};

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
        let (host, port) = (url.host().ok_or_else(none)?.to_owned(), url.port_or_known_default().ok_or_else(none)?);
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
        return Err(format!("the name of the host has {length} characters, and none has more than {LONGEST_NAME}"));
    }
    match name.chars().find(|letter| !(letter.is_ascii_alphanumeric() || "-_.~!$&'()*+,;=".contains(*letter))) {
        Some(letter) => Err(format!("the name of the host holds `{letter}`, which no such name has")),
        None => Ok(()),
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// Which addresses of a name are tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Family {
    /// All of them.
    #[default]
    Any,
    /// IPv4 only (`-4`).
    V4,
    /// IPv6 only (`-6`).
    V6,
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

/// Addresses given for a name beforehand (`--resolve HOST:PORT:ADDRESS[,ADDRESS]...`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// `None` is every host (`*`).
    host: Option<Host<String>>,
    port: u16,
    addresses: Vec<IpAddr>,
}

impl Pin {
    /// Reads what curl's `--resolve` takes, a leading `+` included.
    ///
    /// # Errors
    /// One sentence on what is wrong with `text`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not HOST:PORT:ADDRESS, such as `example.com:443:127.0.0.1`");
        let (host, rest) = split_host(text.strip_prefix('+').unwrap_or(text)).ok_or_else(wrong)?;
        let (port, addresses) = rest.split_once(':').ok_or_else(wrong)?;
        let host = if host == "*" { None } else { Some(Host::parse(host).map_err(|_| wrong())?) };
        let ip = |text: &str| text.trim_start_matches('[').trim_end_matches(']').parse().map_err(|_| wrong());
        let addresses = addresses.split(',').map(ip).collect::<Result<_, _>>()?;
        Ok(Self { host, port: port.parse().map_err(|_| wrong())?, addresses })
    }

    pub(super) fn addresses_of(&self, place: &Place) -> Option<Vec<SocketAddr>> {
        let meant = self.port == place.port && self.host.as_ref().is_none_or(|host| *host == place.host);
        meant.then(|| self.addresses.iter().map(|ip| SocketAddr::new(*ip, self.port)).collect())
    }
}

/// Another place to connect to (`--connect-to HOST1:PORT1:HOST2:PORT2`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detour {
    from: (Option<Host<String>>, Option<u16>),
    to: (Option<Host<String>>, Option<u16>),
}

impl Detour {
    /// Reads what curl's `--connect-to` takes: an empty part means any on the left, the same on the right.
    ///
    /// # Errors
    /// One sentence on what is wrong with `text`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not HOST1:PORT1:HOST2:PORT2, such as `example.com:443:127.0.0.1:8443`");
        let host = |text: &str| match text {
            "" => Ok(None),
            text => Host::parse(text).map(Some).map_err(|_| wrong()),
        };
        let port = |text: &str| match text {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| wrong()),
        };
        let (host1, rest) = split_host(text).ok_or_else(wrong)?;
        let (port1, rest) = rest.split_once(':').ok_or_else(wrong)?;
        let (host2, port2) = split_host(rest).ok_or_else(wrong)?;
        Ok(Self { from: (host(host1)?, port(port1)?), to: (host(host2)?, port(port2)?) })
    }

    pub(super) fn of(&self, place: &Place) -> Option<Place> {
        let (host, port) = &self.from;
        let meant = host.as_ref().is_none_or(|host| *host == place.host) && port.is_none_or(|port| port == place.port);
        let (host, port) = &self.to;
        meant.then(|| Place {
            host: host.clone().unwrap_or_else(|| place.host.clone()),
            port: port.unwrap_or(place.port),
        })
    }
}

/// The host, in brackets where it holds colons, and what follows its colon.
fn split_host(text: &str) -> Option<(&str, &str)> {
    let end = if text.starts_with('[') { text.find(']')? + 1 } else { text.find(':')? };
    Some((&text[..end], text[end..].strip_prefix(':')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(url: &str) -> Place {
        Place::of(&Url::parse(url).unwrap()).unwrap()
    }

    #[test]
    fn pins() {
        for (pin, url, found) in [
            ("a.example:80:127.0.0.1", "http://a.example/", Some("127.0.0.1:80")),
            ("A.example:80:127.0.0.1", "http://a.example/", Some("127.0.0.1:80")),
            ("+a.example:443:[::1]", "https://a.example/", Some("[::1]:443")),
            ("*:80:127.0.0.1", "http://b.example/", Some("127.0.0.1:80")),
            ("[::2]:80:::1", "http://[::2]/", Some("[::1]:80")),
            ("a.example:80:127.0.0.1", "http://a.example:81/", None),
            ("a.example:80:127.0.0.1", "http://b.example/", None),
        ] {
            let addresses = Pin::parse(pin).unwrap().addresses_of(&place(url));
            assert_eq!(addresses.map(|all| all[0].to_string()).as_deref(), found, "{pin} {url}");
        }
        for bad in ["", "a", "a:80", "a:80:", "a:80:b", "a:x:127.0.0.1", "[::1:80:127.0.0.1"] {
            assert!(Pin::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn detours() {
        for (detour, url, found) in [
            ("a.example:80:127.0.0.1:81", "http://a.example/", Some("127.0.0.1:81")),
            ("::127.0.0.1:81", "http://a.example/", Some("127.0.0.1:81")),
            ("a.example:::8080", "http://a.example/", Some("a.example:8080")),
            ("a.example:80:[::1]:", "http://a.example/", Some("[::1]:80")),
            ("a.example:81:b:80", "http://a.example/", None),
        ] {
            let found_place = Detour::parse(detour).unwrap().of(&place(url));
            assert_eq!(found_place.map(|place| place.to_string()).as_deref(), found, "{detour} {url}");
        }
        for bad in ["", "a", "a:80", "a:80:b", "a:x:b:80", "a:80:b:y"] {
            assert!(Detour::parse(bad).is_err(), "{bad}");
        }
    }
}
