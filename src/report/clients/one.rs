//! One client in full (`rehop clients go`).

use std::io::{self, Write};

use serde_json::Value;

use super::departures::{self, Departure};
use super::labels;
use super::lines::{entry, listed, section};
use super::matrix::ClientGrid;
use crate::clients::{Asked, Crossing, Doing, Profile, STATUSES};
use crate::model::{Method, Status};
use crate::report::Layout;
use crate::report::layout::Sign;
use crate::report::page::{Page, Span};
use crate::report::style::Ink;
use crate::report::table::inked;
use crate::rules::policy::{ComparedWith, CookieJar, Dialect, Ending, SecureContext, StreamFate};
use crate::rules::{BodyFate, FieldFate, Verdict};

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
    section(page, "Departs from RFC 9110")?;
    departed(page, &departures::from_rfc9110(profile))?;
    section(page, "Departs from Fetch")?;
    departed(page, &departures::from_fetch(profile))?;
    locations(page, profile)?;
    answers(page, profile)?;
    if !profile.beyond_the_cells.is_empty() {
        section(page, "Not measured, but known")?;
    }
    profile
        .beyond_the_cells
        .iter()
        .try_for_each(|(what, from)| listed(page, what, from))
}

fn heading(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let aliases: Vec<&str> = profile
        .aliases
        .iter()
        .copied()
        .filter(|alias| *alias != profile.id)
        .collect();
    let also = if aliases.is_empty() {
        String::new()
    } else {
        format!("  (also {})", aliases.join(", "))
    };
    page.line(&[
        Span::new(Ink::Strong, profile.id.clone()),
        Span::new(Ink::Dim, also),
    ])?;
    entry(page, "Version", &profile.version)?;
    entry(page, "Driven", &profile.how)?;
    let measured = profile
        .measured
        .as_deref()
        .map_or("as written".to_owned(), |day| {
            match profile.chains_measured {
                0 => day.to_owned(),
                chains => format!("{day}, and {chains} chains of several redirects"),
            }
        });
    entry(page, "Measured", &measured)?;
    let unable: Vec<&str> = [
        &profile.cannot_send.refuses,
        &profile.cannot_send.no_way_to_ask,
    ]
    .into_iter()
    .flatten()
    .map(Method::as_str)
    .collect();
    if unable.is_empty() {
        Ok(())
    } else {
        entry(page, "Without", &unable.join(", "))
    }
}

/// A row for requests that fare alike on every code.
fn methods(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let mut rows: Vec<(Vec<Asked>, Vec<Span>)> = Vec::new();
    for ask in Asked::all() {
        let at = |code| profile.at(&ask.cell(Status(code), Crossing::SameOrigin));
        let Some(doings) = STATUSES
            .iter()
            .map(|code| at(*code))
            .collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        let cells: Vec<Span> = doings
            .iter()
            .map(|doing| word(page.layout, &ask, doing))
            .collect();
        let same = |(_, there): &&mut (Vec<Asked>, Vec<Span>)| {
            there
                .iter()
                .map(|span| &span.text)
                .eq(cells.iter().map(|span| &span.text))
        };
        match rows.iter_mut().find(same) {
            Some((asks, _)) => asks.push(ask),
            None => rows.push((vec![ask], cells)),
        }
    }
    let heads = STATUSES
        .map(|code| Span::new(Ink::Dim, code.to_string()))
        .to_vec();
    let cells: Vec<Vec<Span>> = rows.iter().map(|(_, cells)| cells.clone()).collect();
    let grid = ClientGrid::new(2, heads, &cells);
    grid.head(page)?;
    rows.iter().try_for_each(|(asks, cells)| {
        grid.row(page, (&Span::new(Ink::Plain, ""), cells), &labels(asks))
    })?;
    let stop = page.layout.sign(Sign::Dash);
    let legend = format!(
        "same: sent again  empty: without its body  +: with the body  {stop}: not followed"
    );
    page.words(Span::new(Ink::Plain, "  "), &legend, Ink::Dim)
}

/// `same`, `GET`, `empty`, `GET+`, and how good that is.
fn word(layout: Layout, ask: &Asked, doing: &Doing) -> Span {
    match doing {
        Doing::Stops(Ending::Response) => Span::new(Ink::Dim, layout.sign(Sign::Dash)),
        Doing::Stops(Ending::Error) => Span::new(Ink::Dim, "error"),
        Doing::NotMeasured => Span::new(Ink::Dim, "not measured"),
        Doing::Follows {
            method,
            body,
            verdict,
            ..
        } => {
            let text = match (*method == ask.method, body) {
                (true, BodyFate::Dropped) => "empty".to_owned(),
                (true, _) => "same".to_owned(),
                (false, BodyFate::Kept) => format!("{method}+"),
                (false, _) => method.to_string(),
            };
            let wrong = match verdict {
                Verdict::Forbidden => layout.sign(Sign::Bad),
                Verdict::Discouraged => layout.sign(Sign::Warn),
                _ => "",
            };
            Span::new(inked(*verdict), text + wrong)
        }
    }
}

fn limits(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let policy = &profile.policy;
    let then = |ending| {
        if ending == Ending::Error {
            "then an error"
        } else {
            "then the redirect is its answer"
        }
    };
    let limit = match policy.limit {
        Some(limit) => format!("{limit} redirects, {}", then(policy.at_limit)),
        None => "no limit was found".to_owned(),
    };
    entry(page, "Limit", &limit)?;
    if let Some(repeats) = &policy.repeats {
        entry(
            page,
            "Repeats",
            &format!(
                "goes to one URL {}, {}",
                times(repeats.times),
                then(repeats.otherwise)
            ),
        )?;
    }
    entry(
        page,
        "Streams",
        &format!(
            "that would have to be sent again: it {}",
            of_stream(policy.content.stream.resent)
        ),
    )?;
    let fields = &policy.content_fields;
    let lists = [
        ("method changes", &fields.when_rewritten),
        ("body goes", &fields.with_content),
    ];
    for (when, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        entry(
            page,
            "Dropped",
            &format!("when the {when}: {}", names.join(", ")),
        )?;
    }
    Ok(())
}

/// How far each of the two goes, seen on a GET where the client sends one.
fn credentials(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let asks = Asked::all();
    let Some(ask) = asks.iter().find(|ask| profile.sends(&ask.method)) else {
        return Ok(());
    };
    let fates: Vec<CrossingFates> = Crossing::ALL
        .into_iter()
        .filter(|crossing| profile.was_seen_on(*crossing))
        .map(
            |crossing| match profile.at(&ask.cell(Status(307), crossing)) {
                Some(Doing::Follows {
                    authorization,
                    cookie,
                    ..
                }) => (crossing, Some([authorization, cookie])),
                _ => (crossing, None),
            },
        )
        .collect();
    for (at, label) in ["Auth.", "Cookie"].into_iter().enumerate() {
        entry(page, label, &how_far(&fates, at))?;
    }
    let unfollowed: Vec<&str> = fates
        .iter()
        .filter(|(_, fate)| fate.is_none())
        .map(|(crossing, _)| crossing.as_str())
        .collect();
    if !unfollowed.is_empty() {
        entry(page, "Stops at", &unfollowed.join(", "))?;
    }
    if !profile.not_measured.is_empty() {
        let unseen: Vec<&str> = profile
            .not_measured
            .iter()
            .map(|crossing| crossing.as_str())
            .collect();
        entry(
            page,
            "Elsewhere",
            &format!("not measured on {}", unseen.join(", ")),
        )?;
    }
    later(page, profile)
}

/// A crossing, and what becomes of Authorization and Cookie there; `None` where the client does not follow.
type CrossingFates = (Crossing, Option<[FieldFate; 2]>);

/// What becomes of the credential at this index, crossing by crossing.
fn how_far(fates: &[CrossingFates], at: usize) -> String {
    let on = |wanted: FieldFate| {
        let is_so = |(_, fate): &&CrossingFates| fate.is_some_and(|fate| fate[at] == wanted);
        let there = fates.iter().filter(is_so);
        let names: Vec<&str> = there.map(|(crossing, _)| crossing.as_str()).collect();
        (!names.is_empty()).then(|| format!("{wanted} on {}", names.join(", ")))
    };
    let wanted = [
        FieldFate::Kept,
        FieldFate::Changed,
        FieldFate::Dropped,
        FieldFate::None,
    ];
    let said: Vec<String> = wanted.into_iter().filter_map(on).collect();
    if said.len() == 1 && said[0].starts_with("none") {
        return "cannot be set".to_owned();
    }
    said.join("; ")
}

/// What happens to credentials on later hops.
fn later(page: &mut Page, profile: &Profile) -> io::Result<()> {
    for credential in &profile.policy.credentials {
        let with = if credential.compared_with == ComparedWith::First {
            "first"
        } else {
            "last"
        };
        let then = if credential.returns {
            "dropped for a hop, they can come back"
        } else {
            "once dropped, they are gone"
        };
        entry(
            page,
            "Later",
            &format!(
                "{}: held against the {with} URL; {then}",
                credential.fields.join(", ")
            ),
        )?;
    }
    let jar = match profile.policy.cookie_jar {
        CookieJar::None => "does not send back what a response sets",
        CookieJar::ByHost => "sends back what a response sets, by RFC 6265",
        CookieJar::AnyHost => "sends back what a response sets, to every host",
    };
    let local = match profile.policy.cookies.secure {
        _ if profile.policy.cookie_jar != CookieJar::ByHost => "",
        SecureContext::LocalhostName => "; Secure ones over http to localhost as well",
        SecureContext::Localhost | SecureContext::Loopback => {
            "; Secure ones over http to loopback as well"
        }
        _ => "; Secure ones over https alone",
    };
    entry(page, "Cookie jar", &format!("{jar}{local}"))
}

fn departed(page: &mut Page, departures: &[Departure]) -> io::Result<()> {
    let layout = page.layout;
    if departures.is_empty() {
        let good = Span::new(Ink::Good, format!("  {} ", layout.sign(Sign::Good)));
        return page.line(&[good, Span::new(Ink::Plain, "in nothing")]);
    }
    for (n, departure) in departures.iter().enumerate() {
        let (sign, ink) = match departure.level {
            Some(Verdict::Forbidden) => (Sign::Bad, Ink::Bad),
            Some(_) => (Sign::Warn, Ink::Fair),
            None => (Sign::Dot, Ink::Dim),
        };
        let codes: Vec<String> = departure.codes.iter().map(ToString::to_string).collect();
        let text = format!(
            "{}: {} {}",
            codes.join(", "),
            labels(&departure.asks),
            departure.what
        );
        page.words(
            Span::new(ink, format!("  {} ", layout.sign(sign))),
            &text,
            Ink::Plain,
        )?;
        let rule = departure.rule;
        if departures.get(n + 1).is_none_or(|next| next.rule != rule) {
            let section = if rule.section.starts_with(|c: char| c.is_ascii_digit()) {
                "\u{a7}"
            } else {
                ""
            };
            let text = format!("{} {section}{}: {}", rule.source, rule.section, rule.says);
            page.words(Span::new(Ink::Plain, "    "), &layout.own(&text), Ink::Dim)?;
        }
    }
    Ok(())
}

/// How it reads a Location, where that is not as the URL Standard says.
fn locations(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let reading = serde_json::to_value(&profile.policy.location).unwrap_or_default();
    let usual = serde_json::to_value(Dialect::default()).unwrap_or_default();
    section(page, "Odd Locations")?;
    let Value::Object(settings) = reading else {
        return entry(page, "All", "as the URL Standard reads them");
    };
    let own = settings
        .iter()
        .filter(|(key, value)| usual.get(key) != Some(value));
    let own: Vec<(&String, &Value)> = own.collect();
    if own.is_empty() {
        return entry(page, "All", "as most clients read them");
    }
    let pieces: Vec<Span> = own
        .into_iter()
        .map(|(key, value)| {
            Span::new(
                Ink::Plain,
                format!("{}: {}", key.replace('_', " "), plain(value)),
            )
        })
        .collect();
    page.flow(
        Span::new(Ink::Plain, "  "),
        &pieces,
        &format!(" {} ", page.layout.sign(Sign::Dot)),
    )
}

/// What it does with redirects that are themselves at fault.
fn answers(page: &mut Page, profile: &Profile) -> io::Result<()> {
    if !profile.is_measured() {
        return Ok(());
    }
    section(page, "Faulty redirects")?;
    if profile.answers.is_empty() {
        return entry(page, "All", "not measured");
    }
    let known = profile.answers.iter();
    let pieces: Vec<Span> = known
        .map(|(form, fate)| Span::new(Ink::Plain, format!("{form}: {fate}")))
        .collect();
    let between = format!(" {} ", page.layout.sign(Sign::Dot));
    page.flow(Span::new(Ink::Plain, "  "), &pieces, &between)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other
            .to_string()
            .replace(['"', '{', '}'], "")
            .replace(',', ", ")
            .replace(':', ": "),
    }
}

fn times(n: usize) -> String {
    if n == 1 {
        "once".to_owned()
    } else {
        format!("{n} times")
    }
}

fn of_stream(fate: StreamFate) -> &'static str {
    match fate {
        StreamFate::Error => "fails",
        StreamFate::Response => "takes the redirect for its answer",
        StreamFate::Followed => "goes on all the same",
        StreamFate::Same => "sends the same again, from a copy",
        StreamFate::Empty => "goes on without content",
        StreamFate::EmptyThenError => "goes on without content, and fails then",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::{all, by_name};
    use crate::report::Detail;
    use crate::report::clients::{Selection, matrix};
    use crate::report::goldens::golden;

    const LAYOUT: Layout = Layout {
        width: 80,
        unicode: true,
        colour: false,
        detail: Detail::Normal,
    };

    fn told(profile: &Profile, layout: Layout) -> String {
        let mut out = Vec::new();
        tell(&mut out, layout, profile).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn table(selection: &Selection, layout: Layout) -> String {
        let mut out = Vec::new();
        matrix(&mut out, layout, selection).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// What `rehop clients` shows when nothing else is said, or on this way.
    fn post(crossing: Crossing) -> Selection {
        let asks = Asked::all()
            .into_iter()
            .filter(|ask| ask.method.as_str() == "POST" && ask.body)
            .collect();
        Selection {
            asks,
            statuses: [301, 302, 303, 307, 308].map(Status).to_vec(),
            crossings: vec![crossing],
            credentials: crossing != Crossing::SameOrigin,
            group: None,
            only: None,
        }
    }

    #[test]
    fn clients() {
        for name in ["curl-X", "go", "okhttp", "fetch"] {
            golden(
                &format!("tests/golden/clients-{name}.txt"),
                &told(by_name(name).unwrap(), LAYOUT),
            );
        }
        for (name, crossing) in [
            ("matrix", Crossing::SameOrigin),
            ("matrix-host", Crossing::Host),
        ] {
            golden(
                &format!("tests/golden/clients-{name}.80.txt"),
                &table(&post(crossing), LAYOUT),
            );
            let wide = Layout {
                width: 120,
                ..LAYOUT
            };
            golden(
                &format!("tests/golden/clients-{name}.120.txt"),
                &table(&post(crossing), wide),
            );
        }
    }

    #[test]
    fn every_client_fits_every_terminal() {
        for width in [40, 80] {
            let layout = Layout {
                width,
                unicode: false,
                ..LAYOUT
            };
            let tables = [Crossing::SameOrigin, Crossing::Host]
                .map(|crossing| table(&post(crossing), layout));
            for made in all().map(|profile| told(profile, layout)).chain(tables) {
                assert!(made.is_ascii(), "{made}");
                let widest = made.lines().map(|line| line.chars().count()).max().unwrap();
                assert!(width < 80 || widest <= 80, "{made}");
                assert!(!made.lines().any(|line| line.ends_with(' ')), "{made}");
            }
        }
    }
}
