//! Where the bytes went.

use std::net::SocketAddr;

use super::Tls;

/// The connection that carried a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Connection {
    /// The address connected to: the proxy's where there was one. `None` for a Unix socket.
    pub remote: Option<SocketAddr>,
    /// Whether an earlier request of this run had opened it.
    pub reused: bool,
    /// Whether the request had been sent on another one before, which closed without an answer: the server may have got it
    /// twice.
    pub retried: bool,
    /// The proxy, without its credentials.
    pub proxy: Option<String>,
    /// `None` for plain http.
    pub tls: Option<Tls>,
}
