//! An expectation held against a chain.

use super::expectation::Expectation;
use super::outcome::{Actual, Outcome};
use super::value::{Value, look};
use crate::follow::Trace;

/// Whether the chain is as expected, and how it is in any case.
///
/// - What is not there (the status of a hop that failed, the third hop of two, a field that was not sent, the verdict of
///   a chain without redirects) never satisfies anything, whatever the operator, but `absent`, where that is certain: of a
///   hop that was not answered nobody knows the fields.
/// - Of a field with several lines, one that satisfies `=` or `~` is enough; `!=` and `!~` are about all of them.
/// - URLs are compared without credentials, and without their fragments unless the expectation has one. A relative one
///   is resolved against the start of the chain; so is a pattern that begins with `/`.
#[must_use]
pub fn evaluate(expectation: &Expectation, trace: &Trace) -> Outcome {
    let (held, actual) = match look(&expectation.key, trace) {
        Ok(seen) => {
            let admits = |seen: &Value| {
                expectation
                    .wanted
                    .admits(expectation.op, seen, &trace.start)
            };
            let held = if expectation.op.denies() {
                seen.iter().all(admits)
            } else {
                seen.iter().any(admits)
            };
            (
                held,
                Actual::Found(seen.iter().map(Value::to_string).collect()),
            )
        }
        Err(absent) => {
            let held = absent.is_known() && expectation.wanted.admits_absence(expectation.op);
            (held, Actual::Absent(absent))
        }
    };
    Outcome {
        text: expectation.to_string(),
        held,
        actual,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture;
    use super::*;
    use crate::check::Absent;
    use crate::follow::Trace;
    use crate::rules::cookie::{CookieFate, CookieRefusal, ReceivedCookie};
    use crate::rules::findings::{CROSS_ORIGIN, DOWNGRADE, Note};
    use crate::rules::{Facts, Finding};

    fn assert_all(trace: &Trace, table: &[(&str, bool, &str)]) {
        for (text, held, actual) in table {
            let expectation = Expectation::parse(text).unwrap_or_else(|fault| panic!("{fault}"));
            let outcome = evaluate(&expectation, trace);
            assert_eq!(outcome.text, expectation.to_string());
            assert_eq!(
                (outcome.held, shown(&outcome.actual).as_str()),
                (*held, *actual),
                "{text}"
            );
        }
    }

    /// What is absent stands in brackets.
    fn shown(actual: &Actual) -> String {
        match actual {
            Actual::Found(values) => values.join(", "),
            Actual::Absent(why) => format!("({})", absent(why)),
            Actual::Raised(_) => panic!("an expectation raises nothing"),
        }
    }

    /// As reports word it, which stand above this room.
    fn absent(absent: &Absent) -> String {
        match absent {
            Absent::Hop(n) => format!("no hop {n}"),
            Absent::Answer => "none".to_owned(),
            Absent::Codes(codes) => {
                let shown = codes
                    .iter()
                    .map(|code| code.map_or("none".to_owned(), |code| code.to_string()));
                shown.collect::<Vec<_>>().join(",")
            }
            Absent::Host => "no host".to_owned(),
            Absent::Redirect => "no redirect".to_owned(),
            Absent::Response => "no response".to_owned(),
            Absent::Field => "no such header".to_owned(),
            Absent::FieldNotKept => "not kept".to_owned(),
            Absent::Cookie => "no such cookie".to_owned(),
            Absent::CookieRefused { hop, .. } => format!("refused at {hop}"),
        }
    }

    #[test]
    fn a_chain_that_lands() {
        assert_all(
            &fixture::landed(),
            &[
                ("status = 200", true, "200"),
                ("status = 404", false, "200"),
                ("status != 404", true, "200"),
                ("status != 200", false, "200"),
                ("status < 300", true, "200"),
                ("status < 200", false, "200"),
                ("status <= 200", true, "200"),
                ("status > 199", true, "200"),
                ("status >= 201", false, "200"),
                ("status ~ 2*", true, "200"),
                ("status ~ 3*", false, "200"),
                ("codes = 308,302,200", true, "308,302,200"),
                ("codes = 308, 302, 200", true, "308,302,200"),
                ("codes = 308,200", false, "308,302,200"),
                ("codes != 308,200", true, "308,302,200"),
                ("codes ~ 308, *, 200", true, "308,302,200"),
                ("codes ~ 301*", false, "308,302,200"),
                ("hops = 2", true, "2 redirects"),
                ("hops < 2", false, "2 redirects"),
                ("hops <= 2", true, "2 redirects"),
                ("hops > 10", false, "2 redirects"),
                ("redirects = 2", true, "2 redirects"),
                ("end = landed", true, "landed"),
                ("end != landed", false, "landed"),
                ("end = loop", false, "landed"),
                ("status !~ 4*", true, "200"),
                ("status !~ 2*", false, "200"),
                ("codes !~ 301,*", true, "308,302,200"),
                ("status = present", true, "200"),
                ("status = absent", false, "200"),
                ("verdict = present", true, "permitted"),
                ("findings = none", true, "none"),
                ("findings != none", false, "none"),
                ("findings != downgrade", true, "none"),
                ("findings = downgrade", false, "none"),
                ("method = GET", true, "GET"),
                ("method = get", false, "GET"),
                ("method != POST", true, "GET"),
                ("body = dropped", true, "dropped"),
                ("body = kept", false, "dropped"),
                ("body != kept", true, "dropped"),
                ("verdict = permitted", true, "permitted"),
                ("verdict <= permitted", true, "permitted"),
                ("verdict <= recommended", false, "permitted"),
                ("verdict < discouraged", true, "permitted"),
                ("verdict > required", true, "permitted"),
                ("predictable = false", true, "false"),
                ("predictable = true", false, "false"),
                ("permanent = false", true, "false"),
                ("permanent != false", false, "false"),
                ("time < 1s", true, "1.5ms"),
                ("time <= 1.5ms", true, "1.5ms"),
                ("time < 1.5ms", false, "1.5ms"),
                ("time > 1ms", true, "1.5ms"),
                ("time >= 0.1s", false, "1.5ms"),
            ],
        );
    }

    #[test]
    fn urls_are_resolved_against_the_start() {
        const LOGIN: &str = "https://example.com:8443/login?next=%2F#top";
        assert_all(
            &fixture::landed(),
            &[
                (
                    "final = https://example.com:8443/login?next=%2F",
                    true,
                    LOGIN,
                ),
                (
                    "final = https://EXAMPLE.com:8443/a/../login?next=%2F",
                    true,
                    LOGIN,
                ),
                (
                    "final = https://example.com:8443/login?next=%2F#top",
                    true,
                    LOGIN,
                ),
                (
                    "final = https://example.com:8443/login?next=%2F#end",
                    false,
                    LOGIN,
                ),
                (
                    "final != https://example.com:8443/login?next=%2F#",
                    true,
                    LOGIN,
                ),
                ("final = /login?next=%2F", false, LOGIN),
                ("final != /login", true, LOGIN),
                ("final = http://x/", false, LOGIN),
                ("final ~ */login?next=*", true, LOGIN),
                ("final ~ */login?next=%2F", true, LOGIN),
                ("final ~ *#top", true, LOGIN),
                ("final ~ /login*", false, LOGIN),
                ("final !~ /login*", true, LOGIN),
                ("final !~ */login?next=*", false, LOGIN),
                ("host = example.com", true, "example.com"),
                ("host = EXAMPLE.COM", true, "example.com"),
                ("host != www.example.com", true, "example.com"),
                ("host ~ *.COM", true, "example.com"),
                ("host ~ *.org", false, "example.com"),
                ("scheme = https", true, "https"),
                ("scheme != https", false, "https"),
                ("hop1.url = /start", true, "http://example.com/start"),
                ("hop1.url = start", true, "http://example.com/start"),
                (
                    "hop1.url = //example.com/start",
                    true,
                    "http://example.com/start",
                ),
                ("hop1.url ~ /st*", true, "http://example.com/start"),
                (
                    "hop1.url ~ //example.com/*",
                    false,
                    "http://example.com/start",
                ),
                ("hop2.url = ?v=2", false, "http://example.com/v2"),
                ("hop2.url = v2", true, "http://example.com/v2"),
            ],
        );
    }

    #[test]
    fn one_hop_and_its_fields() {
        assert_all(
            &fixture::landed(),
            &[
                ("hop1.status = 308", true, "308"),
                ("hop1.status < 300", false, "308"),
                ("hop1.method = POST", true, "POST"),
                ("hop3.method = POST", false, "GET"),
                ("hop1.body = kept", true, "kept"),
                ("hop2.body = dropped", true, "dropped"),
                ("hop2.body != dropped", false, "dropped"),
                ("hop3.body = none", false, "(no redirect)"),
                ("hop3.body = absent", true, "(no redirect)"),
                ("hop4.body = absent", false, "(no hop 4)"),
                ("hop1.header.location !~ /v*", false, "/v2"),
                ("hop1.header.location = present", true, "/v2"),
                ("hop1.header.location = absent", false, "/v2"),
                ("hop1.header.location != absent", true, "/v2"),
                ("hop1.header.x-none = absent", true, "(no such header)"),
                ("hop1.header.x-none != present", true, "(no such header)"),
                ("hop1.header.x-none = present", false, "(no such header)"),
                ("hop1.header.x-none ~ absent", false, "(no such header)"),
                ("hop1.header.x-none !~ *", false, "(no such header)"),
                ("hop4.header.x = absent", false, "(no hop 4)"),
                ("hop4.header.x != present", false, "(no hop 4)"),
                ("header.set-cookie !~ b=*", false, "a=1, b=2"),
                ("header.set-cookie !~ c=*", true, "a=1, b=2"),
                ("hop1.header.Location = /v2", true, "/v2"),
                ("hop1.header.location != /v2", false, "/v2"),
                ("hop1.header.location ~ /v*", true, "/v2"),
                ("hop4.status = 200", false, "(no hop 4)"),
                ("hop4.status != 200", false, "(no hop 4)"),
                ("hop4.url = /", false, "(no hop 4)"),
                ("hop4.method = GET", false, "(no hop 4)"),
                ("hop4.header.x != 1", false, "(no hop 4)"),
                ("hop1.header.x-none = 1", false, "(no such header)"),
                ("hop1.header.x-none != 1", false, "(no such header)"),
                ("header.content-type = text/html", true, "text/html"),
                ("header.location ~ *", false, "(no such header)"),
                ("header.set-cookie = a=1", true, "a=1, b=2"),
                ("header.set-cookie = b=2", true, "a=1, b=2"),
                ("header.set-cookie = c=3", false, "a=1, b=2"),
                ("header.set-cookie ~ b=*", true, "a=1, b=2"),
                ("header.set-cookie != b=2", false, "a=1, b=2"),
                ("header.set-cookie != c=3", true, "a=1, b=2"),
                (
                    "header.x-bytes = \u{fffd}\u{1b}[2J",
                    true,
                    "\u{fffd}\u{1b}[2J",
                ),
            ],
        );
    }

    #[test]
    fn a_chain_that_fails_shows_no_status() {
        assert_all(
            &fixture::failed(),
            &[
                ("status = 308", false, "(none)"),
                ("status != 200", false, "(none)"),
                ("status ~ *", false, "(none)"),
                ("codes = 308", false, "(308,none)"),
                ("codes != 200", false, "(308,none)"),
                ("codes ~ 308,*", false, "(308,none)"),
                ("end = failed", true, "failed"),
                ("status = absent", true, "(none)"),
                ("status = present", false, "(none)"),
                ("header.x = absent", false, "(no response)"),
                ("cookie.a = absent", true, "(no such cookie)"),
                ("hop1.status = 308", true, "308"),
                ("hop2.status = 200", false, "(none)"),
                ("header.location ~ *", false, "(no response)"),
                ("hop2.header.location ~ *", false, "(no response)"),
                ("hops = 1", true, "1 redirect"),
                ("final = /v2", true, "http://example.com/v2"),
                ("final ~ /v?", true, "http://example.com/v2"),
                ("final ~ /v", false, "http://example.com/v2"),
                ("permanent = true", true, "true"),
            ],
        );
    }

    #[test]
    fn a_chain_without_redirects_has_nothing_to_judge() {
        assert_all(
            &fixture::direct(),
            &[
                ("status = 200", true, "200"),
                ("hops = 0", true, "0 redirects"),
                ("body = none", true, "none"),
                ("verdict = absent", true, "(no redirect)"),
                ("permanent = absent", true, "(no redirect)"),
                ("verdict <= forbidden", false, "(no redirect)"),
                ("verdict != forbidden", false, "(no redirect)"),
                ("permanent = true", false, "(no redirect)"),
                ("permanent = false", false, "(no redirect)"),
                ("predictable = true", true, "true"),
            ],
        );
    }

    /// The landed chain whose last hop sets `a=1` and `b=2`, with these cookies of its own at the first.
    fn with_cookies(lines: &[(&str, CookieFate)]) -> Trace {
        let mut trace = fixture::landed();
        let first = &mut trace.hops[0];
        for (line, fate) in lines {
            let response = first.exchange.answer.as_mut().unwrap();
            response.headers.push("Set-Cookie", *line);
            first.cookies.received.push(ReceivedCookie {
                name: line.split('=').next().unwrap_or_default().to_owned(),
                fate: fate.clone(),
            });
        }
        trace
    }

    #[test]
    fn a_cookie_is_what_the_last_hop_that_sets_it_leaves() {
        use CookieFate::{Deleted, Kept, Refused};
        let trace = with_cookies(&[
            ("a=0", Kept),
            ("sid= x y ; Path=/", Kept),
            ("gone=1", Kept),
            ("gone=; Max-Age=0", Deleted),
            ("never=; Max-Age=0", Refused(CookieRefusal::Expired)),
            ("unkept=1", Refused(CookieRefusal::NoJar)),
            ("old=1", Kept),
            ("old=2; Secure", Refused(CookieRefusal::SecureOverHttp)),
            ("bad=1; Secure", Refused(CookieRefusal::SecureOverHttp)),
        ]);
        assert_all(
            &trace,
            &[
                ("cookie.a = 1", true, "1"),
                ("cookie.a !~ 0*", true, "1"),
                ("cookie.sid = x y", true, "x y"),
                ("cookie.sid = present", true, "x y"),
                ("cookie.SID = absent", true, "(no such cookie)"),
                ("cookie.gone = absent", true, "(no such cookie)"),
                ("cookie.never = absent", true, "(no such cookie)"),
                ("cookie.unkept = 1", true, "1"),
                ("cookie.old = 1", true, "1"),
                ("cookie.bad = 1", false, "(refused at 1)"),
                ("cookie.bad = present", false, "(refused at 1)"),
                ("cookie.bad = absent", true, "(refused at 1)"),
            ],
        );
        let mut trace = trace;
        let response = trace.hops[0].exchange.answer.as_mut().unwrap();
        (response.headers, response.left_out) = (crate::model::Headers::new(), 3);
        assert_all(
            &trace,
            &[
                ("cookie.sid = present", false, "(not kept)"),
                ("cookie.sid = absent", false, "(not kept)"),
                ("hop1.header.x = absent", false, "(not kept)"),
            ],
        );
    }

    #[test]
    fn findings_are_asked_for_one_by_one() {
        const BOTH: &str = "downgrade,cross-origin";
        let mut trace = fixture::landed();
        let raise = |note: &'static Note| Finding {
            note,
            hop: None,
            facts: Facts::RepeatedLocation,
        };
        trace.findings = vec![raise(&DOWNGRADE), raise(&CROSS_ORIGIN), raise(&DOWNGRADE)];
        assert_all(
            &trace,
            &[
                ("findings = none", false, BOTH),
                ("findings != none", true, BOTH),
                ("findings = downgrade", true, BOTH),
                ("findings = cross-origin, downgrade", true, BOTH),
                ("findings = downgrade,too-long", false, BOTH),
                ("findings != downgrade", false, BOTH),
                ("findings != too-long,cross-origin", false, BOTH),
                ("findings != too-long,refresh", true, BOTH),
            ],
        );
        trace.findings = vec![raise(&CROSS_ORIGIN)];
        assert_all(
            &trace,
            &[
                ("findings = none", true, "cross-origin"),
                ("findings != none", false, "cross-origin"),
            ],
        );
    }

    #[test]
    fn credentials_in_urls_are_neither_compared_nor_shown() {
        let mut trace = fixture::direct();
        trace.start = fixture::url("http://me:secret@example.com/");
        trace.end.url = trace.start.clone();
        trace.hops[0].exchange.sent.target = trace.start.clone();
        assert_all(
            &trace,
            &[
                ("final = http://example.com/", true, "http://example.com/"),
                ("final = /", true, "http://example.com/"),
                (
                    "final = http://you@example.com/",
                    true,
                    "http://example.com/",
                ),
                ("final ~ *secret*", false, "http://example.com/"),
                ("hop1.url = /", true, "http://example.com/"),
            ],
        );
    }

    proptest! {
        #[test]
        fn whatever_can_be_read_can_be_evaluated(
            text in "(end|status|codes|final|host|time|hops|findings|hop[0-9].url|header.x|cookie.a)(=|!=|<|~|!~)[ -~é*?]{0,12}",
        ) {
            if let Ok(expectation) = Expectation::parse(&text) {
                for trace in [fixture::landed(), fixture::failed(), fixture::direct()] {
                    prop_assert_eq!(evaluate(&expectation, &trace).text, expectation.to_string());
                }
            }
        }
    }
}
