//! Patterns that differ in what people overlook: case, a last slash, percent-encoding; and codes that stand mixed.

use std::collections::HashMap;

use super::finding::LintFinding;
use crate::model::percent;
use crate::platforms::file::RuleFile;
use crate::platforms::lint_id::LintId;
use crate::platforms::rule::{RuleId, RuleKind};

/// What is overlooked, and what it is called.
type Oversight = (LintId, fn(&str) -> String, &'static str);

/// Every twin, once, at the later rule.
pub(super) fn all(file: &RuleFile) -> Vec<LintFinding> {
    let kinds: [Oversight; 3] = [
        (LintId::CaseTwin, |path| path.to_lowercase(), "case"),
        (
            LintId::SlashTwin,
            |path| path.trim_end_matches('/').to_owned(),
            "its last slash",
        ),
        (
            LintId::EncodingTwin,
            |path| percent::decoded_text(path.as_bytes()),
            "percent-encoding",
        ),
    ];
    let of_kind = |(id, normal, what): Oversight| twins(file, id, normal, what);
    let mut found: Vec<LintFinding> = kinds.into_iter().flat_map(of_kind).collect();
    found.extend(mixed_codes(file));
    found
}

/// Rules whose patterns are equal once they are `normal`, and are not as they stand.
fn twins(file: &RuleFile, id: LintId, normal: fn(&str) -> String, what: &str) -> Vec<LintFinding> {
    let mut first: HashMap<(String, &[String]), RuleId> = HashMap::new();
    let mut found = Vec::new();
    for (rule, this) in file.rules.iter().enumerate() {
        let earlier = *first
            .entry((normal(&this.from), &this.hosts))
            .or_insert(rule);
        let other = &file.rules[earlier];
        let differs =
            other.from != this.from && (&other.to, other.status) != (&this.to, this.status);
        if differs {
            let says = format!(
                "line {} has the same pattern but for {what}, and another answer",
                other.place.line
            );
            found.push(
                LintFinding::of(file, rule, id)
                    .says(says)
                    .cure("keep one spelling")
                    .other(other.place),
            );
        }
    }
    found
}

/// Permanent and temporary codes side by side: one of the two is often an oversight.
fn mixed_codes(file: &RuleFile) -> Option<LintFinding> {
    let redirects = || {
        file.rules
            .iter()
            .filter(|rule| rule.kind == RuleKind::Redirect)
    };
    let permanent = redirects()
        .filter(|rule| matches!(rule.status, Some(301 | 308)))
        .count();
    let temporary = redirects()
        .filter(|rule| matches!(rule.status, Some(302 | 303 | 307)))
        .count();
    let says = format!("{permanent} redirects are permanent and {temporary} temporary");
    (permanent > 0 && temporary > 0).then(|| LintFinding::at_start(LintId::MixedCodes).says(says))
}
