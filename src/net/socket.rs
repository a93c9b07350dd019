//! A connected socket, and the same under TLS, read and written in slices of time.

use std::io::{self, Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::time::Duration;

use rustls::ClientConnection;

use super::watch::{SLICE, Stop, Watch};

/// Why bytes did not move.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The system said so.
    Io(io::Error),
    /// TLS said so.
    Tls(rustls::Error),
    /// The other side closed where it should not have.
    Closed,
    /// We gave up waiting.
    Stopped(Stop),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<rustls::Error> for Trouble {
    fn from(error: rustls::Error) -> Self {
        Self::Tls(error)
    }
}

impl From<Stop> for Trouble {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

/// A stream socket of either kind.
#[derive(Debug)]
pub(super) enum Socket {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

impl Socket {
    /// How long the next reads may block. An error shows at the next read (macOS refuses this on a socket that is reset).
    fn read_patience(&self, patience: Duration) {
        let patience = Some(patience.max(Duration::from_millis(1)));
        match self {
            Self::Tcp(stream) => drop(stream.set_read_timeout(patience)),
            #[cfg(unix)]
            Self::Unix(stream) => drop(stream.set_read_timeout(patience)),
        }
    }

    /// How long the next writes may block.
    fn write_patience(&self, patience: Duration) {
        let patience = Some(patience.max(Duration::from_millis(1)));
        match self {
            Self::Tcp(stream) => drop(stream.set_write_timeout(patience)),
            #[cfg(unix)]
            Self::Unix(stream) => drop(stream.set_write_timeout(patience)),
        }
    }

    fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.set_nonblocking(nonblocking),
            #[cfg(unix)]
            Self::Unix(stream) => stream.set_nonblocking(nonblocking),
        }
    }
}

impl Read for Socket {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.read(buf),
            #[cfg(unix)]
            Self::Unix(stream) => stream.read(buf),
        }
    }
}

impl Write for Socket {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.write(buf),
            #[cfg(unix)]
            Self::Unix(stream) => stream.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A connection that carries plain bytes: a socket, or TLS over one.
#[derive(Debug)]
pub(super) struct Line {
    socket: Socket,
    tls: Option<Box<ClientConnection>>,
}

impl Line {
    pub(super) fn new(socket: Socket) -> Self {
        Self { socket, tls: None }
    }

    /// Whether bytes pass through TLS.
    pub(super) fn is_tls(&self) -> bool {
        self.tls.is_some()
    }

    /// Puts TLS over the socket and shakes hands.
    pub(super) fn secure(
        &mut self,
        mut tls: ClientConnection,
        watch: &Watch,
    ) -> Result<&ClientConnection, Trouble> {
        while tls.is_handshaking() {
            let slice = watch.slice(SLICE)?;
            self.socket.write_patience(slice);
            flush(&mut tls, &mut self.socket)?;
            if !tls.is_handshaking() {
                break;
            }
            self.socket.read_patience(slice);
            match patient(tls.read_tls(&mut self.socket))? {
                Some(0) => return Err(Trouble::Closed),
                Some(_) => take_records(&mut tls, &mut self.socket)?,
                None => {}
            }
        }
        while tls.wants_write() {
            self.socket.write_patience(watch.slice(SLICE)?);
            flush(&mut tls, &mut self.socket)?;
        }
        Ok(self.tls.insert(Box::new(tls)))
    }

    /// Waits for bytes; 0 is the end.
    pub(super) fn read(&mut self, buf: &mut [u8], watch: &Watch) -> Result<usize, Trouble> {
        loop {
            self.socket.read_patience(watch.slice(SLICE)?);
            if let Some(n) = self.receive(buf)? {
                return Ok(n);
            }
        }
    }

    /// What is there already, without waiting: `None` is nothing, 0 is the end.
    pub(super) fn glance(&mut self, buf: &mut [u8]) -> Result<Option<usize>, Trouble> {
        self.socket.set_nonblocking(true)?;
        let seen = self.receive(buf);
        self.socket.set_nonblocking(false)?;
        seen
    }

    /// Writes some of `bytes`, waiting no longer than `patience`: 0 where none could be written in that time.
    pub(super) fn write_some(
        &mut self,
        bytes: &[u8],
        patience: Duration,
    ) -> Result<usize, Trouble> {
        self.socket.write_patience(patience);
        let Some(tls) = &mut self.tls else {
            return Ok(patient(self.socket.write(bytes))?.unwrap_or(0));
        };
        let taken = tls.writer().write(bytes)?;
        flush(tls, &mut self.socket)?;
        Ok(taken)
    }

    /// Writes all of `bytes`.
    pub(super) fn write_all(&mut self, mut bytes: &[u8], watch: &Watch) -> Result<(), Trouble> {
        while !bytes.is_empty() {
            let n = self.write_some(bytes, watch.slice(SLICE)?)?;
            bytes = &bytes[n..];
        }
        self.finish(watch)
    }

    /// Sends what TLS still holds back.
    pub(super) fn finish(&mut self, watch: &Watch) -> Result<(), Trouble> {
        while self.tls.as_ref().is_some_and(|tls| tls.wants_write()) {
            self.write_some(&[], watch.slice(SLICE)?)?;
        }
        Ok(())
    }

    /// One read with the patience that the socket has.
    fn receive(&mut self, buf: &mut [u8]) -> Result<Option<usize>, Trouble> {
        let Some(tls) = &mut self.tls else {
            return Ok(patient(self.socket.read(buf))?);
        };
        loop {
            match tls.reader().read(buf) {
                Ok(n) => return Ok(Some(n)),
                // An end without close_notify: how much of the content came is judged by its framing.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(Some(0)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error.into()),
            }
            if patient(tls.read_tls(&mut self.socket))?.is_none() {
                return Ok(None);
            }
            take_records(tls, &mut self.socket)?;
        }
    }
}

/// Reads what has come; where it is refused, the alert that says so is sent as far as that goes.
fn take_records(tls: &mut ClientConnection, socket: &mut Socket) -> Result<(), Trouble> {
    let read = tls.process_new_packets().map(drop);
    let sent = flush(tls, socket);
    read?;
    sent
}

/// Writes what TLS holds back, as far as the socket takes it.
fn flush(tls: &mut ClientConnection, socket: &mut Socket) -> Result<(), Trouble> {
    while tls.wants_write() {
        if patient(tls.write_tls(socket))?.is_none() {
            break;
        }
    }
    Ok(())
}

/// Running out of patience is no error.
fn patient(done: io::Result<usize>) -> io::Result<Option<usize>> {
    use io::ErrorKind::{Interrupted, TimedOut, WouldBlock};
    match done {
        Ok(n) => Ok(Some(n)),
        Err(error) if matches!(error.kind(), WouldBlock | TimedOut | Interrupted) => Ok(None),
        Err(error) => Err(error),
    }
}
