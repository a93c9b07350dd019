//! What a platform answers.

use super::rule::RuleId;

/// What a simulated platform answers to a [`Visit`](super::Visit).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// No rule takes the request: the content of the site decides.
    Pass,
    /// A 3xx.
    Redirect {
        /// Its status.
        status: u16,
        /// The Location, as the platform would write it (a path stays a path).
        location: String,
        /// The rule that answers.
        rule: RuleId,
    },
    /// Content is served in place, of this site or of another origin.
    Served {
        /// The rule that answers.
        rule: RuleId,
    },
    /// A status without a Location.
    Status {
        /// The status.
        code: u16,
        /// The rule that answers.
        rule: RuleId,
    },
    /// A page (200) that refreshes at once.
    Page {
        /// Where it leads.
        location: String,
        /// The rule that answers.
        rule: RuleId,
    },
    /// The file alone does not tell.
    Depends {
        /// On what.
        on: Depends,
        /// The rule whose condition is open.
        rule: RuleId,
        /// The answer where the condition holds.
        held: Box<Answer>,
        /// The answer where it does not.
        otherwise: Box<Answer>,
    },
}

/// What an answer can depend on that no rules file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Depends {
    /// Whether a file stands at the path.
    FileExists,
    /// The country of the visitor.
    Country,
    /// The language of the visitor.
    Language,
    /// A role of the visitor.
    Role,
    /// A cookie.
    Cookie,
    /// A header field that the visit does not give.
    Header,
    /// A variable of the server.
    Variable,
    /// A file that is included and was not given.
    Include,
    /// A template that is filled in before the platform reads the file.
    Template,
    /// Rules that are made when the site is built.
    Generated,
    /// Another file, or a dashboard, that may act first.
    OuterConfig,
    /// The version of the platform.
    EngineVersion,
    /// A part of the pattern language that is not simulated.
    RegexFeature,
}
