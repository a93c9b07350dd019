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

/// The credentials, content fields and Host that a caller may set.
const SET: [(&str, &str); 15] = [
    ("authorization", "Bearer x"),
    ("cookie", "x=1"),
    ("proxy-authorization", "Basic eA=="),
    ("cookie2", "x"),
    ("www-authenticate", "x"),
    ("content-encoding", "x"),
    ("content-language", "en"),
    ("content-location", "/x"),
    ("content-type", "text/plain"),
    ("content-digest", "x"),
    ("content-disposition", "x"),
    ("digest", "x"),
    ("last-modified", "x"),
    ("referer", "http://caller.example/"),
    ("host", "set.example"),
];

/// Which of [`SET`] are gone after these redirects: code and Location each.
fn lost(client: &str, first: Request, hops: &[(u16, &str)]) -> String {
    let policy = policy(client);
    let mut state = State::start(policy, first);
    for (code, location) in hops {
        let answer: Headers = [("location", *location)].into_iter().collect();
        let Action::Follow(next) = state.on_response(policy, Status(*code), &answer) else {
            return "stop".to_owned();
        };
        state = next.state;
    }
    let gone = SET
        .iter()
        .filter(|(name, value)| state.headers.get(name) != Some(value.as_bytes()));
    gone.map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

fn with_every_field(method: &str, content: bool) -> Request {
    let mut first = with_content(method);
    first.headers = SET.into_iter().collect();
    if !content {
        first.body = Body::NONE;
    }
    first
}

/// A client, the redirects by code and Location, the fields of [`SET`] that are gone then.
type CredentialCase = (&'static str, &'static [(u16, &'static str)], &'static str);

#[test]
fn observed_credentials_stop_at_another_origin() {
    const ABROAD: (u16, &str) = (302, "http://b.example/");
    const RETURN: (u16, &str) = (302, "/again");
    #[rustfmt::skip]
    let cases: &[CredentialCase] = &[
        ("follow-redirects", &[ABROAD],         "authorization cookie proxy-authorization host"),
        ("undici",           &[ABROAD],         "authorization cookie proxy-authorization host"),
        ("urllib3",          &[ABROAD],         "authorization cookie proxy-authorization"),
        ("requests",         &[ABROAD],         "authorization cookie proxy-authorization content-type"),
        ("requests",         &[RETURN],         "cookie proxy-authorization content-type"),
        ("aiohttp",          &[ABROAD],         "authorization cookie proxy-authorization"),
        ("curl-L",           &[ABROAD],         "authorization cookie host"),
        ("curl",             &[ABROAD],         "authorization cookie host"),
        ("wget",             &[ABROAD],         ""),
        ("node-fetch3",      &[ABROAD],         "authorization cookie cookie2 www-authenticate"),
        ("go1.19",           &[ABROAD],         "authorization cookie cookie2 www-authenticate referer host"),
        ("go1.27",           &[ABROAD],
            "authorization cookie proxy-authorization cookie2 www-authenticate host"),
        ("go1.27",           &[RETURN],         ""),
        ("go1.27",           &[(302, "http://a.example/abs")], "host"),
        ("axios",            &[RETURN],         "proxy-authorization host"),
        ("php-stream",       &[ABROAD, RETURN], "authorization cookie host"),
    ];
    for (client, hops, expected) in cases {
        let gone = lost(client, with_every_field("GET", false), hops);
        assert_eq!(gone, *expected, "{client} {hops:?}");
    }
    let gone = lost(
        "firefox-fetch",
        with_every_field("GET", false),
        &[ABROAD, RETURN],
    );
    assert!(!gone.contains("authorization "), "{gone}");
}

#[test]
fn observed_content_fields_go_as_the_client_lets_them() {
    const FOUR: &str = "content-encoding content-language content-location content-type";
    const ALL: &str = "content-encoding content-language content-location content-type content-digest content-disposition";
    #[rustfmt::skip]
    let cases = [
        // client             method  content  code  the content fields that are gone
        ("node20-fetch",      "POST", true,    302,  FOUR          ),
        ("node20-fetch",      "GET",  false,   303,  ""            ),
        ("follow-redirects",  "POST", false,   302,  ALL           ),
        ("undici8-request",   "GET",  false,   303,  ALL           ),
        ("reqwest",           "POST", true,    302,  "content-encoding content-type"),
        ("requests",          "GET",  false,   302,  "content-type"),
        ("requests",          "PUT",  true,    301,  "content-type"),
        ("requests",          "POST", true,    307,  ""            ),
        ("urllib",            "GET",  false,   307,  "content-type"),
        ("httpx",             "POST", true,    303,  ""            ),
    ];
    for (client, method, content, code, expected) in cases {
        let gone = lost(client, with_every_field(method, content), &[(code, "/b")]);
        let of_content: Vec<&str> = gone
            .split(' ')
            .filter(|name| name.starts_with("content-"))
            .collect();
        assert_eq!(of_content.join(" "), expected, "{client} {method} {code}");
    }
    let gone = lost("urllib3", with_every_field("GET", false), &[(303, "/b")]);
    assert_eq!(gone, format!("{FOUR} digest last-modified"));
}

#[test]
fn observed_user_names_of_urls_live_in_the_url_or_in_a_field() {
    let named = |of_url: bool| {
        let mut first = with_content("GET");
        first.body = Body::NONE;
        first.headers.push("authorization", "Basic dTpw");
        if of_url {
            first.own.push("authorization");
        }
        first
    };
    #[rustfmt::skip]
    let cases = [
        // client    in the URL  Location                        Authorization of the next request
        ("curl",     true,       "/b",                           Some("Basic dTpw")),
        ("curl",     true,       "http://a.example/b",           None              ),
        ("curl",     true,       "http://v:q@a.example/b",       Some("Basic djpx")),
        ("curl",     true,       "http://b.example/",            None              ),
        ("curl",     false,      "http://a.example/b",           Some("Basic dTpw")),
        ("requests", true,       "http://a.example/b",           Some("Basic dTpw")),
        ("requests", true,       "http://b.example/b",           None              ),
    ];
    for (client, of_url, location, expected) in cases {
        let mut policy = policy(client).clone();
        for trusting in [false, true] {
            if trusting && (client != "curl" || !of_url) {
                continue;
            }
            if trusting {
                policy.trust_locations();
            }
            let answer: Headers = [("location", location)].into_iter().collect();
            let state = State::start(&policy, named(of_url));
            let Action::Follow(next) = state.on_response(&policy, Status(302), &answer) else {
                panic!("{client} {location}");
            };
            let sent = next.state.headers.text("authorization");
            assert_eq!(sent, expected, "{client} {location} trusting: {trusting}");
        }
    }
}

#[test]
fn observed_answers_at_fault_are_told_of_whom_they_were_measured() {
    #[rustfmt::skip]
    let cases = [
        ("requests",    "no-length",  Some("waits")   ),
        ("wget",        "no-length",  Some("waits")   ),
        ("aiohttp",     "no-length",  Some("followed")),
        ("curl-L",      "bad-chunks", Some("error")   ),
        ("node",        "bad-chunks", Some("error")   ),
        ("requests",    "bad-chunks", Some("followed")),
        ("httpx",       "false-gzip", Some("error")   ),
        ("node",        "head-17k",   Some("error")   ),
        ("requests",    "head-70k",   Some("error")   ),
        ("chrome",      "bad-chunks", None            ),
    ];
    for (client, form, expected) in cases {
        let fate = by_name(client).expect(client).answers.get(form);
        assert_eq!(fate.map(|fate| fate.as_str()), expected, "{client} {form}");
    }
}
