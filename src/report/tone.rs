//! How good a chain was, in one word.

/// How good a chain was, best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// What was sent arrived as it was.
    Good,
    /// It changed as the server asked for, or something else is worth a look.
    Fair,
    /// Something was lost, or nothing arrived.
    Bad,
}
