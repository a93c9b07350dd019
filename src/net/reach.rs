//! Reaching the origin: look up, guard, dial, go through the proxy, shake hands.

use std::net::{IpAddr, SocketAddr};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
#[cfg(unix)]
use std::path::Path;
use std::time::Instant;

use crate::model::{Connection, Detour, Failure, FailureKind, Phase, Proxy, ProxyKind};

use super::dial::dial;
use super::lookup::Lookup;
use super::record::{Order, Record};
use super::route::Place;
use super::socket::{Line, Socket};
use super::terms::Terms;
use super::tls::Security;
use super::tunnel::{self, Blocked};
use super::watch::Watch;
use super::{failure, guard};

/// What is needed to reach an origin, and what earlier hops found out.
#[derive(Debug)]
pub(super) struct Reach {
    lookup: Lookup,
    security: Security,
    detours: Vec<Detour>,
    deny_private: bool,
}

impl Reach {
    pub(super) fn new(terms: &Terms) -> Self {
        Self {
            lookup: Lookup::new(terms.pins.clone(), terms.family),
            security: Security::new(terms.tls.clone()),
            detours: terms.detours.clone(),
            deny_private: terms.deny_private,
        }
    }

    /// Opens a line to the origin of `order`; what was found out on the way goes to `record`, also where it failed.
    pub(super) fn open(&mut self, order: &Order, record: &mut Record) -> Result<Line, Failure> {
        let watch = order.hop.within(Instant::now(), order.limits.connect);
        let detour = self
            .detours
            .iter()
            .find_map(|detour| detour.of(&order.place));
        let place = detour.unwrap_or_else(|| order.place.clone());
        let mut opening = Opening {
            reach: self,
            order,
            record,
            watch,
            place,
        };
        let mut line = opening.line()?;
        if order.https {
            opening.secure(&mut line)?;
        }
        Ok(line)
    }

    /// Refuses a place that has a private address, be it one of many: a name that has both is a trap.
    fn permit(&self, place: &Place, addresses: &[SocketAddr]) -> Result<(), Failure> {
        if !self.deny_private {
            return Ok(());
        }
        let private = |ip: IpAddr| guard::private(ip).map(|what| (ip, what));
        match addresses.iter().find_map(|address| private(address.ip())) {
            None => Ok(()),
            Some((ip, what)) => {
                let detail =
                    format!("{place} is {ip}, {what}, and --deny-private forbids to connect there");
                Err(Failure::new(Phase::Connect, FailureKind::Forbidden, detail))
            }
        }
    }
}

/// One connection on its way.
struct Opening<'a> {
    reach: &'a mut Reach,
    order: &'a Order,
    record: &'a mut Record,
    watch: Watch,
    /// Where the way ends: the origin, or what `--connect-to` puts in its place.
    place: Place,
}

impl Opening<'_> {
    fn line(&mut self) -> Result<Line, Failure> {
        #[cfg(unix)]
        if let Some(path) = self.order.socket.clone() {
            return self.unix(&path);
        }
        if let Some(proxy) = &self.order.proxy {
            return self.through(proxy);
        }
        let place = self.place.clone();
        let addresses = self.addresses(&place)?;
        self.reach.permit(&place, &addresses)?;
        self.connect(&addresses)
    }

    #[cfg(unix)]
    fn unix(&mut self, path: &Path) -> Result<Line, Failure> {
        let begin = Instant::now();
        let stream = UnixStream::connect(path);
        self.record.timings.connect = Some(begin.elapsed());
        let stream = stream.map_err(|error| {
            let why = failure::plain(&error);
            broken(
                Phase::Connect,
                format!("could not connect to {}: {why}", self.order.peer()),
            )
        })?;
        self.record.connection = Some(Connection::default());
        Ok(Line::new(Socket::Unix(stream)))
    }

    fn through(&mut self, proxy: &Proxy) -> Result<Line, Failure> {
        let place = self.place.clone();
        if self.reach.deny_private {
            // What the proxy will find is its own affair; what can be known here is judged here.
            let known = self
                .reach
                .lookup
                .addresses(&place, &self.watch)
                .map(|(addresses, _)| addresses);
            self.reach.permit(&place, &known.unwrap_or_default())?;
        }
        let address = self.address_for(proxy.kind)?;
        let addresses = self.addresses(&Place {
            host: proxy.host.clone(),
            port: proxy.port,
        })?;
        let mut line = self.connect(&addresses)?;
        if self.order.https || proxy.kind != ProxyKind::Http {
            let begin = Instant::now();
            let opened = tunnel::open(&mut line, proxy, (&place, address), &self.watch);
            *self.record.timings.connect.get_or_insert_default() += begin.elapsed();
            opened.map_err(|blocked| match blocked {
                Blocked::Trouble(trouble) => {
                    failure::of(Phase::Connect, &self.order.peer(), &trouble)
                }
                Blocked::Refused(did) => broken(Phase::Connect, format!("the proxy {proxy} {did}")),
            })?;
        }
        Ok(line)
    }

    /// The address to ask a proxy for, where it cannot look names up itself.
    fn address_for(&mut self, kind: ProxyKind) -> Result<Option<SocketAddr>, Failure> {
        if !matches!(kind, ProxyKind::Socks4 | ProxyKind::Socks5) {
            return Ok(None);
        }
        let place = self.place.clone();
        let addresses = self.addresses(&place)?;
        let fits = |address: &&SocketAddr| kind != ProxyKind::Socks4 || address.is_ipv4();
        Ok(addresses.iter().find(fits).or(addresses.first()).copied())
    }

    fn addresses(&mut self, place: &Place) -> Result<Vec<SocketAddr>, Failure> {
        let begin = Instant::now();
        let found = self.reach.lookup.addresses(place, &self.watch);
        if let Some(took) = found
            .as_ref()
            .map_or_else(|_| Some(begin.elapsed()), |(_, took)| *took)
        {
            *self.record.timings.dns.get_or_insert_default() += took;
        }
        found.map(|(addresses, _)| addresses).map_err(|trouble| {
            let origin = &self.order.place;
            let peer = if place == origin {
                place.to_string()
            } else {
                format!("{place} (on the way to {origin})")
            };
            failure::of(Phase::Dns, &peer, &trouble)
        })
    }

    fn connect(&mut self, addresses: &[SocketAddr]) -> Result<Line, Failure> {
        let begin = Instant::now();
        let dialled = dial(addresses, &self.watch);
        self.record.timings.connect = Some(begin.elapsed());
        let stream =
            dialled.map_err(|trouble| failure::of(Phase::Connect, &self.order.peer(), &trouble))?;
        let proxy = self.order.proxy.as_ref().map(ToString::to_string);
        self.record.connection = Some(Connection {
            remote: stream.peer_addr().ok(),
            proxy,
            ..Connection::default()
        });
        Ok(Line::new(Socket::Tcp(stream)))
    }

    fn secure(&mut self, line: &mut Line) -> Result<(), Failure> {
        let client = self
            .reach
            .security
            .client(&self.order.place.host)
            .map_err(|detail| broken(Phase::Tls, detail))?;
        let begin = Instant::now();
        let shaken = line.secure(client, &self.watch);
        self.record.timings.tls = Some(begin.elapsed());
        let tls =
            shaken.map_err(|trouble| failure::of(Phase::Tls, &self.order.peer(), &trouble))?;
        self.record.connection.get_or_insert_default().tls = Some(self.reach.security.facts(tls));
        Ok(())
    }
}

fn broken(phase: Phase, detail: String) -> Failure {
    Failure::new(phase, FailureKind::Broken, detail)
}
