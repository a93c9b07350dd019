//! Where the bytes went.

use std::net::SocketAddr;

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

/// What the TLS handshake agreed on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tls {
    /// Such as `TLSv1.3`.
    pub version: String,
    /// Such as `TLS13_AES_256_GCM_SHA384`.
    pub cipher: String,
    /// The protocol that ALPN chose; `None` where the server chose none.
    pub alpn: Option<String>,
    /// The subject of the server's certificate: its first name.
    pub subject: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// When it expires, RFC 3339 in UTC.
    pub expires: Option<String>,
    /// What was wrong with it, where `-k` went on in spite of it.
    pub fault: Option<String>,
}
