//! How long the phases of one hop took.

use std::time::Duration;

/// Each phase of a hop; `None` where it did not happen: no name to look up, a connection reused, no TLS.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timings {
    /// Looking up the name.
    pub dns: Option<Duration>,
    /// Connecting, a proxy's greeting included.
    pub connect: Option<Duration>,
    /// The TLS handshake.
    pub tls: Option<Duration>,
    /// Writing the request, content included.
    pub send: Option<Duration>,
    /// From the last byte sent to the first byte received.
    pub wait: Option<Duration>,
    /// From the first byte received to the last that was read.
    pub receive: Option<Duration>,
    /// The whole hop.
    pub total: Duration,
}
