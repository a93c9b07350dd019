//! What a user got wrong, and the cure.

use std::fmt;

use crate::report::escape::is_hostile;

/// A flag, a file or a value that is wrong; found before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageError {
    /// One line that names the flag and the value, or the file and the line.
    pub says: String,
    /// Further lines that point at the fault; none for most.
    pub points: Vec<String>,
    /// The cure; empty where the line says it already.
    pub hint: String,
}

impl UsageError {
    /// This is wrong, that would be right.
    #[must_use]
    pub fn new(says: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            says: says.into(),
            points: Vec::new(),
            hint: hint.into(),
        }
    }

    /// This text of `flag` is wrong, shown as compilers show it: what is wrong first, then where.
    #[must_use]
    pub fn pointing(flag: &str, picture: &str) -> Self {
        let mut lines = picture.lines();
        let says = format!("{flag}: {}", lines.next().unwrap_or_default());
        Self {
            says,
            points: lines.map(str::to_owned).collect(),
            hint: String::new(),
        }
    }
}

/// A line each, [`printable`].
impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rehop: {}", printable(&self.says))?;
        self.points
            .iter()
            .try_for_each(|line| write!(f, "\n{}", printable(line)))?;
        if self.hint.is_empty() {
            return Ok(());
        }
        write!(f, "\nhint: {}", printable(&self.hint))
    }
}

/// The line as a terminal may show it: what it would obey or hide, which a pasted command or a list of URLs may hold, is
/// shown as escapes.
#[must_use]
pub fn printable(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            c if c.is_control() => shown.extend(c.escape_debug()),
            c if is_hostile(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

impl std::error::Error for UsageError {}
