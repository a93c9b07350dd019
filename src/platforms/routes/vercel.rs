//! `vercel.json` (<https://vercel.com/docs/project-configuration/vercel-json>).
//!
//! What sources become was seen with `@vercel/routing-utils` 6.6.0, which makes the expressions of a deployment.

use jsonc_parser::ast::Object;

use super::condition::RouteCondition;
use super::engine::{Route, RouteEngine, RouteFlavour, RouteMatch};
use super::pattern::{RouteOptions, RoutePattern};
use crate::platforms::answer::Depends;
use crate::platforms::file::{FileFault, RuleFile, Unheeded};
use crate::platforms::js_regex::js_regex;
use crate::platforms::json::{self, JsonText};
use crate::platforms::rule::{Place, Rule, RuleKind};
use crate::platforms::target::kind_of;

/// The redirects of a `vercel.json`, in the order of its phases: `cleanUrls`, `trailingSlash`, `redirects`, old `routes`.
///
/// # Errors
///
/// What makes a deployment fail: no JSON, a source that path-to-regexp refuses, a name in a destination that nothing gives.
pub fn read(text: &str) -> Result<RuleFile, Vec<FileFault>> {
    let json = JsonText::read(text, false)?;
    let object = json.object()?;
    let mut reading = Reading::default();
    let top = |key: &str| {
        object
            .get(key)
            .map_or(Place { line: 1, column: 1 }, |prop| json.place(prop))
    };
    let slash = json::switch(object, "trailingSlash");
    if json::switch(object, "cleanUrls") == Some(true) {
        reading.clean_urls(top("cleanUrls"), slash == Some(true));
    }
    if let Some(adds) = slash {
        reading.trailing_slash(top("trailingSlash"), adds);
    }
    for rule in json::objects(object, "redirects") {
        reading.redirect(rule, json.place(rule), 308);
    }
    for rule in json::objects(object, "routes") {
        reading.old_route(rule, json.place(rule));
    }
    if let Some(path) = json::text(object, "bulkRedirectsPath") {
        reading.unheeded.push(Unheeded {
            place: top("bulkRedirectsPath"),
            text: path.to_owned(),
            reason: "the bulk redirects of that file answer before all rules of this one, and are read on their own".to_owned(),
        });
    }
    reading.finish()
}

/// The redirects of Mintlify's `docs.json` or `mint.json`: Vercel's language, with its own default.
///
/// # Errors
///
/// As [`read`].
pub fn read_mintlify(text: &str) -> Result<RuleFile, Vec<FileFault>> {
    let json = JsonText::read(text, true)?;
    let mut reading = Reading::default();
    for rule in json::objects(json.object()?, "redirects") {
        reading.redirect(rule, json.place(rule), 308);
    }
    reading.finish()
}

#[derive(Default)]
struct Reading {
    rules: Vec<Rule>,
    routes: Vec<Route>,
    unheeded: Vec<Unheeded>,
    faults: Vec<FileFault>,
}

impl Reading {
    fn finish(self) -> Result<RuleFile, Vec<FileFault>> {
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let engine = RouteEngine::new(self.routes, RouteFlavour::Vercel);
        Ok(RuleFile::new(self.rules, self.unheeded, Box::new(engine)))
    }

    fn fault(&mut self, place: Place, says: String) {
        self.faults.push(FileFault {
            place: Some(place),
            says,
        });
    }

    /// Steps of the platform, as `convertCleanUrls` of @vercel/routing-utils writes them.
    fn clean_urls(&mut self, place: Place, slash: bool) {
        let to = if slash { "/$1/" } else { "/$1" };
        self.switch(place, "cleanUrls", r"^/(?:(.+)/)?index(?:\.html)?/?$", to);
        self.switch(place, "cleanUrls", r"^/(.*)\.html/?$", to);
    }

    /// The same of `convertTrailingSlash`.
    fn trailing_slash(&mut self, place: Place, adds: bool) {
        if adds {
            self.switch(place, "trailingSlash", r"^/((?:[^/]+/)*[^/\.]+)$", "/$1/");
            self.switch(
                place,
                "trailingSlash",
                r"^/((?:[^/]+/)*[^/]+\.\w+)/$",
                "/$1",
            );
        } else {
            self.switch(place, "trailingSlash", "^/(.*)/$", "/$1");
        }
    }

    fn switch(&mut self, place: Place, name: &str, written: &str, to: &str) {
        self.rules.push(Rule {
            place,
            from: name.to_owned(),
            hosts: Vec::new(),
            to: None,
            status: Some(308),
            kind: RuleKind::Redirect,
        });
        self.routes.push(Route {
            takes: RouteMatch::Written(written.to_owned(), js_regex(written, false)),
            conditions: Vec::new(),
            destination: to.to_owned(),
            status: 308,
            open: None,
            is_switch: true,
        });
    }

    fn redirect(&mut self, rule: &Object<'_>, place: Place, default: u16) {
        let (Some(source), Some(destination)) =
            (json::text(rule, "source"), json::text(rule, "destination"))
        else {
            return self.fault(
                place,
                "a redirect needs a source and a destination".to_owned(),
            );
        };
        let (permanent, code) = (
            json::switch(rule, "permanent"),
            json::status(rule, "statusCode"),
        );
        if permanent.is_some() && code.is_some() {
            return self.fault(
                place,
                "a redirect has permanent or statusCode, not both".to_owned(),
            );
        }
        let pattern = match RoutePattern::read(source, RouteOptions::default()) {
            Ok(pattern) => pattern,
            Err(says) => {
                return self.fault(place, format!("the source {source} is refused: {says}"));
            }
        };
        let status = code.unwrap_or(match permanent {
            Some(false) => 307,
            Some(true) => 308,
            None => default,
        });
        let names = pattern.names().count();
        let route = Route {
            takes: RouteMatch::Source(pattern),
            conditions: RouteCondition::read_all(rule),
            destination: destination.to_owned(),
            status,
            open: rule.get("env").map(|_| Depends::Variable),
            is_switch: false,
        };
        // Without any name in its source a destination is taken as it is written.
        if let Some(name) = route.unfilled().first().filter(|_| names > 0) {
            return self.fault(place, format!("the destination {destination} names :{name}, which neither source nor has gives"));
        }
        self.add(place, source, route);
    }

    fn add(&mut self, place: Place, from: &str, route: Route) {
        self.rules.push(Rule {
            place,
            from: from.to_owned(),
            hosts: route
                .conditions
                .iter()
                .filter_map(RouteCondition::host)
                .collect(),
            to: Some(route.destination.clone()),
            status: Some(route.status),
            kind: kind_of(route.status, Some(&route.destination)),
        });
        self.routes.push(route);
    }

    /// A route of the old kind: an expression, a status, a Location among the header fields.
    fn old_route(&mut self, rule: &Object<'_>, place: Place) {
        let location = rule.get_object("headers").and_then(|fields| {
            json::text(fields, "Location").or_else(|| json::text(fields, "location"))
        });
        let (Some(source), Some(location)) = (json::text(rule, "src"), location) else {
            return;
        };
        let begin = if source.starts_with('^') { "" } else { "^" };
        let end = if source.ends_with('$') { "" } else { "$" };
        let written = format!("{begin}{source}{end}");
        let route = Route {
            takes: RouteMatch::Written(written.clone(), js_regex(&written, false)),
            conditions: RouteCondition::read_all(rule),
            destination: location.to_owned(),
            status: json::status(rule, "status").unwrap_or(200),
            open: None,
            is_switch: false,
        };
        self.add(place, source, route);
    }
}
