//! What is shown of a trace: one [`View`], and one file for each format that reads it.
//!
//! - [`view`]: what may be shown, secrets masked; the JSON document itself. What is a secret: [`crate::rules::mask`].
//! - [`table`]: for people. [`json`]: for programs. [`explain`]: a status code or a finding, told at length.
//! - [`clients`]: what known clients do.
//! - [`sentence`]: what happened in plain words. [`escape`]: what came over the wire made harmless.
//!
//! The report of a trace, as JSON:
//!
//! ```
//! use rehop::follow::{FollowOptions, Follower};
//! use rehop::model::{Body, Exchange, Headers, Method, Request, Response};
//! use rehop::report::{Detail, Format, Layout, Secrets, View};
//! use rehop::rules::Policy;
//!
//! let url = "http://example.com/?token=s3cret".parse()?;
//! let first = Request::new(Method::GET, url, Headers::new(), Body::NONE);
//! let mut chain = Follower::new(Policy::fetch(), FollowOptions::default(), first.clone());
//! chain.heard(Exchange::answered(&first, Ok(Response::new(200))));
//! let view = View::new(&chain.finish(), &[], Secrets::Masked);
//!
//! let layout = Layout { width: 80, unicode: true, colour: false, detail: Detail::Normal, whole: false };
//! let (mut report, mut out) = (Format::Json.report(layout), Vec::new());
//! report.begin(&mut out, 1)?;
//! report.trace(&mut out, &view)?;
//! let text = String::from_utf8(out)?;
//! assert!(text.contains("\"url\": \"http://example.com/?token=***\""));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod access;
pub mod case;
#[cfg(feature = "platforms")]
pub mod check;
pub mod clients;
mod document;
pub mod escape;
pub mod explain;
#[cfg(test)]
mod fixture;
mod format;
pub mod formats;
#[cfg(test)]
mod goldens;
mod grid;
pub mod json;
mod layout;
mod names;
mod page;
pub mod probe;
pub mod say;
#[cfg(test)]
mod schema;
pub mod sentence;
mod style;
pub mod table;
mod tone;
mod units;
pub mod view;

use std::io::{self, Write};

pub use crate::rules::mask::Secrets;
pub use document::Document;
pub use format::Format;
pub use layout::{Detail, Layout};
pub use tone::Tone;
pub use view::View;

use case::Case;

use crate::follow::EndKind;
use crate::rules::BodyFate;

/// One format: told when a run begins, of each trace as it is done, and when the run ends.
pub trait Report {
    /// Begins a report of about this many traces.
    ///
    /// # Errors
    /// Whatever writing gives; so do the others.
    fn begin(&mut self, _out: &mut dyn Write, _traces: usize) -> io::Result<()> {
        Ok(())
    }

    /// Reports one trace.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()>;

    /// Reports one case. A format of chains tells the chain of it, and nothing where there is none.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn case(&mut self, out: &mut dyn Write, case: &Case) -> io::Result<()> {
        match case.chain {
            Some(view) => self.trace(out, view),
            None => Ok(()),
        }
    }

    /// Ends the report.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn end(&mut self, _out: &mut dyn Write, _totals: &Totals) -> io::Result<()> {
        Ok(())
    }
}

/// All traces of a run together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Totals {
    /// How many traces there were.
    pub traces: usize,
    /// Those that landed with method and body as sent.
    pub kept: usize,
    /// Those that landed with another method, without the body, or before it was sent whole.
    pub changed: usize,
    /// Those that did not land.
    pub stopped: usize,
    /// Redirects followed.
    pub redirects: usize,
    /// Expectations that did not hold.
    pub unmet: usize,
    /// The time of all hops, in milliseconds; those of several traces may have run at once.
    pub total_ms: f64,
    /// Requests sent.
    pub requests: usize,
    /// How long the run took, in milliseconds.
    pub wall_ms: f64,
}

impl Totals {
    /// Counts one more trace.
    pub fn add(&mut self, view: &View) {
        let summary = &view.summary;
        let landed = view.end.kind.0 == EndKind::Landed;
        let whole =
            |hop: &view::HopView| hop.request.body.as_ref().is_none_or(|body| body.complete);
        let sent = view.hops.last().is_none_or(whole);
        let kept = sent && summary.method.kept && summary.body.0 != BodyFate::Dropped;
        self.traces += 1;
        self.kept += usize::from(landed && kept);
        self.changed += usize::from(landed && !kept);
        self.stopped += usize::from(!landed);
        self.redirects += summary.redirects;
        self.unmet += view
            .expectations
            .iter()
            .filter(|expectation| !expectation.held)
            .count();
        self.total_ms += summary.total_ms.0;
        self.requests += view.hops.len();
    }
}
