//! The hops: a row of cells each, where it leads, and what stood out.

use std::io;

use super::fields;
use super::marks::{LONGEST_METHOD, LONGEST_URL, inked, mark, note};
use crate::report::layout::Sign;
use crate::report::page::{Page, Span, columns, elided};
use crate::report::style::Ink;
use crate::report::tone::Tone;
use crate::report::units::{duration, size};
use crate::report::view::{HopView, RedirectView, View};
use crate::report::{Detail, Layout};
use crate::rules::BodyFate;
use crate::rules::findings::{BODY_DROPPED, METHOD_CHANGED, NO_HYPERTEXT_NOTE};

/// Columns taken by the number of a hop, and by what belongs below it.
const INDENT: usize = 4;
/// Columns between two cells.
const BETWEEN: usize = 2;
/// Characters of status code and reason phrase that are shown.
const LONGEST_STATUS: usize = 26;

/// Columns that a time is given where it is asked what fits: what it took must not decide how a chain looks.
const USUAL_TIME: usize = "99.9 ms".len();

/// Every hop of the trace.
pub(super) fn all(page: &mut Page, view: &View) -> io::Result<()> {
    let rows: Vec<HopRow> = view
        .hops
        .iter()
        .map(|hop| HopRow::new(page.layout, view, hop))
        .collect();
    let grid = HopGrid::new(page.layout, &rows);
    for (n, (hop, row)) in view.hops.iter().zip(&rows).enumerate() {
        if n > 0 && page.layout.detail >= Detail::Fields {
            page.gap()?;
        }
        grid.row(page, row)?;
        if let Some(redirect) = &hop.redirect {
            grid.target(page, redirect)?;
        }
        notes(page, view, hop)?;
        if page.layout.detail >= Detail::Fields {
            fields::of(page, hop, n.checked_sub(1).map(|before| &view.hops[before]))?;
        }
    }
    Ok(())
}

/// The cells of one hop.
struct HopRow {
    number: String,
    /// Status, method, body, verdict.
    cells: [Span; 4],
    /// The section behind the verdict.
    section: Option<String>,
    time: Span,
}

impl HopRow {
    fn new(layout: Layout, view: &View, hop: &HopView) -> Self {
        let redirect = hop.redirect.as_ref();
        Self {
            number: format!("{:<INDENT$}", format!("{:>2}", hop.n)),
            cells: [
                status(layout, hop),
                method(layout, hop),
                body(hop),
                verdict(layout, view, hop),
            ],
            section: redirect.map(|redirect| section(layout, redirect)),
            time: Span::new(Ink::Dim, duration(hop.timing.total_ms)),
        }
    }
}

/// `§15.4.3`, of RFC 9110; any other document is named.
fn section(layout: Layout, redirect: &RedirectView) -> String {
    let section = format!("{}{}", layout.sign(Sign::Section), redirect.rule.section);
    match redirect.rule.source {
        "RFC 9110" => section,
        other => format!("{other} {section}"),
    }
}

/// How wide each column is, so that the rows of one trace stand in line.
struct HopGrid {
    columns: [usize; 4],
    section: usize,
    time: usize,
    /// Whether there is room for the section in the row; else it goes below.
    section_in_row: bool,
    /// Whether there is room for rows at all; else the cells flow.
    rows: bool,
}

impl HopGrid {
    fn new(layout: Layout, rows: &[HopRow]) -> Self {
        let widest = |width: &dyn Fn(&HopRow) -> usize| rows.iter().map(width).max().unwrap_or(0);
        let columns = [0, 1, 2, 3].map(|column| widest(&|row: &HopRow| row.cells[column].width()));
        let section =
            widest(&|row: &HopRow| row.section.as_ref().map_or(0, |text| text.chars().count()));
        let time = widest(&|row: &HopRow| row.time.width());
        let cells: usize = columns
            .iter()
            .filter(|width| **width > 0)
            .map(|width| width + BETWEEN)
            .sum();
        let needed = INDENT + cells + time.max(USUAL_TIME);
        let room = layout.columns();
        Self {
            columns,
            section,
            time,
            section_in_row: needed + section + BETWEEN <= room,
            rows: needed <= room,
        }
    }

    fn row(&self, page: &mut Page, row: &HopRow) -> io::Result<()> {
        let number = Span::new(Ink::Strong, row.number.clone());
        if !self.rows {
            let cells: Vec<Span> = row
                .cells
                .iter()
                .filter(|cell| !cell.text.is_empty())
                .cloned()
                .collect();
            return page.flow(
                number,
                &[cells, vec![row.time.clone()]].concat(),
                &" ".repeat(BETWEEN),
            );
        }
        let mut line = vec![number];
        for (cell, width) in row.cells.iter().zip(self.columns) {
            push(&mut line, cell.clone(), width);
        }
        if self.section_in_row {
            push(
                &mut line,
                Span::new(Ink::Dim, row.section.clone().unwrap_or_default()),
                self.section,
            );
        }
        line.push(Span::new(
            Ink::Dim,
            format!("{:>1$}", row.time.text, self.time),
        ));
        page.line(&line)
    }

    /// Where the hop leads, and by which section where the row had no room for it.
    fn target(&self, page: &mut Page, redirect: &RedirectView) -> io::Result<()> {
        let layout = page.layout;
        let head = Span::new(
            Ink::Dim,
            format!("{:INDENT$}{} ", "", layout.sign(Sign::Arrow)),
        );
        let url = layout.show(&redirect.target).into_owned();
        let rule = format!(
            "{} {}{}",
            redirect.rule.source,
            layout.sign(Sign::Section),
            redirect.rule.section
        );
        if self.section_in_row {
            return page.long(head, &url, Ink::Link, LONGEST_URL);
        }
        let used = head.width() + columns(&url);
        let end = if self.rows {
            self.end()
        } else {
            layout.columns()
        };
        if used + BETWEEN + rule.len() <= end {
            let gap = " ".repeat(end - used - rule.chars().count());
            return page.line(&[
                head,
                Span::new(Ink::Link, url),
                Span::new(Ink::Plain, gap),
                Span::new(Ink::Dim, rule),
            ]);
        }
        page.long(head, &url, Ink::Link, LONGEST_URL)?;
        page.line(&[Span::new(Ink::Dim, format!("{:INDENT$}{rule}", ""))])
    }

    /// The last column of a row.
    fn end(&self) -> usize {
        let cells: usize = self
            .columns
            .iter()
            .filter(|width| **width > 0)
            .map(|width| width + BETWEEN)
            .sum();
        INDENT + cells + self.time
    }
}

/// Adds a cell of this width; an empty column takes no room.
fn push(line: &mut Vec<Span>, cell: Span, width: usize) {
    if width > 0 {
        let padding = width - cell.width().min(width) + BETWEEN;
        line.push(cell);
        line.push(Span::new(Ink::Plain, " ".repeat(padding)));
    }
}

fn status(layout: Layout, hop: &HopView) -> Span {
    let Some(response) = &hop.response else {
        return Span::new(Ink::Bad, "no answer");
    };
    let ink = match response.status {
        200..300 => Ink::Good,
        300..400 => Ink::Strong,
        _ => Ink::Bad,
    };
    Span::new(
        ink,
        cell(
            layout,
            &format!("{:03} {}", response.status, layout.show(&response.reason.0)),
        ),
    )
}

fn method(layout: Layout, hop: &HopView) -> Span {
    let shown = |method: &str| elided(method, LONGEST_METHOD, layout.sign(Sign::Ellipsis));
    let Some(redirect) = &hop.redirect else {
        return Span::new(Ink::Plain, shown(&hop.request.method));
    };
    let (from, to) = (shown(&redirect.method.from), shown(&redirect.method.to));
    let ink = if redirect.method.kept {
        Ink::Plain
    } else {
        inked(redirect.verdict.0)
    };
    Span::new(ink, format!("{from} {} {to}", layout.sign(Sign::Arrow)))
}

/// The body that was sent, and what became of it.
fn body(hop: &HopView) -> Span {
    let Some(body) = &hop.request.body else {
        return Span::new(Ink::Plain, "");
    };
    let size = hop.request.body_length().map_or("body".to_owned(), size);
    match &hop.redirect {
        Some(redirect) if redirect.body.0 == BodyFate::Dropped => {
            Span::new(inked(redirect.verdict.0), format!("{size} dropped"))
        }
        Some(_) => Span::new(Ink::Plain, format!("{size} kept")),
        None if !body.complete => Span::new(Ink::Fair, format!("part of {size}")),
        None => Span::new(Ink::Plain, size),
    }
}

fn verdict(layout: Layout, view: &View, hop: &HopView) -> Span {
    let Some(redirect) = &hop.redirect else {
        let phase = view.end.phase.filter(|_| hop.response.is_none());
        let failed =
            phase.map(|phase| format!("{} {} failed", layout.sign(Sign::Bad), phase.name()));
        return Span::new(Ink::Bad, failed.unwrap_or_default());
    };
    if !redirect.followed {
        return Span::new(Ink::Dim, "not followed");
    }
    let mark = mark(layout, Tone::of(redirect.verdict.0));
    Span::new(
        mark.ink,
        format!("{}{}", mark.text, redirect.verdict.name()),
    )
}

fn cell(layout: Layout, text: &str) -> String {
    let room = if layout.whole {
        usize::MAX
    } else {
        LONGEST_STATUS
    };
    elided(text.trim_end(), room, layout.sign(Sign::Ellipsis))
}

/// Findings that the row itself shows.
const SHOWN_IN_ROW: [&str; 2] = [METHOD_CHANGED.id, BODY_DROPPED.id];

/// Findings that are asked for by `-v`: most redirects raise them, and few people mind.
const SHOWN_WITH_FIELDS: [&str; 1] = [NO_HYPERTEXT_NOTE.id];

/// What stood out at this hop.
fn notes(page: &mut Page, view: &View, hop: &HopView) -> io::Result<()> {
    let indent = " ".repeat(INDENT);
    let found = view
        .findings
        .iter()
        .filter(|finding| finding.hop == Some(hop.n));
    let verbose = page.layout.detail == Detail::Fields;
    found
        .filter(|finding| !SHOWN_IN_ROW.contains(&finding.id))
        .filter(|finding| verbose || !SHOWN_WITH_FIELDS.contains(&finding.id))
        .try_for_each(|finding| note(page, &indent, finding))
}
