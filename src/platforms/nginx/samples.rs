//! Requests that a rule of nginx is written for.

use super::super::pattern::PathPattern;
use super::super::regex_sample::{as_path, shortest};
use super::super::rule::RuleId;
use super::super::visit::Visit;
use super::config::{
    LocationMatch, MapKey, NginxConfig, NginxMap, RewriteStep, Scope, Test, VirtualServer,
};
use super::script::{Script, ScriptPiece};

/// Where a rule stands.
#[derive(Clone, Default)]
struct RuleSite<'a> {
    locations: Vec<&'a LocationMatch>,
    tests: Vec<&'a Test>,
    /// The pattern of the rule itself.
    pattern: Option<&'a PathPattern>,
}

/// Requests for `rule`, shortest first.
pub(super) fn samples(config: &NginxConfig, rule: RuleId) -> Vec<Visit> {
    let of_servers = config.servers.iter().filter_map(|server| {
        let site = in_scope(&server.scope, rule, &RuleSite::default())?;
        Some(site.visits(&Visit {
            scheme: scheme(server),
            ..Visit::get(&host(server), "/")
        }))
    });
    let of_maps = config
        .maps
        .iter()
        .filter_map(|map| of_map(config, map, rule));
    let mut found: Vec<Visit> = of_servers.chain(of_maps).flatten().collect();
    found.sort_by_key(|visit| visit.path.len());
    found.dedup();
    found
}

fn in_scope<'a>(scope: &'a Scope, rule: RuleId, around: &RuleSite<'a>) -> Option<RuleSite<'a>> {
    let of_locations = scope.locations.iter().filter_map(|location| {
        let mut site = around.clone();
        site.locations.push(&location.takes);
        in_scope(&location.scope, rule, &site)
    });
    in_steps(&scope.steps, rule, around).or_else(|| of_locations.into_iter().next())
}

fn in_steps<'a>(
    steps: &'a [RewriteStep],
    rule: RuleId,
    around: &RuleSite<'a>,
) -> Option<RuleSite<'a>> {
    steps.iter().find_map(|step| match step {
        RewriteStep::Return { rule: here, .. } if *here == rule => Some(around.clone()),
        RewriteStep::Rewrite(rewriting) if rewriting.rule == rule => Some(RuleSite {
            pattern: Some(&rewriting.pattern),
            ..around.clone()
        }),
        RewriteStep::If { test, steps, .. } => {
            let mut site = around.clone();
            site.tests.push(test);
            in_steps(steps, rule, &site)
        }
        _ => None,
    })
}

impl RuleSite<'_> {
    fn visits(&self, begun: &Visit) -> Vec<Visit> {
        let mut paths: Vec<String> = Vec::new();
        paths.extend(self.pattern.iter().flat_map(|pattern| of_pattern(pattern)));
        let innermost = self.locations.last().map(|takes| of_location(takes));
        // Below a prefix too: what a pattern takes is often only a part of the location.
        paths.extend(innermost.unwrap_or_else(|| vec!["/".to_owned(), "/rehop".to_owned()]));
        let begun = paths.iter().map(|path| Visit {
            path: path.clone(),
            ..begun.clone()
        });
        begun
            .flat_map(|visit| {
                self.tests
                    .iter()
                    .fold(vec![visit], |visits, test| held(visits, test))
            })
            .collect()
    }
}

fn of_pattern(pattern: &PathPattern) -> Vec<String> {
    shortest(&pattern.translated())
        .iter()
        .map(|text| as_path(text))
        .collect()
}

fn of_location(takes: &LocationMatch) -> Vec<String> {
    match takes {
        LocationMatch::Exact(path) => vec![as_path(path)],
        LocationMatch::Prefix { path, .. } => vec![as_path(path), as_path(&format!("{path}rehop"))],
        LocationMatch::Pattern(pattern) => of_pattern(pattern),
    }
}

/// The visits changed so that a condition holds, where that can be done.
fn held(visits: Vec<Visit>, condition: &Test) -> Vec<Visit> {
    let one = |text: &str| vec![text.to_owned()];
    let (script, values) = match condition {
        Test::Truth(script) => (script, one("1")),
        Test::Equal(script, Script(pieces)) => match pieces.as_slice() {
            [ScriptPiece::Text(text)] => (script, one(text)),
            _ => return visits,
        },
        Test::Matches(script, pattern) => (script, shortest(&pattern.translated())),
        Test::Not(_) | Test::Open(_) => return visits,
    };
    let Some(name) = script.variables().next() else {
        return visits;
    };
    let with = |visit: Visit| {
        values
            .iter()
            .map(move |text| changed(visit.clone(), name, text))
    };
    visits.into_iter().flat_map(with).collect()
}

/// The visit with this value of a variable.
fn changed(mut visit: Visit, name: &str, text: &str) -> Visit {
    match name {
        "uri" | "document_uri" => visit.path = as_path(text),
        "request_uri" => {
            let sent = Visit::get(&visit.host, text);
            (visit.path, visit.query) = (as_path(&sent.path), sent.query);
        }
        "args" | "query_string" => visit.query = Some(text.to_owned()),
        "host" | "http_host" => text.clone_into(&mut visit.host),
        "scheme" => text.clone_into(&mut visit.scheme),
        "request_method" => text.clone_into(&mut visit.method),
        _ => {
            if let Some(argument) = name.strip_prefix("arg_") {
                visit.query = Some(format!("{argument}={text}"));
            } else if let Some(field) = name.strip_prefix("http_") {
                visit
                    .fields
                    .push((field.replace('_', "-"), text.to_owned()));
            }
        }
    }
    visit
}

fn of_map(config: &NginxConfig, map: &NginxMap, rule: RuleId) -> Option<Vec<Visit>> {
    let entry = map.entries.iter().find(|entry| entry.rule == Some(rule))?;
    let keys = match &entry.key {
        MapKey::Text(text) => vec![text.clone()],
        MapKey::Pattern(pattern) => shortest(&pattern.translated()),
    };
    let has_host =
        matches!(map.source.0.first(), Some(ScriptPiece::Variable(name)) if name.ends_with("host"));
    let visits = config.servers.iter().flat_map(|server| {
        keys.iter().map(move |key| {
            let (host, path) = match key.split_once('/') {
                Some((host, path)) if has_host && !host.is_empty() => {
                    (host.to_owned(), format!("/{path}"))
                }
                _ => (host(server), key.clone()),
            };
            let visit = Visit {
                scheme: scheme(server),
                ..Visit::get(&host, "/")
            };
            changed(visit, "request_uri", &path)
        })
    });
    Some(visits.collect())
}

/// A host that the server is for.
fn host(server: &VirtualServer) -> String {
    let Some(name) = server
        .names
        .iter()
        .find(|name| !matches!(name.text.as_str(), "" | "_"))
    else {
        return "site.example".to_owned();
    };
    match &name.pattern {
        Some(pattern) => shortest(&pattern.translated())
            .into_iter()
            .next()
            .unwrap_or_default(),
        None if name.text.starts_with('.') => name.text[1..].to_owned(),
        None => name.text.replace('*', "rehop"),
    }
}

fn scheme(server: &VirtualServer) -> String {
    if server.listens == [true, false] {
        "http"
    } else {
        "https"
    }
    .to_owned()
}
