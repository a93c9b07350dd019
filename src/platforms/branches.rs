//! Answers under conditions that no file tells, put one after another.

use super::answer::{Answer, Depends};
use super::rule::RuleId;

/// More open conditions than this for one request say nothing to anybody; those after it count as not held.
const MOST: usize = 64;

/// The conditions met on the way to an answer.
#[derive(Debug, Default)]
pub(crate) struct Branches(Vec<(Depends, RuleId, Answer)>);

impl Branches {
    /// A rule that answers so where its condition holds.
    pub(crate) fn open(&mut self, on: Depends, rule: RuleId, held: Answer) {
        if self.0.len() < MOST {
            self.0.push((on, rule, held));
        }
    }

    /// The whole answer, `end` being what is answered where no condition holds.
    pub(crate) fn close(self, end: Answer) -> Answer {
        self.0
            .into_iter()
            .rfold(end, |otherwise, (on, rule, held)| Answer::Depends {
                on,
                rule,
                held: Box::new(held),
                otherwise: Box::new(otherwise),
            })
    }
}
