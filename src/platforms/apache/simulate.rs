//! What Apache answers: `mod_rewrite` of the server, `mod_alias` of the server, then both of the folder.
//!
//! Source: <https://httpd.apache.org/docs/2.4/rewrite/tech.html>, and `mod_rewrite.c`, `mod_alias.c`.

use std::collections::BTreeMap;

use super::super::answer::{Answer, Depends};
use super::super::path;
use super::super::pattern::{Groups, PathPattern, Search};
use super::super::question::{Question, Replies, depends_on_field};
use super::super::visit::Visit;
use super::config::{AliasFrom, ApacheHost, Check, Level, RewriteCondition, RewriteRule, choose};
use super::directive::is_url;
use super::text::{escaped, escaped_group, escaped_path, group, ordered, rest_behind, with_groups};

/// The folder of the site, which a relative target shows to the world where no `RewriteBase` stands.
const ROOT: &str = "/var/www/html/";

/// After so many internal redirects Apache answers 500; also the bound of `N`.
const MOST_ROUNDS: usize = 10;

/// What Apache answers; `Err` where a condition is open.
pub(super) fn simulate(
    hosts: &[ApacheHost],
    visit: &Visit,
    replies: &Replies,
) -> Result<Answer, Question> {
    // An encoded slash is a 404 by itself (AllowEncodedSlashes).
    let has_slash = visit.path.to_ascii_lowercase().contains("%2f");
    let uri = path::decoded(&visit.path).and_then(|path| path::resolved(&path));
    let (Some(uri), Some(host), false) = (uri, choose(hosts, visit), has_slash) else {
        return Ok(Answer::Pass);
    };
    let mut walk = ApacheWalk {
        visit,
        replies,
        uri: String::from_utf8_lossy(&uri).into_owned(),
        query: visit.query.clone(),
        of_rule: Groups::default(),
        of_condition: Groups::default(),
        environment: BTreeMap::new(),
        at: 0,
        rewritten: None,
        is_over: false,
    };
    for _ in 0..=MOST_ROUNDS {
        let before = walk.uri.clone();
        for (level, is_folder) in [(&host.server, false), (&host.folder, true)] {
            if let Some(answer) = walk.level(level, is_folder)? {
                return Ok(answer);
            }
        }
        // A rewrite inside of the folder is an internal redirect, which begins anew.
        if walk.uri == before || walk.is_over {
            return Ok(walk
                .rewritten
                .map_or(Answer::Pass, |rule| Answer::Served { rule }));
        }
    }
    Ok(Answer::Status {
        code: 500,
        rule: walk.at,
    })
}

struct ApacheWalk<'a> {
    visit: &'a Visit,
    replies: &'a Replies,
    uri: String,
    query: Option<String>,
    of_rule: Groups,
    of_condition: Groups,
    environment: BTreeMap<String, String>,
    at: usize,
    rewritten: Option<usize>,
    /// `END`.
    is_over: bool,
}

/// A text filled in; what is not known stands in it as written.
struct Expanded {
    text: String,
    open: Option<Depends>,
}

impl ApacheWalk<'_> {
    fn level(&mut self, level: &Level, is_folder: bool) -> Result<Option<Answer>, Question> {
        let rewritten = if level.rewrites && !self.is_over {
            self.rewrite(level, is_folder)?
        } else {
            None
        };
        match rewritten {
            Some(answer) => Ok(Some(answer)),
            None => self.alias(level),
        }
    }

    /// `mod_alias`: the first redirect that takes the path.
    fn alias(&mut self, level: &Level) -> Result<Option<Answer>, Question> {
        for redirect in &level.redirects {
            self.at = redirect.rule;
            let to = redirect.to.as_deref().unwrap_or_default();
            let location = match &redirect.from {
                AliasFrom::Prefix(from) => {
                    rest_behind(from, &self.uri).map(|rest| format!("{to}{}", escaped(rest)))
                }
                AliasFrom::Below(from) => rest_behind(from, &self.uri).map(|_| to.to_owned()),
                AliasFrom::Pattern(pattern) => self
                    .search(pattern, &self.uri.clone())?
                    .map(|groups| escaped_path(&with_groups(to, &groups))),
            };
            let Some(mut location) = location else {
                continue;
            };
            let (status, rule) = (redirect.status, redirect.rule);
            if !(300..400).contains(&status) {
                return Ok(Some(Answer::Status { code: status, rule }));
            }
            if let Some(query) = self.query.as_ref().filter(|_| !location.contains('?')) {
                location = format!("{location}?{query}");
            }
            return Ok(Some(Answer::Redirect {
                status,
                location,
                rule,
            }));
        }
        Ok(None)
    }

    fn search(&self, pattern: &PathPattern, subject: &str) -> Result<Option<Groups>, Question> {
        match pattern.search(subject.as_bytes()) {
            Search::Found(groups) => Ok(Some(groups)),
            Search::Missed => Ok(None),
            Search::Beyond => {
                let words = format!("{} {subject}", pattern.text);
                let held = self.replies.ask(Depends::RegexFeature, self.at, &words)?;
                Ok(held.then(Groups::default))
            }
        }
    }

    /// `mod_rewrite`: one round over the rules of a level.
    fn rewrite(&mut self, level: &Level, is_folder: bool) -> Result<Option<Answer>, Question> {
        let (mut at, mut rounds, mut redirect) = (0, 0, None);
        let mut keeps_escapes = false;
        while let Some(rule) = level.rewrite_rules.get(at) {
            at += 1;
            self.at = rule.rule;
            if !self.matches(rule, is_folder)? {
                while level.rewrite_rules[at - 1].flags.chains && at < level.rewrite_rules.len() {
                    at += 1;
                }
                continue;
            }
            if let Some(code) = rule.flags.status.filter(|code| !(300..400).contains(code)) {
                return Ok(Some(Answer::Status {
                    code,
                    rule: rule.rule,
                }));
            }
            if rule.to != "-" {
                self.substitute(rule, is_folder)?;
                keeps_escapes = rule.flags.keeps_escapes;
                if rule.flags.proxy {
                    return Ok(Some(Answer::Served { rule: rule.rule }));
                }
                if rule.flags.status.is_some() || is_url(&self.uri) {
                    redirect = Some((rule.flags.status.unwrap_or(302), rule.rule));
                }
            }
            self.is_over |= rule.flags.end;
            if rule.flags.last || rule.flags.end || rule.flags.passes_through {
                break;
            }
            at += rule.flags.skip;
            if rule.flags.again {
                rounds += 1;
                at = 0;
            }
            if rounds > MOST_ROUNDS * 1000 {
                return Ok(Some(Answer::Status {
                    code: 500,
                    rule: rule.rule,
                }));
            }
        }
        Ok(redirect.map(|(status, rule)| self.redirect(status, rule, level, keeps_escapes)))
    }

    fn redirect(&self, status: u16, rule: usize, level: &Level, keeps_escapes: bool) -> Answer {
        let path = match (self.uri.strip_prefix(ROOT), &level.base) {
            (Some(inner), Some(base)) => format!("{base}{inner}"),
            _ => self.uri.clone(),
        };
        let escape = |text: &str| {
            if keeps_escapes {
                text.to_owned()
            } else {
                escaped(text)
            }
        };
        let host = if is_url(&path) {
            path.find("://").map_or(0, |at| {
                path[at + 3..]
                    .find('/')
                    .map_or(path.len(), |end| at + 3 + end)
            })
        } else {
            0
        };
        let mut location = format!("{}{}", &path[..host], escape(&path[host..]));
        if let Some(query) = &self.query {
            let is_own = self.visit.query.as_ref() != Some(query);
            location = format!(
                "{location}?{}",
                if is_own { escape(query) } else { query.clone() }
            );
        }
        Answer::Redirect {
            status,
            location,
            rule,
        }
    }

    fn matches(&mut self, rule: &RewriteRule, is_folder: bool) -> Result<bool, Question> {
        let uri = self.uri.clone();
        let subject = if is_folder {
            let inner = uri.strip_prefix(ROOT).or(uri.strip_prefix('/'));
            inner.unwrap_or(&uri)
        } else {
            &uri
        };
        let found = self.search(&rule.pattern, subject)?;
        if found.is_some() == rule.is_negated {
            return Ok(false);
        }
        self.of_rule = found.unwrap_or_default();
        self.of_condition = Groups::default();
        let mut conditions = rule.conditions.iter();
        while let Some(condition) = conditions.next() {
            let mut held = self.holds(condition)?;
            let mut last = condition;
            // OR binds a condition to the next one; of a chain that holds the rest is not looked at.
            while last.or_next {
                let Some(next) = conditions.next() else { break };
                held = held || self.holds(next)?;
                last = next;
            }
            if !held {
                return Ok(false);
            }
        }
        for (name, value) in &rule.flags.variables {
            let value = self.expand(value, false).text;
            self.environment.insert(name.clone(), value);
        }
        Ok(true)
    }

    fn substitute(&mut self, rule: &RewriteRule, is_folder: bool) -> Result<(), Question> {
        let drops_query = rule.to.ends_with('?') && !rule.flags.appends_query;
        let template = if drops_query {
            &rule.to[..rule.to.len() - 1]
        } else {
            &rule.to
        };
        let expanded = self.expand(template, rule.flags.escapes_groups);
        if let Some(on) = expanded.open {
            self.replies.ask(on, self.at, &expanded.text)?;
        }
        let mut path = expanded.text;
        if !is_url(&path) && !path.starts_with('/') {
            path = format!("{}{path}", if is_folder { ROOT } else { "/" });
        }
        if drops_query || rule.flags.discards_query {
            self.query = None;
        }
        if let Some((before, own)) = path.clone().split_once('?').filter(|_| !drops_query) {
            let kept = self.query.take().filter(|_| rule.flags.appends_query);
            let whole = match kept {
                Some(kept) if own.is_empty() => kept,
                Some(kept) => format!("{own}&{kept}"),
                None => own.to_owned(),
            };
            self.query = (!whole.is_empty()).then_some(whole);
            path.truncate(before.len());
        }
        self.uri = path;
        self.rewritten = Some(rule.rule);
        Ok(())
    }

    fn holds(&mut self, condition: &RewriteCondition) -> Result<bool, Question> {
        let subject = self.expand(&condition.subject, false);
        let on = match condition.check {
            Check::File => Some(Depends::FileExists),
            Check::Expression => Some(Depends::Variable),
            _ => subject.open,
        };
        if let Some(on) = on {
            return self.replies.ask(on, self.at, &condition.words);
        }
        let text = subject.text;
        let held = match &condition.check {
            Check::Pattern(pattern) => {
                let found = self.search(pattern, &text)?;
                let is_found = found.is_some();
                if let Some(groups) = found.filter(|_| !condition.is_negated) {
                    self.of_condition = groups;
                }
                is_found
            }
            Check::Text(sign, against) => {
                let against = self.expand(against, false).text;
                let (text, against) = if condition.ignores_case {
                    (text.to_ascii_lowercase(), against.to_ascii_lowercase())
                } else {
                    (text, against)
                };
                ordered(sign, text.cmp(&against))
            }
            Check::Number(sign, against) => {
                let number = |text: &str| text.trim().parse::<i64>().unwrap_or(0);
                ordered(sign, number(&text).cmp(&number(against)))
            }
            Check::File | Check::Expression => false,
        };
        Ok(held != condition.is_negated)
    }

    fn expand(&self, text: &str, escapes: bool) -> Expanded {
        let mut out = Expanded {
            text: String::new(),
            open: None,
        };
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let digit = rest[first.len_utf8()..]
                .chars()
                .next()
                .and_then(|c| c.to_digit(10));
            let length = match (first, digit) {
                ('\\', _) if rest.len() > 1 => {
                    let next = rest[1..].chars().next().unwrap_or(first);
                    out.text.push(next);
                    1 + next.len_utf8()
                }
                ('$' | '%', Some(number)) => {
                    let groups = if first == '$' {
                        &self.of_rule
                    } else {
                        &self.of_condition
                    };
                    let taken = group(groups, number as usize);
                    out.text.push_str(&if escapes {
                        escaped_group(&taken)
                    } else {
                        taken
                    });
                    2
                }
                ('$' | '%', None) if rest[1..].starts_with('{') && rest.contains('}') => {
                    let end = rest.find('}').unwrap_or(rest.len() - 1);
                    match (first, self.variable(&rest[2..end])) {
                        ('%', Ok(value)) => out.text.push_str(&value),
                        (_, reason) => {
                            out.open = out.open.or(reason.err()).or(Some(Depends::Include));
                            out.text.push_str(&rest[..=end]);
                        }
                    }
                    end + 1
                }
                _ => {
                    out.text.push(first);
                    first.len_utf8()
                }
            };
            rest = &rest[length..];
        }
        out
    }

    fn variable(&self, name: &str) -> Result<String, Depends> {
        let visit = self.visit;
        let field = |field: &str| {
            if field.eq_ignore_ascii_case("host") {
                return Ok(visit.host.clone());
            }
            let mut fields = visit.fields.iter();
            let found = fields.find(|(known, _)| known.eq_ignore_ascii_case(field));
            found
                .map(|(_, value)| value.clone())
                .ok_or_else(|| depends_on_field(field))
        };
        if let Some((kind, inner)) = name.split_once(':') {
            return match kind.to_ascii_uppercase().as_str() {
                "HTTP" => field(inner),
                "ENV" => self
                    .environment
                    .get(inner)
                    .cloned()
                    .ok_or(Depends::Variable),
                _ => Err(Depends::Variable),
            };
        }
        let is_tls = visit.scheme == "https";
        let name = name.to_ascii_uppercase();
        Ok(match name.as_str() {
            "REQUEST_URI" => self.uri.clone(),
            "QUERY_STRING" => self.query.clone().unwrap_or_default(),
            "REQUEST_METHOD" => visit.method.clone(),
            "REQUEST_SCHEME" => visit.scheme.clone(),
            "HTTPS" => if is_tls { "on" } else { "off" }.to_owned(),
            "SERVER_PORT" => if is_tls { "443" } else { "80" }.to_owned(),
            "THE_REQUEST" => {
                let query = visit
                    .query
                    .as_ref()
                    .map_or_else(String::new, |query| format!("?{query}"));
                format!("{} {}{query} HTTP/1.1", visit.method, visit.path)
            }
            _ => {
                return name
                    .strip_prefix("HTTP_")
                    .map_or(Err(Depends::Variable), |name| {
                        field(&name.replace('_', "-"))
                    });
            }
        })
    }
}
