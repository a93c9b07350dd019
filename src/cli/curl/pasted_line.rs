//! What a shell makes of a pasted line.

/// A command line, taken apart.
pub(super) struct Argv {
    /// Its words; bytes, because `$'\xff'` is one.
    pub(super) words: Vec<Vec<u8>>,
    /// What follows its end, such as `| jq`; empty for nothing.
    pub(super) left: String,
}
