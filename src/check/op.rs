//! The comparisons that an expectation can make.

use std::cmp::Ordering;
use std::fmt;

/// How what was seen is held against what is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `=`
    Is,
    /// `!=`
    IsNot,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `~`: the whole text fits a pattern in which `*` is any run of characters, `/` included, and `?` is any one.
    Like,
    /// `!~`: it does not fit such a pattern.
    Unlike,
}

impl Op {
    /// Every operator, in the order in which messages name them.
    pub const ALL: [Self; 8] = [
        Self::Is,
        Self::IsNot,
        Self::Less,
        Self::AtMost,
        Self::More,
        Self::AtLeast,
        Self::Like,
        Self::Unlike,
    ];

    /// How it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Is => "=",
            Self::IsNot => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Like => "~",
            Self::Unlike => "!~",
        }
    }

    /// The operator that is written so.
    pub(super) fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.as_str() == text)
    }

    /// Whether it says that something is not so: then it is about all that is seen, else about one of it.
    pub(super) fn denies(self) -> bool {
        matches!(self, Self::IsNot | Self::Unlike)
    }

    /// Whether what was seen, standing so to what is wanted, satisfies this operator.
    pub(super) fn admits(self, seen_to_wanted: Ordering) -> bool {
        match self {
            Self::Is | Self::Like => seen_to_wanted.is_eq(),
            Self::IsNot | Self::Unlike => seen_to_wanted.is_ne(),
            Self::Less => seen_to_wanted.is_lt(),
            Self::AtMost => seen_to_wanted.is_le(),
            Self::More => seen_to_wanted.is_gt(),
            Self::AtLeast => seen_to_wanted.is_ge(),
        }
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
