//! A map as exact rules.

use std::collections::HashMap;

use super::map_row::MapRow;
use crate::platforms::answer::Answer;
use crate::platforms::file::{Remark, RuleEngine, RuleFile, Unheeded};
use crate::platforms::lint_id::LintId;
use crate::platforms::rule::{Rule, RuleId, RuleKind};
use crate::platforms::sample::{encoded, sample};
use crate::platforms::target::{answer_of, kind_of};
use crate::platforms::visit::Visit;

/// What a row without a status is simulated with.
const PERMANENT: u16 = 301;

/// The rules of these rows.
pub(super) fn rules_of(rows: &[MapRow]) -> RuleFile {
    let (mut rules, mut unheeded, mut engine) = (Vec::new(), Vec::new(), MapEngine::default());
    for row in rows {
        if let Some(reason) = unfit(row) {
            unheeded.push(Unheeded {
                place: row.place,
                text: row.old.clone(),
                reason: reason.to_owned(),
            });
            continue;
        }
        let address = MapAddress::read(&row.old);
        rules.push(rule(row, &address));
        engine.add(row, address);
    }
    RuleFile::new(rules, unheeded, Box::new(engine))
}

/// Why a row is no rule.
fn unfit(row: &MapRow) -> Option<&'static str> {
    match (row.status, &row.new) {
        _ if row.regex => {
            Some("it is a regular expression, and the addresses of a map are compared exactly")
        }
        (Some(200..300), None) => {
            Some("the address answered with content when the map was made: it is no redirect")
        }
        (None | Some(..400), None) => {
            Some("it has no new address, and its status is none of 404 and 410")
        }
        _ => None,
    }
}

fn rule(row: &MapRow, address: &MapAddress) -> Rule {
    let to = row.new.clone();
    Rule {
        place: row.place,
        from: row.old.clone(),
        hosts: address.host.iter().cloned().collect(),
        status: row.status,
        kind: row
            .status
            .map_or(RuleKind::Redirect, |status| kind_of(status, to.as_deref())),
        to,
    }
}

/// An old address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct MapAddress {
    scheme: Option<String>,
    host: Option<String>,
    /// Path and query, percent-encoded as they are sent.
    path: String,
}

impl MapAddress {
    fn read(old: &str) -> Self {
        let (scheme, rest) = match old.split_once("://") {
            Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
            None => (None, old.strip_prefix("//").unwrap_or(old)),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let named =
            scheme.is_some() || old.starts_with("//") || is_host(&rest[..end], &rest[end..]);
        let (host, path) = if named {
            rest.split_at(end)
        } else {
            ("", rest)
        };
        let slash = if path.starts_with('/') { "" } else { "/" };
        Self {
            scheme,
            host: named.then(|| without_port(host).to_ascii_lowercase()),
            path: encoded(&format!("{slash}{path}")),
        }
    }

    fn sample(&self) -> Visit {
        let visit = sample(self.host.as_deref(), &self.path);
        match &self.scheme {
            Some(scheme) => Visit {
                scheme: scheme.clone(),
                ..visit
            },
            None => visit,
        }
    }
}

/// Whether an address without a scheme begins with a host, as Cloudflare's bulk redirects may
/// (<https://developers.cloudflare.com/rules/url-forwarding/bulk-redirects/>).
fn is_host(first: &str, behind: &str) -> bool {
    let last = first.rsplit_once('.').map_or("", |(_, last)| last);
    behind.starts_with('/')
        && last.len() > 1
        && last.bytes().all(|letter| letter.is_ascii_alphabetic())
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Looks addresses up; the first row of each wins.
#[derive(Debug, Default)]
struct MapEngine {
    rules: Vec<(MapAddress, u16, String)>,
    first: HashMap<MapAddress, RuleId>,
}

impl MapEngine {
    fn add(&mut self, row: &MapRow, address: MapAddress) {
        let id = self.rules.len();
        self.first.entry(address.clone()).or_insert(id);
        let to = row.new.clone().unwrap_or_default();
        self.rules
            .push((address, row.status.unwrap_or(PERMANENT), to));
    }
}

impl RuleEngine for MapEngine {
    fn answer(&self, visit: &Visit) -> Answer {
        let query = visit.query.iter().map(|query| format!("?{query}"));
        let path = query.fold(visit.path.clone(), |path, query| path + &query);
        let (scheme, host) = (Some(visit.scheme.clone()), Some(visit.host.clone()));
        let ways = [(scheme, host.clone()), (None, host), (None, None)];
        let found = ways.into_iter().filter_map(|(scheme, host)| {
            let path = path.clone();
            self.first.get(&MapAddress { scheme, host, path })
        });
        let Some(id) = found.min().copied() else {
            return Answer::Pass;
        };
        let (_, status, to) = &self.rules[id];
        answer_of(id, *status, to.clone())
    }

    fn samples(&self, rule: RuleId) -> Vec<Visit> {
        vec![self.rules[rule].0.sample()]
    }

    fn remarks(&self, rule: RuleId) -> Vec<Remark> {
        let (address, ..) = &self.rules[rule];
        let never = address.path.contains('#').then(|| Remark {
            id: LintId::NeverMatches,
            says: "the old address has a fragment, which no client sends".to_owned(),
        });
        never.into_iter().collect()
    }
}
