//! One worker's way to the network, and what all workers share.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::authority::Authority;
use super::broken::Broken;
use super::connector::{Connector, Destination, Reached};
use super::deadline::Deadline;
use super::driver::{self, Observed};
use super::http1::Receiving;
use super::options::{DenyPrivate, NetOptions, Proxy, ProxyKind};
use super::order::Order;
use super::pool::{Link, LinkKey, Pool};
use super::prepared::{Prepared, TargetStyle, prepare};
use super::receiver::{self, Sink, Wanted};
use crate::follow::{LeadsOn, Transport};
use crate::model::{
    Cause, Exchange, Failure, Headers, Peer, Phase, Received, Request, Response, Sent, Timings,
};

/// What all workers of a run share: names looked up, connections that wait, the TLS set-up. Nothing is opened or read before
/// the first request.
#[derive(Debug, Clone)]
pub struct Network(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    options: NetOptions,
    connector: Connector,
    pool: Pool,
}

impl Network {
    /// A network used on these options.
    #[must_use]
    pub fn new(options: NetOptions) -> Self {
        Self(Arc::new(Shared {
            connector: Connector::new(&options),
            pool: Pool::default(),
            options,
        }))
    }

    /// A way to it for one worker.
    #[must_use]
    pub fn wire(&self) -> Wire {
        let chain = self.chain_deadline();
        Wire {
            network: self.clone(),
            sink: None,
            chain,
            first: None,
        }
    }

    fn chain_deadline(&self) -> Deadline {
        let options = &self.0.options;
        let limit = options.limits.chain.unwrap_or(Duration::MAX);
        Deadline::new(limit, options.interrupt.clone())
    }

    /// Where `request` goes, and which way.
    fn destination(&self, request: &Request) -> Result<Destination, Failure> {
        let target = &request.target;
        let https = match target.scheme() {
            "http" => false,
            "https" => true,
            other => {
                let cause = Cause::Scheme(other.to_owned());
                return Err(Failure::new(Phase::Connect, Peer::default(), cause));
            }
        };
        let authority = Authority::of(target)
            .map_err(|fault| Failure::new(Phase::Dns, Peer::default(), Cause::Host(fault)))?;
        let unix_socket = self.unix_socket();
        // A Unix socket takes the place of a proxy too.
        let proxies = Some(&self.0.options.proxies).filter(|_| unix_socket.is_none());
        let proxy = proxies.and_then(|proxies| proxies.choose(target));
        Ok(Destination {
            authority,
            https,
            proxy: proxy.cloned(),
            unix_socket,
            deny_private: self.0.options.deny_private == DenyPrivate::Everywhere,
        })
    }

    #[cfg(unix)]
    fn unix_socket(&self) -> Option<PathBuf> {
        self.0.options.unix_socket.clone()
    }

    #[cfg(not(unix))]
    fn unix_socket(&self) -> Option<PathBuf> {
        None
    }

    /// A connection that waits, where there is one and `fresh` does not forbid it, or a new one.
    fn link(
        &self,
        destination: &Destination,
        fresh: bool,
        deadline: Deadline,
        reached: &mut Reached,
    ) -> Result<Link, Failure> {
        let waiting = if fresh {
            None
        } else {
            self.0.pool.take(&key(destination))
        };
        match waiting {
            Some(link) => Ok(link),
            None => self.0.connector.open(destination, deadline, reached),
        }
    }
}

fn key(destination: &Destination) -> LinkKey {
    LinkKey {
        https: destination.https,
        authority: destination.authority.clone(),
        deny_private: destination.deny_private,
    }
}

/// The transport that reaches the network.
pub struct Wire {
    network: Network,
    sink: Option<Box<Sink>>,
    chain: Deadline,
    /// The first host of the chain, once it was asked.
    first: Option<Authority>,
}

impl Wire {
    /// A wire of its own, over a network of its own.
    #[must_use]
    pub fn new(options: NetOptions) -> Self {
        Network::new(options).wire()
    }

    /// Writes the content of each response that does not lead on to `sink`, whole.
    #[must_use]
    pub fn with_sink(mut self, sink: Box<Sink>) -> Self {
        self.sink = Some(sink);
        self
    }

    /// Begins another chain: its time is counted from now; connections and names are kept.
    pub fn begin_chain(&mut self) {
        self.chain = self.network.chain_deadline();
        self.first = None;
    }

    /// Where a request goes, and whether it may go to a private address.
    fn destination(&mut self, request: &Request) -> Result<Destination, Failure> {
        let mut destination = self.network.destination(request)?;
        let first = self
            .first
            .get_or_insert_with(|| destination.authority.clone());
        let elsewhere = *first != destination.authority;
        destination.deny_private |=
            elsewhere && self.network.0.options.deny_private == DenyPrivate::AtRedirects;
        Ok(destination)
    }

    /// One try, over a connection that waits or a new one; what was seen goes to `seen`.
    fn attempt(
        &mut self,
        job: &Job<'_>,
        fresh: bool,
        seen: &mut Seen,
    ) -> Result<Response, Failure> {
        let limits = job.order.limits;
        let connecting = job.order.hop.within(Instant::now(), limits.connect);
        let mut reached = Reached::default();
        let link = self
            .network
            .link(job.destination, fresh, connecting, &mut reached);
        seen.observed.timings = reached.timings;
        seen.connection = reached.connection;
        let mut link = link?;
        seen.connection = Some(link.facts.clone());
        let head = driver::head(&mut link, job.order, &mut seen.observed);
        let receiving = head.map_err(|broken| {
            let Broken {
                phase,
                cause,
                is_gone,
            } = broken;
            seen.is_stale = is_gone && link.facts.reused && !seen.observed.heard;
            Failure::new(phase, job.destination.peer(), cause)
        })?;
        Ok(self.response(job, link, receiving, &mut seen.observed.timings))
    }

    /// The response, its content read as far as it is wanted; the connection goes back where it is of further use.
    fn response(
        &mut self,
        job: &Job<'_>,
        mut link: Link,
        mut receiving: Receiving,
        timings: &mut Timings,
    ) -> Response {
        let begin = Instant::now();
        let content = self.content(job, &mut link, &mut receiving);
        timings.receive = Some(begin.elapsed());
        if receiving.is_reusable() {
            self.network.0.pool.put(key(job.destination), link);
        }
        let Receiving { head, interim, .. } = receiving;
        Response {
            version: head.version,
            status: head.status,
            reason: head.reason,
            headers: head.headers,
            informational: interim,
            left_out: 0,
            content,
        }
    }

    fn content(&mut self, job: &Job<'_>, link: &mut Link, receiving: &mut Receiving) -> Received {
        // The chain's word is asked for only where it makes a difference: it takes reading the Location.
        let matters = self.sink.is_some() || receiving.ends_with_connection();
        let head = &receiving.head;
        let leads_on = matters && (job.leads_on)(head.status, &head.headers);
        let wanted = match &mut self.sink {
            Some(sink) if !leads_on => Wanted::Whole(&mut **sink),
            _ => Wanted::Beginning { leads_on },
        };
        receiver::content(link, receiving, job.order, wanted)
    }
}

/// One exchange to be made.
struct Job<'j> {
    order: &'j Order<'j>,
    destination: &'j Destination,
    leads_on: LeadsOn<'j>,
}

/// What was seen of one attempt.
#[derive(Debug, Default)]
struct Seen {
    connection: Option<crate::model::Connection>,
    observed: Observed,
    /// Whether the attempt failed as one does over a connection that its server had closed by then.
    is_stale: bool,
}

impl Transport for Wire {
    fn exchange(&mut self, request: &Request, leads_on: LeadsOn<'_>) -> Exchange {
        let begin = Instant::now();
        let ready = self
            .destination(request)
            .and_then(|destination| Ok((prepared(request, &destination)?, destination)));
        let (prepared, destination) = match ready {
            Ok(ready) => ready,
            Err(failure) => return unsent(request, failure),
        };
        let limits = self.network.0.options.limits.clone();
        let chain = self.chain.clone();
        let order = Order {
            request,
            prepared: &prepared,
            limits: &limits,
            hop: &chain.within(begin, limits.hop),
            chain: &chain,
        };
        let job = Job {
            order: &order,
            destination: &destination,
            leads_on,
        };
        let mut seen = Seen::default();
        let mut answer = self.attempt(&job, false, &mut seen);
        if seen.is_stale {
            // Most likely the server had closed the connection already; that it has not acted on the request before is not
            // known, and so the second time is reported.
            seen = Seen::default();
            answer = self.attempt(&job, true, &mut seen);
            if let Some(connection) = &mut seen.connection {
                connection.retried = true;
            }
        }
        let sent = Sent {
            method: request.method.clone(),
            target: request.target.clone(),
            headers: prepared.headers,
            body: seen.observed.digest,
        };
        let timings = Timings {
            total: begin.elapsed(),
            ..seen.observed.timings
        };
        Exchange {
            sent,
            connection: seen.connection,
            timings,
            answer,
        }
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire")
            .field("network", &self.network)
            .finish_non_exhaustive()
    }
}

/// The request as it is written on the way to `destination`.
fn prepared(request: &Request, destination: &Destination) -> Result<Prepared, Failure> {
    let http_proxy = destination.proxy.as_ref();
    let http_proxy = http_proxy.filter(|proxy| !destination.https && proxy.kind == ProxyKind::Http);
    let basic = http_proxy.and_then(Proxy::basic);
    let style = match http_proxy {
        Some(_) => TargetStyle::Absolute(basic.as_deref()),
        None => TargetStyle::Origin,
    };
    prepare(request, style)
        .map_err(|fault| Failure::new(Phase::Send, destination.peer(), Cause::Unsendable(fault)))
}

/// The exchange of a request that cannot be sent at all.
fn unsent(request: &Request, failure: Failure) -> Exchange {
    Exchange {
        sent: Sent {
            method: request.method.clone(),
            target: request.target.clone(),
            headers: Headers::clone(&request.headers),
            body: None,
        },
        connection: None,
        timings: Timings::default(),
        answer: Err(failure),
    }
}
