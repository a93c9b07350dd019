//! How Cloudflare answers.

use std::collections::HashSet;

use crate::platforms::answer::{Answer, Depends};
use crate::platforms::branches::Branches;
use crate::platforms::file::{Remark, RuleEngine};
use crate::platforms::index::RuleIndex;
use crate::platforms::lint_id::LintId;
use crate::platforms::rule::RuleId;
use crate::platforms::sample::sample;
use crate::platforms::target::{answer_of, is_absolute, split_fragment, unfilled, with_query};
use crate::platforms::visit::Visit;
use crate::platforms::wildcard::{Wildcard, WildcardTaken};

/// A rule as the engine needs it.
#[derive(Debug)]
pub(super) struct CloudflareRule {
    /// Its path, percent-encoded, as text.
    pub(super) source: String,
    pub(super) path: Wildcard,
    /// Whether a query or a fragment was cut off its source.
    pub(super) cut: bool,
    pub(super) to: String,
    pub(super) status: u16,
    /// Whether versions differ on it.
    pub(super) open: Option<Depends>,
}

impl CloudflareRule {
    pub(super) fn is_dynamic(&self) -> bool {
        self.path.exact().is_none()
    }

    /// Two `*`, or one name twice, are two groups of one name: the pattern is none, and the rule is passed over silently.
    fn is_dead(&self) -> bool {
        let sample = self.path.samples().into_iter().next().unwrap_or_default();
        let names: Vec<String> = self
            .path
            .take(&sample)
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
            .collect();
        let distinct: HashSet<&String> = names.iter().collect();
        self.path.splats() > 1 || distinct.len() < names.len()
    }

    fn knows(&self, name: &str) -> bool {
        let sample = self.path.samples().into_iter().next().unwrap_or_default();
        let taken = self.path.take(&sample).unwrap_or_default();
        taken.iter().any(|(known, _)| known == name)
    }
}

/// The rules in the order in which they are tried.
#[derive(Debug)]
pub(super) struct CloudflareEngine {
    rules: Vec<CloudflareRule>,
    index: RuleIndex,
}

impl CloudflareEngine {
    pub(super) fn new(rules: Vec<CloudflareRule>) -> Self {
        let mut index = RuleIndex::default();
        for (id, rule) in rules.iter().enumerate() {
            match rule.path.exact() {
                Some(path) => index.add_exact(path, id),
                None if rule.is_dead() => {}
                None => index.add_below(rule.path.segments(), id),
            }
        }
        Self { rules, index }
    }

    fn ask(&self, id: RuleId, visit: &Visit) -> Option<Answer> {
        let rule = &self.rules[id];
        let taken = rule.path.take(&visit.path)?;
        let location = with_query(&filled(&rule.to, taken), visit.query.as_deref());
        Some(answer_of(id, rule.status, location))
    }
}

impl RuleEngine for CloudflareEngine {
    fn answer(&self, visit: &Visit) -> Answer {
        let mut branches = Branches::default();
        for id in self.index.candidates(&visit.path) {
            match (self.ask(id, visit), self.rules[id].open) {
                (None, _) => {}
                (Some(held), Some(on)) => branches.open(on, id, held),
                (Some(answer), None) => return branches.close(answer),
            }
        }
        branches.close(Answer::Pass)
    }

    fn samples(&self, rule: RuleId) -> Vec<Visit> {
        let samples = self.rules[rule].path.samples();
        samples.iter().map(|path| sample(None, path)).collect()
    }

    fn remarks(&self, rule: RuleId) -> Vec<Remark> {
        let rule = &self.rules[rule];
        let mut remarks = Vec::new();
        let mut remark = |id, says: String| remarks.push(Remark { id, says });
        if rule.path.exact().is_none() && rule.is_dead() {
            remark(
                LintId::NeverMatches,
                "two * (or one name twice) in a source make the rule silently dead".to_owned(),
            );
        }
        if rule.cut {
            remark(LintId::NeverMatches, "the query or fragment of the source is cut off: the rule takes the path with every query".to_owned());
        }
        for name in unfilled(split_fragment(&rule.to).0, |name| rule.knows(name)) {
            remark(
                LintId::PlaceholderUnfilled,
                format!(
                    "the source gives no :{name}, so it stays in the Location as it is written"
                ),
            );
        }
        if !is_absolute(&rule.to) && asset_moves(&rule.to) {
            remark(
                LintId::ExtraHop,
                "the asset server redirects paths that end in .html or /index again (308)"
                    .to_owned(),
            );
        }
        remarks
    }
}

/// Whether the asset server redirects this path by itself.
fn asset_moves(to: &str) -> bool {
    let path = to.split(['?', '#']).next().unwrap_or_default();
    std::path::Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "html")
        || path.ends_with("/index")
}

/// The target with each name put in as a text, the longest name first.
fn filled(to: &str, mut taken: WildcardTaken) -> String {
    taken.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    taken.iter().fold(to.to_owned(), |to, (name, value)| {
        to.replace(&format!(":{name}"), value)
    })
}
