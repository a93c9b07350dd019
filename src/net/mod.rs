//! The wire: one request out, one response in, and everything that was seen on the way.
//!
//! ```text
//! Wire ──Order──▶ ureq ──▶ Tap ──▶ Line (socket, TLS) ──▶ server
//!   ▲              │        └── Opener: lookup → guard → dial → tunnel → TLS
//!   └──Record──────┴── content, out of its framing
//! ```
//!
//! ureq 3.5 is used with redirects off, for keeping connections and for reading content; this is the only room that names
//! it. What is reported comes from the tap, never from what was asked for.
//!
//! ```no_run
//! use rehop::follow::Transport;
//! use rehop::model::{Body, Headers, Method, Request};
//! use rehop::net::{Terms, Wire};
//!
//! let target = url::Url::parse("http://127.0.0.1:8080/start").expect("a URL");
//! let request = Request::new(Method::POST, target, Headers::new(), Body::from_bytes(*b"a=1"));
//! let exchange = Wire::new(Terms::default()).exchange(&request);
//! match exchange.answer {
//!     Ok(response) => assert!(response.status.code() >= 200),
//!     Err(failure) => assert!(!failure.detail.is_empty()),
//! }
//! ```

mod certificate;
mod compose;
mod content;
mod dial;
mod failure;
mod framing;
mod guard;
mod head;
mod inbox;
mod judge;
mod lookup;
mod proxy;
mod reach;
mod record;
mod route;
mod socket;
mod tally;
mod tap;
mod terms;
#[cfg(test)]
mod tests;
mod tls;
mod tunnel;
mod upload;
mod watch;

use std::fmt;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use ureq::Agent;

use crate::follow::Transport;
use crate::model::{
    Exchange, Failure, FailureKind, Phase, Proxy, ProxyKind, Received, Request, Response, Sent,
};

use self::compose::{Composed, Form};
use self::reach::Reach;
use self::record::{Order, Record};
use self::route::Place;
use self::tap::{LookedUpLater, Opener, Shared};
use self::watch::Watch;

pub use self::terms::{Limits, Terms};
pub use self::tls::{MachineRoots, TlsTerms};

/// The most idle connections kept: ureq's cost grows with their square.
const IDLE: usize = 10;

/// The transport that reaches the network; connections, names and the TLS set-up are kept from hop to hop.
pub struct Wire {
    agent: Agent,
    desk: Shared,
    terms: Terms,
    sink: Option<Box<dyn Write + Send>>,
    chain: Watch,
}

impl Wire {
    /// A wire on these terms. Nothing is opened or read before the first request.
    #[must_use]
    pub fn new(terms: Terms) -> Self {
        let desk = Shared::new(Reach::new(&terms));
        // Redirects, defaults and the environment are ours; ureq has none of it.
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .user_agent("")
            .accept("")
            .accept_encoding("")
            .max_idle_connections(IDLE)
            .max_idle_connections_per_host(IDLE)
            .build();
        let agent = Agent::with_parts(config, Opener(desk.clone()), LookedUpLater);
        let chain = Watch::new(
            terms.limits.chain.unwrap_or(Duration::MAX),
            terms.interrupt.clone(),
        );
        Self {
            agent,
            desk,
            terms,
            sink: None,
            chain,
        }
    }

    /// Writes the content of each response that does not lead on (no 3xx with a Location) to `sink`, whole (`-o`).
    #[must_use]
    pub fn with_sink(mut self, sink: Box<dyn Write + Send>) -> Self {
        self.sink = Some(sink);
        self
    }

    /// Begins another chain: its time (`-m`) is counted from now; connections and names are kept.
    pub fn begin_chain(&mut self) {
        self.chain = Watch::new(
            self.terms.limits.chain.unwrap_or(Duration::MAX),
            self.terms.interrupt.clone(),
        );
    }

    /// The proxy for `request`: none where a Unix socket takes its place.
    fn proxy(&self, request: &Request) -> Option<Proxy> {
        if self.socket().is_some() {
            None
        } else {
            self.terms.proxies.choose(&request.target).cloned()
        }
    }

    /// The Unix socket that stands in for every address.
    fn socket(&self) -> Option<PathBuf> {
        #[cfg(unix)]
        let socket = self.terms.unix_socket.clone();
        #[cfg(not(unix))]
        let socket = None;
        socket
    }

    fn order(&self, request: &Request) -> Result<Order, Failure> {
        let broken = |phase, detail: String| Failure::new(phase, FailureKind::Broken, detail);
        let scheme = request.target.scheme();
        if !matches!(scheme, "http" | "https") {
            let detail = format!("`{scheme}:` cannot be requested: rehop speaks http and https");
            return Err(broken(Phase::Connect, detail));
        }
        let place = Place::of(&request.target).map_err(|detail| broken(Phase::Dns, detail))?;
        let proxy = self.proxy(request);
        let https = scheme == "https";
        let basic = proxy.as_ref().and_then(Proxy::basic);
        let form = match &proxy {
            Some(proxy) if !https && proxy.kind == ProxyKind::Http => {
                Form::Absolute(basic.as_deref())
            }
            _ => Form::Origin,
        };
        let composed = compose::compose(request, form)
            .map_err(|detail| Failure::new(Phase::Send, FailureKind::Broken, detail))?;
        Ok(Order {
            method: request.method.clone(),
            place,
            https,
            proxy,
            socket: self.socket(),
            composed,
            body: request.body.clone(),
            limits: self.terms.limits.clone(),
            hop: self.chain.within(Instant::now(), self.terms.limits.hop),
            chain: self.chain.clone(),
            to_sink: self.sink.is_some(),
        })
    }

    /// One try over an idle connection, where there is one and `fresh` does not forbid it, or a new one.
    fn attempt(&mut self, order: Order, fresh: bool) -> (Record, Result<Received, Failure>) {
        let (scheme, place, peer) = (
            if order.https { "https" } else { "http" },
            order.place.clone(),
            order.peer(),
        );
        {
            let mut desk = self.desk.lock();
            desk.fresh = fresh;
            desk.record = Record::default();
            desk.order = Some(order);
        }
        let asked = ureq::http::Request::get(format!("{scheme}://{place}/"))
            .header("host", "tap")
            .body(());
        let answer = asked
            .map_err(ureq::Error::from)
            .and_then(|request| self.agent.run(request));
        let received = match answer {
            Ok(answer) => Ok(content::receive(
                answer.into_body(),
                &self.desk,
                &self.terms.limits,
                self.sink.as_deref_mut(),
            )),
            Err(error) => Err(error),
        };
        let mut desk = self.desk.lock();
        desk.order = None;
        let mut record = std::mem::take(&mut desk.record);
        let received = received.map_err(|error| {
            let unforeseen = || {
                failure::server(
                    Phase::Receive,
                    &peer,
                    &format!("could not be understood: {error}"),
                )
            };
            record.failure.take().unwrap_or_else(unforeseen)
        });
        (record, received)
    }
}

impl Transport for Wire {
    fn exchange(&mut self, request: &Request) -> Exchange {
        let begin = Instant::now();
        let order = match self.order(request) {
            Ok(order) => order,
            Err(failure) => return unsent(request, failure),
        };
        let composed = order.composed.clone();
        let (mut record, mut received) = self.attempt(order.clone(), false);
        let retried = record.stale;
        if retried {
            // Most likely the server had closed the idle connection already; that it has not acted on the request before
            // is not known, and so the second time is told.
            (record, received) = self.attempt(order, true);
        }
        let mut exchange = told(request, composed, record, received);
        exchange.timings.total = begin.elapsed();
        if let Some(connection) = &mut exchange.connection {
            connection.retried = retried;
        }
        exchange
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire")
            .field("terms", &self.terms)
            .finish_non_exhaustive()
    }
}

/// Whether `request` can be sent as it stands.
///
/// # Errors
/// One sentence where a field of it cannot, such as a Content-Length that its content does not have.
pub fn check(request: &Request) -> Result<(), String> {
    compose::compose(request, Form::Origin).map(drop)
}

/// The exchange of a request that cannot be sent at all.
fn unsent(request: &Request, failure: Failure) -> Exchange {
    let composed = Composed {
        headers: request.headers.clone(),
        bytes: Vec::new(),
        frame: compose::Frame::None,
    };
    told(request, composed, Record::default(), Err(failure))
}

/// The exchange as the record tells it.
fn told(
    request: &Request,
    composed: Composed,
    record: Record,
    received: Result<Received, Failure>,
) -> Exchange {
    let Record {
        connection,
        mut timings,
        digest,
        informational,
        answer,
        last_byte,
        ..
    } = record;
    if let Some((_, _, first_byte)) = &answer {
        let last_byte = last_byte.unwrap_or(*first_byte);
        timings.receive = Some(last_byte.saturating_duration_since(*first_byte));
    }
    let sent = Sent {
        method: request.method.clone(),
        target: request.target.clone(),
        headers: composed.headers,
        body: digest,
    };
    let no_head = || {
        Failure::new(
            Phase::Receive,
            FailureKind::Broken,
            "no response was seen on the wire",
        )
    };
    let answer = received.and_then(|content| {
        let (head, ..) = answer.ok_or_else(no_head)?;
        let (version, status, reason, headers) =
            (head.version, head.status, head.reason, head.headers);
        Ok(Response {
            version,
            status,
            reason,
            headers,
            informational,
            content,
        })
    });
    Exchange {
        sent,
        connection,
        timings,
        answer,
    }
}
