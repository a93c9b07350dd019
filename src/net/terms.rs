//! The terms on which the network is used: what the user's flags and environment come down to.

#[cfg(unix)]
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::model::{Detour, Family, Pin, Proxies};

use super::tls::TlsTerms;

/// Everything that a [`Wire`](super::Wire) is told before its first request. `default()` is what no flag at all means.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// How long, how much.
    pub limits: Limits,
    /// Trust and client certificate.
    pub tls: TlsTerms,
    /// The proxies.
    pub proxies: Proxies,
    /// Addresses given beforehand (`--resolve`).
    pub pins: Vec<Pin>,
    /// Other places to connect to (`--connect-to`); the first that fits counts.
    pub detours: Vec<Detour>,
    /// Which addresses of a name are tried (`-4`, `-6`).
    pub family: Family,
    /// The socket to use in place of any address (`--unix-socket`).
    #[cfg(unix)]
    pub unix_socket: Option<PathBuf>,
    /// Refuse every address that the public Internet does not route (`--deny-private`). A proxy and a Unix socket that the
    /// user named are themselves exempt.
    pub deny_private: bool,
    /// Set by Ctrl-C: every wait ends as soon as it is seen, within 50 ms.
    pub interrupt: Arc<AtomicBool>,
}

/// Limits of time and size.
#[derive(Debug, Clone)]
pub struct Limits {
    /// For name, connection, proxy and TLS together (`--connect-timeout`).
    pub connect: Duration,
    /// For one hop, from its first step to the end of the response's head; for content written to a sink, the longest
    /// silence.
    pub hop: Duration,
    /// For all hops together (`-m`), counted from [`Wire::new`](super::Wire::new).
    pub chain: Option<Duration>,
    /// For content that nobody asked to keep: what has not come by then is left, with its connection.
    pub content: Duration,
    /// For the answer to `Expect: 100-continue`, before the content is sent without one.
    pub expect: Duration,
    /// How many bytes of content are held, and read where there is no sink.
    pub held: usize,
}

impl Default for Limits {
    /// 10 s and 30 s by the project's contract; 1 s as curl waits for 100 Continue; 2 s and 64 KiB are enough for the pages
    /// that come with redirects.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            hop: Duration::from_secs(30),
            chain: None,
            content: Duration::from_secs(2),
            expect: Duration::from_secs(1),
            held: 64 * 1024,
        }
    }
}
