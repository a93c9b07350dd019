//! What another client would have sent in a chain that was followed.
//!
//! The recorded answers are played to the client's own state machine, the same that [`super::Follower`] decides by: its
//! method, content, credentials, cookies and count of redirects go from hop to hop. The assumption is that the servers
//! answer every client alike; where a client would go to another URL than the recorded one, that is told, and the
//! recorded answer is taken all the same.
//!
//! A PUT with content meets a 302; a browser sends it again, and what does Go do?
//!
//! ```
//! use rehop::clients;
//! use rehop::follow::{FollowOptions, Follower, Replay, follow};
//! use rehop::model::{Body, Exchange, Headers, Method, Request, Response};
//! use rehop::rules::Policy;
//! # struct Answers(std::vec::IntoIter<Response>);
//! # impl rehop::follow::Transport for Answers {
//! #     fn exchange(&mut self, request: &Request, _: rehop::follow::LeadsOn<'_>) -> Exchange {
//! #         Exchange::answered(request, Ok(self.0.next().expect("an answer for each request")))
//! #     }
//! # }
//!
//! let url = "http://example.com/old".parse()?;
//! let first = Request::new(Method::PUT, url, Headers::new(), Body::from_bytes("a=1"));
//! let moved = Response::new(302).with("Location", "/new");
//! let mut server = Answers(vec![moved, Response::new(200)].into_iter());
//! let follower = Follower::new(Policy::fetch(), FollowOptions::default(), first.clone());
//! let trace = follow(&mut server, follower);
//! assert_eq!(trace.hops[1].exchange.sent.method, Method::PUT);
//!
//! let go = clients::by_name("go").expect("a client that was measured");
//! let prediction = Replay::new(&first, None, &trace).to(&go.policy);
//! assert_eq!(prediction.last.method, Method::GET);
//! assert!(!prediction.last.content);
//! # Ok::<(), url::ParseError>(())
//! ```

use super::{Jar, Trace};
use crate::model::{Method, Request, Response};
use crate::rules::location::Target;
use crate::rules::policy::{CookieJar, Ending};
use crate::rules::step::{Action, NextStep, State, StopReason};
use crate::rules::{BodyFate, FieldFate, MethodChange, Policy, Verdict, law};

/// A recorded chain, to be played to other clients.
#[derive(Debug)]
pub struct Replay<'a> {
    first: &'a Request,
    answers: Vec<&'a Response>,
    /// The cookies at the start; `None` where the chain had no jar, or none of its cookies would ever be sent.
    jar: Option<Jar>,
}

/// What a client would have done in a recorded chain.
#[derive(Debug, Clone)]
pub struct Prediction {
    /// What it would have done with each recorded answer, as far as it would have come.
    pub reactions: Vec<Reaction>,
    /// The last request that it would have sent.
    pub last: Asks,
}

/// What a client would have asked for.
#[derive(Debug, Clone)]
pub struct Asks {
    /// The method.
    pub method: Method,
    /// The target URI, as this client has it.
    pub target: Target,
    /// Whether there is content.
    pub content: bool,
    /// Whether it carries Authorization.
    pub authorization: bool,
    /// Whether it carries Cookie.
    pub cookie: bool,
}

/// What a client would have done with one answer.
#[derive(Debug, Clone)]
pub struct Reaction {
    /// What its next request would have been; where it would not have followed, what it would have been if it had.
    pub next: Option<PredictedRequest>,
    /// Why it goes no further, and what its caller gets; `None` where it does.
    pub stopped: Option<(StopReason, Ending)>,
}

/// The next request of a client, compared with its last.
#[derive(Debug, Clone)]
pub struct PredictedRequest {
    /// The method before and after.
    pub method: MethodChange,
    /// What becomes of the content.
    pub body: BodyFate,
    /// What becomes of Authorization.
    pub authorization: FieldFate,
    /// What becomes of Cookie.
    pub cookie: FieldFate,
    /// What RFC 9110 says of method and content.
    pub verdict: Verdict,
}

impl<'a> Replay<'a> {
    /// The chain of `trace`, which began with the caller's request `first` and with the cookies of `jar`.
    #[must_use]
    pub fn new(first: &'a Request, jar: Option<&Jar>, trace: &'a Trace) -> Self {
        let answers: Vec<&Response> = trace
            .hops
            .iter()
            .map_while(|hop| hop.exchange.answer.as_ref().ok())
            .collect();
        let sets_cookies = answers
            .iter()
            .any(|answer| answer.headers.contains("set-cookie"));
        Self {
            first,
            jar: jar.filter(|jar| sets_cookies || !jar.is_empty()).cloned(),
            answers,
        }
    }

    /// What a client with this policy would have done.
    #[must_use]
    pub fn to(&self, policy: &Policy) -> Prediction {
        let mut jar = self
            .jar
            .clone()
            .filter(|_| policy.cookie_jar != CookieJar::None);
        let mut asking = Asking::of(
            State::start(policy, self.first.clone()),
            policy,
            jar.as_ref(),
        );
        let mut reactions = Vec::with_capacity(self.answers.len());
        for answer in &self.answers {
            if let Some(jar) = &mut jar
                && let Some(url) = asking.state.target.url()
            {
                jar.store(&policy.cookies, &url, &answer.headers);
            }
            let (step, stopped) =
                match asking
                    .state
                    .on_response(policy, answer.status, &answer.headers)
                {
                    Action::Follow(step) => (Some(*step), None),
                    Action::Stop(stop) => (stop.hypothetical, Some((stop.why, stop.ending))),
                };
            let ends = stopped.is_some();
            let (next, then) = step
                .map(|step| asking.led(step, policy, jar.as_ref()))
                .unzip();
            reactions.push(Reaction { next, stopped });
            match then.filter(|_| !ends) {
                Some(then) => asking = then,
                None => break,
            }
        }
        Prediction {
            reactions,
            last: asking.asks(),
        }
    }
}

/// A request about to be sent, and the Cookie field that the jar adds to it.
struct Asking {
    state: State,
    of_jar: Option<Vec<u8>>,
}

impl Asking {
    fn of(state: State, policy: &Policy, jar: Option<&Jar>) -> Self {
        let of_jar = jar
            .and_then(|jar| state.target.url().map(|url| (jar, url)))
            .and_then(|(jar, url)| jar.field(policy, &url, &state.headers));
        Self { state, of_jar }
    }

    fn authorization(&self) -> Option<&[u8]> {
        self.state.headers.get("authorization")
    }

    fn cookie(&self) -> Option<&[u8]> {
        self.of_jar.as_deref().or(self.state.headers.get("cookie"))
    }

    /// The request that `step` leads to, and how it compares with this one.
    fn led(&self, step: NextStep, policy: &Policy, jar: Option<&Jar>) -> (PredictedRequest, Self) {
        let NextStep {
            state,
            status,
            method,
            body,
        } = step;
        let then = Self::of(state, policy, jar);
        let (verdict, _) = law::judge(status, &method.from, &method.to, body);
        let authorization = FieldFate::of(self.authorization(), then.authorization());
        let cookie = FieldFate::of(self.cookie(), then.cookie());
        (
            PredictedRequest {
                method,
                body,
                authorization,
                cookie,
                verdict,
            },
            then,
        )
    }

    fn asks(self) -> Asks {
        Asks {
            content: !self.state.body.is_none(),
            authorization: self.authorization().is_some(),
            cookie: self.cookie().is_some(),
            method: self.state.method,
            target: self.state.target,
        }
    }
}
