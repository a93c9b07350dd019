//! Conditions that no rules file answers: both ways are gone.

use super::answer::{Answer, Depends};
use super::rule::RuleId;

/// A simulation came to a condition that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    /// On what it depends.
    pub(crate) on: Depends,
    /// The rule whose condition it is.
    pub(crate) rule: RuleId,
    /// The condition as written: the same words get the same reply.
    pub(crate) words: String,
}

/// The replies given so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Replies(Vec<(String, bool)>);

/// After so many open conditions the rest counts as not held: every one doubles the work.
const MOST_QUESTIONS: usize = 6;

impl Replies {
    /// Whether the condition holds; `Err` ends the simulation, which [`explore`] begins again with either reply.
    pub(crate) fn ask(&self, on: Depends, rule: RuleId, words: &str) -> Result<bool, Question> {
        if let Some((_, reply)) = self.0.iter().find(|(known, _)| known == words) {
            return Ok(*reply);
        }
        if self.0.len() >= MOST_QUESTIONS {
            return Ok(false);
        }
        Err(Question {
            on,
            rule,
            words: words.to_owned(),
        })
    }

    fn with(&self, words: String, reply: bool) -> Self {
        let mut replies = self.clone();
        replies.0.push((words, reply));
        replies
    }
}

/// Simulates once for every way in which the open conditions can go; a file without rules answers nothing.
pub(crate) fn explore(
    rules: usize,
    simulate: &dyn Fn(&Replies) -> Result<Answer, Question>,
) -> Answer {
    if rules == 0 {
        return Answer::Pass;
    }
    // A condition behind the last rule is counted to it.
    branch(
        &|replies| {
            simulate(replies).map_err(|question| Question {
                rule: question.rule.min(rules - 1),
                ..question
            })
        },
        &Replies::default(),
    )
}

fn branch(simulate: &dyn Fn(&Replies) -> Result<Answer, Question>, replies: &Replies) -> Answer {
    match simulate(replies) {
        Ok(answer) => answer,
        Err(Question { on, rule, words }) => {
            let held = branch(simulate, &replies.with(words.clone(), true));
            let otherwise = branch(simulate, &replies.with(words, false));
            if held == otherwise {
                return held;
            }
            Answer::Depends {
                on,
                rule,
                held: Box::new(held),
                otherwise: Box::new(otherwise),
            }
        }
    }
}

/// On what a condition over a header field depends.
pub(crate) fn depends_on_field(name: &str) -> Depends {
    match name.to_ascii_lowercase().replace('_', "-").as_str() {
        "cookie" => Depends::Cookie,
        "accept-language" => Depends::Language,
        "cf-ipcountry" => Depends::Country,
        _ => Depends::Header,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_are_gone_and_equal_ends_are_one() {
        let status = |code| Answer::Status { code, rule: 0 };
        let answer = explore(100, &|replies| {
            if !replies.ask(Depends::Cookie, 3, "a")? {
                return Ok(Answer::Pass);
            }
            let same = replies.ask(Depends::Country, 4, "b")?;
            assert!(replies.ask(Depends::Cookie, 3, "a")?, "{same}");
            Ok(status(410))
        });
        let expected = Answer::Depends {
            on: Depends::Cookie,
            rule: 3,
            held: Box::new(status(410)),
            otherwise: Box::new(Answer::Pass),
        };
        assert_eq!(answer, expected);
    }

    #[test]
    fn a_file_of_open_conditions_comes_to_an_end() {
        let answer = explore(100, &|replies| {
            let asked = (0..100).map(|n| replies.ask(Depends::Variable, n, &n.to_string()));
            let held: Vec<bool> = asked.collect::<Result<_, _>>()?;
            let code = if held[99] { 1 } else { 2 };
            Ok(Answer::Status { code, rule: 0 })
        });
        assert_eq!(answer, Answer::Status { code: 2, rule: 0 });
    }
}
