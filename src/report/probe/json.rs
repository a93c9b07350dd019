//! A probe for programs: `rehop.probe/1`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::document::Document;
use super::super::json::pretty;
use super::beside::{AnswerRow, UnreachedRow, answers, unreached};
use super::drift;
use super::location_row::{LocationRow, ids, location};
use super::tally::Tally;
use super::view::{Against, ProbeView};
use crate::lab::Arrival;
use crate::lab::probe::{Limit, ProbedCell, ProbedNext, ProbedOutcome, Start};
use crate::rules::{Clause, Note, Verdict};

/// A real client, run against the lab and judged.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProbeDocument {
    /// The name and version of this document. It may grow; no name or value in it changes or goes.
    #[cfg_attr(test, schemars(extend("const" = ProbeDocument::SCHEMA)))]
    schema: &'static str,
    /// The command of the client, word by word, its places as they were typed.
    command: Vec<String>,
    /// What the client sends where nothing redirects it.
    sent: Vec<SentRow>,
    /// What it did on each code, method and crossing.
    cells: Vec<ProbedCellRow>,
    /// Redirects followed before it gives up; null where it follows as many as there are, or that is not known.
    limit: Option<usize>,
    /// How it took a long chain and a loop.
    limits: LimitsRow,
    /// What it made of each odd Location.
    locations: Vec<LocationRow>,
    /// The crossings that were not played.
    not_measured: Vec<UnreachedRow>,
    /// What it did with redirects that are themselves at fault.
    answers: Vec<AnswerRow>,
    /// What was found, with how often.
    findings: Vec<FindingRow>,
    /// The profile that it was held against; null where none was named.
    against: Option<ComparedRow>,
    /// The profile that was made of it; null where none was asked for.
    profile: Option<ComparedRow>,
    /// How many cells there are of each kind.
    summary: ProbeSummary,
}

/// A profile and where the client is not as it says.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ComparedRow {
    /// The id of the profile.
    client: String,
    /// The version that it was measured with.
    version: String,
    /// Where the client does otherwise.
    differences: Vec<drift::DriftRow>,
}

/// What the client sends where nothing redirects it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SentRow {
    /// What it had been asked to send.
    asked: AskedRow,
    /// The method that it sent; null where it sent nothing.
    method: Option<String>,
    /// Whether it sent content; null where it sent nothing.
    body: Option<bool>,
    /// The names of its fields, in lower case, in their order.
    headers: Vec<String>,
    /// Why it is not known; null where it is.
    not_measured: Option<String>,
}

/// What a client had been asked to send.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AskedRow {
    /// The method; null where the client chose.
    method: Option<String>,
    /// Whether it was given a body.
    body: bool,
}

/// One redirect, and what the client did.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ProbedCellRow {
    /// The status that was answered.
    status: u16,
    /// The method of the first request; null where the client chose and sent nothing.
    method: Option<String>,
    /// Whether it had content.
    body: bool,
    /// Where the redirect led: same-origin, port or host.
    crossing: &'static str,
    /// Whether it followed; null where that is not known.
    followed: Option<bool>,
    /// Whether it ended with an error; null where that is not known.
    failed: Option<bool>,
    /// What it sent next; null where it did not follow.
    next: Option<ProbedNextRow>,
    /// What became of Authorization: kept, changed or dropped; null where it had none or did not follow.
    authorization: Option<&'static str>,
    /// What became of Cookie, likewise.
    cookie: Option<&'static str>,
    /// What became of each field: kept, changed, dropped or added.
    headers: Map<String, Value>,
    /// What RFC 9110 says of method and body; null where it did not follow.
    verdict: Option<&'static str>,
    /// The rule behind the verdict.
    rule: Option<RuleRow>,
    /// Whether Fetch would have sent this method and body; null where it did not follow.
    as_fetch: Option<bool>,
    /// The ids of what is to be said besides.
    findings: Vec<&'static str>,
    /// Why it is not known; null where it is.
    not_measured: Option<String>,
}

/// The request that followed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ProbedNextRow {
    /// Its method.
    method: String,
    /// In the words of the other documents: kept, dropped, or none.
    body: &'static str,
    /// As it was seen: same, different, absent, or empty-with-framing.
    content: &'static str,
}

/// Where a verdict comes from.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RuleRow {
    /// The document, such as RFC 9110.
    source: &'static str,
    /// The section in it.
    section: &'static str,
    /// The link to the section.
    url: &'static str,
    /// What it says, in our own words.
    says: &'static str,
}

/// How a client took chains without an end.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LimitsRow {
    /// A chain longer than any client follows.
    chain: LimitRow,
    /// A redirect to itself.
    r#loop: LimitRow,
}

/// How it took one of them.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LimitRow {
    /// Redirects followed; null where all were, or it is not known.
    followed: Option<usize>,
    /// Whether it followed all there were.
    unlimited: bool,
    /// Whether it ended with an error; null where that is not known.
    failed: Option<bool>,
    /// Why it is not known; null where it is.
    not_measured: Option<String>,
}

/// One finding of the probe.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FindingRow {
    /// Its name, which --fail-on and explain take.
    id: &'static str,
    /// How much it matters: info, warn or error.
    severity: &'static str,
    /// One line on what it means.
    says: &'static str,
    /// Where the rule is written.
    cites: &'static [&'static str],
    /// How often it was seen.
    times: usize,
}

/// How many cells there are of each kind.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ProbeSummary {
    /// Cells followed as a MUST asks.
    required: usize,
    /// Cells followed as a SHOULD asks.
    recommended: usize,
    /// Cells followed as a MAY allows.
    permitted: usize,
    /// Cells followed against a SHOULD.
    discouraged: usize,
    /// Cells followed against a MUST NOT.
    forbidden: usize,
    /// Cells not followed.
    not_followed: usize,
    /// Cells of which nothing is known.
    not_measured: usize,
    /// How often the client was run.
    runs: usize,
}

impl Document for ProbeDocument {
    const SCHEMA: &'static str = "rehop.probe/1";
    const TITLE: &'static str = "A client probed (rehop.probe/1)";
}

/// The document of a probe.
#[must_use]
pub fn document(view: ProbeView) -> ProbeDocument {
    let probed = view.probed;
    ProbeDocument {
        schema: ProbeDocument::SCHEMA,
        command: view.command.to_vec(),
        sent: probed.starts.iter().map(sent).collect(),
        cells: probed.cells.iter().map(cell).collect(),
        limit: probed
            .limits
            .chain
            .as_ref()
            .ok()
            .and_then(|limit| limit.followed),
        limits: LimitsRow {
            chain: limit(&probed.limits.chain),
            r#loop: limit(&probed.limits.looped),
        },
        locations: probed.odd.iter().map(location).collect(),
        not_measured: unreached(probed),
        answers: answers(probed),
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
pub fn json(out: &mut dyn Write, view: ProbeView) -> io::Result<()> {
    pretty(out, &document(view))
}

fn sent(start: &Start) -> SentRow {
    let asked = AskedRow {
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
    SentRow {
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

fn cell(cell: &ProbedCell) -> ProbedCellRow {
    let outcome = cell.outcome.as_ref().ok();
    let next = outcome.and_then(|outcome| outcome.next.as_ref());
    let fate = |name: &str| Some(outcome?.fate(name)?.as_str());
    ProbedCellRow {
        status: cell.status.code(),
        method: method(cell),
        body: outcome.map_or(cell.ask.body, ProbedOutcome::has_body),
        crossing: cell.crossing.as_str(),
        followed: outcome.map(|outcome| outcome.next.is_some()),
        failed: outcome.map(|outcome| outcome.failed),
        next: next.map(next_row),
        authorization: fate("authorization"),
        cookie: fate("cookie"),
        headers: next.map(fates).unwrap_or_default(),
        verdict: next.map(|next| next.verdict.as_str()),
        rule: next.map(|next| rule(next.rule)),
        as_fetch: next.map(|next| next.as_fetch),
        findings: next.map_or_else(Vec::new, |next| ids(&next.findings)),
        not_measured: cell.outcome.as_ref().err().cloned(),
    }
}

/// The method that was sent first, else the one that was asked for.
fn method(cell: &ProbedCell) -> Option<String> {
    match &cell.outcome {
        Ok(outcome) => Some(outcome.first.method.clone()),
        Err(_) => cell
            .ask
            .method
            .as_ref()
            .map(|method| method.as_str().to_owned()),
    }
}

fn next_row(next: &ProbedNext) -> ProbedNextRow {
    ProbedNextRow {
        method: next.arrival.method.clone(),
        body: next.fate.as_str(),
        content: next.body.as_str(),
    }
}

fn rule(clause: Clause) -> RuleRow {
    RuleRow {
        source: clause.source,
        section: clause.section,
        url: clause.url,
        says: clause.says,
    }
}

fn fates(next: &ProbedNext) -> Map<String, Value> {
    next.fields
        .iter()
        .map(|(name, fate)| (name.clone(), Value::from(fate.as_str())))
        .collect()
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

fn compared(against: Against) -> ComparedRow {
    let Against {
        name,
        version,
        differences,
    } = against;
    ComparedRow {
        client: name.to_owned(),
        version: version.to_owned(),
        differences: drift::rows(differences),
    }
}

fn findings(view: ProbeView) -> Vec<FindingRow> {
    let mut rows: Vec<FindingRow> = Vec::new();
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
            rows.push(FindingRow {
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

fn summary(view: ProbeView) -> ProbeSummary {
    let tally = Tally::of(view.probed);
    ProbeSummary {
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

#[cfg(test)]
mod tests {
    use super::ProbeDocument;
    use crate::report::schema;

    #[test]
    fn schema_of_the_probe_is_fresh_and_complete() {
        schema::is_fresh_and_complete::<ProbeDocument>("schema/probe.schema.json");
    }
}
