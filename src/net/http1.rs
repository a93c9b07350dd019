//! One exchange on one connection as HTTP/1.1 has it: typed states that know no socket. Bytes in, bytes out.
//!
//! ```text
//!           hear(bytes)        hear(bytes)             decode(bytes)
//!             ┌──┐               ┌──┐                    ┌──┐
//! Prepared ─▶ Sending ──sent──▶ Awaiting ──answered──▶ Receiving ──ended──▶ reusable or not
//!             │                                          ▲
//!             └── is_answered: an answer came early ─────┘
//! ```
//!
//! - [`Sending`]: the request goes out while the other direction is heard: interim answers, `100 Continue`, a final answer
//!   before the content is sent.
//! - [`Awaiting`]: all is sent, and the head of the final answer is to come.
//! - [`Receiving`]: the head is there; content is taken out of its framing until it ends.
//!
//! [`driver`](super::driver) moves the bytes over a blocking socket. A driver over an event loop would hold the same three
//! states; a second protocol, chosen by ALPN where [`connector`](super::connector) has shaken hands, would be a sibling of
//! this file behind the same [`Transport`](crate::follow::Transport).

use super::chunked::Chunks;
use super::framing::{self, Framing};
use super::head::Head;
use super::head_buffer::HeadBuffer;
use super::prepared::Prepared;
use crate::model::{ContentFaultKind, HttpFault, Informational, Method};

/// The most that is stored of an answer that streams while the content is still sent, in bytes.
const MOST_STORED: usize = 256 * 1024;

/// What has been heard of an answer so far.
#[derive(Debug, Default)]
struct Heard {
    buffer: HeadBuffer,
    interim: Vec<Informational>,
    answer: Option<Head>,
}

impl Heard {
    fn hear(&mut self, bytes: &[u8]) -> Result<(), HttpFault> {
        self.buffer.push(bytes);
        if self.answer.is_none() {
            self.answer = self.buffer.head(&mut self.interim)?;
        }
        Ok(())
    }
}

/// The request goes out; answers may come meanwhile.
#[derive(Debug, Default)]
pub(super) struct Sending {
    heard: Heard,
}

impl Sending {
    /// Takes in what came.
    ///
    /// # Errors
    /// Where it is no HTTP/1.
    pub(super) fn hear(&mut self, bytes: &[u8]) -> Result<(), HttpFault> {
        self.heard.hear(bytes)
    }

    /// Whether anything came at all.
    pub(super) fn heard_something(&self) -> bool {
        let heard = &self.heard;
        heard.answer.is_some() || !heard.interim.is_empty() || !heard.buffer.is_empty()
    }

    /// Whether the final answer has come, whatever it says.
    pub(super) fn has_answer(&self) -> bool {
        self.heard.answer.is_some()
    }

    /// Whether a final answer makes the rest of the content pointless.
    ///
    /// A 2xx does not: it may be the start of an answer that is made from the content as it comes.
    pub(super) fn is_answered(&self) -> bool {
        let answer = self.heard.answer.as_ref();
        let is_final_word = answer.is_some_and(|head| head.status.code() >= 300);
        is_final_word || self.heard.buffer.len() > MOST_STORED
    }

    /// Whether the server said to go on ([RFC 9110 §10.1.1](https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1)).
    pub(super) fn may_go_on(&self) -> bool {
        let mut interim = self.heard.interim.iter();
        interim.any(|response| response.status.code() == 100)
    }

    /// All is sent that will be.
    pub(super) fn sent(self) -> Awaiting {
        Awaiting { heard: self.heard }
    }
}

/// The head of the final answer is to come.
#[derive(Debug)]
pub(super) struct Awaiting {
    heard: Heard,
}

impl Awaiting {
    /// Takes in what came.
    ///
    /// # Errors
    /// Where it is no HTTP/1.
    pub(super) fn hear(&mut self, bytes: &[u8]) -> Result<(), HttpFault> {
        self.heard.hear(bytes)
    }

    /// Whether the final head is whole.
    pub(super) fn is_answered(&self) -> bool {
        self.heard.answer.is_some()
    }

    /// Whether no byte of the final head has come, interim answers aside.
    pub(super) fn is_quiet(&self) -> bool {
        self.heard.buffer.is_empty()
    }

    /// The answer to `method`, once its head is whole. `whole` says whether all of the request was sent: where it was not,
    /// the connection is of no further use.
    pub(super) fn answered(
        self,
        prepared: &Prepared,
        method: &Method,
        whole: bool,
    ) -> Option<Receiving> {
        let Heard {
            buffer,
            interim,
            answer,
        } = self.heard;
        let head = answer?;
        let framing = framing::of(&head, method);
        let asked_to_close = framing::lists(&prepared.headers, "connection", "close");
        let decoder = match &framing {
            Framing::None | Framing::Broken(_) => Decoder::Length(0),
            Framing::Length(length) => Decoder::Length(*length),
            Framing::Chunked => Decoder::Chunked(Chunks::new()),
            Framing::UntilClose => Decoder::UntilClose,
        };
        Some(Receiving {
            persists: whole && !asked_to_close && framing::persists(&head, &framing),
            head,
            interim,
            framing,
            decoder,
            ahead: buffer.into_bytes(),
        })
    }
}

/// The content of the answer is to come.
#[derive(Debug)]
pub(super) struct Receiving {
    /// The final head.
    pub(super) head: Head,
    /// The interim answers before it.
    pub(super) interim: Vec<Informational>,
    framing: Framing,
    decoder: Decoder,
    persists: bool,
    /// What came with the head.
    ahead: Vec<u8>,
}

/// How much of the content is left.
#[derive(Debug)]
enum Decoder {
    /// So many bytes.
    Length(u64),
    /// What the chunks say.
    Chunked(Chunks),
    /// All until the connection ends.
    UntilClose,
}

impl Receiving {
    /// What came with the head, to be decoded first.
    pub(super) fn take_ahead(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.ahead)
    }

    /// Why the end of the content cannot be known, where it cannot.
    pub(super) fn broken(&self) -> Option<&ContentFaultKind> {
        match &self.framing {
            Framing::Broken(fault) => Some(fault),
            _ => None,
        }
    }

    /// Whether the content ends only with its connection.
    pub(super) fn ends_with_connection(&self) -> bool {
        self.framing == Framing::UntilClose
    }

    /// Whether nothing says how long the content is.
    pub(super) fn is_stream(&self) -> bool {
        matches!(self.framing, Framing::Chunked | Framing::UntilClose)
    }

    /// Whether all of the content was decoded.
    pub(super) fn is_done(&self) -> bool {
        match &self.decoder {
            Decoder::Length(left) => *left == 0,
            Decoder::Chunked(chunks) => chunks.is_done(),
            Decoder::UntilClose => false,
        }
    }

    /// Takes bytes of the connection in and gives their content to `out`. What stands behind the end answers nothing: the
    /// connection is then of no further use.
    ///
    /// # Errors
    /// Where chunks are malformed.
    pub(super) fn decode(
        &mut self,
        bytes: &[u8],
        out: &mut dyn FnMut(&[u8]),
    ) -> Result<(), ContentFaultKind> {
        let taken = match &mut self.decoder {
            Decoder::Length(left) => {
                let here = usize::try_from(*left)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len());
                *left -= here as u64;
                if here > 0 {
                    out(&bytes[..here]);
                }
                here
            }
            Decoder::Chunked(chunks) => chunks
                .decode(bytes, out)
                .map_err(|_| ContentFaultKind::MalformedChunks)?,
            Decoder::UntilClose => {
                out(bytes);
                bytes.len()
            }
        };
        self.persists &= taken == bytes.len();
        Ok(())
    }

    /// The connection has ended; `cut_off` where TLS did not say that it was meant to.
    ///
    /// # Errors
    /// Where the content had not.
    pub(super) fn end(&mut self, cut_off: bool) -> Result<(), ContentFaultKind> {
        self.persists = false;
        match (&self.decoder, &self.framing) {
            (Decoder::UntilClose, _) if cut_off => Err(ContentFaultKind::NotClosed),
            (Decoder::UntilClose, _) => Ok(()),
            (Decoder::Length(_), Framing::Length(length)) => Err(ContentFaultKind::Short(*length)),
            (Decoder::Length(_) | Decoder::Chunked(_), _) => Err(ContentFaultKind::NoLastChunk),
        }
    }

    /// Whether another request may use the connection.
    pub(super) fn is_reusable(&self) -> bool {
        self.persists && self.is_done()
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::super::prepared::{TargetStyle, prepare};
    use super::*;
    use crate::model::{Body, Headers, Request};

    fn prepared() -> Prepared {
        let url = Url::parse("http://h/").unwrap();
        let request = Request::new(Method::GET, url, Headers::new(), Body::NONE);
        prepare(&request, TargetStyle::Origin).unwrap()
    }

    fn receiving(head: &str) -> Receiving {
        let mut awaiting = Sending::default().sent();
        awaiting.hear(head.as_bytes()).unwrap();
        awaiting.answered(&prepared(), &Method::GET, true).unwrap()
    }

    #[test]
    fn sending_goes_on_at_100_and_stops_at_a_final_word() {
        for (bytes, goes_on, answered, has_answer) in [
            ("", false, false, false),
            ("HTTP/1.1 100 Go\r\n\r\n", true, false, false),
            ("HTTP/1.1 103 Hints\r\n\r\n", false, false, false),
            ("HTTP/1.1 200 OK\r\n\r\n", false, false, true),
            ("HTTP/1.1 307 Away\r\n\r\n", false, true, true),
            (
                "HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 413 No\r\n\r\n",
                true,
                true,
                true,
            ),
            ("HTTP/1.1 3", false, false, false),
        ] {
            let mut sending = Sending::default();
            sending.hear(bytes.as_bytes()).unwrap();
            let seen = (
                sending.may_go_on(),
                sending.is_answered(),
                sending.has_answer(),
            );
            assert_eq!(seen, (goes_on, answered, has_answer), "{bytes:?}");
            assert_eq!(sending.heard_something(), !bytes.is_empty(), "{bytes:?}");
        }
    }

    #[test]
    fn awaiting_tells_silence_from_half_a_head() {
        let mut awaiting = Sending::default().sent();
        awaiting.hear(b"HTTP/1.1 103 Hints\r\n\r\n").unwrap();
        assert!(awaiting.is_quiet());
        awaiting.hear(b"HTTP/1.1 20").unwrap();
        assert!(!awaiting.is_quiet() && !awaiting.is_answered());
        awaiting.hear(b"4 No\r\n\r\n").unwrap();
        let receiving = awaiting.answered(&prepared(), &Method::GET, true).unwrap();
        assert_eq!(receiving.interim.len(), 1);
        assert!(receiving.is_done() && receiving.is_reusable());
    }

    #[test]
    fn receiving_ends_where_the_framing_says_and_only_then_is_the_connection_reusable() {
        const LENGTH: &str = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n";
        const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        const CLOSE: &str = "HTTP/1.1 200 OK\r\n\r\n";
        // Head, what follows, content, done, reusable.
        for (head, bytes, content, done, reusable) in [
            (LENGTH, "abc", "abc", true, true),
            (LENGTH, "ab", "ab", false, false),
            (LENGTH, "abcd", "abc", true, false),
            (CHUNKED, "3\r\nabc\r\n0\r\n\r\n", "abc", true, true),
            (CHUNKED, "3\r\nabc\r\n0\r\n\r\n!", "abc", true, false),
            (CHUNKED, "3\r\nabc\r\n", "abc", false, false),
            (CLOSE, "abc", "abc", false, false),
        ] {
            let (mut receiving, mut seen) = (receiving(head), Vec::new());
            receiving
                .decode(bytes.as_bytes(), &mut |piece| seen.extend_from_slice(piece))
                .unwrap();
            assert_eq!(seen, content.as_bytes(), "{head:?} {bytes:?}");
            let state = (receiving.is_done(), receiving.is_reusable());
            assert_eq!(state, (done, reusable), "{head:?} {bytes:?}");
        }
    }

    #[test]
    fn receiving_knows_what_an_end_of_the_connection_means() {
        const LENGTH: &str = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n";
        const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        const CLOSE: &str = "HTTP/1.1 200 OK\r\n\r\n";
        for (head, cut_off, end) in [
            (LENGTH, false, Err(ContentFaultKind::Short(3))),
            (CHUNKED, false, Err(ContentFaultKind::NoLastChunk)),
            (CLOSE, false, Ok(())),
            (CLOSE, true, Err(ContentFaultKind::NotClosed)),
        ] {
            assert_eq!(receiving(head).end(cut_off), end, "{head:?} {cut_off}");
        }
    }
}
