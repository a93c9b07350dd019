//! One request, what of it reached the wire, and what came back.

use std::fmt::Write as _;
use std::time::Duration;

use url::Url;

use super::{Body, Connection, Failure, Headers, Method, Status, SystemFault, Timings};

/// A request as a client means to send it.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The target URI. Its fragment is never sent; it is here to be inherited (RFC 9110 §10.2.2).
    pub target: Url,
    /// Every field to send, but Host and the framing (Content-Length, Transfer-Encoding), which the transport makes
    /// unless they stand here.
    pub headers: Headers,
    /// The content.
    pub body: Body,
    /// Whether a request without content says so by `Content-Length: 0`.
    pub says_empty: bool,
    /// Names, in lower case, of the fields that stand for options of a command line such as curl's `-d` and `-b`, where
    /// the caller wrote no field line, and `authorization` where it is made of the user name in the URL.
    pub own: Vec<&'static str>,
    /// Whether the content is a file that is put at the URL (curl's `-T`): curl changes requests with other content alone.
    pub uploaded: bool,
    /// Whether the client that is asked for would read its content from a stream, which it cannot read again.
    pub once: bool,
}

impl Request {
    /// A request whose fields are all the caller's; without content it says so where its method means some
    /// ([RFC 9110 §8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)).
    #[must_use]
    pub fn new(method: Method, target: Url, headers: Headers, body: Body) -> Self {
        let says_empty = matches!(method.as_str(), "POST" | "PUT" | "PATCH" | "QUERY");
        Self {
            method,
            target,
            headers,
            body,
            says_empty,
            own: Vec::new(),
            uploaded: false,
            once: false,
        }
    }
}

/// A request as it was seen on the wire.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// The target URI, with its fragment, which was not sent.
    pub target: Url,
    /// The field lines in the order sent, Host and framing among them.
    pub headers: Headers,
    /// Length and hash of the content that was sent; `None` where none was.
    pub body: Option<Digest>,
}

/// What is known of content that was sent: enough to prove that two hops carried the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Bytes of content sent, without any transfer coding.
    pub bytes: u64,
    /// SHA-256 of these bytes.
    pub sha256: [u8; 32],
    /// Whether this is all of it: `false` where an early answer or a failure stopped the upload.
    pub complete: bool,
}

impl Digest {
    /// The hash in hexadecimal, lower case, as reports and the lab's echo spell it.
    #[must_use]
    pub fn hex(&self) -> String {
        self.sha256.iter().fold(String::new(), |mut digits, byte| {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
            digits
        })
    }
}

/// A final response as received.
#[derive(Debug, Clone)]
pub struct Response {
    /// The version on the status line, such as `HTTP/1.1`.
    pub version: String,
    /// The status code.
    pub status: Status,
    /// The reason phrase; any bytes.
    pub reason: Vec<u8>,
    /// The field lines in the order received, duplicates kept.
    pub headers: Headers,
    /// The 1xx responses that came before.
    pub informational: Vec<Informational>,
    /// How many field lines were received, those of the 1xx responses among them, that are not kept: a chain keeps no more
    /// of its heads than its options say.
    pub left_out: usize,
    /// What was read of its content.
    pub content: Received,
}

/// An interim (1xx) response.
#[derive(Debug, Clone)]
pub struct Informational {
    /// 100, 103, …
    pub status: Status,
    /// Its field lines.
    pub headers: Headers,
}

/// The content of a response, as far as it was read.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// Bytes read, after the transfer coding and before any content coding.
    pub bytes: u64,
    /// The first of these bytes, as many as the transport is willing to hold.
    pub prefix: Vec<u8>,
    /// Whether it was read to its end.
    pub complete: bool,
    /// What was wrong with it where it broke off; the response stands all the same.
    pub fault: Option<ContentFault>,
}

/// Why the content of a response did not arrive whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentFault {
    /// Bytes of content that had arrived.
    pub after: u64,
    /// What went wrong.
    pub why: ContentFaultKind,
}

/// What is wrong with the content of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContentFaultKind {
    /// Two lengths are stated: where it ends cannot be known.
    LengthsDiffer(Vec<u8>, Vec<u8>),
    /// The length stated is no number.
    LengthNoNumber(Vec<u8>),
    /// The transfer codings stated cannot be undone.
    Codings(Vec<u8>),
    /// The user interrupted the run.
    Interrupted,
    /// It did not end within this time.
    TimedOut(Duration),
    /// The connection broke.
    Broken(SystemFault),
    /// It ended before the length stated.
    Short(u64),
    /// Its chunks are malformed.
    MalformedChunks,
    /// It ended before its last chunk.
    NoLastChunk,
    /// It was to end with its connection, which TLS did not close
    /// ([RFC 9112 §9.8](https://www.rfc-editor.org/rfc/rfc9112#section-9.8)).
    NotClosed,
    /// The user's file did not take it.
    NotWritten(SystemFault),
}

/// One request and all that is known of how it went.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// What reached the wire; of a request that got no further than connecting, what would have.
    pub sent: Sent,
    /// The connection used; `None` where none was made.
    pub connection: Option<Connection>,
    /// How long each phase took.
    pub timings: Timings,
    /// The final response, or why there is none.
    pub answer: Result<Response, Failure>,
}

impl Response {
    /// A response of this status, without fields or content: for stand-ins of a transport.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            version: "HTTP/1.1".to_owned(),
            status: Status(status),
            reason: Vec::new(),
            headers: Headers::new(),
            informational: Vec::new(),
            left_out: 0,
            content: Received {
                complete: true,
                ..Received::default()
            },
        }
    }

    /// The same with one more field line.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push(name, value);
        self
    }
}

impl Exchange {
    /// The exchange of a request that went out as it was meant and was answered so: for stand-ins of a transport.
    ///
    /// Its content counts as sent, with a hash of zeros.
    #[must_use]
    pub fn answered(request: &Request, answer: Result<Response, Failure>) -> Self {
        let digest = |length: Option<u64>| Digest {
            bytes: length.unwrap_or(0),
            sha256: [0; 32],
            complete: true,
        };
        Self {
            sent: Sent {
                method: request.method.clone(),
                target: request.target.clone(),
                headers: request.headers.clone(),
                body: request
                    .body
                    .content()
                    .map(|content| digest(content.length())),
            },
            connection: None,
            timings: Timings::default(),
            answer,
        }
    }
}
