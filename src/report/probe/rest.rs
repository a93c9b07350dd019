//! What stands beside the matrix: credentials, limits, odd Locations, and what could not be measured.

use std::collections::BTreeMap;
use std::io;

use super::super::page::{Page, Span};
use super::super::style::Ink;
use super::matrix::{codes, listed};
use crate::clients::Crossing;
use crate::lab::probe::{LONGEST_CHAIN, Limit, Probed, ProbedCell};
use crate::model::Status;
use crate::rules::FieldFate;

/// What became of Authorization and Cookie at each crossing.
pub(super) fn credentials(page: &mut Page, probed: &Probed) -> io::Result<()> {
    page.gap()?;
    for (name, shown) in [("authorization", "Authorization"), ("cookie", "Cookie")] {
        let fates = Crossing::ALL.map(|crossing| fates(probed, name, crossing));
        let head = Span::new(Ink::Plain, format!("{shown:15}"));
        if fates.iter().all(BTreeMap::is_empty) {
            page.words(head, "not sent by this command, so not judged", Ink::Dim)?;
            continue;
        }
        let pieces: Vec<Span> = Crossing::ALL
            .into_iter()
            .zip(&fates)
            .filter_map(|(c, fates)| piece(c, fates))
            .collect();
        page.flow(head, &pieces, "   ")?;
    }
    Ok(())
}

/// The fates of a field at a crossing, and the codes at which it had each.
fn fates(probed: &Probed, name: &str, crossing: Crossing) -> BTreeMap<&'static str, Vec<Status>> {
    let mut fates: BTreeMap<&str, Vec<Status>> = BTreeMap::new();
    for cell in probed.cells.iter().filter(|cell| cell.crossing == crossing) {
        let Some(fate) = cell
            .outcome
            .as_ref()
            .ok()
            .and_then(|outcome| outcome.fate(name))
        else {
            continue;
        };
        let codes = fates.entry(fate.as_str()).or_default();
        if !codes.contains(&cell.status) {
            codes.push(cell.status);
        }
    }
    fates
}

fn piece(crossing: Crossing, fates: &BTreeMap<&'static str, Vec<Status>>) -> Option<Span> {
    let place = match crossing {
        Crossing::SameOrigin => "same origin",
        Crossing::Port => "other port",
        Crossing::Host => "other host",
        Crossing::Subdomain => "host below",
        Crossing::Parent => "host above",
        Crossing::Upgrade => "to https",
        Crossing::Downgrade => "to http",
    };
    let kept = fates.contains_key(FieldFate::Kept.as_str());
    let ink = match (crossing, kept) {
        (Crossing::Host, true) => Ink::Bad,
        (Crossing::Port, true) => Ink::Fair,
        _ => Ink::Plain,
    };
    let text = match fates.len() {
        0 => return None,
        1 => fates.keys().next()?.to_string(),
        _ => fates
            .iter()
            .map(|(fate, at)| format!("{fate} on {}", codes(at)))
            .collect::<Vec<_>>()
            .join(", "),
    };
    Some(Span::new(ink, format!("{place}: {text}")))
}

/// How many redirects it follows.
pub(super) fn limits(page: &mut Page, probed: &Probed) -> io::Result<()> {
    let (chain, looped) = (&probed.limits.chain, &probed.limits.looped);
    let text = match (chain, looped) {
        (Ok(chain), Ok(looped)) if chain == looped => said(*chain),
        _ => format!("a chain: {}; a loop: {}", told(chain), told(looped)),
    };
    page.words(
        Span::new(Ink::Plain, format!("{:15}", "Redirects")),
        &text,
        Ink::Plain,
    )
}

fn told(limit: &Result<Limit, String>) -> String {
    limit
        .as_ref()
        .map_or_else(|why| format!("not measured, {why}"), |limit| said(*limit))
}

fn said(limit: Limit) -> String {
    match (limit.followed, limit.failed) {
        (None, _) => format!("no limit within {LONGEST_CHAIN}"),
        (Some(0), _) => "none followed".to_owned(),
        (Some(n), true) => format!("gives up after {n} with an error"),
        (Some(n), false) => format!("stops after {n} and hands over the last answer"),
    }
}

/// Why cells were not measured, and what they asked.
struct Unmeasured<'a> {
    why: &'a str,
    asked: Vec<String>,
}

/// Why cells were not measured, each reason once.
pub(super) fn not_measured(page: &mut Page, probed: &Probed) -> io::Result<()> {
    let reasons = unmeasured(probed);
    if !reasons.is_empty() {
        page.gap()?;
    }
    for reason in reasons {
        let why = page.layout.show(reason.why);
        let text = format!("{}: {why}", listed(&reason.asked));
        page.words(Span::new(Ink::Fair, "? not measured: "), &text, Ink::Plain)?;
    }
    Ok(())
}

fn unmeasured(probed: &Probed) -> Vec<Unmeasured<'_>> {
    let mut reasons: Vec<Unmeasured> = Vec::new();
    for cell in &probed.cells {
        let Err(why) = &cell.outcome else { continue };
        let asked = asked(cell);
        match reasons.iter_mut().find(|reason| reason.why == why) {
            Some(reason) if reason.asked.contains(&asked) => {}
            Some(reason) => reason.asked.push(asked),
            None => reasons.push(Unmeasured {
                why,
                asked: vec![asked],
            }),
        }
    }
    reasons
}

fn asked(cell: &ProbedCell) -> String {
    let method = cell
        .ask
        .method
        .as_ref()
        .map_or("its own method", |method| method.as_str());
    format!(
        "{method}{}",
        if cell.ask.body { " with a body" } else { "" }
    )
}
