//! One client, one redirect after another: what it sends, what it does with the answer.
//!
//! ```text
//! State::start ──▶ State ──hop(status, fields)──▶ Turn::Next(State) …
//!                                            └──▶ Turn::Stop
//! ```
//!
//! A [`State`] is what the client would put on the wire now and all that it remembers. A hop leaves it as it was and gives
//! a new one. What it does at each point is said by its [`Policy`]; nothing here names a client.

mod hop;
mod onward;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

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
}

/// What a client does with an answer.
#[derive(Debug)]
pub enum Action {
    /// It sends this next.
    Next(Box<NextStep>),
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
    /// Why.
    pub why: StopReason,
    /// What it would have sent next; `None` where there is nowhere to go.
    pub would: Option<NextStep>,
}

enumerated! {
    /// Why a client goes no further.
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
        let mut target = Target::of(&request.target, ReferenceForm::Absolute);
        if let Some(query) = target.query.as_mut().filter(|_| policy.query_sorted) {
            let mut pairs: Vec<&[u8]> = query.split(|octet| *octet == b'&').collect();
            pairs.sort_unstable();
            *query = pairs.join(&b'&');
        }
        let Request {
            method,
            body,
            headers: mut lasting,
            own,
            ..
        } = request;
        carry::remove(&mut lasting, &policy.cannot_set);
        let rules = &policy.content;
        let makes =
            |name: &str| own.contains(&name) && policy.makes.iter().any(|made| made == name);
        let adds_content_type = body.is_none()
            && !lasting.contains("content-type")
            && rules.own_content_type.contains(&method);
        if adds_content_type {
            lasting.push("content-type", "application/x-www-form-urlencoded");
        }
        let empty = rules
            .empty_framing
            .first
            .contains(&method)
            .then_some(rules.empty_framing.by);
        let framing = framing_of(&body).or(empty);
        let counted = policy
            .repeats
            .as_ref()
            .is_some_and(|repeats| repeats.start_counts);
        Self {
            headers: carry::first_fields(policy, &method, &target, lasting.clone()),
            visits: counted
                .then(|| (target.resource(), 1))
                .into_iter()
                .collect(),
            original: Arc::new(Original {
                method: method.clone(),
                target: target.clone(),
                body: body.clone(),
                once: false,
            }),
            method,
            target,
            body,
            framing,
            fails_after: false,
            followed: 0,
            once: false,
            own_content_type: adds_content_type || makes("content-type"),
            own_cookie: lasting
                .get("cookie")
                .filter(|_| makes("cookie"))
                .map(<[u8]>::to_vec),
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
            ..
        } = &*self.original;
        let (method, target, body) = (method.clone(), target.clone(), body.clone());
        self.original = Arc::new(Original {
            method,
            target,
            body,
            once: true,
        });
        self.once = true;
        self.framing = Some(FramedBy::Chunked);
        self
    }
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
