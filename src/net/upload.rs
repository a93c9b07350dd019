//! Writing a request while listening: an answer that comes before the content is sent ends the sending.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use crate::model::{Content, Informational};

use super::compose::Frame;
use super::head::Head;
use super::inbox::Inbox;
use super::record::{Order, Record};
use super::socket::{Line, Trouble};
use super::tally::Tally;
use super::watch::{SLICE, Stop, Watch};

/// How much content is read, hashed and written at a time.
const PIECE: usize = 128 * 1024;
/// Room in front of a piece for its size as a chunk: `20000\r\n`.
const SIZE_LINE: usize = 16;
/// How long a write may block before the other direction is looked at.
const WRITE_PATIENCE: Duration = Duration::from_millis(5);
/// How long an answer is awaited that was sent before the connection broke.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// The most that is stored of an answer that streams while the content is still sent.
const MOST_STORED: usize = 256 * 1024;

/// Why a request was not sent to its end.
#[derive(Debug)]
pub(super) enum Unsent {
    /// The connection.
    Trouble(Trouble),
    /// What came back is no HTTP: the end of a sentence that begins with "the server at …".
    NoHttp(String),
    /// The content could not be read: a whole sentence.
    Content(String),
}

impl From<Trouble> for Unsent {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// Sends what `order` says over `line`; gives the head of the answer where that came early.
pub(super) fn send(
    line: &mut Line,
    inbox: &mut Inbox,
    order: &Order,
    record: &mut Record,
) -> Result<Option<Head>, Unsent> {
    let mut sender = Sender {
        line,
        inbox,
        watch: &order.hop,
        answer: None,
        interim: &mut record.informational,
    };
    let length = order.body.content().map_or(Some(0), Content::length);
    let mut tally = Tally::new(length);
    let (frame, announced) = (order.composed.frame, order.composed.frame != Frame::None);
    let expects =
        announced && super::framing::lists(&order.composed.headers, "expect", "100-continue");
    let head = &order.composed.bytes;
    let sent = match (announced, expects) {
        (false, _) => sender.all(head),
        (true, false) => sender.content(head, order, frame, &mut tally),
        (true, true) => sender.all(head).and_then(|_| {
            let refused = sender.is_refused(order.limits.expect)?;
            if refused {
                Ok(false)
            } else {
                sender.content(&[], order, frame, &mut tally)
            }
        }),
    };
    let sent = sent.or_else(|unsent| sender.last_words(unsent));
    let answer = sender.answer.take();
    record.heard |= answer.is_some() || !record.informational.is_empty() || !inbox.is_empty();
    record.sent = Some(Instant::now());
    if announced {
        record.digest = Some(tally.digest(matches!(sent, Ok(true))));
    }
    sent.map(|_| answer)
}

struct Sender<'a> {
    line: &'a mut Line,
    inbox: &'a mut Inbox,
    watch: &'a Watch,
    /// The head of the final response, once it has come.
    answer: Option<Head>,
    interim: &'a mut Vec<Informational>,
}

/// Whether all was sent: `false` where an answer made the rest pointless.
type Sent = Result<bool, Unsent>;

impl Sender<'_> {
    /// Waits for the word to go on (RFC 9110 §10.1.1): `true` where a final answer came instead.
    fn is_refused(&mut self, patience: Duration) -> Result<bool, Unsent> {
        let before = self
            .interim
            .iter()
            .filter(|one| one.status.code() == 100)
            .count();
        let wait = self.watch.within(Instant::now(), patience);
        let mut buf = [0; 4096];
        loop {
            match self.line.read(&mut buf, &wait) {
                Ok(0) => return Err(Trouble::Closed.into()),
                Ok(n) => self.inbox.push(&buf[..n]),
                // Whose time is up: that of this wait, which means go on, or that of the hop?
                Err(Trouble::Stopped(_)) => {
                    return self
                        .watch
                        .slice(SLICE)
                        .map(|_| false)
                        .map_err(|stop| Trouble::from(stop).into());
                }
                Err(trouble) => return Err(trouble.into()),
            }
            self.answer = self.inbox.head(self.interim).map_err(Unsent::NoHttp)?;
            let told = self
                .interim
                .iter()
                .filter(|one| one.status.code() == 100)
                .count()
                > before;
            if told || self.answer.is_some() {
                return Ok(self.answer.is_some());
            }
        }
    }

    /// Reads, frames, hashes and writes the content, behind `head`.
    ///
    /// The head goes out with the first piece: one packet instead of two, and a server that answers at once cannot come
    /// between the head and a short content.
    fn content(&mut self, head: &[u8], order: &Order, frame: Frame, tally: &mut Tally) -> Sent {
        let unreadable = |error: io::Error| {
            Unsent::Content(format!("the content to send could not be read: {error}"))
        };
        let Some(content) = order.body.content() else {
            let end: &[u8] = if frame == Frame::Chunked {
                b"0\r\n\r\n"
            } else {
                b""
            };
            return self.all(&[head, end].concat());
        };
        let mut reader = content.open().map_err(unreadable)?;
        let mut left = if let Frame::Length(length) = frame {
            length
        } else {
            u64::MAX
        };
        let mut piece = vec![0; SIZE_LINE + PIECE + 2];
        let mut head = head;
        while left > 0 {
            let want = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE);
            let n =
                fill(&mut reader, &mut piece[SIZE_LINE..SIZE_LINE + want]).map_err(unreadable)?;
            if n == 0 {
                break;
            }
            left -= n as u64;
            let (start, end) = if frame == Frame::Chunked {
                chunk(&mut piece, n)
            } else {
                (SIZE_LINE, SIZE_LINE + n)
            };
            let (written, sent) = match head {
                [] => self.some(&piece[start..end]),
                head => self.some(&[head, &piece[start..end]].concat()),
            };
            let written = written.saturating_sub(head.len());
            head = &[];
            // Of a chunk, its size line and its end are not content.
            let content = (start + written).clamp(SIZE_LINE, SIZE_LINE + n);
            piece = tally.add(piece, SIZE_LINE..content);
            if !sent? {
                return Ok(false);
            }
        }
        match frame {
            Frame::Chunked => self.all(&[head, b"0\r\n\r\n"].concat()),
            Frame::Length(length) if left > 0 => {
                let came = length - left;
                Err(Unsent::Content(format!(
                    "the content to send ended after {came} of {length} bytes: did the file change meanwhile?"
                )))
            }
            _ => {
                self.all(head)?;
                // A file that has grown meanwhile was not sent whole, though as much as was announced.
                Ok(fill(&mut reader, &mut [0]).map_err(unreadable)? == 0)
            }
        }
    }

    fn all(&mut self, bytes: &[u8]) -> Sent {
        let sent = self.some(bytes).1?;
        self.line.finish(self.watch)?;
        Ok(sent)
    }

    /// Writes until all is written or an answer makes it pointless; says how much was written in any case.
    fn some(&mut self, bytes: &[u8]) -> (usize, Sent) {
        let mut written = 0;
        while written < bytes.len() {
            let step = self.is_answered().and_then(|answered| {
                let patience = self.watch.slice(WRITE_PATIENCE).map_err(Trouble::from)?;
                if answered {
                    Ok(None)
                } else {
                    Ok(Some(self.line.write_some(&bytes[written..], patience)?))
                }
            });
            match step {
                Ok(Some(n)) => written += n,
                Ok(None) => return (written, Ok(false)),
                Err(unsent) => return (written, Err(unsent)),
            }
        }
        (written, Ok(true))
    }

    /// Looks whether the server has said something that makes the rest of the content pointless.
    ///
    /// A 2xx does not: it may be the start of an answer that is made from the content as it comes.
    fn is_answered(&mut self) -> Result<bool, Unsent> {
        let mut buf = [0; 4096];
        match self.line.glance(&mut buf)? {
            None => {}
            Some(0) if self.answer.is_some() => return Ok(true),
            Some(0) => return Err(Trouble::Closed.into()),
            Some(n) => self.inbox.push(&buf[..n]),
        }
        if self.answer.is_none() && !self.inbox.is_empty() {
            self.answer = self.inbox.head(self.interim).map_err(Unsent::NoHttp)?;
        }
        let final_word = self
            .answer
            .as_ref()
            .is_some_and(|head| head.status.code() >= 300);
        Ok(final_word || self.inbox.len() > MOST_STORED)
    }

    /// A server that answers and closes leaves its answer to be read, though writing fails already; one that answers and
    /// stops reading has answered too.
    fn last_words(&mut self, unsent: Unsent) -> Sent {
        let trouble = match unsent {
            Unsent::Trouble(Trouble::Stopped(Stop::TimedOut(_))) if self.answer.is_some() => {
                return Ok(false);
            }
            Unsent::Trouble(trouble @ (Trouble::Io(_) | Trouble::Closed)) => trouble,
            other => return Err(other),
        };
        let wait = self.watch.within(Instant::now(), LAST_WORDS);
        let mut buf = [0; 4096];
        while self.answer.is_none() {
            match self.line.read(&mut buf, &wait) {
                Ok(n) if n > 0 => self.inbox.push(&buf[..n]),
                _ => return Err(trouble.into()),
            }
            self.answer = self.inbox.head(self.interim).map_err(Unsent::NoHttp)?;
        }
        Ok(false)
    }
}

/// Fills `buf` as far as the content goes.
fn fill(reader: &mut dyn Read, buf: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buf.len() {
        match reader.read(&mut buf[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Puts the size line in front of the `n` bytes of a piece and the line end behind them; says where the chunk lies.
fn chunk(piece: &mut [u8], n: usize) -> (usize, usize) {
    let size = format!("{n:x}\r\n");
    let start = SIZE_LINE - size.len();
    piece[start..SIZE_LINE].copy_from_slice(size.as_bytes());
    let end = SIZE_LINE + n + 2;
    piece[SIZE_LINE + n..end].copy_from_slice(b"\r\n");
    (start, end)
}
