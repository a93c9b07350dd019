//! `has` and `missing`: what else a request must have.

use jsonc_parser::ast::Object;
use regex::Regex;

use super::pattern::RouteValues;
use crate::platforms::answer::Depends;
use crate::platforms::js_regex::js_regex;
use crate::platforms::json;
use crate::platforms::visit::Visit;

/// Where a condition looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RouteSpot {
    Host,
    Header,
    Cookie,
    Query,
}

/// One condition.
#[derive(Debug)]
pub(crate) struct RouteCondition {
    spot: RouteSpot,
    key: String,
    /// What its value must be; anything where none is given.
    value: Option<String>,
    regex: Option<Regex>,
    /// Whether it must not hold.
    negated: bool,
}

/// Whether conditions hold for a request.
#[derive(Debug)]
pub(crate) enum RouteHeld {
    /// They do, and give these values.
    Yes(RouteValues),
    /// They do not.
    No,
    /// The request does not tell.
    Open(Depends),
}

impl RouteCondition {
    /// The conditions of a rule.
    pub(crate) fn read_all(rule: &Object<'_>) -> Vec<Self> {
        let has = json::objects(rule, "has")
            .into_iter()
            .map(|item| (item, false));
        let missing = json::objects(rule, "missing")
            .into_iter()
            .map(|item| (item, true));
        has.chain(missing)
            .filter_map(|(item, negated)| Self::read(item, negated))
            .collect()
    }

    fn read(item: &Object<'_>, negated: bool) -> Option<Self> {
        let spot = match json::text(item, "type")? {
            "host" => RouteSpot::Host,
            "header" => RouteSpot::Header,
            "cookie" => RouteSpot::Cookie,
            "query" => RouteSpot::Query,
            _ => return None,
        };
        let value = json::text(item, "value").map(str::to_owned);
        let regex = value
            .as_ref()
            .and_then(|value| js_regex(&format!("^(?:{value})$"), false));
        Some(Self {
            spot,
            key: json::text(item, "key").unwrap_or("host").to_owned(),
            value,
            regex,
            negated,
        })
    }

    /// The host that it asks for, where it asks for one.
    pub(crate) fn host(&self) -> Option<String> {
        let value = self
            .value
            .as_ref()
            .filter(|_| self.spot == RouteSpot::Host && !self.negated)?;
        let plain = value.replace("\\.", ".");
        let is_host = |letter: char| letter.is_ascii_alphanumeric() || ".-".contains(letter);
        plain.chars().all(is_host).then_some(plain)
    }

    /// The names that it gives.
    pub(crate) fn names(&self) -> Vec<String> {
        let Some(regex) = &self.regex else {
            return vec![self.key.clone()];
        };
        let named = regex.capture_names().flatten().map(str::to_owned);
        named
            .chain((self.spot == RouteSpot::Host).then(|| "host".to_owned()))
            .collect()
    }

    fn held(&self, visit: &Visit) -> RouteHeld {
        if self.value.is_some() && self.regex.is_none() {
            return RouteHeld::Open(Depends::RegexFeature);
        }
        let seen = match self.seen(visit) {
            Ok(seen) => seen,
            Err(open) => return RouteHeld::Open(open),
        };
        match (seen.and_then(|seen| self.values(&seen)), self.negated) {
            (Some(values), false) => RouteHeld::Yes(values),
            (None, true) => RouteHeld::Yes(RouteValues::new()),
            _ => RouteHeld::No,
        }
    }

    /// What stands where the condition looks.
    fn seen(&self, visit: &Visit) -> Result<Option<String>, Depends> {
        let field = |name: &str| {
            let mut fields = visit.fields.iter();
            fields
                .find(|(field, _)| field.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.clone())
        };
        match self.spot {
            RouteSpot::Host => Ok(Some(visit.host.clone())),
            RouteSpot::Query => Ok(pair(
                visit.query.as_deref().unwrap_or_default(),
                '&',
                &self.key,
            )),
            RouteSpot::Header => field(&self.key).map(Some).ok_or(Depends::Header),
            RouteSpot::Cookie => match field("cookie") {
                Some(cookies) => Ok(pair(&cookies, ';', &self.key)),
                None => Err(Depends::Cookie),
            },
        }
    }

    fn values(&self, seen: &str) -> Option<RouteValues> {
        let Some(regex) = &self.regex else {
            return Some(vec![(self.key.clone(), seen.to_owned())]);
        };
        let groups = regex.captures(seen)?;
        let named = regex.capture_names().flatten();
        let mut values: RouteValues = named
            .filter_map(|name| Some((name.to_owned(), groups.name(name)?.as_str().to_owned())))
            .collect();
        if self.spot == RouteSpot::Host {
            values.push(("host".to_owned(), seen.to_owned()));
        }
        Some(values)
    }

    /// The parameter of a query that holds it, for a sample.
    pub(crate) fn query_sample(&self) -> Option<String> {
        if self.spot != RouteSpot::Query || self.negated {
            return None;
        }
        let texts = self
            .value
            .as_deref()
            .map(crate::platforms::shortest::shortest);
        let value = texts
            .unwrap_or_default()
            .into_iter()
            .next()
            .unwrap_or_default();
        Some(format!("{}={value}", self.key))
    }
}

/// Whether all of them hold.
pub(crate) fn all_held(conditions: &[RouteCondition], visit: &Visit) -> RouteHeld {
    let mut values = RouteValues::new();
    let mut open = None;
    for condition in conditions {
        match condition.held(visit) {
            RouteHeld::Yes(more) => values.extend(more),
            RouteHeld::No => return RouteHeld::No,
            RouteHeld::Open(on) => open = open.or(Some(on)),
        }
    }
    open.map_or(RouteHeld::Yes(values), RouteHeld::Open)
}

/// The value of `key=value` among pairs.
fn pair(pairs: &str, between: char, key: &str) -> Option<String> {
    let pairs = pairs
        .split(between)
        .map(|pair| pair.trim().split_once('=').unwrap_or((pair.trim(), "")));
    pairs
        .into_iter()
        .find(|(name, _)| *name == key)
        .map(|(_, value)| value.to_owned())
}
