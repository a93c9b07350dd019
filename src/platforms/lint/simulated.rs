//! What a simulation shows of a rule: who answers what it is for, and where its answer leads.

use std::collections::HashSet;

use url::Url;

use super::finding::LintFinding;
use crate::platforms::answer::Answer;
use crate::platforms::file::RuleFile;
use crate::platforms::lint_id::LintId;
use crate::platforms::rule::{RuleId, RuleKind};
use crate::platforms::visit::Visit;

/// Steps that a chain of rules is followed, as many as browsers follow redirects.
const STEPS: usize = 20;

/// What asking for the samples of a rule shows.
pub(super) fn of_rule(file: &RuleFile, rule: RuleId) -> Vec<LintFinding> {
    let samples = file.samples(rule);
    let answered: Vec<(Visit, Answer)> = samples
        .into_iter()
        .map(|visit| (visit.clone(), file.simulate(&visit)))
        .collect();
    let mut found: Vec<LintFinding> = reached(file, rule, &answered).into_iter().collect();
    let mine = answered
        .iter()
        .find(|(_, answer)| answers(answer).any(|by| by == rule));
    if let Some((visit, answer)) = mine {
        found.extend(leads(file, rule, visit, answer));
    }
    found
}

/// Whether earlier rules leave this one anything.
fn reached(file: &RuleFile, rule: RuleId, answered: &[(Visit, Answer)]) -> Option<LintFinding> {
    let kind = file.rules[rule].kind;
    if kind == RuleKind::Unknown || answered.is_empty() {
        return None;
    }
    let is_mine = |answer: &Answer| answers(answer).any(|by| by == rule);
    let taken = answered.iter().filter(|(_, answer)| !is_mine(answer));
    let taken: Vec<&(Visit, Answer)> = taken.collect();
    let (visit, answer) = taken.first()?;
    let by = answers(answer).next().filter(|by| *by != rule);
    let asked = &visit.path;
    let all = taken.len() == answered.len();
    Some(match (by, all) {
        (Some(by), true) => same_or_shadowed(file, rule, by, asked),
        (Some(by), false) => LintFinding::of(file, rule, LintId::PartlyShadowed)
            .says(format!(
                "line {} answers {asked} before this rule",
                file.rules[by].place.line
            ))
            .cure("put the narrower rule first")
            .other(file.rules[by].place),
        (None, true) => LintFinding::of(file, rule, LintId::NeverMatches)
            .says(format!(
                "no rule answers {asked}, which this one is written for"
            ))
            .cure("check the pattern against how the platform matches paths"),
        (None, false) => return None,
    })
}

/// A rule that never gets a request: an earlier one of the same pattern, or a wider one.
fn same_or_shadowed(file: &RuleFile, rule: RuleId, by: RuleId, asked: &str) -> LintFinding {
    let (this, other) = (&file.rules[rule], &file.rules[by]);
    let line = other.place.line;
    let finding = |id, says: String, cure: &str| {
        LintFinding::of(file, rule, id)
            .says(says)
            .cure(cure)
            .other(other.place)
    };
    if this.from != other.from || this.hosts != other.hosts {
        let says = format!("line {line} answers {asked} and all else that this rule is for");
        return finding(
            LintId::Shadowed,
            says,
            "put the narrower rule first, or take this one out",
        );
    }
    if (&this.to, this.status) == (&other.to, other.status) {
        let says = format!("the same rule stands in line {line}");
        return finding(LintId::Duplicate, says, "take one of them out");
    }
    let says = format!("line {line} has the same pattern and answers first, otherwise");
    finding(LintId::Conflict, says, "keep the one that is meant")
}

/// Where the answer leads while the rules go on redirecting.
fn leads(file: &RuleFile, rule: RuleId, visit: &Visit, answer: &Answer) -> Option<LintFinding> {
    let Answer::Redirect { location, .. } = answer else {
        return None;
    };
    let mut seen = HashSet::from([key(visit)]);
    let mut next = target(visit, location)?;
    if key(&next) == key(visit) {
        let says = format!("{} leads to itself", visit.path);
        return Some(
            LintFinding::of(file, rule, LintId::SelfRedirect)
                .says(says)
                .cure("take the rule out, or name another target"),
        );
    }
    let mut steps: Vec<RuleId> = Vec::new();
    let mut last = location.clone();
    while steps.len() < STEPS {
        if !seen.insert(key(&next)) {
            return Some(circle(file, rule, visit, &steps));
        }
        let Answer::Redirect {
            location, rule: by, ..
        } = file.simulate(&next)
        else {
            break;
        };
        steps.push(by);
        last.clone_from(&location);
        match target(&next, &location) {
            Some(further) => next = further,
            None => break,
        }
    }
    let first = *steps.first()?;
    let line = file.rules[first].place.line;
    let hops = steps.len() + 1;
    let finding = LintFinding::of(file, rule, LintId::Chain)
        .says(format!(
            "{} takes {hops} redirects: line {line} redirects its target again",
            visit.path
        ))
        .cure("lead straight to the last target")
        .other(file.rules[first].place);
    Some(LintFinding {
        flattened: Some(last),
        ..finding
    })
}

fn circle(file: &RuleFile, rule: RuleId, visit: &Visit, steps: &[RuleId]) -> LintFinding {
    let finding =
        LintFinding::of(file, rule, LintId::Loop).cure("one of the rules has to lead elsewhere");
    let finding = finding.says(format!(
        "{} comes back to where it was, over {} rules",
        visit.path,
        steps.len() + 1
    ));
    match steps.first() {
        Some(first) => finding.other(file.rules[*first].place),
        None => finding,
    }
}

/// What a visit is told apart by: scheme is not, since a site answers both alike as far as its file says.
fn key(visit: &Visit) -> (String, String, Option<String>) {
    (visit.host.clone(), visit.path.clone(), visit.query.clone())
}

/// The request that a Location makes; `None` where it leaves the host, or is no URL.
fn target(visit: &Visit, location: &str) -> Option<Visit> {
    let query = visit
        .query
        .as_ref()
        .map_or(String::new(), |query| format!("?{query}"));
    let base = Url::parse(&format!(
        "{}://{}{}{query}",
        visit.scheme, visit.host, visit.path
    ))
    .ok()?;
    let url = base.join(location).ok()?;
    (url.host_str() == Some(visit.host.as_str())).then(|| Visit {
        scheme: url.scheme().to_owned(),
        path: url.path().to_owned(),
        query: url.query().map(str::to_owned),
        ..visit.clone()
    })
}

/// The rules that answer, in each branch that is open.
fn answers(answer: &Answer) -> Box<dyn Iterator<Item = RuleId> + '_> {
    match answer {
        Answer::Pass => Box::new(std::iter::empty()),
        Answer::Redirect { rule, .. }
        | Answer::Served { rule }
        | Answer::Status { rule, .. }
        | Answer::Page { rule, .. } => Box::new(std::iter::once(*rule)),
        Answer::Depends {
            rule,
            held,
            otherwise,
            ..
        } => Box::new(
            std::iter::once(*rule)
                .chain(answers(held))
                .chain(answers(otherwise)),
        ),
    }
}
