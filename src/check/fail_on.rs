//! Findings that the user will not have (`--fail-on`).

use super::finding_id::finding_id;
use super::outcome::{Actual, Outcome};
use super::parse_error::{ParseError, TextSpan};
use crate::follow::Trace;
use crate::rules::{Finding, Note};

/// The findings that make a run fail.
#[derive(Debug, Clone, Default)]
pub struct FailOn(Vec<&'static Note>);

impl FailOn {
    /// The findings of a list of ids, `downgrade,too-long`, each once.
    ///
    /// # Errors
    /// [`ParseError`] where no finding has such an id.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut notes: Vec<&'static Note> = Vec::new();
        for id in TextSpan::new(text).items() {
            let found = finding_id(id)?;
            if !notes.contains(&found) {
                notes.push(found);
            }
        }
        Ok(Self(notes))
    }

    /// One outcome for each finding of the list, in its order: held where the chain does not raise it.
    #[must_use]
    pub fn outcomes(&self, trace: &Trace) -> Vec<Outcome> {
        self.0.iter().map(|note| outcome(note, trace)).collect()
    }
}

fn outcome(note: &Note, trace: &Trace) -> Outcome {
    let raised: Vec<Finding> = trace
        .all_findings()
        .filter(|finding| finding.note.id == note.id)
        .cloned()
        .collect();
    Outcome {
        text: format!("no {}", note.id),
        held: raised.is_empty(),
        actual: Actual::Raised(raised),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture;
    use super::*;
    use crate::rules::Facts;
    use crate::rules::findings::{NOTES, TOO_LONG};

    fn raise(trace: &mut Trace, note: &'static Note) -> Vec<Finding> {
        let finding = |hop: Option<usize>| Finding {
            note,
            hop,
            facts: Facts::RepeatedLocation,
        };
        trace.hops[1].findings.push(finding(Some(2)));
        trace.findings.push(finding(None));
        trace.all_findings().cloned().collect()
    }

    #[test]
    fn a_finding_of_the_list_fails_where_it_is_raised_and_only_there() {
        for note in NOTES {
            let fail_on = FailOn::parse(note.id).unwrap();
            let mut trace = fixture::landed();
            let mut outcome = Outcome {
                text: format!("no {}", note.id),
                held: true,
                actual: Actual::Raised(Vec::new()),
            };
            assert_eq!(fail_on.outcomes(&trace), [outcome.clone()]);
            outcome.held = false;
            outcome.actual = Actual::Raised(raise(&mut trace, note));
            assert_eq!(fail_on.outcomes(&trace), [outcome]);
        }
    }

    #[test]
    fn a_finding_that_is_not_on_the_list_does_not_matter() {
        let mut trace = fixture::landed();
        raise(&mut trace, &TOO_LONG);
        assert_eq!(FailOn::default().outcomes(&trace), []);
    }

    #[test]
    fn a_list_names_each_finding_once() {
        let twice = FailOn::parse(" too-long , too-long").unwrap();
        assert_eq!(twice.outcomes(&fixture::direct()).len(), 1);
    }

    proptest! {
        #[test]
        fn no_list_makes_the_reader_panic(text in "\\PC*|[too\\-lng, é]{0,20}") {
            let _ = FailOn::parse(&text);
        }
    }
}
