//! The content of a response: into the sink where there is one and the response leads nowhere, else only as much as is held.

use std::io::{self, Read, Write};

use ureq::Body;

use crate::model::Received;

use super::failure;
use super::framing::Framing;
use super::socket::Trouble;
use super::tap::{Shared, is_redirect};
use super::terms::Limits;
use super::watch::Stop;

/// Reads the content that follows the head on the desk.
///
/// Where it is not read to its end, dropping `body` gives the connection up.
pub(super) fn receive(
    body: Body,
    desk: &Shared,
    limits: &Limits,
    sink: Option<&mut (dyn Write + Send + 'static)>,
) -> Received {
    let (framing, leads_on) = match &desk.lock().record.answer {
        Some((head, framing, _)) => (framing.clone(), is_redirect(head)),
        None => (Framing::None, false),
    };
    if let Framing::Broken(fault) = framing {
        return Received {
            fault: Some(fault),
            ..Received::default()
        };
    }
    let mut reading = Reading {
        received: Received::default(),
        held: limits.held,
        sink: sink.filter(|_| !leads_on),
    };
    if let Err(error) = reading.all(&mut body.into_reader()) {
        let broke_off = desk.lock().record.broke_off.take();
        // Not to wait for the end of a stream that nobody wants is our choice, no fault of its server.
        let left = reading.sink.is_none() && is_stream(&framing) && is_timeout(broke_off.as_ref());
        let had = reading.received.bytes;
        reading.received.fault = (!left).then(|| fault(&framing, had, broke_off.as_ref(), &error));
    }
    reading.received
}

struct Reading<'a> {
    received: Received,
    held: usize,
    sink: Option<&'a mut (dyn Write + Send + 'static)>,
}

/// Why reading content ended early.
enum Cut {
    /// It could not be read.
    Content(io::Error),
    /// The sink did not take it.
    Sink(io::Error),
}

impl Reading<'_> {
    fn all(&mut self, reader: &mut dyn Read) -> Result<(), Cut> {
        let mut buf = [0; 16 * 1024];
        loop {
            let n = reader.read(&mut buf).map_err(Cut::Content)?;
            if n == 0 {
                self.received.complete = true;
                return Ok(());
            }
            self.received.bytes += n as u64;
            let room = self.held - self.received.prefix.len();
            self.received.prefix.extend_from_slice(&buf[..n.min(room)]);
            match &mut self.sink {
                Some(sink) => sink.write_all(&buf[..n]).map_err(Cut::Sink)?,
                None if n > room => return Ok(()),
                None => {}
            }
        }
    }
}

/// One sentence on why content broke off after `had` bytes.
fn fault(framing: &Framing, had: u64, trouble: Option<&Trouble>, cut: &Cut) -> String {
    let error = match cut {
        Cut::Sink(error) => {
            return format!(
                "its content could not be written after {had} bytes: {}",
                failure::plain(error)
            );
        }
        Cut::Content(error) => error,
    };
    match (trouble, framing) {
        (Some(Trouble::Stopped(Stop::Interrupted)), _) => {
            format!("its content was interrupted after {had} bytes")
        }
        (Some(Trouble::Stopped(Stop::TimedOut(limit))), _) => {
            format!(
                "its content did not end within {}: {had} bytes were read",
                failure::seconds(*limit)
            )
        }
        (Some(Trouble::Io(error)), _) => format!(
            "its content broke off after {had} bytes: {}",
            failure::plain(error)
        ),
        (_, Framing::Length(length)) => format!("its content ended after {had} of {length} bytes"),
        (_, Framing::Chunked) if is_protocol(error) => {
            format!("its chunks are malformed after {had} bytes of content")
        }
        (_, Framing::Chunked) => {
            format!("its content ended after {had} bytes, before its last chunk")
        }
        (_, _) => format!(
            "its content broke off after {had} bytes: {}",
            failure::plain(error)
        ),
    }
}

/// Whether nobody said how long it is.
fn is_stream(framing: &Framing) -> bool {
    matches!(framing, Framing::Chunked | Framing::UntilClose)
}

fn is_timeout(trouble: Option<&Trouble>) -> bool {
    matches!(trouble, Some(Trouble::Stopped(Stop::TimedOut(_))))
}

/// Whether ureq took exception to the bytes rather than to their end.
fn is_protocol(error: &io::Error) -> bool {
    error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<ureq::Error>())
        .is_some_and(|error| matches!(error, ureq::Error::Protocol(_)))
}
