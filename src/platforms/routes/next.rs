//! `.next/routes-manifest.json`, which a build of Next.js makes of `redirects()`
//! (<https://nextjs.org/docs/app/api-reference/config/next-config-js/redirects>); nothing is executed.

use jsonc_parser::ast::Object;

use super::condition::RouteCondition;
use super::engine::{Route, RouteEngine, RouteFlavour, RouteMatch};
use super::pattern::{RouteOptions, RoutePattern};
use crate::platforms::file::{FileFault, RuleFile, Unheeded};
use crate::platforms::json::{self, JsonText};
use crate::platforms::rule::{Place, Rule};
use crate::platforms::target::kind_of;

/// What Next.js puts before every expression: its own folder is never redirected.
const OWN_FOLDER: [&str; 2] = ["(?!/_next)", "(?!\\/_next)"];

/// The redirects of a manifest of version 3, those that Next.js adds itself included.
///
/// # Errors
///
/// Where the text is no manifest.
pub fn read(text: &str) -> Result<RuleFile, Vec<FileFault>> {
    let json = JsonText::read(text, false)?;
    let object = json.object()?;
    let (mut rules, mut routes, mut unheeded) = (Vec::new(), Vec::new(), Vec::new());
    for rule in json::objects(object, "redirects") {
        let place = json.place(rule);
        match redirect(rule, place) {
            Ok((rule, route)) => {
                rules.push(rule);
                routes.push(route);
            }
            Err(reason) => unheeded.push(Unheeded {
                place,
                text: json::text(rule, "source").unwrap_or_default().to_owned(),
                reason,
            }),
        }
    }
    let engine = RouteEngine::new(routes, RouteFlavour::Next);
    Ok(RuleFile::new(rules, unheeded, Box::new(engine)))
}

fn redirect(entry: &Object<'_>, place: Place) -> Result<(Rule, Route), String> {
    let source = json::text(entry, "source").ok_or("it has no source")?;
    let destination = json::text(entry, "destination").ok_or("it has no destination")?;
    let options = RouteOptions {
        ignores_case: true,
        slash_optional: true,
    };
    let mut pattern = RoutePattern::read(source, options)?;
    if let Some(written) = json::text(entry, "regex") {
        pattern = pattern.with_regex(
            &OWN_FOLDER
                .iter()
                .fold(written.to_owned(), |regex, own| regex.replace(own, "")),
        );
    }
    let status = json::status(entry, "statusCode").unwrap_or(307);
    let conditions = RouteCondition::read_all(entry);
    let rule = Rule {
        place,
        from: source.to_owned(),
        hosts: conditions.iter().filter_map(RouteCondition::host).collect(),
        to: Some(destination.to_owned()),
        status: Some(status),
        kind: kind_of(status, Some(destination)),
    };
    let route = Route {
        takes: RouteMatch::Source(pattern),
        conditions,
        destination: destination.to_owned(),
        status,
        open: None,
        is_switch: json::switch(entry, "internal") == Some(true),
    };
    Ok((rule, route))
}
