//! One client in full (`rehop clients go`).

use std::io::{self, Write};

use serde_json::Value;

use super::departures::{self, Departure, gathered};
use super::{Ask, every_ask};
use crate::clients::{Crossing, Doing, Profile, STATUSES};
use crate::model::Status;
use crate::report::Layout;
use crate::report::layout::Sign;
use crate::report::page::{Page, Span};
use crate::report::style::Ink;
use crate::report::table::inked;
use crate::rules::policy::{ComparedWith, CookieJar, Ending};
use crate::rules::{BodyFate, FieldFate, Level};

/// Tells all that is known of a client.
///
/// # Errors
/// Whatever writing gives.
pub fn tell(out: &mut dyn Write, layout: Layout, profile: &Profile) -> io::Result<()> {
    let mut page = Page { out, layout };
    let page = &mut page;
    heading(page, profile)?;
    section(page, "What it sends next")?;
    methods(page, profile)?;
    section(page, "How far it goes")?;
    limits(page, profile)?;
    section(page, "Credentials")?;
    credentials(page, profile)?;
    section(page, "Against RFC 9110")?;
    departed(page, departures::from_rfc9110(profile))?;
    section(page, "Otherwise than Fetch")?;
    departed(page, departures::from_fetch(profile))?;
    locations(page, profile)?;
    if !profile.beyond_the_cells.is_empty() {
        section(page, "Not measured, but known")?;
    }
    profile.beyond_the_cells.iter().try_for_each(|(what, from)| listed(page, what, from))
}

fn heading(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let aliases: Vec<&str> = profile.aliases.iter().copied().filter(|alias| *alias != profile.id).collect();
    let also = if aliases.is_empty() { String::new() } else { format!("  (also {})", aliases.join(", ")) };
    page.line(&[Span::new(Ink::Strong, profile.id.clone()), Span::new(Ink::Dim, also)])?;
    entry(page, "Version", &profile.version)?;
    entry(page, "Driven", &profile.how)?;
    let measured = profile.measured.as_deref().map_or("as written".to_owned(), |day| match profile.chains_measured {
        0 => day.to_owned(),
        chains => format!("{day}, and {chains} chains of several redirects"),
    });
    entry(page, "Measured", &measured)?;
    let unable: Vec<&str> = [&profile.cannot_send.refuses, &profile.cannot_send.no_way_to_ask]
        .into_iter()
        .flatten()
        .map(|m| m.as_str())
        .collect();
    if unable.is_empty() { Ok(()) } else { entry(page, "Without", &unable.join(", ")) }
}

/// A row for requests that fare alike: `PUT, PATCH`, and what becomes of them on each code.
fn methods(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let mut rows: Vec<(Vec<String>, Vec<(String, Ink)>)> = Vec::new();
    for ask in every_ask() {
        let at = |code| profile.at(&ask.cell(Status(code), Crossing::SameOrigin));
        let Some(doings) = STATUSES.iter().map(|code| at(*code)).collect::<Option<Vec<_>>>() else { continue };
        let cells: Vec<(String, Ink)> = doings.iter().map(|doing| word(page.layout, &ask, doing)).collect();
        let name = label(&ask);
        match rows.iter_mut().find(|(_, there)| *there == cells) {
            Some((names, _)) => names.push(name),
            None => rows.push((vec![name], cells)),
        }
    }
    let width =
        rows.iter().flat_map(|(_, cells)| cells).map(|(text, _)| text.chars().count()).max().unwrap_or(0).max(3);
    let head: Vec<Span> = STATUSES.iter().map(|code| Span::new(Ink::Dim, format!("{code:<width$}  "))).collect();
    page.line(&[&[Span::new(Ink::Plain, "  ")], &*head].concat())?;
    rows.iter().try_for_each(|(names, cells)| {
        let cells = cells.iter().map(|(text, ink)| Span::new(*ink, format!("{text:<width$}  ")));
        let line: Vec<Span> = std::iter::once(Span::new(Ink::Plain, "  ")).chain(cells).collect();
        page.words(Span::new(Ink::Plain, "  "), &names.join(", "), Ink::Strong)?;
        page.line(&line)
    })
}

fn label(ask: &Ask) -> String {
    let Ask { method, body } = ask;
    let has_both = every_ask().iter().filter(|other| other.method == *method).count() > 1;
    match (has_both, body) {
        (true, false) => format!("{method} without body"),
        _ => method.to_string(),
    }
}

/// `same`, `GET`, `empty`, `GET+`, and how good that is.
fn word(layout: Layout, ask: &Ask, doing: &Doing) -> (String, Ink) {
    match doing {
        Doing::Stops(Ending::Response) => (layout.sign(Sign::Dash).to_owned(), Ink::Dim),
        Doing::Stops(Ending::Error) => ("error".to_owned(), Ink::Dim),
        Doing::Follows { method, body, verdict, .. } => {
            let text = match (*method == ask.method, body) {
                (true, BodyFate::Dropped) => "empty".to_owned(),
                (true, _) => "same".to_owned(),
                (false, BodyFate::Kept) => format!("{method}+"),
                (false, _) => method.to_string(),
            };
            let wrong = if *verdict >= Level::Discouraged { layout.sign(Sign::Warn) } else { "" };
            (text + wrong, inked(*verdict))
        }
    }
}

fn limits(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let policy = &profile.policy;
    let then = |ending| if ending == Ending::Error { "then an error" } else { "then the redirect is its answer" };
    let limit = match policy.limit {
        Some(limit) => format!("{limit} redirects, {}", then(policy.at_limit)),
        None => "no limit was found".to_owned(),
    };
    entry(page, "Limit", &limit)?;
    if let Some(repeats) = &policy.repeats {
        entry(page, "Repeats", &format!("goes to one URL {} times, {}", repeats.times, then(repeats.otherwise)))?;
    }
    let stream = &policy.content.stream;
    entry(page, "Streams", &format!("content that cannot be read again and would be sent: {}", name(&stream.resent)))?;
    let fields = &policy.content_fields;
    let lists = [("method changes", &fields.when_rewritten), ("body goes", &fields.with_content)];
    for (when, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        entry(page, "Dropped", &format!("when the {when}: {}", names.join(", ")))?;
    }
    Ok(())
}

/// How far each of the two goes, seen on a GET where the client sends one.
fn credentials(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let asks = every_ask();
    let Some(ask) = asks.iter().find(|ask| profile.sends(&ask.method)) else { return Ok(()) };
    let fates: Vec<(Crossing, Option<[FieldFate; 2]>)> = Crossing::ALL
        .into_iter()
        .map(|crossing| match profile.at(&ask.cell(Status(307), crossing)) {
            Some(Doing::Follows { authorization, cookie, .. }) => (crossing, Some([authorization, cookie])),
            _ => (crossing, None),
        })
        .collect();
    for (at, field) in ["authorization", "cookie"].into_iter().enumerate() {
        let on = |wanted: FieldFate| {
            let these = fates.iter().filter(|(_, fate)| fate.is_some_and(|fate| fate[at] == wanted));
            let names: Vec<&str> = these.map(|(crossing, _)| crossing.as_str()).collect();
            (!names.is_empty()).then(|| format!("{wanted} on {}", names.join(", ")))
        };
        let said: Vec<String> = [FieldFate::Kept, FieldFate::Changed, FieldFate::Dropped, FieldFate::None]
            .into_iter()
            .filter_map(on)
            .collect();
        let none = said.len() == 1 && said[0].starts_with("none");
        let text = if none { "cannot be set".to_owned() } else { said.join("; ") };
        entry(page, if field == "cookie" { "Cookie" } else { "Authoriz." }, &text)?;
    }
    let unfollowed: Vec<&str> =
        fates.iter().filter(|(_, fate)| fate.is_none()).map(|(crossing, _)| crossing.as_str()).collect();
    if !unfollowed.is_empty() {
        entry(page, "Stops at", &unfollowed.join(", "))?;
    }
    later(page, profile)
}

/// What happens to credentials on later hops.
fn later(page: &mut Page, profile: &Profile) -> io::Result<()> {
    for credential in &profile.policy.credentials {
        let with = if credential.compared_with == ComparedWith::First { "first" } else { "last" };
        let then =
            if credential.returns { "dropped for a hop, they can come back" } else { "once dropped, they are gone" };
        entry(page, "Later", &format!("{}: held against the {with} URL; {then}", credential.fields.join(", ")))?;
    }
    let jar = match profile.policy.cookie_jar {
        CookieJar::None => "does not send back what a response sets",
        CookieJar::ByHost => "sends back what a response sets, by RFC 6265",
        CookieJar::AnyHost => "sends back what a response sets, to every host",
    };
    entry(page, "Cookie jar", jar)
}

fn departed(page: &mut Page, departures: Vec<Departure>) -> io::Result<()> {
    let layout = page.layout;
    let all = gathered(departures);
    if all.is_empty() {
        return page.line(&[
            Span::new(Ink::Good, format!("  {} ", layout.sign(Sign::Good))),
            Span::new(Ink::Plain, "nothing"),
        ]);
    }
    let mut last = None;
    for (n, (methods, departure)) in all.iter().enumerate() {
        let codes: Vec<String> = departure.codes.iter().map(ToString::to_string).collect();
        let (sign, ink) = match departure.level {
            Some(Level::Forbidden) => (Sign::Bad, Ink::Bad),
            Some(_) => (Sign::Warn, Ink::Fair),
            None => (Sign::Dot, Ink::Dim),
        };
        let text = format!("{}: {} {}", codes.join(", "), methods.join(", "), departure.what);
        page.words(Span::new(ink, format!("  {} ", layout.sign(sign))), &layout.own(&text), Ink::Plain)?;
        let next = all.get(n + 1).map(|(_, next)| next.rule);
        if last != Some(departure.rule) || next != Some(departure.rule) {
            last = Some(departure.rule);
        }
        if next != Some(departure.rule) {
            let rule = departure.rule;
            let section = if rule.section.starts_with(|c: char| c.is_ascii_digit()) { "\u{a7}" } else { "" };
            let text = format!("{} {section}{}: {}", rule.source, rule.section, rule.says);
            page.words(Span::new(Ink::Plain, "      "), &layout.own(&text), Ink::Dim)?;
        }
    }
    Ok(())
}

/// How it reads a Location, where that is not as the URL Standard says.
fn locations(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let reading = serde_json::to_value(&profile.policy.location).unwrap_or_default();
    let usual = serde_json::to_value(crate::rules::policy::Dialect::default()).unwrap_or_default();
    section(page, "Odd Locations")?;
    let Value::Object(settings) = reading else { return entry(page, "All", "as the URL Standard reads them") };
    let own = settings.iter().filter(|(key, value)| usual.get(key) != Some(value));
    let own: Vec<(&String, &Value)> = own.collect();
    if own.is_empty() {
        return entry(page, "All", "as most clients read them");
    }
    own.into_iter().try_for_each(|(key, value)| listed(page, &key.replace('_', " "), &plain(value)))
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string().replace(['"', '{', '}'], "").replace(',', ", ").replace(':', ": "),
    }
}

/// The name that profiles have for it.
fn name<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn section(page: &mut Page, title: &str) -> io::Result<()> {
    page.gap()?;
    page.line(&[Span::new(Ink::Strong, title)])
}

fn entry(page: &mut Page, name: &str, text: &str) -> io::Result<()> {
    let text = page.layout.own(text);
    page.words(Span::new(Ink::Dim, format!("  {name:10}  ")), &text, Ink::Plain)
}

/// A longer name, its text behind it.
fn listed(page: &mut Page, name: &str, text: &str) -> io::Result<()> {
    let text = page.layout.own(text);
    page.words(Span::new(Ink::Dim, format!("  {name}: ")), &text, Ink::Plain)
}
