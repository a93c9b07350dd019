//! Reaching an origin: look up, guard, dial, go through the proxy, shake hands.

use std::net::SocketAddr;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Instant;

use super::authority::Authority;
use super::broken::cause;
use super::deadline::Deadline;
use super::dial::dial;

use super::options::{ConnectTo, NetOptions, Proxy, ProxyKind};
use super::pool::Link;
use super::resolver::Resolver;
use super::stream::{Stream, StreamError};
use super::tls::TlsConfig;
use super::tunnel::{self, TunnelError};
use crate::model::{
    AddressKind, Cause, Connection, Failure, Peer, Phase, SystemFault, Timings, Tls, Way,
};

/// What is needed to reach an origin, and what earlier hops found out; shared by all workers of a run.
#[derive(Debug)]
pub(super) struct Connector {
    resolver: Resolver,
    tls: TlsConfig,
    connect_to: Vec<ConnectTo>,
}

/// Where to, and which way.
#[derive(Debug, Clone)]
pub(super) struct Destination {
    /// The origin.
    pub(super) authority: Authority,
    pub(super) https: bool,
    pub(super) proxy: Option<Proxy>,
    /// The Unix socket that stands in for every address.
    pub(super) unix_socket: Option<PathBuf>,
    /// Whether private addresses are refused.
    pub(super) deny_private: bool,
}

impl Destination {
    /// The origin and the way there, as a failure names them.
    pub(super) fn peer(&self) -> Peer {
        let way = match (&self.proxy, &self.unix_socket) {
            (Some(proxy), _) => Way::Proxy(proxy.to_string()),
            (None, Some(path)) => Way::UnixSocket(path.clone()),
            (None, None) => Way::Straight,
        };
        Peer {
            name: self.authority.to_string(),
            way,
        }
    }
}

impl Connector {
    pub(super) fn new(options: &NetOptions) -> Self {
        Self {
            resolver: Resolver::new(options.overrides.clone(), options.family),
            tls: TlsConfig::new(options.tls.clone()),
            connect_to: options.connect_to.clone(),
        }
    }

    /// Opens a connection to `destination` before `deadline`; how long each step took goes to `timings`, and what is
    /// known of the connection to `facts`, also where it failed.
    pub(super) fn open(
        &self,
        destination: &Destination,
        deadline: Deadline,
        reached: &mut Reached,
    ) -> Result<Link, Failure> {
        let mut others = self.connect_to.iter();
        let end = others.find_map(|other| other.of(&destination.authority));
        let mut connecting = Connecting {
            connector: self,
            destination,
            end: end.unwrap_or_else(|| destination.authority.clone()),
            deadline,
            reached,
        };
        let mut stream = connecting.stream()?;
        if destination.https {
            let tls = connecting.secure(&mut stream)?;
            reached.connection.get_or_insert_default().tls = Some(tls);
        }
        let facts = reached.connection.clone().unwrap_or_default();
        Ok(Link { stream, facts })
    }
}

/// What is known of a connection on its way.
#[derive(Debug, Default)]
pub(super) struct Reached {
    pub(super) timings: Timings,
    /// `None` until something is connected to.
    pub(super) connection: Option<Connection>,
}

/// One connection on its way.
struct Connecting<'a> {
    connector: &'a Connector,
    destination: &'a Destination,
    /// Where the way ends: the origin, or what the user put in its place.
    end: Authority,
    deadline: Deadline,
    reached: &'a mut Reached,
}

impl Connecting<'_> {
    fn stream(&mut self) -> Result<Stream, Failure> {
        #[cfg(unix)]
        if let Some(path) = &self.destination.unix_socket {
            let stream = UnixStream::connect(path);
            return self.unix(stream);
        }
        if let Some(proxy) = &self.destination.proxy {
            return self.through(proxy);
        }
        let end = self.end.clone();
        let addresses = self.addresses(&end)?;
        self.permit(&addresses)?;
        self.connect(&addresses)
    }

    #[cfg(unix)]
    fn unix(&mut self, stream: std::io::Result<UnixStream>) -> Result<Stream, Failure> {
        let begin = Instant::now();
        self.reached.timings.connect = Some(begin.elapsed());
        let stream = stream.map_err(|error| {
            self.failed(Phase::Connect, Cause::System(SystemFault::from(&error)))
        })?;
        self.reached.connection = Some(Connection::default());
        Ok(stream.into())
    }

    fn through(&mut self, proxy: &Proxy) -> Result<Stream, Failure> {
        let end = self.end.clone();
        if self.destination.deny_private {
            // What the proxy will find is its own affair; what can be known here is judged here.
            let known = self.connector.resolver.addresses(&end, &self.deadline);
            self.permit(&known.map(|(addresses, _)| addresses).unwrap_or_default())?;
        }
        let address = self.address_for(proxy.kind)?;
        let addresses = self.addresses(&Authority {
            host: proxy.host.clone(),
            port: proxy.port,
        })?;
        let mut stream = self.connect(&addresses)?;
        if self.destination.https || proxy.kind != ProxyKind::Http {
            let begin = Instant::now();
            let to = tunnel::Far {
                authority: &end,
                address,
            };
            let opened = tunnel::open(&mut stream, proxy, &to, &self.deadline);
            *self.reached.timings.connect.get_or_insert_default() += begin.elapsed();
            opened.map_err(|error| {
                let cause = match error {
                    TunnelError::Stream(error) => cause(Phase::Connect, &error),
                    TunnelError::Refused(fault) => Cause::Proxy(fault),
                };
                self.failed(Phase::Connect, cause)
            })?;
        }
        Ok(stream)
    }

    /// The address to ask a proxy for, where it cannot look names up itself.
    fn address_for(&mut self, kind: ProxyKind) -> Result<Option<SocketAddr>, Failure> {
        if !matches!(kind, ProxyKind::Socks4 | ProxyKind::Socks5) {
            return Ok(None);
        }
        let end = self.end.clone();
        let addresses = self.addresses(&end)?;
        let fits = |address: &&SocketAddr| kind != ProxyKind::Socks4 || address.is_ipv4();
        let fitting = addresses.iter().find(fits);
        Ok(fitting.or(addresses.first()).copied())
    }

    fn addresses(&mut self, authority: &Authority) -> Result<Vec<SocketAddr>, Failure> {
        let begin = Instant::now();
        let found = self.connector.resolver.addresses(authority, &self.deadline);
        let took = match &found {
            Ok((_, took)) => *took,
            Err(_) => Some(begin.elapsed()),
        };
        if let Some(took) = took {
            *self.reached.timings.dns.get_or_insert_default() += took;
        }
        found.map(|(addresses, _)| addresses).map_err(|error| {
            let origin = &self.destination.authority;
            let way = if authority == origin {
                Way::Straight
            } else {
                Way::OnTheWayTo(origin.to_string())
            };
            let name = authority.to_string();
            let cause = self::cause(Phase::Dns, &error);
            Failure::new(Phase::Dns, Peer { name, way }, cause)
        })
    }

    /// Refuses an end that has a private address, even one of many: a name that has both is a trap.
    fn permit(&self, addresses: &[SocketAddr]) -> Result<(), Failure> {
        if !self.destination.deny_private {
            return Ok(());
        }
        let private = |address: &SocketAddr| Some((address.ip(), AddressKind::of(address.ip())?));
        let Some((address, kind)) = addresses.iter().find_map(private) else {
            return Ok(());
        };
        let peer = Peer {
            name: self.end.to_string(),
            way: Way::Straight,
        };
        let cause = Cause::Forbidden { address, kind };
        Err(Failure::new(Phase::Connect, peer, cause))
    }

    fn connect(&mut self, addresses: &[SocketAddr]) -> Result<Stream, Failure> {
        let begin = Instant::now();
        let dialled = dial(addresses, &self.deadline);
        self.reached.timings.connect = Some(begin.elapsed());
        let stream = dialled.map_err(|error| self.broken(Phase::Connect, &error))?;
        let stream = Stream::from(stream);
        self.reached.connection = Some(Connection {
            remote: stream.remote(),
            proxy: self.destination.proxy.as_ref().map(ToString::to_string),
            ..Connection::default()
        });
        Ok(stream)
    }

    fn secure(&mut self, stream: &mut Stream) -> Result<Tls, Failure> {
        let host = &self.destination.authority.host;
        let client = self.connector.tls.client(host);
        let (client, noted) = client.map_err(|fault| self.failed(Phase::Tls, Cause::Tls(fault)))?;
        let begin = Instant::now();
        let shaken = stream.secure(client, &self.deadline);
        self.reached.timings.tls = Some(begin.elapsed());
        let facts = shaken.map(|tls| noted.facts(tls));
        facts.map_err(|error| self.broken(Phase::Tls, &error))
    }

    fn broken(&self, phase: Phase, error: &StreamError) -> Failure {
        let phase = match error {
            StreamError::Tls(_) => Phase::Tls,
            _ => phase,
        };
        self.failed(phase, cause(phase, error))
    }

    fn failed(&self, phase: Phase, cause: Cause) -> Failure {
        Failure::new(phase, self.destination.peer(), cause)
    }
}
