//! A row of a map.

use crate::platforms::rule::Place;

/// One row of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapRow {
    /// Where it begins.
    pub place: Place,
    /// The old address, a path or a URL, as written; its query is part of it.
    pub old: String,
    /// The new address, a path or a URL, as written; nothing where the cell is empty.
    pub new: Option<String>,
    /// The status that is expected; where none is given any permanent redirect is right.
    pub status: Option<u16>,
    /// Whether the row says that its old address is a regular expression.
    pub regex: bool,
    /// The other cells that are not empty, each with the name of its column (its number, from 1, where there is no header).
    pub others: Vec<(String, String)>,
}
