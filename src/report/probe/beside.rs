//! What the document of a probe tells beside its matrix.

use std::io;

use serde::Serialize;

use super::super::page::{Page, Span};
use super::super::style::Ink;
use crate::lab::probe::{Probed, ProbedAnswer};

/// A crossing that was not played.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct UnreachedRow {
    /// Where redirects would have led.
    crossing: &'static str,
    /// Why it was not: how the client failed to reach the lab so.
    why: String,
}

/// A redirect that is itself at fault, and what the client did with it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct AnswerRow {
    /// The form, as the lab names it.
    form: &'static str,
    /// What became of it: followed, error, response or waits; null where that is not known.
    fate: Option<&'static str>,
    /// Why it is not known; null where it is.
    not_measured: Option<String>,
}

/// Says which crossings were not played, and what the client did with redirects at fault.
pub(super) fn tell(page: &mut Page, probed: &Probed) -> io::Result<()> {
    for (crossing, why) in &probed.unreached {
        let head = Span::new(Ink::Plain, format!("{:15}", capital(crossing.as_str())));
        page.words(head, &format!("not measured: {why}"), Ink::Dim)?;
    }
    let known = probed.answers.iter();
    let pieces: Vec<Span> = known
        .filter_map(|answer| Some((answer.form, answer.fate.as_ref().ok()?)))
        .map(|(form, fate)| Span::new(Ink::Plain, format!("{form}: {fate}")))
        .collect();
    if pieces.is_empty() {
        return Ok(());
    }
    page.flow(Span::new(Ink::Plain, "Faulty answers "), &pieces, "   ")
}

/// The word with its first letter as at the start of a sentence.
fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_ascii_uppercase() + rest
}

pub(super) fn unreached(probed: &Probed) -> Vec<UnreachedRow> {
    let row = |(crossing, why): &(crate::clients::Crossing, String)| UnreachedRow {
        crossing: crossing.as_str(),
        why: why.clone(),
    };
    probed.unreached.iter().map(row).collect()
}

pub(super) fn answers(probed: &Probed) -> Vec<AnswerRow> {
    let row = |answer: &ProbedAnswer| AnswerRow {
        form: answer.form,
        fate: answer.fate.as_ref().ok().map(|fate| fate.as_str()),
        not_measured: answer.fate.as_ref().err().cloned(),
    };
    probed.answers.iter().map(row).collect()
}
