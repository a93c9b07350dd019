//! What the variables of nginx hold while a request is answered.
//!
//! Source: <https://nginx.org/en/docs/varindex.html>.

use std::collections::BTreeMap;

use super::super::answer::Depends;
use super::super::pattern::Groups;
use super::super::question::{Question, Replies, depends_on_field};
use super::super::rule::RuleId;
use super::super::visit::Visit;
use super::config::{MapEntry, MapKey, NginxConfig, NginxMap, VirtualServer};
use super::map::Lookup;
use super::script::{Script, ScriptPiece, group};

/// A text with its variables filled in.
#[derive(Debug, Clone, Default)]
pub(super) struct Filled {
    /// The text; what is not known stands in it as written.
    pub(super) bytes: Vec<u8>,
    /// On what it depends, where something is not known.
    pub(super) open: Option<Depends>,
    /// The line of a map that gave it.
    pub(super) rule: Option<RuleId>,
}

/// A request on its way through a configuration.
pub(super) struct NginxRequest<'a> {
    pub(super) config: &'a NginxConfig,
    pub(super) server: &'a VirtualServer,
    pub(super) visit: &'a Visit,
    pub(super) replies: &'a Replies,
    /// The path, decoded; a rewrite changes it.
    pub(super) uri: Vec<u8>,
    /// The query; a rewrite changes it.
    pub(super) arguments: Vec<u8>,
    /// What the groups of the last pattern took.
    pub(super) groups: Groups,
    /// What was set, and what maps gave.
    pub(super) values: BTreeMap<String, Filled>,
    /// The rule that is at work.
    pub(super) at: RuleId,
    /// Whether what is not known counts as empty.
    pub(super) is_bare: bool,
}

impl Filled {
    fn known(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            open: None,
            rule: None,
        }
    }

    fn unknown(name: &str, on: Depends) -> Self {
        Self {
            bytes: format!("${name}").into_bytes(),
            open: Some(on),
            rule: None,
        }
    }
}

impl<'a> NginxRequest<'a> {
    /// Fills a text in.
    pub(super) fn fill(&mut self, script: &Script) -> Result<Filled, Question> {
        self.fill_with(script, &<[u8]>::to_vec)
    }

    /// Fills a text in; what groups took is written as `escape` writes it.
    pub(super) fn fill_with(
        &mut self,
        script: &Script,
        escape: &dyn Fn(&[u8]) -> Vec<u8>,
    ) -> Result<Filled, Question> {
        let mut whole = Filled::default();
        for piece in &script.0 {
            let part = match piece {
                ScriptPiece::Text(text) => Filled::known(text.as_bytes()),
                ScriptPiece::Group(number) => Filled::known(escape(group(&self.groups, *number))),
                ScriptPiece::Variable(name) => self.variable(name)?,
                ScriptPiece::Template(text) => Filled {
                    bytes: text.clone().into_bytes(),
                    open: Some(Depends::Template),
                    rule: None,
                },
            };
            if part.open.is_none() || !self.is_bare {
                whole.bytes.extend(part.bytes);
            }
            whole.open = whole.open.or(part.open);
            whole.rule = whole.rule.or(part.rule);
        }
        Ok(whole)
    }

    /// takes over what the groups of a pattern took.
    pub(super) fn take_groups(&mut self, groups: Groups) {
        for (name, bytes) in &groups.named {
            self.values
                .insert(name.to_ascii_lowercase(), Filled::known(bytes.clone()));
        }
        self.groups = groups;
    }

    fn variable(&mut self, name: &str) -> Result<Filled, Question> {
        if let Some(value) = self.values.get(name) {
            return Ok(value.clone());
        }
        let config = self.config;
        let Some(map) = config.maps.iter().find(|map| map.variable == name) else {
            return Ok(self.of_nginx(name));
        };
        // A map that leads to itself finds this.
        self.values.insert(name.to_owned(), Filled::default());
        let value = self.mapped(map)?;
        if map.is_volatile {
            self.values.remove(name);
        } else {
            self.values.insert(name.to_owned(), value.clone());
        }
        Ok(value)
    }

    /// What a map gives.
    pub(super) fn mapped(&mut self, map: &'a NginxMap) -> Result<Filled, Question> {
        let source = self.fill(&map.source)?;
        if let Some(on) = source.open {
            return Ok(Filled::unknown(&map.variable, on));
        }
        if let Some((entry, groups)) = self.entry(map, &source.bytes)? {
            if let Some(groups) = groups {
                self.take_groups(groups);
            }
            let value = self.fill(&entry.value)?;
            return Ok(Filled {
                rule: entry.rule,
                ..value
            });
        }
        let words = format!("include in map ${}", map.variable);
        if map.is_partial && self.replies.ask(Depends::Include, self.at, &words)? {
            return Ok(Filled::known(format!("${}", map.variable)));
        }
        match &map.default {
            Some(value) => self.fill(value),
            None => Ok(Filled::default()),
        }
    }

    /// The line of a map that takes a value.
    fn entry(
        &self,
        map: &'a NginxMap,
        value: &[u8],
    ) -> Result<Option<(&'a MapEntry, Option<Groups>)>, Question> {
        let mut skipped = Vec::new();
        loop {
            match map.look_up(value, &skipped) {
                Lookup::Entry(entry, groups) => return Ok(Some((entry, groups))),
                Lookup::Default => return Ok(None),
                Lookup::Beyond(at) => {
                    let entry = &map.entries[at];
                    let (MapKey::Pattern(pattern), rule) = (&entry.key, entry.rule) else {
                        return Ok(None);
                    };
                    let rule = rule.unwrap_or(self.at);
                    if self
                        .replies
                        .ask(Depends::RegexFeature, rule, &pattern.text)?
                    {
                        return Ok(Some((entry, Some(Groups::default()))));
                    }
                    skipped.push(at);
                }
            }
        }
    }

    /// The variables that nginx itself has.
    fn of_nginx(&self, name: &str) -> Filled {
        let visit = self.visit;
        Filled::known(match name {
            "uri" | "document_uri" => self.uri.clone(),
            "request_uri" => request_uri(visit).into_bytes(),
            "args" | "query_string" => self.arguments.clone(),
            "is_args" if self.arguments.is_empty() => Vec::new(),
            "is_args" => b"?".to_vec(),
            "host" | "http_host" => visit.host.clone().into_bytes(),
            "scheme" => visit.scheme.clone().into_bytes(),
            "https" if visit.scheme == "https" => b"on".to_vec(),
            "https" => Vec::new(),
            "request_method" => visit.method.clone().into_bytes(),
            "request" => format!("{} {} HTTP/1.1", visit.method, request_uri(visit)).into_bytes(),
            "server_name" => {
                let first = self.server.names.first();
                first.map_or_else(Vec::new, |name| name.text.clone().into_bytes())
            }
            _ => return self.by_prefix(name),
        })
    }

    fn by_prefix(&self, name: &str) -> Filled {
        if let Some(argument) = name.strip_prefix("arg_") {
            return Filled::known(argument_of(&self.arguments, argument));
        }
        if let Some(field) = name.strip_prefix("http_") {
            return match field_of(self.visit, field) {
                Some(value) => Filled::known(value),
                None => Filled::unknown(name, depends_on_field(field)),
            };
        }
        if let Some(cookie) = name.strip_prefix("cookie_") {
            return match field_of(self.visit, "cookie") {
                Some(cookies) => Filled::known(cookie_of(cookies, cookie)),
                None => Filled::unknown(name, Depends::Cookie),
            };
        }
        if self.config.declared.contains(name) {
            return Filled::default();
        }
        let is_country = name.starts_with("geoip");
        Filled::unknown(
            name,
            if is_country {
                Depends::Country
            } else {
                Depends::Variable
            },
        )
    }
}

/// The path and the query as sent.
fn request_uri(visit: &Visit) -> String {
    match &visit.query {
        Some(query) => format!("{}?{query}", visit.path),
        None => visit.path.clone(),
    }
}

/// The first argument of this name, not decoded; case does not count.
fn argument_of(arguments: &[u8], name: &str) -> Vec<u8> {
    let pairs = arguments.split(|byte| *byte == b'&');
    let mut values = pairs.filter_map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=')?;
        pair[..at]
            .eq_ignore_ascii_case(name.as_bytes())
            .then(|| pair[at + 1..].to_vec())
    });
    values.next().unwrap_or_default()
}

/// The value of a field whose name is written with `_`.
fn field_of<'a>(visit: &'a Visit, name: &str) -> Option<&'a str> {
    let is_named = |field: &str| field.replace('-', "_").eq_ignore_ascii_case(name);
    let mut fields = visit.fields.iter();
    fields
        .find(|(field, _)| is_named(field))
        .map(|(_, value)| value.as_str())
}

fn cookie_of(cookies: &str, name: &str) -> Vec<u8> {
    let mut pairs = cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='));
    let found = pairs.find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map_or_else(Vec::new, |(_, value)| value.as_bytes().to_vec())
}
