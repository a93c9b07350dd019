//! What arrived, written down: the last of it, within bounds.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::request_reader::RequestContent;
use crate::model::Headers;

/// Bytes of arrivals remembered at most.
const MEMORY: usize = 16 * 1024 * 1024;
/// Arrivals remembered at most.
const ARRIVALS: usize = 10_000;

/// A request as it arrived, and what it was answered. It may hold any bytes: escape them before they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Counted from 1 over the life of the server, in the order in which requests were complete.
    pub n: u64,
    /// The connection that it came over, counted from 1: two arrivals with the same number shared one.
    pub connection: u64,
    /// The address that it came from.
    pub peer: SocketAddr,
    /// The origin that it arrived at, by the port: such as `http://127.0.0.1:8080`.
    pub origin: String,
    /// The method, case kept.
    pub method: String,
    /// The request target as sent; any bytes.
    pub target: Vec<u8>,
    /// The version, such as `HTTP/1.1`.
    pub version: String,
    /// The field lines in order and case.
    pub headers: Headers,
    /// The content, where the request announced some.
    pub content: Option<RequestContent>,
    /// The status code of the answer; `None` where there was none, or nothing that shows one.
    pub status: Option<u16>,
}

impl Arrival {
    /// Roughly what it takes in memory, in bytes.
    fn weight(&self) -> usize {
        let lines: usize = self
            .headers
            .iter()
            .map(|line| 64 + line.name.len() + line.value.len())
            .sum();
        512 + lines
            + self.target.len()
            + self
                .content
                .as_ref()
                .map_or(0, |content| content.prefix.len())
    }
}

/// The last arrivals.
#[derive(Debug, Default)]
pub(super) struct Journal(Mutex<Pages>);

#[derive(Debug, Default)]
struct Pages {
    arrivals: VecDeque<Arc<Arrival>>,
    weight: usize,
    count: u64,
}

impl Journal {
    /// Writes down `arrival`, numbered; forgets the oldest where it must.
    pub(super) fn write(&self, mut arrival: Arrival) -> Arc<Arrival> {
        let mut guard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pages = &mut *guard;
        pages.count += 1;
        arrival.n = pages.count;
        let arrival = Arc::new(arrival);
        pages.weight += arrival.weight();
        pages.arrivals.push_back(Arc::clone(&arrival));
        while pages.weight > MEMORY || pages.arrivals.len() > ARRIVALS {
            let Some(oldest) = pages.arrivals.pop_front() else {
                break;
            };
            pages.weight -= oldest.weight();
        }
        arrival
    }

    /// What is remembered, oldest first.
    pub(super) fn arrivals(&self) -> Vec<Arc<Arrival>> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .arrivals
            .iter()
            .cloned()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use super::*;

    fn arrival(target: Vec<u8>) -> Arrival {
        Arrival {
            n: 0,
            connection: 1,
            peer: SocketAddr::from((Ipv4Addr::LOCALHOST, 1)),
            origin: String::new(),
            method: "GET".to_owned(),
            target,
            version: "HTTP/1.1".to_owned(),
            headers: Headers::new(),
            content: None,
            status: Some(200),
        }
    }

    #[test]
    fn journal_forgets_the_oldest_by_number_and_weight() {
        let journal = Journal::default();
        for _ in 0..ARRIVALS + 5 {
            journal.write(arrival(b"/".to_vec()));
        }
        assert_eq!(
            (journal.arrivals()[0].n, journal.arrivals().len()),
            (6, ARRIVALS)
        );
        for _ in 0..20 {
            journal.write(arrival(vec![b'a'; MEMORY / 10]));
        }
        assert_eq!(journal.arrivals().len(), 9);
    }
}
