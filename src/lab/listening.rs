//! Listening sockets.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use socket2::{Domain, Protocol, Socket, Type};

/// Connections that wait to be accepted; std asks for 128, too few when thousands come at once. The system may allow
/// fewer.
const BACKLOG: i32 = 4096;

/// The sockets of one port.
pub(super) type Listeners = Vec<TcpListener>;

/// Listens on `port` of `address`, 0 being any that is free; on 127.0.0.1, on the same port of `[::1]` too, because
/// `localhost` is either.
pub(super) fn listen(address: IpAddr, port: u16) -> io::Result<Listeners> {
    let first = bind(SocketAddr::new(address, port))?;
    if address != Ipv4Addr::LOCALHOST {
        return Ok(vec![first]);
    }
    match bind((Ipv6Addr::LOCALHOST, first.local_addr()?.port()).into()) {
        Ok(second) => Ok(vec![first, second]),
        // Another process has it, and `localhost` would lead there. A port that was not asked for can be chosen again.
        Err(error) if error.kind() == io::ErrorKind::AddrInUse && port == 0 => listen(address, 0),
        // The machine has no IPv6.
        Err(_) => Ok(vec![first]),
    }
}

/// Listens on the port `nth` after `port` where that is free, on any other where not.
pub(super) fn listen_near(address: IpAddr, port: u16, nth: u16) -> io::Result<Listeners> {
    let wanted = if port == 0 {
        0
    } else {
        port.checked_add(nth).unwrap_or(0)
    };
    listen(address, wanted).or_else(|_| listen(address, 0))
}

/// The ports of a pair.
pub(super) fn ports_of(pair: &[Listeners; 2]) -> io::Result<[u16; 2]> {
    Ok([
        pair[0][0].local_addr()?.port(),
        pair[1][0].local_addr()?.port(),
    ])
}

/// The address to reach a socket by that listens on `address`: one that listens everywhere is reached at loopback.
pub(super) fn reachable(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(address) if address.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(address) if address.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        address => address,
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let bound = || {
        let socket = Socket::new(
            Domain::for_address(address),
            Type::STREAM,
            Some(Protocol::TCP),
        )?;
        // On Windows the option would let two servers share a port.
        if cfg!(unix) {
            socket.set_reuse_address(true)?;
        }
        socket.bind(&address.into())?;
        socket.listen(BACKLOG)?;
        Ok(socket.into())
    };
    bound().map_err(|error: io::Error| {
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
    })
}
