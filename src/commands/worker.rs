//! One wire, over which chain after chain is inspected.

use std::io::{self, Read as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::output::OutputFile;
use crate::batch::{self, Errand, Transient};
use crate::exit::Exit;
use crate::follow::Trace;
use crate::inspect::{Inspection, Session};
use crate::model::{Request, Response};
use crate::net::{Network, Wire};
use crate::report::{Secrets, View};

/// What one chain after another goes over.
pub(super) struct Worker {
    wire: Wire,
    interrupt: Arc<AtomicBool>,
    /// Where the content of the last response goes (`-o`).
    body: Option<OutputFile>,
}

/// One chain, ready to be reported.
pub(super) struct Inspected {
    pub(super) view: View,
    /// The body of the first request, secrets masked; `None` where none was sent, or where it is no short text.
    pub(super) content: Option<String>,
    pub(super) exit: Exit,
    /// Whether it may go better another time.
    pub(super) transient: Option<Transient>,
}

impl Worker {
    /// A worker that reaches servers over this network.
    pub(super) fn new(
        network: &Network,
        interrupt: Arc<AtomicBool>,
        body: Option<OutputFile>,
    ) -> Self {
        let wire = network.wire();
        let wire = match &body {
            Some(file) => wire.with_sink(Box::new(file.clone())),
            None => wire,
        };
        Self {
            wire,
            interrupt,
            body,
        }
    }

    /// Inspects the chain that begins with `first`; one that is an errand waits for each host's turn.
    ///
    /// # Errors
    /// When the content of the last response cannot be written.
    pub(super) fn inspect(
        &mut self,
        session: &Session,
        first: &Request,
        secrets: Secrets,
        errand: Option<&Errand<'_>>,
    ) -> io::Result<Inspected> {
        self.wire.begin_chain();
        if let Some(file) = &self.body {
            file.restart()?;
        }
        let inspection = match errand {
            Some(errand) => session.inspect(&mut errand.paced(&mut self.wire), first),
            None => session.inspect(&mut self.wire, first),
        };
        self.keep_body(&inspection.trace)?;
        let exit = inspection
            .exit()
            .max(self.kept(&inspection.trace))
            .max(self.interrupted());
        Ok(Inspected {
            view: view(&inspection, secrets),
            content: short_text(first, secrets),
            transient: batch::transient(&inspection.trace),
            exit,
        })
    }

    /// Follows a chain, and reports nothing.
    pub(super) fn follow(&mut self, session: &Session, first: &Request) -> Inspection {
        self.wire.begin_chain();
        session.inspect(&mut self.wire, first)
    }

    /// A file that was asked for and is not whole is no success.
    fn kept(&self, trace: &Trace) -> Exit {
        let whole = answer(trace).is_none_or(|response| response.content.complete);
        if self.body.is_some() && !whole {
            Exit::Unreached
        } else {
            Exit::Clean
        }
    }

    /// Ctrl-C ends a run also where it came while content was read: the answer stands, and is the last.
    fn interrupted(&self) -> Exit {
        if self.interrupt.load(Ordering::Relaxed) {
            Exit::Interrupted
        } else {
            Exit::Clean
        }
    }

    /// A file that was asked for is emptied though the answer has no content.
    fn keep_body(&self, trace: &Trace) -> io::Result<()> {
        match (&self.body, answer(trace)) {
            (Some(file), Some(_)) => file.begin(),
            _ => Ok(()),
        }
    }
}

fn view(inspection: &Inspection, secrets: Secrets) -> View {
    let view = View::new(&inspection.trace, &inspection.outcomes, secrets);
    match &inspection.comparison {
        Some(comparison) => view.beside(comparison, secrets),
        None => view,
    }
}

/// The content of a request, secrets masked, where it is text that a command line can hold.
fn short_text(request: &Request, secrets: Secrets) -> Option<String> {
    /// Far below what systems allow of one argument.
    const LONGEST: u64 = 16 << 10;
    let content = request.body.content()?;
    let mut bytes = Vec::new();
    // A file that has gone since was told by the chain.
    content
        .open()
        .ok()?
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .ok()?;
    let fits = bytes.len() as u64 <= LONGEST && !bytes.contains(&0);
    String::from_utf8(secrets.content(&bytes))
        .ok()
        .filter(|_| fits)
}

/// The answer that the chain ended with.
fn answer(trace: &Trace) -> Option<&Response> {
    trace
        .hops
        .last()
        .and_then(|hop| hop.exchange.answer.as_ref().ok())
}
