//! Text to rows of cells.

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::platforms::rule::Place;
use crate::platforms::text::{TextPlaces, text_lines};

/// A row with its place.
pub(super) type MapCells = (Place, Vec<String>);

/// The better of two equals stands further back: a comma stands in more addresses than a tab does.
const DELIMITERS: [u8; 4] = *b",|;\t";

/// So many rows tell which delimiter it is.
const SNIFFED_ROWS: usize = 100;

/// The rows of the delimiter that gives the most even columns; blanks where none gives two.
pub(super) fn rows(text: &str) -> Vec<MapCells> {
    let best = DELIMITERS.into_iter().max_by_key(|delimiter| {
        let widths = records(text, *delimiter).take(SNIFFED_ROWS);
        evenness(&widths.map(|record| record.len()).collect::<Vec<_>>())
    });
    let delimited = best.map(|delimiter| delimited(text, delimiter));
    match delimited {
        Some(rows) if rows.iter().any(|(_, cells)| cells.len() > 1) => rows,
        _ => worded(text),
    }
}

/// How many rows have the commonest width that is more than one, and that width.
fn evenness(widths: &[usize]) -> (usize, usize) {
    let wide = widths.iter().filter(|width| **width > 1);
    wide.map(|width| {
        (
            widths.iter().filter(|other| *other == width).count(),
            *width,
        )
    })
    .max()
    .unwrap_or_default()
}

fn records(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .trim(Trim::All)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    reader.into_records().filter_map(Result::ok)
}

fn delimited(text: &str, delimiter: u8) -> Vec<MapCells> {
    let places = TextPlaces::new(text);
    let row = |record: StringRecord| {
        let begin = record.position().map_or(0, csv::Position::byte);
        let begin = usize::try_from(begin).unwrap_or(usize::MAX);
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        (places.at(content(text, begin)), cells)
    };
    let rows = records(text, delimiter).map(row);
    rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
        .collect()
}

/// Where a record begins: the reader counts the blank lines and comments before it as its own.
fn content(text: &str, mut at: usize) -> usize {
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        if !line.trim().is_empty() && !line.starts_with('#') {
            break;
        }
        at += line.len();
    }
    at
}

/// Rows of words, as MDN's `_redirects.txt` and Squarespace's `/old -> /new 301` have them.
fn worded(text: &str) -> Vec<MapCells> {
    let row = |line: crate::platforms::text::TextLine<'_>| {
        let words = line.words().into_iter().filter(|word| *word != "->");
        (line.place(), words.map(str::to_owned).collect::<Vec<_>>())
    };
    let lines = text_lines(text).filter(|line| !line.text.trim_start().starts_with('#'));
    lines
        .map(row)
        .filter(|(_, cells)| !cells.is_empty())
        .collect()
}
