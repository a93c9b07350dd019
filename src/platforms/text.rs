//! Lines, words and places of a text.

use super::rule::Place;

/// One line, without its end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextLine<'t> {
    /// Its number, from 1.
    pub(crate) number: usize,
    /// What stands in it.
    pub(crate) text: &'t str,
}

impl<'t> TextLine<'t> {
    /// Its words, split where any white space stands, U+00A0 included (as `\s` of JavaScript and `strings.Fields` of Go do).
    pub(crate) fn words(self) -> Vec<&'t str> {
        self.text.split_whitespace().collect()
    }

    /// Where its first character stands that is no blank.
    pub(crate) fn place(self) -> Place {
        let blanks = self.text.len() - self.text.trim_start().len();
        Place {
            line: self.number,
            column: self.text[..blanks].chars().count() + 1,
        }
    }
}

/// The text without a byte order mark, which editors on Windows put in front.
pub(crate) fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Every line of a text, `\r\n` and `\n` alike, without its byte order mark.
pub(crate) fn text_lines(text: &str) -> impl Iterator<Item = TextLine<'_>> {
    let lines = without_bom(text).lines().enumerate();
    lines.map(|(index, text)| TextLine {
        number: index + 1,
        text,
    })
}

/// Where the lines of a text begin: from an offset to its place.
#[derive(Debug)]
pub(crate) struct TextPlaces<'t> {
    text: &'t str,
    begins: Vec<usize>,
}

impl<'t> TextPlaces<'t> {
    /// The places of this text.
    pub(crate) fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let begins = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        Self { text, begins }
    }

    /// The place of the byte at `offset`; the end of the text for one beyond it.
    pub(crate) fn at(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.begins.partition_point(|begin| *begin <= offset);
        let before = &self.text[self.begins[line - 1]..];
        let wide = before.char_indices().map(|(at, _)| at);
        let column = wide
            .take_while(|at| self.begins[line - 1] + at < offset)
            .count()
            + 1;
        Place { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_place() {
        let lines: Vec<(Place, Vec<&str>)> = text_lines("\u{feff}/a\u{a0}/b\r\n\t é /c")
            .map(|line| (line.place(), line.words()))
            .collect();
        let place = |line, column| Place { line, column };
        assert_eq!(
            lines,
            [
                (place(1, 1), vec!["/a", "/b"]),
                (place(2, 3), vec!["é", "/c"]),
            ]
        );
    }

    #[test]
    fn offsets_become_places() {
        let places = TextPlaces::new("aé\nb");
        assert_eq!(places.at(0), Place { line: 1, column: 1 });
        assert_eq!(places.at(3), Place { line: 1, column: 3 });
        assert_eq!(places.at(4), Place { line: 2, column: 1 });
        assert_eq!(places.at(99), Place { line: 2, column: 2 });
    }
}
