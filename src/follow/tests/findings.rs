//! What chains raise, and what they do not.

use super::{client, request, run, sent};
use crate::follow::{EndKind, Terms, Trace};
use crate::model::Headers;

type Script = &'static [(u16, &'static [(&'static str, &'static str)])];

fn followed_as(name: &str, method: &str, script: Script) -> Trace {
    run(client(name), Terms::default(), request(method, "http://o/a"), script)
}

/// The findings as `hop id`.
fn raised(trace: &Trace) -> Vec<String> {
    let name = |hop: Option<usize>| hop.map_or("chain".to_owned(), |hop| hop.to_string());
    trace.all_findings().map(|finding| format!("{} {}", name(finding.hop), finding.note.id)).collect()
}

/// `hop field, field` for each hop at which credentials reach an origin that is not the chain's own.
fn exposed(trace: &Trace) -> Vec<String> {
    let says = trace.all_findings().filter(|finding| finding.note.id == "credentials-sent");
    says.map(|finding| format!("{} {}", finding.hop.unwrap(), finding.says.split(" goes").next().unwrap())).collect()
}

#[test]
fn a_credential_is_told_of_at_each_hop_that_takes_it_somewhere_new() {
    const ABROAD: Script = &[(302, &[("location", "http://p/b")]), (302, &[("location", "/c")]), (200, &[])];
    const BACK: Script = &[(302, &[("location", "http://p/b")]), (302, &[("location", "http://o/c")]), (200, &[])];
    const FAR: Script = &[(302, &[("location", "http://p/b")]), (302, &[("location", "http://q/c")]), (200, &[])];
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
        assert_eq!(exposed(&trace), *expected, "{name} {script:?}: {:?}", sent(&trace));
    }
    let mut trusting = client("curl");
    trusting.trust_locations();
    let mut first = request("GET", "http://o/a");
    first.headers = [("cookie", "s=1")].into_iter().collect::<Headers>();
    assert_eq!(exposed(&run(trusting, Terms::default(), first, ABROAD)), ["1 cookie"]);
}

#[test]
fn nobody_is_accused_of_a_request_that_was_not_made() {
    const SHIFTY: Script = &[(302, &[("location", "http://p/\\b")])];
    let server = ["1 unpredictable", "1 cross-origin", "1 invalid-location"];
    let stay = Terms { follow: false, ..Terms::default() };
    let stopped = run(client("fetch"), stay, request("POST", "http://o/a"), SHIFTY);
    assert_eq!((stopped.end.kind, raised(&stopped)), (EndKind::NotFollowed, server.map(str::to_owned).to_vec()));
    let followed = followed_as("fetch", "POST", &[(302, &[("location", "http://p/\\b")]), (200, &[])]);
    for id in ["method-changed", "body-dropped", "credentials-sent", "credentials-dropped"] {
        assert!(raised(&followed).contains(&format!("1 {id}")), "{id}: {:?}", raised(&followed));
    }
}

#[test]
fn a_client_that_cannot_go_on_is_told_where_it_would_have_gone_and_why_not() {
    let detail = |name: &str, method: &str, script| followed_as(name, method, script).end.detail.unwrap();
    let again: Script = &[(307, &[("location", "/b")])];
    assert_eq!(detail("node-fetch3", "POST", again), "node-fetch3 cannot send the content again");
    let userinfo: Script = &[(302, &[("location", "http://u:p@o:81/")])];
    assert_eq!(detail("safari", "GET", userinfo), "webkit-fetch takes no user name from a Location");
}
