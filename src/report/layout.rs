//! How a report for people is laid out on the terminal at hand.

use std::borrow::Cow;

use super::escape;

/// The terminal at hand, and how much the user wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Columns. More than 160 are not used: long lines are hard to read.
    pub width: u16,
    /// Whether more than ASCII can be shown.
    pub unicode: bool,
    /// Whether to colour.
    pub colour: bool,
    /// How much to show.
    pub detail: Detail,
    /// Whether what is long stands whole: a file and a pipe are searched, not looked at.
    pub whole: bool,
}

/// How much to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// The sentence alone (`-q`), and what did not hold.
    Quiet,
    /// One block per hop.
    Normal,
    /// With header fields, connection and phases (`-v`).
    Fields,
    /// With the beginning of text bodies too (`-vv`).
    Bodies,
}

/// A sign, with an equal in ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Good,
    Fair,
    Warn,
    Bad,
    Arrow,
    Dot,
    Minus,
    Section,
    Ellipsis,
    Times,
    Dash,
}

impl Layout {
    /// The columns that a long word may take in a line with so many before it.
    pub(super) fn room_for_a_word(self, before: usize) -> usize {
        if self.whole {
            LONGEST_WORD
        } else {
            self.columns().saturating_sub(before).max(1)
        }
    }

    /// The columns used.
    pub(super) fn columns(self) -> usize {
        usize::from(self.width.clamp(NARROWEST, WIDEST))
    }

    pub(super) fn sign(self, sign: Sign) -> &'static str {
        let (unicode, ascii) = match sign {
            Sign::Good => ("\u{2713}", "[ok]"),
            Sign::Fair => ("\u{25cf}", "[~]"),
            Sign::Warn => ("!", "!"),
            Sign::Bad => ("\u{2717}", "[x]"),
            Sign::Arrow => ("\u{2192}", "->"),
            Sign::Dot => ("\u{b7}", "-"),
            Sign::Minus => ("\u{2212}", "-"),
            Sign::Section => ("\u{a7}", "sec. "),
            Sign::Ellipsis => ("\u{2026}", "..."),
            Sign::Times => ("\u{d7}", "x"),
            Sign::Dash => ("\u{2013}", "-"),
        };
        if self.unicode { unicode } else { ascii }
    }

    /// Our own words, fit for this terminal.
    pub(super) fn own(self, text: &str) -> Cow<'_, str> {
        if self.unicode {
            return Cow::Borrowed(text);
        }
        let text = text
            .replace('\u{a7}', self.sign(Sign::Section))
            .replace('\u{2192}', self.sign(Sign::Arrow));
        escape::ascii(text.as_bytes()).into_owned().into()
    }

    /// What came over the wire, fit for this terminal.
    pub(super) fn show<B: AsRef<[u8]> + ?Sized>(self, bytes: &B) -> Cow<'_, str> {
        if self.unicode {
            escape::terminal(bytes.as_ref())
        } else {
            escape::ascii(bytes.as_ref())
        }
    }
}

/// Columns of a word that stands whole: the longest URL that is followed, each character escaped.
const LONGEST_WORD: usize = 64 * 1024 * 8;
const NARROWEST: u16 = 40;
const WIDEST: u16 = 160;
