//! A rules file, read as its platform reads it.

use std::fmt;

use super::answer::Answer;
use super::lint_id::LintId;
use super::rule::{Place, Rule, RuleId};
use super::visit::Visit;

/// What the platform drops from a file without answering by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unheeded {
    /// Where it stands.
    pub place: Place,
    /// The line or the value, as written.
    pub text: String,
    /// Why, in one sentence.
    pub reason: String,
}

/// Why a platform takes nothing of a file: what it cannot read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    /// Where it was noticed, as far as that is known.
    pub place: Option<Place>,
    /// What is wrong and what cures it, in one sentence.
    pub says: String,
}

/// What a reader noticed about a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Which finding it is.
    pub id: LintId,
    /// What was seen in this rule, in one sentence.
    pub says: String,
}

/// A platform's way from a request to an answer, over the rules of one file.
pub trait RuleEngine: fmt::Debug + Send + Sync {
    /// What the platform answers. Rules are named by their index in the [`RuleFile`].
    fn answer(&self, visit: &Visit) -> Answer;

    /// Requests that `rule` is written for, shortest first: the simulation says whether it is this rule that answers them.
    /// Empty for a pattern that no request can be made from.
    fn samples(&self, rule: RuleId) -> Vec<Visit>;

    /// What the reader noticed about `rule` and no simulation shows: a name that its target never gets filled.
    fn remarks(&self, _rule: RuleId) -> Vec<Remark> {
        Vec::new()
    }
}

/// A rules file as its platform reads it.
#[derive(Debug)]
pub struct RuleFile {
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
    /// What the platform drops, in the order of the file.
    pub unheeded: Vec<Unheeded>,
    engine: Box<dyn RuleEngine>,
}

impl RuleFile {
    /// A file of these rules, answered by `engine`.
    #[must_use]
    pub fn new(rules: Vec<Rule>, unheeded: Vec<Unheeded>, engine: Box<dyn RuleEngine>) -> Self {
        Self {
            rules,
            unheeded,
            engine,
        }
    }

    /// What the platform would answer.
    #[must_use]
    pub fn simulate(&self, visit: &Visit) -> Answer {
        self.engine.answer(visit)
    }

    /// Requests that `rule` is written for; see [`RuleEngine::samples`].
    #[must_use]
    pub fn samples(&self, rule: RuleId) -> Vec<Visit> {
        self.engine.samples(rule)
    }

    /// What the reader noticed about `rule`; see [`RuleEngine::remarks`].
    #[must_use]
    pub fn remarks(&self, rule: RuleId) -> Vec<Remark> {
        self.engine.remarks(rule)
    }
}
