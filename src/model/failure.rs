//! A hop that could not be completed is a result like any other.

use super::enumerated;
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
