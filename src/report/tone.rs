//! How good something is, in one word: the one scale of marks of a report.

use crate::rules::{Severity, Verdict};

/// How good a hop or a chain was, best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// All went as it was asked for.
    Good,
    /// Something to know: it went as the specification lets it go, and elsewhere it may go otherwise.
    Fair,
    /// Something is wrong, or failed.
    Bad,
}

impl Tone {
    /// How good it is to do what the law calls this.
    #[must_use]
    pub fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Required | Verdict::Recommended => Self::Good,
            Verdict::Permitted => Self::Fair,
            Verdict::Discouraged | Verdict::Forbidden => Self::Bad,
        }
    }

    /// How good it is where a finding of this severity is raised.
    #[must_use]
    pub fn raised(severity: Severity) -> Self {
        match severity {
            Severity::Info => Self::Good,
            Severity::Warn => Self::Fair,
            Severity::Error => Self::Bad,
        }
    }
}
