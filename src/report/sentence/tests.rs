//! What each chain comes to, in words.

use std::time::Duration;

use super::of;
use crate::follow::{EndReason, NotFollowed, Refusal, Trace};
use crate::model::{Cause, ContentFault, ContentFaultKind, Phase, Status};
use crate::report::fixture::{Maker, again};
use crate::report::tone::Tone::{self, Bad, Fair, Good};
use crate::report::view::{Alike, Others};
use crate::report::{Secrets, View};
use crate::rules::BodyFate::{Dropped, Kept, None as NoBody};
use crate::rules::Facts;
use crate::rules::Verdict::{Discouraged, Forbidden, Permitted, Recommended, Required};
use crate::rules::findings::{CREDENTIALS_DROPPED, CREDENTIALS_SENT};

fn from(method: &str) -> Maker {
    Maker::new(method, "https://a.example/start")
}

fn says(cases: impl IntoIterator<Item = (Trace, Tone, &'static str)>) {
    for (trace, tone, text) in cases {
        let sentence = of(&View::new(&trace, &[], Secrets::Masked));
        assert_eq!((sentence.text.as_str(), sentence.tone), (text, tone));
    }
}

#[test]
fn all_stayed() {
    says([
        (
            from("GET").lands(200),
            Good,
            "Nothing redirects here: the GET was answered with 200 OK.",
        ),
        (
            from("GET").lands(404),
            Fair,
            "Nothing redirects here: the GET was answered with 404 Not Found.",
        ),
        (
            from("GET")
                .to(301, "/b", ("GET", NoBody, Recommended))
                .lands(200),
            Good,
            "The GET stayed a GET through 1 redirect.",
        ),
        (
            from("OPTIONS")
                .to(307, "/b", ("OPTIONS", NoBody, Required))
                .lands(200),
            Good,
            "The OPTIONS stayed an OPTIONS through 1 redirect.",
        ),
        (
            from("POST")
                .body(7)
                .to(308, "/b", ("POST", Kept, Required))
                .to(307, "/c", ("POST", Kept, Required))
                .lands(200),
            Good,
            "The POST and its 7-byte body arrived unchanged through 2 redirects.",
        ),
        (
            from("POST")
                .body(1_200)
                .to(308, "/b", ("POST", Kept, Required))
                .lands(500),
            Fair,
            "The POST and its 1.2 kB body arrived unchanged through 1 redirect. The last answer is 500 Internal Server Error.",
        ),
        (
            from("POST")
                .body(7)
                .to(302, "/b", ("POST", Kept, Recommended))
                .lands(200),
            Fair,
            "The POST and its 7-byte body arrived unchanged through 1 redirect. Not every client does that: at hop 1, 302 \
             makes some send a GET. 307 settles it.",
        ),
        (
            from("PUT")
                .to(301, "/b", ("PUT", NoBody, Recommended))
                .lands(200),
            Fair,
            "The PUT stayed a PUT through 1 redirect. Not every client does that: at hop 1, 301 makes some send a GET. \
             308 settles it.",
        ),
    ]);
}

#[test]
fn something_changed() {
    says([
        (
            from("POST")
                .body(7)
                .to(308, "/b", ("POST", Kept, Required))
                .to(302, "/c", ("GET", Dropped, Permitted))
                .lands(200),
            Fair,
            "The POST became a GET at hop 2 and its 7-byte body was dropped: 302 lets clients do that. 307 would keep both.",
        ),
        (
            from("POST")
                .to(301, "/b", ("GET", NoBody, Permitted))
                .lands(200),
            Fair,
            "The POST became a GET at hop 1: 301 lets clients do that. 308 would keep it.",
        ),
        (
            from("POST")
                .body(7)
                .to(303, "/b", ("GET", Dropped, Recommended))
                .lands(200),
            Good,
            "The POST became a GET at hop 1 and its 7-byte body was dropped, as 303 asks. Where that is not meant, 307 \
             would keep both.",
        ),
        (
            from("HEAD")
                .to(303, "/b", ("GET", NoBody, Permitted))
                .lands(200),
            Fair,
            "The HEAD became a GET at hop 1: 303 lets clients do that. 307 would keep it.",
        ),
        (
            from("PUT")
                .body(7)
                .to(302, "/b", ("GET", Dropped, Discouraged))
                .lands(200),
            Bad,
            "The PUT became a GET at hop 1 and its 7-byte body was dropped: 302 allows that for POST alone. 307 would keep \
             both.",
        ),
        (
            from("QUERY")
                .body(7)
                .to(301, "/b", ("GET", Dropped, Forbidden))
                .but(|hop| {
                    hop.redirect
                        .iter_mut()
                        .for_each(|redirect| redirect.rule.source = "RFC 10008");
                })
                .lands(200),
            Bad,
            "The QUERY became a GET at hop 1 and its 7-byte body was dropped: RFC 10008 rules that out. 308 would keep both \
             with every client.",
        ),
        (
            from("POST")
                .body(7)
                .to(307, "/b", ("GET", Dropped, Forbidden))
                .lands(200),
            Bad,
            "The POST became a GET at hop 1 and its 7-byte body was dropped: 307 forbids that, so it is the client's fault.",
        ),
        (
            from("POST")
                .body(7)
                .to(308, "/b", ("POST", Dropped, Discouraged))
                .lands(200),
            Bad,
            "The POST stayed a POST at hop 1 but its 7-byte body was dropped: 308 asks for the same request again, so it is \
             the client's fault.",
        ),
        (
            from("POST")
                .body(7)
                .to(302, "/b", ("POST", Dropped, Discouraged))
                .lands(200),
            Bad,
            "The POST stayed a POST at hop 1 but its 7-byte body was dropped: 302 does not ask for that. 307 would keep both.",
        ),
        (
            from("POST")
                .body(7)
                .to(303, "/b", ("POST", Dropped, Discouraged))
                .lands(200),
            Bad,
            "The POST stayed a POST at hop 1 but its 7-byte body was dropped: 303 asks for a GET instead. 307 would keep \
             both.",
        ),
        (
            from("POST")
                .body(7)
                .to(303, "/b", ("POST", Kept, Discouraged))
                .lands(200),
            Bad,
            "The POST was sent again at hop 1 although 303 asks for a GET.",
        ),
    ]);
}

#[test]
fn the_chain_stopped() {
    let get = ("GET", NoBody, Recommended);
    says([
        (
            from("GET")
                .to(302, "/b", get)
                .to(302, "/start#x", get)
                .stops(again("https://a.example/start#x")),
            Bad,
            "The chain goes round in a circle: GET https://a.example/start#x was asked at hop 1 already, with the same cookies and \
             credentials.",
        ),
        (
            from("GET")
                .to(302, "/b", get)
                .to(302, "/c", get)
                .stops(EndReason::TooMany(1)),
            Bad,
            "Gave up after 1 redirect. The next would lead to https://a.example/c.",
        ),
        (
            from("GET").to(302, "/b", get).astray(302, None),
            Bad,
            "The chain breaks at hop 2: the 302 has no Location field: there is nowhere to go.",
        ),
        (
            from("GET")
                .to(302, "ftp://h/", get)
                .stops(EndReason::Refused(Refusal::NotHttp("ftp".to_owned()))),
            Bad,
            "The chain was stopped at hop 1: the redirect leads to ftp:, and only http and https can be followed.",
        ),
        (
            from("POST")
                .body(7)
                .to(302, "/b", ("GET", Dropped, Permitted))
                .stops(EndReason::NotFollowed(NotFollowed::ByOption)),
            Fair,
            "302 Found at hop 1 leads to https://a.example/b and was not followed. Following it would have turned the \
             POST into a GET and dropped its body.",
        ),
        (
            from("PUT")
                .body(7)
                .to(300, "/b", ("PUT", Kept, Recommended))
                .stops(EndReason::NotFollowed(NotFollowed::Status(Status(300)))),
            Fair,
            "300 Multiple Choices at hop 1 leads to https://a.example/b and was not followed. Following it would have sent \
             the PUT and its body again.",
        ),
        (
            from("GET").fails(Phase::Dns, Cause::TimedOut(Duration::from_secs(10))),
            Bad,
            "The request failed while its name was looked up: the name of a.example:443 was not found within 10 s: is the name \
             server reachable?",
        ),
        (
            from("POST")
                .body(7)
                .to(302, "/b", ("GET", Dropped, Permitted))
                .fails(Phase::Wait, Cause::TimedOut(Duration::from_secs(30))),
            Bad,
            "Hop 2 failed while waiting for the answer: no answer from a.example:443 within 30 s: it took the request and stayed \
             silent. The POST became a GET at hop 1 and its 7-byte body was dropped: 302 lets clients do that. 307 would keep both.",
        ),
    ]);
}

#[test]
fn credentials_and_downgrades() {
    let get = ("GET", NoBody, Recommended);
    let sent = |name: &'static str| {
        from("GET")
            .to(302, "https://b.example/", get)
            .but(move |hop| {
                hop.redirect
                    .as_mut()
                    .unwrap()
                    .credentials_sent
                    .push(name.to_owned());
            })
    };
    let origin = || "https://b.example".to_owned();
    let exposed = |name: &'static str| {
        let facts = Facts::CredentialsSent {
            names: vec![name.to_owned(), "x-api-key".to_owned()],
            origin: origin(),
        };
        sent(name).finds(&CREDENTIALS_SENT, facts)
    };
    let dropped = || Facts::CredentialsDropped {
        names: vec!["authorization".to_owned()],
        origin: origin(),
    };
    let dropped_and_back = || {
        from("GET")
            .with("Authorization", "Bearer x")
            .to(302, "https://b.example/", get)
            .with("Authorization", "Bearer x")
    };
    says([
        (
            from("GET")
                .with("Authorization", "Bearer x")
                .to(302, "https://b.example/", get)
                .finds(&CREDENTIALS_DROPPED, dropped())
                .lands(401),
            Fair,
            "The GET stayed a GET through 1 redirect. The last answer is 401 Unauthorized. Hop 1: authorization does not \
             go to https://b.example, another origin.",
        ),
        (
            exposed("proxy-authorization").lands(200),
            Bad,
            "Hop 1: proxy-authorization, x-api-key go to another origin: \
             https://b.example. The GET stayed a GET through 1 redirect.",
        ),
        (
            exposed("cookie").lands(200),
            Bad,
            "Hop 1: cookie, x-api-key go to another origin: https://b.example. The GET stayed a GET through 1 redirect.",
        ),
        (
            sent("authorization").lands(200),
            Good,
            "The GET stayed a GET through 1 redirect.",
        ),
        (
            dropped_and_back().lands(200),
            Good,
            "The GET stayed a GET through 1 redirect.",
        ),
        (
            from("GET").to(302, "http://a.example/", get).lands(200),
            Bad,
            "From hop 2 on, all travels in the clear: https became http. Where a proxy ends TLS, the server behind it should \
             heed X-Forwarded-Proto or send a relative Location. The GET stayed a GET through 1 redirect.",
        ),
        (
            Maker::new("GET", "http://a.example/")
                .to(308, "https://a.example/", ("GET", NoBody, Required))
                .to(308, "http://a.example/b", ("GET", NoBody, Required))
                .lands(200),
            Bad,
            "Hop 3 travels in the clear: https became http. Where a proxy ends TLS, the server behind it should heed \
             X-Forwarded-Proto or send a relative Location. The GET stayed a GET through 2 redirects.",
        ),
    ]);
}

#[test]
fn a_body_that_was_not_sent_whole_did_not_arrive() {
    let cut =
        |hop: &mut crate::follow::Hop| hop.exchange.sent.body.as_mut().unwrap().complete = false;
    let put = || {
        from("PUT")
            .body(1_200)
            .to(308, "/b", ("PUT", Kept, Required))
    };
    says([
        (
            put().but(cut).lands(200),
            Good,
            "The PUT and its 1.2 kB body arrived unchanged through 1 redirect.",
        ),
        (
            put().lands_but(413, cut),
            Fair,
            "The PUT stayed a PUT through 1 redirect. The server answered before the body was sent whole. The last answer \
             is 413.",
        ),
        (
            from("PUT").body(7).lands_but(200, cut),
            Fair,
            "Nothing redirects here: the PUT was answered with 200 OK. The server answered before the body was sent whole.",
        ),
    ]);
}

#[test]
fn an_answer_that_broke_off_is_no_success() {
    let fault = |hop: &mut crate::follow::Hop| {
        let content = &mut hop.exchange.answer.as_mut().unwrap().content;
        content.fault = Some(ContentFault {
            after: 3,
            why: ContentFaultKind::Short(100),
        });
        content.complete = false;
    };
    says([
        (
            from("GET").lands_but(200, fault),
            Bad,
            "The last answer did not arrive whole: its content ended after 3 of 100 bytes. Nothing redirects here: the GET \
             was answered with 200 OK.",
        ),
        (
            from("GET")
                .to(307, "/b", ("GET", NoBody, Required))
                .but(fault)
                .lands(200),
            Good,
            "The GET stayed a GET through 1 redirect.",
        ),
    ]);
}

#[test]
fn a_circle_between_the_schemes_hints_at_the_proxy() {
    const HINT: &str = "Where a proxy ends TLS, the server behind it sees only http: let it heed X-Forwarded-Proto.";
    let circle = || again("https://a.example/start");
    let get = ("GET", NoBody, Recommended);
    for (steps, kind, hinted) in [
        (&["https://a.example/start"][..], circle(), true),
        (
            &["http://a.example/start", "https://a.example/start"],
            circle(),
            true,
        ),
        (
            &["http://a.example/start", "https://a.example/start"],
            EndReason::TooMany(1),
            true,
        ),
        (&["/b", "/start"], circle(), false),
        (
            &["http://a.example/start", "https://a.example/start"],
            EndReason::NotFollowed(NotFollowed::ByOption),
            false,
        ),
    ] {
        let maker = steps
            .iter()
            .fold(from("GET"), |maker, location| maker.to(302, location, get));
        let text = of(&View::new(&maker.stops(kind), &[], Secrets::Masked)).text;
        assert_eq!(text.contains(HINT), hinted, "{text}");
        assert!(text.matches("X-Forwarded-Proto").count() <= 1, "{text}");
    }
}

#[test]
fn what_a_server_made_endless_is_cut_short() {
    let long = format!("/{}", "x".repeat(40_000));
    let trace = from("GET")
        .to(302, &long, ("GET", NoBody, Recommended))
        .but(|hop| {
            hop.exchange.answer.as_mut().unwrap().reason = vec![b'y'; 40_000];
        });
    let mut trace = trace.stops(EndReason::NotFollowed(NotFollowed::ByOption));
    let text = |trace: &Trace| of(&View::new(trace, &[], Secrets::Masked)).text;
    assert!(text(&trace).len() < 400, "{}", text(&trace));
    trace.end.reason = again(&format!("https://a.example{long}"));
    assert!(text(&trace).len() < 400, "{}", text(&trace));
}

#[test]
fn how_many_others_differ() {
    let alike = |as_here, names: &[&str]| Alike {
        clients: names.iter().map(|name| (*name).to_owned()).collect(),
        spoken: names.iter().map(|name| (*name).to_owned()).collect(),
        as_here,
        requests: Vec::new(),
        url: String::new(),
        stopped: None,
    };
    let trace = || {
        from("GET")
            .to(307, "/b", ("GET", NoBody, Required))
            .lands(200)
    };
    for (groups, text) in [
        (
            &[(true, &["go"][..])][..],
            " The other client would have sent the same.",
        ),
        (
            &[(true, &["go", "curl"])],
            " All 2 other clients would have sent the same.",
        ),
        (&[(false, &["go"])], " go would have sent something else."),
        (
            &[(true, &["go"]), (false, &["curl", "xh"])],
            " 2 of 3 clients would have sent something else: curl and its like.",
        ),
        (
            &[
                (false, &["go"]),
                (true, &["wget"]),
                (false, &["curl", "xh"]),
            ],
            " 3 of 4 clients would have sent something else, go and curl among them.",
        ),
        (&[], ""),
    ] {
        let mut view = View::new(&trace(), &[], Secrets::Masked);
        let alike = groups
            .iter()
            .map(|(as_here, names)| alike(*as_here, names))
            .collect();
        view.summary.clients = Some(Others {
            alike,
            cannot_send: Vec::new(),
        });
        assert_eq!(
            of(&view).text,
            format!("The GET stayed a GET through 1 redirect.{text}")
        );
        assert_eq!(
            of(&view).tone,
            Good,
            "what others do is no fault of this chain"
        );
    }
}
