//! The chain as a state machine: a request goes out, an exchange comes in, a judged hop is the result.

use std::collections::HashMap;

use url::Url;

use super::{End, EndKind, Hop, Jar, Trace, jar::cookie_field};
use crate::model::{Body, Exchange, Failure, FailureKind, Headers, Method, Request, Response, Status};
use crate::rules::carry::{self, Caller, Crossing, Turn};
use crate::rules::location::{self, Located, Unusable};
use crate::rules::{BodyFate, Change, Policy, Redirect, law, policy, raise};

/// What the user lets the chain do, whoever it is followed as.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Whether to follow at all (`--no-follow`).
    pub follow: bool,
    /// The schemes that a redirect may lead to (`--proto-redir`), in lower case.
    pub schemes: Vec<String>,
    /// The cookies at the start; `None` with `--no-cookies`.
    pub jar: Option<Jar>,
}

impl Default for Terms {
    fn default() -> Self {
        Self { follow: true, schemes: vec!["http".to_owned(), "https".to_owned()], jar: Some(Jar::new()) }
    }
}

/// A chain under way.
///
/// Ask for [`Follower::request`], send it, tell [`Follower::heard`] what came; when there is no further request,
/// [`Follower::finish`].
#[derive(Debug)]
pub struct Follower {
    policy: Policy,
    terms: Terms,
    caller: Caller,
    /// The request to send next, cookies included.
    next: Option<Request>,
    /// Its fields without what the jar adds: what the next redirect starts from.
    carried: Headers,
    /// Every request so far and the hop that made it.
    seen: HashMap<Asked, usize>,
    hops: Vec<Hop>,
    end: Option<End>,
}

/// What makes two requests the same: a server that gets it again has no reason to answer otherwise.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Asked {
    method: Method,
    target: String,
    with_content: bool,
    credentials: Vec<(String, Vec<u8>)>,
}

/// Where one redirect leads: the judged redirect and the request that follows.
struct Onward {
    redirect: Redirect,
    next: Request,
    carried: Headers,
    oddities: Vec<location::Oddity>,
}

impl Follower {
    /// A chain that starts with `first`.
    #[must_use]
    pub fn new(policy: Policy, terms: Terms, first: Request) -> Self {
        let caller = Caller { first: first.target.clone(), headers: first.headers.clone() };
        let carried = first.headers.clone();
        let mut follower =
            Self { policy, terms, caller, next: None, carried, seen: HashMap::new(), hops: Vec::new(), end: None };
        let first = follower.with_cookies(first);
        follower.seen.insert(Asked::by(&first), 1);
        follower.next = Some(first);
        follower
    }

    /// The request to send now; `None` when the chain has ended.
    #[must_use]
    pub fn request(&self) -> Option<&Request> {
        self.next.as_ref()
    }

    /// Takes what came of [`Follower::request`], judges the hop, and makes up its mind on the next.
    pub fn heard(&mut self, exchange: Exchange) -> &Hop {
        let n = self.hops.len() + 1;
        let request = self.next.take();
        let mut hop = Hop { n, findings: raise::by_exchange(n, &exchange), exchange, redirect: None };
        match (request, hop.exchange.answer.clone()) {
            (Some(request), Ok(response)) => self.answered(&request, &response, &mut hop),
            (_, Err(failure)) => self.end = Some(failed(&hop, &failure)),
            (None, Ok(_)) => {}
        }
        self.hops.push(hop);
        &self.hops[n - 1]
    }

    /// What the chain leaves behind.
    #[must_use]
    pub fn finish(self) -> Trace {
        let start = self.caller.first;
        let interrupted = || End {
            kind: EndKind::Interrupted,
            status: None,
            url: start.clone(),
            detail: Some("interrupted before the next request".to_owned()),
            phase: None,
        };
        let end = self.end.unwrap_or_else(interrupted);
        let mut trace = Trace { start, client: self.policy.name, hops: self.hops, end, findings: Vec::new() };
        trace.findings.extend(raise::by_length(trace.redirects()));
        trace
    }

    fn answered(&mut self, request: &Request, response: &Response, hop: &mut Hop) {
        if let Some(jar) = &mut self.terms.jar {
            jar.store(&request.target, &response.headers);
        }
        let located = match Self::locate(request, response) {
            Ok(Some(located)) => located,
            Ok(None) => {
                hop.findings.extend(raise::by_answer(hop.n, response));
                self.end = Some(end(EndKind::Landed, hop, None));
                return;
            }
            Err(unusable) => {
                self.end = Some(end(EndKind::BadLocation, hop, Some(why_unusable(response.status, &unusable))));
                return;
            }
        };
        let onward = self.onward(request, response, located);
        hop.findings.extend(raise::by_redirect(hop.n, response.status, &onward.redirect, &onward.oddities));
        let stop = self.stop(response.status, &onward);
        hop.redirect = Some(Redirect { followed: stop.is_none(), ..onward.redirect });
        match stop {
            Some((kind, detail)) => self.end = Some(end(kind, hop, Some(detail))),
            None => self.go_on(onward.next, onward.carried),
        }
    }

    /// Where the response points, if it redirects.
    ///
    /// Only on the redirect statuses a missing or unusable Location is a fault; any other 3xx is an answer then. 304 is
    /// never more than that: Location has no part in it (RFC 9110 §15.4.5).
    fn locate(request: &Request, response: &Response) -> Result<Option<Located>, Unusable> {
        if !response.status.is_redirection() || response.status.code() == 304 {
            return Ok(None);
        }
        match location::locate(&request.target, &response.headers) {
            Ok(located) => Ok(Some(located)),
            Err(unusable) if policy::is_redirect_status(response.status) => Err(unusable),
            Err(_) => Ok(None),
        }
    }

    fn onward(&self, request: &Request, response: &Response, located: Located) -> Onward {
        let rewritten = self.policy.rewrites(response.status, &request.method);
        let method = if rewritten && !self.policy.method_sticks { Method::GET } else { request.method.clone() };
        let body = match (request.body.is_none(), rewritten) {
            (true, _) => BodyFate::None,
            (false, true) => BodyFate::Dropped,
            (false, false) => BodyFate::Kept,
        };
        let change = Change { from: request.method.clone(), to: method };
        let crossing = Crossing { from: &request.target, to: &located.target };
        let turn = Turn {
            crossing,
            method_changed: !change.kept(),
            body,
            referrer_policy: response.headers.text("referrer-policy"),
        };
        let carried = carry::carry(&self.policy, &self.caller, &self.carried, &turn);
        let (cross_origin, downgrade) = (crossing.is_cross_origin(), crossing.is_downgrade());
        let next = self.with_cookies(Request {
            method: change.to.clone(),
            target: without_userinfo(&located.target),
            headers: carried.clone(),
            body: if body == BodyFate::Kept { request.body.clone() } else { Body::NONE },
        });
        let (verdict, rule) = law::judge(response.status, &change.from, &change.to, body);
        let redirect = Redirect {
            location: located.location,
            target: located.target,
            permanent: matches!(response.status.code(), 301 | 308),
            predictable: law::is_predictable(response.status, &change.from),
            method: change,
            body,
            verdict,
            agreement: None,
            rule,
            cross_origin,
            downgrade,
            dropped: names(&request.headers).filter(|name| !next.headers.contains(name)).collect(),
            credentials_sent: names(&carried).filter(|name| carry::is_credential(name)).collect(),
            followed: false,
        };
        Onward { redirect, next, carried, oddities: located.oddities }
    }

    /// Why the chain stops here, if it does.
    fn stop(&self, status: Status, onward: &Onward) -> Option<(EndKind, String)> {
        let target = &onward.redirect.target;
        if !self.policy.follows(status) {
            return Some((EndKind::NotFollowed, format!("{} does not follow {status}", self.policy.name)));
        }
        if !self.terms.follow {
            return Some((EndKind::NotFollowed, "--no-follow stops after the first hop".to_owned()));
        }
        if !self.terms.schemes.iter().any(|scheme| scheme == target.scheme()) {
            return Some((EndKind::Refused, self.why_refused(target)));
        }
        if self.hops.len() >= self.policy.limit {
            let limit = self.policy.limit;
            return Some((EndKind::TooMany, format!("gave up after {limit} redirects")));
        }
        let first = self.seen.get(&Asked::by(&onward.next))?;
        let asked = format!("{} {target}", onward.next.method);
        let detail = format!("{asked} was asked at hop {first} already, with the same cookies and credentials");
        Some((EndKind::Loop, detail))
    }

    fn why_refused(&self, target: &Url) -> String {
        let scheme = target.scheme();
        if matches!(scheme, "http" | "https") {
            format!("the redirect leads to {scheme}, and --proto-redir allows {}", self.terms.schemes.join(", "))
        } else {
            format!("the redirect leads to {scheme}:, and only http and https can be followed")
        }
    }

    fn go_on(&mut self, next: Request, carried: Headers) {
        self.seen.insert(Asked::by(&next), self.hops.len() + 2);
        self.carried = carried;
        self.next = Some(next);
    }

    /// The request with the one Cookie field that jar and user make up together.
    fn with_cookies(&self, mut request: Request) -> Request {
        let Some(jar) = &self.terms.jar else { return request };
        let of_user = request.headers.all("cookie").collect::<Vec<_>>().join(&b"; "[..]);
        if let Some(value) = cookie_field(&jar.pairs(&request.target), Some(&of_user)) {
            request.headers.set("cookie", value);
        }
        request
    }
}

impl Asked {
    fn by(request: &Request) -> Self {
        let mut target = request.target.clone();
        target.set_fragment(None);
        let credentials = request.headers.iter().filter(|field| carry::is_credential(&field.name));
        Self {
            method: request.method.clone(),
            target: target.into(),
            with_content: !request.body.is_none(),
            credentials: credentials.map(|field| (field.name.to_ascii_lowercase(), field.value.clone())).collect(),
        }
    }
}

fn names(headers: &Headers) -> impl Iterator<Item = String> {
    headers.iter().map(|field| field.name.to_ascii_lowercase())
}

fn without_userinfo(url: &Url) -> Url {
    let mut url = url.clone();
    // Both fail on URLs that cannot have userinfo only, and those have none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

fn end(kind: EndKind, hop: &Hop, detail: Option<String>) -> End {
    let status = hop.exchange.answer.as_ref().ok().map(|response| response.status);
    End { kind, status, url: hop.exchange.sent.target.clone(), detail, phase: None }
}

fn failed(hop: &Hop, failure: &Failure) -> End {
    let kind = match failure.kind {
        FailureKind::Forbidden => EndKind::Refused,
        FailureKind::Interrupted => EndKind::Interrupted,
        FailureKind::Broken | FailureKind::TimedOut => EndKind::Failed,
    };
    let phase = (kind == EndKind::Failed).then_some(failure.phase);
    End { phase, ..end(kind, hop, Some(failure.detail.clone())) }
}

fn why_unusable(status: Status, unusable: &Unusable) -> String {
    match unusable {
        Unusable::Missing => format!("the {status} has no Location field: there is nowhere to go"),
        Unusable::Several(values) => {
            format!(
                "the {status} has {} Location fields with different values: clients disagree on which",
                values.len()
            )
        }
        Unusable::NotAUrl { location, reason } => {
            format!("the Location of the {status} is no URL ({reason}): {}", String::from_utf8_lossy(location))
        }
    }
}
