//! What is wrong with a rules file, found by asking its simulation, never by comparing texts.

mod finding;
mod simulated;
mod twins;

pub use finding::LintFinding;

use super::file::RuleFile;
use super::lint_id::LintId;
use super::rule::RuleKind;

/// Everything that is found, in the order of the file.
///
/// Linear in the number of rules where the engine answers exact paths in constant time.
#[must_use]
pub fn lint(file: &RuleFile) -> Vec<LintFinding> {
    let mut found: Vec<LintFinding> = file.unheeded.iter().map(LintFinding::unheeded).collect();
    for rule in 0..file.rules.len() {
        found.extend(
            file.remarks(rule)
                .into_iter()
                .map(|remark| LintFinding::remark(file, rule, remark)),
        );
        found.extend(simulated::of_rule(file, rule));
        found.extend(plain_http(file, rule));
    }
    found.extend(twins::all(file));
    found.extend(no_redirects(file));
    found.sort_by_key(|finding| (finding.place, finding.id));
    found
}

/// A target over http gives the next request away, and costs a hop where the site moves to https.
fn plain_http(file: &RuleFile, rule: usize) -> Option<LintFinding> {
    let target = file.rules[rule].to.as_deref()?;
    let is_redirect = file.rules[rule].kind == RuleKind::Redirect;
    (is_redirect && target.starts_with("http://")).then(|| {
        LintFinding::of(file, rule, LintId::HttpTarget)
            .says(format!("the target {target} is plain http"))
            .cure("write https:// where the site has it")
    })
}

fn no_redirects(file: &RuleFile) -> Option<LintFinding> {
    let redirects = |kind: RuleKind| matches!(kind, RuleKind::Redirect | RuleKind::Html);
    let none = !file.rules.iter().any(|rule| redirects(rule.kind)) && file.unheeded.is_empty();
    none.then(|| {
        LintFinding::at_start(LintId::NoRedirects).says("the file holds no redirect".to_owned())
    })
}

#[cfg(test)]
mod tests;
