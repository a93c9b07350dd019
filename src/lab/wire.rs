//! A socket with a deadline, plain or under TLS.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;

/// How long a write may make no progress at all: a client that does not read costs a thread for no longer.
const WRITE_PATIENCE: Duration = Duration::from_secs(30);

/// The stream is shared with the server, which shuts it down when it stops; no second descriptor is needed for that.
#[derive(Debug)]
pub(super) struct LabSocket {
    stream: Arc<TcpStream>,
    /// Reads give up at this instant. A time-out per read would let a client that drips bytes hold on for ever.
    deadline: Instant,
}

impl Read for LabSocket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        (&*self.stream).read(buffer)
    }
}

impl Write for LabSocket {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        (&*self.stream).write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The two ways to reach the lab.
#[derive(Debug)]
pub(super) enum LabWire {
    Plain(LabSocket),
    Tls(Box<StreamOwned<ServerConnection, LabSocket>>),
}

impl LabWire {
    /// Talks over `stream`, under TLS where a configuration is given; the handshake happens with the first read.
    pub(super) fn new(stream: Arc<TcpStream>, tls: Option<&Arc<ServerConfig>>) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(WRITE_PATIENCE))?;
        let socket = LabSocket {
            stream,
            deadline: Instant::now(),
        };
        Ok(match tls {
            None => Self::Plain(socket),
            Some(config) => {
                let session =
                    ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
                Self::Tls(Box::new(StreamOwned::new(session, socket)))
            }
        })
    }

    /// Reads give up at this instant.
    pub(super) fn read_until(&mut self, deadline: Instant) {
        match self {
            Self::Plain(socket) => socket.deadline = deadline,
            Self::Tls(stream) => stream.sock.deadline = deadline,
        }
    }

    /// Says that nothing more will be sent.
    pub(super) fn finish(&mut self) {
        if let Self::Tls(stream) = self {
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
        // A peer that has already gone makes this fail, and that is as good.
        let _ = self.stream().shutdown(Shutdown::Write);
    }

    /// Makes the close that follows a TCP reset.
    pub(super) fn reset_on_close(&mut self) {
        let _ = SockRef::from(self.stream()).set_linger(Some(Duration::ZERO));
    }

    fn stream(&self) -> &TcpStream {
        match self {
            Self::Plain(socket) => &socket.stream,
            Self::Tls(stream) => &stream.sock.stream,
        }
    }
}

impl Read for LabWire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for LabWire {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(buffer),
            Self::Tls(stream) => stream.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}
