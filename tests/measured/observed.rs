//! What was seen of clients beside the cells: requests that the suites do not hold, each a row.

use rehop::clients::by_name;
use rehop::model::{Body, Headers, Method, Request, Status};
use rehop::rules::Policy;
use rehop::rules::step::{Action, State};
use url::Url;

fn policy(client: &str) -> &'static Policy {
    &by_name(client).unwrap_or_else(|| panic!("{client}")).policy
}

/// A request with content, without fields.
fn with_content(method: &str) -> Request {
    Request::new(
        Method::new(method).expect(method),
        Url::parse("http://a.example/x/start").expect("a URL"),
        Headers::new(),
        Body::from_bytes("moo"),
    )
}

/// What follows, code by code: method, `+` where content goes along; `stop` where the client goes no further.
fn sent(policy: &Policy, first: Request, codes: &[u16]) -> String {
    let mut state = State::start(policy, first);
    let mut told = Vec::new();
    for code in codes {
        let location: Headers = [("location", "/next")].into_iter().collect();
        let Action::Follow(next) = state.on_response(policy, Status(*code), &location) else {
            told.push("stop".to_owned());
            break;
        };
        state = next.state;
        let content = if state.body.is_none() { "" } else { "+" };
        told.push(format!("{}{content}", state.method));
    }
    told.join(" ")
}

#[test]
fn observed_content_goes_with_the_upload_and_not_with_data() {
    #[rustfmt::skip]
    let cases: &[(&str, &str, bool, &[u16], &str)] = &[
        // client           method      upload codes        what follows
        ("curl-X",          "PATCH",    true,  &[301],      "PATCH+"   ),
        ("curl-X",          "PATCH",    true,  &[302],      "PATCH+"   ),
        ("curl-X",          "PATCH",    false, &[302],      "PATCH"    ),
        ("curl-X",          "PATCH",    true,  &[303],      "PATCH"    ),
        ("curl-L-X",        "PATCH",    true,  &[301],      "PATCH+"   ),
        ("curl8-follow-X",  "PATCH",    true,  &[301],      "PATCH+"   ),
        ("curl8-follow-X",  "PATCH",    false, &[301],      "GET"      ),
        ("okhttp",          "PROPFIND", false, &[302],      "PROPFIND+"),
        ("okhttp",          "PROPFIND", false, &[303],      "PROPFIND+"),
        ("okhttp",          "REPORT",   false, &[302],      "GET"      ),
        ("rust-ureq",       "TRACE",    false, &[307],      "TRACE+"   ),
        ("rust-ureq",       "CONNECT",  false, &[308],      "CONNECT+" ),
        ("rust-ureq",       "PUT",      false, &[308],      "stop"     ),
        ("go1.27",          "POST",     false, &[301, 307], "GET GET"  ),
        ("go1.27",          "POST",     false, &[302, 308], "GET GET"  ),
        ("go1.19",          "POST",     false, &[303, 307], "GET GET+" ),
    ];
    for (client, method, uploaded, codes, expected) in cases {
        let first = Request {
            uploaded: *uploaded,
            ..with_content(method)
        };
        let told = sent(policy(client), first, codes);
        assert_eq!(told, *expected, "{client} {method} {codes:?}");
    }
}

#[test]
fn observed_content_of_standard_input_is_sent_once() {
    for (code, expected) in [(301, "stop"), (307, "stop"), (303, "GET")] {
        let first = Request {
            uploaded: true,
            once: true,
            ..with_content("PUT")
        };
        assert_eq!(sent(policy("curl"), first, &[code]), expected, "{code}");
    }
}

#[test]
fn observed_post30x_of_follow_keeps_content_by_any_method() {
    let mut follow = policy("curl8-follow-X").clone();
    follow.keep_method_on(301, &[Method::POST]);
    assert_eq!(sent(&follow, with_content("IGLOO"), &[301]), "IGLOO+");
    assert_eq!(sent(&follow, with_content("IGLOO"), &[302]), "GET");
}

#[test]
fn observed_locations_are_written_as_by_the_client() {
    #[rustfmt::skip]
    let cases = [
        // client             Location                        the next URI, `-` for none
        ("rust-ureq",         "../b.html",                    "http://a.example/b.html"        ),
        ("rust-ureq",         "../../b.html",                 "-"                              ),
        ("requests",          "http://a.example/x/../b",      "http://a.example/x/../b"        ),
        ("requests",          "/x/../b",                      "http://a.example/b"             ),
        ("urllib",            "http://a.example/x/../b",      "http://a.example/x/../b"        ),
        ("java17-NORMAL",     "http://a.example/x/../b",      "http://a.example/x/../b"        ),
        ("curl",              "http://a.example/x/../b",      "http://a.example/b"             ),
        ("requests",          "/a%2c",                        "http://a.example/a%2C"          ),
        ("node",              "http://[fe80::1%25lo]/e",      "-"                              ),
        ("chrome",            "http://[fe80::1%25lo]/e",      "-"                              ),
        ("curl",              "http://[fe80::1%25lo]/e",      "http://[fe80::1%25lo]/e"        ),
        ("go",                "http://[fe80::1%25lo]/e",      "http://[fe80::1%25lo]/e"        ),
        ("curl-L",            "http:////a.example/e",         "-"                              ),
        ("curl-L",            "http:///a.example/e",          "http://a.example/e"             ),
        ("node20-fetch",      "http:////a.example/e",         "http://a.example/e"             ),
    ];
    for (client, location, expected) in cases {
        let policy = policy(client);
        let state = State::start(policy, with_content("GET"));
        let answer: Headers = [("location", location)].into_iter().collect();
        let went = match state.on_response(policy, Status(302), &answer) {
            Action::Follow(next) => next.state.target.resource(),
            Action::Stop(_) => "-".to_owned(),
        };
        assert_eq!(went, expected, "{client} {location}");
    }
}
