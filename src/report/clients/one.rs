//! One client in full (`rehop clients go`).

use std::io::{self, Write};
use std::iter;

use serde_json::Value;

use super::departures::{self, Departure};
use super::fates::{CrossingFates, how_far};
use super::labels;
use super::lines::{entry, listed, section};
use super::matrix::BETWEEN;
use crate::clients::{Asked, Crossing, Doing, Profile, STATUSES};
use crate::model::{Method, Status};
use crate::report::Layout;
use crate::report::grid::{GridRow, TextGrid};
use crate::report::layout::Sign;
use crate::report::page::{Page, Span};
use crate::report::style::Ink;
use crate::report::table::inked;
use crate::rules::policy::{
    ComparedWith, ContentFields, CookieJar, Dialect, Ending, LocationReading, SecureContext,
    StreamFate,
};
use crate::rules::{BodyFate, Clause, Verdict};

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
    page.line(&[
        Span::new(Ink::Strong, profile.id.clone()),
        Span::new(Ink::Dim, also_called(profile)),
    ])?;
    entry(page, "Version", &profile.version)?;
    entry(page, "Driven", &profile.how)?;
    entry(page, "Measured", &measured(profile))?;
    let cannot_send = &profile.cannot_send;
    let unable = [&cannot_send.refuses, &cannot_send.no_way_to_ask];
    let unable: Vec<&str> = unable.into_iter().flatten().map(Method::as_str).collect();
    if unable.is_empty() {
        Ok(())
    } else {
        entry(page, "Without", &unable.join(", "))
    }
}

/// The other names of a client, to stand behind its first.
fn also_called(profile: &Profile) -> String {
    let aliases = profile.aliases.iter().copied();
    let aliases: Vec<&str> = aliases.filter(|alias| *alias != profile.id).collect();
    if aliases.is_empty() {
        String::new()
    } else {
        format!("  (also {})", aliases.join(", "))
    }
}

fn measured(profile: &Profile) -> String {
    let measured = profile.measured.as_deref();
    measured.map_or("as written".to_owned(), |day| {
        match profile.chains_measured {
            0 => day.to_owned(),
            chains => format!("{day}, and {chains} chains of several redirects"),
        }
    })
}

/// Requests that fare alike on every code.
struct AlikeRequests {
    asks: Vec<Asked>,
    row: GridRow,
}

/// A row for requests that fare alike on every code.
fn methods(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let rows = alike_requests(page.layout, profile);
    let heads = STATUSES.map(|code| Span::new(Ink::Dim, code.to_string()));
    let heads = unlabelled(heads.to_vec());
    let grid = TextGrid::new(
        2,
        BETWEEN,
        iter::once(&heads).chain(rows.iter().map(|alike| &alike.row)),
    );
    grid.line(page, &heads)?;
    rows.iter()
        .try_for_each(|alike| grid.named(page, &alike.row, &labels(&alike.asks)))?;
    let stop = page.layout.sign(Sign::Dash);
    let legend = format!(
        "same: sent again  empty: without its body  +: with the body  {stop}: not followed"
    );
    page.words(Span::new(Ink::Plain, "  "), &legend, Ink::Dim)
}

/// The requests that the client can make, in the order of the first of each row.
fn alike_requests(layout: Layout, profile: &Profile) -> Vec<AlikeRequests> {
    let mut rows: Vec<AlikeRequests> = Vec::new();
    for ask in Asked::all() {
        let Some(cells) = words(layout, profile, &ask) else {
            continue;
        };
        let texts = || cells.iter().map(|span| &span.text);
        let same =
            |there: &&mut AlikeRequests| there.row.cells.iter().map(|span| &span.text).eq(texts());
        match rows.iter_mut().find(same) {
            Some(there) => there.asks.push(ask),
            None => rows.push(AlikeRequests {
                asks: vec![ask],
                row: unlabelled(cells),
            }),
        }
    }
    rows
}

/// What the client does on each code; `None` where it cannot ask that.
fn words(layout: Layout, profile: &Profile, ask: &Asked) -> Option<Vec<Span>> {
    let word_on = |code| {
        let doing = profile.at(&ask.cell(Status(code), Crossing::SameOrigin))?;
        Some(word(layout, ask, &doing))
    };
    STATUSES.into_iter().map(word_on).collect()
}

fn unlabelled(cells: Vec<Span>) -> GridRow {
    GridRow {
        lead: Span::new(Ink::Plain, ""),
        cells,
    }
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
    let limit = match policy.limit {
        Some(limit) => format!("{limit} redirects, {}", then(policy.at_limit)),
        None => "no limit was found".to_owned(),
    };
    entry(page, "Limit", &limit)?;
    if let Some(repeats) = &policy.repeats {
        let (times, then) = (times(repeats.times), then(repeats.otherwise));
        let text = format!("goes to one URL {times}, {then}");
        entry(page, "Repeats", &text)?;
    }
    let does = of_stream(policy.content.stream.resent);
    let text = format!("that would have to be sent again: it {does}");
    entry(page, "Streams", &text)?;
    dropped(page, &policy.content_fields)
}

/// What a client does that goes no further.
fn then(ending: Ending) -> &'static str {
    match ending {
        Ending::Error => "then an error",
        Ending::Response => "then the redirect is its answer",
    }
}

/// The fields that go with the method or the body.
fn dropped(page: &mut Page, fields: &ContentFields) -> io::Result<()> {
    let lists = [
        ("method changes", &fields.when_rewritten),
        ("body goes", &fields.with_content),
    ];
    for (when, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        let text = format!("when the {when}: {}", names.join(", "));
        entry(page, "Dropped", &text)?;
    }
    Ok(())
}

/// How far each of the two goes, seen on a GET where the client sends one.
fn credentials(page: &mut Page, profile: &Profile) -> io::Result<()> {
    let asks = Asked::all();
    let Some(ask) = asks.iter().find(|ask| profile.sends(&ask.method)) else {
        return Ok(());
    };
    let seen = Crossing::ALL
        .into_iter()
        .filter(|crossing| profile.was_seen_on(*crossing));
    let fates: Vec<CrossingFates> = seen
        .map(|crossing| CrossingFates::of(profile, ask, crossing))
        .collect();
    for (at, label) in ["Auth.", "Cookie"].into_iter().enumerate() {
        entry(page, label, &how_far(&fates, at))?;
    }
    let unfollowed = fates.iter().filter(|there| there.fates.is_none());
    let unfollowed: Vec<&str> = unfollowed.map(|there| there.crossing.as_str()).collect();
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
    if departures.is_empty() {
        let sign = page.layout.sign(Sign::Good);
        let good = Span::new(Ink::Good, format!("  {sign} "));
        return page.line(&[good, Span::new(Ink::Plain, "in nothing")]);
    }
    for same_rule in departures.chunk_by(|one, next| one.rule == next.rule) {
        for departure in same_rule {
            depart(page, departure)?;
        }
        let text = quoted(&same_rule[0].rule);
        page.words(
            Span::new(Ink::Plain, "    "),
            &page.layout.own(&text),
            Ink::Dim,
        )?;
    }
    Ok(())
}

/// One departure, without its rule.
fn depart(page: &mut Page, departure: &Departure) -> io::Result<()> {
    let (sign, ink) = match departure.level {
        Some(Verdict::Forbidden) => (Sign::Bad, Ink::Bad),
        Some(_) => (Sign::Warn, Ink::Fair),
        None => (Sign::Dot, Ink::Dim),
    };
    let codes: Vec<String> = departure.codes.iter().map(ToString::to_string).collect();
    let (codes, asks) = (codes.join(", "), labels(&departure.asks));
    let text = format!("{codes}: {asks} {}", departure.what);
    let head = Span::new(ink, format!("  {} ", page.layout.sign(sign)));
    page.words(head, &text, Ink::Plain)
}

/// A clause in its own words; sections with a number are marked as such.
fn quoted(rule: &Clause) -> String {
    let section = if rule.section.starts_with(|c: char| c.is_ascii_digit()) {
        "\u{a7}"
    } else {
        ""
    };
    format!("{} {section}{}: {}", rule.source, rule.section, rule.says)
}

/// How it reads a Location, where that is not as the URL Standard says.
fn locations(page: &mut Page, profile: &Profile) -> io::Result<()> {
    section(page, "Odd Locations")?;
    let Some(own) = unusual(&profile.policy.location) else {
        return entry(page, "All", "as the URL Standard reads them");
    };
    if own.is_empty() {
        return entry(page, "All", "as most clients read them");
    }
    let pieces: Vec<Span> = own
        .into_iter()
        .map(|setting| Span::new(Ink::Plain, setting))
        .collect();
    let between = format!(" {} ", page.layout.sign(Sign::Dot));
    page.flow(Span::new(Ink::Plain, "  "), &pieces, &between)
}

/// The settings that are not the usual ones, in words; `None` for the reading of the URL Standard, which has none.
fn unusual(reading: &LocationReading) -> Option<Vec<String>> {
    let reading = serde_json::to_value(reading).unwrap_or_default();
    let usual = serde_json::to_value(Dialect::default()).unwrap_or_default();
    let Value::Object(settings) = reading else {
        return None;
    };
    let own = settings
        .iter()
        .filter(|(key, value)| usual.get(key) != Some(value))
        .map(|(key, value)| format!("{}: {}", key.replace('_', " "), plain(value)));
    Some(own.collect())
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
        whole: false,
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
