//! What makes a probe fail (`--fail-on`).

use crate::check::nearest;
use crate::exit::{Exit, UsageError};
use crate::lab::probe::notes::NOTES;
use crate::report::probe::{ProbeView, Tally, findings};
use crate::rules::Verdict;

/// What `--fail-on` calls a difference from the profile that `--against` names.
const DRIFT: &str = "drift";

/// What makes a probe fail.
#[derive(Default)]
pub(super) struct ProbeGate {
    /// This level or a worse one.
    level: Option<Verdict>,
    /// Findings, by id.
    ids: Vec<&'static str>,
    /// Any difference from the profile that `--against` names.
    drift: bool,
}

impl ProbeGate {
    /// What these words of `--fail-on` mean; a forbidden cell where there are none.
    ///
    /// # Errors
    /// Names the word that is neither a verdict nor a finding, and the nearest one that is.
    pub(super) fn parse(typed: &[String]) -> Result<Self, UsageError> {
        if typed.is_empty() {
            return Ok(Self {
                level: Some(Verdict::Forbidden),
                ..Self::default()
            });
        }
        let mut gate = Self::default();
        for word in typed.iter().filter(|word| *word != "none") {
            gate.add(word)?;
        }
        Ok(gate)
    }

    fn add(&mut self, word: &str) -> Result<(), UsageError> {
        let mut levels = Verdict::ALL.into_iter();
        let level = levels.find(|level| level.as_str() == word);
        let id = NOTES.iter().map(|note| note.id).find(|id| *id == word);
        match (level, id) {
            (Some(level), _) => {
                self.level = Some(self.level.map_or(level, |other| other.min(level)));
            }
            (None, Some(id)) => self.ids.push(id),
            (None, None) if word == DRIFT => self.drift = true,
            (None, None) => return Err(unknown(word)),
        }
        Ok(())
    }

    /// How a probe that saw this ends.
    pub(super) fn exit(&self, view: ProbeView) -> Exit {
        let tally = Tally::of(view.probed);
        let bad = Verdict::ALL
            .into_iter()
            .any(|level| self.level.is_some_and(|at| level >= at) && tally.at(level) > 0);
        let found = findings(view.probed).any(|note| self.ids.contains(&note.id));
        let drifted = self.drift
            && view
                .against
                .is_some_and(|against| !against.differences.is_empty());
        match (tally.measured(), bad || found || drifted) {
            // A client that could not be run has not passed.
            (0, _) => Exit::Unreached,
            (_, true) => Exit::Unmet,
            (_, false) => Exit::Clean,
        }
    }
}

fn unknown(word: &str) -> UsageError {
    let known = || {
        let levels = Verdict::ALL.into_iter().map(Verdict::as_str);
        levels
            .chain(NOTES.iter().map(|note| note.id))
            .chain([DRIFT, "none"])
    };
    let cure = match nearest(word, known()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known are {}", known().collect::<Vec<_>>().join(", ")),
    };
    UsageError::new(format!("--fail-on {word}: no such level or finding"), cure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<(Option<Verdict>, usize, bool), UsageError> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        ProbeGate::parse(&words).map(|gate| (gate.level, gate.ids.len(), gate.drift))
    }

    #[test]
    fn a_gate_is_what_its_words_say_and_forbidden_cells_where_there_are_none() {
        let (forbidden, discouraged) = (Some(Verdict::Forbidden), Some(Verdict::Discouraged));
        for (words, gate) in [
            (&[][..], (forbidden, 0, false)),
            (&["none"], (None, 0, false)),
            (&["drift"], (None, 0, true)),
            (&["forbidden", "discouraged"], (discouraged, 0, false)),
            (&["forbidden", "drift", NOTES[0].id], (forbidden, 1, true)),
        ] {
            assert_eq!(parsed(words), Ok(gate), "{words:?}");
        }
    }

    #[test]
    fn a_gate_names_the_word_that_was_meant() {
        let misuse = parsed(&["forbiden"]).unwrap_err();
        assert_eq!(misuse.says, "--fail-on forbiden: no such level or finding");
        assert_eq!(misuse.hint, "did you mean `forbidden`?");
    }
}
