//! What every block of the table is written with: its marks, its rows of figures, how long things may be.

use std::io;

use crate::report::Layout;
use crate::report::layout::Sign;
use crate::report::page::{Page, Span};
use crate::report::style::Ink;
use crate::report::tone::Tone;
use crate::report::view::FindingView;
use crate::rules::{Severity, Verdict};

/// Characters of a method that are shown.
pub(super) const LONGEST_METHOD: usize = 16;

/// Lines that a URL may take before its middle is left out.
pub(super) const LONGEST_URL: usize = 3;

/// Figures side by side, dots between.
pub(super) fn facts(
    page: &mut Page,
    head: Span,
    pieces: impl IntoIterator<Item = String>,
) -> io::Result<()> {
    let pieces: Vec<_> = pieces
        .into_iter()
        .map(|piece| Span::new(Ink::Dim, piece))
        .collect();
    dotted(page, head, &pieces)
}

pub(super) fn dotted(page: &mut Page, head: Span, pieces: &[Span]) -> io::Result<()> {
    let between = format!(" {} ", page.layout.sign(Sign::Dot));
    page.flow(head, pieces, &between)
}

/// One finding, indented.
pub(super) fn note(page: &mut Page, indent: &str, finding: &FindingView) -> io::Result<()> {
    let text = page.layout.show(&finding.says).into_owned();
    if finding.severity.0 == Severity::Info {
        let head = format!("{indent}{} ", page.layout.sign(Sign::Dot));
        return page.words(Span::new(Ink::Dim, head), &text, Ink::Dim);
    }
    let mark = mark(page.layout, Tone::raised(finding.severity.0));
    let head = Span::new(mark.ink, format!("{indent}{}", mark.text));
    page.words(head, &text, Ink::Plain)
}

/// The sign before a sentence or an outcome.
pub(in crate::report) fn mark(layout: Layout, tone: Tone) -> Span {
    let (sign, ink) = match tone {
        Tone::Good => (Sign::Good, Ink::Good),
        Tone::Fair => (Sign::Fair, Ink::Fair),
        Tone::Bad => (Sign::Bad, Ink::Bad),
    };
    Span::new(ink, format!("{} ", layout.sign(sign)))
}

/// The ink of what the law calls this.
pub(in crate::report) fn inked(verdict: Verdict) -> Ink {
    match Tone::of(verdict) {
        Tone::Good => Ink::Good,
        Tone::Fair => Ink::Fair,
        Tone::Bad => Ink::Bad,
    }
}
