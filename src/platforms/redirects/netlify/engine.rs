//! How Netlify answers.

use super::pattern::{Source, bare};
use crate::platforms::answer::{Answer, Depends};
use crate::platforms::branches::Branches;
use crate::platforms::file::{Remark, RuleEngine};
use crate::platforms::index::RuleIndex;
use crate::platforms::lint_id::LintId;
use crate::platforms::rule::RuleId;
use crate::platforms::sample::sample;
use crate::platforms::target::{answer_of, split_fragment, unfilled, with_query};
use crate::platforms::visit::Visit;
use crate::platforms::wildcard::WildcardTaken;

/// A parameter that the query must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueryNeed {
    /// Its key.
    pub(crate) key: String,
    /// Its value: a text, or `:name` for any.
    pub(crate) value: String,
}

impl QueryNeed {
    /// Reads `key=value`, `key=:name` or `key`.
    pub(crate) fn read(word: &str) -> Self {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        Self {
            key: key.to_owned(),
            value: value.to_owned(),
        }
    }

    fn name(&self) -> Option<&str> {
        self.value.strip_prefix(':')
    }
}

/// A rule as the engine needs it.
#[derive(Debug, Clone)]
pub(crate) struct NetlifyRule {
    pub(crate) source: Source,
    pub(crate) needs: Vec<QueryNeed>,
    /// None for a rule that serves the same path.
    pub(crate) to: Option<String>,
    pub(crate) status: u16,
    pub(crate) conditions: Vec<Depends>,
}

/// The rules in the order in which they are tried.
#[derive(Debug)]
pub(crate) struct NetlifyEngine {
    rules: Vec<NetlifyRule>,
    index: RuleIndex,
}

/// What one rule says to a request.
enum Said {
    /// It is not for this request.
    Nothing,
    /// It keeps itself from a loop, and no later rule is tried.
    Guarded,
    Answered(Answer),
}

impl NetlifyEngine {
    pub(crate) fn new(rules: Vec<NetlifyRule>) -> Self {
        let mut index = RuleIndex::default();
        for (id, rule) in rules.iter().enumerate() {
            match rule.source.path.exact() {
                Some(path) => index.add_exact(path, id),
                None => index.add_below(rule.source.path.segments(), id),
            }
        }
        Self { rules, index }
    }

    fn ask(&self, id: RuleId, visit: &Visit) -> Said {
        let rule = &self.rules[id];
        let origin = rule.source.origin.as_ref();
        if origin.is_some_and(|(scheme, host)| *scheme != visit.scheme || *host != visit.host) {
            return Said::Nothing;
        }
        let Some(mut taken) = rule.source.path.take(bare(&visit.path)) else {
            return Said::Nothing;
        };
        for need in &rule.needs {
            match (parameter(visit.query.as_deref(), &need.key), need.name()) {
                (Some(value), Some(name)) => taken.push((name.to_owned(), value.to_owned())),
                (Some(value), None) if value == need.value => {}
                _ => return Said::Nothing,
            }
        }
        if rule.guards(&visit.path) {
            return Said::Guarded;
        }
        let location = with_query(&filled(rule.to(), &taken), visit.query.as_deref());
        Said::Answered(answer_of(id, rule.status, location))
    }
}

impl NetlifyRule {
    fn to(&self) -> &str {
        self.to.as_deref().unwrap_or_default()
    }

    /// Whether the request already lies where a `*` rule would send it: Netlify then answers by no rule at all.
    ///
    /// Seen with `netlify-redirector` 0.5.0: texts are compared, not segments; rules without `*` have no such guard.
    fn guards(&self, path: &str) -> bool {
        if !(300..400).contains(&self.status) || self.source.path.splats() == 0 {
            return false;
        }
        let fixed = self.to().split("/:splat").next().unwrap_or_default();
        !fixed.is_empty() && path.starts_with(fixed)
    }

    fn knows(&self, name: &str) -> bool {
        let samples = self.source.path.samples();
        let taken = samples.first().and_then(|path| self.source.path.take(path));
        let names = taken.unwrap_or_default();
        // Names are put in as texts, so `:id_2` is filled by `id`.
        names
            .iter()
            .any(|(known, _)| name.starts_with(known.as_str()))
            || self
                .needs
                .iter()
                .filter_map(QueryNeed::name)
                .any(|known| name.starts_with(known))
    }
}

impl RuleEngine for NetlifyEngine {
    fn answer(&self, visit: &Visit) -> Answer {
        let mut branches = Branches::default();
        for id in self.index.candidates(bare(&visit.path)) {
            match (self.ask(id, visit), self.rules[id].conditions.first()) {
                (Said::Nothing, _) => {}
                (Said::Guarded, _) => return branches.close(Answer::Pass),
                (Said::Answered(held), Some(on)) => branches.open(*on, id, held),
                (Said::Answered(answer), None) => return branches.close(answer),
            }
        }
        branches.close(Answer::Pass)
    }

    fn samples(&self, rule: RuleId) -> Vec<Visit> {
        let rule = &self.rules[rule];
        let host = rule.source.origin.as_ref().map(|(_, host)| host.as_str());
        let query: Vec<String> = rule
            .needs
            .iter()
            .map(|need| match need.name() {
                Some(name) => format!("{}=rehop-{name}", need.key),
                None => format!("{}={}", need.key, need.value),
            })
            .collect();
        let mut visits: Vec<Visit> = rule
            .source
            .path
            .samples()
            .iter()
            .map(|path| sample(host, path))
            .collect();
        for visit in &mut visits {
            if let Some((scheme, _)) = &rule.source.origin {
                visit.scheme.clone_from(scheme);
            }
            if !query.is_empty() {
                visit.query = Some(query.join("&"));
            }
        }
        visits
    }

    fn remarks(&self, rule: RuleId) -> Vec<Remark> {
        let rule = &self.rules[rule];
        let (path, _) = split_fragment(rule.to());
        let says = |name: String| Remark {
            id: LintId::PlaceholderUnfilled,
            says: format!(
                "the source gives no :{name}, so it stays in the Location as it is written"
            ),
        };
        unfilled(path, |name| rule.knows(name))
            .into_iter()
            .map(says)
            .collect()
    }
}

/// The value of a parameter as it stands in the query.
fn parameter<'q>(query: Option<&'q str>, key: &str) -> Option<&'q str> {
    let pairs = query?
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .into_iter()
        .find(|(name, _)| *name == key)
        .map(|(_, value)| value)
}

/// The target with each name put in as a text, in the order of the pattern (so `:id` is filled inside `:id_2`).
fn filled(to: &str, taken: &WildcardTaken) -> String {
    taken.iter().fold(to.to_owned(), |to, (name, value)| {
        to.replace(&format!(":{name}"), value)
    })
}
