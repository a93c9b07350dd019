//! What the lab does in answer to a request: raw pieces, so that anything can be sent, broken answers included.

use std::time::Duration;

use super::request::{RequestHead, RequestRefusal};
use crate::model::Headers;

/// A script for one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LabAnswer {
    /// The final status code that it is meant to show, for the journal; `None` where it shows none.
    pub status: Option<u16>,
    /// What is done, in order.
    pub acts: Vec<Act>,
    /// What becomes of the connection.
    pub after: After,
}

/// One step of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Does nothing for so long.
    Wait(Duration),
    /// Sends the same bytes over and over, so that a huge answer costs no memory.
    Repeat {
        /// The bytes.
        piece: Vec<u8>,
        /// How often; `None` for as long as the other side takes them.
        times: Option<u64>,
        /// The pause after each.
        every: Duration,
    },
}

impl Act {
    /// Sends `piece` as long as the other side takes it.
    pub(super) fn endless(piece: impl Into<Vec<u8>>) -> Self {
        Self::Repeat {
            piece: piece.into(),
            times: None,
            every: Duration::ZERO,
        }
    }
}

/// What becomes of the connection after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// It waits for the next request.
    KeepAlive,
    /// It is closed in order: FIN, and on TLS a `close_notify` before it.
    Close,
    /// It is torn down with a TCP reset.
    Reset,
    /// It stays open and silent until the other side leaves.
    Hold,
    /// It is closed without a word when the next request begins to arrive, as a server does whose idle limit has just
    /// run out.
    CloseOnNext,
}

impl LabAnswer {
    /// These bytes and nothing else.
    pub(super) fn raw(status: Option<u16>, bytes: impl Into<Vec<u8>>, after: After) -> Self {
        Self {
            status,
            acts: vec![Act::Send(bytes.into())],
            after,
        }
    }

    /// The same, after a pause.
    pub(super) fn delayed(mut self, pause: Duration) -> Self {
        self.acts.insert(0, Act::Wait(pause));
        self
    }
}

/// A well-formed response, rendered to suit the request: HEAD, HTTP/1.0 and `Connection: close` are minded.
///
/// It has no Date: the lab acts as a server without a clock ([RFC 9110
/// §6.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1)), so that the same request gets the same bytes.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    status: u16,
    fields: Vec<u8>,
    content: Vec<u8>,
}

impl Reply {
    /// A response without content.
    pub(super) fn new(status: u16) -> Self {
        Self {
            status,
            fields: Vec::new(),
            content: Vec::new(),
        }
    }

    /// A redirect with the short hypertext note that RFC 9110 §15.4 describes.
    pub(super) fn redirect(status: u16, location: impl AsRef<[u8]>) -> Self {
        let link = escape_html(&String::from_utf8_lossy(location.as_ref()));
        Self::new(status).field("Location", location).content(
            "text/html; charset=utf-8",
            format!("<!doctype html><p><a href=\"{link}\">{link}</a></p>\n"),
        )
    }

    /// Adds a field. CR, LF and NUL in a value that came out of a request become spaces: no request splits a response of
    /// the lab from outside.
    pub(super) fn field(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let tame = |&byte: &u8| {
            if matches!(byte, b'\r' | b'\n' | 0) {
                b' '
            } else {
                byte
            }
        };
        self.fields.extend_from_slice(name.as_bytes());
        self.fields.extend_from_slice(b": ");
        self.fields.extend(value.as_ref().iter().map(tame));
        self.fields.extend_from_slice(b"\r\n");
        self
    }

    /// Adds field lines as they are, each with its line end.
    pub(super) fn lines(mut self, raw: &[u8]) -> Self {
        self.fields.extend_from_slice(raw);
        self
    }

    /// Gives it content.
    pub(super) fn content(mut self, media_type: &str, content: impl Into<Vec<u8>>) -> Self {
        self.content = content.into();
        self.field("Content-Type", media_type)
    }

    /// Gives it plain text as content.
    pub(super) fn text(self, text: impl Into<String>) -> Self {
        self.content("text/plain; charset=utf-8", text.into())
    }

    /// The answer to `head`; the connection persists where the client lets it.
    pub(super) fn to(&self, head: &RequestHead) -> LabAnswer {
        self.render(head, head.persists())
    }

    /// The answer to `head`; the connection ends with it.
    pub(super) fn closing(&self, head: &RequestHead) -> LabAnswer {
        self.render(head, false)
    }

    /// The answer to what could not be read as a request; the connection ends with it.
    pub(super) fn last_word(&self) -> LabAnswer {
        let unread = RequestHead {
            method: String::new(),
            target: Vec::new(),
            version: String::new(),
            headers: Headers::new(),
        };
        self.render(&unread, false)
    }

    fn render(&self, head: &RequestHead, persists: bool) -> LabAnswer {
        let bare = self.status < 200 || matches!(self.status, 204 | 304);
        let mut bytes = format!(
            "HTTP/1.1 {:03} {}\r\nServer: rehop\r\n",
            self.status,
            reason(self.status)
        )
        .into_bytes();
        bytes.extend_from_slice(&self.fields);
        if !bare {
            bytes.extend_from_slice(
                format!("Content-Length: {}\r\n", self.content.len()).as_bytes(),
            );
        }
        bytes.extend_from_slice(match (persists, head.is_http10()) {
            (false, _) => b"Connection: close\r\n\r\n",
            (true, true) => b"Connection: keep-alive\r\n\r\n",
            (true, false) => b"\r\n",
        });
        if !bare && head.method != "HEAD" {
            bytes.extend_from_slice(&self.content);
        }
        LabAnswer::raw(
            Some(self.status),
            bytes,
            if persists {
                After::KeepAlive
            } else {
                After::Close
            },
        )
    }
}

impl RequestRefusal {
    /// The response that says so.
    pub(super) fn reply(&self) -> Reply {
        Reply::new(self.status).text(format!("{}\n", self.says))
    }
}

/// The usual reason phrase of a status code ([IANA](https://www.iana.org/assignments/http-status-codes)); empty for
/// the rare ones, as the grammar allows.
pub(super) fn reason(status: u16) -> &'static str {
    match status {
        100 => "Continue",
        103 => "Early Hints",
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        206 => "Partial Content",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        305 => "Use Proxy",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        410 => "Gone",
        417 => "Expectation Failed",
        418 => "I'm a teapot",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "",
    }
}

/// Text made safe for HTML, in content and in quoted attributes.
pub(super) fn escape_html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(char),
        }
    }
    safe
}
