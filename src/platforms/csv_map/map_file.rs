//! A map, read.

use super::engine::rules_of;
use crate::platforms::file::{FileFault, RuleFile};
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

/// A table of old and new addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapFile {
    /// Its rows, in the order of the file.
    pub rows: Vec<MapRow>,
    /// What was noticed while it was read, and does not keep it from being used.
    pub warnings: Vec<FileFault>,
}

impl MapFile {
    /// The same map as rules that are compared exactly, query included; the first of equal rows answers.
    ///
    /// A row without a status answers 301 here, and its rule has none. Rows that are no exact redirect are unheeded.
    #[must_use]
    pub fn rules(&self) -> RuleFile {
        rules_of(&self.rows)
    }
}
