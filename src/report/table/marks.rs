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
    let (sign, ink) = match finding.severity.0 {
        Severity::Info => (Sign::Dot, Ink::Dim),
        Severity::Warn => (Sign::Warn, Ink::Fair),
        Severity::Error => (Sign::Bad, Ink::Bad),
    };
    let head = Span::new(ink, format!("{indent}{} ", page.layout.sign(sign)));
    let text = page.layout.show(&finding.says).into_owned();
    page.words(
        head,
        &text,
        if ink == Ink::Dim {
            Ink::Dim
        } else {
            Ink::Plain
        },
    )
}

/// The sign before a sentence or an outcome.
pub(super) fn mark(layout: Layout, tone: Tone) -> Span {
    let (sign, ink) = match tone {
        Tone::Good => (Sign::Good, Ink::Good),
        Tone::Fair => (Sign::Fair, Ink::Fair),
        Tone::Bad => (Sign::Bad, Ink::Bad),
    };
    Span::new(ink, format!("{} ", layout.sign(sign)))
}

pub(in crate::report) fn inked(level: Verdict) -> Ink {
    match level {
        Verdict::Required | Verdict::Recommended => Ink::Good,
        Verdict::Permitted => Ink::Fair,
        Verdict::Discouraged | Verdict::Forbidden => Ink::Bad,
    }
}
