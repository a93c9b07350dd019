//! The tap: everything that ureq says to the network and hears from it passes here, and is written down.
//!
//! ureq keeps the connections and takes the content out of its framing. It is told as little as that needs: it asks for
//! `/` with GET, and is answered 200 with the framing and nothing else. What goes over the wire in between is the request
//! as it was composed and the response as the server sent it, so that neither meets the limits of a client made for
//! well-behaved servers. The traits under `ureq::unversioned` are named in this file alone.
//!
//! ```text
//! ureq ──"GET /"──▶ tap ──head and content of the order──▶ server
//! ureq ◀──"200, framing", content── tap ◀──1xx, head, content── server
//! ```

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, Transport,
};

use crate::model::{Connection, Failure, FailureKind, Phase};

use super::failure;
use super::framing::{self, Framing};
use super::head::Head;
use super::inbox::Inbox;
use super::reach::Reach;
use super::record::{Order, Record};
use super::socket::{Line, Trouble};
use super::upload::{self, Unsent};
use super::watch::Watch;

/// What ureq reads content into, in bytes; for downloads as large as curl's.
const INPUT: usize = 64 * 1024;
/// What ureq writes its own small head into, in bytes.
const OUTPUT: usize = 1024;

/// How long the content of a redirect is waited for that ends only with its connection: some servers keep that open.
const NO_USE: Duration = Duration::from_millis(250);

/// The desk that [`Wire`](super::Wire) and the tap share: both work on one thread, one after the other.
#[derive(Debug)]
pub(super) struct Desk {
    /// The request under way, until it is sent.
    pub(super) order: Option<Order>,
    /// What was seen of it.
    pub(super) record: Record,
    /// Whether idle connections are passed over.
    pub(super) fresh: bool,
    pub(super) reach: Reach,
}

/// A handle on the desk.
#[derive(Debug, Clone)]
pub(super) struct Shared(Arc<Mutex<Desk>>);

impl Shared {
    pub(super) fn new(reach: Reach) -> Self {
        Self(Arc::new(Mutex::new(Desk {
            order: None,
            record: Record::default(),
            fresh: false,
            reach,
        })))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Desk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// ureq wants addresses before it asks for a connection; ours are found while connecting.
#[derive(Debug)]
pub(super) struct LookedUpLater;

impl Resolver for LookedUpLater {
    fn resolve(
        &self,
        _: &ureq::http::Uri,
        _: &ureq::config::Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        Ok(self.empty())
    }
}

/// Opens the connections.
#[derive(Debug)]
pub(super) struct Opener(pub(super) Shared);

impl Connector for Opener {
    type Out = Tap;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        _: Option<()>,
    ) -> Result<Option<Tap>, ureq::Error> {
        let mut desk = self.0.lock();
        let Desk {
            order,
            record,
            reach,
            ..
        } = &mut *desk;
        let order = order.as_ref().ok_or(ureq::Error::ConnectionFailed)?;
        match reach.open(order, record) {
            Ok(line) => Ok(Some(Tap::new(
                line,
                self.0.clone(),
                record.connection.clone().unwrap_or_default(),
            ))),
            Err(failure) => {
                record.failure = Some(failure);
                Err(ureq::Error::ConnectionFailed)
            }
        }
    }
}

/// One connection.
pub(super) struct Tap {
    line: Line,
    desk: Shared,
    buffers: LazyBuffers,
    inbox: Inbox,
    facts: Connection,
    used: bool,
    stage: Stage,
}

/// Where a connection stands.
enum Stage {
    /// Nothing is under way.
    Idle,
    /// The request is sent; the answer's head is awaited, unless it came early.
    Head(Box<Order>, Option<Head>),
    /// The content of the answer is read.
    Content(Pace),
}

/// How long content is waited for.
struct Pace {
    /// Until then.
    whole: Watch,
    /// And, where content goes to a sink, no longer than this for each piece of it.
    silence: Option<Duration>,
}

impl fmt::Debug for Tap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tap")
            .field("facts", &self.facts)
            .finish_non_exhaustive()
    }
}

impl Tap {
    fn new(line: Line, desk: Shared, facts: Connection) -> Self {
        let buffers = LazyBuffers::new(INPUT, OUTPUT);
        Self {
            line,
            desk,
            buffers,
            inbox: Inbox::default(),
            facts,
            used: false,
            stage: Stage::Idle,
        }
    }

    /// Sends the order on the desk in place of what ureq wrote.
    fn send(&mut self, order: Order) -> Result<(), ureq::Error> {
        let desk = self.desk.clone();
        let record = &mut desk.lock().record;
        let connection = record.connection.insert(self.facts.clone());
        connection.reused = std::mem::replace(&mut self.used, true);
        let reused = connection.reused;
        let begin = Instant::now();
        // Whatever an idle connection says unasked is no answer to the next request.
        let idle_talk = if reused {
            self.line.glance(&mut [0; 1])
        } else {
            Ok(None)
        };
        let sent = match idle_talk {
            Ok(None) => upload::send(&mut self.line, &mut self.inbox, &order, record),
            Ok(Some(_)) => Err(Unsent::Trouble(Trouble::Closed)),
            Err(trouble) => Err(Unsent::Trouble(trouble)),
        };
        record.timings.send = Some(begin.elapsed());
        match sent {
            Ok(early) => {
                self.stage = Stage::Head(Box::new(order), early);
                Ok(())
            }
            Err(unsent) => Err(unsent_error(record, &order, unsent)),
        }
    }

    /// Waits for the answer's head, and tells ureq how its content is framed.
    fn hear(&mut self, order: &Order, early: Option<Head>) -> Result<(), ureq::Error> {
        let desk = self.desk.clone();
        let record = &mut desk.lock().record;
        let begin = record.sent.unwrap_or_else(Instant::now);
        let mut first_byte = None;
        let answer = match early {
            Some(head) => Ok(head),
            None => self.next_head(order, record, &mut first_byte),
        };
        let first_byte = first_byte.unwrap_or_else(Instant::now);
        record.timings.wait = Some(first_byte.saturating_duration_since(begin));
        let head = answer.map_err(|failure| given_up(record, failure))?;
        let framing = framing::of(&head, &order.method);
        let whole = record.digest.as_ref().is_none_or(|digest| digest.complete);
        let asked_to_close = framing::lists(&order.composed.headers, "connection", "close");
        let persists = whole && !asked_to_close && framing::persists(&head, &framing);
        self.tell(&framing, persists);
        self.stage = Stage::Content(Pace::of(order, &head, &framing));
        record.answer = Some((head, framing, first_byte));
        Ok(())
    }

    /// Reads on until the final response's head is whole; `first_byte` is when that began, interim ones aside.
    fn next_head(
        &mut self,
        order: &Order,
        record: &mut Record,
        first_byte: &mut Option<Instant>,
    ) -> Result<Head, Failure> {
        let mut buf = [0; 16 * 1024];
        loop {
            match self.inbox.head(&mut record.informational) {
                Ok(Some(head)) => return Ok(head),
                Ok(None) => {}
                Err(did) => return Err(failure::server(Phase::Receive, &order.peer(), &did)),
            }
            if self.inbox.is_empty() {
                *first_byte = None;
            }
            let trouble = match self.line.read(&mut buf, &order.hop) {
                Ok(0) => Trouble::Closed,
                Ok(n) => {
                    first_byte.get_or_insert_with(Instant::now);
                    record.heard = true;
                    self.inbox.push(&buf[..n]);
                    continue;
                }
                Err(trouble) => trouble,
            };
            record.stale = is_gone(&trouble) && !record.heard && is_reused(record);
            let phase = if self.inbox.is_empty() {
                Phase::Wait
            } else {
                Phase::Receive
            };
            return Err(failure::of(phase, &order.peer(), &trouble));
        }
    }

    /// Writes the head that ureq reads.
    fn tell(&mut self, framing: &Framing, persists: bool) {
        let framing = match framing {
            Framing::None | Framing::Broken(_) => "content-length: 0\r\n".to_owned(),
            Framing::Length(length) => format!("content-length: {length}\r\n"),
            Framing::Chunked => "transfer-encoding: chunked\r\n".to_owned(),
            Framing::UntilClose => String::new(),
        };
        let connection = if persists {
            ""
        } else {
            "connection: close\r\n"
        };
        let head = format!("HTTP/1.1 200 \r\n{connection}{framing}\r\n");
        self.buffers.input_append_buf()[..head.len()].copy_from_slice(head.as_bytes());
        self.buffers.input_appended(head.len());
    }

    /// Reads content: `false` is the end.
    fn take_content(&mut self, pace: &Pace) -> Result<bool, ureq::Error> {
        let buf = self.buffers.input_append_buf();
        let drained = self.inbox.drain(buf);
        let read = if drained > 0 {
            Ok(drained)
        } else {
            self.line.read(buf, &pace.now())
        };
        let record = &mut self.desk.lock().record;
        match read {
            Ok(n) => {
                self.buffers.input_appended(n);
                record.last_byte = Some(Instant::now());
                Ok(n > 0)
            }
            Err(trouble) => {
                record.broke_off = Some(trouble);
                Err(ureq::Error::BodyStalled)
            }
        }
    }
}

impl Transport for Tap {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, _amount: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        let order = self.desk.lock().order.take();
        order.map_or(Ok(()), |order| self.send(order))
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        match std::mem::replace(&mut self.stage, Stage::Idle) {
            Stage::Idle => Ok(false),
            Stage::Head(order, early) => self.hear(&order, early).map(|()| true),
            Stage::Content(pace) => {
                let taken = self.take_content(&pace);
                self.stage = Stage::Content(pace);
                taken
            }
        }
    }

    /// Whether nothing has come unasked, not even an end, and idle connections are wanted at all.
    fn is_open(&mut self) -> bool {
        let wanted = !self.desk.lock().fresh && self.inbox.is_empty();
        wanted && matches!(self.line.glance(&mut [0; 1]), Ok(None))
    }

    fn is_tls(&self) -> bool {
        self.line.is_tls()
    }
}

impl Pace {
    /// Content that ends a chain is streamed where a sink wants it; all other is waited for only a little, and hardly at
    /// all where its end would not even free the connection for the next hop.
    fn of(order: &Order, head: &Head, framing: &Framing) -> Self {
        let leads_on = is_redirect(head);
        if order.to_sink && !leads_on {
            return Self {
                whole: order.chain.clone(),
                silence: Some(order.limits.hop),
            };
        }
        let of_no_use = leads_on && *framing == Framing::UntilClose;
        let patience = if of_no_use {
            order.limits.content.min(NO_USE)
        } else {
            order.limits.content
        };
        Self {
            whole: order.hop.within(Instant::now(), patience),
            silence: None,
        }
    }

    fn now(&self) -> Watch {
        match self.silence {
            Some(limit) => self.whole.within(Instant::now(), limit),
            None => self.whole.clone(),
        }
    }
}

/// Whether a response may lead on: its content is then not what the user is after.
pub(super) fn is_redirect(head: &Head) -> bool {
    head.status.is_redirection() && head.headers.contains("location")
}

fn is_reused(record: &Record) -> bool {
    record
        .connection
        .as_ref()
        .is_some_and(|connection| connection.reused)
}

/// Whether the other side had gone, rather than that we gave up.
fn is_gone(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Io(_) | Trouble::Closed)
}

fn unsent_error(record: &mut Record, order: &Order, unsent: Unsent) -> ureq::Error {
    let failure = match unsent {
        Unsent::Trouble(trouble) => {
            record.stale = is_gone(&trouble) && !record.heard && is_reused(record);
            failure::of(Phase::Send, &order.peer(), &trouble)
        }
        Unsent::NoHttp(did) => failure::server(Phase::Receive, &order.peer(), &did),
        Unsent::Content(detail) => Failure::new(Phase::Send, FailureKind::Broken, detail),
    };
    given_up(record, failure)
}

fn given_up(record: &mut Record, failure: Failure) -> ureq::Error {
    record.failure = Some(failure);
    ureq::Error::ConnectionFailed
}
