//! From directives to a configuration: servers, locations, and what stands outside of them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::answer::Depends;
use super::super::file::{FileFault, Unheeded};
use super::super::pattern::PathPattern;
use super::super::rule::{Rule, RuleId, RuleKind};
use super::config::{
    Location, LocationMatch, NginxConfig, RewriteStep, Scope, ServerName, VirtualServer,
};
use super::include::is_harmless;
use super::token::{ConfigWord, Directive, fault};

/// What a file says so far.
#[derive(Default)]
pub(super) struct NginxReading {
    pub(super) config: NginxConfig,
    pub(super) rules: Vec<Rule>,
    pub(super) unheeded: Vec<Unheeded>,
    /// Variables that a redirect leads to, with its status: a map that gives one is a list of redirects.
    pub(super) targets: BTreeMap<String, u16>,
}

/// In what a directive stands.
#[derive(Clone, Default)]
pub(super) struct Around {
    /// The innermost location or `if`, as written.
    pub(super) from: Option<String>,
    /// The names of the server.
    pub(super) hosts: Vec<String>,
}

impl NginxReading {
    /// Reads all directives of a file.
    pub(super) fn file(directives: &[Directive]) -> Result<Self, FileFault> {
        let mut reading = Self::default();
        let mut fragments = Vec::new();
        reading.top(directives, &mut fragments)?;
        reading.fragments(&fragments)?;
        reading.kinds_of_maps();
        Ok(reading)
    }

    /// The level of `http`, and of files that hold only a part of it.
    fn top<'a>(
        &mut self,
        directives: &'a [Directive],
        fragments: &mut Vec<&'a Directive>,
    ) -> Result<(), FileFault> {
        for directive in directives {
            match (directive.name(), &directive.block) {
                ("http", Some(block)) => self.top(block, fragments)?,
                ("server", Some(block)) => {
                    let server = self.server(block.iter().collect())?;
                    self.config.servers.push(server);
                }
                ("map", Some(block)) => self.map(directive, block)?,
                // Mail, streams and upstreams answer no path.
                ("events" | "stream" | "mail" | "upstream" | "types" | "geo", Some(_)) => {}
                _ => fragments.push(directive),
            }
        }
        Ok(())
    }

    /// What stands outside of every server: of a part that another file includes it is the rules.
    fn fragments(&mut self, fragments: &[&Directive]) -> Result<(), FileFault> {
        let (lines, others): (Vec<&Directive>, Vec<&Directive>) = fragments
            .iter()
            .partition(|directive| is_map_line(directive));
        if !lines.is_empty() {
            self.bare_map(&lines)?;
        }
        if self.config.servers.is_empty() {
            let server = self.server(others)?;
            self.config.servers.push(server);
            return Ok(());
        }
        let answering = ["location", "return", "rewrite", "if"];
        for directive in others {
            if answering.contains(&directive.name()) {
                self.drop(directive, "it stands outside of every `server`");
            }
        }
        Ok(())
    }

    pub(super) fn drop(&mut self, directive: &Directive, reason: &str) {
        self.unheeded.push(Unheeded {
            place: directive.place,
            text: written(&directive.words),
            reason: reason.to_owned(),
        });
    }

    fn server(&mut self, block: Vec<&Directive>) -> Result<VirtualServer, FileFault> {
        let mut server = VirtualServer::default();
        for directive in &block {
            match directive.name() {
                "listen" => listen(directive, &mut server),
                "server_name" => server.names.extend(server_names(directive)?),
                "ssl"
                    if directive
                        .arguments()
                        .first()
                        .is_some_and(|word| word.text == "on") =>
                {
                    server.listens[1] = true;
                }
                _ => {}
            }
        }
        for pattern in server.names.iter().filter_map(|name| name.pattern.as_ref()) {
            self.config
                .declared
                .extend(pattern.names().map(str::to_owned));
        }
        let named = server
            .names
            .iter()
            .filter(|name| !matches!(name.text.as_str(), "" | "_"));
        let around = Around {
            from: None,
            hosts: named.map(|name| name.text.clone()).collect(),
        };
        server.scope = self.scope(block.into_iter(), None, &around)?;
        Ok(server)
    }

    /// The steps and the locations of a server, or of the location `outer`.
    fn scope<'a>(
        &mut self,
        block: impl Iterator<Item = &'a Directive>,
        outer: Option<&LocationMatch>,
        around: &Around,
    ) -> Result<Scope, FileFault> {
        let mut scope = Scope::default();
        let mut taken = BTreeSet::new();
        for directive in block {
            match (directive.name(), &directive.block) {
                ("location", Some(_))
                    if directive.arguments().iter().any(|word| word.is_template) =>
                {
                    scope.steps.push(self.templated(directive, around));
                }
                ("location", Some(inner)) => {
                    let Some(taking) = takes(directive, outer)? else {
                        self.drop(directive, "no request reaches a named location by its path");
                        continue;
                    };
                    if !unique(&taking).is_none_or(|path| taken.insert(path)) {
                        return Err(fault(directive.place, "this location stands twice"));
                    }
                    let around = Around {
                        from: Some(written(directive.arguments())),
                        hosts: around.hosts.clone(),
                    };
                    let rule = self.rules.len();
                    let inner = self.scope(inner.iter(), Some(&taking), &around)?;
                    scope.locations.push(Location {
                        takes: taking,
                        scope: inner,
                        rule,
                    });
                }
                _ => scope.steps.extend(self.step(directive, around)?),
            }
        }
        Ok(scope)
    }

    /// A directive that a template completes: it may answer anything.
    pub(super) fn templated(&mut self, directive: &Directive, around: &Around) -> RewriteStep {
        RewriteStep::Open {
            on: Depends::Template,
            words: written(&directive.words),
            rule: self.unknown(directive, around),
        }
    }

    /// A file that was not given, where its directives may answer.
    pub(super) fn unread(&mut self, directive: &Directive, around: &Around) -> Option<RewriteStep> {
        let name = &directive.arguments().first()?.text;
        (!is_harmless(name)).then(|| RewriteStep::Open {
            on: Depends::Include,
            words: written(&directive.words),
            rule: self.unknown(directive, around),
        })
    }

    fn unknown(&mut self, directive: &Directive, around: &Around) -> RuleId {
        self.rule(Rule {
            place: directive.place,
            from: written(&directive.words),
            hosts: around.hosts.clone(),
            to: None,
            status: None,
            kind: RuleKind::Unknown,
        })
    }

    pub(super) fn rule(&mut self, rule: Rule) -> RuleId {
        self.rules.push(rule);
        self.rules.len() - 1
    }

    /// A map that a redirect leads to is a list of redirects.
    fn kinds_of_maps(&mut self) {
        for map in &self.config.maps {
            let Some(status) = self.targets.get(&map.variable) else {
                continue;
            };
            for rule in map.entries.iter().filter_map(|entry| entry.rule) {
                self.rules[rule].status = Some(*status);
                self.rules[rule].kind = RuleKind::Redirect;
            }
        }
    }
}

/// Words as they stand in a file.
pub(super) fn written(words: &[ConfigWord]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}

/// A line of a map without the map around it.
fn is_map_line(directive: &Directive) -> bool {
    directive.block.is_none()
        && directive.words.len() == 2
        && directive.name().starts_with(['/', '~'])
}

/// Reads `listen`: with TLS where it says so, or by the port of it.
fn listen(directive: &Directive, server: &mut VirtualServer) {
    let words = || directive.arguments().iter().map(|word| word.text.as_str());
    let port = words()
        .next()
        .and_then(|address| address.rsplit(':').next());
    let has_tls = port == Some("443") || words().any(|word| matches!(word, "ssl" | "quic"));
    server.listens[usize::from(has_tls)] = true;
    server.is_default |= words().any(|word| matches!(word, "default_server" | "default"));
}

fn server_names(directive: &Directive) -> Result<Vec<ServerName>, FileFault> {
    let read = |word: &ConfigWord| {
        // A name written as a pattern is compared without regard to case, as hosts are.
        let pattern = word
            .text
            .strip_prefix('~')
            .map(|text| PathPattern::new(text, true));
        let pattern = pattern
            .transpose()
            .map_err(|says| fault(directive.place, &says))?;
        let text = match pattern {
            Some(_) => word.text.clone(),
            None => word.text.to_ascii_lowercase(),
        };
        Ok(ServerName { text, pattern })
    };
    directive.arguments().iter().map(read).collect()
}

/// The sign and the path of a location; the sign may be glued to the path.
fn sign_and_path(words: &[ConfigWord]) -> Option<(&str, &str)> {
    let signs = ["=", "^~", "~*", "~"];
    match words {
        [sign, path] => signs
            .contains(&sign.text.as_str())
            .then_some((sign.text.as_str(), path.text.as_str())),
        [glued] => {
            let sign = signs.iter().find(|sign| glued.text.starts_with(**sign));
            Some(glued.text.split_at(sign.map_or(0, |sign| sign.len())))
        }
        _ => None,
    }
}

/// Which paths a location takes, or `None` for a named one.
fn takes(
    directive: &Directive,
    outer: Option<&LocationMatch>,
) -> Result<Option<LocationMatch>, FileFault> {
    let wrong = |says: &str| fault(directive.place, says);
    let (sign, path) = sign_and_path(directive.arguments()).ok_or_else(|| {
        wrong("a location has a path, and before it `=`, `^~`, `~`, `~*` or nothing")
    })?;
    if sign.is_empty() && path.starts_with('@') {
        return Ok(None);
    }
    let takes = match sign {
        "=" => LocationMatch::Exact(path.to_owned()),
        "~" | "~*" => LocationMatch::Pattern(
            PathPattern::new(path, sign == "~*").map_err(|says| wrong(&says))?,
        ),
        _ => LocationMatch::Prefix {
            path: path.to_owned(),
            is_final: sign == "^~",
        },
    };
    match (outer, unique(&takes)) {
        (Some(LocationMatch::Exact(_)), _) => Err(wrong("no location stands in an exact one")),
        (Some(LocationMatch::Prefix { path: outer, .. }), Some((_, path)))
            if !path.starts_with(outer.as_str()) =>
        {
            Err(wrong(
                "the path of this location does not begin with that of the one around it",
            ))
        }
        (Some(LocationMatch::Pattern(outer)), Some((_, path)))
            if !path.starts_with(&outer.text) =>
        {
            Err(wrong("in a location of a pattern only patterns can stand"))
        }
        _ => Ok(Some(takes)),
    }
}

/// What no second location of a scope may take.
fn unique(takes: &LocationMatch) -> Option<(bool, String)> {
    match takes {
        LocationMatch::Exact(path) => Some((true, path.clone())),
        LocationMatch::Prefix { path, .. } => Some((false, path.clone())),
        LocationMatch::Pattern(_) => None,
    }
}
