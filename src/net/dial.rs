//! Connecting: several addresses race, each a little after the one before
//! ([RFC 8305, "Happy Eyeballs"](https://www.rfc-editor.org/rfc/rfc8305#section-5)).
//!
//! One thread, no poll: sockets that do not block, asked in turn. The pauses between two rounds grow with the time waited,
//! so that a connection on the loopback is seen in microseconds and one over an ocean costs nothing while it is awaited.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use socket2::{Domain, Protocol, Socket, Type};

use super::deadline::Deadline;
use super::stream::StreamError;

/// How long an address is alone before the next one joins (RFC 8305 §5: 250 ms).
const HEAD_START: Duration = Duration::from_millis(250);
/// The shortest and the longest pause between two rounds.
const PAUSES: (Duration, Duration) = (Duration::from_micros(20), Duration::from_millis(5));

/// Connects to the first of `addresses` that answers; where none does, the first failure is what counts.
pub(super) fn dial(
    addresses: &[SocketAddr],
    deadline: &Deadline,
) -> Result<TcpStream, StreamError> {
    let order = interleaved(addresses);
    let mut waiting = order.into_iter();
    let mut racing: Vec<Socket> = Vec::new();
    let mut error = None;
    let (begin, mut last_start) = (Instant::now(), None::<Instant>);
    loop {
        if racing.is_empty() || last_start.is_none_or(|start| start.elapsed() >= HEAD_START) {
            match waiting.next().map(start) {
                Some(Ok(socket)) => racing.push(socket),
                Some(Err(other)) => drop(error.get_or_insert(other)),
                None if racing.is_empty() => return Err(error.unwrap_or_else(no_address).into()),
                None => {}
            }
            last_start = Some(Instant::now());
        }
        let mut open = Vec::with_capacity(racing.len());
        for socket in racing {
            match state(&socket) {
                Ok(true) => return ready(socket).map_err(StreamError::from),
                Ok(false) => open.push(socket),
                Err(other) => drop(error.get_or_insert(other)),
            }
        }
        racing = open;
        let pause = (begin.elapsed() / 16).clamp(PAUSES.0, PAUSES.1);
        let pause = deadline.slice(pause)?;
        if !racing.is_empty() {
            thread::sleep(pause);
        }
    }
}

/// IPv6 and IPv4 in turn, beginning with the family that the resolver put first (RFC 8305 §4).
fn interleaved(addresses: &[SocketAddr]) -> Vec<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (mut first, mut second): (Vec<SocketAddr>, Vec<SocketAddr>) = addresses
        .iter()
        .copied()
        .partition(|address| address.is_ipv6() == first_is_v6);
    let mut order = Vec::with_capacity(addresses.len());
    first.reverse();
    second.reverse();
    while !(first.is_empty() && second.is_empty()) {
        order.extend(first.pop());
        order.extend(second.pop());
    }
    order
}

/// Begins to connect.
fn start(address: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    socket.set_nonblocking(true)?;
    match socket.connect(&address.into()) {
        Err(error) if !is_under_way(&error) => Err(error),
        _ => Ok(socket),
    }
}

/// Whether connecting goes on in the background.
fn is_under_way(error: &io::Error) -> bool {
    /// EINPROGRESS, which [`io::ErrorKind`] does not name yet; Windows says `WouldBlock`.
    const IN_PROGRESS: i32 = if cfg!(any(target_os = "linux", target_os = "android")) {
        115
    } else {
        36
    };
    error.kind() == io::ErrorKind::WouldBlock
        || (cfg!(unix) && error.raw_os_error() == Some(IN_PROGRESS))
}

/// Whether it is connected by now.
fn state(socket: &Socket) -> io::Result<bool> {
    match socket.take_error()? {
        Some(error) => Err(error),
        None => Ok(socket.peer_addr().is_ok()),
    }
}

fn ready(socket: Socket) -> io::Result<TcpStream> {
    socket.set_nonblocking(false)?;
    socket.set_tcp_nodelay(true)?;
    Ok(socket.into())
}

fn no_address() -> io::Error {
    io::Error::new(io::ErrorKind::AddrNotAvailable, "no address to connect to")
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use super::super::deadline::Expired;
    use super::*;

    /// A documentation address: packets to it go nowhere.
    const NOWHERE: &str = "192.0.2.1:9";

    fn deadline(limit_ms: u64) -> Deadline {
        Deadline::new(
            Duration::from_millis(limit_ms),
            Arc::new(AtomicBool::new(false)),
        )
    }

    fn listening() -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    fn dead() -> SocketAddr {
        listening().1
    }

    #[test]
    fn the_first_that_answers_is_taken() {
        let (_listener, alive) = listening();
        for addresses in [
            vec![alive],
            vec![dead(), alive],
            vec![dead(), dead(), alive, dead()],
        ] {
            assert_eq!(
                dial(&addresses, &deadline(2000))
                    .unwrap()
                    .peer_addr()
                    .unwrap(),
                alive
            );
        }
    }

    #[test]
    fn a_dead_port_refuses() {
        let refused = dial(&[dead()], &deadline(2000)).unwrap_err();
        assert!(
            matches!(&refused, StreamError::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused),
            "{refused:?}"
        );
        assert!(matches!(
            dial(&[], &deadline(2000)),
            Err(StreamError::Io(_))
        ));
    }

    #[test]
    fn silence_is_left_for_the_next_address_and_never_outlasts_the_watch() {
        let (_listener, alive) = listening();
        let nowhere: SocketAddr = NOWHERE.parse().unwrap();
        let begin = Instant::now();
        assert_eq!(
            dial(&[nowhere, alive], &deadline(5000))
                .unwrap()
                .peer_addr()
                .unwrap(),
            alive
        );
        assert!(begin.elapsed() < Duration::from_secs(10));
        // A machine without a route says so at once; with one, the deadline ends it.
        let alone = dial(&[nowhere], &deadline(100)).unwrap_err();
        assert!(
            matches!(
                alone,
                StreamError::Io(_) | StreamError::Expired(Expired::TimedOut(_))
            ),
            "{alone:?}"
        );
    }

    #[test]
    fn an_interrupt_ends_a_pending_connect() {
        let interrupted = Deadline::new(Duration::from_secs(5), Arc::new(AtomicBool::new(true)));
        let ended = dial(&[NOWHERE.parse().unwrap()], &interrupted).unwrap_err();
        assert!(
            matches!(ended, StreamError::Expired(Expired::Interrupted)),
            "{ended:?}"
        );
    }

    #[test]
    fn families_take_turns() {
        let all = ["[::1]:1", "[::2]:1", "1.1.1.1:1", "[::3]:1"].map(|text| text.parse().unwrap());
        let order: Vec<_> = interleaved(&all).iter().map(ToString::to_string).collect();
        assert_eq!(order, ["[::1]:1", "1.1.1.1:1", "[::2]:1", "[::3]:1"]);
    }
}
