//! What the formats of CI show: something that was looked at, and whether it held.
//!
//! Each inspected URL is a case; a line of a rules file and a cell of a probe can be one too.

use super::view::{FindingView, Millis, View};
use crate::follow::EndKind;
use crate::rules::Severity;

/// Something that was looked at, and whether it held.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// What it is called: of a chain the URL.
    pub name: &'a str,
    /// Whether it held.
    pub state: CaseVerdict,
    /// What happened, in a sentence or a few; what came over the wire is not escaped in it.
    pub message: String,
    /// Where the user wrote it down; `None` for what was typed.
    pub place: Option<CasePlace<'a>>,
    /// The chain; `None` where nothing was sent.
    pub chain: Option<&'a View>,
    /// The body of the first request, secrets masked; `None` where none was sent, or where it is no short text.
    pub content: Option<&'a str>,
    /// How long it took.
    pub time: Millis,
    /// All that is to be told of it, what did not hold first.
    pub remarks: Vec<CaseRemark<'a>>,
}

/// Whether a case held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseVerdict {
    /// All is as it should be.
    Held,
    /// Something is not as it should be.
    Failed,
    /// It could not be found out.
    Error,
    /// It was not looked at.
    Skipped,
}

/// A place in a file of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CasePlace<'a> {
    /// The file as it was named.
    pub file: &'a str,
    /// The line, counted from 1.
    pub line: usize,
}

/// One thing to be told of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRemark<'a> {
    /// Its kind: the id of a finding, how a chain ended, or [`UNMET`].
    pub id: &'a str,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence.
    pub says: String,
    /// Where the rule behind it is written.
    pub cites: &'a [&'a str],
}

/// The kind of a remark on an expectation that did not hold.
pub const UNMET: &str = "expectation";

impl<'a> Case<'a> {
    /// The case of an inspected URL: it holds where its chain came to an end, and all that was expected of it held.
    #[must_use]
    pub fn of(view: &'a View) -> Self {
        let remarks = remarks(view);
        let state = state(view);
        let faults = remarks.iter().filter(|remark| remark.id == UNMET);
        let faults: Vec<&str> = faults.map(|remark| remark.says.as_str()).collect();
        let mut message = faults.join(" ");
        if message.is_empty() || is_cut_short(view) {
            message = format!("{} {message}", view.summary.says);
        }
        Self {
            name: &view.url,
            state,
            message: message.trim_end().to_owned(),
            place: None,
            chain: Some(view),
            content: None,
            time: view.summary.total_ms,
            remarks,
        }
    }

    /// The same, of a chain that began with this body.
    #[must_use]
    pub fn with_content(self, content: Option<&'a str>) -> Self {
        Self { content, ..self }
    }
}

/// Whether the chain did not come to an end of its own: what makes a run end with 3 or more.
fn is_cut_short(view: &View) -> bool {
    // What was not to be followed was not followed.
    !matches!(view.end.kind.0, EndKind::Landed | EndKind::NotFollowed)
}

fn state(view: &View) -> CaseVerdict {
    match view.end.kind.0 {
        EndKind::Failed | EndKind::Interrupted => CaseVerdict::Error,
        _ if is_cut_short(view) || view.expectations.iter().any(|one| !one.held) => {
            CaseVerdict::Failed
        }
        _ => CaseVerdict::Held,
    }
}

/// How the chain was cut short, what did not hold, and then what was found.
fn remarks(view: &View) -> Vec<CaseRemark<'_>> {
    let broken = is_cut_short(view).then(|| CaseRemark {
        id: view.end.kind.name(),
        severity: Severity::Error,
        says: view.end.detail.clone().unwrap_or_default(),
        cites: &[],
    });
    let unmet = view.expectations.iter().filter(|one| !one.held);
    let unmet = unmet.map(|one| CaseRemark {
        id: UNMET,
        severity: Severity::Error,
        says: format!("Expected {}, found {}.", one.text, one.actual),
        cites: &[],
    });
    let found = view.findings.iter().map(|finding| CaseRemark {
        id: finding.id,
        severity: finding.severity.0,
        says: placed(finding),
        cites: finding.cites,
    });
    broken.into_iter().chain(unmet).chain(found).collect()
}

/// `Hop 2: it leads to another origin.`
fn placed(finding: &FindingView) -> String {
    let place = finding.hop.map(|n| format!("Hop {n}: "));
    format!("{}{}.", place.unwrap_or_default(), finding.says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Actual, Outcome};
    use crate::report::Secrets;
    use crate::report::fixture::{self, Maker};

    #[test]
    fn case_holds_where_the_chain_ended_and_the_expectations_held() {
        let outcome = |held| Outcome {
            text: "status = 200".to_owned(),
            held,
            actual: Actual::Found(vec!["404".to_owned()]),
        };
        let landed = || Maker::new("GET", "http://h.example/").lands(404);
        for (trace, outcomes, state, ids, message) in [
            (landed(), vec![], CaseVerdict::Held, &[][..], "404"),
            (landed(), vec![outcome(true)], CaseVerdict::Held, &[], "404"),
            (
                landed(),
                vec![outcome(false)],
                CaseVerdict::Failed,
                &[UNMET],
                "Expected status = 200, found 404.",
            ),
            (
                fixture::circle(),
                vec![outcome(false)],
                CaseVerdict::Failed,
                &["loop", UNMET],
                "Expected status",
            ),
            (
                fixture::failed(),
                vec![],
                CaseVerdict::Error,
                &["failed"],
                "connect",
            ),
        ] {
            let view = View::new(&trace, &outcomes, Secrets::Masked);
            let case = Case::of(&view);
            assert_eq!(case.state, state, "{case:?}");
            assert!(case.message.contains(message), "{case:?}");
            let first: Vec<&str> = case.remarks.iter().map(|remark| remark.id).collect();
            assert!(first.starts_with(ids), "{first:?}");
        }
    }
}
