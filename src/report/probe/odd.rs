//! Odd Locations, where the client does not go where a browser goes.

use std::io;

use super::super::Layout;
use super::super::layout::Sign;
use super::super::page::{Page, Span, elided};
use super::super::style::Ink;
use crate::lab::Arrival;
use crate::lab::probe::{Odd, OddReading, Probed};

/// Columns of the name of a form.
const FORM: usize = 18;

/// Writes them, a line each.
pub(super) fn odd(page: &mut Page, probed: &Probed) -> io::Result<()> {
    let readings: Vec<(&Odd, &OddReading)> = probed
        .odd
        .iter()
        .filter_map(|odd| Some((odd, odd.outcome.as_ref().ok()?)))
        .collect();
    if readings.is_empty() {
        return Ok(());
    }
    let others: Vec<_> = readings
        .iter()
        .filter(|(_, reading)| !reading.as_browser())
        .collect();
    summary(page, readings.len(), others.len())?;
    if others.is_empty() {
        return Ok(());
    }
    page.gap()?;
    row(
        page,
        ["", "Location", "this client", "browsers"].map(str::to_owned),
        [Ink::Dim; 4],
    )?;
    others
        .into_iter()
        .try_for_each(|(odd, reading)| one(page, odd, reading))
}

/// How many of all the forms are read otherwise.
fn summary(page: &mut Page, all: usize, others: usize) -> io::Result<()> {
    let text = match others {
        0 => format!("all {all} read as browsers read them"),
        n => format!("{} of {all} read as browsers read them; not so:", all - n),
    };
    page.words(
        Span::new(Ink::Plain, format!("{:15}", "Odd Locations")),
        &text,
        Ink::Plain,
    )
}

/// One form: what was sent, where this client went, where browsers go.
fn one(page: &mut Page, odd: &Odd, reading: &OddReading) -> io::Result<()> {
    let layout = page.layout;
    let values = odd.location.iter();
    let shown: Vec<String> = values.map(|value| tame(layout, reading, value)).collect();
    let went = match &reading.next {
        Some(next) => where_to(layout, reading, &next.origin, &next.target),
        None if reading.failed => "error".to_owned(),
        None => "stays".to_owned(),
    };
    let browser = reading.browser.as_ref();
    let browser = browser.map_or("stay".to_owned(), |(origin, target)| {
        where_to(layout, reading, origin, target)
    });
    row(
        page,
        [odd.form.to_owned(), shown.join(" + "), went, browser],
        [Ink::Dim, Ink::Plain, Ink::Fair, Ink::Plain],
    )
}

fn row(page: &mut Page, texts: [String; 4], inks: [Ink; 4]) -> io::Result<()> {
    let third = page.layout.columns().saturating_sub(FORM) / 3;
    let dots = page.layout.sign(Sign::Ellipsis);
    let widths = [FORM, third, third, third];
    let cells = texts
        .into_iter()
        .zip(inks)
        .zip(widths)
        .map(|((text, ink), width)| {
            let text = elided(&text, width.saturating_sub(2), dots);
            Span::new(ink, format!("{text:width$}"))
        });
    page.line(&cells.collect::<Vec<_>>())
}

fn where_to(layout: Layout, reading: &OddReading, origin: &str, target: &[u8]) -> String {
    let other = if reading.first.origin == origin {
        ""
    } else {
        origin
    };
    tame(layout, reading, &[other.as_bytes(), target].concat())
}

/// `bytes` for the terminal, with the authority of this run, which has no meaning outside it, as `HOST`.
fn tame(layout: Layout, reading: &OddReading, bytes: &[u8]) -> String {
    layout
        .show(bytes)
        .replace(authority(&reading.first), "HOST")
}

fn authority(first: &Arrival) -> &str {
    first
        .origin
        .strip_prefix("http://")
        .unwrap_or(&first.origin)
}
