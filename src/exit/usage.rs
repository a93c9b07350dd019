//! What a user got wrong, and the cure.

use std::fmt;

/// A flag, a file or a value that is wrong; found before anything is sent, hence [`Exit::Misuse`](super::Exit::Misuse).
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

    /// The lines of the message: what is wrong, where, and the cure.
    ///
    /// They hold what the user typed as it is: a terminal gets them escaped.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let hint = (!self.hint.is_empty()).then(|| format!("hint: {}", self.hint));
        std::iter::once(format!("rehop: {}", self.says))
            .chain(self.points.iter().cloned())
            .chain(hint)
    }
}

/// Its [lines](UsageError::lines).
impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines().collect::<Vec<_>>().join("\n"))
    }
}

impl std::error::Error for UsageError {}
