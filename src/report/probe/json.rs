//! A probe for programs: `rehop.probe/1`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::json::pretty;
use super::{Against, Tally, View, drift};
use crate::lab::Arrival;
use crate::lab::probe::{Cell, Fate, Limit, Next, Odd, Outcome, Start};
use crate::rules::{Note, Verdict};

/// The document.
#[derive(Debug, Serialize)]
pub struct Document {
    schema: &'static str,
    command: Vec<String>,
    sent: Vec<Sent>,
    cells: Vec<CellRow>,
    limit: Option<usize>,
    limits: Limits,
    locations: Vec<Location>,
    findings: Vec<Finding>,
    against: Option<Compared>,
    profile: Option<Compared>,
    summary: Summary,
}

/// A profile and where the client is not as it says.
#[derive(Debug, Serialize)]
struct Compared {
    client: String,
    version: String,
    differences: Vec<drift::Row>,
}

/// What the client sends where nothing redirects it.
#[derive(Debug, Serialize)]
struct Sent {
    asked: Asked,
    method: Option<String>,
    body: Option<bool>,
    headers: Vec<String>,
    not_measured: Option<String>,
}

#[derive(Debug, Serialize)]
struct Asked {
    method: Option<String>,
    body: bool,
}

#[derive(Debug, Serialize)]
struct CellRow {
    status: u16,
    method: Option<String>,
    body: bool,
    crossing: &'static str,
    followed: Option<bool>,
    failed: Option<bool>,
    next: Option<NextRow>,
    authorization: Option<&'static str>,
    cookie: Option<&'static str>,
    headers: Map<String, Value>,
    verdict: Option<&'static str>,
    rule: Option<RuleRow>,
    as_fetch: Option<bool>,
    findings: Vec<&'static str>,
    not_measured: Option<String>,
}

#[derive(Debug, Serialize)]
struct NextRow {
    method: String,
    /// In the words of the other documents: kept, dropped, or none.
    body: &'static str,
    /// As it was seen: same, different, absent, or empty-with-framing.
    content: &'static str,
}

#[derive(Debug, Serialize)]
struct RuleRow {
    source: &'static str,
    section: &'static str,
    url: &'static str,
    says: &'static str,
}

#[derive(Debug, Serialize)]
struct Limits {
    chain: LimitRow,
    r#loop: LimitRow,
}

#[derive(Debug, Serialize)]
struct LimitRow {
    followed: Option<usize>,
    unlimited: bool,
    failed: Option<bool>,
    not_measured: Option<String>,
}

#[derive(Debug, Serialize)]
struct Location {
    form: &'static str,
    followed: Option<bool>,
    failed: Option<bool>,
    target: Option<String>,
    browser: Option<String>,
    as_browser: Option<bool>,
    findings: Vec<&'static str>,
    not_measured: Option<String>,
}

#[derive(Debug, Serialize)]
struct Finding {
    id: &'static str,
    severity: &'static str,
    says: &'static str,
    cites: &'static [&'static str],
    times: usize,
}

#[derive(Debug, Serialize)]
struct Summary {
    required: usize,
    recommended: usize,
    permitted: usize,
    discouraged: usize,
    forbidden: usize,
    not_followed: usize,
    not_measured: usize,
    runs: usize,
}

/// The document of a probe.
#[must_use]
pub fn document(view: View) -> Document {
    let probed = view.probed;
    Document {
        schema: "rehop.probe/1",
        command: view.command.to_vec(),
        sent: probed.starts.iter().map(sent).collect(),
        cells: probed.cells.iter().map(cell).collect(),
        limit: probed
            .limits
            .chain
            .as_ref()
            .ok()
            .and_then(|limit| limit.followed),
        limits: Limits {
            chain: limit(&probed.limits.chain),
            r#loop: limit(&probed.limits.looped),
        },
        locations: probed.odd.iter().map(location).collect(),
        findings: findings(view),
        against: view.against.map(compared),
        profile: view.profile.map(compared),
        summary: summary(view),
    }
}

/// Writes it.
///
/// # Errors
/// Whatever writing gives.
pub fn json(out: &mut dyn Write, view: View) -> io::Result<()> {
    pretty(out, &document(view))
}

fn sent(start: &Start) -> Sent {
    let asked = Asked {
        method: start
            .ask
            .method
            .as_ref()
            .map(|method| method.as_str().to_owned()),
        body: start.ask.body,
    };
    let (request, why) = (
        start.request.as_ref().ok(),
        start.request.as_ref().err().cloned(),
    );
    Sent {
        asked,
        method: request.map(|request| request.method.clone()),
        body: request.map(|request| has_body(request)),
        headers: request.map_or_else(Vec::new, |request| names(request)),
        not_measured: why,
    }
}

fn has_body(arrival: &Arrival) -> bool {
    arrival
        .content
        .as_ref()
        .is_some_and(|content| content.digest.bytes > 0)
}

fn names(arrival: &Arrival) -> Vec<String> {
    arrival
        .headers
        .iter()
        .map(|field| field.name.to_ascii_lowercase())
        .collect()
}

fn cell(cell: &Cell) -> CellRow {
    let outcome = cell.outcome.as_ref().ok();
    let next = outcome.and_then(|outcome| outcome.next.as_ref());
    let asked = cell
        .ask
        .method
        .as_ref()
        .map(|method| method.as_str().to_owned());
    let fate = |name: &str| {
        outcome
            .and_then(|outcome| outcome.fate(name))
            .map(Fate::as_str)
    };
    CellRow {
        status: cell.status.code(),
        method: outcome
            .map(|outcome| outcome.first.method.clone())
            .or(asked),
        body: outcome.map_or(cell.ask.body, Outcome::has_body),
        crossing: cell.crossing.as_str(),
        followed: outcome.map(|outcome| outcome.next.is_some()),
        failed: outcome.map(|outcome| outcome.failed),
        next: next.map(|next| NextRow {
            method: next.arrival.method.clone(),
            body: next.fate.as_str(),
            content: next.body.as_str(),
        }),
        authorization: fate("authorization"),
        cookie: fate("cookie"),
        headers: next.map(fates).unwrap_or_default(),
        verdict: next.map(|next| next.verdict.as_str()),
        rule: next.map(|Next { rule, .. }| RuleRow {
            source: rule.source,
            section: rule.section,
            url: rule.url,
            says: rule.says,
        }),
        as_fetch: next.map(|next| next.as_fetch),
        findings: next.map_or_else(Vec::new, |next| ids(&next.findings)),
        not_measured: cell.outcome.as_ref().err().cloned(),
    }
}

fn fates(next: &Next) -> Map<String, Value> {
    next.fields
        .iter()
        .map(|(name, fate)| (name.clone(), Value::from(fate.as_str())))
        .collect()
}

fn ids(notes: &[&'static Note]) -> Vec<&'static str> {
    notes.iter().map(|note| note.id).collect()
}

fn limit(limit: &Result<Limit, String>) -> LimitRow {
    let known = limit.as_ref().ok();
    LimitRow {
        followed: known.and_then(|limit| limit.followed),
        unlimited: known.is_some_and(|limit| limit.followed.is_none()),
        failed: known.map(|limit| limit.failed),
        not_measured: limit.as_ref().err().cloned(),
    }
}

fn location(odd: &Odd) -> Location {
    let reading = odd.outcome.as_ref().ok();
    let text = |origin: &str, target: &[u8]| format!("{origin}{}", String::from_utf8_lossy(target));
    let next = reading.and_then(|reading| reading.next.as_ref());
    let browser = reading.and_then(|reading| reading.browser.as_ref());
    Location {
        form: odd.form,
        followed: reading.map(|reading| reading.next.is_some()),
        failed: reading.map(|reading| reading.failed),
        target: next.map(|next| text(&next.origin, &next.target)),
        browser: browser.map(|(origin, target)| text(origin, target)),
        as_browser: reading.map(crate::lab::probe::Reading::as_browser),
        findings: reading.map_or_else(Vec::new, |reading| ids(&reading.findings)),
        not_measured: odd.outcome.as_ref().err().cloned(),
    }
}

fn compared(against: Against) -> Compared {
    let Against {
        name,
        version,
        differences,
    } = against;
    Compared {
        client: name.to_owned(),
        version: version.to_owned(),
        differences: drift::rows(differences),
    }
}

fn findings(view: View) -> Vec<Finding> {
    let mut rows: Vec<Finding> = Vec::new();
    for note in super::findings(view.probed) {
        if let Some(row) = rows.iter_mut().find(|row| row.id == note.id) {
            row.times += 1;
        } else {
            let Note {
                id,
                says,
                cites,
                severity,
                ..
            } = *note;
            rows.push(Finding {
                id,
                severity: severity.as_str(),
                says,
                cites,
                times: 1,
            });
        }
    }
    rows
}

fn summary(view: View) -> Summary {
    let tally = Tally::of(view.probed);
    Summary {
        required: tally.at(Verdict::Required),
        recommended: tally.at(Verdict::Recommended),
        permitted: tally.at(Verdict::Permitted),
        discouraged: tally.at(Verdict::Discouraged),
        forbidden: tally.at(Verdict::Forbidden),
        not_followed: tally.not_followed,
        not_measured: tally.not_measured,
        runs: view.probed.runs,
    }
}
