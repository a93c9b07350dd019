//! From names to addresses: what was given beforehand, what is known already, else the system, asked once a run.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use url::Host;

use super::options::{Family, ResolveOverride};

use super::authority::Authority;
use super::deadline::{Deadline, SLICE};
use super::stream::StreamError;

/// The most addresses of one name that are tried.
const MOST: usize = 16;

/// Looks names up; what was found is kept, and shared by all who ask.
#[derive(Debug)]
pub(super) struct Resolver {
    overrides: Vec<ResolveOverride>,
    family: Family,
    /// By host: from http to https only the port changes.
    known: Mutex<HashMap<Host, Vec<IpAddr>>>,
}

/// The addresses of an authority, and how long the system took to find them: `None` where it was not asked.
pub(super) type Addresses = (Vec<SocketAddr>, Option<Duration>);

impl Resolver {
    pub(super) fn new(overrides: Vec<ResolveOverride>, family: Family) -> Self {
        Self {
            overrides,
            family,
            known: Mutex::default(),
        }
    }

    /// The addresses of `authority`; none where it has none of the family asked for.
    ///
    /// The lock is not held while the system is asked: two workers may ask for one name at once, which costs a second
    /// lookup, where a slow name server would otherwise hold up all of them.
    pub(super) fn addresses(
        &self,
        authority: &Authority,
        deadline: &Deadline,
    ) -> Result<Addresses, StreamError> {
        if let Some(addresses) = self.given(authority) {
            return Ok((self.wanted(addresses), None));
        }
        if let Some(known) = self.known().get(&authority.host) {
            let at_port = known.iter().map(|ip| SocketAddr::new(*ip, authority.port));
            return Ok((at_port.collect(), None));
        }
        let begin = Instant::now();
        let addresses = self.wanted(ask_system(authority, deadline)?);
        let found = addresses.iter().map(SocketAddr::ip).collect();
        self.known().insert(authority.host.clone(), found);
        Ok((addresses, Some(begin.elapsed())))
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Host, Vec<IpAddr>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What needs no asking: pins (the last given wins), literals, and localhost (RFC 6761 §6.3).
    fn given(&self, authority: &Authority) -> Option<Vec<SocketAddr>> {
        let pinned = self
            .overrides
            .iter()
            .rev()
            .find_map(|given| given.addresses_of(authority));
        let literal = || authority.literal().map(|address| vec![address]);
        let local = || match &authority.host {
            Host::Domain(name) if is_localhost(name) => {
                let ips = [
                    IpAddr::from(Ipv4Addr::LOCALHOST),
                    IpAddr::from(Ipv6Addr::LOCALHOST),
                ];
                Some(ips.map(|ip| SocketAddr::new(ip, authority.port)).to_vec())
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
fn ask_system(authority: &Authority, deadline: &Deadline) -> Result<Vec<SocketAddr>, StreamError> {
    let (answer, answers) = mpsc::sync_channel(1);
    let (name, port) = (authority.host.to_string(), authority.port);
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
        match answers.recv_timeout(deadline.slice(SLICE)?) {
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

    use super::super::deadline::Expired;
    use super::*;

    fn deadline(interrupted: bool) -> Deadline {
        Deadline::new(
            Duration::from_secs(5),
            Arc::new(AtomicBool::new(interrupted)),
        )
    }

    fn authority(url: &str) -> Authority {
        Authority::of(&Url::parse(url).unwrap()).unwrap()
    }

    #[test]
    fn what_needs_no_asking() {
        let pin = |addresses: &[&str]| ResolveOverride {
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
            let (found, took) = Resolver::new(pins(), family)
                .addresses(&authority(url), &deadline(false))
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
        let unknown = Resolver::new(Vec::new(), Family::Any)
            .addresses(&authority("http://a.invalid"), &deadline(false));
        assert!(matches!(unknown, Err(StreamError::Io(_))), "{unknown:?}");
        let interrupted = Resolver::new(Vec::new(), Family::Any)
            .addresses(&authority("http://b.invalid"), &deadline(true));
        assert!(
            matches!(interrupted, Err(StreamError::Expired(Expired::Interrupted))),
            "{interrupted:?}"
        );
    }
}
