//! The findings: what a report points at besides the verdict, one row each.
//!
//! A verdict judges the client (what RFC 9110 says of method and body at a hop); a finding is anything else that a user
//! wants pointed out, whoever caused it. Each row is read by the table, the JSON document, `--fail-on` and `explain`.

use super::{Facts, links};
use crate::model::enumerated;

enumerated! {
    /// How much a finding matters.
    #[derive(PartialOrd, Ord)]
    pub enum Severity {
        /// Worth knowing.
        Info = "info",
        /// Likely a surprise.
        Warn = "warn",
        /// Almost certainly a fault.
        Error = "error",
    }
}

/// One row of the table of findings.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    /// What `--fail-on`, `explain` and the JSON document call it.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One line: what it means.
    pub says: &'static str,
    /// Why it matters and what to do.
    pub why: &'static str,
    /// Where it is written.
    pub cites: &'static [&'static str],
}

/// A finding raised at a hop (or by the chain as a whole).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its row.
    pub note: &'static Note,
    /// The hop, counted from 1; `None` where the chain as a whole raises it.
    pub hop: Option<usize>,
    /// What was seen in this very case.
    pub facts: Facts,
}

/// The row with this id.
#[must_use]
pub fn note(id: &str) -> Option<&'static Note> {
    NOTES.iter().copied().find(|note| note.id == id)
}

/// Every finding there is, in the order in which `explain` lists them.
pub static NOTES: &[&Note] = &[
    &METHOD_CHANGED,
    &BODY_DROPPED,
    &UNPREDICTABLE,
    &DOWNGRADE,
    &CROSS_ORIGIN,
    &CREDENTIALS_SENT,
    &CREDENTIALS_DROPPED,
    &CREDENTIALS_IN_REFERER,
    &BODY_SENT,
    &SENT_IN_CLEAR,
    &TO_PRIVATE,
    &TOO_LONG,
    &GROWING_TARGET,
    &PORT_CHANGED,
    &QUERY_DOUBLED,
    &ESCAPED_TWICE,
    &EARLY_ANSWER,
    &REPEATED_LOCATION,
    &INVALID_LOCATION,
    &AMBIGUOUS_HOST,
    &USERINFO_IN_LOCATION,
    &HOST_WITHOUT_SCHEME,
    &LOCATION_UNUSED,
    &NO_HYPERTEXT_NOTE,
    &COOKIE_REFUSED,
    &REFRESH,
    &BODY_FAULT,
    &RETRIED,
    &TLS_FAULT,
];

/// The next request has another method.
pub static METHOD_CHANGED: Note = Note {
    id: "method-changed",
    severity: Severity::Warn,
    says: "the next request has another method",
    why: "301 and 302 let a client turn POST into GET and 303 asks for it; 307 and 308 keep the method. \
          Where the method matters, answer 307 or 308.",
    cites: &[links::REDIRECTION_3XX, links::FETCH_REDIRECT],
};

/// The content was not sent on.
pub static BODY_DROPPED: Note = Note {
    id: "body-dropped",
    severity: Severity::Warn,
    says: "the content was not sent on",
    why: "Content goes when the method becomes GET. The target cannot know that there was any: a form arrives empty, a \
          webhook is delivered as nothing, and the final status can still be 200. 307 and 308 send it again.",
    cites: &[links::REDIRECTION_3XX, links::FETCH_REDIRECT],
};

/// Clients differ here.
pub static UNPREDICTABLE: Note = Note {
    id: "unpredictable",
    severity: Severity::Warn,
    says: "clients differ on what to send next",
    why: "301 and 302 leave the method of POST to the client, and in practice that of PUT, PATCH and DELETE as well. \
          Answer 307 or 308 to keep method and content everywhere, 303 to get a GET everywhere.",
    cites: &[links::MOVED_PERMANENTLY, links::FOUND],
};

/// From https to http.
pub static DOWNGRADE: Note = Note {
    id: "downgrade",
    severity: Severity::Error,
    says: "the redirect leads from https to http",
    why: "Everything after it can be read and changed on the way. Often a proxy ends TLS and the server behind it \
          builds its Location from what it sees: let it honour X-Forwarded-Proto, or send a relative Location.",
    cites: &[links::LOCATION, links::CREDENTIALS],
};

/// To another origin.
pub static CROSS_ORIGIN: Note = Note {
    id: "cross-origin",
    severity: Severity::Info,
    says: "the redirect leads to another origin",
    why: "Another scheme, host or port is another origin: clients drop Authorization there, browsers apply CORS, and \
          http to https on the same host counts as well.",
    cites: &[links::FETCH_REDIRECT],
};

/// A credential went to another origin.
pub static CREDENTIALS_SENT: Note = Note {
    id: "credentials-sent",
    severity: Severity::Error,
    says: "a credential was sent on to another origin",
    why: "Clients drop Authorization at a change of origin and know nothing of fields such as X-Api-Key: these reach \
          whoever the redirect names. Send such a request to its final URL, or do not follow.",
    cites: &[links::REDIRECTION_3XX, links::CREDENTIALS],
};

/// A credential did not go to another origin.
pub static CREDENTIALS_DROPPED: Note = Note {
    id: "credentials-dropped",
    severity: Severity::Info,
    says: "a credential was not sent on to another origin",
    why: "That is the safe choice, and the usual reason for a 401 or 403 behind a redirect. Ask the final URL directly \
          if it is meant to get the credential.",
    cites: &[links::REDIRECTION_3XX, links::FETCH_REDIRECT],
};

/// A secret of the URL went to another origin in the Referer.
pub static CREDENTIALS_IN_REFERER: Note = Note {
    id: "credentials-in-referer",
    severity: Severity::Error,
    says: "the Referer takes a secret of the URL to another origin",
    why: "Whoever the redirect names reads the URL before it, with its token. Browsers send no more than the origin there \
          unless a Referrer-Policy says otherwise. Keep tokens out of URLs, or answer with Referrer-Policy: no-referrer.",
    cites: &[links::REFERER, links::REFERRER_POLICY],
};

/// Content went to another origin.
pub static BODY_SENT: Note = Note {
    id: "body-sent",
    severity: Severity::Warn,
    says: "the content was sent on to another origin",
    why: "307 and 308 send the content again, wherever they lead: whoever the redirect names gets it. It is an error where \
          the content holds a secret, such as a password. Send such a request to its final URL, or do not follow.",
    cites: &[links::TEMPORARY_REDIRECT, links::PERMANENT_REDIRECT],
};

/// The same with a secret in it.
pub static SECRET_BODY_SENT: Note = Note {
    severity: Severity::Error,
    ..BODY_SENT
};

/// Credentials or content went over http before an upgrade.
pub static SENT_IN_CLEAR: Note = Note {
    id: "sent-in-clear",
    severity: Severity::Warn,
    says: "credentials or content went over http before the redirect to https",
    why: "The redirect comes too late: everybody on the way has read the first request. Ask for https at once; HSTS makes \
          browsers do so.",
    cites: &[links::CREDENTIALS, links::HSTS],
};

/// From outside into the own network.
pub static TO_PRIVATE: Note = Note {
    id: "to-private",
    severity: Severity::Warn,
    says: "the redirect leads to a private, local or metadata address",
    why: "A server outside has a client ask what only the own network can reach: services without a login, and the \
          metadata address where clouds hand out credentials. --deny-private=redirects does not go there.",
    cites: &[links::REDIRECTION_3XX, links::SSRF],
};

/// The chain is long.
pub static TOO_LONG: Note = Note {
    id: "too-long",
    severity: Severity::Warn,
    says: "the chain has more than 5 redirects",
    why: "Each redirect costs a round trip, and some clients give up after 5, the number that RFC 2068 once advised.",
    cites: &[links::REDIRECTION_3XX],
};

/// The target wraps the URL before it, again and again.
pub static GROWING_TARGET: Note = Note {
    id: "growing-target",
    severity: Severity::Warn,
    says: "each redirect wraps the URL before it: the target grows without end",
    why: "The page to come back to is a login page itself, so that each round adds one more layer. Often the login page asks \
          for a login, or the cookie of the session does not come back.",
    cites: &[links::REDIRECTION_3XX],
};

/// The same host with or without a port.
pub static PORT_CHANGED: Note = Note {
    id: "port-changed",
    severity: Severity::Warn,
    says: "the same host, but the port of the URL is lost, or one is gained",
    why: "Often a server behind a proxy builds its Location from the port that it listens on, or a proxy loses the one that \
          it was asked at. Send a relative Location, or let the server honour X-Forwarded-Port and Host.",
    cites: &[links::LOCATION],
};

/// The query of the request stands twice in the target.
pub static QUERY_DOUBLED: Note = Note {
    id: "query-doubled",
    severity: Severity::Warn,
    says: "the target holds the query of the request twice",
    why: "The query was appended to a URL that had it already: in nginx `return 301 $request_uri$is_args$args`, or a rewrite \
          whose target ends without `?`. Parameters then come twice, and most servers take but one of them.",
    cites: &[links::LOCATION],
};

/// An escape was escaped.
pub static ESCAPED_TWICE: Note = Note {
    id: "escaped-twice",
    severity: Severity::Warn,
    says: "what the request had percent-encoded is encoded once more in the target",
    why: "%20 becomes %2520, which is the text %20 and no space: the target names another resource. A `%` must not be \
          encoded again in what is encoded already.",
    cites: &[links::PERCENT_ENCODING],
};

/// The answer came before the content was sent.
pub static EARLY_ANSWER: Note = Note {
    id: "early-answer",
    severity: Severity::Info,
    says: "the answer came before all content was sent",
    why: "A server may answer early, and a client should watch for it and stop sending. Clients that do not see a \
          broken pipe instead of the redirect. Expect: 100-continue asks first.",
    cites: &[links::EARLY_ANSWER, links::EXPECT],
};

/// Location stands several times.
pub static REPEATED_LOCATION: Note = Note {
    id: "repeated-location",
    severity: Severity::Warn,
    says: "Location stands several times",
    why: "Location is a single value. Clients take the first or the last, or refuse; equal ones pass in browsers.",
    cites: &[links::LOCATION],
};

/// Location is no URI-reference.
pub static INVALID_LOCATION: Note = Note {
    id: "invalid-location",
    severity: Severity::Warn,
    says: "Location is not a valid URI-reference",
    why: "Spaces, backslashes, raw UTF-8 and the like have to be percent-encoded. Clients repair them differently or \
          not at all.",
    cites: &[links::LOCATION, links::URI_REFERENCE],
};

/// Two readings of Location have two hosts.
pub static AMBIGUOUS_HOST: Note = Note {
    id: "ambiguous-host",
    severity: Severity::Error,
    says: "browsers and RFC 3986 find different hosts in Location",
    why: "Backslashes and missing or extra slashes make the WHATWG parser and a strict one disagree on the host: a \
          check by one does not hold for the other, which is how open redirects slip through.",
    cites: &[links::WHATWG_URL, links::URI_REFERENCE],
};

/// Location carries a user name.
pub static USERINFO_IN_LOCATION: Note = Note {
    id: "userinfo-in-location",
    severity: Severity::Warn,
    says: "Location carries a user name or password",
    why: "A server must not generate it and a client should treat it as an error: it hides the real host from people \
          and turns up in logs. Some clients make an Authorization of it, some refuse to go on, most drop it.",
    cites: &[links::USERINFO],
};

/// Location starts with a host and has no scheme.
pub static HOST_WITHOUT_SCHEME: Note = Note {
    id: "location-host-without-scheme",
    severity: Severity::Warn,
    says: "Location starts with a host but neither a scheme nor //",
    why: "`example.com/path` is a relative reference: it leads to a path of that name on the same host, and the next answer \
          is a 404 or the same redirect. With a port, `example.com:8080/`, it is a URL of the scheme `example.com`.",
    cites: &[links::LOCATION, links::URI_REFERENCE],
};

/// Location where it leads nowhere.
pub static LOCATION_UNUSED: Note = Note {
    id: "location-unused",
    severity: Severity::Info,
    says: "a Location on a status on which it redirects nowhere",
    why: "Location leads on with 3xx alone, and with 201 it names what was made. If this was meant as a redirect, its status is \
          missing: in CGI and PHP the one that is set after the field wins.",
    cites: &[links::LOCATION],
};

/// The content of a redirect has no link to its target.
pub static NO_HYPERTEXT_NOTE: Note = Note {
    id: "no-hypertext-note",
    severity: Severity::Info,
    says: "the content of the redirect has no link to its target",
    why: "RFC 9110 describes a short hypertext note with a link, for people whose client does not go on by itself. Browsers \
          and libraries do not need it.",
    cites: &[
        links::MOVED_PERMANENTLY,
        links::SEE_OTHER,
        links::PERMANENT_REDIRECT,
    ],
};

/// The client does not keep a cookie.
pub static COOKIE_REFUSED: Note = Note {
    id: "cookie-refused",
    severity: Severity::Warn,
    says: "a cookie was set that the client does not keep",
    why: "It never comes back, without a word to the server: a login then starts anew, often as a circle. Secure asks for \
          https, Domain for the host or one above it that is no public suffix, SameSite=None and __Secure- for Secure, \
          __Host- for Secure and Path=/ without Domain; http never takes the place of a Secure cookie. Clients differ: \
          --as asks another.",
    cites: &[links::COOKIE_STORAGE, links::COOKIE_PREFIXES],
};

/// The final response refreshes to somewhere.
pub static REFRESH: Note = Note {
    id: "refresh",
    severity: Severity::Info,
    says: "the response has a Refresh field: a browser would go on from here",
    why: "Refresh is processed by browsers after the document has loaded, never by HTTP: other clients stop here.",
    cites: &[links::REFRESH],
};

/// The content of a response broke off.
pub static BODY_FAULT: Note = Note {
    id: "body-fault",
    severity: Severity::Warn,
    says: "the content of a response broke off or had no clear end",
    why: "Status and fields arrived whole, so that the chain goes on and the verdict stands; the content did not. Clients \
          that read it fail here, wait, or take a part for the whole.",
    cites: &[links::INCOMPLETE],
};

/// The request may have been acted on twice.
pub static RETRIED: Note = Note {
    id: "retried",
    severity: Severity::Warn,
    says: "the request was sent twice, and its method is not idempotent",
    why: "The server closed a connection that was kept open, without an answer, and the request went out again on a new \
          one, as most clients do. Whether the first was acted on is not known: with POST or PATCH it may count twice.",
    cites: &[links::RETRIES],
};

/// The certificate is faulty and `-k` went on.
pub static TLS_FAULT: Note = Note {
    id: "tls-fault",
    severity: Severity::Warn,
    says: "the certificate did not verify and -k went on",
    why: "Without -k this hop fails, as it does in browsers and other clients.",
    cites: &[links::CERTIFICATES],
};
