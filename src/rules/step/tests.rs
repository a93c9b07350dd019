//! What goes along at one redirect, and what comes back at the next.

use proptest::prelude::*;
use url::Url;

use super::{Action, NextStep, State, StopReason};
use crate::model::{Body, Headers, Method, Request, Status};
use crate::rules::policy::{
    ComparedWith, ContentFields, Credential, CredentialScope, Kept, Policy,
};

const FIELDS: [&str; 15] = [
    "Accept",
    "X-Custom",
    "X-Api-Key",
    "If-None-Match",
    "Authorization",
    "Cookie",
    "Proxy-Authorization",
    "Host",
    "Referer",
    "Content-Type",
    "Content-Language",
    "Content-Digest",
    "Last-Modified",
    "Content-Length",
    "Expect",
];

fn request(method: &str, url: &str, headers: Headers) -> Request {
    let body = if method == "POST" {
        Body::from_bytes("a=1")
    } else {
        Body::NONE
    };
    Request::new(
        Method::new(method).unwrap(),
        Url::parse(url).unwrap(),
        headers,
        body,
    )
}

fn next(state: &State, policy: &Policy, code: u16, answer: &[(&str, &str)]) -> NextStep {
    match state.on_response(policy, Status(code), &answer.iter().copied().collect()) {
        Action::Follow(step) => *step,
        Action::Stop(stop) => panic!("{:?}", stop.why),
    }
}

fn lost(policy: &Policy, method: &str, code: u16, to: &str) -> Vec<&'static str> {
    let fields = FIELDS.iter().map(|name| (*name, "v")).collect();
    let state = State::start(policy, request(method, "https://a.example/x", fields));
    let kept = next(&state, policy, code, &[("location", to)])
        .state
        .headers;
    FIELDS
        .into_iter()
        .filter(|name| !kept.contains(name))
        .collect()
}

#[test]
fn fields_are_dropped_with_method_and_origin() {
    const SAME: &str = "https://a.example/y";
    const OF_FETCH: [&str; 4] = [
        "Content-Type",
        "Content-Language",
        "Content-Length",
        "Expect",
    ];
    const OF_RFC: [&str; 6] = [
        "Content-Type",
        "Content-Language",
        "Content-Digest",
        "Last-Modified",
        "Content-Length",
        "Expect",
    ];
    let fetch = Policy::fetch();
    assert_eq!(lost(&fetch, "POST", 307, SAME), [""; 0]);
    assert_eq!(
        lost(&fetch, "GET", 303, SAME),
        [""; 0],
        "a GET answered 303 keeps its content fields"
    );
    assert_eq!(lost(&fetch, "POST", 302, SAME), OF_FETCH);
    assert_eq!(lost(&Policy::rfc9110(), "POST", 303, SAME), OF_RFC);
    for crossing in [
        "https://a.example:8443/y",
        "https://b.example/y",
        "http://a.example/y",
    ] {
        let of_place = ["Authorization", "Cookie", "Proxy-Authorization", "Host"];
        assert_eq!(lost(&fetch, "POST", 307, crossing), of_place, "{crossing}");
    }
    let mut trusting = Policy::fetch();
    trusting.trust_locations();
    assert_eq!(
        lost(&trusting, "POST", 307, "https://b.example/y"),
        ["Host"]
    );
}

#[test]
fn keep_method_on_keeps_these_methods_for_its_code_only() {
    let kept_for = |methods: &[Method]| {
        let mut policy = Policy::fetch();
        policy.keep_method_on(301, methods);
        policy.keep_method_on(303, methods);
        policy
    };
    let becomes = |policy: &Policy, method, code| {
        let state = State::start(policy, request(method, "http://o/a", Headers::new()));
        let step = next(&state, policy, code, &[("location", "/b")]);
        format!("{} {}", step.state.method, step.body)
    };
    let post = kept_for(&[Method::POST]);
    #[rustfmt::skip]
    let cases = [
        ("POST", 301, "POST kept"),
        ("POST", 302, "GET dropped"),
        ("POST", 303, "POST kept"),
        ("PUT",  301, "PUT none"),
        ("PUT",  303, "GET none"),
        ("HEAD", 303, "HEAD none"),
    ];
    for (method, code, expected) in cases {
        assert_eq!(becomes(&post, method, code), expected, "{method} {code}");
    }
    let every = kept_for(&[]);
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        assert!(becomes(&every, method, 303).starts_with(method), "{method}");
    }
}

#[test]
fn generated_fields_are_carried_unlike_those_of_the_caller() {
    let made = ["content-type", "cookie"].map(str::to_owned).to_vec();
    let maker = Policy {
        generates: made,
        content_fields: ContentFields::default(),
        ..Policy::fetch()
    };
    let stranger = Policy {
        generates: Vec::new(),
        ..maker.clone()
    };
    let fields = |policy: &Policy, own: Vec<&'static str>, code, to| {
        let fields = [("Content-Type", "text/x"), ("Cookie", "k=v")]
            .into_iter()
            .collect();
        let first = Request {
            own,
            body: Body::from_bytes("x"),
            ..request("POST", "http://o/a", fields)
        };
        let headers = next(
            &State::start(policy, first),
            policy,
            code,
            &[("location", to)],
        )
        .state
        .headers;
        ["content-type", "cookie"].map(|name| headers.contains(name))
    };
    let own = || vec!["content-type", "cookie"];
    assert_eq!(
        fields(&maker, own(), 302, "/b"),
        [false, true],
        "the Content-Type goes with the content"
    );
    assert_eq!(fields(&maker, own(), 307, "/b"), [true, true]);
    assert_eq!(
        fields(&maker, own(), 307, "http://p/"),
        [true, true],
        "the Cookie goes to every host"
    );
    assert_eq!(
        fields(&maker, Vec::new(), 302, "http://p/"),
        [true, false],
        "the caller's"
    );
    assert_eq!(
        fields(&stranger, own(), 302, "http://p/"),
        [true, false],
        "a client without such options"
    );
}

#[test]
fn credentials_return_only_where_each_hop_is_judged_anew() {
    let back = |compared_with, returns| {
        let kept = Kept::Within(CredentialScope::ORIGIN);
        let fields = vec!["authorization".to_owned()];
        let credential = Credential {
            fields,
            kept,
            compared_with,
            returns,
            ..Credential::default()
        };
        let policy = Policy {
            credentials: vec![credential],
            ..Policy::fetch()
        };
        let state = State::start(
            &policy,
            request(
                "GET",
                "http://a/",
                [("Authorization", "v")].into_iter().collect(),
            ),
        );
        let away = next(&state, &policy, 302, &[("location", "http://b/")]).state;
        assert!(!away.headers.contains("authorization"));
        let comes = |to| {
            next(&away, &policy, 302, &[("location", to)])
                .state
                .headers
                .contains("authorization")
        };
        (comes("http://a/"), comes("http://b/2"))
    };
    assert_eq!(
        back(ComparedWith::Previous, false),
        (false, false),
        "a dropped credential never comes back"
    );
    assert_eq!(
        back(ComparedWith::First, true),
        (true, false),
        "curl: to the first origin"
    );
    assert_eq!(
        back(ComparedWith::Previous, true),
        (false, true),
        "reqwest: to the foreign host's second hop"
    );
}

#[test]
fn referer_is_limited_by_the_referrer_policy() {
    const PAGE: &str = "https://p.example/x?q";
    const CLEAR: &str = "http://p.example/x?q";
    const ORIGIN: &str = "https://p.example/";
    let sent = |referer: &str, to: &str, policy: &str| {
        let fields = [("Referer", referer)].into_iter().collect();
        let state = State::start(
            &Policy::fetch(),
            request("GET", "https://a.example/", fields),
        );
        let step = next(
            &state,
            &Policy::fetch(),
            302,
            &[("location", to), ("referrer-policy", policy)],
        );
        step.state.headers.text("referer").map(str::to_owned)
    };
    let [same, other, clear] = [
        "https://p.example/y",
        "https://b.example/",
        "http://b.example/",
    ];
    #[rustfmt::skip]
    let cases = [
        // policy                                   same origin    another       from https to http
        ("",                                        [Some(PAGE),   Some(PAGE),   None]),
        ("no-referrer",                             [None,         None,         None]),
        ("no-referrer-when-downgrade",              [Some(PAGE),   Some(PAGE),   None]),
        ("same-origin",                             [Some(PAGE),   None,         None]),
        ("origin",                                  [Some(ORIGIN), Some(ORIGIN), Some(ORIGIN)]),
        ("strict-origin",                           [Some(ORIGIN), Some(ORIGIN), None]),
        ("origin-when-cross-origin",                [Some(PAGE),   Some(ORIGIN), Some(ORIGIN)]),
        ("strict-origin-when-cross-origin",         [Some(PAGE),   Some(ORIGIN), None]),
        ("unsafe-url",                              [Some(PAGE),   Some(PAGE),   Some(PAGE)]),
        ("No-Referrer",                             [None,         None,         None]),
        ("no-referrer, unsafe-url, made-up",        [Some(PAGE),   Some(PAGE),   Some(PAGE)]),
        ("made-up",                                 [Some(PAGE),   Some(PAGE),   None]),
    ];
    for (policy, expected) in cases {
        let found = [same, other, clear].map(|to| sent(PAGE, to, policy));
        assert_eq!(found.each_ref().map(Option::as_deref), expected, "{policy}");
    }
    assert_eq!(
        sent(CLEAR, clear, "").as_deref(),
        Some(CLEAR),
        "there was nothing to protect"
    );
    assert_eq!(sent("no URL", clear, "").as_deref(), Some("no URL"));
}

#[test]
fn stop_says_why_and_the_hypothetical_next_step() {
    let stop = |policy: &Policy, code, location: &[&str]| {
        let state = State::start(policy, request("GET", "http://o/a", Headers::new()));
        let answer: Headers = location.iter().map(|value| ("location", *value)).collect();
        match state.on_response(policy, Status(code), &answer) {
            Action::Stop(stop) => (stop.why, stop.hypothetical.is_some()),
            Action::Follow(step) => panic!("{:?}", step.state.target),
        }
    };
    let fetch = Policy::fetch();
    assert_eq!(stop(&fetch, 200, &["/b"]), (StopReason::Answer, false));
    assert_eq!(stop(&fetch, 300, &["/b"]), (StopReason::NotFollowed, true));
    assert_eq!(stop(&fetch, 302, &[]), (StopReason::BadLocation, false));
    assert_eq!(
        stop(&fetch, 302, &["/b", "/c"]),
        (StopReason::BadLocation, false)
    );
    assert_eq!(
        stop(&fetch, 302, &["mailto:a@b"]),
        (StopReason::Scheme, true)
    );
    assert_eq!(
        stop(
            &Policy {
                limit: Some(0),
                ..Policy::fetch()
            },
            302,
            &["/b"]
        ),
        (StopReason::Limit, true)
    );
}

proptest! {
    #[test]
    fn step_survives_any_answer(code in 200_u16..400, location: Vec<u8>, policy in "\\PC*") {
        let answer: Headers =
            [("location", location), ("referrer-policy", policy.into_bytes())].into_iter().collect();
        let state = State::start(&Policy::fetch(), request("POST", "http://o/a", Headers::new()));
        let _ = state.on_response(&Policy::fetch(), Status(code), &answer);
    }
}
