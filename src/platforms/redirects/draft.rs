//! What the readers of the three dialects gather while they go through a file.

use crate::platforms::file::{FileFault, RuleEngine, RuleFile, Unheeded};
use crate::platforms::rule::Rule;
use crate::platforms::text::TextLine;

/// The rules so far, each with what the engine of its dialect needs.
#[derive(Debug)]
pub(crate) struct Draft<T> {
    /// The rules.
    pub(crate) rules: Vec<Rule>,
    /// The same rules, for the engine.
    pub(crate) engine_rules: Vec<T>,
    /// What is dropped.
    pub(crate) unheeded: Vec<Unheeded>,
}

impl<T> Draft<T> {
    pub(crate) fn new() -> Self {
        Self {
            rules: Vec::new(),
            engine_rules: Vec::new(),
            unheeded: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, rule: Rule, engine_rule: T) {
        self.rules.push(rule);
        self.engine_rules.push(engine_rule);
    }

    /// Notes that the platform drops this line.
    pub(crate) fn drop_line(&mut self, line: TextLine<'_>, reason: impl Into<String>) {
        self.unheeded.push(Unheeded {
            place: line.place(),
            text: line.text.trim().to_owned(),
            reason: reason.into(),
        });
    }

    /// The file, answered by the engine that is made of its rules.
    pub(crate) fn finish<E: RuleEngine + 'static>(self, engine: impl Fn(Vec<T>) -> E) -> RuleFile {
        RuleFile::new(
            self.rules,
            self.unheeded,
            Box::new(engine(self.engine_rules)),
        )
    }
}

/// A fault of the whole file, noticed in this line.
pub(crate) fn fault(line: TextLine<'_>, says: &str) -> Vec<FileFault> {
    vec![FileFault {
        place: Some(line.place()),
        says: says.to_owned(),
    }]
}
