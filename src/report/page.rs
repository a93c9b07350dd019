//! Lines of coloured words that never run over the edge.

use std::io::{self, Write};

use super::Layout;
use super::layout::Sign;
use super::style::{Ink, paint};
use unicode_width::UnicodeWidthChar as _;

/// A piece of text in one ink; what came over the wire has been escaped.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) ink: Ink,
    pub(super) text: String,
}

impl Span {
    pub(super) fn new(ink: Ink, text: impl Into<String>) -> Self {
        Self {
            ink,
            text: text.into(),
        }
    }

    /// Columns taken.
    pub(super) fn width(&self) -> usize {
        columns(&self.text)
    }
}

/// Where a report for people is written.
pub(super) struct Page<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) layout: Layout,
}

impl Page<'_> {
    /// An empty line.
    pub(super) fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// One line, as it is.
    pub(super) fn line(&mut self, spans: &[Span]) -> io::Result<()> {
        let last = spans
            .iter()
            .rposition(|span| !span.text.trim_end().is_empty())
            .map_or(0, |last| last + 1);
        for (n, span) in spans[..last].iter().enumerate() {
            let text = if n + 1 == last {
                span.text.trim_end()
            } else {
                &span.text
            };
            if self.layout.colour && !text.trim().is_empty() {
                write!(self.out, "{}", paint(text, span.ink))?;
            } else {
                write!(self.out, "{text}")?;
            }
        }
        writeln!(self.out)
    }

    /// Words that go on in the next line where one is full; later lines are indented by the width of `head`.
    pub(super) fn words(&mut self, head: Span, text: &str, ink: Ink) -> io::Result<()> {
        let indent = head.width();
        let lines = wrapped(text, self.layout.columns().saturating_sub(indent).max(1));
        self.hanging((head, indent), lines, ink)
    }

    /// One long word, such as a URL: over `rows` lines at most, with its middle left out where that is too few.
    pub(super) fn long(&mut self, head: Span, text: &str, ink: Ink, rows: usize) -> io::Result<()> {
        let room = self.layout.room_for_a_word(head.width());
        let text = elided(text, room * rows, self.layout.sign(Sign::Ellipsis));
        let indent = head.width();
        self.hanging((head, indent), chunks(&text, room), ink)
    }

    /// A field line: as [`Self::long`], with later lines indented deeper, lest they look like fields themselves.
    pub(super) fn field(
        &mut self,
        head: Span,
        text: &str,
        ink: Ink,
        rows: usize,
    ) -> io::Result<()> {
        let room = self.layout.room_for_a_word(head.width());
        let deep = room.saturating_sub(DEEPER).max(1);
        let text = elided(
            text,
            room + deep * (rows - 1),
            self.layout.sign(Sign::Ellipsis),
        );
        let first = chunks(&text, room).swap_remove(0);
        let rest = chunks(&text[first.len()..], deep);
        let lines = std::iter::once(first)
            .chain(rest.into_iter().filter(|line| !line.is_empty()))
            .collect();
        let indent = head.width() + DEEPER;
        self.hanging((head, indent), lines, ink)
    }

    /// Short pieces side by side, as many in a line as fit; one that fits in no line is cut.
    pub(super) fn flow(&mut self, head: Span, pieces: &[Span], between: &str) -> io::Result<()> {
        let indent = head.width();
        let room = self.layout.columns().saturating_sub(indent).max(1);
        let cut = |piece: &Span| {
            chunks(&piece.text, room)
                .into_iter()
                .map(|text| Span::new(piece.ink, text))
                .collect()
        };
        let mut line = vec![head];
        let mut used = 0;
        for piece in pieces
            .iter()
            .flat_map(|piece: &Span| -> Vec<Span> { cut(piece) })
        {
            let needed = columns(between) + piece.width();
            if used > 0 && used + needed > room {
                self.line(&line)?;
                line = vec![Span::new(Ink::Plain, " ".repeat(indent))];
                used = 0;
            }
            if used > 0 {
                line.push(Span::new(Ink::Dim, between));
                used += columns(between);
            }
            used += piece.width();
            line.push(piece);
        }
        self.line(&line)
    }

    /// Lines of which the first follows the head, and the others as many columns.
    fn hanging(
        &mut self,
        (head, indent): (Span, usize),
        lines: Vec<String>,
        ink: Ink,
    ) -> io::Result<()> {
        let indent = Span::new(Ink::Plain, " ".repeat(indent));
        let mut heads = std::iter::once(head).chain(std::iter::repeat(indent));
        for line in lines {
            let head = heads.next().unwrap_or_else(|| Span::new(Ink::Plain, ""));
            self.line(&[head, Span::new(ink, line)])?;
        }
        Ok(())
    }
}

/// Columns by which the later lines of a field are indented deeper.
const DEEPER: usize = 4;

/// Marks on one character that take no room of their own; more of them are no language's.
const MARKS: usize = 3;

/// Each character with the columns that it takes.
fn widths(text: &str) -> impl Iterator<Item = (char, usize)> {
    text.chars().scan(0, |marks, c| {
        let width = c.width().unwrap_or(1);
        *marks = if width == 0 { *marks + 1 } else { 0 };
        Some((c, if *marks > MARKS { 1 } else { width }))
    })
}

/// The columns that `text` takes: two for a wide character, none for a mark on the one before it.
pub(super) fn columns(text: &str) -> usize {
    widths(text).map(|(_, width)| width).sum()
}

/// The beginning of `text` that fits into `room` columns.
fn beginning(text: &str, room: usize) -> &str {
    let mut used = 0;
    let fits = |(_, width): &(char, usize)| {
        used += width;
        used <= room
    };
    let bytes: usize = widths(text)
        .take_while(fits)
        .map(|(c, _)| c.len_utf8())
        .sum();
    &text[..bytes]
}

/// The end of `text` that fits into `room` columns.
fn ending(text: &str, room: usize) -> &str {
    let mut over = columns(text).saturating_sub(room);
    if over == 0 {
        return text;
    }
    let goes = |(_, width): &(char, usize)| {
        let goes = over > 0 || *width == 0;
        over = over.saturating_sub(*width);
        goes
    };
    let bytes: usize = widths(text)
        .take_while(goes)
        .map(|(c, _)| c.len_utf8())
        .sum();
    &text[bytes..]
}

/// `text` in lines of at most `room` columns, broken between words where possible.
pub(super) fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').flat_map(|word| chunks(word, room)) {
        let line = lines.last().map_or("", String::as_str);
        let fits = line.is_empty() || columns(line) + 1 + columns(&word) <= room;
        match lines.last_mut().filter(|_| fits) {
            Some(line) if line.is_empty() => *line = word,
            Some(line) => *line += &(" ".to_owned() + &word),
            None => lines.push(word),
        }
    }
    lines
}

/// `text` cut into pieces of at most `room` columns (one character where that is wider); at least one piece.
fn chunks(text: &str, room: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let (piece, after) = rest.split_at(beginning(rest, room).len().max(first));
        pieces.push(piece.to_owned());
        rest = after;
    }
    if pieces.is_empty() {
        vec![String::new()]
    } else {
        pieces
    }
}

/// `text` with its middle left out where it takes more than `room` columns: beginning and end tell most.
pub(super) fn elided(text: &str, room: usize, ellipsis: &str) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let dots = columns(ellipsis);
    let tail = room.saturating_sub(dots) / 3;
    let head = beginning(text, room.saturating_sub(dots + tail));
    format!("{head}{ellipsis}{}", ending(text, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_and_long_ones_are_cut() {
        for (text, room, lines) in [
            ("", 5, &[""][..]),
            ("one two three", 7, &["one two", "three"]),
            ("one abcdefgh two", 5, &["one", "abcde", "fgh", "two"]),
            ("abcdefgh", 4, &["abcd", "efgh"]),
            (
                "\u{898b}\u{3064}\u{304b}",
                4,
                &["\u{898b}\u{3064}", "\u{304b}"],
            ),
            ("\u{898b}", 1, &["\u{898b}"]),
            (
                "e\u{301}e\u{301}e\u{301}",
                2,
                &["e\u{301}e\u{301}", "e\u{301}"],
            ),
        ] {
            assert_eq!(wrapped(text, room), lines);
        }
    }

    #[test]
    fn the_middle_is_left_out() {
        for (text, room, shown) in [
            ("abcdef", 6, "abcdef"),
            ("abcdefghij", 7, "abcd~ij"),
            ("abc", 1, "~"),
            ("abcdefghijkl", 10, "abcdef~jkl"),
            (
                "\u{898b}\u{3064}\u{304b}\u{308a}",
                7,
                "\u{898b}\u{3064}~\u{308a}",
            ),
        ] {
            assert_eq!(elided(text, room, "~"), shown);
        }
        assert!(
            elided(&format!("a{}", "\u{301}".repeat(5_000)), 20, "~").len() < 100,
            "marks without end are cut"
        );
    }

    #[test]
    fn a_field_that_runs_on_is_indented_deeper() {
        let layout = Layout {
            width: 40,
            unicode: true,
            colour: false,
            detail: crate::report::Detail::Fields,
            whole: false,
        };
        let mut out = Vec::new();
        let head = Span::new(Ink::Plain, " ".repeat(30));
        Page {
            out: &mut out,
            layout,
        }
        .field(head, "abcdefghijklmnopqr", Ink::Plain, 3)
        .unwrap();
        let (first, rest) = (" ".repeat(30), " ".repeat(34));
        assert_eq!(
            String::from_utf8(out).unwrap(),
            format!("{first}abcdefghij\n{rest}klmnop\n{rest}qr\n")
        );
    }
}
