//! What stands beside the matrix: credentials, limits, odd Locations, and what could not be measured.

use std::collections::BTreeMap;
use std::io;

use super::super::layout::Sign;
use super::super::page::{Page, Span};
use super::super::style::Ink;
use super::matrix::{codes, listed};
use crate::lab::probe::{Cell, Crossing, Fate, LONGEST_CHAIN, Limit, Odd, Probed, Reading};
use crate::model::Status;

/// What became of Authorization and Cookie at each crossing.
pub(super) fn credentials(page: &mut Page, probed: &Probed) -> io::Result<()> {
    page.gap()?;
    for (name, shown) in [("authorization", "Authorization"), ("cookie", "Cookie")] {
        let fates = Crossing::ALL.map(|crossing| fates(probed, name, crossing));
        let head = Span::new(Ink::Plain, format!("{shown:15}"));
        if fates.iter().all(BTreeMap::is_empty) {
            page.words(head, "not sent by this command", Ink::Dim)?;
            continue;
        }
        let pieces: Vec<Span> = Crossing::ALL.into_iter().zip(&fates).filter_map(|(c, fates)| piece(c, fates)).collect();
        page.flow(head, &pieces, "   ")?;
    }
    Ok(())
}

/// The fates of a field at a crossing, and the codes at which it had each.
fn fates(probed: &Probed, name: &str, crossing: Crossing) -> BTreeMap<&'static str, Vec<Status>> {
    let mut fates: BTreeMap<&str, Vec<Status>> = BTreeMap::new();
    for cell in probed.cells.iter().filter(|cell| cell.crossing == crossing) {
        let Some(fate) = cell.outcome.as_ref().ok().and_then(|outcome| outcome.fate(name)) else { continue };
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
    };
    let kept = fates.contains_key(Fate::Kept.as_str());
    let ink = match (crossing, kept) {
        (Crossing::Host, true) => Ink::Bad,
        (Crossing::Port, true) => Ink::Fair,
        _ => Ink::Plain,
    };
    let text = match fates.len() {
        0 => return None,
        1 => fates.keys().next()?.to_string(),
        _ => fates.iter().map(|(fate, at)| format!("{fate} on {}", codes(at))).collect::<Vec<_>>().join(", "),
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
    page.words(Span::new(Ink::Plain, format!("{:15}", "Redirects")), &text, Ink::Plain)
}

fn told(limit: &Result<Limit, String>) -> String {
    limit.as_ref().map_or_else(|why| format!("not measured, {why}"), |limit| said(*limit))
}

fn said(limit: Limit) -> String {
    match (limit.followed, limit.failed) {
        (None, _) => format!("no limit within {LONGEST_CHAIN}"),
        (Some(0), _) => "none followed".to_owned(),
        (Some(n), true) => format!("gives up after {n} with an error"),
        (Some(n), false) => format!("stops after {n} and hands over the last answer"),
    }
}

/// Columns of the name of a form.
const FORM: usize = 17;

/// What it made of odd Locations, where that is not what a browser makes of them.
pub(super) fn odd(page: &mut Page, probed: &Probed) -> io::Result<()> {
    let read = |odd| -> Option<(&Odd, &Reading)> {
        let odd: &Odd = odd;
        Some((odd, odd.outcome.as_ref().ok()?))
    };
    let readings: Vec<_> = probed.odd.iter().filter_map(read).collect();
    if readings.is_empty() {
        return Ok(());
    }
    let others: Vec<_> = readings.iter().filter(|(_, reading)| !reading.as_browser()).collect();
    let head = Span::new(Ink::Plain, format!("{:15}", "Odd Locations"));
    let text = match others.len() {
        0 => format!("all {} read as browsers read them", readings.len()),
        n => format!("{} of {} read as browsers read them; not so", readings.len() - n, readings.len()),
    };
    page.words(head, &text, Ink::Plain)?;
    for (odd, reading) in others {
        let layout = page.layout;
        let location: Vec<_> = odd.location.iter().map(|value| layout.show(value).into_owned()).collect();
        let went = reading.next.as_ref().map_or(if reading.failed { "error" } else { "stays" }.to_owned(), |next| {
            where_to(reading, &next.origin, &layout.show(&next.target))
        });
        let browser = reading.browser.as_ref().map_or("do not follow".to_owned(), |(origin, target)| {
            where_to(reading, origin, &layout.show(target))
        });
        let head = Span::new(Ink::Dim, format!("  {:FORM$}", odd.form));
        let arrow = layout.sign(Sign::Arrow);
        let text = format!("{} {arrow} {went} (browsers: {browser})", location.join(" + "));
        page.words(head, &short(&text), Ink::Plain)?;
    }
    Ok(())
}

fn where_to(reading: &Reading, origin: &str, target: &str) -> String {
    if reading.first.origin == origin { target.to_owned() } else { format!("{origin}{target}") }
}

/// Characters of one line on an odd Location.
const LONGEST: usize = 200;

fn short(text: &str) -> String {
    super::super::page::elided(text, LONGEST, "...")
}

/// Why cells were not measured, each reason once.
pub(super) fn not_measured(page: &mut Page, probed: &Probed) -> io::Result<()> {
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for (cell, why) in probed.cells.iter().filter_map(|cell| Some((cell, cell.outcome.as_ref().err()?))) {
        let asked = asked(cell);
        match reasons.iter_mut().find(|(reason, _)| reason == why) {
            Some((_, cells)) if cells.contains(&asked) => {}
            Some((_, cells)) => cells.push(asked),
            None => reasons.push((why.clone(), vec![asked])),
        }
    }
    if !reasons.is_empty() {
        page.gap()?;
    }
    for (why, cells) in reasons {
        let text = format!("{}: {}", listed(&cells), page.layout.show(&why));
        page.words(Span::new(Ink::Fair, "? not measured: "), &text, Ink::Plain)?;
    }
    Ok(())
}

fn asked(cell: &Cell) -> String {
    let method = cell.ask.method.as_ref().map_or("its own method", |method| method.as_str());
    format!("{method}{}", if cell.ask.body { " with a body" } else { "" })
}
