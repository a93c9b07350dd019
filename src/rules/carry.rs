//! Which header fields survive a redirect.
//!
//! [RFC 9110 §15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4), items 2, 3 and 5, and
//! [Fetch, HTTP-redirect fetch](https://fetch.spec.whatwg.org/#http-redirect-fetch), steps 12 and 13. Fields that the
//! client makes itself (Host, framing, cookies of its jar) are made anew for each request and are no concern of this file.

use url::Url;

use super::{BodyFate, Policy, policy::ContentFields, policy::Credentials};
use crate::model::Headers;

/// The fields with credentials that RFC 9110 and RFC 6265 define, in lower case.
pub const CREDENTIALS: [&str; 3] = ["authorization", "proxy-authorization", "cookie"];

/// Content fields that Fetch removes (step 12): exactly these.
const FETCH_CONTENT_FIELDS: [&str; 4] = ["content-encoding", "content-language", "content-location", "content-type"];

/// Content fields that RFC 9110 names (item 5) or that are of their kind; the list there is open.
const CONTENT_FIELDS: [&str; 10] = [
    "content-encoding",
    "content-language",
    "content-location",
    "content-type",
    "content-digest",
    "content-range",
    "digest",
    "repr-digest",
    "last-modified",
    "trailer",
];

/// Fields that frame content or ask about it before it is sent: without content they are wrong
/// ([§10.1.1](https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1) for Expect).
const FRAMING: [&str; 3] = ["content-length", "transfer-encoding", "expect"];

/// The step from one target URI to the next.
#[derive(Debug, Clone, Copy)]
pub struct Crossing<'a> {
    /// The target URI of the request that was answered.
    pub from: &'a Url,
    /// The target URI of the next one.
    pub to: &'a Url,
}

impl Crossing<'_> {
    /// Whether scheme, host or port change ([HTML, "same origin"](https://html.spec.whatwg.org/#same-origin)).
    #[must_use]
    pub fn is_cross_origin(&self) -> bool {
        self.from.origin() != self.to.origin()
    }

    /// Whether it leads from https to http.
    #[must_use]
    pub fn is_downgrade(&self) -> bool {
        self.from.scheme() == "https" && self.to.scheme() == "http"
    }
}

/// What happens to a request at a redirect, as far as its fields are concerned.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    /// From where to where.
    pub crossing: Crossing<'a>,
    /// Whether the method changes.
    pub method_changed: bool,
    /// What becomes of the content.
    pub body: BodyFate,
    /// The Referrer-Policy of the redirect response.
    pub referrer_policy: Option<&'a str>,
}

/// The fields of the first request, which some clients go back to.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Where the chain began.
    pub first: Url,
    /// The fields as the user set them.
    pub headers: Headers,
}

/// The fields that `policy` sends next of those of the `last` request.
#[must_use]
pub fn carry(policy: &Policy, caller: &Caller, last: &Headers, turn: &Turn) -> Headers {
    let mut headers = last.clone();
    if turn.method_changed {
        remove(&mut headers, content_fields(policy.content_fields));
    }
    if turn.method_changed || turn.body == BodyFate::Dropped {
        remove(&mut headers, &FRAMING);
    }
    if turn.crossing.is_cross_origin() {
        headers.remove("host");
    }
    carry_credentials(policy.credentials, caller, &mut headers, turn.crossing);
    carry_referer(&mut headers, turn);
    headers
}

/// Whether a field of this name carries a credential: one of [`CREDENTIALS`], or a name that says so, as `X-Api-Key`,
/// `Private-Token` and `X-Amz-Security-Token` do. Clients know the former and send the latter anywhere.
#[must_use]
pub fn is_credential(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let telling = ["api-key", "apikey", "api_key", "-token", "-secret", "-password", "subscription-key"];
    CREDENTIALS.contains(&name.as_str()) || telling.iter().any(|end| name.ends_with(end))
}

fn content_fields(which: ContentFields) -> &'static [&'static str] {
    match which {
        ContentFields::Fetch => &FETCH_CONTENT_FIELDS,
        ContentFields::Rfc9110 => &CONTENT_FIELDS,
    }
}

fn remove(headers: &mut Headers, names: &[&str]) {
    for name in names {
        headers.remove(name);
    }
}

fn carry_credentials(rule: Credentials, caller: &Caller, headers: &mut Headers, crossing: Crossing) {
    match rule {
        Credentials::DroppedAtCrossing if crossing.is_cross_origin() => remove(headers, &CREDENTIALS),
        Credentials::DroppedAtCrossing | Credentials::Trusted => {}
        Credentials::FirstOriginOnly => {
            remove(headers, &CREDENTIALS);
            let home = crossing.to.origin() == caller.first.origin();
            for field in caller.headers.iter().filter(|_| home) {
                if CREDENTIALS.contains(&field.name.to_ascii_lowercase().as_str()) {
                    headers.push(field.name.clone(), field.value.clone());
                }
            }
        }
    }
}

/// A Referer set by the user goes along as it is, but never from a secure page to plain http
/// ([RFC 9110 §10.1.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.1.3)), and not where the server's
/// Referrer-Policy forbids it (Fetch, step 19).
fn carry_referer(headers: &mut Headers, turn: &Turn) {
    let secure = headers.text("referer").is_some_and(|referer| referer.starts_with("https:"));
    let forbidden = match turn.referrer_policy.map(str::trim) {
        Some("no-referrer") => true,
        Some("same-origin") => turn.crossing.is_cross_origin(),
        _ => false,
    };
    if forbidden || (secure && turn.crossing.to.scheme() == "http") {
        headers.remove("referer");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: [&str; 14] = [
        "Accept",
        "X-Custom",
        "X-Api-Key",
        "If-None-Match",
        "Authorization",
        "Cookie",
        "Proxy-Authorization",
        "Host",
        "Content-Type",
        "Content-Language",
        "Content-Digest",
        "Last-Modified",
        "Content-Length",
        "Expect",
    ];

    fn fields() -> Headers {
        FIELDS.iter().map(|name| (*name, "v")).collect()
    }

    fn lost(policy: &Policy, to: &str, method_changed: bool, body: BodyFate) -> Vec<&'static str> {
        let (from, to) = (Url::parse("https://a.example/x").unwrap(), Url::parse(to).unwrap());
        let caller = Caller { first: from.clone(), headers: fields() };
        let crossing = Crossing { from: &from, to: &to };
        let turn = Turn { crossing, method_changed, body, referrer_policy: None };
        let kept = carry(policy, &caller, &fields(), &turn);
        FIELDS.into_iter().filter(|name| !kept.contains(name)).collect()
    }

    #[test]
    fn content_fields_go_when_the_method_changes_and_credentials_when_the_origin_does() {
        use BodyFate::{Dropped, Kept, None};
        const SAME: &str = "https://a.example/y";
        const PORT: &str = "https://a.example:8443/y";
        const HOST: &str = "https://b.example/y";
        const PLAIN: &str = "http://a.example/y";
        let fetch = Policy::fetch();
        let credentials = ["Authorization", "Cookie", "Proxy-Authorization", "Host"];
        let of_fetch = ["Content-Type", "Content-Language", "Content-Length", "Expect"];
        assert_eq!(lost(&fetch, SAME, false, Kept), [""; 0]);
        assert_eq!(lost(&fetch, SAME, false, None), [""; 0], "a GET answered 303 keeps its content fields");
        assert_eq!(lost(&fetch, SAME, true, Dropped), of_fetch);
        assert_eq!(lost(&fetch, SAME, false, Dropped), ["Content-Length", "Expect"]);
        for crossing in [PORT, HOST, PLAIN] {
            assert_eq!(lost(&fetch, crossing, false, Kept), credentials, "{crossing}");
        }
        let of_rfc =
            ["Content-Type", "Content-Language", "Content-Digest", "Last-Modified", "Content-Length", "Expect"];
        assert_eq!(lost(&Policy::rfc9110(), SAME, true, Dropped), of_rfc);
        let trusted = Policy { credentials: Credentials::Trusted, ..Policy::fetch() };
        assert_eq!(lost(&trusted, HOST, false, Kept), ["Host"]);
    }

    #[test]
    fn curl_gives_credentials_back_to_the_first_origin() {
        let home = Url::parse("http://a.example/").unwrap();
        let away = Url::parse("http://b.example/").unwrap();
        let caller = Caller { first: home.clone(), headers: [("Authorization", "v")].into_iter().collect() };
        let back = |policy: &Policy| {
            let step = |from, to| Turn {
                crossing: Crossing { from, to },
                method_changed: false,
                body: BodyFate::None,
                referrer_policy: None,
            };
            let there = carry(policy, &caller, &caller.headers, &step(&home, &away));
            assert!(!there.contains("authorization"));
            carry(policy, &caller, &there, &step(&away, &home)).contains("authorization")
        };
        assert!(back(&Policy::curl()));
        assert!(!back(&Policy::fetch()), "a dropped credential never comes back");
    }

    #[test]
    fn a_referer_goes_along_but_not_from_https_to_http() {
        let stays = |referer: &str, to: &str, policy: Option<&str>| {
            let (from, to) = (Url::parse("https://a.example/").unwrap(), Url::parse(to).unwrap());
            let headers: Headers = [("Referer", referer)].into_iter().collect();
            let caller = Caller { first: from.clone(), headers: headers.clone() };
            let turn = Turn {
                crossing: Crossing { from: &from, to: &to },
                method_changed: false,
                body: BodyFate::None,
                referrer_policy: policy,
            };
            carry(&Policy::fetch(), &caller, &headers, &turn).contains("referer")
        };
        assert!(stays("https://p.example/", "https://b.example/", None));
        assert!(!stays("https://p.example/", "http://a.example/", None));
        assert!(stays("http://p.example/", "http://a.example/", None));
        assert!(!stays("http://p.example/", "https://a.example/", Some("no-referrer")));
        assert!(!stays("http://p.example/", "https://b.example/", Some("same-origin")));
        assert!(stays("http://p.example/", "https://a.example/x", Some("same-origin")));
    }
}
