//! What an exchange is to be, and what was seen of it: the two sheets that pass between [`Wire`](super::Wire) and the tap.

use std::path::PathBuf;
use std::time::Instant;

use crate::model::{Body, Connection, Digest, Failure, Informational, Method, Proxy, Timings};

use super::compose::Composed;
use super::framing::Framing;
use super::head::Head;
use super::route::Place;
use super::socket::Trouble;
use super::terms::Limits;
use super::watch::Watch;

/// One request, ready to go.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) method: Method,
    /// The origin.
    pub(super) place: Place,
    pub(super) https: bool,
    pub(super) proxy: Option<Proxy>,
    /// The Unix socket that stands in for every address.
    pub(super) socket: Option<PathBuf>,
    pub(super) composed: Composed,
    pub(super) body: Body,
    pub(super) limits: Limits,
    /// For this hop.
    pub(super) hop: Watch,
    /// For the chain.
    pub(super) chain: Watch,
    /// Whether content that ends a chain is wanted whole.
    pub(super) to_sink: bool,
}

impl Order {
    /// The origin, and the way to it where that is not straight: for sentences.
    pub(super) fn peer(&self) -> String {
        match (&self.proxy, &self.socket) {
            (Some(proxy), _) => format!("{} through the proxy {proxy}", self.place),
            (None, Some(path)) => format!("{} over the Unix socket {}", self.place, path.display()),
            (None, None) => self.place.to_string(),
        }
    }
}

/// What was seen on the wire.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) connection: Option<Connection>,
    pub(super) timings: Timings,
    pub(super) digest: Option<Digest>,
    /// When the last byte of the request was written, or the upload was stopped.
    pub(super) sent: Option<Instant>,
    /// Whether a single byte came back.
    pub(super) heard: bool,
    pub(super) informational: Vec<Informational>,
    /// The final response's head, how its content ends, and when its first byte came.
    pub(super) answer: Option<(Head, Framing, Instant)>,
    /// When content was last seen.
    pub(super) last_byte: Option<Instant>,
    /// What broke the content off.
    pub(super) broke_off: Option<Trouble>,
    /// Why there is no answer.
    pub(super) failure: Option<Failure>,
    /// Whether the failure is that of a connection that the other side had closed by then.
    pub(super) stale: bool,
}
