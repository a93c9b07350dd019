//! One thing that lint found.

use crate::platforms::file::{Remark, RuleFile, Unheeded};
use crate::platforms::lint_id::LintId;
use crate::platforms::rule::{Place, RuleId};

/// One thing that lint found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LintFinding {
    /// What it is.
    pub id: LintId,
    /// Where it is.
    pub place: Place,
    /// The rule, where it is one's.
    pub rule: Option<RuleId>,
    /// Where the other rule stands that it is about.
    pub other: Option<Place>,
    /// One sentence on this very case.
    pub says: String,
    /// What would mend it; empty where nothing need be done.
    pub cure: String,
    /// The target past a chain.
    pub flattened: Option<String>,
}

impl LintFinding {
    /// A finding at the beginning of the file.
    pub(super) fn at_start(id: LintId) -> Self {
        Self {
            id,
            place: Place { line: 1, column: 1 },
            rule: None,
            other: None,
            says: String::new(),
            cure: String::new(),
            flattened: None,
        }
    }

    /// A finding at this rule.
    pub(super) fn of(file: &RuleFile, rule: RuleId, id: LintId) -> Self {
        Self {
            place: file.rules[rule].place,
            rule: Some(rule),
            ..Self::at_start(id)
        }
    }

    pub(super) fn says(self, says: String) -> Self {
        Self { says, ..self }
    }

    pub(super) fn cure(self, cure: &str) -> Self {
        Self {
            cure: cure.to_owned(),
            ..self
        }
    }

    pub(super) fn other(self, other: Place) -> Self {
        Self {
            other: Some(other),
            ..self
        }
    }

    /// What the platform drops.
    pub(super) fn unheeded(unheeded: &Unheeded) -> Self {
        Self {
            place: unheeded.place,
            ..Self::at_start(LintId::IgnoredByPlatform)
        }
        .says(format!(
            "the platform drops `{}`: {}",
            unheeded.text.trim(),
            unheeded.reason
        ))
    }

    /// What the reader noticed.
    pub(super) fn remark(file: &RuleFile, rule: RuleId, remark: Remark) -> Self {
        Self::of(file, rule, remark.id).says(remark.says)
    }
}
