//! A hop that could not be completed is a result like any other: where it broke off, on the way to whom, and why.
//!
//! Facts only. The sentences that people read are made from them by a report.

use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::{TlsFault, enumerated};

/// Why there is no response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// How far the hop had come.
    pub phase: Phase,
    /// Whom the hop was on its way to.
    pub peer: Peer,
    /// What went wrong.
    pub cause: Cause,
}

impl Failure {
    /// A failure in this phase, on the way to `peer`.
    #[must_use]
    pub fn new(phase: Phase, peer: Peer, cause: Cause) -> Self {
        Self { phase, peer, cause }
    }

    /// The sort of failure, for those who act on it.
    #[must_use]
    pub fn kind(&self) -> FailureKind {
        match self.cause {
            Cause::Interrupted => FailureKind::Interrupted,
            Cause::TimedOut(_) => FailureKind::TimedOut,
            Cause::Forbidden { .. } => FailureKind::Forbidden,
            _ => FailureKind::Broken,
        }
    }
}

/// The other end of a connection, and the way to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Peer {
    /// Host and port; empty where the URL names none.
    pub name: String,
    /// The way to it.
    pub way: Way,
}

/// The way to a peer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Way {
    /// The peer is the origin, and is connected to itself.
    #[default]
    Straight,
    /// Through the proxy of this name.
    Proxy(String),
    /// Over this Unix socket.
    UnixSocket(PathBuf),
    /// The peer is a stop on the way to the origin of this name.
    OnTheWayTo(String),
}

/// The sorts of failure that somebody acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Name, connection, TLS or HTTP did not work out.
    Broken,
    /// A time limit ran out.
    TimedOut,
    /// A rule of the user's forbids this address.
    Forbidden,
    /// The user interrupted the run.
    Interrupted,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The user interrupted the run.
    Interrupted,
    /// This limit ran out.
    TimedOut(Duration),
    /// The other side closed where it should not have.
    Closed,
    /// The system said so.
    System(SystemFault),
    /// No address of the family asked for.
    NoAddress,
    /// TLS said so.
    Tls(TlsFault),
    /// What came back is no HTTP/1.
    Http(HttpFault),
    /// The proxy gave no way.
    Proxy(ProxyFault),
    /// The URL's scheme is not http or https.
    Scheme(String),
    /// The URL's host cannot be reached by name.
    Host(HostFault),
    /// The address is one that the user forbids.
    Forbidden {
        /// The address.
        address: IpAddr,
        /// What it is.
        kind: AddressKind,
    },
    /// The host was not asked any more: so many requests in a row to it had failed.
    GivenUp(u32),
    /// The request cannot be written.
    Unsendable(Unsendable),
    /// The content to send could not be read.
    Unreadable(SystemFault),
    /// The content to send was shorter than announced.
    Shortened {
        /// The bytes that there were.
        came: u64,
        /// The bytes announced.
        length: u64,
    },
}

/// What the operating system reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemFault {
    /// Its kind.
    pub kind: io::ErrorKind,
    /// The system's own words, without its number.
    pub text: String,
}

impl From<&io::Error> for SystemFault {
    /// `Connection refused (os error 111)` becomes `connection refused`.
    fn from(error: &io::Error) -> Self {
        let text = error.to_string();
        let text = text.split(" (os error").next().unwrap_or_default();
        let mut letters = text.chars();
        let first = letters.next().map(char::to_lowercase);
        Self {
            kind: error.kind(),
            text: first.into_iter().flatten().chain(letters).collect(),
        }
    }
}

/// Why bytes are no head of an HTTP/1 response.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HttpFault {
    /// Empty lines and no status line.
    EmptyLines,
    /// A record of TLS.
    SpeaksTls,
    /// A frame of HTTP/2.
    SpeaksHttp2,
    /// Something else, which begins with these bytes.
    Foreign(Vec<u8>),
    /// A status line that cannot be read, which begins with these bytes.
    StatusLine(Vec<u8>),
    /// A head of more than so many bytes.
    HeadTooLong(usize),
    /// More than so many fields.
    TooManyFields(usize),
    /// Interim responses without end.
    EndlessInterim,
    /// Bytes that came before the request was written.
    Unasked,
}

/// What a proxy did instead of giving a way.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProxyFault {
    /// It wants credentials; the status where it speaks HTTP.
    WantsCredentials(Option<u16>),
    /// It refused the credentials.
    RefusedCredentials,
    /// It answered CONNECT with this status.
    Refused(u16),
    /// Its answer is no HTTP.
    Http(HttpFault),
    /// SOCKS 4 has no IPv6.
    NoIpv6,
    /// SOCKS 4 refused to connect to this authority with this code.
    Socks4 {
        /// The authority asked for.
        to: String,
        /// The code of the answer.
        code: u8,
    },
    /// SOCKS 5 could not connect to this authority, for the reason of this code
    /// ([RFC 1928 §6](https://www.rfc-editor.org/rfc/rfc1928#section-6)).
    Socks5 {
        /// The authority asked for.
        to: String,
        /// The code of the answer.
        code: u8,
    },
    /// It does not speak this version of SOCKS.
    NotSocks(u8),
    /// The name of the host is longer than SOCKS 5 can say.
    NameTooLong(String),
    /// User name or password are longer than SOCKS 5 can say.
    CredentialsTooLong,
}

/// Why a host cannot be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HostFault {
    /// The URL names none.
    Missing,
    /// Its name has so many characters, more than a name can have.
    TooLong {
        /// Its characters.
        length: usize,
        /// The most that a name has.
        most: usize,
    },
    /// Its name holds a character that no such name has.
    Character(char),
}

/// What cannot be written as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsendable {
    /// This is no name of a field.
    FieldName(String),
    /// The value of this field holds a line break or NUL.
    FieldValue(String),
    /// Transfer-Encoding is given, and is other than `chunked` or stands beside Content-Length.
    TransferEncoding,
    /// Content-Length is given, and is no number.
    LengthNoNumber,
    /// Content-Length is given, and the content has so many bytes instead.
    LengthDiffers(u64),
}

enumerated! {
    /// Sorts of addresses that the public Internet does not route.
    #[derive(PartialOrd, Ord)]
    pub enum AddressKind {
        /// `169.254.169.254` and its IPv6 like, where clouds hand out credentials.
        Metadata = "metadata",
        /// `0.0.0.0/8`, `::`.
        ThisHost = "this-host",
        /// RFC 1918.
        Private = "private",
        /// 100.64.0.0/10.
        Carrier = "carrier",
        /// `127.0.0.0/8`, `::1`.
        Loopback = "loopback",
        /// `169.254.0.0/16`, `fe80::/10`.
        LinkLocal = "link-local",
        /// `fc00::/7`.
        UniqueLocal = "unique-local",
        /// `fec0::/10`.
        SiteLocal = "site-local",
        /// `192.0.0.0/24`, `2001::/23`.
        Protocols = "protocols",
        /// 192.0.2.0/24 and others.
        Documentation = "documentation",
        /// 192.88.99.0/24.
        Relay = "relay",
        /// 198.18.0.0/15.
        Benchmark = "benchmark",
        /// `224.0.0.0/4`, `ff00::/8`.
        Multicast = "multicast",
        /// `100::/64`.
        Discard = "discard",
        /// What is left.
        Reserved = "reserved",
    }
}

enumerated! {
    /// The phases of a hop, in their order.
    #[derive(PartialOrd, Ord)]
    pub enum Phase {
        /// Looking up the name.
        Dns = "dns",
        /// Reaching the address (or the proxy, and through it the origin).
        Connect = "connect",
        /// The TLS handshake.
        Tls = "tls",
        /// Sending the request.
        Send = "send",
        /// Waiting for the first byte of the response.
        Wait = "wait",
        /// Reading the response.
        Receive = "receive",
    }
}
