//! The table of 3xx codes: what each means for method, body, caches and the next request. Pure data; `explain` shows it.

use super::links;

/// One row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct StatusCode {
    /// The code; `None` in the row for all 3xx codes that have no row of their own.
    pub code: Option<u16>,
    /// Its registered name.
    pub name: &'static str,
    /// One line: what it means.
    pub says: &'static str,
    /// More on that.
    pub about: &'static str,
    /// What becomes of the method.
    pub method: &'static str,
    /// What becomes of the body.
    pub body: &'static str,
    /// For how long it holds.
    pub lasts: &'static str,
    /// Whether a cache may store it unasked.
    pub cached: &'static str,
    /// What Location is for.
    pub location: &'static str,
    /// Which code to send instead, and when.
    pub instead: &'static [(u16, &'static str)],
    /// Where it is written: document and section, and the link.
    pub sources: &'static [(&'static str, &'static str)],
    /// Other codes to read about.
    pub see_also: &'static [u16],
}

/// The row of a 3xx code; `None` for every other code.
#[must_use]
pub fn status(code: u16) -> Option<&'static StatusCode> {
    let known = STATUS_CODES.iter().find(|row| row.code == Some(code));
    known.or_else(|| (300..400).contains(&code).then_some(&UNKNOWN_3XX))
}

/// A client that has never heard of the code.
pub static UNKNOWN_3XX: StatusCode = StatusCode {
    code: None,
    name: "any other 3xx",
    says: "not registered: a client handles it as 300",
    about: "A client that does not know a code must handle it as the first code of its class, here 300. It may go to \
            Location where there is one; browsers and most libraries stop and hand the response over.",
    method: "Stays, if the client follows: nothing allows another.",
    body: "Is sent again, if the client follows.",
    lasts: "It says nothing of that.",
    cached: "Only where Cache-Control or Expires allow it.",
    location: "May be followed.",
    instead: &[
        (302, "the move is for now and the requests are GETs"),
        (307, "the move is for now and POSTs must survive"),
        (308, "the move is for good"),
    ],
    sources: &[
        (
            "RFC 9110 §15",
            "https://www.rfc-editor.org/rfc/rfc9110#section-15",
        ),
        ("RFC 9110 §15.4", links::REDIRECTION_3XX),
    ],
    see_also: &[300],
};

const FETCH: (&str, &str) = ("Fetch standard", links::FETCH_REDIRECT);
const HEURISTIC: (&str, &str) = (
    "RFC 9110 §15.1",
    "https://www.rfc-editor.org/rfc/rfc9110#section-15.1",
);
const QUERY: (&str, &str) = ("RFC 10008 §2.5", links::QUERY);

const CACHED_UNASKED: &str =
    "Yes, even without Cache-Control, where the request was a GET or HEAD.";
const CACHED_ASKED: &str = "Only where Cache-Control or Expires allow it.";

/// The registered codes, in order.
pub static STATUS_CODES: [StatusCode; 9] = [
    StatusCode {
        code: Some(300),
        name: "Multiple Choices",
        says: "there are several representations; pick one",
        about: "The server offers a choice of representations, each with its own URL, and lists them in the body. Where it \
                prefers one, it puts that into Location, and a client may go there without asking. curl does; browsers, \
                Go and Python's requests do not.",
        method: "Stays, if the client follows: nothing allows another.",
        body: "Is sent again, if the client follows.",
        lasts: "It says nothing of that.",
        cached: CACHED_UNASKED,
        location: "The server's favourite; it should be there where the server has one.",
        instead: &[
            (302, "there is one target, and clients are to go there"),
            (303, "the answer is one of the choices"),
        ],
        sources: &[("RFC 9110 §15.4.1", links::MULTIPLE_CHOICES), HEURISTIC],
        see_also: &[302, 303],
    },
    StatusCode {
        code: Some(301),
        name: "Moved Permanently",
        says: "moved for good; a POST may arrive as a GET",
        about: "The resource has a new URL, and links ought to be updated. For the sake of old clients a client may turn \
                a POST into a GET here: browsers, curl and most libraries do, others send the POST again. Nobody can \
                tell beforehand which one will call.",
        method: "POST may become GET, or stay. No other method may change by this code, yet some libraries turn PUT and \
                 DELETE into GET as well.",
        body: "Lost where the POST becomes a GET; sent again otherwise.",
        lasts: "For good: next time ask the new URL at once.",
        cached: CACHED_UNASKED,
        location: "The new URL; it should be there.",
        instead: &[
            (
                308,
                "anything but GET and HEAD may come: method and body stay with every client",
            ),
            (302, "the move is for now only"),
            (303, "the client is to fetch a result with GET"),
        ],
        sources: &[
            ("RFC 9110 §15.4.2", links::MOVED_PERMANENTLY),
            HEURISTIC,
            QUERY,
            FETCH,
        ],
        see_also: &[308, 302],
    },
    StatusCode {
        code: Some(302),
        name: "Found",
        says: "elsewhere for now; a POST may arrive as a GET",
        about: "The resource is at another URL for the time being. As with 301, a client may turn a POST into a GET: \
                browsers, curl and most libraries do, others send the POST again.",
        method: "POST may become GET, or stay. No other method may change by this code, yet some libraries turn PUT and \
                 DELETE into GET as well.",
        body: "Lost where the POST becomes a GET; sent again otherwise.",
        lasts: "For now: keep asking the old URL.",
        cached: CACHED_ASKED,
        location: "Where it is for now; it should be there.",
        instead: &[
            (
                307,
                "anything but GET and HEAD may come: method and body stay with every client",
            ),
            (
                303,
                "a POST is done and the client is to fetch the result with GET",
            ),
            (301, "the move is for good and the requests are GETs"),
        ],
        sources: &[("RFC 9110 §15.4.3", links::FOUND), QUERY, FETCH],
        see_also: &[307, 303],
    },
    StatusCode {
        code: Some(303),
        name: "See Other",
        says: "the answer is elsewhere; fetch it with GET",
        about: "The request has been dealt with, or has no representation of its own; what there is to read is at another \
                URL. The classic answer to a form: after it, a reload repeats the GET and not the POST. The new URL is \
                not a new place of the old resource.",
        method: "Becomes GET, whatever it was. HEAD stays HEAD (RFC 9110 also allows GET).",
        body: "Is left behind, and the fields that describe it go with it.",
        lasts: "Neither: the old URL goes on to take requests.",
        cached: CACHED_ASKED,
        location: "Where the answer is; without it the code says nothing.",
        instead: &[
            (
                307,
                "the request itself, method and body, is to go to the other URL",
            ),
            (308, "it is to go there for good"),
        ],
        sources: &[("RFC 9110 §15.4.4", links::SEE_OTHER), FETCH],
        see_also: &[307, 302],
    },
    StatusCode {
        code: Some(304),
        name: "Not Modified",
        says: "no redirect: use the copy you have",
        about: "The answer to a conditional GET or HEAD: what the client has stored is still good. Nothing moves, and a \
                Location in it means nothing.",
        method: "Nothing is sent again.",
        body: "Nothing is sent again.",
        lasts: "Until the stored copy has to be checked again.",
        cached: "It refreshes the stored response.",
        location: "None. Ignore it.",
        instead: &[
            (302, "the client is to go elsewhere"),
            (412, "a condition fails on any method but GET and HEAD"),
        ],
        sources: &[
            ("RFC 9110 §15.4.5", links::NOT_MODIFIED),
            (
                "RFC 9110 §13.1.2",
                "https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2",
            ),
        ],
        see_also: &[303],
    },
    StatusCode {
        code: Some(305),
        name: "Use Proxy",
        says: "deprecated: do not send it, do not follow it",
        about: "It once asked the client to repeat the request through a proxy named in Location. A response that sets a \
                client's proxy is a gift to attackers, so the code was withdrawn. Its Location never was a target, yet \
                clients that follow any 3xx go there.",
        method: "Stays, if a client follows in spite of all.",
        body: "Is sent again, if a client follows in spite of all.",
        lasts: "One request.",
        cached: CACHED_ASKED,
        location: "Once the proxy; never a target.",
        instead: &[(307, "the request is to go to another URL")],
        sources: &[
            ("RFC 9110 §15.4.6", links::USE_PROXY),
            (
                "RFC 7231 App. B",
                "https://www.rfc-editor.org/rfc/rfc7231#appendix-B",
            ),
        ],
        see_also: &[307],
    },
    StatusCode {
        code: Some(306),
        name: "(Unused)",
        says: "reserved: nobody should send it",
        about: "A draft once gave it a meaning, which was dropped. The number stays reserved, and a client handles it as \
                it handles an unknown code.",
        method: "Stays, if a client follows in spite of all.",
        body: "Is sent again, if a client follows in spite of all.",
        lasts: "It says nothing of that.",
        cached: CACHED_ASKED,
        location: "None.",
        instead: &[(307, "the request is to go to another URL")],
        sources: &[("RFC 9110 §15.4.7", links::UNUSED)],
        see_also: &[300],
    },
    StatusCode {
        code: Some(307),
        name: "Temporary Redirect",
        says: "elsewhere for now; method and body stay",
        about: "The same request, sent to another URL for the time being. What 302 was meant to be: POST stays POST. The \
                body has to be sent again, so a client that reads it from a stream may have to give up.",
        method: "Stays. A client that follows must not change it.",
        body: "Is sent again. (The MUST NOT covers the method; the body rests on the SHOULD of §15.4 to repeat the \
               original request.)",
        lasts: "For now: keep asking the old URL.",
        cached: CACHED_ASKED,
        location: "Where it is for now; it should be there.",
        instead: &[
            (308, "the move is for good"),
            (
                303,
                "the request is done and the client is to fetch the result with GET",
            ),
        ],
        sources: &[
            ("RFC 9110 §15.4.8", links::TEMPORARY_REDIRECT),
            ("RFC 9110 §15.4", links::REDIRECTION_3XX),
            FETCH,
        ],
        see_also: &[308, 302, 303],
    },
    StatusCode {
        code: Some(308),
        name: "Permanent Redirect",
        says: "moved for good; method and body stay",
        about: "The same request, sent to the new URL, now and from now on. What 301 was meant to be. Defined in 2014: a \
                client older than that handles it as 300 and stops.",
        method: "Stays. RFC 9110 forgot to say so; verified erratum 7109 adds that a client must not change it.",
        body: "Is sent again.",
        lasts: "For good: next time ask the new URL at once.",
        cached: CACHED_UNASKED,
        location: "The new URL; it should be there.",
        instead: &[
            (307, "the move is for now only"),
            (301, "the requests are GETs and very old clients matter"),
            (
                303,
                "the request is done and the client is to fetch the result with GET",
            ),
        ],
        sources: &[
            ("RFC 9110 §15.4.9", links::PERMANENT_REDIRECT),
            ("Erratum 7109", links::ERRATUM_7109),
            (
                "RFC 7538 §3",
                "https://www.rfc-editor.org/rfc/rfc7538#section-3",
            ),
            HEURISTIC,
            FETCH,
        ],
        see_also: &[301, 307],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_rows_cover_3xx_exactly() {
        for (code, name) in [
            (299, None),
            (300, Some("Multiple Choices")),
            (307, Some("Temporary Redirect")),
            (308, Some("Permanent Redirect")),
            (309, Some("any other 3xx")),
            (399, Some("any other 3xx")),
            (400, None),
        ] {
            assert_eq!(status(code).map(|row| row.name), name, "{code}");
        }
    }

    #[test]
    fn status_rows_are_in_order_and_link_to_existing_ones() {
        for (row, code) in STATUS_CODES.iter().zip(300..) {
            assert_eq!(row.code, Some(code));
            assert!(
                row.see_also
                    .iter()
                    .all(|other| *other != code && status(*other).is_some()),
                "{code}"
            );
            assert!(
                row.instead.iter().all(|(other, _)| *other != code),
                "{code}"
            );
            assert!(
                row.sources
                    .iter()
                    .all(|(_, url)| url.starts_with("https://")),
                "{code}"
            );
            let own = format!("RFC 9110 §15.4.{}", code - 299);
            assert_eq!(row.sources[0].0, own);
        }
    }
}
