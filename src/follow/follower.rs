//! The chain as a state machine: a request goes out, an exchange comes in, a judged hop is the result.

use std::collections::HashMap;
use std::io::Read as _;

use url::Url;

use super::decide::{ChainState, Decision, request_of, situation, with_cookies};
use super::head_budget::HeadBudget;
use super::loop_key::LoopKey;
use super::{
    Again, CookieLoss, End, EndReason, FollowOptions, Hop, HopCookies, LostCookie, Refusal, Trace,
    jar,
};
use crate::clients;
use crate::model::{Body, Exchange, Failure, FailureKind, Headers, Request, Response, Status};
use crate::rules::cookie::CookieFate;
use crate::rules::detect::SeenElsewhere;
use crate::rules::step::State;
use crate::rules::{Finding, Policy, Redirect, Side, detect, hypertext, leaks, slips};

/// A chain under way.
///
/// Ask for [`Follower::request`], send it, hand what came to [`Follower::heard`]; when there is no further request,
/// [`Follower::finish`]. Both a [`State`] and a [`Request`] are kept: the first is what the client remembers, the second
/// what goes out now, with the cookies of the jar.
#[derive(Debug)]
pub struct Follower {
    chain: ChainState,
    /// The request to send next, cookies included.
    next: Option<Request>,
    hops: Vec<Hop>,
    heads: HeadBudget,
    end: Option<End>,
}

impl Follower {
    /// A chain that starts with `first`.
    #[must_use]
    pub fn new(policy: Policy, options: FollowOptions, first: Request) -> Self {
        let (start, given) = (first.target.clone(), first.headers.clone());
        let heads = HeadBudget::new(options.heads);
        let state = State::start(&policy, first);
        let own = state.target.url().filter(|_| policy.query_sorted);
        let first = request_of(&state, own.unwrap_or_else(|| start.clone()));
        let first = with_cookies(first, options.jar.as_ref(), &policy);
        let chain = ChainState {
            policy,
            options,
            start,
            given,
            state,
            seen: HashMap::from([(LoopKey::from(&first), 1)]),
        };
        Self {
            chain,
            next: Some(first),
            hops: Vec::new(),
            heads,
            end: None,
        }
    }

    /// The request to send now; `None` when the chain has ended.
    #[must_use]
    pub fn request(&self) -> Option<&Request> {
        self.next.as_ref()
    }

    /// Whether a response of this status with these fields to [`Follower::request`] leads on.
    #[must_use]
    pub fn leads_on(&self, status: Status, headers: &Headers) -> bool {
        let request = self.next.as_ref();
        request.is_some_and(|request| self.chain.decide(request, status, headers).next.is_ok())
    }

    /// Takes what came of [`Follower::request`], judges the hop, and decides on the next.
    pub fn heard(&mut self, exchange: Exchange) -> &Hop {
        let n = self.hops.len() + 1;
        let mut hop = Hop {
            n,
            findings: detect::exchange(n, &exchange),
            cookies: HopCookies {
                received: Vec::new(),
                sent: jar::names_sent(&exchange.sent.headers),
            },
            exchange,
            redirect: None,
        };
        if let Some(request) = self.next.take() {
            match &hop.exchange.answer {
                Ok(response) => {
                    let decision = self
                        .chain
                        .decide(&request, response.status, &response.headers);
                    self.take(decision, &request, &mut hop);
                }
                Err(failure) => self.end = Some(end(failed(failure), &hop)),
            }
        }
        if let Ok(response) = &mut hop.exchange.answer {
            self.heads.keep(response);
        }
        self.hops.push(hop);
        &self.hops[n - 1]
    }

    /// What the chain leaves behind.
    #[must_use]
    pub fn finish(self) -> Trace {
        let ChainState { start, policy, .. } = self.chain;
        let end = self.end.unwrap_or_else(|| End {
            status: None,
            url: start.clone(),
            reason: EndReason::Interrupted(None),
        });
        let mut trace = Trace {
            start,
            client: policy.name,
            hops: self.hops,
            end,
            findings: Vec::new(),
        };
        trace.findings.extend(detect::length(trace.redirects()));
        let redirects = trace.hops.iter().filter_map(|hop| {
            let redirect = hop.redirect.as_ref()?;
            Some((&hop.exchange.sent.target, &redirect.target))
        });
        trace.findings.extend(slips::growing(redirects));
        trace
    }

    /// Writes a decision on the response to `request` down at its hop, and goes on as it says.
    fn take(&mut self, decision: Decision, request: &Request, hop: &mut Hop) {
        let Ok(response) = &mut hop.exchange.answer else {
            return;
        };
        let raised = raised(hop.n, &decision, request, response);
        if decision.jar.is_some() {
            self.chain.options.jar = decision.jar;
        }
        hop.cookies.received = decision.received;
        hop.findings
            .extend(detect::cookies(hop.n, hop.cookies.refused()));
        hop.findings.extend(raised);
        hop.redirect = decision.redirect;
        match decision.next {
            Ok((next, state)) => {
                let content = || beginning(&next.body);
                hop.findings
                    .extend(leaks::leaks(hop.n, request, &next, &content));
                // The content of a redirect is read by no report, and a thousand hops can hold much of it.
                response.content.prefix = Vec::new();
                self.chain.seen.insert(LoopKey::from(&next), hop.n + 1);
                self.chain.state = state;
                self.next = Some(next);
            }
            Err(reason) => self.end = Some(end(self.explained(reason, hop), hop)),
        }
    }

    /// The reason to end at `hop`; of a circle, with the cookies that it may wait for.
    fn explained(&self, mut reason: EndReason, hop: &Hop) -> EndReason {
        if let EndReason::Loop(Again::Request {
            target,
            hop: first,
            lost,
            ..
        }) = &mut reason
        {
            let circle = self.hops.iter().skip(*first - 1).chain([hop]);
            *lost = self.lost(circle, target);
        }
        reason
    }

    /// The cookies that these hops set and that the request to `target`, the first of them again, does not carry.
    fn lost<'a>(
        &self,
        mut circle: impl Iterator<Item = &'a Hop> + Clone,
        target: &Url,
    ) -> Vec<LostCookie> {
        let set = circle
            .clone()
            .flat_map(|hop| hop.cookies.received.iter().map(|cookie| (hop.n, cookie)));
        let carried = circle.next().map_or(&[][..], |first| &first.cookies.sent);
        let withheld = |name: &str| {
            let jar = self.chain.options.jar.as_ref()?;
            jar.withheld(name, &self.chain.policy, target)
        };
        let lost = set.filter_map(|(hop, cookie)| {
            let why = match &cookie.fate {
                CookieFate::Refused(why) => CookieLoss::Refused(why.clone()),
                CookieFate::Kept if !carried.contains(&cookie.name) => {
                    CookieLoss::Withheld(withheld(&cookie.name)?)
                }
                CookieFate::Kept | CookieFate::Deleted => return None,
            };
            let name = cookie.name.clone();
            Some(LostCookie { name, hop, why })
        });
        lost.collect()
    }
}

/// What the response to `request`, at hop `n`, raises by where it leads.
fn raised(n: usize, decision: &Decision, request: &Request, response: &Response) -> Vec<Finding> {
    let mut raised = Vec::new();
    match &decision.redirect {
        Some(redirect) => {
            let seen = SeenElsewhere {
                located: decision.located.as_ref().ok(),
                sides: sides(request, redirect, response.status),
            };
            raised.extend(detect::redirect(n, response.status, redirect, seen));
            raised.extend(slips::slips(n, &request.target, &redirect.target));
            raised.extend(hypertext::no_note(n, request, response, redirect));
        }
        None if matches!(decision.next, Err(EndReason::Landed)) => {
            raised.extend(detect::answer(n, response));
        }
        None => {}
    }
    if decision.located.is_err() {
        raised.extend(detect::unusable(n, response));
    }
    raised
}

/// Bytes of content that are searched for secrets: forms and documents are smaller, and uploads are not read for it.
const SEARCHED: u64 = 64 * 1024;

/// The beginning of what a request carries; nothing where it cannot be read now, which the transport will tell.
fn beginning(body: &Body) -> Vec<u8> {
    let mut bytes = Vec::new();
    let reader = body.content().and_then(|content| content.open().ok());
    if let Some(reader) = reader {
        let _ = reader.take(SEARCHED).read_to_end(&mut bytes);
    }
    bytes
}

/// What the measured clients do at a redirect where they differ; naming them reads every profile, so that this is done
/// only there.
fn sides(request: &Request, redirect: &Redirect, status: Status) -> Vec<Side> {
    if redirect.predictable {
        return Vec::new();
    }
    let choices = clients::choices(situation(request, redirect, status)).into_iter();
    choices
        .map(|choice| Side {
            clients: clients::spoken(choice.clients.iter().map(|client| client.called())),
            method: choice.method,
            body: choice.body,
        })
        .collect()
}

fn end(reason: EndReason, hop: &Hop) -> End {
    let answer = hop.exchange.answer.as_ref();
    End {
        status: answer.ok().map(|response| response.status),
        url: hop.exchange.sent.target.clone(),
        reason,
    }
}

fn failed(failure: &Failure) -> EndReason {
    let failure = failure.clone();
    match failure.kind() {
        FailureKind::Forbidden => EndReason::Refused(Refusal::Address(failure)),
        FailureKind::Interrupted => EndReason::Interrupted(Some(failure)),
        FailureKind::Broken | FailureKind::TimedOut => EndReason::Failed(failure),
    }
}
