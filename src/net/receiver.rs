//! Reading the content of an answer: into a sink where all of it is wanted, else only as much as is held.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use super::deadline::{Deadline, Expired};
use super::driver::RECEIVE;
use super::http1::Receiving;
use super::order::Order;
use super::pool::Link;
use super::stream::{Stream, StreamError};
use crate::model::{ContentFault, ContentFaultKind, Received, SystemFault};

/// How long the content of a redirect is waited for that ends only with its connection: some servers keep that open.
const NO_USE: Duration = Duration::from_millis(250);
/// Bytes received at a time where content is kept: as much as curl takes.
const RECEIVE_MUCH: usize = 64 * 1024;

/// Where content goes.
pub(super) type Sink = dyn Write + Send;

/// Reads the content that follows a head: into the sink where there is one, else only as much as is held.
pub(super) fn content(
    link: &mut Link,
    receiving: &mut Receiving,
    order: &Order<'_>,
    wanted: Wanted<'_>,
) -> Received {
    if let Some(fault) = receiving.broken() {
        let fault = Some(ContentFault {
            after: 0,
            why: fault.clone(),
        });
        return Received {
            fault,
            ..Received::default()
        };
    }
    let pace = Pace::of(receiving, order, &wanted);
    // A redirect whose content has neither a length nor an end holds up every client that reads it.
    let holds_up =
        receiving.ends_with_connection() && matches!(wanted, Wanted::Beginning { leads_on: true });
    let mut reader = Reader {
        received: Received::default(),
        held: order.limits.held,
        sink: match wanted {
            Wanted::Whole(sink) => Some(sink),
            Wanted::Beginning { .. } => None,
        },
        written: Ok(()),
    };
    let why = reader.all(&mut link.stream, receiving, &pace).err();
    let is_left = |why: &ContentFaultKind| {
        // Not to wait for the end of a stream whose content is not kept is our choice, no fault of its server.
        reader.sink.is_none()
            && receiving.is_stream()
            && !holds_up
            && matches!(why, ContentFaultKind::TimedOut(_))
    };
    let after = reader.received.bytes;
    let fault = why.filter(|why| !is_left(why));
    let fault = fault.map(|why| ContentFault { after, why });
    Received {
        fault,
        ..reader.received
    }
}

/// What is wanted of content.
pub(super) enum Wanted<'s> {
    /// All of it, written there.
    Whole(&'s mut Sink),
    /// As much as is held; whether it belongs to a response that leads on.
    Beginning {
        /// Whether the chain goes on after it.
        leads_on: bool,
    },
}

/// How long content is waited for.
struct Pace {
    /// Until then.
    whole: Deadline,
    /// And, where all of it is wanted, no longer than this for each piece.
    silence: Option<Duration>,
}

impl Pace {
    /// Content that is wanted is streamed; all other is waited for only a little, and hardly at all where its end would
    /// not even free the connection for the next hop.
    fn of(receiving: &Receiving, order: &Order<'_>, wanted: &Wanted<'_>) -> Self {
        let limit = order.limits.content;
        let limit = match wanted {
            Wanted::Whole(_) => {
                return Self {
                    whole: order.chain.clone(),
                    silence: Some(order.limits.hop),
                };
            }
            Wanted::Beginning { leads_on: true } if receiving.ends_with_connection() => {
                limit.min(NO_USE)
            }
            Wanted::Beginning { .. } => limit,
        };
        Self {
            whole: order.hop.within(Instant::now(), limit),
            silence: None,
        }
    }

    fn now(&self) -> Deadline {
        match self.silence {
            Some(limit) => self.whole.within(Instant::now(), limit),
            None => self.whole.clone(),
        }
    }
}

/// Reads content.
struct Reader<'s> {
    received: Received,
    held: usize,
    sink: Option<&'s mut Sink>,
    written: io::Result<()>,
}

impl Reader<'_> {
    /// Reads to the end, or as far as is wanted.
    fn all(
        &mut self,
        stream: &mut Stream,
        receiving: &mut Receiving,
        pace: &Pace,
    ) -> Result<(), ContentFaultKind> {
        let ahead = receiving.take_ahead();
        self.take(receiving, &ahead)?;
        if receiving.is_done() {
            self.received.complete = true;
            return Ok(());
        }
        let size = if self.sink.is_some() {
            RECEIVE_MUCH
        } else {
            RECEIVE
        };
        let mut buf = vec![0; size];
        while !receiving.is_done() {
            if self.has_enough() {
                return Ok(());
            }
            let count = stream.read(&mut buf, &pace.now()).map_err(Self::fault)?;
            if count == 0 {
                receiving.end(stream.is_cut_off())?;
                break;
            }
            self.take(receiving, &buf[..count])?;
        }
        self.received.complete = true;
        Ok(())
    }

    /// Whether as much was read as is held.
    fn has_enough(&self) -> bool {
        self.sink.is_none() && self.received.bytes > self.held as u64
    }

    fn take(&mut self, receiving: &mut Receiving, bytes: &[u8]) -> Result<(), ContentFaultKind> {
        let decoded = receiving.decode(bytes, &mut |piece| self.keep(piece));
        let written = std::mem::replace(&mut self.written, Ok(()));
        written.map_err(|error| ContentFaultKind::NotWritten(SystemFault::from(&error)))?;
        decoded
    }

    fn keep(&mut self, piece: &[u8]) {
        if self.written.is_err() {
            return;
        }
        self.received.bytes += piece.len() as u64;
        let room = self.held.saturating_sub(self.received.prefix.len());
        let held = &piece[..piece.len().min(room)];
        self.received.prefix.extend_from_slice(held);
        if let Some(sink) = &mut self.sink {
            self.written = sink.write_all(piece);
        }
    }

    fn fault(error: StreamError) -> ContentFaultKind {
        match error {
            StreamError::Expired(Expired::Interrupted) => ContentFaultKind::Interrupted,
            StreamError::Expired(Expired::TimedOut(limit)) => ContentFaultKind::TimedOut(limit),
            StreamError::Io(error) => ContentFaultKind::Broken(SystemFault::from(&error)),
            StreamError::Tls(error) => ContentFaultKind::Broken(SystemFault {
                kind: io::ErrorKind::InvalidData,
                text: error.to_string(),
            }),
            StreamError::Closed => ContentFaultKind::NotClosed,
        }
    }
}
