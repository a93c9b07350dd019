//! Which findings a hop raises, and which a chain.

use super::cookie::RefusedCookie;
use super::credential::CREDENTIALS;
use super::location::{self, Located, Oddity};
use super::{BodyFate, Facts, Finding, Note, Redirect, Side, Slip, findings};
use crate::model::{Exchange, Response, Status};

/// Redirects after which a chain is called long: what RFC 2068 §10.3 advised as the most, still quoted in
/// [RFC 9110 §15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4).
pub const LONG: usize = 5;

/// What the redirect at hop `n` raises, with its Location as browsers read it, and what the measured clients do there.
///
/// What the server did is raised in any case; what the client did, only where it did it.
#[must_use]
pub fn redirect(
    n: usize,
    status: Status,
    redirect: &Redirect,
    seen: SeenElsewhere<'_>,
) -> Vec<Finding> {
    let mut raised = Vec::new();
    if redirect.followed {
        raised.extend(method_and_body(n, status, redirect));
    }
    if !redirect.predictable {
        let facts = Facts::Unpredictable {
            status,
            method: redirect.method.from.clone(),
            sides: seen.sides,
        };
        raised.push(finding(&findings::UNPREDICTABLE, n, facts));
    }
    raised.extend(crossing(n, redirect));
    if redirect.followed {
        raised.extend(credentials(n, redirect));
    }
    if let Some(located) = seen.located {
        let oddities = located.oddities.iter();
        raised.extend(oddities.map(|oddity| odd_location(n, located, oddity)));
    }
    raised
}

/// What is known of a redirect beside what its client made of it.
#[derive(Debug, Default)]
pub struct SeenElsewhere<'a> {
    /// The Location as browsers read it, where they can.
    pub located: Option<&'a Located>,
    /// What the measured clients do.
    pub sides: Vec<Side>,
}

fn method_and_body(n: usize, status: Status, redirect: &Redirect) -> Vec<Finding> {
    let mut raised = Vec::new();
    if !redirect.method.kept() {
        let change = redirect.method.clone();
        let facts = Facts::MethodChanged { status, change };
        raised.push(finding(&findings::METHOD_CHANGED, n, facts));
    }
    if redirect.body == BodyFate::Dropped {
        let facts = Facts::BodyDropped { status };
        raised.push(finding(&findings::BODY_DROPPED, n, facts));
    }
    raised
}

fn crossing(n: usize, redirect: &Redirect) -> Vec<Finding> {
    let mut raised = Vec::new();
    if redirect.downgrade {
        let origin = origin(redirect);
        raised.push(finding(
            &findings::DOWNGRADE,
            n,
            Facts::Downgrade { origin },
        ));
    }
    if redirect.cross_origin {
        let origin = origin(redirect);
        let facts = Facts::CrossOrigin { origin };
        raised.push(finding(&findings::CROSS_ORIGIN, n, facts));
    }
    raised
}

fn credentials(n: usize, redirect: &Redirect) -> Vec<Finding> {
    let mut raised = Vec::new();
    if !redirect.exposed.is_empty() {
        let facts = Facts::CredentialsSent {
            names: redirect.exposed.clone(),
            origin: origin(redirect),
        };
        raised.push(finding(&findings::CREDENTIALS_SENT, n, facts));
    }
    let is_credential = |name: &&String| CREDENTIALS.contains(&name.as_str());
    let lost = redirect.dropped.iter().filter(is_credential);
    let names: Vec<String> = lost.cloned().collect();
    if redirect.cross_origin && !names.is_empty() {
        let origin = origin(redirect);
        let facts = Facts::CredentialsDropped { names, origin };
        raised.push(finding(&findings::CREDENTIALS_DROPPED, n, facts));
    }
    raised
}

/// The origin that a redirect leads to; of a scheme whose origins have no name, such as `javascript:`, the scheme.
fn origin(redirect: &Redirect) -> String {
    let origin = redirect.target.origin();
    if origin.is_tuple() {
        origin.ascii_serialization()
    } else {
        format!("{}:", redirect.target.scheme())
    }
}

fn odd_location(n: usize, located: &Located, oddity: &Oddity) -> Finding {
    let (note, facts) = match oddity {
        Oddity::Repeated => (&findings::REPEATED_LOCATION, Facts::RepeatedLocation),
        Oddity::Userinfo => (&findings::USERINFO_IN_LOCATION, Facts::UserinfoInLocation),
        Oddity::OutsideGrammar => {
            let location = located.location.clone();
            (
                &findings::INVALID_LOCATION,
                Facts::InvalidLocation { location },
            )
        }
        Oddity::HostWithoutScheme => {
            let location = located.location.clone();
            let slip = Slip::HostWithoutScheme { location };
            (&findings::HOST_WITHOUT_SCHEME, Facts::Slip(slip))
        }
        Oddity::OtherHost(strict) => {
            let facts = Facts::AmbiguousHost {
                browsers: located.target.host_str().map(str::to_owned),
                strict: strict.clone(),
            };
            (&findings::AMBIGUOUS_HOST, facts)
        }
    };
    finding(note, n, facts)
}

/// What an exchange raises wherever it leads.
#[must_use]
pub fn exchange(n: usize, exchange: &Exchange) -> Vec<Finding> {
    let connection = exchange.connection.as_ref();
    let answer = exchange.answer.as_ref().ok();
    let mut raised = Vec::new();
    let cut_short = exchange.sent.body.as_ref().filter(|body| !body.complete);
    if let (Some(body), Some(_)) = (cut_short, answer) {
        let facts = Facts::EarlyAnswer { sent: body.bytes };
        raised.push(finding(&findings::EARLY_ANSWER, n, facts));
    }
    if let Some(fault) = answer.and_then(|response| response.content.fault.clone()) {
        raised.push(finding(&findings::BODY_FAULT, n, Facts::BodyFault(fault)));
    }
    let method = &exchange.sent.method;
    if connection.is_some_and(|connection| connection.retried) && !method.is_idempotent() {
        let method = method.clone();
        raised.push(finding(&findings::RETRIED, n, Facts::Retried { method }));
    }
    let tls = connection.and_then(|connection| connection.tls.as_ref());
    if let Some(fault) = tls.and_then(|tls| tls.fault.clone()) {
        raised.push(finding(&findings::TLS_FAULT, n, Facts::TlsFault(fault)));
    }
    raised
}

/// What the cookies raise that were refused at hop `n`.
#[must_use]
pub fn cookies(n: usize, refused: impl Iterator<Item = RefusedCookie>) -> Option<Finding> {
    let refused: Vec<_> = refused
        .filter(|cookie| cookie.why.is_fault_of_server())
        .collect();
    (!refused.is_empty())
        .then(|| finding(&findings::COOKIE_REFUSED, n, Facts::CookieRefused(refused)))
}

/// What a response raises that redirects nowhere.
#[must_use]
pub fn answer(n: usize, response: &Response) -> Vec<Finding> {
    let raised = [refresh(n, response), unused_location(n, response)];
    raised.into_iter().flatten().collect()
}

/// Of a 201 Location is what was made ([RFC 9110 §15.3.2](https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2)).
fn unused_location(n: usize, response: &Response) -> Option<Finding> {
    let status = response.status;
    let location = response.headers.get("location")?.to_vec();
    let slip = Slip::LocationUnused { status, location };
    (status.code() != 201).then(|| finding(&findings::LOCATION_UNUSED, n, Facts::Slip(slip)))
}

/// What a Location raises that no client of this kind can use.
#[must_use]
pub fn unusable(n: usize, response: &Response) -> Option<Finding> {
    let location = response.headers.get("location")?.to_vec();
    let is_told = response.status.is_redirection() && location::has_escaped_brackets(&location);
    let slip = Slip::EscapedBrackets { location };
    is_told.then(|| finding(&findings::INVALID_LOCATION, n, Facts::Slip(slip)))
}

fn refresh(n: usize, response: &Response) -> Option<Finding> {
    let value = response.headers.get("refresh")?;
    location::refresh_url(value)?;
    let value = value.to_vec();
    Some(finding(&findings::REFRESH, n, Facts::Refresh { value }))
}

/// What a chain of so many redirects raises.
#[must_use]
pub fn length(redirects: usize) -> Option<Finding> {
    (redirects > LONG).then_some(Finding {
        note: &findings::TOO_LONG,
        hop: None,
        facts: Facts::TooLong {
            redirects,
            most: LONG,
        },
    })
}

fn finding(note: &'static Note, n: usize, facts: Facts) -> Finding {
    Finding {
        note,
        hop: Some(n),
        facts,
    }
}
