//! Clients that are known played to the distiller: what it makes of what they do must say the same.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use super::super::request::RequestFraming;
use super::super::request_reader::RequestContent;
use super::cell::outcome;
use super::predict::{limit_of, request, target};
use super::run::Run;
use super::*;
use crate::clients;
use crate::model::{Digest, Headers, Method};
use crate::rules::Policy;
use crate::rules::policy::{Ending, FramedBy as Said};
use crate::rules::step::{Action, State};

/// What `state` puts on the wire.
fn arrival(state: &State, path: &str) -> Arc<Arrival> {
    let content = |bytes: u64, fill: u8| RequestContent {
        digest: Digest {
            bytes,
            sha256: [fill; 32],
            complete: true,
        },
        prefix: Vec::new(),
        framing: RequestFraming::Length(bytes),
    };
    let content = match (state.body.is_none(), state.framing) {
        (false, _) => Some(content(23, 1)),
        (true, Some(_)) => Some(content(0, 0)),
        (true, None) => None,
    };
    let mut headers = state.headers.clone();
    if state.framing == Some(Said::Chunked) {
        headers.push("transfer-encoding", "chunked");
    }
    Arc::new(Arrival {
        n: 1,
        connection: 1,
        peer: SocketAddr::from((Ipv4Addr::LOCALHOST, 1)),
        origin: "http://127.0.0.1:8000".to_owned(),
        method: state.method.to_string(),
        target: path.as_bytes().to_vec(),
        version: "HTTP/1.1".to_owned(),
        headers,
        content,
        status: Some(200),
    })
}

/// The request of a caller who sets every field.
fn first(policy: &Policy, ask: &ProbeRequest, path: &str) -> Arc<Arrival> {
    let mut headers: Headers = [("authorization", "a"), ("cookie", "b=c"), ("x-custom", "d")]
        .into_iter()
        .collect();
    if ask.body {
        headers.push("content-type", "application/json");
        headers.push("content-language", "en");
    }
    let body = if ask.body {
        crate::model::Body::from_bytes(BODY)
    } else {
        crate::model::Body::NONE
    };
    let url = url::Url::parse(&format!("http://127.0.0.1:8000{path}")).unwrap();
    let method = ask.method.clone().unwrap();
    arrival(
        &State::start(
            policy,
            crate::model::Request::new(method, url, headers, body),
        ),
        path,
    )
}

/// What a client of `policy` does in `situation`.
fn played(policy: &Policy, ask: &ProbeRequest, situation: &ProbedRedirect) -> ProbedCell {
    let path = situation.path();
    let first = first(policy, ask, &path);
    let state = State::start(policy, request(policy, &first).unwrap());
    let location: Headers = [("location", target(&first, situation.crossing).unwrap())]
        .into_iter()
        .collect();
    let (next, failed) = match state.on_response(policy, situation.status, &location) {
        Action::Follow(step) => (Some(arrival(&step.state, END)), step.state.fails_after),
        Action::Stop(stop) => (None, stop.ending == Ending::Error),
    };
    let run = Run {
        arrivals: std::iter::once(first).chain(next).collect(),
        failed,
        ended: String::new(),
    };
    let ProbedRedirect { status, crossing } = *situation;
    ProbedCell {
        status,
        crossing,
        ask: ask.clone(),
        outcome: outcome(&run, &path, situation),
    }
}

/// A probe of a client of `policy`, as far as it sends what it is asked for.
fn probed(profile: &clients::Profile) -> Probed {
    let words = ["c", "{method}", "{url}", "{body}"].map(std::ffi::OsString::from);
    let asks = situation::asks(
        &Command::new(&words).unwrap(),
        &ProbeScope::default().methods,
    );
    let asks: Vec<ProbeRequest> = asks
        .into_iter()
        .filter(|ask| {
            ask.method
                .as_ref()
                .is_some_and(|method| profile.sends(method))
        })
        .collect();
    let policy = &profile.policy;
    let codes = [300, 301, 302, 303, 305, 307, 308].map(Status);
    let start = |ask: &ProbeRequest| Start {
        ask: ask.clone(),
        request: Ok(first(policy, ask, END)),
    };
    let unknown = || Err("not played".to_owned());
    let mut probed = Probed {
        starts: asks.iter().map(start).collect(),
        cells: asks
            .iter()
            .flat_map(|ask| {
                ProbedRedirect::all(&codes).map(move |situation| played(policy, ask, &situation))
            })
            .collect(),
        limits: LimitsSeen {
            chain: unknown(),
            looped: unknown(),
        },
        odd: Vec::new(),
        unreached: Vec::new(),
        answers: Vec::new(),
        runs: 0,
    };
    let limit = |place| limit_of(policy, &place, &probed).ok_or_else(|| "not played".to_owned());
    let (chain, looped) = (limit(DifferencePlace::Chain), limit(DifferencePlace::Loop));
    probed.limits = LimitsSeen { chain, looped };
    probed
}

/// What the policy distilled of a known client does otherwise.
fn wrong(profile: &clients::Profile) -> Option<String> {
    let probed = probed(profile);
    assert_eq!(
        differences(&profile.policy, &probed),
        [],
        "{}: a client is as it is",
        profile.id
    );
    let differences = differences(&distil(&probed), &probed);
    let first = differences.first()?;
    Some(format!(
        "{}: {} differ, as {first:?}",
        profile.id,
        differences.len()
    ))
}

#[test]
fn what_is_distilled_of_a_known_client_does_what_it_does() {
    // The Referer and Origin that a browser writes by itself are not distilled: no command drives one from a page.
    let profiles: Vec<_> = clients::all()
        .filter(|profile| profile.policy.browser.is_none())
        .collect();
    let wrong = in_parallel(
        &profiles,
        NonZeroUsize::new(4).unwrap(),
        |profile| wrong(profile),
        &mut || (),
    );
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// 307 keeps the method; where there was no content, there is none to keep.
#[test]
fn probe_of_a_client_that_is_fetch_finds_it_as_fetch_in_every_cell() {
    let browser = clients::by_name("chromium-fetch").unwrap();
    let probed = probed(browser);
    let nexts: Vec<_> = probed
        .cells
        .iter()
        .filter_map(|cell| Some((cell, cell.outcome.as_ref().ok()?.next.as_ref()?)))
        .collect();
    assert!(
        nexts
            .iter()
            .any(|(cell, _)| !cell.ask.body && cell.status == Status(307))
    );
    for (cell, next) in nexts {
        assert!(next.as_fetch, "{cell:?}");
    }
}

/// Surplus slashes are skipped by the URL Standard: <https://url.spec.whatwg.org/#special-authority-ignore-slashes-state>.
#[test]
fn odd_location_with_three_slashes_names_a_host_to_browsers() {
    let policy = Policy::fetch();
    let path = odd::path("triple-slash");
    let ask = ProbeRequest {
        method: Some(Method::GET),
        body: false,
    };
    let run = Run {
        arrivals: vec![first(&policy, &ask, &path)],
        failed: false,
        ended: String::new(),
    };
    let read = odd::odd("triple-slash", Ok(run)).outcome.unwrap();
    let (origin, target) = read.browser.unwrap();
    assert!(origin.starts_with("http://127.0.0.1"), "{origin}");
    assert_eq!(target, b"/echo");
}
