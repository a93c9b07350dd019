//! A hop that could not be completed is a result like any other.

use std::fmt;

/// Why there is no response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// How far the hop had come.
    pub phase: Phase,
    /// What sort of failure it is, for those who act on it.
    pub kind: FailureKind,
    /// One sentence for the user: what, where, and what to do.
    pub detail: String,
}

impl Failure {
    /// A failure of this sort in this phase.
    #[must_use]
    pub fn new(phase: Phase, kind: FailureKind, detail: impl Into<String>) -> Self {
        Self {
            phase,
            kind,
            detail: detail.into(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Failure {}

/// The sorts of failure that somebody acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Name, connection, TLS or HTTP did not work out.
    Broken,
    /// A time limit ran out.
    TimedOut,
    /// A rule of the user's forbids this address (`--deny-private`).
    Forbidden,
    /// The user pressed Ctrl-C.
    Interrupted,
}

/// The phases of a hop, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Looking up the name.
    Dns,
    /// Reaching the address (or the proxy, and through it the origin).
    Connect,
    /// The TLS handshake.
    Tls,
    /// Sending the request.
    Send,
    /// Waiting for the first byte of the response.
    Wait,
    /// Reading the response.
    Receive,
}

impl Phase {
    /// The name that the JSON document uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Send => "send",
            Self::Wait => "wait",
            Self::Receive => "receive",
        }
    }
}
