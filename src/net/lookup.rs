//! From names to addresses: what was given beforehand, what is known already, else the system, asked once a run.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use url::Host;

use crate::model::{Family, Pin};

use super::route::Place;
use super::socket::Trouble;
use super::watch::{SLICE, Watch};

/// The most addresses of one name that are tried.
const MOST: usize = 16;

/// Looks names up.
#[derive(Debug)]
pub(super) struct Lookup {
    pins: Vec<Pin>,
    family: Family,
    known: HashMap<Place, Vec<SocketAddr>>,
}

/// The addresses of a place, and how long the system took to find them: `None` where it was not asked.
pub(super) type Found = (Vec<SocketAddr>, Option<Duration>);

impl Lookup {
    pub(super) fn new(pins: Vec<Pin>, family: Family) -> Self {
        Self {
            pins,
            family,
            known: HashMap::new(),
        }
    }

    /// The addresses of `place`; none where it has none of the family asked for.
    pub(super) fn addresses(&mut self, place: &Place, watch: &Watch) -> Result<Found, Trouble> {
        if let Some(addresses) = self.given(place) {
            return Ok((self.wanted(addresses), None));
        }
        if let Some(addresses) = self.known.get(place) {
            return Ok((addresses.clone(), None));
        }
        let begin = Instant::now();
        let addresses = self.wanted(ask_system(place, watch)?);
        self.known.insert(place.clone(), addresses.clone());
        Ok((addresses, Some(begin.elapsed())))
    }

    /// What needs no asking: pins (the last given wins), literals, and localhost (RFC 6761 §6.3).
    fn given(&self, place: &Place) -> Option<Vec<SocketAddr>> {
        let pinned = self
            .pins
            .iter()
            .rev()
            .find_map(|pin| pin.addresses_of(place));
        let literal = || place.literal().map(|address| vec![address]);
        let local = || match &place.host {
            Host::Domain(name) if is_localhost(name) => {
                let ips = [
                    IpAddr::from(Ipv4Addr::LOCALHOST),
                    IpAddr::from(Ipv6Addr::LOCALHOST),
                ];
                Some(ips.map(|ip| SocketAddr::new(ip, place.port)).to_vec())
            }
            _ => None,
        };
        pinned.or_else(literal).or_else(local)
    }

    fn wanted(&self, addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
        addresses
            .into_iter()
            .filter(|address| self.family.takes(address.ip()))
            .take(MOST)
            .collect()
    }
}

fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

/// Asks the system on a thread of its own, because it cannot be interrupted; a thread given up ends by itself.
fn ask_system(place: &Place, watch: &Watch) -> Result<Vec<SocketAddr>, Trouble> {
    let (answer, answers) = mpsc::sync_channel(1);
    let (name, port) = (place.host.to_string(), place.port);
    thread::Builder::new()
        .name("lookup".to_owned())
        .spawn(move || {
            let found = (name.as_str(), port)
                .to_socket_addrs()
                .map(Iterator::collect::<Vec<_>>);
            // Nobody listens any more when the wait was given up.
            drop(answer.send(found));
        })?;
    loop {
        match answers.recv_timeout(watch.slice(SLICE)?) {
            Ok(found) => return Ok(found?),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(io::Error::other("the resolver gave no answer").into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use url::Url;

    use super::super::watch::Stop;
    use super::*;

    fn watch(interrupted: bool) -> Watch {
        Watch::new(
            Duration::from_secs(5),
            Arc::new(AtomicBool::new(interrupted)),
        )
    }

    fn place(url: &str) -> Place {
        Place::of(&Url::parse(url).unwrap()).unwrap()
    }

    #[test]
    fn what_needs_no_asking() {
        let pin = |addresses: &[&str]| Pin {
            host: Some(Host::Domain("a.example".to_owned())),
            port: 80,
            addresses: addresses.iter().map(|ip| ip.parse().unwrap()).collect(),
        };
        let pins = || vec![pin(&["10.0.0.1"]), pin(&["10.0.0.2", "::2"])];
        for (family, url, expected) in [
            (Family::Any, "http://1.2.3.4", &["1.2.3.4:80"][..]),
            (Family::Any, "https://[::1]:9", &["[::1]:9"]),
            (Family::V6, "http://1.2.3.4", &[]),
            (
                Family::Any,
                "http://localhost",
                &["127.0.0.1:80", "[::1]:80"],
            ),
            (Family::V4, "http://x.localhost.", &["127.0.0.1:80"]),
            (
                Family::Any,
                "http://a.example",
                &["10.0.0.2:80", "[::2]:80"],
            ),
            (Family::V6, "http://a.example", &["[::2]:80"]),
        ] {
            let (found, took) = Lookup::new(pins(), family)
                .addresses(&place(url), &watch(false))
                .unwrap();
            assert_eq!(
                found.iter().map(ToString::to_string).collect::<Vec<_>>(),
                expected,
                "{url}"
            );
            assert_eq!(took, None);
        }
    }

    #[test]
    fn an_unknown_name_is_an_error_and_an_interrupt_ends_the_wait() {
        // RFC 6761 §6.4: `.invalid` never exists.
        let unknown = Lookup::new(Vec::new(), Family::Any)
            .addresses(&place("http://a.invalid"), &watch(false));
        assert!(matches!(unknown, Err(Trouble::Io(_))), "{unknown:?}");
        let interrupted = Lookup::new(Vec::new(), Family::Any)
            .addresses(&place("http://b.invalid"), &watch(true));
        assert!(
            matches!(interrupted, Err(Trouble::Stopped(Stop::Interrupted))),
            "{interrupted:?}"
        );
    }
}
