//! The formats by name.

use super::json::{Json, JsonLines};
use super::table::Table;
use super::{Layout, Report};

/// A format of reports (`--format`, `--report FORMAT=FILE`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Table,
    /// An indented document; of several URLs a list of them.
    Json,
    /// One document per line.
    Jsonl,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Table, Self::Json, Self::Jsonl];

    /// What `--format` calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    /// The format of this name, where there is one.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether each chain is a line of its own, there as soon as it is done; whatever else has the order of the URLs.
    #[must_use]
    pub fn streams(self) -> bool {
        self == Self::Jsonl
    }

    /// Whether people read it, so that a line beside it on standard error is for them.
    #[must_use]
    pub fn is_for_people(self) -> bool {
        self == Self::Table
    }

    /// A writer of this format; `layout` is for those that people read.
    #[must_use]
    pub fn report(self, layout: Layout) -> Box<dyn Report> {
        match self {
            Self::Table => Box::new(Table::new(layout)),
            Self::Json => Box::new(Json::default()),
            Self::Jsonl => Box::new(JsonLines),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_name() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.name()), Some(format));
        }
        assert_eq!(Format::parse("jsno"), None);
    }
}
