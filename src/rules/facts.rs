//! What was seen where a finding was raised: values, which a report puts into words.

use super::cookie::RefusedCookie;
use super::{BodyFate, MethodChange};
use crate::model::{AddressKind, ContentFault, Method, Status, TlsFault};

/// The facts of one finding; each kind belongs to one row of [`NOTES`](super::findings::NOTES).
///
/// Values come from servers as they were: a report masks and escapes them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Facts {
    /// `method-changed`.
    MethodChanged {
        /// The status that was answered.
        status: Status,
        /// The methods before and after.
        change: MethodChange,
    },
    /// `body-dropped`.
    BodyDropped {
        /// The status that was answered.
        status: Status,
    },
    /// `unpredictable`.
    Unpredictable {
        /// The status that was answered.
        status: Status,
        /// The method that it answers.
        method: Method,
        /// What the measured clients do, that of the most used client first; fewer than two where they agree.
        sides: Vec<Side>,
    },
    /// `downgrade`.
    Downgrade {
        /// The origin that it leads to.
        origin: String,
    },
    /// `cross-origin`.
    CrossOrigin {
        /// The origin that it leads to.
        origin: String,
    },
    /// `credentials-sent`.
    CredentialsSent {
        /// The fields that reach it, in lower case; at least one.
        names: Vec<String>,
        /// The origin that it leads to.
        origin: String,
    },
    /// `credentials-dropped`.
    CredentialsDropped {
        /// The fields that are left behind, in lower case; at least one.
        names: Vec<String>,
        /// The origin that it leads to.
        origin: String,
    },
    /// `credentials-in-referer`, `body-sent`, `sent-in-clear`, `to-private`.
    Leak(Leak),
    /// `port-changed` and what else a server most likely did not mean.
    Slip(Slip),
    /// `too-long`.
    TooLong {
        /// The redirects followed.
        redirects: usize,
        /// The most that are not called long.
        most: usize,
    },
    /// `early-answer`.
    EarlyAnswer {
        /// Bytes of content sent by then.
        sent: u64,
    },
    /// `repeated-location`.
    RepeatedLocation,
    /// `invalid-location`.
    InvalidLocation {
        /// The field as received.
        location: Vec<u8>,
    },
    /// `ambiguous-host`.
    AmbiguousHost {
        /// The host that browsers read.
        browsers: Option<String>,
        /// The host by RFC 3986.
        strict: Option<String>,
    },
    /// `userinfo-in-location`.
    UserinfoInLocation,
    /// `cookie-refused`: at least one.
    CookieRefused(Vec<RefusedCookie>),
    /// `refresh`.
    Refresh {
        /// The field as received.
        value: Vec<u8>,
    },
    /// `body-fault`.
    BodyFault(ContentFault),
    /// `retried`.
    Retried {
        /// The method that went out twice.
        method: Method,
    },
    /// `tls-fault`.
    TlsFault(TlsFault),
}

/// What a server most likely did not mean, or left out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Slip {
    /// `port-changed`: the ports that the URLs state; one of both states none.
    PortChanged {
        /// That of the request.
        from: Option<u16>,
        /// That of the target.
        to: Option<u16>,
    },
    /// `growing-target`.
    Growing {
        /// How many redirects in a row wrap the URL before them.
        redirects: usize,
        /// Bytes of the URL that the first of them was asked for.
        from: usize,
        /// Bytes of the target of the last.
        to: usize,
    },
    /// `location-host-without-scheme`.
    HostWithoutScheme {
        /// The field as received.
        location: Vec<u8>,
    },
    /// `query-doubled`.
    QueryDoubled,
    /// `escaped-twice`.
    EscapedTwice {
        /// An escape of the request that is escaped once more in the target: `%20`.
        escape: String,
    },
    /// `invalid-location`, by the escaped brackets of an IPv6 address.
    EscapedBrackets {
        /// The field as received.
        location: Vec<u8>,
    },
    /// `location-unused`.
    LocationUnused {
        /// The status that it came with.
        status: Status,
        /// The field as received.
        location: Vec<u8>,
    },
    /// `no-hypertext-note`.
    NoHypertextNote {
        /// Bytes of content, without a link to the target in them.
        bytes: u64,
    },
}

/// What leaves with a request, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Leak {
    /// `credentials-in-referer`.
    InReferer {
        /// What in the Referer is secret, by name; at least one.
        names: Vec<String>,
        /// The origin that it leads to.
        origin: String,
    },
    /// `body-sent`.
    Body {
        /// What in the content is secret, by name.
        secrets: Vec<String>,
        /// The origin that it leads to.
        origin: String,
    },
    /// `sent-in-clear`: one of both at least.
    InClear {
        /// Fields in lower case, and parameters of the URL.
        names: Vec<String>,
        /// Whether there was content.
        body: bool,
    },
    /// `to-private`.
    ToPrivate {
        /// The host.
        host: String,
        /// What sort of address it is; `None` for a name.
        kind: Option<AddressKind>,
    },
}

/// What some clients send next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The next method.
    pub method: Method,
    /// What becomes of the content.
    pub body: BodyFate,
    /// Short names of those who send it, the most used first.
    pub clients: Vec<&'static str>,
}
