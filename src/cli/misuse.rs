//! What a user got wrong, and the cure.

use std::fmt::{self, Write};

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

/// Two lines; control characters, which a pasted command or a list of URLs may hold, are shown as escapes.
impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rehop: ")?;
        shown(&self.says, f)?;
        if self.hint.is_empty() {
            return Ok(());
        }
        f.write_str("\nhint: ")?;
        shown(&self.hint, f)
    }
}

fn shown(line: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    line.chars().try_for_each(|c| if c.is_control() { write!(f, "{}", c.escape_debug()) } else { f.write_char(c) })
}

impl std::error::Error for Misuse {}
