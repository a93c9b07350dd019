//! What a report of a check is made from.

use crate::check::{CaseDifference, CaseState};
use crate::platforms::{LintFinding, RuleFile};
use crate::report::view::View;

/// A file that was checked.
#[derive(Debug)]
pub struct CheckedFile {
    /// Its path, as named.
    pub path: String,
    /// Its type.
    pub kind: &'static str,
    /// Its dialect, where its type has several.
    pub dialect: Option<&'static str>,
    /// Its rules.
    pub rules: RuleFile,
    /// What lint found.
    pub lint: Vec<LintFinding>,
    /// Its cases, in the order of the file.
    pub cases: Vec<CaseView>,
}

/// A case, with what was seen.
#[derive(Debug)]
pub struct CaseView {
    /// What is asked: `GET /old`.
    pub name: String,
    /// The line of the rule.
    pub line: usize,
    /// The URL that was asked, without its secrets; `None` where nothing was sent.
    pub url: Option<String>,
    /// The method.
    pub method: String,
    /// What became of it.
    pub state: CaseState,
    /// What the file says.
    pub expected: String,
    /// What was seen first: `302 /x`.
    pub actual: Option<String>,
    /// What is not as the file says.
    pub differences: Vec<CaseDifference>,
    /// The chain.
    pub trace: Option<View>,
}

impl CaseView {
    /// Whether it speaks against the site or the file.
    #[must_use]
    pub fn is_bad(&self) -> bool {
        matches!(self.state, CaseState::Failed | CaseState::Error)
    }
}
