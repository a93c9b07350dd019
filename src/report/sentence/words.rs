//! The words that every part of the sentence is made of.

use crate::report::tone::Tone;
use crate::report::view::{HopView, RedirectView};

/// What happened, and how good that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// How good it is.
    pub tone: Tone,
    /// One sentence, or a few short ones; what came over the wire is not yet escaped in it.
    pub text: String,
}

/// A redirect that was followed, and the hop that it stands at.
pub(super) type StepWords<'a> = (&'a HopView, &'a RedirectView);

/// `302 Found`, as received.
pub(super) fn status(hop: &HopView) -> String {
    let Some(response) = &hop.response else {
        return "nothing".to_owned();
    };
    let reason: String = String::from_utf8_lossy(&response.reason.0)
        .chars()
        .take(LONGEST_REASON)
        .collect();
    format!("{} {reason}", response.status)
        .trim_end()
        .to_owned()
}

/// Characters of a reason phrase that a sentence repeats; registered ones stay below.
const LONGEST_REASON: usize = 40;

pub(super) fn article(method: &str) -> &'static str {
    if method.starts_with(['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}
