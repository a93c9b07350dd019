//! Columns of cells under their heads, and beside them names.

use std::io;

use super::Layout;
use super::page::{Page, Span, wrapped};
use super::style::Ink;

/// Columns that names take beside the cells at least.
const NARROWEST: usize = 26;

/// A row of a [`TextGrid`]; its heads are one as well.
#[derive(Debug, Clone)]
pub(super) struct GridRow {
    /// What stands before the cells.
    pub(super) lead: Span,
    /// One for each column.
    pub(super) cells: Vec<Span>,
}

impl GridRow {
    /// The same cells behind another lead.
    pub(super) fn led_by(self, lead: Span) -> Self {
        Self { lead, ..self }
    }
}

/// The widths that make rows stand under each other.
#[derive(Debug)]
pub(super) struct TextGrid {
    lead: usize,
    columns: Vec<usize>,
}

impl TextGrid {
    /// `lead` columns, then a column for each cell, wide enough for these rows and followed by `gap` spaces.
    pub(super) fn new<'a>(
        lead: usize,
        gap: usize,
        rows: impl IntoIterator<Item = &'a GridRow>,
    ) -> Self {
        let mut columns: Vec<usize> = Vec::new();
        for row in rows {
            columns.resize(columns.len().max(row.cells.len()), gap);
            for (column, cell) in columns.iter_mut().zip(&row.cells) {
                *column = (*column).max(cell.width() + gap);
            }
        }
        Self { lead, columns }
    }

    /// Columns for the names of a row.
    pub(super) fn room(&self, layout: Layout) -> usize {
        let beside = layout.columns().saturating_sub(self.width());
        if beside < NARROWEST {
            layout.columns() - self.lead
        } else {
            beside
        }
    }

    /// A row alone.
    pub(super) fn line(&self, page: &mut Page, row: &GridRow) -> io::Result<()> {
        page.line(&self.spans(row))
    }

    /// A row with names beside it; where there is no room for them, they go below.
    pub(super) fn named(&self, page: &mut Page, row: &GridRow, names: &str) -> io::Result<()> {
        let mut spans = self.spans(row);
        let used: usize = spans.iter().map(Span::width).sum();
        let beside = page.layout.columns().saturating_sub(used);
        let indent = if beside < NARROWEST { self.lead } else { used };
        let mut lines = wrapped(names, page.layout.columns().saturating_sub(indent)).into_iter();
        if beside >= NARROWEST {
            spans.push(Span::new(Ink::Plain, lines.next().unwrap_or_default()));
        }
        page.line(&spans)?;
        lines.try_for_each(|line| {
            page.line(&[
                Span::new(Ink::Plain, " ".repeat(indent)),
                Span::new(Ink::Plain, line),
            ])
        })
    }

    fn width(&self) -> usize {
        self.lead + self.columns.iter().sum::<usize>()
    }

    /// The cells of a row, each followed by what fills its column.
    fn spans(&self, row: &GridRow) -> Vec<Span> {
        let lead = format!("{:<1$}", row.lead.text, self.lead);
        let mut spans = vec![Span::new(row.lead.ink, lead)];
        for (cell, column) in row.cells.iter().zip(&self.columns) {
            spans.push(cell.clone());
            let rest = column.saturating_sub(cell.width());
            spans.push(Span::new(Ink::Plain, " ".repeat(rest)));
        }
        spans
    }
}
