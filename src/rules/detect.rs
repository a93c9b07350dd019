//! Which findings a hop raises, and which a chain.

use super::location::{self, Located, Oddity};
use super::{BodyFate, Finding, Note, Redirect, findings};
use crate::model::{Exchange, Response, Status};

/// Redirects after which a chain is called long: what RFC 2068 §10.3 advised as the most, still told in
/// [RFC 9110 §15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4).
pub const LONG: usize = 5;

/// Bytes of the longest Location that a finding repeats; the hop has it whole.
const LONGEST_SHOWN: usize = 400;

/// What the redirect at hop `n` raises, with its Location as browsers read it.
///
/// What the server did is told in any case; what the client did, only where it did it.
#[must_use]
pub fn by_redirect(
    n: usize,
    status: Status,
    redirect: &Redirect,
    located: Option<&Located>,
) -> Vec<Finding> {
    let mut raised = if redirect.followed {
        by_request(n, status, redirect)
    } else {
        Vec::new()
    };
    if !redirect.predictable {
        let says = format!(
            "clients differ on {status} in answer to {}",
            redirect.method.from
        );
        raised.push(finding(&findings::UNPREDICTABLE, n, says));
    }
    raised.extend(by_crossing(n, redirect));
    if redirect.followed {
        raised.extend(by_credentials(n, redirect));
    }
    if let Some(located) = located {
        raised.extend(
            located
                .oddities
                .iter()
                .map(|oddity| by_oddity(n, located, oddity)),
        );
    }
    raised
}

/// What became of method and content.
fn by_request(n: usize, status: Status, redirect: &Redirect) -> Vec<Finding> {
    let mut raised = Vec::new();
    let change = &redirect.method;
    if !change.kept() {
        raised.push(finding(
            &findings::METHOD_CHANGED,
            n,
            format!("{} becomes {} on {status}", change.from, change.to),
        ));
    }
    if redirect.body == BodyFate::Dropped {
        raised.push(finding(
            &findings::BODY_DROPPED,
            n,
            format!("{status}: the content is not sent on"),
        ));
    }
    raised
}

fn by_crossing(n: usize, redirect: &Redirect) -> Vec<Finding> {
    let mut raised = Vec::new();
    let origin = origin(redirect);
    if redirect.downgrade {
        raised.push(finding(
            &findings::DOWNGRADE,
            n,
            format!("from https to {origin}"),
        ));
    }
    if redirect.cross_origin {
        raised.push(finding(
            &findings::CROSS_ORIGIN,
            n,
            format!("to another origin: {origin}"),
        ));
    }
    raised
}

fn by_credentials(n: usize, redirect: &Redirect) -> Vec<Finding> {
    let mut raised = Vec::new();
    let origin = origin(redirect);
    if !redirect.exposed.is_empty() {
        let says = format!(
            "{} goes to another origin: {origin}",
            redirect.exposed.join(", ")
        );
        raised.push(finding(&findings::CREDENTIALS_SENT, n, says));
    }
    let lost: Vec<&str> = redirect
        .dropped
        .iter()
        .map(String::as_str)
        .filter(|name| super::credential::CREDENTIALS.contains(name))
        .collect();
    if redirect.cross_origin && !lost.is_empty() {
        let says = format!(
            "{} does not go to {origin}, another origin",
            lost.join(", ")
        );
        raised.push(finding(&findings::CREDENTIALS_DROPPED, n, says));
    }
    raised
}

fn origin(redirect: &Redirect) -> String {
    let origin = redirect.target.origin();
    // `javascript:` and the like have an origin without a name.
    if origin.is_tuple() {
        origin.ascii_serialization()
    } else {
        format!("{}:", redirect.target.scheme())
    }
}

fn by_oddity(n: usize, located: &Located, oddity: &Oddity) -> Finding {
    let browsers = located.target.host_str().unwrap_or("none");
    match oddity {
        Oddity::Repeated => finding(
            &findings::REPEATED_LOCATION,
            n,
            "Location stands several times with one value",
        ),
        Oddity::Userinfo => finding(
            &findings::USERINFO_IN_LOCATION,
            n,
            "Location carries a user name or password",
        ),
        Oddity::OutsideGrammar => {
            let shown = match located.location.len() {
                // Cut short it could end within a secret, where no mask knows it.
                length if length > LONGEST_SHOWN => format!("{length} bytes"),
                _ => String::from_utf8_lossy(&located.location).into_owned(),
            };
            finding(
                &findings::INVALID_LOCATION,
                n,
                format!("Location is no URI-reference: {shown}"),
            )
        }
        Oddity::OtherHost(strict) => finding(
            &findings::AMBIGUOUS_HOST,
            n,
            format!(
                "browsers go to {browsers}; by RFC 3986 the host is {}",
                strict.as_deref().unwrap_or("empty")
            ),
        ),
    }
}

/// What an exchange raises wherever it leads.
#[must_use]
pub fn by_exchange(n: usize, exchange: &Exchange) -> Vec<Finding> {
    let mut raised = Vec::new();
    if exchange
        .sent
        .body
        .as_ref()
        .is_some_and(|body| !body.complete)
        && exchange.answer.is_ok()
    {
        let sent = exchange.sent.body.as_ref().map_or(0, |body| body.bytes);
        raised.push(finding(
            &findings::EARLY_ANSWER,
            n,
            format!("answered after {sent} bytes of content"),
        ));
    }
    if let Some(fault) = exchange
        .answer
        .as_ref()
        .ok()
        .and_then(|response| response.content.fault.as_deref())
    {
        raised.push(finding(&findings::BODY_FAULT, n, fault));
    }
    let retried = exchange
        .connection
        .as_ref()
        .is_some_and(|connection| connection.retried);
    if retried && !exchange.sent.method.is_idempotent() {
        let says = format!(
            "{} went out a second time: the first connection closed without an answer",
            exchange.sent.method
        );
        raised.push(finding(&findings::RETRIED, n, says));
    }
    let fault = exchange
        .connection
        .as_ref()
        .and_then(|c| c.tls.as_ref())
        .and_then(|tls| tls.fault.as_deref());
    if let Some(fault) = fault {
        raised.push(finding(
            &findings::TLS_FAULT,
            n,
            format!("-k went on in spite of this: {fault}"),
        ));
    }
    raised
}

/// What a response raises that redirects nowhere.
#[must_use]
pub fn by_answer(n: usize, response: &Response) -> Vec<Finding> {
    let refresh = response
        .headers
        .get("refresh")
        .filter(|value| location::refresh_url(value).is_some())
        .map(|value| {
            format!(
                "a browser would go on by Refresh: {}",
                String::from_utf8_lossy(value)
            )
        })
        .map(|says| finding(&findings::REFRESH, n, says));
    refresh.into_iter().collect()
}

/// What a chain of so many redirects raises.
#[must_use]
pub fn by_length(redirects: usize) -> Option<Finding> {
    let note: &'static Note = &findings::TOO_LONG;
    (redirects > LONG).then(|| Finding {
        note,
        hop: None,
        says: format!("{redirects} redirects, more than {LONG}"),
    })
}

fn finding(note: &'static Note, n: usize, says: impl Into<String>) -> Finding {
    Finding {
        note,
        hop: Some(n),
        says: says.into(),
    }
}
