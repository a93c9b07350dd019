//! One rule, as it stands in its file.

/// Where something stands in a file; both count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Which rule of a file: its index in [`RuleFile::rules`](super::RuleFile::rules).
pub type RuleId = usize;

/// What a platform does with a request that a rule takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RuleKind {
    /// It answers 3xx with a Location.
    Redirect,
    /// It serves another of its own resources in place.
    Rewrite,
    /// It serves what another origin answers, in place.
    Proxy,
    /// It answers with this status and no Location: 404, 410, 403.
    Status,
    /// It serves a page that refreshes at once: the HTTP answer is 200.
    Html,
    /// It cannot be told from the file what it does.
    Unknown,
}

/// One rule of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Where it begins.
    pub place: Place,
    /// The pattern of the request, as written.
    pub from: String,
    /// The hosts that it is for, where it names any.
    pub hosts: Vec<String>,
    /// Where it leads, as written.
    pub to: Option<String>,
    /// The status that it answers with: its own, or the platform's default.
    pub status: Option<u16>,
    /// What it does.
    pub kind: RuleKind,
}
