//! Moves the bytes of one exchange over a blocking socket, and notes what it sees on the way.
//!
//! The states of [`http1`](super::http1) decide; [`sender`](super::sender) writes and hashes, this file waits for the head,
//! [`receiver`](super::receiver) reads content.

use std::time::Instant;

use super::broken::Broken;
use super::deadline::Deadline;
use super::http1::{Awaiting, Receiving, Sending};
use super::order::Order;
use super::pool::Link;
use super::sender::Sender;
use super::stream::{Stream, StreamError};
use crate::model::{Cause, Digest, HttpFault, Phase, Timings};

/// What is received at a time; head and content of a usual redirect come in one receive.
pub(super) const RECEIVE: usize = 16 * 1024;

/// What was seen of one attempt.
#[derive(Debug, Default)]
pub(super) struct Observed {
    pub(super) timings: Timings,
    /// Of the content that was sent.
    pub(super) digest: Option<Digest>,
    /// Whether a single byte came back.
    pub(super) heard: bool,
}

/// Sends the request, and hears the answer's head.
pub(super) fn head(
    link: &mut Link,
    order: &Order<'_>,
    observed: &mut Observed,
) -> Result<Receiving, Broken> {
    let begin = Instant::now();
    if !link.facts.reused {
        // The pool has looked at the others.
        is_silent(&mut link.stream)?;
    }
    let mut sender = Sender {
        stream: &mut link.stream,
        deadline: order.hop,
        sending: Sending::default(),
        begun: false,
    };
    let (sent, digest) = sender.request(order);
    let sending = sender.sending;
    observed.heard |= sending.heard_something();
    let whole = digest.as_ref().is_none_or(|digest| digest.complete);
    observed.digest = digest;
    let sent_at = Instant::now();
    observed.timings.send = Some(sent_at - begin);
    sent?;
    let mut awaiting = sending.sent();
    let first_byte = hear(&mut link.stream, &mut awaiting, order.hop, observed);
    let answered_at = first_byte
        .as_ref()
        .map_or_else(|_| Instant::now(), |at| *at);
    observed.timings.wait = Some(answered_at.saturating_duration_since(sent_at));
    first_byte?;
    awaiting
        .answered(order.prepared, &order.request.method, whole)
        .ok_or_else(|| Broken::because(Phase::Receive, Cause::Closed))
}

/// Whether nothing came before the request is written: it could answer nothing.
fn is_silent(stream: &mut Stream) -> Result<(), Broken> {
    match stream.glance(&mut [0; 1]) {
        Ok(None) => Ok(()),
        Ok(Some(0)) => Err(Broken::of(Phase::Send, &StreamError::Closed)),
        Ok(Some(_)) => Err(Broken::because(
            Phase::Send,
            Cause::Http(HttpFault::Unasked),
        )),
        Err(error) => Err(Broken::of(Phase::Send, &error)),
    }
}

/// Hears until the final head is whole; gives when its first byte came, interim answers aside.
fn hear(
    stream: &mut Stream,
    awaiting: &mut Awaiting,
    deadline: &Deadline,
    observed: &mut Observed,
) -> Result<Instant, Broken> {
    let mut first_byte = None;
    let mut buf = [0; RECEIVE];
    while !awaiting.is_answered() {
        if awaiting.is_quiet() {
            first_byte = None;
        }
        let error = match stream.read(&mut buf, deadline) {
            Ok(0) => StreamError::Closed,
            Ok(count) => {
                first_byte.get_or_insert_with(Instant::now);
                observed.heard = true;
                awaiting.hear(&buf[..count]).map_err(Broken::http)?;
                continue;
            }
            Err(error) => error,
        };
        let phase = if awaiting.is_quiet() {
            Phase::Wait
        } else {
            Phase::Receive
        };
        return Err(Broken::of(phase, &error));
    }
    Ok(first_byte.unwrap_or_else(Instant::now))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn what_is_there_before_the_request_is_no_answer() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        for (words, cause) in [
            (
                &b"HTTP/1.1 302 Found\r\n\r\n"[..],
                Some(Cause::Http(HttpFault::Unasked)),
            ),
            (
                b"220 mail.example ESMTP\r\n",
                Some(Cause::Http(HttpFault::Unasked)),
            ),
            (b"", None),
        ] {
            let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let (mut far, _) = listener.accept().unwrap();
            far.write_all(words).unwrap();
            if !words.is_empty() {
                near.peek(&mut [0]).unwrap();
            }
            let broken = is_silent(&mut near.into()).err();
            assert_eq!(broken.map(|broken| broken.cause), cause);
        }
    }
}
