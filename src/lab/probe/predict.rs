//! What a policy says that a client does in the situations of a probe, beside what it did. Pure.

use url::Url;

use super::super::journal::Arrival;
use super::super::scenarios::probe::END;
use super::cell::{BodySeen, ProbedCell, ProbedOutcome};
use super::odd::{Odd, OddReading};
use super::probed::{LONGEST_CHAIN, Limit, Probed};
use crate::clients::Crossing;
use crate::model::{Body, Headers, Method, Request, Status};
use crate::rules::FieldFate;
use crate::rules::credential::is_credential;
use crate::rules::policy::{Ending, Errors, Policy};
use crate::rules::step::{Action, State};

/// Where what a client did is not what a policy says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The situation.
    pub place: DifferencePlace,
    /// What differs: `followed`, `method`, `body`, `target`, `error`, `redirects` or the name of a field.
    pub what: String,
    /// What the policy says.
    pub expected: String,
    /// What the client did.
    pub seen: String,
}

/// A situation of a probe.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DifferencePlace {
    /// A cell of the matrix.
    Cell {
        /// The code.
        status: Status,
        /// The method of the first request.
        method: String,
        /// Whether it had content.
        body: bool,
        /// Where the redirect led.
        crossing: Crossing,
    },
    /// An odd Location, by its form.
    Odd(&'static str),
    /// A long chain.
    Chain,
    /// A loop.
    Loop,
}

/// What a client does, as far as it can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SeenDoing {
    pub failed: bool,
    /// The next request; `None` where there is none.
    pub next: Option<NextSent>,
}

/// A next request, as far as it can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NextSent {
    pub method: String,
    pub body: BodySeen,
    pub fields: Vec<(String, FieldFate)>,
}

/// Every difference between `policy` and what was measured.
#[must_use]
pub fn differences(policy: &Policy, probed: &Probed) -> Vec<Difference> {
    let cells = probed
        .cells
        .iter()
        .filter_map(|cell| Some((cell, cell.outcome.as_ref().ok()?)));
    let cells = cells.flat_map(|(cell, outcome)| of_cell(policy, cell, outcome));
    let odd = probed
        .odd
        .iter()
        .filter_map(|odd| Some((odd, odd.outcome.as_ref().ok()?)));
    let odd = odd.filter_map(|(odd, reading)| of_odd(policy, odd, reading));
    let limits = [
        (DifferencePlace::Chain, &probed.limits.chain),
        (DifferencePlace::Loop, &probed.limits.looped),
    ];
    let limits = limits
        .into_iter()
        .filter_map(|(place, limit)| of_limit(policy, place, limit.as_ref().ok()?, probed));
    cells.chain(odd).chain(limits).collect()
}

fn of_cell(policy: &Policy, cell: &ProbedCell, outcome: &ProbedOutcome) -> Vec<Difference> {
    let (Some(expected), seen) = (predicted(policy, cell, outcome), seen(outcome)) else {
        return Vec::new();
    };
    let place = DifferencePlace::Cell {
        status: cell.status,
        method: outcome.first.method.clone(),
        body: outcome.has_body(),
        crossing: cell.crossing,
    };
    let mut found = Vec::new();
    let mut compare = |what: &str, expected: &str, seen: &str| {
        if expected != seen {
            let (what, expected, seen) = (what.to_owned(), expected.to_owned(), seen.to_owned());
            found.push(Difference {
                place: place.clone(),
                what,
                expected,
                seen,
            });
        }
    };
    compare("error", yes(expected.failed), yes(seen.failed));
    match (&expected.next, &seen.next) {
        (Some(expected), Some(seen)) => {
            compare("method", &expected.method, &seen.method);
            compare("body", expected.body.as_str(), seen.body.as_str());
            let names = expected
                .fields
                .iter()
                .chain(&seen.fields)
                .map(|(name, _)| name);
            let mut told: Vec<&String> = Vec::new();
            for name in names {
                if !told.contains(&name) {
                    compare(name, fate(&expected.fields, name), fate(&seen.fields, name));
                    told.push(name);
                }
            }
        }
        (expected, seen) => compare("followed", yes(expected.is_some()), yes(seen.is_some())),
    }
    found
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

pub(super) fn fate(fields: &[(String, FieldFate)], name: &str) -> &'static str {
    fields
        .iter()
        .find(|(field, _)| field == name)
        .map_or("not sent", |(_, fate)| fate.as_str())
}

/// What was seen in a cell.
pub(super) fn seen(outcome: &ProbedOutcome) -> SeenDoing {
    let next = outcome.next.as_ref().map(|next| NextSent {
        method: next.arrival.method.clone(),
        body: next.body,
        fields: next
            .fields
            .iter()
            .filter(|(name, _)| is_compared(name))
            .cloned()
            .collect(),
    });
    SeenDoing {
        failed: outcome.failed,
        next,
    }
}

/// What `policy` does there; `None` where the first request cannot be said in its words.
pub(super) fn predicted(
    policy: &Policy,
    cell: &ProbedCell,
    outcome: &ProbedOutcome,
) -> Option<SeenDoing> {
    let state = State::start(policy, request(policy, &outcome.first)?);
    let location: Headers = [("location", target(&outcome.first, cell.crossing)?)]
        .into_iter()
        .collect();
    let step = match state.on_response(policy, cell.status, &location) {
        Action::Stop(stop) => {
            return Some(SeenDoing {
                failed: stop.ending == Ending::Error,
                next: None,
            });
        }
        Action::Follow(step) => step,
    };
    let next = step.state;
    let body = match (next.body.is_none(), next.framing) {
        (false, _) => BodySeen::Same,
        (true, Some(_)) => BodySeen::Empty,
        (true, None) => BodySeen::Absent,
    };
    let fields = super::cell::fates(&state.headers, &next.headers);
    let fields = fields
        .into_iter()
        .filter(|(name, _)| is_compared(name))
        .collect();
    let sending = NextSent {
        method: next.method.to_string(),
        body,
        fields,
    };
    Some(SeenDoing {
        failed: next.fails_after,
        next: Some(sending),
    })
}

/// Whether a policy has something to say of a field of this name.
fn is_compared(name: &str) -> bool {
    is_credential(name)
        || name.starts_with("content-")
        || name.starts_with("x-")
        || matches!(name, "referer" | "origin")
}

/// The first request, as its caller made it.
pub(super) fn request(policy: &Policy, first: &Arrival) -> Option<Request> {
    let method = Method::new(&first.method).ok()?;
    let has_body = first
        .content
        .as_ref()
        .is_some_and(|content| content.digest.bytes > 0);
    let mut headers: Headers = Headers::new();
    for field in first
        .headers
        .iter()
        .filter(|field| !super::cell::is_of_the_wire(&field.name))
    {
        headers.push(field.name.clone(), field.value.clone());
    }
    // The client's own, as far as the policy knows.
    if !has_body && policy.content.own_content_type.contains(&method) {
        headers.remove("content-type");
    }
    let body = if has_body {
        Body::from_bytes(super::BODY)
    } else {
        Body::NONE
    };
    Some(Request::new(method, url(first)?, headers, body))
}

fn url(first: &Arrival) -> Option<Url> {
    Url::parse(&format!(
        "{}{}",
        first.origin,
        String::from_utf8_lossy(&first.target)
    ))
    .ok()
}

/// Where a redirect at this crossing leads. Which other port it is makes no difference.
pub(super) fn target(first: &Arrival, crossing: Crossing) -> Option<String> {
    let mut url = url(first)?;
    url.set_path(END);
    match crossing {
        Crossing::SameOrigin => {}
        Crossing::Port => url
            .set_port(Some(url.port()?.checked_add(1).unwrap_or(1)))
            .ok()?,
        Crossing::Host => url.set_host(Some("localhost")).ok()?,
        Crossing::Subdomain => {
            let below = format!("sub.{}", url.host_str()?);
            url.set_host(Some(&below)).ok()?;
        }
        Crossing::Parent => {
            let above = url.host_str()?.split_once('.')?.1.to_owned();
            url.set_host(Some(&above)).ok()?;
        }
        Crossing::Upgrade | Crossing::Downgrade => {
            let secure = crossing == Crossing::Upgrade;
            url.set_scheme(if secure { "https" } else { "http" }).ok()?;
            url.set_port(Some(url.port()?.checked_add(2).unwrap_or(1)))
                .ok()?;
        }
    }
    Some(url.into())
}

fn of_odd(policy: &Policy, odd: &Odd, reading: &OddReading) -> Option<Difference> {
    let (expected, seen) = (read_by(policy, odd, reading)?, read(reading));
    let place = DifferencePlace::Odd(odd.form);
    (expected != seen).then(|| Difference {
        place,
        what: "target".to_owned(),
        expected,
        seen,
    })
}

/// What the client made of an odd Location.
fn read(reading: &OddReading) -> String {
    match &reading.next {
        None if reading.failed => "error".to_owned(),
        None => "not followed".to_owned(),
        Some(next) => shown(&next.target),
    }
}

/// What `policy` makes of an odd Location; `None` where the first request cannot be said in its words.
pub(super) fn read_by(policy: &Policy, odd: &Odd, reading: &OddReading) -> Option<String> {
    let state = State::start(policy, request(policy, &reading.first)?);
    let answer: Headers = odd
        .location
        .iter()
        .map(|value| ("location", value.clone()))
        .collect();
    let failed = |failed: bool| if failed { "error" } else { "not followed" }.to_owned();
    Some(match state.on_response(policy, Status(302), &answer) {
        Action::Stop(stop) => failed(stop.ending == Ending::Error),
        Action::Follow(step) => {
            let target = &step.state.target;
            let host = target.resolved.as_deref().unwrap_or(&target.host);
            let here = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
            let port = url(&reading.first)?.port_or_known_default();
            if here && Some(target.effective_port()) == port {
                shown(&target.request_target())
            } else {
                failed(policy.errors == Errors::Reported)
            }
        }
    })
}

/// Whether `policy` makes of an odd Location what the client made of it.
pub(super) fn agrees(policy: &Policy, odd: &Odd, reading: &OddReading) -> bool {
    read_by(policy, odd, reading).is_some_and(|expected| expected == read(reading))
}

fn shown(target: &[u8]) -> String {
    target.escape_ascii().to_string()
}

fn of_limit(
    policy: &Policy,
    place: DifferencePlace,
    seen: &Limit,
    probed: &Probed,
) -> Option<Difference> {
    let expected = limit_of(policy, &place, probed)?;
    let told = |limit: &Limit| {
        let ending = if limit.failed { ", then an error" } else { "" };
        limit.followed.map_or_else(
            || "no limit".to_owned(),
            |followed| format!("{followed}{ending}"),
        )
    };
    let (expected, seen) = (told(&expected), told(seen));
    (expected != seen).then(|| Difference {
        place,
        what: "redirects".to_owned(),
        expected,
        seen,
    })
}

/// How many redirects `policy` follows.
pub(super) fn limit_of(policy: &Policy, place: &DifferencePlace, probed: &Probed) -> Option<Limit> {
    let first = probed
        .starts
        .iter()
        .find_map(|start| start.request.as_ref().ok())?;
    let mut state = State::start(policy, request(policy, first)?);
    for followed in 0..LONGEST_CHAIN {
        let path = match place {
            DifferencePlace::Loop => END.to_owned(),
            _ => format!("{}/chain/{}", END, LONGEST_CHAIN - followed),
        };
        let location: Headers = [("location", format!("{}{path}", first.origin))]
            .into_iter()
            .collect();
        match state.on_response(policy, Status(302), &location) {
            Action::Follow(step) => state = step.state,
            Action::Stop(stop) => {
                return Some(Limit {
                    followed: Some(followed),
                    failed: stop.ending == Ending::Error,
                });
            }
        }
    }
    Some(Limit {
        followed: None,
        failed: false,
    })
}
