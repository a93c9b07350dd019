//! One client, one redirect after another: what it sends, what it does with the answer.
//!
//! ```text
//! State::start ──▶ State ──on_response(status, fields)──▶ Action::Follow(NextStep { state, … }) …
//!                                                    └──▶ Action::Stop(Stopped)
//! ```
//!
//! A [`State`] is what the client would put on the wire now and all that it remembers. A response leaves it as it was and
//! gives a new one. Its [`Policy`] says what it does at each point; nothing here names a client.
//!
//! A follower holds a request beside the state: the state is what the client sends by its own rules, the request what
//! rehop sends for it, with the cookies of a jar and a URL that the URL Standard can hold.

mod answer;
mod next;
mod response;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use url::Url;

use super::carry;
use super::location::{ReferenceForm, Target};
use super::policy::{Ending, FramedBy, Policy};
use super::{BodyFate, MethodChange};
use crate::model::{Body, Headers, Method, Request, Status, enumerated};

/// What a client is about to send, and what it remembers.
#[derive(Debug, Clone)]
pub struct State {
    /// The method.
    pub method: Method,
    /// The target URI, as this client has it.
    pub target: Target,
    /// The fields, but those that a cookie jar adds.
    pub headers: Headers,
    /// The content.
    pub body: Body,
    /// How it says where the content ends; `None`: there is none, and it says nothing.
    pub framing: Option<FramedBy>,
    /// Whether the client fails once this is sent.
    pub fails_after: bool,
    /// The redirects followed so far.
    pub followed: usize,
    /// Whether the content can be read only once.
    once: bool,
    original: Arc<Original>,
    /// The fields from which the next redirect starts.
    lasting: Headers,
    /// Whether among these is a Content-Type that the client made.
    own_content_type: bool,
    /// The Cookie that the client made and sends to every host.
    own_cookie: Option<Vec<u8>>,
    /// How often the content was sent again.
    resent: usize,
    /// How often each resource was followed to.
    visits: HashMap<String, usize>,
}

/// The first request.
#[derive(Debug)]
struct Original {
    method: Method,
    target: Target,
    body: Body,
    once: bool,
    uploaded: bool,
    /// Whether the caller set Authorization, other than by the URL.
    authorized: bool,
}

impl Original {
    fn new(method: &Method, target: &Target, body: &Body) -> Self {
        Self {
            uploaded: false,
            authorized: false,
            method: method.clone(),
            target: target.clone(),
            body: body.clone(),
            once: false,
        }
    }
}

/// What a client does with an answer.
#[derive(Debug)]
pub enum Action {
    /// It sends this next.
    Follow(Box<NextStep>),
    /// It stops.
    Stop(Box<Stopped>),
}

/// A redirect and the request that it leads to.
#[derive(Debug, Clone)]
pub struct NextStep {
    /// What is sent next.
    pub state: State,
    /// The status that it follows: that of the response, or 302 for a Refresh.
    pub status: Status,
    /// The method before and after.
    pub method: MethodChange,
    /// What becomes of the content.
    pub body: BodyFate,
}

/// Why a client stops, and where it would have gone.
#[derive(Debug)]
pub struct Stopped {
    /// What its caller gets.
    pub ending: Ending,
    /// Why it goes no further.
    pub why: StopReason,
    /// What it would have sent next; `None` where there is nowhere to go.
    pub hypothetical: Option<NextStep>,
}

enumerated! {
    /// Why a client goes no further.
    #[non_exhaustive]
    pub enum StopReason {
        /// The response is no redirect: not 3xx, or without a Location and without need of one.
        Answer = "answer",
        /// This client does not follow this response.
        NotFollowed = "not_followed",
        /// The Location is missing, or this client cannot read it.
        BadLocation = "bad_location",
        /// This client does not go to that scheme, or not from this one.
        Scheme = "scheme",
        /// It follows no more redirects.
        Limit = "limit",
        /// It has been there as often as it goes.
        Repeats = "repeats",
        /// Content that has to be sent again cannot be.
        Content = "content",
        /// The Location carries a user name where this client takes none.
        Userinfo = "userinfo",
    }
}

impl State {
    /// A chain of a client with this policy that begins with `request`.
    #[must_use]
    pub fn start(policy: &Policy, request: Request) -> Self {
        let target = first_target(policy, &request.target);
        let generates = |name: &str| {
            request.own.contains(&name)
                && policy.generates.iter().any(|generated| generated == name)
        };
        let authorized =
            request.headers.contains("authorization") && !request.own.contains(&"authorization");
        let (own_content_type, own_cookie) = (generates("content-type"), generates("cookie"));
        let Request {
            method,
            body,
            headers: mut lasting,
            uploaded,
            once,
            ..
        } = request;
        carry::remove(&mut lasting, &policy.cannot_set);
        let adds_content_type = body.is_none() && adds_content_type(policy, &method, &lasting);
        if adds_content_type {
            lasting.push("content-type", "application/x-www-form-urlencoded");
        }
        let cookie = lasting.get("cookie").map(<[u8]>::to_vec);
        Self {
            headers: carry::first_fields(policy, &method, &target, lasting.clone()),
            framing: framing_of(&body).or(first_empty_framing(policy, &method)),
            visits: first_visits(policy, &target),
            original: Arc::new(Original {
                once,
                uploaded,
                authorized,
                ..Original::new(&method, &target, &body)
            }),
            method,
            target,
            body,
            fails_after: false,
            followed: 0,
            once,
            own_content_type: own_content_type || adds_content_type,
            own_cookie: cookie.filter(|_| own_cookie),
            lasting,
            resent: 0,
        }
    }

    /// The same chain with content that can be read only once.
    #[must_use]
    pub fn streamed(mut self) -> Self {
        let Original {
            method,
            target,
            body,
            uploaded,
            authorized,
            ..
        } = &*self.original;
        self.original = Arc::new(Original {
            once: true,
            uploaded: *uploaded,
            authorized: *authorized,
            ..Original::new(method, target, body)
        });
        self.once = true;
        self.framing = Some(FramedBy::Chunked);
        self
    }
}

/// The target of a first request, its query sorted where the client does that.
fn first_target(policy: &Policy, url: &Url) -> Target {
    let mut target = Target::from_url(url, ReferenceForm::Absolute);
    if let Some(query) = target.query.as_mut().filter(|_| policy.query_sorted) {
        let mut pairs: Vec<&[u8]> = query.split(|octet| *octet == b'&').collect();
        pairs.sort_unstable();
        *query = pairs.join(&b'&');
    }
    target
}

/// Whether the client gives a request of this method a Content-Type although there is no content.
fn adds_content_type(policy: &Policy, method: &Method, fields: &Headers) -> bool {
    let methods = &policy.content.own_content_type;
    methods.contains(method) && !fields.contains("content-type")
}

/// How a first request without content says so.
fn first_empty_framing(policy: &Policy, method: &Method) -> Option<FramedBy> {
    let rules = &policy.content.empty_framing;
    rules.first.contains(method).then_some(rules.by)
}

/// The first request, where it counts as a visit.
fn first_visits(policy: &Policy, target: &Target) -> HashMap<String, usize> {
    let repeats = policy.repeats.as_ref();
    let counted = repeats.filter(|repeats| repeats.start_counts);
    counted
        .map(|_| (target.resource(), 1))
        .into_iter()
        .collect()
}

/// How content is framed; `None` where there is none.
fn framing_of(body: &Body) -> Option<FramedBy> {
    let known = body.content()?.length().is_some();
    Some(if known {
        FramedBy::ContentLength
    } else {
        FramedBy::Chunked
    })
}
