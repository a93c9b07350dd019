//! Reads requests off a connection, one after the other.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use ring::digest;

use super::request::{RequestFraming, RequestHead, RequestRefusal};
use super::wire::LabWire;
use crate::model::Digest;

/// How long a connection may lie idle before a request begins.
const IDLE: Duration = Duration::from_secs(60);
/// How long a head may take from its first byte to its last.
const HEAD_PATIENCE: Duration = Duration::from_secs(20);
/// How long content may pause.
const CONTENT_PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of a head: more than the longest Location that the lab sends (40 kB), which comes back as a target.
const HEAD_LIMIT: usize = 64 * 1024;
/// Bytes of a chunk's size line, extensions included.
const CHUNK_LINE_LIMIT: usize = 4 * 1024;
/// Bytes of content that an arrival keeps; the rest is only counted and hashed.
const KEPT: usize = 64 * 1024;
/// Bytes asked of the socket at once for a head: thousands of connections wait with as much.
const HEAD_STEP: usize = 4 * 1024;
/// Bytes asked of the socket at once for content.
const CONTENT_STEP: usize = 64 * 1024;

/// The content of a request as far as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestContent {
    /// Its length and hash, without the transfer coding.
    pub digest: Digest,
    /// The first 64 KiB of it.
    pub prefix: Vec<u8>,
    /// How it was framed.
    pub framing: RequestFraming,
}

impl RequestContent {
    /// Whether `prefix` is all of it.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.digest.complete && self.digest.bytes == self.prefix.len() as u64
    }
}

/// What came where a head was awaited.
pub(super) enum HeardRequest {
    Head(RequestHead),
    /// Something else: the refusal is sent, and the connection ends.
    Junk(RequestRefusal),
    /// Nothing: the peer left or lay idle.
    Nothing,
}

/// The receiving side of a connection.
pub(super) struct RequestReader {
    pub(super) wire: LabWire,
    /// Read from the socket and not yet used.
    buffer: Vec<u8>,
}

impl RequestReader {
    pub(super) fn new(wire: LabWire) -> Self {
        Self {
            wire,
            buffer: Vec::new(),
        }
    }

    /// The next head.
    pub(super) fn head(&mut self) -> HeardRequest {
        match self.head_bytes() {
            Ok(Some(bytes)) => {
                RequestHead::parse(&bytes).map_or_else(HeardRequest::Junk, HeardRequest::Head)
            }
            Ok(None) => HeardRequest::Junk(RequestRefusal {
                status: 431,
                says: "a head may have 64 KiB here".into(),
            }),
            Err(_) => HeardRequest::Nothing,
        }
    }

    /// Waits for the first bytes of whatever comes next.
    pub(super) fn anything(&mut self, patience: Duration) -> io::Result<()> {
        self.wire.read_until(Instant::now() + patience);
        if self.buffer.is_empty() {
            self.fill(HEAD_STEP)
        } else {
            Ok(())
        }
    }

    /// Reads and forgets until the peer has closed or the time is over.
    pub(super) fn drain(&mut self, patience: Duration) {
        self.wire.read_until(Instant::now() + patience);
        self.buffer.clear();
        while self.fill(HEAD_STEP).is_ok() {
            self.buffer.clear();
        }
    }

    /// Reads the content of a request, and gives as much as came of it with the error that ended it.
    ///
    /// It reads until the deadline; without one, as long as the content keeps coming.
    pub(super) fn content(
        &mut self,
        framing: RequestFraming,
        deadline: Option<Instant>,
    ) -> (Option<RequestContent>, io::Result<()>) {
        if framing == RequestFraming::None {
            return (None, Ok(()));
        }
        let mut tally = ContentTally::new();
        let mut reading = ReadRequest {
            from: self,
            tally: &mut tally,
            deadline,
        };
        let outcome = match framing {
            RequestFraming::None => Ok(()),
            RequestFraming::Length(bytes) => reading.take(bytes),
            RequestFraming::Chunked => reading.chunks(),
        };
        (Some(tally.content(framing, outcome.is_ok())), outcome)
    }

    /// The bytes up to the empty line; `None` where there is none within the limit.
    fn head_bytes(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.anything(IDLE)?;
        self.wire.read_until(Instant::now() + HEAD_PATIENCE);
        let mut searched = 0;
        loop {
            self.skip_leading_line_ends();
            if let Some((head, all)) = end_of_head(&self.buffer, searched) {
                let bytes = self.buffer[..head].to_vec();
                self.buffer.drain(..all);
                return Ok(Some(bytes));
            }
            if self.buffer.len() > HEAD_LIMIT {
                return Ok(None);
            }
            searched = self.buffer.len();
            self.fill(HEAD_STEP)?;
        }
    }

    /// Some clients end content with a CRLF too many (RFC 9112 §2.2).
    fn skip_leading_line_ends(&mut self) {
        let ends = self
            .buffer
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        self.buffer.drain(..ends);
    }

    /// Adds what the socket has, up to `step` bytes, to the buffer; the end of the stream is an error here, for a request is under way.
    fn fill(&mut self, step: usize) -> io::Result<()> {
        let before = self.buffer.len();
        self.buffer.resize(before + step, 0);
        let read = self.wire.read(&mut self.buffer[before..]);
        self.buffer.truncate(before + *read.as_ref().unwrap_or(&0));
        match read {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Where the head ends, and where what follows it begins. Lines may end with LF alone (RFC 9112 §2.2).
fn end_of_head(buffer: &[u8], searched: usize) -> Option<(usize, usize)> {
    let from = searched.saturating_sub(3);
    let rest = &buffer[from..];
    rest.iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .find_map(|(at, _)| match &rest[at + 1..] {
            [b'\n', ..] => Some((from + at, from + at + 2)),
            [b'\r', b'\n', ..] => Some((from + at, from + at + 3)),
            _ => None,
        })
}

/// Content being read.
struct ReadRequest<'a> {
    from: &'a mut RequestReader,
    tally: &'a mut ContentTally,
    deadline: Option<Instant>,
}

impl ReadRequest<'_> {
    fn more(&mut self) -> io::Result<()> {
        self.from.wire.read_until(
            self.deadline
                .unwrap_or_else(|| Instant::now() + CONTENT_PATIENCE),
        );
        self.from.fill(CONTENT_STEP)
    }

    /// Counts so many bytes.
    fn take(&mut self, mut left: u64) -> io::Result<()> {
        while left > 0 {
            if self.from.buffer.is_empty() {
                self.more()?;
            }
            let have = self.from.buffer.len();
            let now = usize::try_from(left).map_or(have, |left| left.min(have));
            self.tally.add(&self.from.buffer[..now]);
            self.from.buffer.drain(..now);
            left -= now as u64;
        }
        Ok(())
    }

    /// Reads the chunked coding ([RFC 9112 §7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1)).
    fn chunks(&mut self) -> io::Result<()> {
        loop {
            let line = self.line(CHUNK_LINE_LIMIT)?;
            match chunk_size(&line).ok_or(io::ErrorKind::InvalidData)? {
                0 => return self.trailers(),
                size => self.take(size)?,
            }
            if !self.line(CHUNK_LINE_LIMIT)?.is_empty() {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
    }

    fn trailers(&mut self) -> io::Result<()> {
        let mut left = HEAD_LIMIT;
        loop {
            let line = self.line(left)?;
            if line.is_empty() {
                return Ok(());
            }
            left = left.saturating_sub(line.len());
        }
    }

    /// The next line, without its end.
    fn line(&mut self, limit: usize) -> io::Result<Vec<u8>> {
        loop {
            if let Some(end) = self
                .from
                .buffer
                .iter()
                .take(limit + 2)
                .position(|&byte| byte == b'\n')
            {
                let line: Vec<u8> = self.from.buffer.drain(..=end).take(end).collect();
                return Ok(line.strip_suffix(b"\r").map(<[u8]>::to_vec).unwrap_or(line));
            }
            if self.from.buffer.len() > limit {
                return Err(io::ErrorKind::InvalidData.into());
            }
            self.more()?;
        }
    }
}

fn chunk_size(line: &[u8]) -> Option<u64> {
    let digits = line.split(|&byte| byte == b';').next()?.trim_ascii();
    let plain = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    plain
        .then(|| u64::from_str_radix(str::from_utf8(digits).ok()?, 16).ok())
        .flatten()
}

/// Counts and hashes content; keeps its beginning.
struct ContentTally {
    hash: digest::Context,
    bytes: u64,
    prefix: Vec<u8>,
}

impl ContentTally {
    fn new() -> Self {
        Self {
            hash: digest::Context::new(&digest::SHA256),
            bytes: 0,
            prefix: Vec::new(),
        }
    }

    fn add(&mut self, piece: &[u8]) {
        self.hash.update(piece);
        self.bytes += piece.len() as u64;
        let room = KEPT - self.prefix.len();
        self.prefix
            .extend_from_slice(&piece[..room.min(piece.len())]);
    }

    fn content(self, framing: RequestFraming, complete: bool) -> RequestContent {
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(self.hash.finish().as_ref());
        RequestContent {
            digest: Digest {
                bytes: self.bytes,
                sha256,
                complete,
            },
            prefix: self.prefix,
            framing,
        }
    }
}
