//! A finding in one sentence on its very case.

use super::voice::{LONGEST_LOCATION, Voice};
use super::{cookie, wire};
use crate::rules::{BodyFate, Facts, Leak, Side, Slip};

/// The sentence.
#[must_use]
pub fn finding(voice: Voice, facts: &Facts) -> String {
    match facts {
        Facts::MethodChanged { status, change } => {
            format!("{} becomes {} on {status}", change.from, change.to)
        }
        Facts::BodyDropped { status } => format!("{status}: the content is not sent on"),
        Facts::Unpredictable {
            status,
            method,
            sides,
        } => format!(
            "clients differ on {status} in answer to {method}{}",
            of_sides(sides)
        ),
        Facts::Downgrade { origin } => format!("from https to {origin}"),
        Facts::CrossOrigin { origin } => format!("to another origin: {origin}"),
        Facts::CredentialsSent { names, origin } => credentials_sent(names, origin),
        Facts::CredentialsDropped { names, origin } => credentials_dropped(names, origin),
        Facts::Leak(leak) => of_leak(leak),
        Facts::Slip(slip) => of_slip(voice, slip),
        Facts::TooLong { redirects, most } => format!("{redirects} redirects, more than {most}"),
        Facts::EarlyAnswer { sent } => format!("answered after {sent} bytes of content"),
        Facts::RepeatedLocation => "Location stands several times with one value".to_owned(),
        Facts::UserinfoInLocation => "Location carries a user name or password".to_owned(),
        Facts::InvalidLocation { location } => {
            format!("Location is no URI-reference: {}", quoted(voice, location))
        }
        Facts::AmbiguousHost { browsers, strict } => format!(
            "browsers go to {}; by RFC 3986 the host is {}",
            browsers.as_deref().unwrap_or("none"),
            strict.as_deref().unwrap_or("empty")
        ),
        Facts::CookieRefused(cookies) => cookie::refused(voice, cookies),
        Facts::Refresh { value } => {
            let shown = voice.foreign(&String::from_utf8_lossy(value));
            format!("a browser would go on by Refresh: {shown}")
        }
        Facts::BodyFault(fault) => wire::content_fault(fault),
        Facts::Retried { method } => format!(
            "{method} went out a second time: the first connection closed without an answer"
        ),
        Facts::TlsFault(fault) => {
            format!("-k went on in spite of this: {}", wire::tls_fault(fault))
        }
    }
}

/// `authorization, x-api-key goes to another origin: http://b.example`, here as in the closing sentence of a report.
pub(super) fn credentials_sent(names: &[String], origin: &str) -> String {
    let goes = if names.len() > 1 { "go" } else { "goes" };
    format!("{} {goes} to another origin: {origin}", names.join(", "))
}

/// What a server most likely did not mean.
fn of_slip(voice: Voice, slip: &Slip) -> String {
    match slip {
        Slip::PortChanged { from, to } => ports(*from, *to),
        Slip::Growing {
            redirects,
            from,
            to,
        } => format!(
            "{redirects} redirects in a row wrap the URL before them: it grows from {from} to {to} bytes"
        ),
        Slip::HostWithoutScheme { location } => format!(
            "Location starts with a host, which without // before it is none: {}",
            quoted(voice, location)
        ),
        Slip::QueryDoubled => "the target holds the query of the request twice".to_owned(),
        Slip::EscapedTwice { escape } => format!(
            "{escape} of the request is %25{} in the target, escaped twice",
            escape.trim_start_matches('%')
        ),
        Slip::EscapedBrackets { location } => format!(
            "the brackets of the IPv6 address in Location are escaped: {}",
            quoted(voice, location)
        ),
        Slip::LocationUnused { status, location } => format!(
            "Location on a {status} redirects nowhere: {}",
            quoted(voice, location)
        ),
        Slip::NoHypertextNote { bytes: 0 } => {
            "no content, where a short note with a link to the target is usual".to_owned()
        }
        Slip::NoHypertextNote { bytes } => {
            format!("{bytes} bytes of content without a link to the target")
        }
    }
}

/// `the target has port 8080, and the request had none`.
fn ports(from: Option<u16>, to: Option<u16>) -> String {
    match (from, to) {
        (Some(from), None) => format!("the port of the request, {from}, is not in the target"),
        (_, to) => format!(
            "the target has port {}, and the request had none",
            to.unwrap_or_default()
        ),
    }
}

/// What leaves, and where to.
fn of_leak(leak: &Leak) -> String {
    match leak {
        Leak::InReferer { names, origin } => format!(
            "the Referer takes {} of the URL to another origin: {origin}",
            names.join(", ")
        ),
        Leak::Body { secrets, origin } => body_sent(secrets, origin),
        Leak::InClear { names, body } => sent_in_clear(names, *body),
        Leak::ToPrivate { host, kind } => match kind {
            Some(kind) => format!("to {host}, {}", wire::of_address(*kind)),
            None => format!("to {host}, a name of the local network"),
        },
    }
}

/// `the body goes to another origin, with password in it: http://b.example`.
fn body_sent(secrets: &[String], origin: &str) -> String {
    let with = match secrets {
        [] => String::new(),
        names => format!(", with {} in it", names.join(", ")),
    };
    format!("the body goes to another origin{with}: {origin}")
}

/// `authorization and the body went over http before the redirect to https`.
fn sent_in_clear(names: &[String], body: bool) -> String {
    let what = match (names, body) {
        ([], _) => "the body".to_owned(),
        (names, false) => names.join(", "),
        (names, true) => format!("{} and the body", names.join(", ")),
    };
    format!("{what} went over http before the redirect to https")
}

/// `cookie does not go to http://b.example, another origin`.
pub(super) fn credentials_dropped(names: &[String], origin: &str) -> String {
    let does = if names.len() > 1 { "do" } else { "does" };
    format!(
        "{} {does} not go to {origin}, another origin",
        names.join(", ")
    )
}

/// A Location that a sentence can repeat: one that is too long is counted, since half of it could end within a secret.
fn quoted(voice: Voice, location: &[u8]) -> String {
    if location.len() > LONGEST_LOCATION {
        format!("{} bytes", location.len())
    } else {
        voice.location(location)
    }
}

/// The best-known clients on each side, in no more than two lines: `: chrome, curl ... send GET; urllib3 ... send POST`.
fn of_sides(sides: &[Side]) -> String {
    if sides.len() < 2 {
        return String::new();
    }
    // Four names of the first side and one of each other fit into two lines of 80 columns.
    let shown: Vec<String> = sides
        .iter()
        .zip([4, 1, 1])
        .map(|(side, most)| of_side(side, most))
        .collect();
    format!(": {}", shown.join("; "))
}

fn of_side(side: &Side, most: usize) -> String {
    let lost = side.body == BodyFate::Dropped && !side.method.is_retrieval();
    let names = side.clients[..side.clients.len().min(most)].join(", ");
    let more = if side.clients.len() > most {
        " ..."
    } else {
        ""
    };
    let empty = if lost { "an empty " } else { "" };
    format!("{names}{more} send {empty}{}", side.method)
}
