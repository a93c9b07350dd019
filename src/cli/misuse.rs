//! What a user got wrong, and the cure.

use std::fmt::{self, Write};

/// A flag, a file or a value that is wrong; found before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misuse {
    /// One line that names the flag and the value, or the file and the line.
    pub says: String,
    /// Further lines that point at the fault; none for most.
    pub points: Vec<String>,
    /// The cure; empty where the line says it already.
    pub hint: String,
}

impl Misuse {
    /// This is wrong, that would be right.
    #[must_use]
    pub fn new(says: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { says: says.into(), points: Vec::new(), hint: hint.into() }
    }

    /// This text of `flag` is wrong, shown as compilers show it: what is wrong first, then where.
    #[must_use]
    pub fn pointing(flag: &str, picture: &str) -> Self {
        let mut lines = picture.lines();
        let says = format!("{flag}: {}", lines.next().unwrap_or_default());
        Self { says, points: lines.map(str::to_owned).collect(), hint: String::new() }
    }
}

/// A line each; control characters, which a pasted command or a list of URLs may hold, are shown as escapes.
impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rehop: ")?;
        shown(&self.says, f)?;
        for line in &self.points {
            f.write_char('\n')?;
            shown(line, f)?;
        }
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
