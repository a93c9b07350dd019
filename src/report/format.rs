//! The formats by name.

use std::fmt;

use super::json::Json;
use super::table::Table;
use super::{Layout, Report};
use crate::model::nearest;

/// A format of reports (`--format`, `--report FORMAT=FILE`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Table,
    /// One indented document per URL.
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

    /// The format of this name.
    ///
    /// # Errors
    /// [`UnknownFormat`] where there is none.
    pub fn parse(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| UnknownFormat(name.to_owned()))
    }

    /// A writer of this format; `layout` is for those that people read.
    #[must_use]
    pub fn report(self, layout: Layout) -> Box<dyn Report> {
        match self {
            Self::Table => Box::new(Table::new(layout)),
            Self::Json => Box::new(Json::Pretty),
            Self::Jsonl => Box::new(Json::Lines),
        }
    }
}

/// No format has this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat(pub String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Format::ALL.map(Format::name);
        write!(f, "no format is called {:?}; there are {}", self.0, names.join(", "))?;
        nearest(&self.0, names).map_or(Ok(()), |name| write!(f, " (did you mean {name}?)"))
    }
}

impl std::error::Error for UnknownFormat {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_name() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.name()), Ok(format));
        }
        let unknown = Format::parse("jsno").unwrap_err();
        assert_eq!(
            unknown.to_string(),
            r#"no format is called "jsno"; there are table, json, jsonl (did you mean json?)"#
        );
    }
}
