//! The words everything else is said in: what one request and its answer are.
//!
//! ```text
//! Request ──Transport──▶ Exchange { sent, connection, timings, answer: Result<Response, Failure> }
//! ```
//!
//! Nothing here acts: no socket, clock, environment, thread or printing. A [`Request`] is what a client means to send;
//! [`Sent`] is what was seen on the wire; the two are never mixed up in a report.

mod address;
mod connection;
mod content;
mod enumerated;
mod exchange;
mod failure;
mod headers;
pub mod percent;
mod timings;
mod tls;
mod token;
mod userinfo;

pub use connection::Connection;
pub use content::{Body, Content};
pub use enumerated::Enumerated;
pub(crate) use enumerated::enumerated;
pub use exchange::{
    ContentFault, ContentFaultKind, Digest, Exchange, Informational, Received, Request, Response,
    Sent,
};
pub use failure::{
    AddressKind, Cause, Failure, FailureKind, HostFault, HttpFault, Peer, Phase, ProxyFault,
    SystemFault, Unsendable, Way,
};
pub use headers::{Field, Headers};
pub use timings::Timings;
pub use tls::{AlertSent, CertificateFault, NamesDiffer, Tls, TlsFault, TlsSetUpFault};
pub use token::{Method, NotAToken, Status, is_token};
pub use userinfo::without_userinfo;
