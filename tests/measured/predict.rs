//! What a policy does in a cell.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rehop::follow::Jar;
use rehop::model::{Body, Headers, Method, Request, Status};
use rehop::rules::Policy;
use rehop::rules::location::Target;
use rehop::rules::policy::{Ending, Errors, FramedBy};
use rehop::rules::step::{Action, State};
use url::Url;

use super::cells::{Cell, Outcome, data};

/// Location values by form, each character an octet.
static FORMS: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| serde_json::from_str(&data("forms.json")).expect("forms"));

/// Start and target URL by crossing.
static CROSSINGS: LazyLock<BTreeMap<String, [String; 2]>> =
    LazyLock::new(|| serde_json::from_str(&data("crossings.json")).expect("crossings"));

/// The ports on which the measured clients were answered: where chains began, and the other one.
const PORTS: [u16; 2] = [40815, 42187];

/// Redirects of an endless chain after which a client was said to know no limit.
const ENDLESS: usize = 150;

/// The fields whose fate was recorded.
const RECORDED: [&str; 8] = [
    "authorization",
    "content-language",
    "content-length",
    "content-type",
    "cookie",
    "origin",
    "referer",
    "x-custom",
];

/// The text with what was abbreviated: `{x*4000}` is so many x.
pub(super) fn text_of(packed: &str) -> String {
    let Some((before, rest)) = packed.split_once("{x*") else {
        return packed.to_owned();
    };
    let (count, after) = rest.split_once('}').expect("an abbreviation ends");
    [before, &"x".repeat(count.parse().expect("a number")), after].concat()
}

fn octets(text: &str) -> Vec<u8> {
    text_of(text)
        .chars()
        .map(|octet| u8::try_from(octet).expect("each character is an octet"))
        .collect()
}

/// The request of a client that can set every field.
pub(super) fn first_request(method: &str, url: &str, content: bool) -> Request {
    let mut headers: Headers = [
        ("authorization", "Bearer caller"),
        ("cookie", "caller=1"),
        ("x-custom", "caller"),
    ]
    .into_iter()
    .collect();
    if content {
        headers.push("content-type", "text/plain");
        headers.push("content-language", "en");
    }
    let body = if content {
        Body::from_bytes("twenty-three characters")
    } else {
        Body::NONE
    };
    Request::new(
        Method::new(method).expect(method),
        Url::parse(url).expect(url),
        headers,
        body,
    )
}

fn request_of(cell: &Cell, url: &str) -> Request {
    let word = cell.request.split('#').next().unwrap_or_default();
    let content = matches!(word, "POST" | "PUT" | "PATCH" | "QUERY" | "DELETE+body");
    let method = word.trim_end_matches("-nobody").trim_end_matches("+body");
    first_request(method, url, content)
}

/// What a client of this policy does in this cell.
pub(super) fn predicted(policy: &Policy, cell: &Cell) -> Outcome {
    match cell.suite.as_str() {
        "limit" => endless(policy, cell),
        "loc" => located(policy, cell),
        suite => {
            let [from, to] = &CROSSINGS[&cell.to];
            let state = State::start(policy, request_of(cell, from));
            let state = if suite == "stream" {
                state.streamed()
            } else {
                state
            };
            let answer: Headers = [("location", to.as_str())].into_iter().collect();
            one_hop(policy, cell, &state, &answer)
        }
    }
}

fn located(policy: &Policy, cell: &Cell) -> Outcome {
    let fragment = if cell.request.contains('#') {
        "#orig"
    } else {
        ""
    };
    let port = PORTS[0];
    let from = format!(
        "http://127.0.0.1:{port}/loc?form={}&id=ID&code={}{fragment}",
        cell.to, cell.code
    );
    let mut answer: Headers = FORMS[&cell.to]
        .iter()
        .map(|value| ("location", octets(value)))
        .collect();
    if cell.to.starts_with("set-cookie") {
        answer.push("set-cookie", "lab=1");
    }
    if cell.to == "refresh" {
        answer.push("refresh", "0; url=/end?id=ID");
    }
    one_hop(
        policy,
        cell,
        &State::start(policy, request_of(cell, &from)),
        &answer,
    )
}

fn one_hop(policy: &Policy, cell: &Cell, state: &State, answer: &Headers) -> Outcome {
    let stopped = |error| Outcome {
        error,
        what: "no".to_owned(),
        fields: String::new(),
        target: String::new(),
    };
    // Refresh came with a 200.
    let status = if answer.contains("refresh") {
        Status(200)
    } else {
        Status(cell.code)
    };
    let step = match state.on_response(policy, status, answer) {
        Action::Follow(step) => step,
        Action::Stop(stop) => return stopped(stop.ending == Ending::Error),
    };
    let next = &step.state;
    if cell.suite == "loc" && !answers(&next.target) {
        return stopped(policy.errors == Errors::Reported);
    }
    let content = match (next.body.is_none(), next.framing) {
        (false, _) => "same",
        (true, Some(_)) => "empty",
        (true, None) => "absent",
    };
    let target = next
        .target
        .request_target()
        .iter()
        .map(|octet| char::from(*octet))
        .collect::<String>();
    Outcome {
        error: next.fails_after,
        what: format!("{} {content}", next.method),
        fields: fates(policy, cell, state, next, answer),
        target: if cell.suite == "loc" {
            target.replace("?id=ID", "").replace("&id=ID", "")
        } else {
            String::new()
        },
    }
}

/// Whether somebody answered there.
fn answers(target: &Target) -> bool {
    let host = target.resolved.as_deref().unwrap_or(&target.host);
    matches!(host, "127.0.0.1" | "localhost" | "[::1]") && PORTS.contains(&target.effective_port())
}

/// What became of each recorded field.
fn fates(policy: &Policy, cell: &Cell, state: &State, next: &State, answer: &Headers) -> String {
    let mut jar = Jar::new();
    jar.store(&policy.cookies, &state.target.url().expect("a URL"), answer);
    let mut then = on_the_wire(next);
    if let Some(cookie) = next
        .target
        .url()
        .and_then(|url| jar.field(policy, &url, &next.headers))
    {
        then.set("cookie", cookie);
    }
    let was = on_the_wire(state);
    let fates = RECORDED
        .into_iter()
        .filter_map(|name| match (was.get(name), then.get(name)) {
            (None, None) => None,
            (Some(_), None) => Some(format!("-{name}")),
            (None, Some(_)) => Some(format!("+{name}")),
            // The page from which the measured navigation began had another URL than the request.
            (Some(_), Some(_)) if cell.to == "refresh" && name == "referer" => {
                Some(format!("~{name}"))
            }
            (Some(was), Some(now)) if was == now => Some(format!("={name}")),
            (Some(_), Some(_)) => Some(format!("~{name}")),
        });
    fates.collect::<Vec<_>>().join(" ")
}

/// The fields and the Content-Length that the framing makes.
fn on_the_wire(state: &State) -> Headers {
    let mut headers = state.headers.clone();
    if state.framing == Some(FramedBy::ContentLength) {
        let length = state
            .body
            .content()
            .and_then(rehop::model::Content::length)
            .unwrap_or(0);
        headers.set("content-length", length.to_string());
    }
    headers
}

fn endless(policy: &Policy, cell: &Cell) -> Outcome {
    let base = format!("http://127.0.0.1:{}/loop?n=", PORTS[0]);
    let done = |redirects: &str, error| Outcome {
        error,
        what: redirects.to_owned(),
        fields: String::new(),
        target: String::new(),
    };
    let mut state = State::start(policy, request_of(cell, &format!("{base}0")));
    for n in 1..=ENDLESS {
        let to = if cell.to == "selfloop" { 0 } else { n };
        let answer: Headers = [("location", format!("{base}{to}"))].into_iter().collect();
        match state.on_response(policy, Status(cell.code), &answer) {
            Action::Follow(step) => state = step.state,
            Action::Stop(stop) => return done(&(n - 1).to_string(), stop.ending == Ending::Error),
        }
    }
    done("all", false)
}
