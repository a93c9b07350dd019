//! A map, read.

use super::engine::rules_of;
use super::map_row::MapRow;
use crate::platforms::file::{FileFault, RuleFile};

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
