//! What the listeners and connections of one server share.

use std::collections::HashMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::journal::{Arrival, Journal};
use super::site::Ports;
use super::visitors::Visitors;

/// Connections at once; later ones wait in the backlog until one ends, which the time-outs see to.
const CONNECTIONS: usize = 8192;

/// Called with every arrival, on the thread of its connection.
pub type Log = Box<dyn Fn(&Arrival) + Send + Sync>;

/// What the listeners and connections of one server share.
pub(super) struct Lab {
    pub(super) ports: Ports,
    pub(super) journal: Journal,
    pub(super) visitors: Visitors,
    log: Option<Log>,
    state: Mutex<LabState>,
    /// Rings once, when the lab stops. Not the bell of those who leave: thousands may sleep on this one.
    stopped: Condvar,
    /// Rings when a connection leaves, and when the lab stops.
    left: Condvar,
}

#[derive(Default)]
struct LabState {
    stopping: bool,
    /// Connections accepted so far.
    accepted: u64,
    /// The open ones, to be shut down at the end.
    open: HashMap<u64, Arc<TcpStream>>,
}

impl Lab {
    pub(super) fn new(ports: Ports, visitors: Visitors, log: Option<Log>) -> Self {
        Self {
            ports,
            journal: Journal::default(),
            visitors,
            log,
            state: Mutex::default(),
            stopped: Condvar::new(),
            left: Condvar::new(),
        }
    }

    /// Writes `arrival` down and gives it to the log.
    pub(super) fn note(&self, arrival: Arrival) {
        let arrival = self.journal.write(arrival);
        if let Some(log) = &self.log {
            log(&arrival);
        }
    }

    /// Sleeps; `false` where the lab stopped meanwhile.
    pub(super) fn sleep(&self, pause: Duration) -> bool {
        let asleep = |state: &mut LabState| !state.stopping;
        let (state, _) = self
            .stopped
            .wait_timeout_while(self.state(), pause, asleep)
            .unwrap_or_else(PoisonError::into_inner);
        !state.stopping
    }

    fn state(&self) -> MutexGuard<'_, LabState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a connection in until its guard is dropped; nothing when the lab is stopping.
    pub(super) fn enter(self: &Arc<Self>, stream: &Arc<TcpStream>) -> Option<ConnectionGuard> {
        let mut state = self.state();
        if state.stopping {
            return None;
        }
        state.accepted += 1;
        let number = state.accepted;
        state.open.insert(number, Arc::clone(stream));
        let lab = Arc::clone(self);
        Some(ConnectionGuard { lab, number })
    }

    fn leave(&self, number: u64) {
        let left = self.state().open.remove(&number);
        self.left.notify_all();
        drop(left);
    }

    /// Waits until one more connection may enter; `false` when the lab is stopping.
    pub(super) fn wait_for_room(&self) -> bool {
        let full = |state: &mut LabState| !state.stopping && state.open.len() >= CONNECTIONS;
        let state = self
            .left
            .wait_while(self.state(), full)
            .unwrap_or_else(PoisonError::into_inner);
        !state.stopping
    }

    /// Ends every connection and every wait.
    pub(super) fn stop(&self) {
        let mut state = self.state();
        state.stopping = true;
        for stream in state.open.values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        self.stopped.notify_all();
        self.left.notify_all();
    }

    pub(super) fn wait_until_empty(&self, patience: Duration) {
        let busy = |state: &mut LabState| !state.open.is_empty();
        let _ = self.left.wait_timeout_while(self.state(), patience, busy);
    }
}

/// A connection that is counted in, and out when this is dropped.
pub(super) struct ConnectionGuard {
    pub(super) lab: Arc<Lab>,
    /// Counted from 1.
    pub(super) number: u64,
}

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        self.lab.leave(self.number);
    }
}
