//! What a client made of one odd Location, as it stands in the document.

use serde::Serialize;

use crate::lab::probe::Odd;
use crate::rules::Note;

/// What it made of one odd Location.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct LocationRow {
    /// The form of Location, as the lab names it.
    form: &'static str,
    /// Whether it followed; null where that is not known.
    followed: Option<bool>,
    /// Whether it ended with an error; null where that is not known.
    failed: Option<bool>,
    /// Where it went; null where it did not follow.
    target: Option<String>,
    /// Where a browser goes; null where it does not follow.
    browser: Option<String>,
    /// Whether the two agree; null where it is not known.
    as_browser: Option<bool>,
    /// The ids of what is to be said besides.
    findings: Vec<&'static str>,
    /// Why it is not known; null where it is.
    not_measured: Option<String>,
}

pub(super) fn location(odd: &Odd) -> LocationRow {
    let reading = odd.outcome.as_ref().ok();
    let text = |origin: &str, target: &[u8]| format!("{origin}{}", String::from_utf8_lossy(target));
    let next = reading.and_then(|reading| reading.next.as_ref());
    let browser = reading.and_then(|reading| reading.browser.as_ref());
    LocationRow {
        form: odd.form,
        followed: reading.map(|reading| reading.next.is_some()),
        failed: reading.map(|reading| reading.failed),
        target: next.map(|next| text(&next.origin, &next.target)),
        browser: browser.map(|(origin, target)| text(origin, target)),
        as_browser: reading.map(crate::lab::probe::OddReading::as_browser),
        findings: reading.map_or_else(Vec::new, |reading| ids(&reading.findings)),
        not_measured: odd.outcome.as_ref().err().cloned(),
    }
}

/// The ids of findings.
pub(super) fn ids(notes: &[&'static Note]) -> Vec<&'static str> {
    notes.iter().map(|note| note.id).collect()
}
