//! The cases that a rules file makes, and what became of each on a site that runs.

use url::Url;

use crate::follow::{EndKind, Trace};
use crate::model::{Response, Status, enumerated};
use crate::platforms::{Answer, Place, RuleFile, RuleId, Visit};

/// A request that the simulation says a rule answers, and the answer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RuleCase {
    /// The rule.
    pub rule: RuleId,
    /// Where the rule stands.
    pub place: Place,
    /// What is asked.
    pub visit: Visit,
    /// What the platform answers, as simulated.
    pub answer: Answer,
}

enumerated! {
    /// What became of a case.
    #[non_exhaustive]
    pub enum CaseState {
        /// The site answers as the file says.
        Held = "held",
        /// It does not.
        Failed = "failed",
        /// It was not asked: the file names no host, and no base was given.
        Skipped = "skipped",
        /// The site answers as one of the branches says that the file alone leaves open.
        Depends = "depends",
        /// The request could not be made, or was not answered.
        Error = "error",
    }
}

/// One thing that is not as the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseDifference {
    /// `status`, `location` or `end`.
    pub key: &'static str,
    /// What the file says.
    pub expected: String,
    /// What was seen.
    pub actual: String,
}

/// The cases of a file: for each rule up to `samples` requests that this very rule answers.
#[must_use]
pub fn cases(file: &RuleFile, samples: usize) -> Vec<RuleCase> {
    let of_rule = |rule: RuleId| {
        let asked = file
            .samples(rule)
            .into_iter()
            .map(move |visit| (rule, visit));
        let answered = asked.map(|(rule, visit)| RuleCase {
            rule,
            place: file.rules[rule].place,
            answer: file.simulate(&visit),
            visit,
        });
        answered.filter(RuleCase::is_of_its_rule).take(samples)
    };
    (0..file.rules.len()).flat_map(of_rule).collect()
}

impl RuleCase {
    /// Whether it is this rule that answers, in one of the branches at least.
    fn is_of_its_rule(&self) -> bool {
        let by_this = |answer: &&Answer| match answer {
            Answer::Redirect { rule, .. }
            | Answer::Status { rule, .. }
            | Answer::Page { rule, .. } => *rule == self.rule,
            _ => false,
        };
        branches(&self.answer).iter().any(by_this)
    }

    /// What the file says, in a few words: `301 /new`, `410`; of open conditions each branch.
    #[must_use]
    pub fn expected(&self) -> String {
        let words: Vec<String> = branches(&self.answer).into_iter().map(expected).collect();
        words.join(" or ")
    }

    /// What became of this case, where `asked` was followed as `trace` says.
    #[must_use]
    pub fn judge(&self, asked: &Url, trace: &Trace) -> (CaseState, Vec<CaseDifference>) {
        let first = trace
            .hops
            .first()
            .and_then(|hop| hop.exchange.answer.as_ref().ok());
        let Some(first) = first else {
            return (CaseState::Error, Vec::new());
        };
        let all = branches(&self.answer);
        let differ: Vec<Vec<CaseDifference>> = all
            .iter()
            .map(|answer| {
                differences(
                    answer,
                    &AskedAt {
                        url: asked,
                        host: &self.visit.host,
                    },
                    first,
                )
            })
            .collect();
        let nearest = differ.into_iter().min_by_key(Vec::len).unwrap_or_default();
        let mut found = nearest;
        if found.is_empty() {
            found.extend(end(trace));
        }
        let state = match (found.is_empty(), all.len()) {
            (false, _) => CaseState::Failed,
            (true, 1) => CaseState::Held,
            (true, _) => CaseState::Depends,
        };
        (state, found)
    }
}

/// Every answer that the file leaves possible.
fn branches(answer: &Answer) -> Vec<&Answer> {
    match answer {
        Answer::Depends {
            held, otherwise, ..
        } => [branches(held), branches(otherwise)].concat(),
        answer => vec![answer],
    }
}

fn expected(answer: &Answer) -> String {
    match answer {
        Answer::Redirect {
            status, location, ..
        } => format!("{status} {location}"),
        Answer::Status { code, .. } => code.to_string(),
        Answer::Page { location, .. } => format!("a page that refreshes to {location}"),
        Answer::Served { .. } => "content".to_owned(),
        _ => "no rule".to_owned(),
    }
}

fn differences(answer: &Answer, asked: &AskedAt, seen: &Response) -> Vec<CaseDifference> {
    let mut found = Vec::new();
    let mut status = |expected: u16| {
        if seen.status.code() != expected {
            let actual = seen.status.code().to_string();
            found.push(CaseDifference {
                key: "status",
                expected: expected.to_string(),
                actual,
            });
        }
    };
    match answer {
        Answer::Redirect {
            status: code,
            location,
            ..
        } => {
            status(*code);
            found.extend(elsewhere(location, asked, seen));
        }
        Answer::Status { code, .. } => status(*code),
        // What content says is the site's own; only a redirect would be another answer.
        _ if seen.status.is_redirection() => {
            let actual = seen.status.code().to_string();
            found.push(CaseDifference {
                key: "status",
                expected: expected(answer),
                actual,
            });
        }
        _ => {}
    }
    found
}

/// Where a case was asked, and the host that its rule is for.
struct AskedAt<'a> {
    url: &'a Url,
    host: &'a str,
}

impl AskedAt<'_> {
    /// Where a Location leads; the host of the rule counts as the one that was asked, whatever its port.
    fn resolved(&self, location: &str) -> Option<Url> {
        let mut url = self.url.join(location).ok()?;
        if url.host_str() == Some(self.host) {
            url.set_scheme(self.url.scheme()).ok()?;
            url.set_host(self.url.host_str()).ok()?;
            url.set_port(self.url.port()).ok()?;
        }
        Some(url)
    }
}

/// Where the Location leads elsewhere than the file says. A path of the file is one at the host that was asked.
fn elsewhere(location: &str, asked: &AskedAt, seen: &Response) -> Option<CaseDifference> {
    let value = seen.headers.get("location");
    let actual = value.map(|value| String::from_utf8_lossy(value).into_owned());
    let expected = asked.resolved(location);
    let same =
        expected.is_some() && actual.as_deref().and_then(|text| asked.resolved(text)) == expected;
    (!same).then(|| CaseDifference {
        key: "location",
        expected: location.to_owned(),
        actual: actual.unwrap_or_else(|| "none".to_owned()),
    })
}

/// What is wrong with where the chain ends: it must be an answer, and not one of an error.
fn end(trace: &Trace) -> Option<CaseDifference> {
    let end = &trace.end;
    let status = end.status.map_or(0, Status::code);
    let first = trace
        .hops
        .first()
        .and_then(|hop| hop.exchange.answer.as_ref().ok());
    // A file may want an error: then the first answer is the last.
    let at_once =
        trace.hops.len() == 1 && first.is_some_and(|first| !first.status.is_redirection());
    let good = end.kind() == EndKind::Landed && (status < 400 || at_once);
    (!good).then(|| CaseDifference {
        key: "end",
        expected: "an answer below 400".to_owned(),
        actual: match end.kind() {
            EndKind::Landed => status.to_string(),
            kind => kind.to_string(),
        },
    })
}
