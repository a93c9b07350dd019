//! The matrix: what was sent by code, the worst row first.

use std::cmp::Reverse;
use std::io;

use super::super::grid::{GridRow, TextGrid};
use super::super::page::{Page, Span};
use super::super::style::Ink;
use crate::clients::STATUSES;
use crate::lab::probe::{Probed, ProbedCell, Start};
use crate::model::Status;
use crate::rules::Verdict;

/// Columns of one code.
const COLUMN: usize = 7;

/// The word for the same request again.
const SAME: &str = "same";

/// The word for the same method without the body that it had.
const BARE: &str = "bare";

/// What a cell shows: a word, and how good it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    NotFollowed,
    NotMeasured,
    Followed(Verdict, String),
}

impl Shown {
    /// The worse, the greater.
    fn gravity(&self) -> usize {
        match self {
            Self::NotFollowed | Self::NotMeasured => 0,
            Self::Followed(level, _) => 1 + *level as usize,
        }
    }
}

/// What was sent first, and what became of it on each code.
struct ShownRow {
    label: String,
    cells: Vec<Shown>,
}

/// Writes the matrix and what its words mean.
pub(super) fn matrix(page: &mut Page, probed: &Probed) -> io::Result<()> {
    let codes = asked_codes(probed);
    let starts = probed.starts.iter();
    let mut rows: Vec<ShownRow> = starts.map(|start| row(probed, start, &codes)).collect();
    rows.sort_by_key(|row| Reverse(worst(&row.cells)));
    let mut lines = vec![heads(&codes)];
    lines.extend(rows.iter().map(|row| row.line(page)));
    let labels = rows.iter().map(|row| row.label.chars().count());
    // The columns of the cells hold their own gaps.
    let grid = TextGrid::new(labels.max().unwrap_or(0) + 2, 0, &lines);
    lines.iter().try_for_each(|line| grid.line(page, line))?;
    let all: Vec<&Shown> = rows.iter().flat_map(|row| &row.cells).collect();
    legend(page, &all)
}

fn asked_codes(probed: &Probed) -> Vec<Status> {
    let asked = |code: &Status| probed.cells.iter().any(|cell| cell.status == *code);
    STATUSES.into_iter().map(Status).filter(asked).collect()
}

impl ShownRow {
    fn line(&self, page: &Page) -> GridRow {
        GridRow {
            lead: Span::new(Ink::Plain, self.label.clone()),
            cells: self.cells.iter().map(|cell| shown(page, cell)).collect(),
        }
    }
}

fn heads(codes: &[Status]) -> GridRow {
    let head = |code: &Status| {
        let text = format!("  {:1$}", code.to_string(), COLUMN - 2);
        Span::new(Ink::Strong, text)
    };
    GridRow {
        lead: Span::new(Ink::Plain, ""),
        cells: codes.iter().map(head).collect(),
    }
}

/// How bad the worst cells of a row are, and how many there are of them.
fn worst(cells: &[Shown]) -> (usize, usize) {
    let worst = cells.iter().map(Shown::gravity).max().unwrap_or(0);
    (
        worst,
        cells
            .iter()
            .filter(|cell| cell.gravity() == worst && worst > 1 + Verdict::Permitted as usize)
            .count(),
    )
}

fn row(probed: &Probed, start: &Start, codes: &[Status]) -> ShownRow {
    let cells = codes.iter().map(|code| {
        let of_code = probed
            .cells
            .iter()
            .filter(|cell| cell.status == *code && cell.ask == start.ask);
        of_code
            .map(of)
            .max_by_key(Shown::gravity)
            .unwrap_or(Shown::NotMeasured)
    });
    ShownRow {
        label: label(start),
        cells: cells.collect(),
    }
}

/// What was sent first, such as `POST + body`.
fn label(start: &Start) -> String {
    let asked = start
        .ask
        .method
        .as_ref()
        .map_or("its own method", |method| method.as_str())
        .to_owned();
    let Ok(first) = &start.request else {
        return asked + if start.ask.body { " + body" } else { "" };
    };
    let content = first
        .content
        .as_ref()
        .is_some_and(|content| content.digest.bytes > 0);
    let method: String = first
        .method
        .chars()
        .filter(char::is_ascii_graphic)
        .take(12)
        .collect();
    method + if content { " + body" } else { "" }
}

fn of(cell: &ProbedCell) -> Shown {
    let Ok(outcome) = &cell.outcome else {
        return Shown::NotMeasured;
    };
    let Some(next) = &outcome.next else {
        return Shown::NotFollowed;
    };
    let same = next.arrival.method == outcome.first.method;
    let word = match (same, outcome.has_body(), next.body.is_some()) {
        (true, true, false) => BARE.to_owned(),
        (true, _, _) => SAME.to_owned(),
        (false, had, has) => {
            let method: String = next
                .arrival
                .method
                .chars()
                .filter(char::is_ascii_graphic)
                .take(4)
                .collect();
            method + if had && has { "+" } else { "" }
        }
    };
    Shown::Followed(next.verdict, word)
}

fn shown(page: &Page, cell: &Shown) -> Span {
    let (ink, text) = match cell {
        Shown::NotFollowed => (Ink::Dim, format!("  {}", dot(page))),
        Shown::NotMeasured => (Ink::Dim, "  ?".to_owned()),
        Shown::Followed(level, word) => (
            ink(*level),
            format!("{} {word}", mark(page.layout.unicode, *level)),
        ),
    };
    Span::new(ink, format!("{text:COLUMN$}"))
}

/// The sign of what was not followed.
fn dot(page: &Page) -> &'static str {
    if page.layout.unicode { "\u{b7}" } else { "." }
}

/// The colour of a level.
pub(super) fn ink(level: Verdict) -> Ink {
    match level {
        Verdict::Required | Verdict::Recommended => Ink::Good,
        Verdict::Permitted => Ink::Plain,
        Verdict::Discouraged => Ink::Fair,
        Verdict::Forbidden => Ink::Bad,
    }
}

/// The sign of a level, one column wide.
pub(super) fn mark(unicode: bool, level: Verdict) -> &'static str {
    match (level, unicode) {
        (Verdict::Required | Verdict::Recommended, true) => "\u{2713}",
        (Verdict::Required | Verdict::Recommended, false) => "+",
        (Verdict::Permitted, true) => "\u{25cf}",
        (Verdict::Permitted, false) => "~",
        (Verdict::Discouraged, _) => "!",
        (Verdict::Forbidden, true) => "\u{2717}",
        (Verdict::Forbidden, false) => "x",
    }
}

/// What the words and signs mean, as far as there are any.
fn legend(page: &mut Page, all: &[&Shown]) -> io::Result<()> {
    let mut pieces = levels(page, all);
    pieces.extend(
        words(page, all)
            .into_iter()
            .map(|text| Span::new(Ink::Dim, text)),
    );
    page.gap()?;
    page.flow(Span::new(Ink::Plain, ""), &pieces, "   ")
}

/// The signs of the levels that were seen.
fn levels(page: &Page, all: &[&Shown]) -> Vec<Span> {
    let seen = |wanted: &[Verdict]| {
        all.iter()
            .any(|cell| matches!(cell, Shown::Followed(level, _) if wanted.contains(level)))
    };
    let sign = |level: Verdict, means: &str| {
        let mark = mark(page.layout.unicode, level);
        Span::new(ink(level), format!("{mark} {means}"))
    };
    let signs: [(&[Verdict], &str); 4] = [
        (
            &[Verdict::Required, Verdict::Recommended],
            "as it should be",
        ),
        (&[Verdict::Permitted], "permitted"),
        (&[Verdict::Discouraged], "discouraged"),
        (&[Verdict::Forbidden], "forbidden"),
    ];
    let present = signs.into_iter().filter(|(levels, _)| seen(levels));
    present
        .map(|(levels, means)| sign(levels[0], means))
        .collect()
}

/// The words of the cells that were seen.
fn words(page: &Page, all: &[&Shown]) -> Vec<String> {
    let seen = |wanted: fn(&str) -> bool| {
        all.iter()
            .any(|cell| matches!(cell, Shown::Followed(_, word) if wanted(word)))
    };
    let not_followed = format!("{} not followed", dot(page));
    let words = [
        (seen(|word| word == SAME), "same: sent again as it was"),
        (
            seen(|word| word == BARE),
            "bare: the method without its body",
        ),
        (
            seen(|word| word != SAME && word != BARE),
            "GET: another method, no body",
        ),
        (
            seen(|word| word.ends_with('+')),
            "GET+: another method with the body",
        ),
        (all.contains(&&Shown::NotFollowed), &not_followed),
        (all.contains(&&Shown::NotMeasured), "? not measured"),
    ];
    let present = words.into_iter().filter(|(is_seen, _)| *is_seen);
    present.map(|(_, text)| text.to_owned()).collect()
}

/// Codes in a sentence: `301, 302 and 303`.
pub(super) fn codes(codes: &[Status]) -> String {
    listed(&codes.iter().map(ToString::to_string).collect::<Vec<_>>())
}

/// Words in a sentence: `a, b and c`.
pub(super) fn listed(words: &[String]) -> String {
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
