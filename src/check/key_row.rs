//! One row of the table of keys.

use super::op::Op;

/// One row of the table of keys: what messages, man page and README say of it.
#[derive(Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// How the key is written; `NAME` stands for the name of a field or cookie, `N` for the number of a hop, counted from 1.
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
    End,
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
    Findings,
    Field,
    Cookie,
}

impl What {
    /// Whether a chain may lack it, so that `absent` and `present` can be asked for.
    pub(super) fn may_be_absent(self, of_hop: bool) -> bool {
        match self {
            Self::Status | Self::Verdict | Self::Permanent | Self::Field | Self::Cookie => true,
            Self::Body => of_hop,
            _ => false,
        }
    }
}
