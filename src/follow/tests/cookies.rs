//! What becomes of cookies along a chain, and which of them a circle waits for.

use super::{client, request, run};
use crate::follow::{Again, CookieLoss, EndReason, FollowOptions, Trace};
use crate::model::Headers;
use crate::rules::Policy;
use crate::rules::cookie::{CookieRefusal, Withheld};

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
