//! A text that cannot be understood, and where it goes wrong.

use std::fmt;

use super::key_row::KeyRow;

/// Why a text is no expectation or list of findings, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The whole text.
    pub text: String,
    /// Where the fault begins, in characters from 0.
    pub at: usize,
    /// How many characters it spans, at least 1.
    pub width: usize,
    /// These characters; none where something is missing.
    pub piece: String,
    /// What is wrong there.
    pub fault: ParseFault,
}

/// What is wrong with a piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseFault {
    /// There is no such key; the nearest one.
    UnknownKey(Option<String>),
    /// Hops are counted from 1; the number as written, and the key with the first hop.
    NoSuchHop {
        /// The number as written.
        number: String,
        /// What was meant.
        meant: String,
    },
    /// There is no operator.
    NoOperator(&'static KeyRow),
    /// The key does not admit this operator.
    NotAdmitted(&'static KeyRow),
    /// There is no such operator; the nearest one.
    UnknownOperator(&'static KeyRow, Option<&'static str>),
    /// There is no value.
    NoValue(&'static KeyRow),
    /// It is no value of this key; the nearest one.
    NotAValue(&'static KeyRow, Option<String>),
    /// There is no such finding; the nearest one.
    UnknownFinding(Option<&'static str>),
}

/// For developers; `report::say` has the words for users.
impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} at character {} of {:?}",
            self.fault, self.at, self.text
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

    /// What is wrong with this piece.
    pub(super) fn wrong(self, fault: ParseFault) -> ParseError {
        ParseError {
            text: self.whole.to_owned(),
            at: self.whole[..self.start].chars().count(),
            width: self.text.chars().count().max(1),
            piece: self.text.to_owned(),
            fault,
        }
    }
}
