//! What nginx answers: the steps of the server, a location, its steps, and again after a rewrite.
//!
//! Source: <https://nginx.org/en/docs/http/ngx_http_rewrite_module.html>, the phases of
//! <https://nginx.org/en/docs/dev/development_guide.html#http_phases>.

use super::super::answer::{Answer, Depends};
use super::super::path;
use super::super::pattern::{Groups, PathPattern, Search};
use super::super::question::{Question, Replies};
use super::super::visit::Visit;
use super::config::{
    Location, LocationMatch, NginxConfig, RewriteStep, Rewriting, Test, Then, VirtualServer,
};
use super::escape::{escaped, unescaped};
use super::fill::{Filled, NginxRequest};
use super::map::best_name;
use super::script::Script;
use super::steps::BARE_MAP;

/// After so many new searches nginx answers 500.
const MOST_SEARCHES: usize = 10;

/// What comes after a step.
enum Flow {
    /// The next one.
    Next,
    /// None: the location decides.
    Stop,
    /// Here is the answer.
    Answered(Answer),
}

/// What nginx answers; `Err` where a condition is open.
pub(super) fn simulate(
    config: &NginxConfig,
    visit: &Visit,
    replies: &Replies,
) -> Result<Answer, Question> {
    let uri = path::decoded(&visit.path).and_then(|path| path::resolved(&path));
    let (Some(uri), Some((server, groups))) = (uri, choose(config, visit)) else {
        return Ok(Answer::Pass);
    };
    let mut request = NginxRequest {
        config,
        server,
        visit,
        replies,
        uri,
        arguments: visit.query.clone().unwrap_or_default().into_bytes(),
        groups: Groups::default(),
        values: std::collections::BTreeMap::new(),
        at: 0,
        is_bare: false,
    };
    request.take_groups(groups);
    if let Some(answer) = bare_map(&mut request)? {
        return Ok(answer);
    }
    let mut walk = NginxWalk {
        request,
        rewritten: None,
        is_changed: false,
    };
    walk.answer()
}

/// The server for a host, and what its name took.
fn choose<'a>(config: &'a NginxConfig, visit: &Visit) -> Option<(&'a VirtualServer, Groups)> {
    let tls = usize::from(visit.scheme == "https");
    let listens = |server: &&VirtualServer| server.listens[tls] || server.listens == [false; 2];
    // Where no server listens with TLS, something before nginx ends it.
    let is_any = !config.servers.iter().any(|server| listens(&server));
    let servers = || {
        config
            .servers
            .iter()
            .filter(|server| is_any || listens(server))
    };
    let names = servers().flat_map(|server| {
        let plain = server.names.iter().filter(|name| name.pattern.is_none());
        plain.map(move |name| (name.text.as_str(), server))
    });
    if let Some(server) = best_name(&visit.host, names) {
        return Some((server, Groups::default()));
    }
    let patterns = servers().flat_map(|server| {
        server
            .names
            .iter()
            .filter_map(move |name| Some((name.pattern.as_ref()?, server)))
    });
    for (pattern, server) in patterns {
        if let Search::Found(groups) = pattern.search(visit.host.as_bytes()) {
            return Some((server, groups));
        }
    }
    let default = servers()
        .find(|server| server.is_default)
        .or_else(|| servers().next());
    default.map(|server| (server, Groups::default()))
}

/// Lines of a map whose `map` is not here: they may be redirects.
fn bare_map(request: &mut NginxRequest<'_>) -> Result<Option<Answer>, Question> {
    let Some(map) = request
        .config
        .maps
        .iter()
        .find(|map| map.variable == BARE_MAP)
    else {
        return Ok(None);
    };
    let value = request.mapped(map)?;
    let Some(rule) = value.rule.filter(|_| !value.bytes.is_empty()) else {
        return Ok(None);
    };
    let is_redirect = request.replies.ask(Depends::OuterConfig, rule, "map")?;
    let location = String::from_utf8_lossy(&value.bytes).into_owned();
    Ok(is_redirect.then_some(Answer::Redirect {
        status: 301,
        location,
        rule,
    }))
}

/// A request on its way from location to location.
struct NginxWalk<'a> {
    request: NginxRequest<'a>,
    /// The last rewrite that changed the path.
    rewritten: Option<usize>,
    /// Whether the path changed since the last search.
    is_changed: bool,
}

impl<'a> NginxWalk<'a> {
    fn answer(&mut self) -> Result<Answer, Question> {
        let server = self.request.server;
        if let Flow::Answered(answer) = self.steps(&server.scope.steps)? {
            return Ok(answer);
        }
        for _ in 0..=MOST_SEARCHES {
            self.is_changed = false;
            let mut found = None;
            self.locate(&server.scope.locations, &mut found)?;
            let Some(location) = found else {
                return Ok(self.content());
            };
            if let Flow::Answered(answer) = self.steps(&location.scope.steps)? {
                return Ok(answer);
            }
            if !self.is_changed {
                return Ok(self.content());
            }
        }
        Ok(Answer::Status {
            code: 500,
            rule: self.request.at,
        })
    }

    fn content(&self) -> Answer {
        self.rewritten
            .map_or(Answer::Pass, |rule| Answer::Served { rule })
    }

    /// Searches the location for the path; whether the search ends with it.
    ///
    /// Source: `ngx_http_core_find_location`.
    fn locate(
        &mut self,
        locations: &'a [Location],
        found: &mut Option<&'a Location>,
    ) -> Result<bool, Question> {
        let mut tries_patterns = true;
        if let Some(location) = fixed(locations, &self.request.uri) {
            *found = Some(location);
            let is_final = match location.takes {
                LocationMatch::Exact(_) => return Ok(true),
                LocationMatch::Prefix { is_final, .. } => is_final,
                LocationMatch::Pattern(_) => false,
            };
            if self.locate(&location.scope.locations, found)? {
                return Ok(true);
            }
            tries_patterns = !is_final;
        }
        for location in locations.iter().filter(|_| tries_patterns) {
            let LocationMatch::Pattern(pattern) = &location.takes else {
                continue;
            };
            self.request.at = location.rule;
            let uri = self.request.uri.clone();
            if self.matches(pattern, &uri)? {
                *found = Some(location);
                self.locate(&location.scope.locations, found)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Searches with a pattern, and keeps its groups.
    fn matches(&mut self, pattern: &PathPattern, subject: &[u8]) -> Result<bool, Question> {
        match pattern.search(subject) {
            Search::Found(groups) => {
                self.request.take_groups(groups);
                Ok(true)
            }
            Search::Missed => Ok(false),
            Search::Beyond => {
                let words = format!("{} {}", pattern.text, String::from_utf8_lossy(subject));
                self.request
                    .replies
                    .ask(Depends::RegexFeature, self.request.at, &words)
            }
        }
    }

    fn steps(&mut self, steps: &'a [RewriteStep]) -> Result<Flow, Question> {
        for step in steps {
            let flow = self.step(step)?;
            if !matches!(flow, Flow::Next) {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn step(&mut self, step: &'a RewriteStep) -> Result<Flow, Question> {
        match step {
            RewriteStep::Set { name, value } => {
                let value = self.request.fill(value)?;
                self.request.values.insert(name.clone(), value);
            }
            RewriteStep::Break => {
                self.is_changed = false;
                return Ok(Flow::Stop);
            }
            RewriteStep::Return { code, text, rule } => {
                self.request.at = *rule;
                return self.returned(*code, text.as_ref()).map(Flow::Answered);
            }
            RewriteStep::Rewrite(rewriting) => {
                self.request.at = rewriting.rule;
                let uri = self.request.uri.clone();
                if self.matches(&rewriting.pattern, &uri)? {
                    return self.rewrite(rewriting);
                }
            }
            RewriteStep::If {
                test,
                words,
                steps,
                rule,
            } => {
                self.request.at = *rule;
                if self.holds(test, words)? {
                    return self.steps(steps);
                }
            }
            RewriteStep::Open { on, words, rule } => {
                if self.request.replies.ask(*on, *rule, words)? {
                    return Ok(Flow::Answered(Answer::Pass));
                }
            }
        }
        Ok(Flow::Next)
    }

    fn returned(&mut self, code: u16, text: Option<&Script>) -> Result<Answer, Question> {
        let rule = self.request.at;
        if !matches!(code, 301 | 302 | 303 | 307 | 308) {
            let is_content = code == 200 && text.is_some();
            return Ok(if is_content {
                Answer::Served { rule }
            } else {
                Answer::Status { code, rule }
            });
        }
        let text = match text {
            Some(text) => self.settled(text, &|walk, text| walk.request.fill(text))?,
            None => Filled::default(),
        };
        Ok(Answer::Redirect {
            status: code,
            location: String::from_utf8_lossy(&text.bytes).into_owned(),
            rule: text.rule.unwrap_or(rule),
        })
    }

    /// Fills a text in; what is not known is either as written or empty.
    fn settled(
        &mut self,
        text: &Script,
        fill: &dyn Fn(&mut Self, &Script) -> Result<Filled, Question>,
    ) -> Result<Filled, Question> {
        let filled = fill(self, text)?;
        let Some(on) = filled.open else {
            return Ok(filled);
        };
        let words = String::from_utf8_lossy(&filled.bytes).into_owned();
        if self.request.replies.ask(on, self.request.at, &words)? {
            return Ok(filled);
        }
        self.request.is_bare = true;
        let bare = fill(self, text);
        self.request.is_bare = false;
        bare
    }

    fn rewrite(&mut self, rewriting: &Rewriting) -> Result<Flow, Question> {
        if let Then::Redirect(status) = rewriting.then {
            return self.redirect(rewriting, status).map(Flow::Answered);
        }
        let path = self.request.fill(&rewriting.path)?;
        let is_coded = self.is_coded();
        let own = match &rewriting.arguments {
            Some(own) => Some(
                self.request
                    .fill_with(own, &|group| escaped(group, is_coded))?,
            ),
            None => None,
        };
        let rule = path.rule.unwrap_or(rewriting.rule);
        let keeps = rewriting.keeps_arguments && !self.request.arguments.is_empty();
        match (own, keeps) {
            (Some(own), true) => {
                let kept = std::mem::take(&mut self.request.arguments);
                self.request.arguments = [own.bytes, b"&".to_vec(), kept].concat();
            }
            (Some(own), false) => self.request.arguments = own.bytes,
            (None, true) => {}
            (None, false) => self.request.arguments.clear(),
        }
        if path.bytes.is_empty() {
            return Ok(Flow::Answered(Answer::Status { code: 500, rule }));
        }
        self.request.uri = path.bytes;
        self.rewritten = Some(rule);
        self.is_changed = rewriting.then != Then::Stop;
        Ok(if rewriting.then == Then::Next {
            Flow::Next
        } else {
            Flow::Stop
        })
    }

    fn redirect(&mut self, rewriting: &Rewriting, status: u16) -> Result<Answer, Question> {
        let is_coded = self.is_coded();
        let whole = rewriting.whole();
        let target = self.settled(&whole, &move |walk, text| {
            walk.request
                .fill_with(text, &|group| escaped(group, is_coded))
        })?;
        let mut location = unescaped(&target.bytes);
        if rewriting.keeps_arguments && !self.request.arguments.is_empty() {
            location.push(if rewriting.arguments.is_some() {
                b'&'
            } else {
                b'?'
            });
            location.extend(&self.request.arguments);
        }
        Ok(Answer::Redirect {
            status,
            location: String::from_utf8_lossy(&location).into_owned(),
            rule: target.rule.unwrap_or(rewriting.rule),
        })
    }

    /// Whether the path was sent with a `%` or a `+`: only then nginx codes again what groups took.
    fn is_coded(&self) -> bool {
        self.request.visit.path.contains(['%', '+'])
    }

    fn holds(&mut self, test: &Test, words: &str) -> Result<bool, Question> {
        let (held, open) = match test {
            Test::Truth(script) => {
                let value = self.request.fill(script)?;
                (!matches!(value.bytes.as_slice(), b"" | b"0"), value.open)
            }
            Test::Equal(left, right) => {
                let (left, right) = (self.request.fill(left)?, self.request.fill(right)?);
                (left.bytes == right.bytes, left.open.or(right.open))
            }
            Test::Matches(script, pattern) => {
                let value = self.request.fill(script)?;
                let held = value.open.is_none() && self.matches(pattern, &value.bytes)?;
                (held, value.open)
            }
            Test::Not(test) => return Ok(!self.holds(test, words)?),
            Test::Open(on) => (false, Some(*on)),
        };
        match open {
            Some(on) => self.request.replies.ask(on, self.request.at, words),
            None => Ok(held),
        }
    }
}

/// The location that takes a path by its text: the exact one, else the longest prefix.
fn fixed<'a>(locations: &'a [Location], uri: &[u8]) -> Option<&'a Location> {
    let rank = |location: &&Location| match &location.takes {
        LocationMatch::Exact(path) => (path.as_bytes() == uri).then_some(usize::MAX),
        LocationMatch::Prefix { path, .. } => {
            uri.starts_with(path.as_bytes()).then_some(path.len())
        }
        LocationMatch::Pattern(_) => None,
    };
    let taking = locations
        .iter()
        .filter_map(|location| Some((rank(&location)?, location)));
    taking
        .max_by_key(|(rank, _)| *rank)
        .map(|(_, location)| location)
}
