//! What a chain under way asks before each of its requests.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use super::retry::sign;
use super::schedule::host_of;
use super::{FAILURES_IN_A_ROW, HostSign};
use crate::follow::{LeadsOn, Transport};
use crate::model::{Cause, Exchange, Failure, Peer, Phase, Request};

/// Whether a request may go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HostEntry {
    /// It may, and counts from this moment on.
    Began(Duration),
    /// The host was given up.
    GivenUp,
    /// The run is at its end: it goes out uncounted, and the transport breaks it off.
    Stopped,
}

/// The door to hosts.
pub(super) trait HostGate {
    /// Waits until `host` may be asked.
    fn enter(&self, host: &str) -> HostEntry;

    /// The request to `host` that began then is done.
    fn leave(&self, host: &str, sign: HostSign, began: Duration);
}

/// A job under way: its first request is granted, for each further one it has to wait its turn.
pub struct Errand<'q> {
    gate: &'q dyn HostGate,
    host: Arc<str>,
    first: Cell<Option<HostEntry>>,
}

impl<'q> Errand<'q> {
    pub(super) fn new(gate: &'q dyn HostGate, host: Arc<str>, first: HostEntry) -> Self {
        Self {
            gate,
            host,
            first: Cell::new(Some(first)),
        }
    }

    /// This transport, which from now on waits for each host's turn.
    pub fn paced<'a>(&'a self, transport: &'a mut dyn Transport) -> PacedTransport<'a> {
        PacedTransport {
            transport,
            errand: self,
        }
    }
}

/// A job that asked nothing gives its grant back.
impl Drop for Errand<'_> {
    fn drop(&mut self) {
        if let Some(HostEntry::Began(began)) = self.first.take() {
            self.gate.leave(&self.host, HostSign::Unknown, began);
        }
    }
}

/// A transport that waits for each host's turn.
pub struct PacedTransport<'a> {
    transport: &'a mut dyn Transport,
    errand: &'a Errand<'a>,
}

impl Transport for PacedTransport<'_> {
    fn exchange(&mut self, request: &Request, leads_on: LeadsOn<'_>) -> Exchange {
        let Errand { gate, host, first } = self.errand;
        // The first is granted to the host of the job's URL, whatever the client made of it.
        let granted = first.take().map(|entry| (&**host, entry));
        let (host, entry) = granted.unwrap_or_else(|| {
            let host = host_of(&request.target);
            (host, gate.enter(host))
        });
        match entry {
            HostEntry::GivenUp => Exchange::answered(request, Err(given_up(request))),
            HostEntry::Stopped => self.transport.exchange(request, leads_on),
            HostEntry::Began(began) => {
                let exchange = self.transport.exchange(request, leads_on);
                gate.leave(host, sign(&exchange), began);
                exchange
            }
        }
    }
}

fn given_up(request: &Request) -> Failure {
    let peer = Peer {
        name: host_of(&request.target).to_owned(),
        ..Peer::default()
    };
    Failure::new(Phase::Connect, peer, Cause::GivenUp(FAILURES_IN_A_ROW))
}
