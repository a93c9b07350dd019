//! What chains detect, and what they do not.

use super::{Script as Answers, client, request, run, sent};
use crate::follow::{
    EndKind, EndReason, FollowOptions, Follower, LeadsOn, Refusal, Trace, Transport, follow,
};
use crate::model::{
    Connection, ContentFault, ContentFaultKind, Exchange, Headers, Request, Tls, TlsFault,
};
use crate::rules::findings::NOTES;
use crate::rules::policy::Referer;
use crate::rules::{Facts, Finding, Policy};

type Script = &'static [(u16, &'static [(&'static str, &'static str)])];

fn followed_as(name: &str, method: &str, script: Script) -> Trace {
    run(
        client(name),
        FollowOptions::default(),
        request(method, "http://o/a"),
        script,
    )
}

/// The findings as `hop id`.
fn raised(trace: &Trace) -> Vec<String> {
    let name = |hop: Option<usize>| hop.map_or("chain".to_owned(), |hop| hop.to_string());
    trace
        .all_findings()
        .map(|finding| format!("{} {}", name(finding.hop), finding.note.id))
        .collect()
}

/// `hop field, field` for each hop at which credentials reach an origin that is not the chain's own.
fn exposed(trace: &Trace) -> Vec<String> {
    let says = trace
        .all_findings()
        .filter(|finding| finding.note.id == "credentials-sent");
    says.map(|finding| {
        format!(
            "{} {}",
            finding.hop.unwrap(),
            match &finding.facts {
                Facts::CredentialsSent { names, .. } => names.join(", "),
                other => panic!("{other:?}"),
            }
        )
    })
    .collect()
}

#[test]
fn a_credential_is_told_of_at_each_hop_that_takes_it_somewhere_new() {
    const ABROAD: Script = &[
        (302, &[("location", "http://p/b")]),
        (302, &[("location", "/c")]),
        (200, &[]),
    ];
    const BACK: Script = &[
        (302, &[("location", "http://p/b")]),
        (302, &[("location", "http://o/c")]),
        (200, &[]),
    ];
    const FAR: Script = &[
        (302, &[("location", "http://p/b")]),
        (302, &[("location", "http://q/c")]),
        (200, &[]),
    ];
    const GIVEN: Script = &[(302, &[("location", "http://u:p@p/b")]), (200, &[])];
    #[rustfmt::skip]
    let cases: &[(&str, Script, &[&str])] = &[
        ("fetch",   ABROAD, &["1 x-api-key"]),
        ("reqwest", ABROAD, &["1 x-api-key", "2 authorization"]),
        ("go1.19",  ABROAD, &["1 x-api-key", "2 authorization"]),
        ("fetch",   BACK,   &["1 x-api-key"]),
        ("curl",    BACK,   &["1 x-api-key"]),
        ("fetch",   FAR,    &["1 x-api-key", "2 x-api-key"]),
        ("go",      GIVEN,  &["1 x-api-key"]),
    ];
    for (name, script, expected) in cases {
        let trace = followed_as(name, "GET", script);
        assert_eq!(
            exposed(&trace),
            *expected,
            "{name} {script:?}: {:?}",
            sent(&trace)
        );
    }
    let mut trusting = client("curl");
    trusting.trust_locations();
    let mut first = request("GET", "http://o/a");
    first.headers = [("cookie", "s=1")].into_iter().collect::<Headers>();
    assert_eq!(
        exposed(&run(trusting, FollowOptions::default(), first, ABROAD)),
        ["1 cookie"]
    );
}

#[test]
fn nobody_is_accused_of_a_request_that_was_not_made() {
    const SHIFTY: Script = &[(302, &[("location", "http://p/\\b")])];
    let server = [
        "1 unpredictable",
        "1 cross-origin",
        "1 invalid-location",
        "1 no-hypertext-note",
    ];
    let stay = FollowOptions {
        follow: false,
        ..FollowOptions::default()
    };
    let stopped = run(client("fetch"), stay, request("POST", "http://o/a"), SHIFTY);
    assert_eq!(
        (stopped.end.kind(), raised(&stopped)),
        (EndKind::NotFollowed, server.map(str::to_owned).to_vec())
    );
    let followed = followed_as(
        "fetch",
        "POST",
        &[(302, &[("location", "http://p/\\b")]), (200, &[])],
    );
    for id in [
        "method-changed",
        "body-dropped",
        "credentials-sent",
        "credentials-dropped",
    ] {
        assert!(
            raised(&followed).contains(&format!("1 {id}")),
            "{id}: {:?}",
            raised(&followed)
        );
    }
}

#[test]
fn a_client_that_cannot_go_on_is_told_where_it_would_have_gone_and_why_not() {
    let reason = |name: &str, method: &str, script| followed_as(name, method, script).end.reason;
    let again: Script = &[(307, &[("location", "/b")])];
    assert_eq!(
        reason("node-fetch3", "POST", again),
        EndReason::Refused(Refusal::Content)
    );
    let userinfo: Script = &[(302, &[("location", "http://u:p@o:81/")])];
    assert_eq!(
        reason("safari", "GET", userinfo),
        EndReason::Refused(Refusal::Userinfo)
    );
}

/// A scripted transport whose exchanges went in some way of their own.
struct Amended(Answers, fn(&mut Exchange));

impl Transport for Amended {
    fn exchange(&mut self, request: &Request, leads_on: LeadsOn<'_>) -> Exchange {
        let mut exchange = self.0.exchange(request, leads_on);
        (self.1)(&mut exchange);
        exchange
    }
}

/// One exchange that went so, in answer to this method.
fn went(method: &str, so: fn(&mut Exchange)) -> Trace {
    let mut transport = Amended(Answers(vec![(200, Vec::new())], 0), so);
    let follower = Follower::new(
        Policy::fetch(),
        FollowOptions::default(),
        request(method, "http://o/a"),
    );
    follow(&mut transport, follower)
}

fn on(exchange: &mut Exchange, retried: bool, fault: Option<TlsFault>) {
    let tls = Tls {
        fault,
        ..Tls::default()
    };
    exchange.connection = Some(Connection {
        retried,
        tls: Some(tls),
        ..Connection::default()
    });
}

fn fetch(method: &str, url: &str, code: u16, location: &'static str) -> Trace {
    let mut transport = Answers(
        vec![(code, vec![("location", location)]), (200, Vec::new())],
        0,
    );
    follow(
        &mut transport,
        Follower::new(
            Policy::fetch(),
            FollowOptions::default(),
            request(method, url),
        ),
    )
}

fn redirects(count: usize) -> Trace {
    let mut script: Vec<_> = vec![(302, vec![("location", "a/a")]); count];
    script.push((200, Vec::new()));
    let first = request("GET", "http://o/a");
    follow(
        &mut Answers(script, 0),
        Follower::new(Policy::fetch(), FollowOptions::default(), first),
    )
}

/// One redirect of a client that says in the Referer where it comes from, all of it.
fn referred(from: &str, to: &'static str) -> Trace {
    let mut policy = Policy::fetch();
    policy.referer = Referer::Previous;
    let script = vec![(302, vec![("location", to)]), (200, Vec::new())];
    let follower = Follower::new(policy, FollowOptions::default(), request("GET", from));
    follow(&mut Answers(script, 0), follower)
}

/// A redirect to `/b` with this content.
fn noted(method: &str, kind: &'static str, content: &'static str) -> Trace {
    struct Noted(Answers, &'static str);
    impl Transport for Noted {
        fn exchange(&mut self, request: &Request, leads_on: LeadsOn<'_>) -> Exchange {
            let mut exchange = self.0.exchange(request, leads_on);
            let received = &mut exchange.answer.as_mut().unwrap().content;
            received.prefix = self.1.as_bytes().to_vec();
            received.bytes = self.1.len() as u64;
            exchange
        }
    }
    let fields = vec![("location", "/b"), ("content-type", kind)];
    let answers = Answers(vec![(302, fields), (200, Vec::new())], 0);
    let first = request(method, "http://o/a");
    let follower = Follower::new(Policy::fetch(), FollowOptions::default(), first);
    follow(&mut Noted(answers, content), follower)
}

#[test]
fn a_note_links_to_the_target_or_names_it_in_plain_text() {
    for (method, kind, content, raised) in [
        ("GET", "text/html", "", true),
        ("GET", "text/html", "Moved to /b", true),
        ("GET", "text/html", "<a href=/c>", true),
        ("GET", "text/html", "<a href=\"http://o/b\">", false),
        ("GET", "text/html", "<a href=b#x>", false),
        ("GET", "text/plain", "Found. Redirecting to /b", false),
        ("GET", "text/plain", "Found.", true),
        ("HEAD", "text/html", "", false),
    ] {
        let trace = noted(method, kind, content);
        let is_note = |finding: &Finding| finding.note.id == "no-hypertext-note";
        let found = trace.all_findings().any(is_note);
        assert_eq!(found, raised, "{method} {kind} {content}");
    }
}

#[test]
fn escaped_brackets_are_told_where_they_end_the_chain() {
    let at = |code| raised(&fetch("GET", "http://o/a", code, "http://%5B::1%5D/"));
    assert_eq!(at(302), ["1 invalid-location"]);
    assert_eq!(at(200), ["1 location-unused"]);
}

/// Each finding, a chain that raises it, and one close by that does not.
fn cases() -> Vec<(&'static str, Trace, Trace)> {
    const TWICE: Script = &[(302, &[("location", "/b"), ("location", "/b")]), (200, &[])];
    let to = |method, code, location| fetch(method, "http://o/a", code, location);
    let refreshing = |script: Script| followed_as("fetch", "GET", script);
    let whole: fn(&mut Exchange) = |_| {};
    vec![
        (
            "method-changed",
            to("POST", 302, "/b"),
            to("POST", 307, "/b"),
        ),
        ("body-dropped", to("PUT", 303, "/b"), to("PUT", 302, "/b")),
        ("unpredictable", to("PUT", 302, "/b"), to("PUT", 303, "/b")),
        (
            "downgrade",
            fetch("GET", "https://o/a", 302, "http://o/b"),
            to("GET", 302, "https://o/b"),
        ),
        (
            "cross-origin",
            to("GET", 302, "http://o:81/b"),
            to("GET", 302, "http://o:80/b"),
        ),
        (
            "credentials-sent",
            to("GET", 302, "http://p/b"),
            to("GET", 302, "/b"),
        ),
        (
            "credentials-dropped",
            to("GET", 302, "http://p/b"),
            to("GET", 302, "/b"),
        ),
        (
            "credentials-in-referer",
            referred("http://o/a?token=t", "http://p/b"),
            referred("http://o/a?page=1", "http://p/b"),
        ),
        (
            "body-sent",
            to("POST", 307, "http://p/b"),
            to("POST", 307, "/b"),
        ),
        (
            "sent-in-clear",
            to("GET", 302, "https://o/b"),
            to("GET", 302, "/b"),
        ),
        (
            "to-private",
            fetch("GET", "http://o.example/a", 302, "http://10.0.0.1/"),
            fetch("GET", "http://10.0.0.2/a", 302, "http://10.0.0.1/"),
        ),
        ("too-long", redirects(6), redirects(5)),
        (
            "growing-target",
            refreshing(&[
                (302, &[("location", "/in?to=/a")]),
                (302, &[("location", "/in?to=/in%3Fto=/a")]),
                (302, &[("location", "/in?to=/in%3Fto=/in%253Fto=/a")]),
                (200, &[]),
            ]),
            refreshing(&[
                (302, &[("location", "/in?to=/a")]),
                (302, &[("location", "//sso/in?to=/in%3Fto=/a")]),
                (302, &[("location", "//o/in?to=/a&ticket=1")]),
                (200, &[]),
            ]),
        ),
        (
            "port-changed",
            to("GET", 302, "http://o:8080/b"),
            to("GET", 302, "http://o:80/b"),
        ),
        (
            "query-doubled",
            fetch("GET", "http://o/a?x=1", 302, "/b?x=1&x=1"),
            fetch("GET", "http://o/a?x=1", 302, "/b?x=1"),
        ),
        (
            "escaped-twice",
            fetch("GET", "http://o/a%20b", 302, "/c/a%2520b"),
            fetch("GET", "http://o/a%20b", 302, "/in?to=/a%2520b"),
        ),
        (
            "early-answer",
            went("POST", |e| e.sent.body.as_mut().unwrap().complete = false),
            went("POST", whole),
        ),
        (
            "repeated-location",
            followed_as("fetch", "GET", TWICE),
            to("GET", 302, "/b"),
        ),
        (
            "invalid-location",
            to("GET", 302, "/a b"),
            to("GET", 302, "/a%20b"),
        ),
        (
            "ambiguous-host",
            to("GET", 302, "/\\p/b"),
            to("GET", 302, "//p/b"),
        ),
        (
            "userinfo-in-location",
            to("GET", 302, "http://u@o/b"),
            to("GET", 302, "/u@o/b"),
        ),
        (
            "location-host-without-scheme",
            to("GET", 302, "example.com/b"),
            to("GET", 302, "index.html"),
        ),
        (
            "location-unused",
            to("GET", 200, "/b"),
            to("POST", 201, "/b"),
        ),
        (
            "no-hypertext-note",
            to("GET", 302, "/b"),
            noted("GET", "text/html", "<a href='/b'>Found</a>"),
        ),
        (
            "cookie-refused",
            refreshing(&[(200, &[("set-cookie", "s=1; Secure")])]),
            refreshing(&[(200, &[("set-cookie", "s=; Max-Age=0")])]),
        ),
        (
            "refresh",
            refreshing(&[(200, &[("refresh", "0; url=/b")])]),
            refreshing(&[(200, &[("refresh", "0")])]),
        ),
        (
            "body-fault",
            went("GET", |e| {
                e.answer.as_mut().unwrap().content.fault = Some(ContentFault {
                    after: 1,
                    why: ContentFaultKind::Short(2),
                });
            }),
            went("GET", whole),
        ),
        (
            "retried",
            went("POST", |e| on(e, true, None)),
            went("PUT", |e| on(e, true, None)),
        ),
        (
            "tls-fault",
            went("GET", |e| on(e, false, Some(TlsFault::NotTls))),
            went("GET", |e| on(e, false, None)),
        ),
    ]
}

#[test]
fn every_finding_has_a_case_that_raises_it_and_one_close_by_that_does_not() {
    let cases = cases();
    for (id, raises, near) in &cases {
        let has = |trace: &Trace| trace.all_findings().any(|finding| finding.note.id == *id);
        assert!(has(raises), "{id}: {:?}", raised(raises));
        assert!(!has(near), "{id}: {:?}", raised(near));
    }
    let ids: Vec<_> = cases.iter().map(|(id, ..)| *id).collect();
    assert_eq!(ids, NOTES.iter().map(|note| note.id).collect::<Vec<_>>());
}
