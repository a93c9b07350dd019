//! Reaching the origin: look up, guard, dial, go through the proxy, shake hands.

use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use crate::model::{Connection, Failure, FailureKind, Phase};

use super::dial::dial;
use super::lookup::Lookup;
use super::proxy::{Proxy, ProxyKind};
use super::record::{Order, Record};
use super::route::{Detour, Place};
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
    #[cfg(unix)]
    unix_socket: Option<std::path::PathBuf>,
}

impl Reach {
    pub(super) fn new(terms: &Terms) -> Self {
        Self {
            lookup: Lookup::new(terms.pins.clone(), terms.family),
            security: Security::new(terms.tls.clone()),
            detours: terms.detours.clone(),
            deny_private: terms.deny_private,
            #[cfg(unix)]
            unix_socket: terms.unix_socket.clone(),
        }
    }

    /// Opens a line to the origin of `order`; what was found out on the way goes to `record`, also where it failed.
    pub(super) fn open(&mut self, order: &Order, record: &mut Record) -> Result<Line, Failure> {
        let watch = order.hop.within(Instant::now(), order.limits.connect);
        let place =
            self.detours.iter().find_map(|detour| detour.of(&order.place)).unwrap_or_else(|| order.place.clone());
        let mut line = match &order.proxy {
            _ if self.is_unix() => self.open_unix(order, record)?,
            Some(proxy) => self.through(proxy, &place, order, record, &watch)?,
            None => {
                let addresses = self.addresses(&place, order, record, &watch)?;
                self.permit(&place, &addresses)?;
                connect(&addresses, order, record, &watch)?
            }
        };
        if order.https {
            self.secure(&mut line, order, record, &watch)?;
        }
        Ok(line)
    }

    fn through(
        &mut self,
        proxy: &Proxy,
        place: &Place,
        order: &Order,
        record: &mut Record,
        watch: &Watch,
    ) -> Result<Line, Failure> {
        if self.deny_private {
            // What the proxy will find is its own affair; what can be known here is judged here.
            let known = self.lookup.addresses(place, watch).map(|(addresses, _)| addresses).unwrap_or_default();
            self.permit(place, &known)?;
        }
        let address = match proxy.kind {
            ProxyKind::Socks4 | ProxyKind::Socks5 => self.local_address(proxy.kind, place, order, record, watch)?,
            ProxyKind::Http | ProxyKind::Socks4a | ProxyKind::Socks5h => None,
        };
        let addresses = self.addresses(&proxy.place, order, record, watch)?;
        let mut line = connect(&addresses, order, record, watch)?;
        let begin = Instant::now();
        if order.https || proxy.kind != ProxyKind::Http {
            tunnel::open(&mut line, proxy, (place, address), watch).map_err(|blocked| match blocked {
                Blocked::Trouble(trouble) => failure::of(Phase::Connect, &order.peer(), &trouble),
                Blocked::Refused(did) => {
                    Failure::new(Phase::Connect, FailureKind::Broken, format!("the proxy {proxy} {did}"))
                }
            })?;
        }
        if let Some(connect) = &mut record.timings.connect {
            *connect += begin.elapsed();
        }
        Ok(line)
    }

    /// The address that a proxy is asked for, where it cannot look names up itself.
    fn local_address(
        &mut self,
        kind: ProxyKind,
        place: &Place,
        order: &Order,
        record: &mut Record,
        watch: &Watch,
    ) -> Result<Option<SocketAddr>, Failure> {
        let addresses = self.addresses(place, order, record, watch)?;
        let fits = |address: &&SocketAddr| kind != ProxyKind::Socks4 || address.is_ipv4();
        Ok(addresses.iter().find(fits).or(addresses.first()).copied())
    }

    fn addresses(
        &mut self,
        place: &Place,
        order: &Order,
        record: &mut Record,
        watch: &Watch,
    ) -> Result<Vec<SocketAddr>, Failure> {
        let begin = Instant::now();
        let found = self.lookup.addresses(place, watch);
        let took = found.as_ref().map_or_else(|_| Some(begin.elapsed()), |(_, took)| *took);
        if let Some(took) = took {
            *record.timings.dns.get_or_insert_default() += took;
        }
        let peer =
            if *place == order.place { order.place.to_string() } else { format!("{place} (for {})", order.place) };
        found.map(|(addresses, _)| addresses).map_err(|trouble| failure::of(Phase::Dns, &peer, &trouble))
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
                let detail = format!("{place} is {ip}, {what}, and --deny-private forbids to connect there");
                Err(Failure::new(Phase::Connect, FailureKind::Forbidden, detail))
            }
        }
    }

    fn secure(&mut self, line: &mut Line, order: &Order, record: &mut Record, watch: &Watch) -> Result<(), Failure> {
        let broken = |detail| Failure::new(Phase::Tls, FailureKind::Broken, detail);
        let client = self.security.client(&order.place.host).map_err(broken)?;
        let begin = Instant::now();
        let shaken = line.secure(client, watch);
        record.timings.tls = Some(begin.elapsed());
        let tls = shaken.map_err(|trouble| failure::of(Phase::Tls, &order.peer(), &trouble))?;
        let facts = self.security.facts(tls);
        record.connection.get_or_insert_default().tls = Some(facts);
        Ok(())
    }

    #[cfg(unix)]
    fn is_unix(&self) -> bool {
        self.unix_socket.is_some()
    }

    #[cfg(not(unix))]
    fn is_unix(&self) -> bool {
        false
    }

    #[cfg(unix)]
    fn open_unix(&self, order: &Order, record: &mut Record) -> Result<Line, Failure> {
        let path = self.unix_socket.as_deref().unwrap_or_else(|| std::path::Path::new(""));
        let begin = Instant::now();
        let stream = std::os::unix::net::UnixStream::connect(path);
        record.timings.connect = Some(begin.elapsed());
        let stream = stream.map_err(|error| {
            let (path, why) = (path.display(), failure::plain(&error));
            let detail = format!("could not connect to {} over the Unix socket {path}: {why}", order.place);
            Failure::new(Phase::Connect, FailureKind::Broken, detail)
        })?;
        record.connection = Some(Connection::default());
        Ok(Line::new(Socket::Unix(stream)))
    }

    #[cfg(not(unix))]
    fn open_unix(&self, order: &Order, _record: &mut Record) -> Result<Line, Failure> {
        let detail = format!("there are no Unix sockets here to reach {} over", order.place);
        Err(Failure::new(Phase::Connect, FailureKind::Broken, detail))
    }
}

fn connect(addresses: &[SocketAddr], order: &Order, record: &mut Record, watch: &Watch) -> Result<Line, Failure> {
    let begin = Instant::now();
    let dialled = dial(addresses, watch);
    record.timings.connect = Some(begin.elapsed());
    let stream = dialled.map_err(|trouble| failure::of(Phase::Connect, &order.peer(), &trouble))?;
    let proxy = order.proxy.as_ref().map(ToString::to_string);
    record.connection = Some(Connection { remote: stream.peer_addr().ok(), proxy, ..Connection::default() });
    Ok(Line::new(Socket::Tcp(stream)))
}
