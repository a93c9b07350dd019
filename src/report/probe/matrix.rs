//! The matrix: what was sent by code, the worst row first.

use std::cmp::Reverse;
use std::io;

use super::super::page::{Page, Span};
use super::super::style::Ink;
use crate::clients::STATUSES;
use crate::lab::probe::{Probed, ProbedCell, Start};
use crate::model::Status;
use crate::rules::Verdict;

/// Columns of one code.
const COLUMN: usize = 7;

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

/// Writes the matrix and what its words mean.
pub(super) fn matrix(page: &mut Page, probed: &Probed) -> io::Result<()> {
    let asked = |code: &Status| probed.cells.iter().any(|cell| cell.status == *code);
    let codes: Vec<Status> = STATUSES.into_iter().map(Status).filter(asked).collect();
    let mut rows: Vec<(String, Vec<Shown>)> = probed
        .starts
        .iter()
        .map(|start| row(probed, start, &codes))
        .collect();
    rows.sort_by_key(|(_, cells)| Reverse(worst(cells)));
    let widest = rows
        .iter()
        .map(|(label, _)| label.chars().count())
        .max()
        .unwrap_or(0)
        + 2;
    let mut head = vec![Span::new(Ink::Plain, " ".repeat(widest))];
    head.extend(codes.iter().map(|code| {
        Span::new(
            Ink::Strong,
            format!("  {:1$}", code.to_string(), COLUMN - 2),
        )
    }));
    page.line(&head)?;
    for (label, cells) in &rows {
        let mut line = vec![Span::new(Ink::Plain, format!("{label:widest$}"))];
        line.extend(cells.iter().map(|cell| shown(page, cell)));
        page.line(&line)?;
    }
    legend(page, &rows)
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

fn row(probed: &Probed, start: &Start, codes: &[Status]) -> (String, Vec<Shown>) {
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
    (label(start), cells.collect())
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
        (true, true, false) => "bare".to_owned(),
        (true, _, _) => "same".to_owned(),
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
    let layout = page.layout;
    let (ink, text) = match cell {
        Shown::NotFollowed => (
            Ink::Dim,
            format!("  {}", if layout.unicode { "\u{b7}" } else { "." }),
        ),
        Shown::NotMeasured => (Ink::Dim, "  ?".to_owned()),
        Shown::Followed(level, word) => (
            ink(*level),
            format!("{} {word}", mark(layout.unicode, *level)),
        ),
    };
    Span::new(ink, format!("{text:COLUMN$}"))
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
fn legend(page: &mut Page, rows: &[(String, Vec<Shown>)]) -> io::Result<()> {
    let all: Vec<&Shown> = rows.iter().flat_map(|(_, cells)| cells).collect();
    let word = |wanted: &str| {
        all.iter()
            .any(|cell| matches!(cell, Shown::Followed(_, word) if word == wanted))
    };
    let level = |wanted: &[Verdict]| {
        all.iter()
            .any(|c| matches!(c, Shown::Followed(level, _) if wanted.contains(level)))
    };
    let unicode = page.layout.unicode;
    let dot = if unicode { "\u{b7}" } else { "." };
    let sign = |level: Verdict, means: &str| {
        Span::new(ink(level), format!("{} {means}", mark(unicode, level)))
    };
    let dim = |text: String| Span::new(Ink::Dim, text);
    let with_body = all
        .iter()
        .any(|cell| matches!(cell, Shown::Followed(_, word) if word.ends_with('+')));
    let changed = all
        .iter()
        .any(|c| matches!(c, Shown::Followed(_, word) if word != "same" && word != "bare"));
    let pieces = [
        level(&[Verdict::Required, Verdict::Recommended])
            .then(|| sign(Verdict::Required, "as it should be")),
        level(&[Verdict::Permitted]).then(|| sign(Verdict::Permitted, "permitted")),
        level(&[Verdict::Discouraged]).then(|| sign(Verdict::Discouraged, "discouraged")),
        level(&[Verdict::Forbidden]).then(|| sign(Verdict::Forbidden, "forbidden")),
        word("same").then(|| dim("same: sent again as it was".to_owned())),
        word("bare").then(|| dim("bare: the method without its body".to_owned())),
        changed.then(|| dim("GET: another method, no body".to_owned())),
        with_body.then(|| dim("GET+: another method with the body".to_owned())),
        all.contains(&&Shown::NotFollowed)
            .then(|| dim(format!("{dot} not followed"))),
        all.contains(&&Shown::NotMeasured)
            .then(|| dim("? not measured".to_owned())),
    ];
    let pieces: Vec<Span> = pieces.into_iter().flatten().collect();
    page.gap()?;
    page.flow(Span::new(Ink::Plain, ""), &pieces, "   ")
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
