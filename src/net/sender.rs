//! Writing a request while listening: an answer that comes before the content is sent ends the sending.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use super::body_digest::BodyDigest;
use super::broken::Broken;
use super::deadline::{Deadline, SLICE};
use super::framing;
use super::http1::Sending;
use super::order::Order;
use super::prepared::ContentFrame;
use super::stream::{Stream, StreamError};
use crate::model::{Cause, Content, Digest, Phase, SystemFault};

/// How much content is read, hashed and written at a time.
const PIECE: usize = 128 * 1024;
/// Room in front of a piece for its size as a chunk: `20000\r\n`.
const SIZE_LINE: usize = 16;
/// How long a write may block before the other direction is looked at.
const WRITE_SLICE: Duration = Duration::from_millis(5);
/// How long an answer is awaited that was sent before the connection broke.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Sends one request.
pub(super) struct Sender<'a> {
    pub(super) stream: &'a mut Stream,
    pub(super) deadline: &'a Deadline,
    pub(super) sending: Sending,
    /// Whether something was written.
    pub(super) begun: bool,
}

/// Whether all was sent: `false` where an answer made the rest pointless.
type SentWhole = Result<bool, Broken>;

impl Sender<'_> {
    /// Sends all of the request; its digest is that of the content that was written in any case.
    pub(super) fn request(&mut self, order: &Order<'_>) -> (Result<(), Broken>, Option<Digest>) {
        let head = &order.prepared.bytes;
        let frame = order.prepared.frame;
        if frame == ContentFrame::None {
            return (self.last_words(|sender| sender.all(head)).map(drop), None);
        }
        let content = order.request.body.content();
        let mut digest = BodyDigest::new(content.map_or(Some(0), Content::length));
        let expects = framing::lists(&order.prepared.headers, "expect", "100-continue");
        let sent = self.last_words(|sender| {
            if !expects {
                return sender.content(head, order, &mut digest);
            }
            sender.all(head)?;
            if sender.is_refused(order.limits.expect)? {
                return Ok(false);
            }
            sender.content(&[], order, &mut digest)
        });
        let digest = digest.digest(matches!(sent, Ok(true)));
        (sent.map(drop), Some(digest))
    }

    /// Waits for the word to go on: `true` where a final answer came instead.
    fn is_refused(&mut self, limit: Duration) -> SentWhole {
        let wait = self.deadline.within(Instant::now(), limit);
        let mut buf = [0; 4096];
        while !self.sending.may_go_on() && !self.sending.has_answer() {
            match self.stream.read(&mut buf, &wait) {
                Ok(0) => return Err(Broken::of(Phase::Send, &StreamError::Closed)),
                Ok(count) => self.sending.hear(&buf[..count]).map_err(Broken::http)?,
                // The time of this wait is up, which means to go on; or that of the hop, which ends it.
                Err(StreamError::Expired(_)) => {
                    let left = self.deadline.slice(SLICE).map_err(StreamError::from);
                    return left
                        .map(|_| false)
                        .map_err(|error| Broken::of(Phase::Send, &error));
                }
                Err(error) => return Err(Broken::of(Phase::Send, &error)),
            }
        }
        Ok(self.sending.has_answer())
    }

    /// Reads, frames, writes and hashes the content, behind `head`.
    ///
    /// The head goes out with the first piece: one packet instead of two, and a server that answers at once cannot come
    /// between the head and a short content.
    fn content(&mut self, head: &[u8], order: &Order<'_>, digest: &mut BodyDigest) -> SentWhole {
        let frame = order.prepared.frame;
        let end: &[u8] = if frame == ContentFrame::Chunked {
            b"0\r\n\r\n"
        } else {
            b""
        };
        let Some(content) = order.request.body.content() else {
            return self.all(&[head, end].concat());
        };
        let mut reader = content.open().map_err(|error| unreadable(&error))?;
        let announced = match frame {
            ContentFrame::Length(length) => length,
            _ => u64::MAX,
        };
        let mut pieces = Pieces {
            reader: &mut *reader,
            left: announced,
            buf: vec![0; SIZE_LINE + piece_of(content.length()) + 2],
        };
        let mut head = head;
        while let Some(count) = pieces.next()? {
            let (start, stop) = pieces.framed(count, frame);
            let (written, sent) = self.some(head, &pieces.buf[start..stop]);
            head = &[];
            // A chunk's size line and its end are not content.
            let content_end = (start + written).clamp(SIZE_LINE, SIZE_LINE + count);
            let buf = std::mem::take(&mut pieces.buf);
            pieces.buf = digest.add(buf, SIZE_LINE..content_end);
            if !sent? {
                return Ok(false);
            }
        }
        if frame != ContentFrame::Chunked && pieces.left > 0 {
            let (length, came) = (announced, announced - pieces.left);
            return Err(Broken::because(
                Phase::Send,
                Cause::Shortened { came, length },
            ));
        }
        let all = self.all(&[head, end].concat())?;
        // A file that has grown meanwhile was not sent whole, though as much as was announced.
        Ok(all && (frame == ContentFrame::Chunked || pieces.has_ended()?))
    }

    fn all(&mut self, bytes: &[u8]) -> SentWhole {
        let sent = self.some(bytes, &[]).1?;
        while sent && self.stream.holds_back() {
            if self.write(&[])?.is_none() {
                return Ok(false);
            }
        }
        Ok(sent)
    }

    /// Writes until all is written or an answer makes it pointless; says how much of `bytes` was written in any case.
    fn some(&mut self, head: &[u8], bytes: &[u8]) -> (usize, SentWhole) {
        let joined;
        let all = if head.is_empty() || bytes.is_empty() {
            if head.is_empty() { bytes } else { head }
        } else {
            joined = [head, bytes].concat();
            &joined
        };
        let mut written = 0;
        let sent = loop {
            if written == all.len() {
                break Ok(true);
            }
            match self.write(&all[written..]) {
                Ok(Some(count)) => written += count,
                Ok(None) => break Ok(false),
                Err(broken) => break Err(broken),
            }
        };
        (written.saturating_sub(head.len()), sent)
    }

    /// Writes some of `bytes`, unless an answer makes that pointless; before the first write there is none.
    fn write(&mut self, bytes: &[u8]) -> Result<Option<usize>, Broken> {
        if std::mem::replace(&mut self.begun, true) && self.is_answered()? {
            return Ok(None);
        }
        let limit = self.deadline.slice(WRITE_SLICE).map_err(StreamError::from);
        let written = limit.and_then(|limit| self.stream.write_some(bytes, limit));
        written
            .map(Some)
            .map_err(|error| Broken::of(Phase::Send, &error))
    }

    /// Looks whether the server has said something that makes the rest of the content pointless.
    fn is_answered(&mut self) -> Result<bool, Broken> {
        let mut buf = [0; 4096];
        match self.stream.glance(&mut buf) {
            Ok(None) => {}
            Ok(Some(0)) if self.sending.has_answer() => return Ok(true),
            Ok(Some(0)) => return Err(Broken::of(Phase::Send, &StreamError::Closed)),
            Ok(Some(count)) => self.sending.hear(&buf[..count]).map_err(Broken::http)?,
            Err(error) => return Err(Broken::of(Phase::Send, &error)),
        }
        Ok(self.sending.is_answered())
    }

    /// Sends by `write`; where that breaks, an answer that was sent before is still taken: a server that answers and closes
    /// leaves its answer to be read, and one that answers and stops reading has answered too.
    fn last_words(&mut self, write: impl FnOnce(&mut Self) -> SentWhole) -> SentWhole {
        let broken = match write(self) {
            Err(broken) => broken,
            sent => return sent,
        };
        if matches!(broken.cause, Cause::TimedOut(_)) && self.sending.has_answer() {
            return Ok(false);
        }
        if !broken.is_gone {
            return Err(broken);
        }
        let wait = self.deadline.within(Instant::now(), LAST_WORDS);
        let mut buf = [0; 4096];
        while !self.sending.has_answer() {
            match self.stream.read(&mut buf, &wait) {
                Ok(count) if count > 0 => {
                    self.sending.hear(&buf[..count]).map_err(Broken::http)?;
                }
                _ => return Err(broken),
            }
        }
        Ok(false)
    }
}

/// The size of pieces for content of this length: no larger than the content.
fn piece_of(length: Option<u64>) -> usize {
    let length = length.and_then(|length| usize::try_from(length).ok());
    length.map_or(PIECE, |length| length.min(PIECE))
}

/// Content read piece by piece, with room around each for its frame.
struct Pieces<'r> {
    reader: &'r mut (dyn Read + Send),
    /// Bytes that were announced and are not read yet.
    left: u64,
    buf: Vec<u8>,
}

impl Pieces<'_> {
    /// Reads the next piece; `None` at the end.
    fn next(&mut self) -> Result<Option<usize>, Broken> {
        let room = self.buf.len() - SIZE_LINE - 2;
        let want = usize::try_from(self.left).unwrap_or(usize::MAX).min(room);
        if want == 0 {
            return Ok(None);
        }
        let piece = &mut self.buf[SIZE_LINE..SIZE_LINE + want];
        let count = fill(self.reader, piece).map_err(|error| unreadable(&error))?;
        self.left -= count as u64;
        Ok((count > 0).then_some(count))
    }

    /// Puts its frame around a piece of `count` bytes; gives where the whole stands.
    fn framed(&mut self, count: usize, frame: ContentFrame) -> (usize, usize) {
        if frame != ContentFrame::Chunked {
            return (SIZE_LINE, SIZE_LINE + count);
        }
        let size = format!("{count:x}\r\n");
        let start = SIZE_LINE - size.len();
        self.buf[start..SIZE_LINE].copy_from_slice(size.as_bytes());
        let end = SIZE_LINE + count + 2;
        self.buf[SIZE_LINE + count..end].copy_from_slice(b"\r\n");
        (start, end)
    }

    fn has_ended(&mut self) -> Result<bool, Broken> {
        let more = fill(self.reader, &mut [0]).map_err(|error| unreadable(&error))?;
        Ok(more == 0)
    }
}

fn unreadable(error: &io::Error) -> Broken {
    Broken::because(Phase::Send, Cause::Unreadable(SystemFault::from(error)))
}

/// Fills `buf` as far as the content goes.
fn fill(reader: &mut dyn Read, buf: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buf.len() {
        match reader.read(&mut buf[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
