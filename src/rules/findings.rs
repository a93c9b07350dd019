//! The findings: what a report points at besides the verdict, one row each.
//!
//! A verdict judges the client (what RFC 9110 says of method and body at a hop); a finding is anything else that a user
//! wants pointed out, whoever caused it. Each row is read by the table, the JSON document, `--fail-on` and `explain`.

use super::links;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Likely a surprise.
    Warn,
    /// Almost certainly a fault.
    Error,
}

impl Severity {
    /// The name that the JSON document uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// One row of the table of findings.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    /// What `--fail-on`, `explain` and the JSON document call it.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One line: what it means.
    pub says: &'static str,
    /// Why it matters and what to do.
    pub why: &'static str,
    /// Where it is written.
    pub cites: &'static [&'static str],
}

/// A finding raised at a hop (or by the chain as a whole).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its row.
    pub note: &'static Note,
    /// The hop, counted from 1; `None` where the chain as a whole raises it.
    pub hop: Option<usize>,
    /// One sentence on this very case.
    pub says: String,
}

/// The row with this id.
#[must_use]
pub fn note(id: &str) -> Option<&'static Note> {
    NOTES.iter().copied().find(|note| note.id == id)
}

/// Every finding there is.
pub const NOTES: &[&Note] = &[&TOO_LONG];

/// The chain is longer than clients were once advised to follow.
pub static TOO_LONG: Note = Note {
    id: "too-long",
    severity: Severity::Warn,
    says: "the chain has more than 5 redirects",
    why: "Each redirect costs a round trip, and some clients give up after 5, the number that RFC 2068 once advised.",
    cites: &[links::REDIRECTION_3XX],
};
