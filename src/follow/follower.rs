//! The chain as a state machine: a request goes out, an exchange comes in, a judged hop is the result.

use std::collections::HashMap;

use url::Url;

use super::{End, EndKind, Hop, Jar, Trace};
use crate::model::{
    Exchange, Failure, FailureKind, Headers, Method, Request, Response, Status, without_userinfo,
};
use crate::rules::location::{self, Located, Unusable};
use crate::rules::policy::{self, LocationReading, UNLIMITED};
use crate::rules::step::{Action, NextStep, State, StopReason};
use crate::rules::{Policy, Redirect, credential, detect, law};

/// What the user lets the chain do, whoever it is followed as.
#[derive(Debug, Clone)]
pub struct FollowOptions {
    /// Whether to follow at all (`--no-follow`).
    pub follow: bool,
    /// The schemes that a redirect may lead to (`--proto-redir`), in lower case.
    pub schemes: Vec<String>,
    /// The cookies at the start; `None` with `--no-cookies`.
    pub jar: Option<Jar>,
}

impl Default for FollowOptions {
    fn default() -> Self {
        Self {
            follow: true,
            schemes: vec!["http".to_owned(), "https".to_owned()],
            jar: Some(Jar::new()),
        }
    }
}

/// A chain under way.
///
/// Ask for [`Follower::request`], send it, tell [`Follower::heard`] what came; when there is no further request,
/// [`Follower::finish`].
#[derive(Debug)]
pub struct Follower {
    policy: Policy,
    terms: FollowOptions,
    start: Url,
    /// The fields that the caller set.
    given: Headers,
    /// What the client followed as is about to send, cookies of the jar left out.
    state: State,
    /// The request to send next, cookies included.
    next: Option<Request>,
    /// Every request so far and the hop that made it.
    seen: HashMap<LoopKey, usize>,
    hops: Vec<Hop>,
    end: Option<End>,
}

/// What makes two requests the same: a server that gets it again has no reason to answer otherwise.
#[derive(Debug, PartialEq, Eq, Hash)]
struct LoopKey {
    method: Method,
    target: String,
    with_content: bool,
    credentials: Vec<(String, Vec<u8>)>,
}

/// Where one redirect leads: the judged redirect and the request that follows.
struct Onward {
    redirect: Redirect,
    next: Request,
    state: State,
}

impl Follower {
    /// A chain that starts with `first`.
    #[must_use]
    pub fn new(policy: Policy, terms: FollowOptions, first: Request) -> Self {
        let (start, given) = (first.target.clone(), first.headers.clone());
        let state = State::start(&policy, first);
        let target = if policy.query_sorted {
            state.target.url()
        } else {
            None
        }
        .unwrap_or_else(|| start.clone());
        let first = request(&state, target);
        let mut follower = Self {
            policy,
            terms,
            start,
            given,
            state,
            next: None,
            seen: HashMap::new(),
            hops: Vec::new(),
            end: None,
        };
        let first = follower.with_cookies(first);
        follower.seen.insert(LoopKey::by(&first), 1);
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
        let mut hop = Hop {
            n,
            findings: detect::by_exchange(n, &exchange),
            exchange,
            redirect: None,
        };
        match (request, &hop.exchange.answer) {
            (Some(request), Ok(_)) => self.answered(&request, &mut hop),
            (_, Err(failure)) => self.end = Some(failed(&hop, failure)),
            (None, Ok(_)) => {}
        }
        self.hops.push(hop);
        &self.hops[n - 1]
    }

    /// What the chain leaves behind.
    #[must_use]
    pub fn finish(self) -> Trace {
        let start = self.start;
        let interrupted = || End {
            kind: EndKind::Interrupted,
            status: None,
            url: start.clone(),
            detail: Some("interrupted before the next request".to_owned()),
            phase: None,
        };
        let end = self.end.unwrap_or_else(interrupted);
        let mut trace = Trace {
            start,
            client: self.policy.name,
            hops: self.hops,
            end,
            findings: Vec::new(),
        };
        trace.findings.extend(detect::by_length(trace.redirects()));
        trace
    }

    fn answered(&mut self, request: &Request, hop: &mut Hop) {
        let Ok(response) = &hop.exchange.answer else {
            return;
        };
        if let Some(jar) = &mut self.terms.jar {
            jar.store(&request.target, &response.headers);
        }
        let located = location::locate(&request.target, &response.headers);
        let (next, why) =
            match self
                .state
                .on_response(&self.policy, response.status, &response.headers)
            {
                Action::Follow(step) => (Some(*step), None),
                Action::Stop(stop) => (stop.hypothetical, Some(stop.why)),
            };
        let onward =
            next.and_then(|step| self.onward(request, response, step, located.as_ref().ok()));
        let Some(onward) = onward else {
            let (kind, detail) = self.nowhere(response.status, why, &located);
            if kind == EndKind::Landed {
                hop.findings.extend(detect::by_answer(hop.n, response));
            }
            self.end = Some(end(kind, hop, detail));
            return;
        };
        let stop = self.stop(response.status, why, &onward);
        let redirect = Redirect {
            followed: stop.is_none(),
            ..onward.redirect
        };
        hop.findings.extend(detect::by_redirect(
            hop.n,
            response.status,
            &redirect,
            located.as_ref().ok(),
        ));
        hop.redirect = Some(redirect);
        if let Some((kind, detail)) = stop {
            self.end = Some(end(kind, hop, Some(detail)));
            return;
        }
        // Of content that led on nobody reads more, and a thousand hops can hold much of it.
        if let Ok(response) = &mut hop.exchange.answer {
            response.content.prefix = Vec::new();
        }
        self.go_on(onward.next, onward.state);
    }

    /// How a chain ends at a response that leads to no URL.
    ///
    /// Only on the redirect statuses a missing or unusable Location is a fault; any other 3xx is an answer then.
    fn nowhere(
        &self,
        status: Status,
        why: Option<StopReason>,
        located: &Result<Located, Unusable>,
    ) -> (EndKind, Option<String>) {
        let cannot = || {
            format!(
                "{} cannot go where the Location of the {status} leads",
                self.policy.name
            )
        };
        match why {
            Some(
                StopReason::Limit
                | StopReason::Repeats
                | StopReason::Content
                | StopReason::Userinfo
                | StopReason::Scheme,
            ) => (EndKind::Refused, Some(cannot())),
            Some(StopReason::Answer) => (EndKind::Landed, None),
            Some(StopReason::NotFollowed | StopReason::BadLocation)
                if !policy::is_redirect_status(status) =>
            {
                (EndKind::Landed, None)
            }
            Some(StopReason::NotFollowed | StopReason::BadLocation) | None => {
                let why = located
                    .as_ref()
                    .err()
                    .map_or_else(cannot, |unusable| why_unusable(status, unusable));
                (EndKind::BadLocation, Some(why))
            }
        }
    }

    /// The judged redirect and its request; `None` where there is no such URL, and for a 304 that this client takes as
    /// an answer: Location has no part in it (RFC 9110 §15.4.5).
    fn onward(
        &self,
        request: &Request,
        response: &Response,
        step: NextStep,
        located: Option<&Located>,
    ) -> Option<Onward> {
        if response.status.code() == 304 && !self.policy.follows(response.status) {
            return None;
        }
        let NextStep {
            state,
            status,
            method,
            body,
        } = step;
        let by_standard = self.policy.location == LocationReading::Whatwg
            || !matches!(&*state.target.scheme, "http" | "https");
        let target = located
            .filter(|_| by_standard)
            .map(|located| located.target.clone())
            .or_else(|| state.target.url())?;
        let next = self.with_cookies(self::request(&state, without_userinfo(&target)));
        let (verdict, rule) = law::judge(status, &method.from, &method.to, body);
        let credentials_sent: Vec<String> = names(&state.headers)
            .filter(|name| credential::is_credential(name))
            .collect();
        let cross_origin = request.target.origin() != target.origin();
        let abroad = target.origin() != self.start.origin();
        let is_exposed = |name: &&String| {
            let is_callers = self
                .given
                .all(name)
                .any(|value| state.headers.get(name) == Some(value));
            abroad && is_callers && (cross_origin || !request.headers.contains(name))
        };
        let redirect = Redirect {
            location: as_received(response),
            permanent: matches!(status.code(), 301 | 308),
            predictable: law::is_predictable(status, &method.from),
            method,
            body,
            verdict,
            agreement: None,
            rule,
            cross_origin,
            downgrade: request.target.scheme() == "https" && target.scheme() == "http",
            target,
            dropped: names(&request.headers)
                .filter(|name| !next.headers.contains(name))
                .collect(),
            exposed: credentials_sent
                .iter()
                .filter(is_exposed)
                .cloned()
                .collect(),
            credentials_sent,
            followed: false,
        };
        Some(Onward {
            redirect,
            next,
            state,
        })
    }

    /// Why the chain stops here, if it does, although there is somewhere to go.
    fn stop(
        &self,
        status: Status,
        why: Option<StopReason>,
        onward: &Onward,
    ) -> Option<(EndKind, String)> {
        let client = &self.policy.name;
        let target = &onward.redirect.target;
        if why == Some(StopReason::NotFollowed) {
            let method = &onward.redirect.method.from;
            let some = if self.policy.follows(status) {
                format!(" in answer to {method}")
            } else {
                String::new()
            };
            return Some((
                EndKind::NotFollowed,
                format!("{client} does not follow {status}{some}"),
            ));
        }
        if !self.terms.follow {
            return Some((
                EndKind::NotFollowed,
                "--no-follow stops after the first hop".to_owned(),
            ));
        }
        if !self
            .terms
            .schemes
            .iter()
            .any(|scheme| scheme == target.scheme())
        {
            return Some((EndKind::Refused, self.why_refused(target)));
        }
        let length = target.as_str().len();
        if length > LONGEST_URL {
            let detail = format!(
                "the redirect leads to a URL of {length} bytes, and {LONGEST_URL} are the most followed"
            );
            return Some((EndKind::Refused, detail));
        }
        if let Some(why) = why {
            return Some(self.why_stopped(why, target));
        }
        if self.hops.len() >= UNLIMITED {
            return Some((
                EndKind::TooMany,
                format!("gave up after {UNLIMITED} redirects"),
            ));
        }
        let first = self.seen.get(&LoopKey::by(&onward.next))?;
        let asked = format!("{} {target}", onward.next.method);
        let detail = format!(
            "{asked} was asked at hop {first} already, with the same cookies and credentials"
        );
        Some((EndKind::Loop, detail))
    }

    fn why_stopped(&self, why: StopReason, target: &Url) -> (EndKind, String) {
        let client = &self.policy.name;
        match why {
            StopReason::Limit => (
                EndKind::TooMany,
                format!("gave up after {} redirects", self.state.followed),
            ),
            StopReason::Repeats => (
                EndKind::Loop,
                format!("{client} does not go to {target} again"),
            ),
            StopReason::Content => (
                EndKind::Refused,
                format!("{client} cannot send the content again"),
            ),
            StopReason::Userinfo => (
                EndKind::Refused,
                format!("{client} takes no user name from a Location"),
            ),
            StopReason::Scheme
            | StopReason::Answer
            | StopReason::NotFollowed
            | StopReason::BadLocation => (
                EndKind::Refused,
                format!("{client} does not go on to {}", target.scheme()),
            ),
        }
    }

    fn why_refused(&self, target: &Url) -> String {
        let scheme = target.scheme();
        if matches!(scheme, "http" | "https") {
            format!(
                "the redirect leads to {scheme}, and --proto-redir allows {}",
                self.terms.schemes.join(", ")
            )
        } else {
            format!("the redirect leads to {scheme}:, and only http and https can be followed")
        }
    }

    fn go_on(&mut self, next: Request, state: State) {
        self.seen.insert(LoopKey::by(&next), self.hops.len() + 2);
        self.state = state;
        self.next = Some(next);
    }

    /// The request with the one Cookie field that jar and user make up together.
    fn with_cookies(&self, mut request: Request) -> Request {
        let Some(jar) = &self.terms.jar else {
            return request;
        };
        if let Some(value) = jar.field(self.policy.cookie_jar, &request.target, &request.headers) {
            request.headers.set("cookie", value);
        }
        request
    }
}

impl LoopKey {
    fn by(request: &Request) -> Self {
        let mut target = request.target.clone();
        target.set_fragment(None);
        let credentials = request
            .headers
            .iter()
            .filter(|field| credential::is_credential(&field.name));
        Self {
            method: request.method.clone(),
            target: target.into(),
            with_content: !request.body.is_none(),
            credentials: credentials
                .map(|field| (field.name.to_ascii_lowercase(), field.value.clone()))
                .collect(),
        }
    }
}

/// Bytes of the longest URL that is gone to: eight times what
/// [RFC 9110 §4.1](https://www.rfc-editor.org/rfc/rfc9110#section-4.1) asks everybody to take and more than servers do, so
/// that a chain of them does not grow without bound.
const LONGEST_URL: usize = 64 * 1024;

fn request(state: &State, target: Url) -> Request {
    let says_empty = state.body.is_none() && state.framing.is_some();
    let request = Request::new(
        state.method.clone(),
        target,
        state.headers.clone(),
        state.body.clone(),
    );
    Request {
        says_empty,
        ..request
    }
}

/// The Location, or the Refresh that stands for one; several different ones as one list.
fn as_received(response: &Response) -> Vec<u8> {
    let name = if response.status.is_redirection() {
        "location"
    } else {
        "refresh"
    };
    let mut values: Vec<&[u8]> = response.headers.all(name).collect();
    values.dedup();
    values.join(&b", "[..])
}

fn names(headers: &Headers) -> impl Iterator<Item = String> {
    headers.iter().map(|field| field.name.to_ascii_lowercase())
}

fn end(kind: EndKind, hop: &Hop, detail: Option<String>) -> End {
    let status = hop
        .exchange
        .answer
        .as_ref()
        .ok()
        .map(|response| response.status);
    End {
        kind,
        status,
        url: hop.exchange.sent.target.clone(),
        detail,
        phase: None,
    }
}

fn failed(hop: &Hop, failure: &Failure) -> End {
    let kind = match failure.kind {
        FailureKind::Forbidden => EndKind::Refused,
        FailureKind::Interrupted => EndKind::Interrupted,
        FailureKind::Broken | FailureKind::TimedOut => EndKind::Failed,
    };
    let phase = (kind == EndKind::Failed).then_some(failure.phase);
    End {
        phase,
        ..end(kind, hop, Some(failure.detail.clone()))
    }
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
            format!(
                "the Location of the {status} is no URL ({reason}): {}",
                String::from_utf8_lossy(location)
            )
        }
    }
}
