//! Chains against a scripted transport: what is sent at each hop and how the chain ends.

mod cookies;
mod findings;

use url::Url;

use super::{
    EndKind, EndReason, FollowOptions, Follower, Jar, LeadsOn, Replay, Trace, Transport, follow,
};
use crate::clients;
use crate::model::{
    Body, Cause, Exchange, Failure, Headers, Method, Peer, Phase, Request, Response, Sent,
};
use crate::rules::step::StopReason;
use crate::rules::{BodyFate, Policy};

/// Answers in order, the last one for ever; each is a status and header lines.
struct Script(Vec<(u16, Vec<(&'static str, &'static str)>)>, usize);

impl Transport for Script {
    fn exchange(&mut self, request: &Request, _: LeadsOn<'_>) -> Exchange {
        let (status, lines) = self.0[self.1.min(self.0.len() - 1)].clone();
        self.1 += 1;
        if status == 0 {
            let failure = Failure::new(Phase::Connect, Peer::default(), Cause::Closed);
            return Exchange::answered(request, Err(failure));
        }
        let lines = lines.into_iter();
        let response = lines.fold(Response::new(status), |response, (name, value)| {
            response.with(name, value)
        });
        Exchange::answered(request, Ok(response))
    }
}

fn request(method: &str, url: &str) -> Request {
    let body = if method == "POST" || method == "PUT" {
        Body::from_bytes("a=1")
    } else {
        Body::NONE
    };
    let headers: Headers = [
        ("Accept", "*/*"),
        ("Authorization", "Bearer t"),
        ("X-Api-Key", "k"),
        ("Content-Type", "text/plain"),
    ]
    .into_iter()
    .collect();
    Request::new(
        Method::new(method).unwrap(),
        Url::parse(url).unwrap(),
        headers,
        body,
    )
}

fn run(
    policy: Policy,
    terms: FollowOptions,
    first: Request,
    script: &[(u16, &[(&'static str, &'static str)])],
) -> Trace {
    let mut script = Script(
        script
            .iter()
            .map(|(status, lines)| (*status, lines.to_vec()))
            .collect(),
        0,
    );
    follow(&mut script, Follower::new(policy, terms, first))
}

fn client(name: &str) -> Policy {
    clients::by_name(name).unwrap().policy.clone()
}

fn fetch(first: Request, script: &[(u16, &[(&'static str, &'static str)])]) -> Trace {
    run(Policy::fetch(), FollowOptions::default(), first, script)
}

/// The chain as `METHOD path [body] [authorization]` per hop.
fn sent(trace: &Trace) -> Vec<String> {
    let line = |sent: &Sent| {
        let body = if sent.body.is_some() { " +body" } else { "" };
        let authorization = if sent.headers.contains("authorization") {
            " +auth"
        } else {
            ""
        };
        format!("{} {}{body}{authorization}", sent.method, sent.target)
    };
    trace
        .hops
        .iter()
        .map(|hop| line(&hop.exchange.sent))
        .collect()
}

fn ids(trace: &Trace) -> Vec<&'static str> {
    trace
        .all_findings()
        // The scripts have no content.
        .filter(|finding| finding.note.id != "no-hypertext-note")
        .map(|finding| finding.note.id)
        .collect()
}

#[test]
fn a_post_keeps_its_body_until_a_302_and_never_gets_it_back() {
    let script: &[(u16, &[_])] = &[
        (308, &[("location", "/b")]),
        (307, &[("location", "/c")]),
        (302, &[("location", "/d")]),
        (308, &[("location", "/e")]),
        (200, &[]),
    ];
    let trace = fetch(request("POST", "http://o/a"), script);
    assert_eq!(
        sent(&trace),
        [
            "POST http://o/a +body +auth",
            "POST http://o/b +body +auth",
            "POST http://o/c +body +auth",
            "GET http://o/d +auth",
            "GET http://o/e +auth",
        ]
    );
    assert_eq!(trace.end.kind(), EndKind::Landed);
    assert_eq!(
        (trace.redirects(), trace.body(), trace.predictable()),
        (4, BodyFate::Dropped, false)
    );
    assert_eq!(
        trace.future_url().as_str(),
        "http://o/b",
        "past the leading permanent redirects, no further"
    );
    assert_eq!(
        ids(&trace),
        ["method-changed", "body-dropped", "unpredictable"]
    );
    let dropped = &trace.hops[2].redirect.as_ref().unwrap().dropped;
    assert_eq!(*dropped, ["content-type"]);
}

#[test]
fn rfc9110_sends_the_original_request_again() {
    let script: &[(u16, &[_])] = &[
        (301, &[("location", "/b")]),
        (302, &[("location", "/c")]),
        (200, &[]),
    ];
    let trace = run(
        Policy::rfc9110(),
        FollowOptions::default(),
        request("POST", "http://o/a"),
        script,
    );
    assert_eq!(sent(&trace)[2], "POST http://o/c +body +auth");
    assert_eq!(trace.verdict(), Some(crate::rules::Verdict::Recommended));
}

#[test]
fn credentials_go_at_an_origin_change_and_do_not_come_back() {
    let script: &[(u16, &[_])] = &[
        (307, &[("location", "http://p/b")]),
        (307, &[("location", "http://o/c")]),
        (200, &[]),
    ];
    let trace = fetch(request("GET", "http://o/a"), script);
    assert_eq!(
        sent(&trace),
        ["GET http://o/a +auth", "GET http://p/b", "GET http://o/c"]
    );
    let ids = ids(&trace);
    assert!(
        ids.contains(&"credentials-dropped"),
        "Authorization stayed behind: {ids:?}"
    );
    assert!(
        ids.contains(&"credentials-sent"),
        "X-Api-Key went along: {ids:?}"
    );
    let curl = run(
        client("curl"),
        FollowOptions::default(),
        request("GET", "http://o/a"),
        script,
    );
    assert_eq!(
        sent(&curl),
        [
            "GET http://o/a +auth",
            "GET http://p/b",
            "GET http://o/c +auth"
        ]
    );
}

#[test]
fn chains_end_as_the_contract_names_them() {
    use EndKind::{BadLocation, Failed, Landed, Loop, NotFollowed, Refused, TooMany};
    type Case = (
        &'static str,
        &'static str,
        &'static [(u16, &'static [(&'static str, &'static str)])],
        EndKind,
        usize,
    );
    #[rustfmt::skip]
    let cases: &[Case] = &[
        ("plain answer",         "GET",  &[(200, &[])],                                             Landed,      1),
        ("404 is an answer",     "GET",  &[(404, &[])],                                             Landed,      1),
        ("201 is no redirect",   "POST", &[(201, &[("location", "/b")])],                           Landed,      1),
        ("304 is no redirect",   "GET",  &[(304, &[("location", "/b")])],                           Landed,      1),
        ("300 not by Fetch",     "GET",  &[(300, &[("location", "/b")])],                           NotFollowed, 1),
        ("300 without Location", "GET",  &[(300, &[])],                                             Landed,      1),
        ("399 not by Fetch",     "GET",  &[(399, &[("location", "/b")])],                           NotFollowed, 1),
        ("no Location",          "GET",  &[(302, &[])],                                             BadLocation, 1),
        ("two Locations",        "GET",  &[(302, &[("location", "/b"), ("location", "/c")])],       BadLocation, 1),
        ("equal Locations",      "GET",  &[(302, &[("location", "/b"), ("location", "/b")]), (200, &[])], Landed, 2),
        ("bad port",             "GET",  &[(302, &[("location", "http://o:99999/")])],              BadLocation, 1),
        ("mailto",               "GET",  &[(302, &[("location", "mailto:a@b")])],                   Refused,     1),
        ("loop of one",          "GET",  &[(302, &[("location", "/a")])],                           Loop,        1),
        ("loop by fragment",     "GET",  &[(302, &[("location", "#x")])],                           Loop,        1),
        ("loop of two",          "GET",  &[(302, &[("location", "/b")]), (302, &[("location", "/a")])], Loop,    2),
        ("303 to itself as GET", "POST", &[(303, &[("location", "/a")]), (200, &[])],               Landed,      2),
        ("307 to itself",        "POST", &[(307, &[("location", "/a")])],                           Loop,        1),
        ("cookie wall",          "GET",  &[(302, &[("location", "/a"), ("set-cookie", "s=1")]), (200, &[])], Landed, 2),
        ("cookie wall unmoved",  "GET",  &[(302, &[("location", "/a"), ("set-cookie", "s=1")])],    Loop,        2),
        ("growing",              "GET",  &[(302, &[("location", "a/a")])],                          TooMany,     21),
        ("failed",               "GET",  &[(302, &[("location", "/b")]), (0, &[])],                 Failed,      2),
    ];
    for (name, method, script, kind, hops) in cases {
        let trace = fetch(request(method, "http://o/a"), script);
        assert_eq!(
            (trace.end.kind(), trace.hops.len()),
            (*kind, *hops),
            "{name}: {:?}",
            trace.end
        );
        assert_eq!(
            (trace.end.reason == EndReason::Landed),
            *kind == Landed,
            "{name}"
        );
    }
}

#[test]
fn at_a_stop_it_is_still_told_where_it_would_have_gone() {
    let to_b: &[(u16, &[_])] = &[(302, &[("location", "https://o/b")])];
    let stay = FollowOptions {
        follow: false,
        ..FollowOptions::default()
    };
    let secure_only = FollowOptions {
        schemes: vec!["http".to_owned()],
        ..FollowOptions::default()
    };
    let strict = Policy {
        limit: Some(0),
        ..Policy::fetch()
    };
    for (policy, terms, kind) in [
        (Policy::fetch(), stay, EndKind::NotFollowed),
        (Policy::fetch(), secure_only, EndKind::Refused),
        (strict, FollowOptions::default(), EndKind::TooMany),
    ] {
        let trace = run(policy, terms, request("POST", "http://o/a"), to_b);
        let redirect = trace.hops[0].redirect.as_ref().unwrap();
        assert_eq!(trace.end.kind(), kind);
        assert_eq!(
            (
                redirect.target.as_str(),
                redirect.followed,
                trace.redirects()
            ),
            ("https://o/b", false, 0)
        );
        assert_eq!(redirect.method.to, Method::GET);
    }
}

#[test]
fn a_chain_of_six_is_long() {
    let mut script: Vec<(u16, &[(&'static str, &'static str)])> =
        vec![(302, &[("location", "a/a")]); 6];
    script.push((200, &[]));
    assert_eq!(
        ids(&fetch(request("GET", "http://o/a"), &script)),
        ["too-long"]
    );
    assert_eq!(
        ids(&fetch(request("GET", "http://o/a"), &script[1..])),
        [""; 0]
    );
}

#[test]
fn curls_method_sticks_and_the_body_goes() {
    let script: &[(u16, &[_])] = &[(302, &[("location", "/b")]), (200, &[])];
    let trace = run(
        client("curl8-L-X"),
        FollowOptions::default(),
        request("POST", "http://o/a"),
        script,
    );
    assert_eq!(sent(&trace)[1], "POST http://o/b +auth");
    assert_eq!(trace.verdict(), Some(crate::rules::Verdict::Discouraged));
}

/// A chain that takes clients apart: 302 for a POST, abroad and back, a cookie on the way.
const TELLING: &[(u16, &[(&str, &str)])] = &[
    (307, &[("location", "/b"), ("set-cookie", "s=1")]),
    (302, &[("location", "http://p/c")]),
    (308, &[("location", "http://o/d")]),
    (200, &[]),
];

#[test]
fn played_to_the_client_that_was_followed_a_chain_is_what_it_was() {
    for profile in clients::all() {
        let first = request("POST", "http://o/a");
        let jar = Jar::new();
        let trace = run(
            profile.policy.clone(),
            FollowOptions::default(),
            first.clone(),
            TELLING,
        );
        let prediction = Replay::new(&first, Some(&jar), &trace).to(&profile.policy);
        let last = &trace.hops.last().unwrap().exchange.sent;
        let asks = &prediction.last;
        assert_eq!(
            (&asks.method, asks.content, asks.authorization, asks.cookie),
            (
                &last.method,
                last.body.is_some(),
                last.headers.contains("authorization"),
                last.headers.contains("cookie")
            ),
            "{}",
            profile.id
        );
        let followed = prediction
            .reactions
            .iter()
            .filter(|reaction| reaction.stopped.is_none())
            .count();
        assert_eq!(followed, trace.redirects(), "{}", profile.id);
    }
}

#[test]
fn the_others_are_told_from_the_answers_that_one_got() {
    let first = request("POST", "http://o/a");
    let trace = fetch(first.clone(), TELLING);
    let replay = Replay::new(&first, Some(&Jar::new()), &trace);
    let last = |client: &str| {
        let prediction = replay.to(&clients::by_name(client).unwrap().policy);
        let asks = prediction.last;
        let words = [
            (asks.content, "body"),
            (asks.authorization, "authorization"),
            (asks.cookie, "cookie"),
        ];
        let words = words
            .into_iter()
            .filter(|(there, _)| *there)
            .map(|(_, word)| word);
        format!("{} {}", asks.method, words.collect::<Vec<_>>().join(" "))
    };
    assert_eq!(last("fetch"), "GET cookie");
    assert_eq!(last("rfc9110"), "POST body cookie");
    assert_eq!(
        last("curl"),
        "GET authorization",
        "back at the first origin; no jar"
    );
    assert_eq!(
        last("ruby-net-http"),
        "POST body authorization",
        "it follows nothing"
    );
    let ureq = replay.to(&clients::by_name("ureq").unwrap().policy);
    let stopped: Vec<_> = ureq
        .reactions
        .iter()
        .map(|reaction| reaction.stopped.map(|(why, _)| why))
        .collect();
    assert_eq!(
        stopped,
        [Some(StopReason::NotFollowed)],
        "a POST that is answered 307"
    );
}

#[test]
fn followed_as_other_clients_chains_end_as_they_end_there() {
    use EndKind::{BadLocation, Landed, Loop, NotFollowed, Refused};
    type Answer = (u16, &'static [(&'static str, &'static str)]);
    type Case = (
        &'static str,
        &'static str,
        &'static str,
        &'static [Answer],
        EndKind,
        &'static str,
    );
    #[rustfmt::skip]
    let cases: &[Case] = &[
        ("curl",          "GET",  "http://o/a",  &[(302, &[("location", "mailto:a@b")])],                         Refused,     "mailto:a@b"),
        ("curl",          "GET",  "http://o/a",  &[(302, &[("location", "http:c")])],                             BadLocation, ""),
        ("curl",          "GET",  "http://o/a",  &[(304, &[("location", "/b")]), (200, &[])],                     Landed,      "http://o/b"),
        ("curl",          "GET",  "http://o/a",  &[(302, &[("location", "/b?a b")]), (200, &[])],                 Landed,      "http://o/b?a+b"),
        ("axios",         "GET",  "http://o/a",  &[(302, &[("location", "/b"), ("location", "/c")]), (200, &[])], Landed,      "http://o/b"),
        ("safari",        "GET",  "http://o/a",  &[(302, &[("location", "/b"), ("location", "/c")]), (200, &[])], Landed,      "http://o/b,%20/c"),
        ("chrome-nav",    "GET",  "http://o/a",  &[(200, &[("refresh", "0; URL='/b'")]), (200, &[])],             Landed,      "http://o/b"),
        ("fetch",         "GET",  "http://o/a",  &[(200, &[("refresh", "0; URL='/b'")])],                         Landed,      ""),
        ("java",          "GET",  "https://o/a", &[(302, &[("location", "http://o/b")])],                         Refused,     "http://o/b"),
        ("ruby-net-http", "GET",  "http://o/a",  &[(302, &[("location", "/b")])],                                 NotFollowed, "http://o/b"),
        ("ureq",          "POST", "http://o/a",  &[(307, &[("location", "/b")])],                                 NotFollowed, "http://o/b"),
        ("wget2",         "GET",  "http://o/a",  &[(302, &[("location", "/a")])],                                 Loop,        "http://o/a"),
        ("safari",        "GET",  "http://o/a",  &[(302, &[("location", "http://u:p@o:81/")])],                   Refused,     "http://u:p@o:81/"),
        ("node-fetch3",   "POST", "http://o/a",  &[(307, &[("location", "/b")])],                                 Refused,     "http://o/b"),
    ];
    for (client, method, start, script, kind, target) in cases {
        let policy = clients::by_name(client).unwrap().policy.clone();
        let trace = run(
            policy,
            FollowOptions::default(),
            request(method, start),
            script,
        );
        let led = trace.hops[0]
            .redirect
            .as_ref()
            .map_or("", |redirect| redirect.target.as_str());
        assert_eq!(
            (trace.end.kind(), led),
            (*kind, *target),
            "{client} {script:?}: {:?}",
            trace.end
        );
    }
}

#[test]
fn a_user_name_in_a_location_is_a_credential_for_some_clients() {
    let script: &[(u16, &[_])] = &[(302, &[("location", "http://us%20er:pw@p/b")]), (200, &[])];
    let authorization = |client: &str| {
        let policy = clients::by_name(client).unwrap().policy.clone();
        let trace = run(
            policy,
            FollowOptions::default(),
            request("GET", "http://o/a"),
            script,
        );
        let last = &trace.hops.last().unwrap().exchange.sent;
        assert_eq!(
            last.target.as_str(),
            "http://p/b",
            "it is not part of what is requested"
        );
        last.headers.text("authorization").map(str::to_owned)
    };
    assert_eq!(authorization("go").as_deref(), Some("Basic dXMgZXI6cHc="));
    assert_eq!(authorization("fetch"), None);
}
