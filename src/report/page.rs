//! Lines of coloured words that never run over the edge.

use std::io::{self, Write};

use super::Layout;
use super::layout::Sign;
use super::style::{Ink, paint};

/// A piece of text in one ink; what came over the wire has been escaped.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) ink: Ink,
    pub(super) text: String,
}

impl Span {
    pub(super) fn new(ink: Ink, text: impl Into<String>) -> Self {
        Self { ink, text: text.into() }
    }

    /// Columns taken; every character that is left after escaping counts as one.
    pub(super) fn width(&self) -> usize {
        self.text.chars().count()
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
        let last = spans.iter().rposition(|span| !span.text.trim_end().is_empty()).map_or(0, |last| last + 1);
        for (n, span) in spans[..last].iter().enumerate() {
            let text = if n + 1 == last { span.text.trim_end() } else { &span.text };
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
        self.hanging(head, lines, ink)
    }

    /// One long word, such as a URL: over `rows` lines at most, with its middle left out where that is too few.
    pub(super) fn long(&mut self, head: Span, text: &str, ink: Ink, rows: usize) -> io::Result<()> {
        let room = self.layout.columns().saturating_sub(head.width()).max(1);
        let text = elided(text, room * rows, self.layout.sign(Sign::Ellipsis));
        self.hanging(head, chunks(&text, room), ink)
    }

    /// Short pieces side by side, as many in a line as fit; one that fits in no line is cut.
    pub(super) fn flow(&mut self, head: Span, pieces: &[Span], between: &str) -> io::Result<()> {
        let indent = head.width();
        let room = self.layout.columns().saturating_sub(indent).max(1);
        let cut = |piece: &Span| chunks(&piece.text, room).into_iter().map(|text| Span::new(piece.ink, text)).collect();
        let mut line = vec![head];
        let mut used = 0;
        for piece in pieces.iter().flat_map(|piece: &Span| -> Vec<Span> { cut(piece) }) {
            let needed = between.chars().count() + piece.width();
            if used > 0 && used + needed > room {
                self.line(&line)?;
                line = vec![Span::new(Ink::Plain, " ".repeat(indent))];
                used = 0;
            }
            if used > 0 {
                line.push(Span::new(Ink::Dim, between));
                used += between.chars().count();
            }
            used += piece.width();
            line.push(piece);
        }
        self.line(&line)
    }

    fn hanging(&mut self, head: Span, lines: Vec<String>, ink: Ink) -> io::Result<()> {
        let indent = Span::new(Ink::Plain, " ".repeat(head.width()));
        let mut heads = std::iter::once(head).chain(std::iter::repeat(indent));
        for line in lines {
            let head = heads.next().unwrap_or_else(|| Span::new(Ink::Plain, ""));
            self.line(&[head, Span::new(ink, line)])?;
        }
        Ok(())
    }
}

/// `text` in lines of at most `room` characters, broken between words where possible.
pub(super) fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').flat_map(|word| chunks(word, room)) {
        let line = lines.last().map_or("", String::as_str);
        let fits = line.is_empty() || line.chars().count() + 1 + word.chars().count() <= room;
        match lines.last_mut().filter(|_| fits) {
            Some(line) if line.is_empty() => *line = word,
            Some(line) => *line += &(" ".to_owned() + &word),
            None => lines.push(word),
        }
    }
    lines
}

/// `text` cut into pieces of at most `room` characters; at least one piece.
fn chunks(text: &str, room: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    match chars.chunks(room).map(|piece| piece.iter().collect()).collect::<Vec<_>>() {
        none if none.is_empty() => vec![String::new()],
        pieces => pieces,
    }
}

/// `text` with its middle left out where it has more than `room` characters: beginning and end tell most.
pub(super) fn elided(text: &str, room: usize, ellipsis: &str) -> String {
    let length = text.chars().count();
    let dots = ellipsis.chars().count();
    if length <= room {
        return text.to_owned();
    }
    let tail = room.saturating_sub(dots) / 3;
    let head: String = text.chars().take(room.saturating_sub(dots + tail)).collect();
    let tail: String = text.chars().skip(length - tail).collect();
    head + ellipsis + &tail
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
        ] {
            assert_eq!(wrapped(text, room), lines);
        }
    }

    #[test]
    fn the_middle_is_left_out() {
        for (text, room, shown) in
            [("abcdef", 6, "abcdef"), ("abcdefghij", 7, "abcd~ij"), ("abc", 1, "~"), ("abcdefghijkl", 10, "abcdef~jkl")]
        {
            assert_eq!(elided(text, room, "~"), shown);
        }
    }
}
