//! What lint can find in a rules file.

use crate::model::enumerated;
use crate::rules::Severity;

enumerated! {
    /// A kind of finding.
    #[derive(PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum LintId {
        /// A request comes back to one that was answered before.
        Loop = "loop",
        /// A rule leads to the request that it takes.
        SelfRedirect = "self-redirect",
        /// Earlier rules answer everything that the rule is for.
        Shadowed = "shadowed",
        /// Earlier rules answer some of what the rule is for.
        PartlyShadowed = "partly-shadowed",
        /// A pattern stands twice, with the same answer.
        Duplicate = "duplicate",
        /// A pattern stands twice, with different answers.
        Conflict = "conflict",
        /// A rule leads to what another rule redirects.
        Chain = "chain",
        /// The platform drops the line.
        IgnoredByPlatform = "ignored-by-platform",
        /// One line costs the platform the whole file.
        BreaksFile = "breaks-file",
        /// No request can reach the rule.
        NeverMatches = "never-matches",
        /// The target names a value that the pattern does not give.
        PlaceholderUnfilled = "placeholder-unfilled",
        /// The query of the request is dropped.
        QueryLost = "query-lost",
        /// The platform itself redirects the target again.
        ExtraHop = "extra-hop",
        /// Permanent and temporary codes stand mixed.
        MixedCodes = "mixed-codes",
        /// A target is plain http.
        HttpTarget = "http-target",
        /// Two patterns differ in case only.
        CaseTwin = "case-twin",
        /// Two patterns differ in their last slash only.
        SlashTwin = "slash-twin",
        /// Two patterns differ in their percent-encoding only.
        EncodingTwin = "encoding-twin",
        /// A target shows a path of the server's disk.
        LeaksPath = "leaks-path",
        /// The file holds no redirect.
        NoRedirects = "no-redirects",
    }
}

impl LintId {
    /// How much it matters.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Loop
            | Self::SelfRedirect
            | Self::Shadowed
            | Self::Conflict
            | Self::IgnoredByPlatform
            | Self::BreaksFile
            | Self::NeverMatches
            | Self::PlaceholderUnfilled => Severity::Error,
            Self::PartlyShadowed
            | Self::Duplicate
            | Self::Chain
            | Self::ExtraHop
            | Self::HttpTarget
            | Self::CaseTwin
            | Self::SlashTwin
            | Self::EncodingTwin
            | Self::LeaksPath => Severity::Warn,
            Self::QueryLost | Self::MixedCodes | Self::NoRedirects => Severity::Info,
        }
    }
}
