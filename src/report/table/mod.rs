//! For people: one block per hop, then what it comes to.
//!
//! ```text
//! POST http://127.0.0.1:8080/start
//!      7 bytes application/json
//!
//!  1  308 Permanent Redirect  POST → POST  7 B kept     ✓ required   0.8 ms
//!     → http://127.0.0.1:8080/v2/start                      RFC 9110 §15.4.9
//! ```

mod fields;
mod hop;
mod marks;
mod others;

pub(in crate::report) use marks::{inked, mark};

use std::io::{self, Write};

use super::page::{Page, Span, columns, elided};
use marks::{LONGEST_METHOD, LONGEST_URL, dotted, facts, note};

use super::layout::Sign;
use super::style::Ink;
use super::tone::Tone;
use super::units::{count, duration, size_in_words};
use super::view::{ExpectationView, HopView, Millis, View};
use super::{Detail, Layout, Report, Totals};
use crate::follow::EndKind;

/// The table.
#[derive(Debug)]
pub struct Table {
    layout: Layout,
    /// Whether there are several traces, so that each has to say whose it is.
    several: bool,
    /// Whether one has been written.
    begun: bool,
}

impl Table {
    /// A table laid out like this.
    #[must_use]
    pub fn new(layout: Layout) -> Self {
        Self {
            layout,
            several: false,
            begun: false,
        }
    }
}

impl Report for Table {
    fn begin(&mut self, _: &mut dyn Write, traces: usize) -> io::Result<()> {
        self.several = traces > 1;
        Ok(())
    }

    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        let mut page = Page {
            out,
            layout: self.layout,
        };
        if self.layout.detail == Detail::Quiet {
            return quiet(&mut page, view, self.several);
        }
        if self.begun {
            page.gap()?;
        }
        self.begun = true;
        heading(&mut page, view)?;
        page.gap()?;
        hop::all(&mut page, view)?;
        others::of(&mut page, view)?;
        page.gap()?;
        conclusion(&mut page, view)?;
        expectations(&mut page, &view.expectations)
    }

    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        if totals.traces < 2 || self.layout.detail == Detail::Quiet {
            return Ok(());
        }
        let mut page = Page {
            out,
            layout: self.layout,
        };
        page.gap()?;
        let some = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
        let pieces = [
            Some(format!("{} URLs", totals.traces)),
            some(totals.kept, "kept method and body"),
            some(totals.changed, "changed"),
            some(totals.stopped, "stopped short"),
            Some(count(totals.redirects as u64, "redirect")),
            (totals.unmet > 0)
                .then(|| format!("{} not held", count(totals.unmet as u64, "expectation"))),
            Some(duration(Millis(totals.total_ms))),
        ];
        facts(
            &mut page,
            Span::new(Ink::Plain, ""),
            pieces.into_iter().flatten(),
        )
    }
}

/// `POST http://…`, and what goes with it.
fn heading(page: &mut Page, view: &View) -> io::Result<()> {
    let Some(first) = view.hops.first() else {
        return Ok(());
    };
    let method = elided(
        &first.request.method,
        LONGEST_METHOD,
        page.layout.sign(Sign::Ellipsis),
    );
    let head = Span::new(Ink::Strong, format!("{method} "));
    let indent = Span::new(Ink::Plain, " ".repeat(head.width()));
    let url = page.layout.show(&view.url).into_owned();
    page.long(head, &url, Ink::Strong, LONGEST_URL)?;
    let body = first.request.body.as_ref().map(|_| {
        let mut fields = first.request.headers.iter();
        let kind = fields.find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let kind = kind.map_or("".into(), |(_, value)| page.layout.show(&value.0));
        let size = first
            .request
            .body_length()
            .map_or("body".to_owned(), size_in_words);
        format!("{size} {kind}").trim_end().to_owned()
    });
    let client = (view.client != "fetch").then(|| format!("as {}", page.layout.show(&view.client)));
    let pieces: Vec<_> = body.into_iter().chain(client).collect();
    if pieces.is_empty() {
        Ok(())
    } else {
        facts(page, indent, pieces)
    }
}

/// The sentence, and the figures below it.
fn conclusion(page: &mut Page, view: &View) -> io::Result<()> {
    for finding in view.findings.iter().filter(|finding| finding.hop.is_none()) {
        note(page, "", finding)?;
    }
    let head = mark(page.layout, view.summary.tone);
    let indent = Span::new(Ink::Plain, " ".repeat(head.width()));
    let text = page.layout.show(&view.summary.says).into_owned();
    page.words(head, &text, Ink::Strong)?;
    figures(page, &indent.text, view)
}

/// How many redirects, how long, and what to ask next time.
fn figures(page: &mut Page, indent: &str, view: &View) -> io::Result<()> {
    let summary = &view.summary;
    let figures = [
        count(summary.redirects as u64, "redirect"),
        duration(summary.total_ms),
    ];
    // A chain that broke teaches nothing about next time, and one that left TLS is not to be taken at its word.
    let downgrades = |hop: &HopView| {
        hop.redirect
            .as_ref()
            .is_some_and(|redirect| redirect.downgrade)
    };
    let ended = matches!(view.end.kind.0, EndKind::Landed | EndKind::NotFollowed);
    let answered = view.end.status.is_some_and(|status| status < 400);
    let whole = ended && answered && !view.hops.iter().any(downgrades);
    let moved = summary.redirects > 0 && summary.future_url != view.url;
    if !whole || !moved {
        return facts(page, Span::new(Ink::Plain, indent), figures);
    }
    let next = format!("next time ask {}", page.layout.show(&summary.future_url));
    let taken: usize = figures
        .iter()
        .map(|figure| figure.len() + " · ".chars().count())
        .sum();
    let fits = indent.len() + taken + columns(&next) <= page.layout.columns();
    let mut pieces = figures.map(|figure| Span::new(Ink::Dim, figure)).to_vec();
    if fits {
        pieces.push(Span::new(Ink::Plain, next));
        return dotted(page, Span::new(Ink::Plain, indent), &pieces);
    }
    dotted(page, Span::new(Ink::Plain, indent), &pieces)?;
    page.long(
        Span::new(Ink::Plain, indent),
        &next,
        Ink::Plain,
        LONGEST_URL,
    )
}

fn expectations(page: &mut Page, expectations: &[ExpectationView]) -> io::Result<()> {
    if !expectations.is_empty() {
        page.gap()?;
    }
    let layout = page.layout;
    let shown: Vec<_> = expectations
        .iter()
        .map(|expectation| layout.show(&expectation.text))
        .collect();
    let widest = shown
        .iter()
        .map(|text| columns(text))
        .filter(|width| *width < WIDEST_EXPECTATION)
        .max();
    for (expectation, text) in expectations.iter().zip(shown) {
        let tone = if expectation.held {
            Tone::Good
        } else {
            Tone::Bad
        };
        let padding = " ".repeat(widest.unwrap_or(0).saturating_sub(columns(&text)));
        let text = format!(
            "{text}{padding}   actual: {}",
            layout.show(&expectation.actual)
        );
        page.words(mark(layout, tone), &text, Ink::Plain)?;
    }
    Ok(())
}

/// Columns up to which the actual values stand in line.
const WIDEST_EXPECTATION: usize = 40;

/// The sentence alone, and what did not hold, each on one line however long.
fn quiet(page: &mut Page, view: &View, several: bool) -> io::Result<()> {
    let layout = page.layout;
    let whose = if several {
        format!("{}: ", layout.show(&view.url))
    } else {
        String::new()
    };
    let text = format!("{whose}{}", layout.show(&view.summary.says));
    page.line(&[mark(layout, view.summary.tone), Span::new(Ink::Plain, text)])?;
    for unmet in view
        .expectations
        .iter()
        .filter(|expectation| !expectation.held)
    {
        let text = format!(
            "{whose}{}, actual: {}",
            layout.show(&unmet.text),
            layout.show(&unmet.actual)
        );
        page.line(&[mark(layout, Tone::Bad), Span::new(Ink::Plain, text)])?;
    }
    Ok(())
}
