//! Connections that are open, and those that wait for another request: kept by where they lead.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::authority::Authority;
use super::stream::Stream;
use crate::model::Connection;

/// The most connections that wait at once: far below what a process may open. Beyond them the one that has waited longest
/// is closed, whose host a long list has left behind.
const MOST_IDLE: usize = 256;

/// One open connection.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) stream: Stream,
    /// What a report says of it.
    pub(super) facts: Connection,
}

impl Link {
    /// Whether the other side has said nothing, not even that it closes: whatever it says unasked answers nothing.
    pub(super) fn is_silent(&mut self) -> bool {
        matches!(self.stream.glance(&mut [0; 1]), Ok(None))
    }
}

/// Where a connection leads: the proxy and what else is on the way are the same for all connections of a network.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct LinkKey {
    pub(super) https: bool,
    pub(super) authority: Authority,
    /// Whether it was opened where private addresses are refused: one that was not may lead to one.
    pub(super) deny_private: bool,
}

/// Connections that wait.
#[derive(Debug, Default)]
pub(super) struct Pool(Mutex<Idle>);

#[derive(Debug, Default)]
struct Idle {
    /// By where they lead, the one that was used last at the end; each with its turn.
    links: HashMap<LinkKey, Vec<(u64, Link)>>,
    count: usize,
    /// How many were put here so far.
    turns: u64,
}

impl Idle {
    fn put(&mut self, key: LinkKey, link: Link) {
        self.turns += 1;
        self.count += 1;
        let turn = self.turns;
        self.links.entry(key).or_default().push((turn, link));
    }

    /// Takes the last one that leads there.
    fn pop(&mut self, key: &LinkKey) -> Option<Link> {
        let there = self.links.get_mut(key)?;
        let (_, link) = there.pop()?;
        if there.is_empty() {
            self.links.remove(key);
        }
        self.count -= 1;
        Some(link)
    }

    /// Takes the one that has waited longest.
    fn oldest(&mut self) -> Option<Link> {
        let turn = |links: &Vec<(u64, Link)>| links.first().map(|(turn, _)| *turn);
        let (key, _) = self.links.iter().min_by_key(|(_, links)| turn(links))?;
        let key = key.clone();
        let there = self.links.get_mut(&key)?;
        let (_, link) = there.remove(0);
        if there.is_empty() {
            self.links.remove(&key);
        }
        self.count -= 1;
        Some(link)
    }
}

impl Pool {
    /// A connection that leads there and is still open; the one that was used last, whose server is least likely to have
    /// closed it. Those found closed are dropped.
    pub(super) fn take(&self, key: &LinkKey) -> Option<Link> {
        loop {
            let mut link = self.idle().pop(key)?;
            // Outside the lock: a look is a system call.
            if link.is_silent() {
                link.facts.reused = true;
                return Some(link);
            }
        }
    }

    /// Keeps a connection for another request.
    pub(super) fn put(&self, key: LinkKey, link: Link) {
        let mut idle = self.idle();
        let closed = if idle.count >= MOST_IDLE {
            idle.oldest()
        } else {
            None
        };
        idle.put(key, link);
        // Outside the lock: closing is a system call.
        drop(idle);
        drop(closed);
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::{TcpListener, TcpStream};

    use url::Url;

    use super::*;

    /// A connection to a loopback port, and its other end.
    fn link() -> (Link, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let link = Link {
            stream: near.into(),
            facts: Connection::default(),
        };
        (link, listener.accept().unwrap().0)
    }

    fn key(url: &str) -> LinkKey {
        let url = Url::parse(url).unwrap();
        LinkKey {
            https: url.scheme() == "https",
            authority: Authority::of(&url).unwrap(),
            deny_private: false,
        }
    }

    #[test]
    fn pool_that_is_full_closes_the_one_that_has_waited_longest() {
        let pool = Pool::default();
        let mut far = Vec::new();
        for port in 1..=MOST_IDLE + 1 {
            let (near, end) = link();
            far.push(end);
            pool.put(key(&format!("http://h:{port}/")), near);
        }
        assert!(pool.take(&key("http://h:1/")).is_none());
        for port in [2, MOST_IDLE + 1] {
            assert!(
                pool.take(&key(&format!("http://h:{port}/"))).is_some(),
                "{port}"
            );
        }
    }

    #[test]
    fn pool_gives_a_connection_back_for_its_own_authority_only() {
        let (pool, (link, _far)) = (Pool::default(), link());
        pool.put(key("http://a/"), link);
        for other in ["http://b/", "http://a:81/", "https://a:80/"] {
            assert!(pool.take(&key(other)).is_none(), "{other}");
        }
        assert!(
            pool.take(&key("http://a/x"))
                .is_some_and(|link| link.facts.reused)
        );
        assert!(pool.take(&key("http://a/")).is_none());
    }

    #[test]
    fn pool_drops_connections_that_ended_or_spoke_unasked() {
        let pool = Pool::default();
        let (ended, far) = link();
        drop(far);
        let (spoke, mut far) = link();
        far.write_all(b"HTTP/1.1 408 Late\r\n\r\n").unwrap();
        let (open, _far) = link();
        for link in [open, ended, spoke] {
            pool.put(key("http://a/"), link);
        }
        assert!(pool.take(&key("http://a/")).is_some());
        assert!(pool.take(&key("http://a/")).is_none());
    }

    #[test]
    fn pool_is_bounded() {
        let pool = Pool::default();
        pool.idle().count = MOST_IDLE;
        pool.put(key("http://a/"), link().0);
        assert!(pool.take(&key("http://a/")).is_none());
    }
}
