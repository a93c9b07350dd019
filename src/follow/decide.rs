//! What a client makes of one response: it goes on, it stays although there is somewhere to go, or there is nowhere.

use std::collections::HashMap;

use url::Url;

use super::loop_key::LoopKey;
use super::{Again, EndReason, FollowOptions, Jar, NotFollowed, Refusal, jar};
use crate::clients::{self, Situation};
use crate::model::{Headers, Request, Status, without_userinfo};
use crate::rules::cookie::{CookieRefusal, ReceivedCookie};
use crate::rules::location::{self, Located, Unusable};
use crate::rules::policy::{self, CookieJar, LocationReading, UNLIMITED};
use crate::rules::step::{Action, NextStep, State, StopReason};
use crate::rules::{Policy, Redirect, credential, law};

/// Bytes of the longest URL that is gone to: eight times what
/// [RFC 9110 §4.1](https://www.rfc-editor.org/rfc/rfc9110#section-4.1) asks everybody to take and more than servers do, so
/// that a chain of them does not grow without bound.
const LONGEST_URL: usize = 64 * 1024;

/// What becomes of the chain at one response.
pub(super) struct Decision {
    /// Where the response leads, judged; `None` where it leads nowhere.
    pub(super) redirect: Option<Redirect>,
    /// The Location as browsers read it.
    pub(super) located: Result<Located, Unusable>,
    /// The cookies from now on; `None` where they stay as they were.
    pub(super) jar: Option<Jar>,
    /// What became of each cookie that the response sets.
    pub(super) received: Vec<ReceivedCookie>,
    /// The next request and the client's state with it, or why the chain ends.
    pub(super) next: Result<(Request, State), EndReason>,
}

/// What a client makes of a response before its target is known.
struct ClientStep {
    /// The next step, also where the client only would take it.
    step: Option<NextStep>,
    /// Why the client stops; `None` where it follows.
    why: Option<StopReason>,
}

/// What a chain is decided by: the client followed as, and what it has done so far.
#[derive(Debug)]
pub(super) struct ChainState {
    pub(super) policy: Policy,
    pub(super) options: FollowOptions,
    pub(super) start: Url,
    /// The fields that the caller set.
    pub(super) given: Headers,
    /// What the client is about to send, cookies of the jar left out.
    pub(super) state: State,
    /// Every request so far and the hop that made it.
    pub(super) seen: HashMap<LoopKey, usize>,
}

impl ChainState {
    /// What becomes of the chain at the response of this status, with these fields, to `request`.
    pub(super) fn decide(&self, request: &Request, status: Status, headers: &Headers) -> Decision {
        let (jar, received) = self.stored(&request.target, headers);
        let located = location::locate(&request.target, headers);
        let ClientStep { step, why } = self.client_step(status, headers);
        let leads = step.and_then(|step| {
            let target = self.target(&step, located.as_ref().ok())?;
            Some((step, target))
        });
        let Some((step, target)) = leads else {
            let next = Err(Self::nowhere(status, why, &located));
            return Decision {
                redirect: None,
                located,
                jar,
                received,
                next,
            };
        };
        let next = request_of(&step.state, without_userinfo(&target));
        let sendable_jar = jar.as_ref().or(self.options.jar.as_ref());
        let next = with_cookies(next, sendable_jar, &self.policy);
        let mut redirect = self.judged(request, &next, &step, target);
        redirect.location = as_received(status, headers);
        let here = situation(request, &redirect, status);
        redirect.agreement = clients::agreement(here, &redirect.method.to, redirect.body);
        let end = self
            .stop(status, why, &redirect)
            .or_else(|| self.circle(&next, &redirect.target));
        redirect.followed = end.is_none();
        let next = end.map_or(Ok((next, step.state)), Err);
        Decision {
            redirect: Some(redirect),
            located,
            jar,
            received,
            next,
        }
    }

    /// What the client's state makes of a response.
    fn client_step(&self, status: Status, headers: &Headers) -> ClientStep {
        let (step, why) = match self.state.on_response(&self.policy, status, headers) {
            Action::Follow(step) => (Some(*step), None),
            Action::Stop(stopped) => (stopped.hypothetical, Some(stopped.why)),
        };
        // Location has no part in a 304 that this client takes as an answer (RFC 9110 §15.4.5).
        let is_cached = status.code() == 304 && !self.policy.follows(status);
        ClientStep {
            step: step.filter(|_| !is_cached),
            why,
        }
    }

    /// The jar with the cookies of a response, and what became of each; no jar where there is none to change.
    fn stored(&self, target: &Url, headers: &Headers) -> (Option<Jar>, Vec<ReceivedCookie>) {
        if !headers.contains("set-cookie") {
            return (None, Vec::new());
        }
        let Some(jar) = &self.options.jar else {
            return (None, jar::all_refused(headers, &CookieRefusal::ByOption));
        };
        if self.policy.cookie_jar == CookieJar::None {
            return (None, jar::all_refused(headers, &CookieRefusal::NoJar));
        }
        let mut jar = jar.clone();
        let received = jar.store(&self.policy.cookies, target, headers);
        (Some(jar), received)
    }

    /// The URL of the next request; `None` where this client's own is none.
    fn target(&self, step: &NextStep, located: Option<&Located>) -> Option<Url> {
        let is_http = matches!(&*step.state.target.scheme, "http" | "https");
        let by_standard = self.policy.location == LocationReading::Whatwg || !is_http;
        let standard = located.filter(|_| by_standard);
        standard
            .map(|located| located.target.clone())
            .or_else(|| step.state.target.url())
    }

    /// The redirect from `request` to `next`, judged; Location and agreement are for the caller to fill in.
    fn judged(&self, request: &Request, next: &Request, step: &NextStep, target: Url) -> Redirect {
        let NextStep {
            state,
            status,
            method,
            body,
        } = step;
        let (verdict, rule) = law::judge(*status, &method.from, &method.to, *body);
        let credentials_sent: Vec<String> = names(&state.headers)
            .filter(|name| credential::is_credential(name))
            .collect();
        Redirect {
            location: Vec::new(),
            permanent: matches!(status.code(), 301 | 308),
            predictable: law::is_predictable(*status, &method.from),
            method: method.clone(),
            body: *body,
            verdict,
            agreement: None,
            rule,
            cross_origin: request.target.origin() != target.origin(),
            downgrade: request.target.scheme() == "https" && target.scheme() == "http",
            dropped: names(&request.headers)
                .filter(|name| !next.headers.contains(name))
                .collect(),
            exposed: self.exposed(request, &state.headers, &credentials_sent, &target),
            credentials_sent,
            followed: false,
            target,
        }
    }

    /// Those of the credentials sent that are the caller's, and reach an origin that is not the first of the chain: one
    /// that the last request did not go to, or did not carry them to.
    fn exposed(
        &self,
        request: &Request,
        sent: &Headers,
        credentials: &[String],
        target: &Url,
    ) -> Vec<String> {
        if target.origin() == self.start.origin() {
            return Vec::new();
        }
        let crosses = request.target.origin() != target.origin();
        let is_callers = |name: &str| {
            self.given
                .all(name)
                .any(|value| sent.get(name) == Some(value))
        };
        let is_new = |name: &str| crosses || !request.headers.contains(name);
        let exposed = credentials
            .iter()
            .filter(|name| is_callers(name) && is_new(name));
        exposed.cloned().collect()
    }

    /// How a chain ends at a response that leads to no URL.
    ///
    /// Only on the redirect statuses a missing or unusable Location is a fault; any other 3xx is an answer then.
    fn nowhere(
        status: Status,
        why: Option<StopReason>,
        located: &Result<Located, Unusable>,
    ) -> EndReason {
        use StopReason as Why;
        match why {
            Some(Why::Limit | Why::Repeats | Why::Content | Why::Userinfo | Why::Scheme) => {
                EndReason::Refused(Refusal::ClientTarget(status))
            }
            Some(Why::Answer) => EndReason::Landed,
            Some(Why::NotFollowed | Why::BadLocation) if !policy::is_redirect_status(status) => {
                EndReason::Landed
            }
            Some(Why::NotFollowed | Why::BadLocation) | None => EndReason::BadLocation {
                status,
                unusable: located.as_ref().err().cloned(),
            },
        }
    }

    /// Why the chain stops here, if it does, although there is somewhere to go.
    fn stop(
        &self,
        status: Status,
        why: Option<StopReason>,
        redirect: &Redirect,
    ) -> Option<EndReason> {
        if why == Some(StopReason::NotFollowed) {
            let not_followed = if self.policy.follows(status) {
                NotFollowed::Method(status, redirect.method.from.clone())
            } else {
                NotFollowed::Status(status)
            };
            return Some(EndReason::NotFollowed(not_followed));
        }
        if !self.options.follow {
            return Some(EndReason::NotFollowed(NotFollowed::ByOption));
        }
        self.forbidden(&redirect.target)
            .map(EndReason::Refused)
            .or_else(|| why.map(|why| self.cannot(why, &redirect.target)))
            .or_else(|| (self.seen.len() > UNLIMITED).then_some(EndReason::TooMany(UNLIMITED)))
    }

    /// Why the user's options forbid to go to `target`, where they do.
    fn forbidden(&self, target: &Url) -> Option<Refusal> {
        let scheme = target.scheme();
        if !self.options.schemes.iter().any(|allowed| allowed == scheme) {
            let is_http = matches!(scheme, "http" | "https");
            let (scheme, allowed) = (scheme.to_owned(), self.options.schemes.clone());
            return Some(if is_http {
                Refusal::SchemeNotAllowed { scheme, allowed }
            } else {
                Refusal::NotHttp(scheme)
            });
        }
        let length = target.as_str().len();
        (length > LONGEST_URL).then_some(Refusal::UrlTooLong {
            length,
            most: LONGEST_URL,
        })
    }

    /// How a chain ends that this client goes no further in.
    fn cannot(&self, why: StopReason, target: &Url) -> EndReason {
        match why {
            StopReason::Limit => EndReason::TooMany(self.state.followed),
            StopReason::Repeats => EndReason::Loop(Again::Url(target.clone())),
            StopReason::Content => EndReason::Refused(Refusal::Content),
            StopReason::Userinfo => EndReason::Refused(Refusal::Userinfo),
            StopReason::Scheme
            | StopReason::Answer
            | StopReason::NotFollowed
            | StopReason::BadLocation => {
                EndReason::Refused(Refusal::ClientScheme(target.scheme().to_owned()))
            }
        }
    }

    /// The circle that `next` would close, if it does.
    fn circle(&self, next: &Request, target: &Url) -> Option<EndReason> {
        let hop = *self.seen.get(&LoopKey::from(next))?;
        let (method, target) = (next.method.clone(), target.clone());
        Some(EndReason::Loop(Again::Request {
            method,
            target,
            hop,
            lost: Vec::new(),
        }))
    }
}

/// The redirect as the measured clients are asked about it.
pub(super) fn situation<'a>(
    request: &'a Request,
    redirect: &'a Redirect,
    status: Status,
) -> Situation<'a> {
    Situation {
        status,
        method: &redirect.method.from,
        content: !request.body.is_none(),
        from: &request.target,
        to: &redirect.target,
    }
}

/// The request that a client in this state sends to `target`, cookies of the jar left out.
pub(super) fn request_of(state: &State, target: Url) -> Request {
    let says_empty = state.body.is_none() && state.framing.is_some();
    let (method, headers, body) = (
        state.method.clone(),
        state.headers.clone(),
        state.body.clone(),
    );
    Request {
        says_empty,
        ..Request::new(method, target, headers, body)
    }
}

/// The request with the one Cookie field that jar and user make up together.
pub(super) fn with_cookies(mut request: Request, jar: Option<&Jar>, policy: &Policy) -> Request {
    let field = jar.and_then(|jar| jar.field(policy, &request.target, &request.headers));
    if let Some(value) = field {
        request.headers.set("cookie", value);
    }
    request
}

/// The Location, or the Refresh that stands for one; several different ones as one list.
fn as_received(status: Status, headers: &Headers) -> Vec<u8> {
    let name = if status.is_redirection() {
        "location"
    } else {
        "refresh"
    };
    let mut values: Vec<&[u8]> = headers.all(name).collect();
    values.dedup();
    values.join(&b", "[..])
}

fn names(headers: &Headers) -> impl Iterator<Item = String> {
    headers.iter().map(|field| field.name.to_ascii_lowercase())
}
