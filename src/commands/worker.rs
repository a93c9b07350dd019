//! One wire, over which chain after chain is inspected.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::output::OutputFile;
use crate::exit::Exit;
use crate::follow::Trace;
use crate::inspect::{Inspection, Session};
use crate::model::{Request, Response};
use crate::net::{Terms, Wire};
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
    pub(super) exit: Exit,
    /// What the user should know besides the report.
    pub(super) warning: Option<String>,
}

impl Worker {
    /// A worker that reaches servers on these terms.
    pub(super) fn new(terms: Terms, body: Option<OutputFile>) -> Self {
        let interrupt = terms.interrupt.clone();
        let wire = Wire::new(terms);
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

    /// Inspects the chain that begins with `first`.
    ///
    /// # Errors
    /// When the content of the last response cannot be written.
    pub(super) fn inspect(
        &mut self,
        session: &Session,
        first: &Request,
        secrets: Secrets,
    ) -> io::Result<Inspected> {
        self.wire.begin_chain();
        let inspection = session.inspect(&mut self.wire, first);
        self.keep_body(&inspection.trace)?;
        let exit = inspection
            .exit()
            .max(self.kept(&inspection.trace))
            .max(self.interrupted());
        Ok(Inspected {
            warning: self.partly_kept(&inspection.trace),
            view: view(&inspection, secrets),
            exit,
        })
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

    /// Of a redirect that was not followed only the beginning is held; a fault of its server is in the report.
    fn partly_kept(&self, trace: &Trace) -> Option<String> {
        let content = answer(trace).map(|response| &response.content)?;
        let left = self.body.is_some() && !content.complete && content.fault.is_none();
        let kept = content.prefix.len();
        left.then(|| {
            format!("--output has only the first {kept} bytes: rehop reads no more of a redirect")
        })
    }

    /// Ctrl-C ends a run also where it came while content was read: the answer stands, and is the last.
    fn interrupted(&self) -> Exit {
        if self.interrupt.load(Ordering::Relaxed) {
            Exit::Interrupted
        } else {
            Exit::Clean
        }
    }

    /// The wire writes the content of answers; of a redirect that was not followed it holds the beginning.
    fn keep_body(&mut self, trace: &Trace) -> io::Result<()> {
        let (Some(file), Some(response)) = (&mut self.body, answer(trace)) else {
            return Ok(());
        };
        file.begin()?;
        match trace.hops.last().filter(|hop| hop.redirect.is_some()) {
            Some(_) => file.write_all(&response.content.prefix),
            None => Ok(()),
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

/// The answer that the chain ended with.
fn answer(trace: &Trace) -> Option<&Response> {
    trace
        .hops
        .last()
        .and_then(|hop| hop.exchange.answer.as_ref().ok())
}
