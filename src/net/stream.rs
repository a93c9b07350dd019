//! A connected socket, and the same under TLS, read and written in slices of time.
//!
//! A plain exchange costs one send and one or two receives: time limits are set only where they change, and a look at what
//! is there already is a receive that does not wait (`MSG_DONTWAIT`), not two switches of the socket's mode.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::time::Duration;

use rustls::ClientConnection;

use super::deadline::{Deadline, Expired, SLICE};

/// Why bytes did not move.
#[derive(Debug)]
pub(super) enum StreamError {
    /// The system said so.
    Io(io::Error),
    /// TLS said so.
    Tls(rustls::Error),
    /// The other side closed where it should not have.
    Closed,
    /// The wait was given up.
    Expired(Expired),
}

impl StreamError {
    /// Whether the other side had gone, rather than that the wait was given up.
    pub(super) fn is_gone(&self) -> bool {
        matches!(self, Self::Io(_) | Self::Closed)
    }
}

impl From<io::Error> for StreamError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<rustls::Error> for StreamError {
    fn from(error: rustls::Error) -> Self {
        Self::Tls(error)
    }
}

impl From<Expired> for StreamError {
    fn from(expired: Expired) -> Self {
        Self::Expired(expired)
    }
}

/// A stream socket of either kind.
#[derive(Debug)]
enum Socket {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

/// A socket whose reads and writes may block for as long as was last said.
#[derive(Debug)]
struct TimedSocket {
    socket: Socket,
    read_limit: Option<Duration>,
    write_limit: Option<Duration>,
}

impl TimedSocket {
    /// Says how long the next reads may block; a system call only where that changes.
    ///
    /// An error shows at the next read (macOS refuses this on a socket that is reset).
    fn limit_reads(&mut self, limit: Duration) {
        let limit = Some(limit.max(Duration::from_millis(1)));
        if self.read_limit != limit {
            self.read_limit = limit;
            match &self.socket {
                Socket::Tcp(stream) => drop(stream.set_read_timeout(limit)),
                #[cfg(unix)]
                Socket::Unix(stream) => drop(stream.set_read_timeout(limit)),
            }
        }
    }

    /// Says how long the next writes may block.
    fn limit_writes(&mut self, limit: Duration) {
        let limit = Some(limit.max(Duration::from_millis(1)));
        if self.write_limit != limit {
            self.write_limit = limit;
            match &self.socket {
                Socket::Tcp(stream) => drop(stream.set_write_timeout(limit)),
                #[cfg(unix)]
                Socket::Unix(stream) => drop(stream.set_write_timeout(limit)),
            }
        }
    }

    /// Writes what fits without waiting; where nothing does, waits for no longer than `limit`.
    fn write_within(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize> {
        match self.write_now(bytes) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                self.limit_writes(limit);
                self.write(bytes)
            }
            done => done,
        }
    }

    #[cfg(unix)]
    fn read_now(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        use rustix::net::{RecvFlags, recv};
        let received = match &self.socket {
            Socket::Tcp(stream) => recv(stream, buf, RecvFlags::DONTWAIT),
            Socket::Unix(stream) => recv(stream, buf, RecvFlags::DONTWAIT),
        };
        Ok(received.map(|(count, _)| count)?)
    }

    #[cfg(unix)]
    fn write_now(&mut self, bytes: &[u8]) -> io::Result<usize> {
        use rustix::net::{SendFlags, send};
        let flags = SendFlags::DONTWAIT | SendFlags::NOSIGNAL;
        let sent = match &self.socket {
            Socket::Tcp(stream) => send(stream, bytes, flags),
            Socket::Unix(stream) => send(stream, bytes, flags),
        };
        Ok(sent?)
    }

    /// Windows has no receive that does not wait: the mode of the socket is switched for it.
    #[cfg(not(unix))]
    fn read_now(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let Socket::Tcp(stream) = &mut self.socket;
        stream.set_nonblocking(true)?;
        let read = stream.read(buf);
        stream.set_nonblocking(false)?;
        read
    }

    #[cfg(not(unix))]
    fn write_now(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::WouldBlock.into())
    }
}

impl Read for TimedSocket {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match &mut self.socket {
            Socket::Tcp(stream) => stream.read(buf),
            #[cfg(unix)]
            Socket::Unix(stream) => stream.read(buf),
        }
    }
}

impl Write for TimedSocket {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match &mut self.socket {
            Socket::Tcp(stream) => stream.write(buf),
            #[cfg(unix)]
            Socket::Unix(stream) => stream.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The same socket, read without waiting.
struct WithoutWaiting<'s> {
    socket: &'s mut TimedSocket,
    /// Whether nothing more was there.
    is_dry: bool,
}

impl Read for WithoutWaiting<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.socket.read_now(buf);
        self.is_dry = read.is_err();
        read
    }
}

/// A connection that carries plain bytes: a socket, or TLS over one.
#[derive(Debug)]
pub(super) struct Stream {
    socket: TimedSocket,
    tls: Option<Box<ClientConnection>>,
    /// Whether TLS ended without the alert that says that it was meant to.
    cut_off: bool,
}

impl From<TcpStream> for Stream {
    fn from(stream: TcpStream) -> Self {
        Self::over(Socket::Tcp(stream))
    }
}

#[cfg(unix)]
impl From<UnixStream> for Stream {
    fn from(stream: UnixStream) -> Self {
        Self::over(Socket::Unix(stream))
    }
}

impl Stream {
    fn over(socket: Socket) -> Self {
        let socket = TimedSocket {
            socket,
            read_limit: None,
            write_limit: None,
        };
        Self {
            socket,
            tls: None,
            cut_off: false,
        }
    }

    /// The address at the other end; `None` for a Unix socket.
    pub(super) fn remote(&self) -> Option<SocketAddr> {
        match &self.socket.socket {
            Socket::Tcp(stream) => stream.peer_addr().ok(),
            #[cfg(unix)]
            Socket::Unix(_) => None,
        }
    }

    /// Whether an end of the stream was cut off rather than meant ([RFC 8446 §6.1](https://www.rfc-editor.org/rfc/rfc8446#section-6.1)).
    pub(super) fn is_cut_off(&self) -> bool {
        self.cut_off
    }

    /// Puts TLS over the socket and shakes hands.
    pub(super) fn secure(
        &mut self,
        mut tls: ClientConnection,
        deadline: &Deadline,
    ) -> Result<&ClientConnection, StreamError> {
        while tls.is_handshaking() {
            let slice = deadline.slice(SLICE)?;
            if tls.wants_write() {
                self.socket.limit_writes(slice);
                flush(&mut tls, &mut self.socket)?;
                continue;
            }
            self.socket.limit_reads(slice);
            match patient(tls.read_tls(&mut self.socket))? {
                Some(0) => return Err(StreamError::Closed),
                Some(_) => take_records(&mut tls, &mut self.socket)?,
                None => {}
            }
        }
        while tls.wants_write() {
            self.socket.limit_writes(deadline.slice(SLICE)?);
            flush(&mut tls, &mut self.socket)?;
        }
        Ok(self.tls.insert(Box::new(tls)))
    }

    /// Waits for bytes; 0 is the end.
    ///
    /// The deadline is asked before every receive: under TLS records may come that carry no bytes of the peer's.
    pub(super) fn read(
        &mut self,
        buf: &mut [u8],
        deadline: &Deadline,
    ) -> Result<usize, StreamError> {
        loop {
            self.socket.limit_reads(deadline.slice(SLICE)?);
            let received = match &mut self.tls {
                None => patient(self.socket.read(buf))?,
                Some(tls) => receive(tls, &mut self.socket, &mut self.cut_off, buf)?,
            };
            if let Some(count) = received {
                return Ok(count);
            }
        }
    }

    /// What is there already, without waiting: `None` is nothing, 0 is the end.
    ///
    /// Records without content may stand before it, such as session tickets; who sends nothing else is left after a few.
    pub(super) fn glance(&mut self, buf: &mut [u8]) -> Result<Option<usize>, StreamError> {
        const MOST_RECEIVES: usize = 16;
        let mut socket = WithoutWaiting {
            socket: &mut self.socket,
            is_dry: false,
        };
        let Some(tls) = &mut self.tls else {
            return Ok(patient(socket.read(buf))?);
        };
        for _ in 0..MOST_RECEIVES {
            let received = receive(tls, &mut socket, &mut self.cut_off, buf)?;
            if received.is_some() || socket.is_dry {
                return Ok(received);
            }
        }
        Ok(None)
    }

    /// Writes some of `bytes`, waiting no longer than `limit`: 0 where none could be written in that time.
    pub(super) fn write_some(
        &mut self,
        bytes: &[u8],
        limit: Duration,
    ) -> Result<usize, StreamError> {
        let Some(tls) = &mut self.tls else {
            return Ok(patient(self.socket.write_within(bytes, limit))?.unwrap_or(0));
        };
        self.socket.limit_writes(limit);
        let taken = tls.writer().write(bytes)?;
        flush(tls, &mut self.socket)?;
        Ok(taken)
    }

    /// Writes all of `bytes`.
    pub(super) fn write_all(
        &mut self,
        mut bytes: &[u8],
        deadline: &Deadline,
    ) -> Result<(), StreamError> {
        while !bytes.is_empty() {
            let count = self.write_some(bytes, deadline.slice(SLICE)?)?;
            bytes = &bytes[count..];
        }
        while self.holds_back() {
            self.write_some(&[], deadline.slice(SLICE)?)?;
        }
        Ok(())
    }

    /// Whether TLS has taken something that is not written yet; it goes out with the next write, even one of nothing.
    pub(super) fn holds_back(&self) -> bool {
        self.tls.as_ref().is_some_and(|tls| tls.wants_write())
    }
}

/// One receive through TLS: `None` where it brought no byte of the peer's, 0 at the end.
fn receive(
    tls: &mut ClientConnection,
    socket: &mut dyn Read,
    cut_off: &mut bool,
    buf: &mut [u8],
) -> Result<Option<usize>, StreamError> {
    if let Some(count) = plain(tls, cut_off, buf)? {
        return Ok(Some(count));
    }
    if patient(tls.read_tls(socket))?.is_none() {
        return Ok(None);
    }
    tls.process_new_packets()?;
    plain(tls, cut_off, buf)
}

/// The bytes that TLS has ready.
fn plain(
    tls: &mut ClientConnection,
    cut_off: &mut bool,
    buf: &mut [u8],
) -> Result<Option<usize>, StreamError> {
    match tls.reader().read(buf) {
        Ok(count) => Ok(Some(count)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            *cut_off = true;
            Ok(Some(0))
        }
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Reads what has come; where it is refused, the alert that says so is sent as far as that goes.
fn take_records(tls: &mut ClientConnection, socket: &mut TimedSocket) -> Result<(), StreamError> {
    let read = tls.process_new_packets().map(drop);
    let sent = flush(tls, socket);
    read?;
    sent
}

/// Writes what TLS holds back, as far as the socket takes it at once: who has more to write asks the deadline before.
fn flush(tls: &mut ClientConnection, socket: &mut TimedSocket) -> Result<(), StreamError> {
    if tls.wants_write() {
        patient(tls.write_tls(socket))?;
    }
    Ok(())
}

/// Running out of patience is no error.
fn patient(done: io::Result<usize>) -> io::Result<Option<usize>> {
    use io::ErrorKind::{Interrupted, TimedOut, WouldBlock};
    match done {
        Ok(count) => Ok(Some(count)),
        Err(error) if matches!(error.kind(), WouldBlock | TimedOut | Interrupted) => Ok(None),
        Err(error) => Err(error),
    }
}
