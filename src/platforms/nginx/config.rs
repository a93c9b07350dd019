//! A configuration of nginx, as far as it decides who answers.

use std::collections::BTreeSet;

use super::super::answer::Depends;
use super::super::pattern::PathPattern;
use super::super::rule::RuleId;
use super::script::{Script, ScriptPiece};

/// All of it.
#[derive(Debug, Default)]
pub(super) struct NginxConfig {
    /// In the order of the file.
    pub(super) servers: Vec<VirtualServer>,
    /// In the order of the file.
    pub(super) maps: Vec<NginxMap>,
    /// Variables that `set` or a named group declares: empty before they are set.
    pub(super) declared: BTreeSet<String>,
}

/// A `server` block.
#[derive(Debug, Default)]
pub(super) struct VirtualServer {
    /// Its names, in their order.
    pub(super) names: Vec<ServerName>,
    /// Whether it listens without and with TLS; neither where it does not say.
    pub(super) listens: [bool; 2],
    /// Whether it is the default of its address.
    pub(super) is_default: bool,
    /// What stands in it.
    pub(super) scope: Scope,
}

/// A `server_name`.
#[derive(Debug, Clone)]
pub(super) struct ServerName {
    /// As written, in lower case.
    pub(super) text: String,
    /// Its pattern, where it begins with `~`.
    pub(super) pattern: Option<PathPattern>,
}

/// What a server or a location does: first its steps, then the locations in it.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Directives of the rewrite module, in order.
    pub(super) steps: Vec<RewriteStep>,
    /// Nested locations, in order.
    pub(super) locations: Vec<Location>,
}

/// A `location`.
#[derive(Debug)]
pub(super) struct Location {
    /// Which paths it takes.
    pub(super) takes: LocationMatch,
    /// What it does with them.
    pub(super) scope: Scope,
    /// The first of its rules, or the one after it.
    pub(super) rule: RuleId,
}

/// Which paths a location takes.
#[derive(Debug, Clone)]
pub(super) enum LocationMatch {
    /// `=`.
    Exact(String),
    /// A prefix; with `^~` no pattern is tried after it.
    Prefix {
        /// The prefix.
        path: String,
        /// `^~`.
        is_final: bool,
    },
    /// `~` and `~*`.
    Pattern(PathPattern),
}

/// One directive of the rewrite module.
#[derive(Debug)]
pub(super) enum RewriteStep {
    /// `set`.
    Set {
        /// The variable.
        name: String,
        /// Its value.
        value: Script,
    },
    /// `break`.
    Break,
    /// `return`.
    Return {
        /// The status.
        code: u16,
        /// The Location of a 3xx, the body of others.
        text: Option<Script>,
        /// Its rule.
        rule: RuleId,
    },
    /// `rewrite`.
    Rewrite(Rewriting),
    /// `if`.
    If {
        /// The condition.
        test: Test,
        /// Its words.
        words: String,
        /// What is done where it holds.
        steps: Vec<RewriteStep>,
        /// The rule that it is for.
        rule: RuleId,
    },
    /// What may answer by itself: a file that was not given, a line that a template completes.
    Open {
        /// On what that depends.
        on: Depends,
        /// As written.
        words: String,
        /// Its rule.
        rule: RuleId,
    },
}

/// A `rewrite`.
#[derive(Debug)]
pub(super) struct Rewriting {
    /// What it searches for in the path.
    pub(super) pattern: PathPattern,
    /// What takes its place, up to the first `?` that is written out.
    pub(super) path: Script,
    /// The arguments of its own, behind that `?`.
    pub(super) arguments: Option<Script>,
    /// Whether the arguments of the request are kept.
    pub(super) keeps_arguments: bool,
    /// What comes after it.
    pub(super) then: Then,
    /// Its rule.
    pub(super) rule: RuleId,
}

/// What comes after a rewrite that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// The next directive.
    Next,
    /// A new search among the locations.
    Search,
    /// The content of this location.
    Stop,
    /// A redirect with this status.
    Redirect(u16),
}

/// A condition of `if`.
#[derive(Debug)]
pub(super) enum Test {
    /// Neither empty nor `0`.
    Truth(Script),
    /// `=`.
    Equal(Script, Script),
    /// `~` and `~*`.
    Matches(Script, PathPattern),
    /// The opposite: `!=`, `!~`.
    Not(Box<Test>),
    /// What the file does not tell: `-f`.
    Open(Depends),
}

/// A `map`.
#[derive(Debug)]
pub(super) struct NginxMap {
    /// What is looked up.
    pub(super) source: Script,
    /// The variable, without its `$`.
    pub(super) variable: String,
    /// `hostnames`.
    pub(super) has_hostnames: bool,
    /// In the order of the file.
    pub(super) entries: Vec<MapEntry>,
    /// Where nothing else matches.
    pub(super) default: Option<Script>,
    /// An included file that was not given.
    pub(super) is_partial: bool,
    /// Whether it is looked up every time anew.
    pub(super) is_volatile: bool,
}

/// A line of a `map`.
#[derive(Debug)]
pub(super) struct MapEntry {
    /// What it takes.
    pub(super) key: MapKey,
    /// What it gives.
    pub(super) value: Script,
    /// Its rule, where the map is one of paths.
    pub(super) rule: Option<RuleId>,
}

/// The left side of a line of a `map`.
#[derive(Debug)]
pub(super) enum MapKey {
    /// In lower case, as nginx keeps it.
    Text(String),
    /// Behind `~` and `~*`.
    Pattern(PathPattern),
}

impl Rewriting {
    /// The replacement with its arguments.
    pub(super) fn whole(&self) -> Script {
        let Some(arguments) = &self.arguments else {
            return self.path.clone();
        };
        let mark = Script(vec![ScriptPiece::Text("?".to_owned())]);
        Script([self.path.0.as_slice(), &mark.0, &arguments.0].concat())
    }
}
