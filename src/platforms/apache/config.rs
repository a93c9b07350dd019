//! A configuration of Apache, as far as it decides who answers.

use super::super::pattern::PathPattern;
use super::super::rule::RuleId;
use super::super::visit::Visit;

/// What one level of the configuration says: a server, or a folder.
#[derive(Debug, Default)]
pub(super) struct Level {
    /// `RewriteEngine On`.
    pub(super) rewrites: bool,
    /// `RewriteBase`.
    pub(super) base: Option<String>,
    /// In the order of the file.
    pub(super) rewrite_rules: Vec<RewriteRule>,
    /// Of `mod_alias`, in the order of the file.
    pub(super) redirects: Vec<AliasRedirect>,
}

/// A host: its own level, and that of its folder.
#[derive(Debug, Default)]
pub(super) struct ApacheHost {
    /// `ServerName` and `ServerAlias`, in lower case.
    pub(super) names: Vec<String>,
    /// Whether it is for TLS, where its address says so.
    pub(super) port: Option<u16>,
    pub(super) server: Level,
    pub(super) folder: Level,
}

/// `Redirect` and `RedirectMatch`.
#[derive(Debug)]
pub(super) struct AliasRedirect {
    pub(super) from: AliasFrom,
    pub(super) to: Option<String>,
    pub(super) status: u16,
    pub(super) rule: RuleId,
}

/// What a redirect of `mod_alias` takes.
#[derive(Debug)]
pub(super) enum AliasFrom {
    /// Whole segments at the beginning of the path.
    Prefix(String),
    /// Anything in the path.
    Pattern(PathPattern),
    /// All below a `<Location>`.
    Below(String),
}

/// `RewriteRule`.
#[derive(Debug)]
pub(super) struct RewriteRule {
    pub(super) pattern: PathPattern,
    pub(super) is_negated: bool,
    pub(super) to: String,
    pub(super) flags: RuleFlags,
    pub(super) conditions: Vec<RewriteCondition>,
    pub(super) rule: RuleId,
}

/// The flags of a rule.
#[derive(Debug, Default, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "mod_rewrite has so many flags, and any may stand with any"
)]
pub(super) struct RuleFlags {
    /// `R`, `F`, `G`.
    pub(super) status: Option<u16>,
    pub(super) last: bool,
    pub(super) end: bool,
    pub(super) ignores_case: bool,
    pub(super) keeps_escapes: bool,
    pub(super) appends_query: bool,
    pub(super) discards_query: bool,
    pub(super) again: bool,
    pub(super) chains: bool,
    pub(super) proxy: bool,
    pub(super) passes_through: bool,
    pub(super) escapes_groups: bool,
    pub(super) skip: usize,
    pub(super) variables: Vec<(String, String)>,
}

/// `RewriteCond`.
#[derive(Debug)]
pub(super) struct RewriteCondition {
    pub(super) subject: String,
    pub(super) check: Check,
    pub(super) is_negated: bool,
    pub(super) or_next: bool,
    pub(super) ignores_case: bool,
    pub(super) words: String,
}

/// What a condition looks for.
#[derive(Debug)]
pub(super) enum Check {
    Pattern(PathPattern),
    /// `=`, `<`, `>`, `<=`, `>=` of texts.
    Text(&'static str, String),
    /// `-eq`, `-lt`, `-gt`, `-le`, `-ge` of numbers.
    Number(&'static str, String),
    File,
    Expression,
}

/// The host that answers a visit.
pub(super) fn choose<'a>(hosts: &'a [ApacheHost], visit: &Visit) -> Option<&'a ApacheHost> {
    let port = if visit.scheme == "https" { 443 } else { 80 };
    let fits = |host: &&ApacheHost| host.port.is_none_or(|own| own == port);
    let is_named = |host: &&ApacheHost| {
        host.names.iter().any(|name| match name.split_once('*') {
            Some((begin, end)) => visit.host.starts_with(begin) && visit.host.ends_with(end),
            None => *name == visit.host,
        })
    };
    // The first one stands for every other name; hosts of a file come before what stands outside of them.
    let virtual_hosts = || hosts.iter().skip(1).filter(fits);
    virtual_hosts()
        .find(is_named)
        .or_else(|| virtual_hosts().next())
        .or(hosts.first())
}
