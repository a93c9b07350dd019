//! What becomes of cookies along a chain, and which of them a circle waits for.

use super::{client, request, run};
use crate::follow::{Again, CookieLoss, EndReason, FollowOptions, Trace};
use crate::model::Headers;
use crate::rules::Policy;
use crate::rules::cookie::{CookieRefusal, Withheld};
use crate::rules::policy::CookieJar;

type Script = &'static [(u16, &'static [(&'static str, &'static str)])];

fn fetch(first: &str, script: Script) -> Trace {
    let mut first = request("GET", first);
    first.headers = Headers::new();
    run(Policy::fetch(), FollowOptions::default(), first, script)
}

/// The cookies of each hop: `sent < kept, -deleted, !refused`.
fn told(trace: &Trace) -> Vec<String> {
    let hops = trace.hops.iter().map(|hop| &hop.cookies);
    let told = hops.map(|cookies| {
        let kept = cookies.kept().map(str::to_owned);
        let deleted = cookies.deleted().map(|name| format!("-{name}"));
        let refused = cookies.refused().map(|cookie| format!("!{}", cookie.name));
        let received: Vec<_> = kept.chain(deleted).chain(refused).collect();
        format!("{} < {}", cookies.sent.join(", "), received.join(", "))
    });
    told.collect()
}

/// `name hop` of each cookie that a circle may wait for, and why it did not come back.
fn lost(trace: &Trace) -> Vec<(String, CookieLoss)> {
    let EndReason::Loop(Again::Request { lost, .. }) = &trace.end.reason else {
        panic!("no circle: {:?}", trace.end.reason);
    };
    let named = lost.iter().map(|cookie| {
        (
            format!("{} {}", cookie.name, cookie.hop),
            cookie.why.clone(),
        )
    });
    named.collect()
}

#[test]
fn each_hop_tells_which_cookies_went_and_what_became_of_those_that_came() {
    let trace = fetch(
        "http://o/a",
        &[
            (
                302,
                &[
                    ("location", "/b"),
                    ("set-cookie", "s=1"),
                    ("set-cookie", "t=1; Secure"),
                ],
            ),
            (
                302,
                &[
                    ("location", "/c"),
                    ("set-cookie", "s=; Max-Age=0"),
                    ("set-cookie", "u"),
                ],
            ),
            (200, &[("set-cookie", "v=1; Max-Age=0")]),
        ],
    );
    assert_eq!(told(&trace), [" < s, !t", "s < , -s", " < !v"]);
    let findings = trace.all_findings();
    let raised: Vec<_> = findings
        .filter(|finding| finding.note.id != "no-hypertext-note")
        .map(|finding| (finding.note.id, finding.hop))
        .collect();
    assert_eq!(raised, [("cookie-refused", Some(1))]);
}

#[test]
fn a_circle_names_the_cookie_that_did_not_come_back_and_why() {
    use CookieLoss::{Refused, Withheld as Kept};
    #[rustfmt::skip]
    let cases: &[(&str, Script, &str, CookieLoss)] = &[
        ("http://o/a",  &[(302, &[("location", "/in")]), (302, &[("location", "/a"), ("set-cookie", "s=1; Secure")])],
            "s 2", Refused(CookieRefusal::SecureOverHttp)),
        ("http://o/a",  &[(302, &[("location", "/a"), ("set-cookie", "s=1; Path=/x")])],
            "s 1", Kept(Withheld::OtherPath("/x".into()))),
        ("http://o/a",  &[(302, &[("location", "/a"), ("set-cookie", "s=1; Max-Age=0")])],
            "s 1", Refused(CookieRefusal::Expired)),
        ("http://a.co.uk/a", &[(302, &[("location", "/a"), ("set-cookie", "s=1; Domain=co.uk")])],
            "s 1", Refused(CookieRefusal::PublicSuffix { domain: "co.uk".into() })),
        ("http://o/a",  &[(302, &[("location", "https://o/in")]), (302, &[("location", "http://o/a"), ("set-cookie", "s=1; Secure")])],
            "s 2", Kept(Withheld::Secure)),
        ("http://o/a",  &[(302, &[("location", "http://p/in")]), (302, &[("location", "http://o/a"), ("set-cookie", "s=1")])],
            "s 2", Kept(Withheld::HostOnly("p".into()))),
    ];
    for (first, script, name, why) in cases {
        let found = lost(&fetch(first, script));
        assert_eq!(found, [((*name).to_owned(), why.clone())], "{script:?}");
    }
}

#[test]
fn a_circle_blames_no_cookie_that_comes_back() {
    let script: Script = &[(302, &[("location", "/a"), ("set-cookie", "s=1")])];
    assert_eq!(lost(&fetch("http://o/a", script)), []);
    let bare: Script = &[(302, &[("location", "/a")])];
    assert_eq!(lost(&fetch("http://o/a", bare)), []);
}

#[test]
fn who_keeps_no_cookies_goes_round_before_a_cookie_wall() {
    let wall: Script = &[
        (302, &[("location", "/a"), ("set-cookie", "s=1")]),
        (200, &[]),
    ];
    let without = FollowOptions {
        jar: None,
        ..FollowOptions::default()
    };
    for (name, options, why) in [
        ("fetch", without, CookieRefusal::ByOption),
        ("curl", FollowOptions::default(), CookieRefusal::NoJar),
    ] {
        let trace = run(client(name), options, request("GET", "http://o/a"), wall);
        assert_eq!(lost(&trace), [("s 1".to_owned(), CookieLoss::Refused(why))]);
        let mut raised = trace.all_findings();
        assert!(
            raised.all(|finding| finding.note.id != "cookie-refused"),
            "{name}"
        );
    }
}

/// What these clients sent back in November 2026: over loopback, with Secure and without, and by a proxy to a host below a
/// public suffix.
#[test]
fn real_clients_send_back_what_they_were_seen_to_send() {
    const LOCAL: &[(&str, &str)] = &[
        ("location", "/b"),
        ("set-cookie", "plain=1"),
        ("set-cookie", "secure=1; Secure"),
    ];
    const FOREIGN: &[(&str, &str)] = &[
        ("location", "/b"),
        ("set-cookie", "__Host-b=1; Path=/; Domain=evil.co.uk"),
        ("set-cookie", "__Secure-a=1"),
        ("set-cookie", "none=1; SameSite=None"),
        ("set-cookie", "own=1; Domain=evil.co.uk"),
        ("set-cookie", "psl=1; Domain=co.uk"),
    ];
    const ALL: &str = "__Host-b, __Secure-a, none, own, psl";
    #[rustfmt::skip]
    let cases: &[(&str, &[&str], &[&str], &str)] = &[
        ("curl8-L",   &["127.0.0.1", "localhost", "[::1]"],     &["127.0.0.2"],                       "none, own"),
        ("curl_cffi", &["127.0.0.1", "localhost", "[::1]"],     &["127.0.0.2"],                       "none, own, psl"),
        ("newman",    &["127.0.0.1", "localhost", "127.0.0.2"], &[],                                  "none, own"),
        ("wget2",     &[],                                      &["127.0.0.1", "127.0.0.2"],          "none, own"),
        ("httpie",    &["localhost"],                           &["127.0.0.1", "127.0.0.2", "[::1]"], ALL),
        ("requests",  &[],            &["127.0.0.1", "localhost", "127.0.0.2", "[::1]"],              ALL),
        ("niquests",  &[],            &["127.0.0.1", "localhost", "127.0.0.2", "[::1]"],              ALL),
        ("httpx",     &[],            &["127.0.0.1", "localhost", "127.0.0.2", "[::1]"],              ALL),
        ("perl-Mojo", &[],            &["127.0.0.1", "localhost", "127.0.0.2"],                       ALL),
    ];
    let sent = |name: &str, url: &str, answer: &'static [(&'static str, &'static str)]| {
        let policy = Policy {
            cookie_jar: CookieJar::ByHost,
            ..client(name)
        };
        let script = [(302, answer), (200, &[])];
        let trace = run(
            policy,
            FollowOptions::default(),
            request("GET", url),
            &script,
        );
        trace.hops[1].cookies.sent.join(", ")
    };
    for (name, secure, plain, foreign) in cases {
        let local = |host: &str| sent(name, &format!("http://{host}/"), LOCAL);
        for host in *secure {
            assert_eq!(local(host), "plain, secure", "{name} {host}");
        }
        for host in *plain {
            assert_eq!(local(host), "plain", "{name} {host}");
        }
        assert_eq!(
            sent(name, "http://evil.co.uk/", FOREIGN),
            *foreign,
            "{name}"
        );
    }
}
