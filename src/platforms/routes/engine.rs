//! How Vercel and Next.js answer: routes in order, each with conditions.

use regex::Regex;

use super::condition::{RouteCondition, RouteHeld, all_held};
use super::pattern::{RoutePattern, RouteValues};
use crate::platforms::answer::{Answer, Depends};
use crate::platforms::branches::Branches;
use crate::platforms::file::{Remark, RuleEngine};
use crate::platforms::index::RuleIndex;
use crate::platforms::lint_id::LintId;
use crate::platforms::rule::RuleId;
use crate::platforms::sample::sample;
use crate::platforms::shortest::shortest;
use crate::platforms::target::{answer_of, split_fragment, unfilled};
use crate::platforms::visit::Visit;

/// What a route takes.
#[derive(Debug)]
pub(crate) enum RouteMatch {
    /// A source of path-to-regexp.
    Source(RoutePattern),
    /// An expression as it is written; none where it cannot be simulated.
    Written(String, Option<Regex>),
}

/// One route.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) takes: RouteMatch,
    pub(crate) conditions: Vec<RouteCondition>,
    pub(crate) destination: String,
    pub(crate) status: u16,
    /// What the file leaves open about the whole route.
    pub(crate) open: Option<Depends>,
    /// A step of the platform itself, which a switch turns on: it has no samples.
    pub(crate) is_switch: bool,
}

/// Where two products differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RouteFlavour {
    /// The query of the request comes behind the target's; an empty value leaves its slash.
    Vercel,
    /// The query of the request comes first; an empty value takes its slash along; case is ignored.
    Next,
}

/// The routes in the order in which they are tried.
#[derive(Debug)]
pub(crate) struct RouteEngine {
    routes: Vec<Route>,
    flavour: RouteFlavour,
    index: RuleIndex,
}

impl RouteEngine {
    pub(crate) fn new(routes: Vec<Route>, flavour: RouteFlavour) -> Self {
        let mut index = RuleIndex::default();
        let key = |path: &str| flavour.key(path);
        for (id, route) in routes.iter().enumerate() {
            match &route.takes {
                // The expressions of Next.js take a last slash more.
                RouteMatch::Source(pattern) => {
                    match pattern.exact().filter(|_| flavour == RouteFlavour::Vercel) {
                        Some(path) => index.add_exact(path, id),
                        None => index.add_below(&key(pattern.segments()), id),
                    }
                }
                RouteMatch::Written(..) => index.add_below("", id),
            }
        }
        Self {
            routes,
            flavour,
            index,
        }
    }

    fn ask(&self, id: RuleId, visit: &Visit) -> Option<(Answer, Option<Depends>)> {
        let route = &self.routes[id];
        let (mut values, mut open) = match route.take(&visit.path) {
            RouteHeld::Yes(values) => (values, route.open),
            RouteHeld::No => return None,
            RouteHeld::Open(on) => (RouteValues::new(), Some(on)),
        };
        let groups = values.len();
        match all_held(&route.conditions, visit) {
            RouteHeld::Yes(more) => values.extend(more),
            RouteHeld::No => return None,
            RouteHeld::Open(on) => open = open.or(Some(on)),
        }
        let target = filled(&route.destination, &values, groups, self.flavour);
        let location = self.flavour.with_query(&target, visit.query.as_deref());
        Some((answer_of(id, route.status, location), open))
    }
}

impl RouteFlavour {
    fn key(self, path: &str) -> String {
        match self {
            Self::Vercel => path.to_owned(),
            Self::Next => path.to_lowercase(),
        }
    }

    fn with_query(self, target: &str, query: Option<&str>) -> String {
        let Some(query) = query.filter(|query| !query.is_empty()) else {
            return target.to_owned();
        };
        let (before, fragment) = split_fragment(target);
        match (before.split_once('?'), self) {
            (None, _) => format!("{before}?{query}{fragment}"),
            (Some(_), Self::Vercel) => format!("{before}&{query}{fragment}"),
            (Some((path, own)), Self::Next) => format!("{path}?{query}&{own}{fragment}"),
        }
    }
}

impl Route {
    fn take(&self, path: &str) -> RouteHeld {
        // The step that adds slashes spares this folder (`convertTrailingSlash` of @vercel/routing-utils).
        if self.is_switch && (path == "/.well-known" || path.starts_with("/.well-known/")) {
            return RouteHeld::No;
        }
        match &self.takes {
            RouteMatch::Source(pattern) if !pattern.is_known() => {
                RouteHeld::Open(Depends::RegexFeature)
            }
            RouteMatch::Source(pattern) => pattern.take(path).map_or(RouteHeld::No, RouteHeld::Yes),
            RouteMatch::Written(_, None) => RouteHeld::Open(Depends::RegexFeature),
            RouteMatch::Written(_, Some(regex)) => match regex.captures(path) {
                None => RouteHeld::No,
                Some(groups) => RouteHeld::Yes(
                    groups
                        .iter()
                        .enumerate()
                        .skip(1)
                        .map(|(index, group)| {
                            (
                                index.to_string(),
                                group.map_or_else(String::new, |group| group.as_str().to_owned()),
                            )
                        })
                        .collect(),
                ),
            },
        }
    }

    fn paths(&self) -> Vec<String> {
        match &self.takes {
            _ if self.is_switch => Vec::new(),
            RouteMatch::Source(pattern) => pattern.samples(),
            RouteMatch::Written(written, _) => shortest(written),
        }
    }

    fn knows(&self, name: &str) -> bool {
        let of_source = match &self.takes {
            RouteMatch::Source(pattern) => pattern.names().any(|known| known == name),
            RouteMatch::Written(..) => false,
        };
        of_source
            || self
                .conditions
                .iter()
                .flat_map(RouteCondition::names)
                .any(|known| known == name)
    }

    /// The names that the destination asks for and nothing gives.
    pub(crate) fn unfilled(&self) -> Vec<String> {
        unfilled(&self.destination, |name| self.knows(name))
    }
}

impl RuleEngine for RouteEngine {
    fn answer(&self, visit: &Visit) -> Answer {
        if let Some(tidy) = self.tidied(visit) {
            return tidy;
        }
        let mut branches = Branches::default();
        for id in self.index.candidates(&self.flavour.key(&visit.path)) {
            match self.ask(id, visit) {
                None => {}
                Some((held, Some(on))) => branches.open(on, id, held),
                Some((answer, None)) => return branches.close(answer),
            }
        }
        branches.close(Answer::Pass)
    }

    fn samples(&self, rule: RuleId) -> Vec<Visit> {
        let route = &self.routes[rule];
        let host = route.conditions.iter().find_map(RouteCondition::host);
        let query: Vec<String> = route
            .conditions
            .iter()
            .filter_map(RouteCondition::query_sample)
            .collect();
        let paths = route.paths();
        let mut visits: Vec<Visit> = paths
            .iter()
            .map(|path| sample(host.as_deref(), path))
            .collect();
        for visit in visits.iter_mut().filter(|_| !query.is_empty()) {
            visit.query = Some(query.join("&"));
        }
        visits
    }

    fn remarks(&self, rule: RuleId) -> Vec<Remark> {
        let route = &self.routes[rule];
        let mut remarks: Vec<Remark> = route
            .unfilled()
            .into_iter()
            .map(|name| Remark {
                id: LintId::PlaceholderUnfilled,
                says: format!(
                    "the source gives no :{name}, so it stays in the Location as it is written"
                ),
            })
            .collect();
        if !(300..400).contains(&route.status) {
            remarks.push(Remark {
                id: LintId::NeverMatches,
                says: format!("its status {} is no redirect", route.status),
            });
        }
        remarks
    }
}

impl RouteEngine {
    /// Next.js makes repeated slashes one before anything else, by a 308 that is counted to its first, internal entry.
    fn tidied(&self, visit: &Visit) -> Option<Answer> {
        let first = self.routes.first().filter(|route| route.is_switch)?;
        if self.flavour == RouteFlavour::Vercel || !visit.path.contains("//") {
            return None;
        }
        let segments = visit.path.split('/').filter(|segment| !segment.is_empty());
        let path = segments.fold(String::new(), |path, segment| path + "/" + segment);
        let path = if path.is_empty() { "/" } else { &path };
        let location = self.flavour.with_query(path, visit.query.as_deref());
        Some(answer_of(0, first.status, location))
    }
}

/// The destination with `:name` (and its modifier) and `$1` put in.
fn filled(destination: &str, values: &RouteValues, groups: usize, flavour: RouteFlavour) -> String {
    let mut out = String::new();
    let mut rest = destination;
    while let Some(at) = rest.find([':', '$']) {
        out.push_str(&rest[..at]);
        let (mark, behind) = rest[at..].split_at(1);
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let end = behind
            .find(|letter| !is_name(letter))
            .unwrap_or(behind.len());
        let name = &behind[..end];
        let found = match mark {
            ":" => values.iter().rev().find(|(known, _)| known == name),
            _ => name
                .parse::<usize>()
                .ok()
                .and_then(|number| values[..groups].get(number.checked_sub(1)?)),
        };
        let Some((_, value)) = found else {
            out.push_str(mark);
            rest = behind;
            continue;
        };
        rest = &behind[end..];
        if mark == ":" {
            rest = rest.strip_prefix(['*', '+']).unwrap_or(rest);
        }
        if value.is_empty() && flavour == RouteFlavour::Next && out.len() > 1 && out.ends_with('/')
        {
            out.pop();
        }
        out.push_str(value);
    }
    out + rest
}
