//! One row of the table of keys.

use super::op::Op;

/// One row of the table of keys: what messages, man page and README say of it.
#[derive(Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// How the key is written; `NAME` stands for a field name, `N` for the number of a hop, counted from 1.
    pub key: &'static str,
    /// The operators that it admits.
    pub ops: &'static [Op],
    /// What a value looks like.
    pub value: &'static str,
    /// What it is.
    pub says: &'static str,
    /// What is looked at in a chain, or in a hop where the key begins `hopN.`.
    pub(super) what: What,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Status,
    Codes,
    Hops,
    Url,
    Host,
    Scheme,
    Method,
    Body,
    Verdict,
    Predictable,
    Permanent,
    Time,
    Field,
}
