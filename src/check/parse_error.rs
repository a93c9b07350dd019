//! A text that cannot be understood, shown as compilers show it.

use std::fmt;

/// Why a text is no expectation, and where.
///
/// Shown on three lines, so that whoever names the flag or the file before it need not know its length:
///
/// ```text
/// no key `stauts`
///   stauts = 200
///   ^~~~~~ did you mean `status`?
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The whole text.
    pub text: String,
    /// Where the fault begins, in characters from 0.
    pub at: usize,
    /// How many characters it spans, at least 1.
    pub width: usize,
    /// What is wrong, in a few words.
    pub problem: String,
    /// What to write instead.
    pub cure: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // One column for each character, and nothing that moves a terminal's cursor.
        let shown: String = self
            .text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let Self {
            at,
            width,
            problem,
            cure,
            ..
        } = self;
        write!(
            f,
            "{problem}\n  {shown}\n  {:at$}^{} {cure}",
            "",
            "~".repeat(width.saturating_sub(1))
        )
    }
}

impl std::error::Error for ParseError {}

/// A piece of a text, and where it stands in it.
#[derive(Clone, Copy)]
pub(super) struct TextSpan<'a> {
    /// The whole.
    whole: &'a str,
    /// The piece.
    pub(super) text: &'a str,
    /// Where the piece begins, in bytes.
    start: usize,
}

impl<'a> TextSpan<'a> {
    /// The whole text.
    pub(super) fn new(whole: &'a str) -> Self {
        Self {
            whole,
            text: whole,
            start: 0,
        }
    }

    /// The two pieces before and from this byte, which stands between characters.
    pub(super) fn split_at(self, byte: usize) -> (Self, Self) {
        let (before, after) = self.text.split_at(byte);
        (
            Self {
                text: before,
                ..self
            },
            Self {
                text: after,
                start: self.start + byte,
                ..self
            },
        )
    }

    /// The pieces between commas, at least one, without whitespace around them.
    pub(super) fn items(self) -> impl Iterator<Item = Self> {
        let mut rest = Some(self);
        std::iter::from_fn(move || {
            let list = rest?;
            let (item, after) = list.split_at(list.text.find(',').unwrap_or(list.text.len()));
            rest = (!after.text.is_empty()).then(|| after.split_at(1).1);
            Some(item.trim())
        })
    }

    /// The piece without whitespace around it.
    pub(super) fn trim(self) -> Self {
        let leading = self.text.len() - self.text.trim_start().len();
        Self {
            text: self.text.trim(),
            start: self.start + leading,
            ..self
        }
    }

    /// What is wrong with this piece, and what to write instead.
    pub(super) fn unreadable(
        self,
        problem: impl Into<String>,
        cure: impl Into<String>,
    ) -> ParseError {
        ParseError {
            text: self.whole.to_owned(),
            at: self.whole[..self.start].chars().count(),
            width: self.text.chars().count().max(1),
            problem: problem.into(),
            cure: cure.into(),
        }
    }
}
