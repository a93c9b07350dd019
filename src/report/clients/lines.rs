//! The lines of which one client in full is made.

use std::io;

use crate::report::page::{Page, Span};
use crate::report::style::Ink;

/// A heading with a gap above it.
pub(super) fn section(page: &mut Page, title: &str) -> io::Result<()> {
    page.gap()?;
    page.line(&[Span::new(Ink::Strong, title)])
}

/// A short name, its text behind it.
pub(super) fn entry(page: &mut Page, name: &str, text: &str) -> io::Result<()> {
    let text = page.layout.own(text);
    page.words(
        Span::new(Ink::Dim, format!("  {name:10}  ")),
        &text,
        Ink::Plain,
    )
}

/// A longer name, its text behind it.
pub(super) fn listed(page: &mut Page, name: &str, text: &str) -> io::Result<()> {
    let text = page.layout.own(text);
    page.words(
        Span::new(Ink::Dim, format!("  {name}: ")),
        &text,
        Ink::Plain,
    )
}
