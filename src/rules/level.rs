//! How RFC 9110 looks on what a client did.

use std::fmt;

/// The verdict levels, best to worst (`rehop explain` tells of each).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A MUST or MUST NOT leaves only this.
    Required,
    /// What a SHOULD asks for.
    Recommended,
    /// Allowed by a MAY, or left open.
    Permitted,
    /// Against a SHOULD, or outside any permission.
    Discouraged,
    /// Against a MUST NOT, or ruled out in words.
    Forbidden,
}

impl Level {
    /// Every level, best to worst.
    pub const ALL: [Self; 5] = [
        Self::Required,
        Self::Recommended,
        Self::Permitted,
        Self::Discouraged,
        Self::Forbidden,
    ];

    /// The name that table, JSON and `--expect` use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Recommended => "recommended",
            Self::Permitted => "permitted",
            Self::Discouraged => "discouraged",
            Self::Forbidden => "forbidden",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
