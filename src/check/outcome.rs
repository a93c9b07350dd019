//! What became of an expectation.

use crate::model::Status;
use crate::rules::Finding;
use crate::rules::cookie::CookieRefusal;

/// Whether one expectation held, and what was there instead where it did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The expectation, as the user wrote it but for its spacing.
    pub text: String,
    /// Whether it held.
    pub held: bool,
    /// What was found. Comes from servers: a report masks and escapes it.
    pub actual: Actual,
}

/// What was found where an expectation looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actual {
    /// One value, or those of several lines of a field.
    Found(Vec<String>),
    /// Nothing to compare with, and why.
    Absent(Absent),
    /// The findings that `--fail-on` asked about; none where the chain raised none.
    Raised(Vec<Finding>),
}

/// Why there is nothing to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Absent {
    /// The chain has no such hop.
    Hop(usize),
    /// The hop was not answered: it has no status.
    Answer,
    /// Some hops were not answered: the codes of all, `None` for those.
    Codes(Vec<Option<Status>>),
    /// The URL has no host.
    Host,
    /// The chain has no redirect.
    Redirect,
    /// The hop was not answered: it has no fields.
    Response,
    /// The response has no such field.
    Field,
    /// There may have been such a field, but this head was not kept whole.
    FieldNotKept,
    /// No response of the chain sets such a cookie, or the last that does lets it expire.
    Cookie,
    /// It is set and not kept, by its own fault.
    CookieRefused {
        /// The hop whose response sets it, counted from 1.
        hop: usize,
        /// Why it is not kept.
        why: CookieRefusal,
    },
}

impl Absent {
    /// Whether it is known that there is no such thing, so that `absent` holds: of a hop that was not made or not answered
    /// nobody knows what it would have had.
    pub(super) fn is_known(&self) -> bool {
        !matches!(
            self,
            Self::Hop(_) | Self::Codes(_) | Self::Host | Self::Response | Self::FieldNotKept
        )
    }
}
