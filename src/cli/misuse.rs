//! What a user got wrong, and the cure.

use std::fmt;

/// A flag, a file or a value that is wrong; found before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misuse {
    /// One line that names the flag and the value, or the file and the line.
    pub says: String,
    /// The cure; empty where the line says it already.
    pub hint: String,
}

impl Misuse {
    /// This is wrong, that would be right.
    #[must_use]
    pub fn new(says: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { says: says.into(), hint: hint.into() }
    }
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rehop: {}", self.says)?;
        if self.hint.is_empty() { Ok(()) } else { write!(f, "\nhint: {}", self.hint) }
    }
}

impl std::error::Error for Misuse {}
