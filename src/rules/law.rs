//! What a redirect does to method and content: code × method → the next requests that the specifications speak of.
//!
//! [`rfc9110`] and [`fetch`] are the two tables (162 cells, held against `tests/decision_table.json`); [`judge`] looks a
//! client's doing up in the first, and says how RFC 9110 looks on the doings that no cell lists.
//!
//! Easily mistaken, and so told here once:
//! - Following is always the client's choice (§15.4, MAY); not following is never a violation.
//! - The permission to turn POST into GET on 301 and 302 covers POST and no other method (§15.4.2, §15.4.3).
//! - 307's MUST NOT is about the method; keeping the content rests on "resend the original request" (§15.4, SHOULD).
//! - 308 has no such sentence in print; verified erratum 7109 supplies it.

use super::{BodyFate, Clause, Verdict, links};
use crate::model::{Method, Status};

/// One cell of a table: whether the response is to be followed, and what may come next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provisions {
    /// Whether to follow at all.
    pub follow: Follow,
    /// The next requests that the specification speaks of, the best first.
    pub outcomes: Vec<Provision>,
}

/// What a specification says of following a response with a Location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follow {
    /// A step of Fetch's algorithm.
    Required,
    /// RFC 9110 §15.4: MAY.
    Permitted,
    /// Deprecated or reserved: nothing forbids it, and nobody should.
    AdvisedAgainst,
    /// Not among Fetch's redirect statuses.
    Never,
    /// 304 points at the client's own stored response.
    NotARedirect,
}

/// One next request and how a specification looks on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// The next method.
    pub next: Method,
    /// What becomes of the content.
    pub body: BodyRule,
    /// How good that is.
    pub level: Verdict,
    /// The rule behind it.
    pub rule: Clause,
}

/// What a cell says of the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyRule {
    /// Sent again.
    Kept,
    /// Left behind.
    Dropped,
    /// Sent again if there was some, which with GET and HEAD there should not be.
    KeptIfAny,
    /// There can be none (Fetch refuses content with GET and HEAD).
    None,
    /// Nothing is said.
    Unspecified,
}

/// How RFC 9110 (with erratum 7109 and RFC 10008) looks on each way to follow `status` in answer to `method`.
#[must_use]
pub fn rfc9110(method: &Method, status: Status) -> Provisions {
    let follow = match status.code() {
        304 => {
            return Provisions {
                follow: Follow::NotARedirect,
                outcomes: Vec::new(),
            };
        }
        305 | 306 => Follow::AdvisedAgainst,
        _ => Follow::Permitted,
    };
    let outcomes = match status.code() {
        303 => see_other(method),
        307 | 308 => preserving(method, status),
        _ => resending(method, status),
    };
    Provisions { follow, outcomes }
}

/// What Fetch's algorithm does on `status` in answer to `method`.
#[must_use]
pub fn fetch(method: &Method, status: Status) -> Provisions {
    let rewritten = match status.code() {
        301 | 302 => method.as_str() == "POST",
        303 => !method.is_retrieval(),
        307 | 308 => false,
        _ => {
            return Provisions {
                follow: Follow::Never,
                outcomes: Vec::new(),
            };
        }
    };
    let (next, body) = match (rewritten, method.is_retrieval()) {
        (true, _) => (Method::GET, BodyRule::Dropped),
        (false, true) => (method.clone(), BodyRule::None),
        (false, false) => (method.clone(), BodyRule::Kept),
    };
    Provisions {
        follow: Follow::Required,
        outcomes: vec![Provision {
            next,
            body,
            level: Verdict::Required,
            rule: FETCH,
        }],
    }
}

/// How RFC 9110 looks on a client that answered `status` to its `from` request by sending `to` with this `body`.
#[must_use]
pub fn judge(status: Status, from: &Method, to: &Method, body: BodyFate) -> (Verdict, Clause) {
    let Provisions { follow, outcomes } = rfc9110(from, status);
    if follow == Follow::NotARedirect {
        return (Verdict::Discouraged, NOT_A_REDIRECT);
    }
    if let Some(listed) = admitted(&outcomes, to, body) {
        return (listed.level, listed.rule);
    }
    let worst_of_method = outcomes
        .iter()
        .filter(|outcome| outcome.next == *to)
        .map(|o| (o.level, o.rule))
        .min_by_key(|o| o.0);
    match worst_of_method {
        Some((level, rule)) if level == Verdict::Forbidden => (level, rule),
        Some(_) if from == to && from.is_retrieval() => (Verdict::Permitted, CONTENT_OF_GET),
        Some(_) if body == BodyFate::Kept => (Verdict::Discouraged, CONTENT_OF_GET),
        None if matches!(status.code(), 307 | 308) => (Verdict::Forbidden, keeps_method(status)),
        Some(_) | None => (Verdict::Discouraged, RESEND),
    }
}

/// Whether clients agree on what `status` does to `method`: not for 301 and 302 with any method but GET and HEAD, where
/// RFC 9110 leaves a choice for POST and practice differs for every other.
#[must_use]
pub fn is_predictable(status: Status, method: &Method) -> bool {
    method.is_retrieval() || !matches!(status.code(), 301 | 302)
}

impl Provisions {
    /// What is said of a client that sends `to` next, with this fate of the content; `None` where these provisions do not
    /// speak of it.
    ///
    /// This is the one place that holds a client's doing against a cell.
    #[must_use]
    pub fn admits(&self, to: &Method, body: BodyFate) -> Option<&Provision> {
        admitted(&self.outcomes, to, body)
    }
}

/// The provision that fits this next request.
fn admitted<'p>(provisions: &'p [Provision], to: &Method, body: BodyFate) -> Option<&'p Provision> {
    let fits = |provision: &&Provision| provision.next == *to && provision.body.agrees_with(body);
    provisions.iter().find(fits)
}

impl BodyRule {
    /// Whether this fate of the content is what the rule asks for.
    fn agrees_with(self, fate: BodyFate) -> bool {
        match self {
            Self::Kept | Self::KeptIfAny => fate != BodyFate::Dropped,
            Self::Dropped => fate != BodyFate::Kept,
            Self::None => fate == BodyFate::None,
            Self::Unspecified => true,
        }
    }
}

fn outcome(next: &Method, body: BodyRule, level: Verdict, rule: Clause) -> Provision {
    Provision {
        next: next.clone(),
        body,
        level,
        rule,
    }
}

/// 300, 301, 302, 305, 306 and every unknown 3xx: the original request again; only POST on 301 and 302 may change.
fn resending(method: &Method, status: Status) -> Vec<Provision> {
    let (level, rule) = match status.code() {
        305 => (Verdict::Permitted, USE_PROXY),
        306 => (Verdict::Permitted, UNUSED),
        301 | 302 => (Verdict::Recommended, RESEND),
        _ => (Verdict::Recommended, CHOICES),
    };
    if method.is_retrieval() {
        return vec![outcome(method, BodyRule::KeptIfAny, level, rule)];
    }
    let mut outcomes = vec![outcome(method, BodyRule::Kept, level, rule)];
    let to_get = match (status.code(), method.as_str()) {
        (305 | 306, _) => None,
        (301, "POST") => Some((Verdict::Permitted, POST_ON_301)),
        (302, "POST") => Some((Verdict::Permitted, POST_ON_302)),
        (301 | 302, "QUERY") => Some((Verdict::Forbidden, QUERY)),
        (301, _) => Some((Verdict::Discouraged, ONLY_POST_ON_301)),
        (302, _) => Some((Verdict::Discouraged, ONLY_POST_ON_302)),
        _ => Some((Verdict::Discouraged, CHOICES)),
    };
    outcomes
        .extend(to_get.map(|(level, rule)| outcome(&Method::GET, BodyRule::Dropped, level, rule)));
    outcomes
}

/// 303: a retrieval, whatever came before.
fn see_other(method: &Method) -> Vec<Provision> {
    match method.as_str() {
        "GET" => vec![outcome(
            method,
            BodyRule::Unspecified,
            Verdict::Recommended,
            SEE_OTHER,
        )],
        "HEAD" => vec![
            outcome(
                method,
                BodyRule::Unspecified,
                Verdict::Recommended,
                SEE_OTHER,
            ),
            outcome(
                &Method::GET,
                BodyRule::Dropped,
                Verdict::Permitted,
                SEE_OTHER,
            ),
        ],
        _ => vec![
            outcome(
                &Method::GET,
                BodyRule::Dropped,
                Verdict::Recommended,
                SEE_OTHER,
            ),
            outcome(
                &Method::HEAD,
                BodyRule::Dropped,
                Verdict::Permitted,
                SEE_OTHER,
            ),
            outcome(method, BodyRule::Kept, Verdict::Discouraged, SEE_OTHER),
        ],
    }
}

/// 307 and 308: the method must not change.
fn preserving(method: &Method, status: Status) -> Vec<Provision> {
    let rule = keeps_method(status);
    let to_get = outcome(&Method::GET, BodyRule::Dropped, Verdict::Forbidden, rule);
    match method.as_str() {
        "GET" => vec![outcome(
            method,
            BodyRule::KeptIfAny,
            Verdict::Required,
            rule,
        )],
        "HEAD" => vec![
            outcome(method, BodyRule::KeptIfAny, Verdict::Required, rule),
            to_get,
        ],
        _ => vec![
            outcome(method, BodyRule::Kept, Verdict::Required, rule),
            to_get,
            outcome(method, BodyRule::Dropped, Verdict::Discouraged, RESEND),
        ],
    }
}

/// The sentence of 307 or of 308, whose sections are two.
fn keeps_method(status: Status) -> Clause {
    if status.code() == 307 {
        KEEPS_METHOD_307
    } else {
        KEEPS_METHOD_308
    }
}

const fn rfc(section: &'static str, url: &'static str, says: &'static str) -> Clause {
    Clause {
        source: "RFC 9110",
        section,
        url,
        says,
    }
}

const RESEND: Clause = rfc(
    "15.4",
    links::REDIRECTION_3XX,
    "A client that follows on its own should send the original request again.",
);
const CHOICES: Clause = rfc(
    "15.4.1",
    links::MULTIPLE_CHOICES,
    "A client may go to the preferred choice; nothing allows it to change the method or drop the content.",
);
const POST_ON_301: Clause = rfc(
    "15.4.2",
    links::MOVED_PERMANENTLY,
    "301 lets a client turn POST into GET, for historical reasons; 308 does not.",
);
const POST_ON_302: Clause = rfc(
    "15.4.3",
    links::FOUND,
    "302 lets a client turn POST into GET, for historical reasons; 307 does not.",
);
const ONLY_POST_ON_301: Clause = rfc(
    "15.4.2",
    links::MOVED_PERMANENTLY,
    "301 lets a client turn POST into GET, and no other method.",
);
const ONLY_POST_ON_302: Clause = rfc(
    "15.4.3",
    links::FOUND,
    "302 lets a client turn POST into GET, and no other method.",
);
const SEE_OTHER: Clause = rfc(
    "15.4.4",
    links::SEE_OTHER,
    "303 points to the answer elsewhere: it is retrieved by GET (HEAD stays HEAD).",
);
const NOT_A_REDIRECT: Clause = rfc(
    "15.4.5",
    links::NOT_MODIFIED,
    "304 points at the response that the client has stored; Location has no part in it.",
);
const USE_PROXY: Clause = rfc(
    "15.4.6",
    links::USE_PROXY,
    "305 is deprecated; its Location named a proxy, not a new target.",
);
const UNUSED: Clause = rfc(
    "15.4.7",
    links::UNUSED,
    "306 is reserved and means nothing.",
);
const KEEPS_METHOD_307: Clause = rfc(
    "15.4.8",
    links::TEMPORARY_REDIRECT,
    "307 must not change the method; the original request is sent again.",
);
const KEEPS_METHOD_308: Clause = rfc(
    "15.4.9",
    links::ERRATUM_7109,
    "308 must not change the method (verified erratum 7109); the original request is sent again.",
);
const CONTENT_OF_GET: Clause = rfc(
    "9.3.1",
    links::GET,
    "Content in a GET or HEAD means nothing and should not be sent.",
);
const QUERY: Clause = Clause {
    source: "RFC 10008",
    section: "2.5",
    url: links::QUERY,
    says: "The exceptions that let POST become GET do not apply to QUERY.",
};
/// What Fetch does at a redirect.
pub const FETCH: Clause = Clause {
    source: "Fetch",
    section: "HTTP-redirect fetch, step 12",
    url: links::FETCH_REDIRECT,
    says: "POST becomes GET on 301 and 302, everything but GET and HEAD on 303; else method and content stay.",
};

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use url::Url;

    use super::*;
    use crate::model::{Body, Headers, Request};
    use crate::rules::Policy;
    use crate::rules::step::{Action, State, StopReason};

    /// All 162 cells of the decision table that was drawn up from the specifications before this code was.
    #[test]
    fn every_cell_of_the_decision_table_holds() {
        let table: Value =
            serde_json::from_str(include_str!("../../tests/decision_table.json")).unwrap();
        let cells = table["cells"].as_array().unwrap();
        assert_eq!(cells.len(), 162);
        for cell in cells {
            let name = cell["method"].as_str().unwrap();
            let method = Method::new(if name == "custom" { "PROPFIND" } else { name }).unwrap();
            let status = Status(u16::try_from(cell["status"].as_u64().unwrap()).unwrap());
            let ours = match cell["spec"].as_str().unwrap() {
                "rfc9110" => rfc9110(&method, status),
                _ => fetch(&method, status),
            };
            assert_eq!(
                described(&ours, &method),
                expected(cell),
                "{} {name} {status}",
                cell["spec"]
            );
        }
    }

    /// What the two policies do is what the tables put first.
    #[test]
    fn both_policies_do_in_every_cell_what_their_table_puts_first() {
        let table: Value =
            serde_json::from_str(include_str!("../../tests/decision_table.json")).unwrap();
        let (mut seen, target) = (0, Url::parse("http://o/a").unwrap());
        for cell in table["cells"].as_array().unwrap() {
            let name = cell["method"].as_str().unwrap();
            let method = Method::new(if name == "custom" { "PROPFIND" } else { name }).unwrap();
            let status = Status(u16::try_from(cell["status"].as_u64().unwrap()).unwrap());
            let (policy, law) = match cell["spec"].as_str().unwrap() {
                "rfc9110" => (Policy::rfc9110(), rfc9110(&method, status)),
                _ => (Policy::fetch(), fetch(&method, status)),
            };
            let body = if method.is_retrieval() {
                Body::NONE
            } else {
                Body::from_bytes("x")
            };
            let first = Request::new(method.clone(), target.clone(), Headers::new(), body);
            let turn = State::start(&policy, first).on_response(
                &policy,
                status,
                &[("location", "/b")].into_iter().collect(),
            );
            let at = format!("{} {name} {status}", policy.name);
            seen += 1;
            match turn {
                Action::Follow(step) => {
                    let best = &law.outcomes[0];
                    assert_eq!(step.method.to, best.next, "{at}");
                    assert!(best.body.agrees_with(step.body), "{at}: {}", step.body);
                }
                // RFC 9110 lets everybody stay: its policy does where nobody is well advised to go.
                Action::Stop(stop) => {
                    assert_eq!(stop.why, StopReason::NotFollowed, "{at}");
                    assert!(
                        !matches!(law.follow, Follow::Required | Follow::Permitted),
                        "{at}"
                    );
                }
            }
        }
        assert_eq!(seen, 162);
    }

    fn described(cell: &Provisions, method: &Method) -> (String, Vec<String>) {
        let follow = match cell.follow {
            Follow::Required => "required (redirect mode \"follow\")",
            Follow::Permitted => "permitted",
            Follow::AdvisedAgainst => "advised-against",
            Follow::Never => "never",
            Follow::NotARedirect => "not-a-redirect",
        };
        let line = |o: &Provision| {
            let next = if o.next == *method {
                "same"
            } else {
                o.next.as_str()
            };
            let body = match o.body {
                BodyRule::Kept => "kept",
                BodyRule::Dropped => "dropped",
                BodyRule::KeptIfAny => "kept-if-any",
                BodyRule::None => "none",
                BodyRule::Unspecified => "unspecified",
            };
            format!("{next} {body} {}", o.level)
        };
        (follow.to_owned(), cell.outcomes.iter().map(line).collect())
    }

    fn expected(cell: &Value) -> (String, Vec<String>) {
        let line = |o: &Value| {
            let next = if o["next_method"] == cell["method"] {
                "same"
            } else {
                o["next_method"].as_str().unwrap()
            };
            let level = o["level"].as_str().unwrap().replace("-by-text", "");
            format!("{next} {} {level}", o["body"].as_str().unwrap())
        };
        let outcomes = cell["outcomes"].as_array().unwrap();
        (
            cell["follow"].as_str().unwrap().to_owned(),
            outcomes.iter().map(line).collect(),
        )
    }

    #[test]
    fn what_no_cell_lists_is_judged_too() {
        use BodyFate::{Dropped, Kept, None};
        #[rustfmt::skip]
        let cases = [
            // code  from        to          body     level                section
            (  301, "POST",     "PUT",      Kept,    Verdict::Discouraged,  "15.4"   ),
            (  302, "POST",     "GET",      Kept,    Verdict::Discouraged,  "9.3.1"  ),
            (  302, "POST",     "POST",     Dropped, Verdict::Discouraged,  "15.4"   ),
            (  302, "POST",     "HEAD",     Dropped, Verdict::Discouraged,  "15.4"   ),
            (  302, "GET",      "GET",      Dropped, Verdict::Permitted,    "9.3.1"  ),
            (  303, "POST",     "GET",      Kept,    Verdict::Discouraged,  "9.3.1"  ),
            (  303, "POST",     "POST",     Dropped, Verdict::Discouraged,  "15.4"   ),
            (  303, "GET",      "GET",      Kept,    Verdict::Recommended,  "15.4.4" ),
            (  307, "POST",     "GET",      Kept,    Verdict::Forbidden,    "15.4.8" ),
            (  307, "POST",     "PUT",      Kept,    Verdict::Forbidden,    "15.4.8" ),
            (  308, "POST",     "PUT",      Kept,    Verdict::Forbidden,    "15.4.9" ),
            (  308, "GET",      "GET",      Dropped, Verdict::Permitted,    "9.3.1"  ),
            (  301, "QUERY",    "GET",      Kept,    Verdict::Forbidden,    "2.5"    ),
            (  399, "POST",     "POST",     Kept,    Verdict::Recommended,  "15.4.1" ),
            (  399, "POST",     "GET",      Dropped, Verdict::Discouraged,  "15.4.1" ),
            (  307, "POST",     "POST",     None,    Verdict::Required,     "15.4.8" ),
            (  302, "POST",     "GET",      None,    Verdict::Permitted,    "15.4.3" ),
            (  302, "post",     "GET",      Dropped, Verdict::Discouraged,  "15.4.3" ),
        ];
        for (code, from, to, body, level, section) in cases {
            let (from, to) = (Method::new(from).unwrap(), Method::new(to).unwrap());
            let (judged, rule) = judge(Status(code), &from, &to, body);
            assert_eq!(
                (judged, rule.section),
                (level, section),
                "{code} {from} → {to}, body {body}"
            );
        }
    }
}
