//! The formats by name.

use std::time::SystemTime;

use super::formats::{
    Csv, Curl, GitHub, GitLab, Har, Html, JUnit, Markdown, Mermaid, Sarif, Summary, Tap,
};
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
    /// A row a URL, for spreadsheets.
    Csv,
    /// For a comment, an issue or a job's summary.
    Markdown,
    /// A page that needs nothing else.
    Html,
    /// Test results.
    Junit,
    /// The Test Anything Protocol.
    Tap,
    /// Results of static analysis.
    Sarif,
    /// Annotations of GitHub.
    Github,
    /// Code quality of GitLab.
    Gitlab,
    /// An HTTP archive.
    Har,
    /// A sequence diagram.
    Mermaid,
    /// Each hop as a command of curl.
    Curl,
    /// The run in numbers.
    Summary,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 15] = [
        Self::Table,
        Self::Json,
        Self::Jsonl,
        Self::Csv,
        Self::Markdown,
        Self::Html,
        Self::Junit,
        Self::Tap,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Har,
        Self::Mermaid,
        Self::Curl,
        Self::Summary,
    ];

    /// What `--format` calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Junit => "junit",
            Self::Tap => "tap",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Har => "har",
            Self::Mermaid => "mermaid",
            Self::Curl => "curl",
            Self::Summary => "summary",
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
            Self::Csv => Box::new(Csv),
            Self::Markdown => Box::new(Markdown),
            Self::Html => Box::new(Html),
            Self::Junit => Box::<JUnit>::default(),
            Self::Tap => Box::<Tap>::default(),
            Self::Sarif => Box::<Sarif>::default(),
            Self::Github => Box::<GitHub>::default(),
            Self::Gitlab => Box::<GitLab>::default(),
            Self::Har => Box::new(Har::new(SystemTime::now)),
            Self::Mermaid => Box::<Mermaid>::default(),
            Self::Curl => Box::new(Curl),
            Self::Summary => Box::<Summary>::default(),
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
