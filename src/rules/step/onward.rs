//! The request that follows a redirect: method, content, framing, fields.

use std::sync::Arc;

use super::hop::RedirectAnswer;
use super::{NextStep, State, StopReason, framing_of};
use crate::model::{Body, Headers, Method};
use crate::rules::carry::Passage;
use crate::rules::location::Target;
use crate::rules::policy::{
    Circumstances, Condition, Dropped, Ending, FramedBy, Policy, StartsFrom, StreamFate, Userinfo,
    Where, first,
};
use crate::rules::{BodyFate, MethodChange};

/// Why the request is not made, and what the caller gets.
type Hindrance = (StopReason, Ending);

/// What the rules make of method and content.
struct CarryChoice<'a> {
    /// The method that the rules start from.
    was: &'a Method,
    /// The rule for the method, if one applies.
    rule: Option<&'a Condition>,
    /// Whether the rules change the method.
    rewrites: bool,
    /// The next method.
    method: Method,
    /// The content that the rules start from.
    body: &'a Body,
    /// Whether it can be read only once.
    once: bool,
    /// Whether the rules leave content behind, be there any or not.
    drops: bool,
}

/// The content of the next request.
struct Sending {
    body: Body,
    once: bool,
    /// How an empty request says so, where losing its content made it empty.
    emptied_by: Option<FramedBy>,
    fails_after: bool,
    /// Why it cannot be sent.
    hindrance: Option<Hindrance>,
}

impl State {
    /// What is sent to `target` next, and what keeps this client from sending it.
    pub(super) fn onward(
        &self,
        policy: &Policy,
        answer: &RedirectAnswer,
        mut target: Target,
    ) -> (NextStep, Option<Hindrance>) {
        let choice = self.choose(policy, answer, &target);
        let sending = self.content(policy, answer.status.code(), &choice);
        let (headers, lasting, clashes) = self.fields(policy, answer, &target, &choice);
        let change = MethodChange {
            from: self.method.clone(),
            to: choice.method.clone(),
        };
        let fate = match (sending.body.is_none(), self.body.is_none()) {
            (false, _) => BodyFate::Kept,
            (true, false) => BodyFate::Dropped,
            (true, true) => BodyFate::None,
        };
        let mut visits = self.visits.clone();
        if policy.repeats.is_some() {
            *visits.entry(target.resource()).or_insert(0) += 1;
        }
        if target.fragment.is_none() {
            target.fragment.clone_from(&self.target.fragment);
        }
        let state = Self {
            headers,
            framing: self.framing(policy, &choice, &sending),
            fails_after: self.fails_after || sending.fails_after || target.broken,
            followed: self.followed + 1,
            once: sending.once,
            original: Arc::clone(&self.original),
            lasting,
            own_content_type: self.own_content_type && !choice.loses_own_content_type(),
            own_cookie: self.own_cookie.clone(),
            resent: self.resent + usize::from(!sending.body.is_none()),
            visits,
            method: choice.method,
            body: sending.body,
            target,
        };
        let clash = clashes.then(|| (StopReason::Userinfo, policy.reported(Ending::Error)));
        (
            NextStep {
                state,
                status: answer.status,
                method: change,
                body: fate,
            },
            sending.hindrance.or(clash),
        )
    }

    fn choose<'a>(
        &'a self,
        policy: &'a Policy,
        answer: &RedirectAnswer,
        target: &Target,
    ) -> CarryChoice<'a> {
        let crossing = if self.target.same_origin(target) {
            Where::SameOrigin
        } else {
            Where::CrossOrigin
        };
        let was = match policy.method_from {
            StartsFrom::Current => &self.method,
            StartsFrom::Original => &self.original.method,
        };
        let (body, once) = match policy.content.from {
            StartsFrom::Current => (&self.body, self.once),
            StartsFrom::Original => (&self.original.body, self.original.once),
        };
        let situation = Circumstances {
            status: answer.status,
            method: was,
            content: !body.is_none(),
            crossing: Some(crossing),
        };
        let rule = first(&policy.method, &situation);
        let to = rule.and_then(|rule| rule.to.as_ref()).unwrap_or(was);
        let rewrites = to != was;
        let drops = match &policy.content.dropped {
            Dropped::WhenRewritten => rewrites,
            Dropped::Never => false,
            Dropped::On(rules) => first(rules, &situation).is_some(),
        };
        CarryChoice {
            was,
            rule,
            rewrites,
            method: to.clone(),
            body,
            once,
            drops,
        }
    }

    fn content(&self, policy: &Policy, code: u16, choice: &CarryChoice) -> Sending {
        let rules = &policy.content;
        let mut sending = Sending {
            body: choice.body.clone(),
            once: false,
            emptied_by: None,
            fails_after: false,
            hindrance: None,
        };
        if choice.had() && choice.once {
            let dropped = || {
                rules
                    .stream
                    .dropped_on
                    .get(&code)
                    .copied()
                    .or(rules.stream.dropped)
            };
            match if choice.drops {
                dropped().unwrap_or(StreamFate::Followed)
            } else {
                rules.stream.resent
            } {
                StreamFate::Error => {
                    sending.hindrance = Some((StopReason::Content, policy.reported(Ending::Error)));
                }
                StreamFate::Response => {
                    sending.hindrance = Some((StopReason::Content, Ending::Response))
                }
                StreamFate::Followed => {}
                StreamFate::Same => sending.once = true,
                fate @ (StreamFate::Empty | StreamFate::EmptyThenError) => {
                    sending.body = Body::NONE;
                    sending.emptied_by = Some(rules.stream.empty_by.unwrap_or(FramedBy::Chunked));
                    sending.fails_after = fate == StreamFate::EmptyThenError;
                }
            }
        }
        if choice.had() && !choice.drops && rules.resends.is_some_and(|times| self.resent >= times)
        {
            sending
                .hindrance
                .get_or_insert((StopReason::Content, policy.reported(Ending::Error)));
        }
        if choice.drops {
            sending.body = Body::NONE;
        }
        sending
    }

    fn framing(
        &self,
        policy: &Policy,
        choice: &CarryChoice,
        sending: &Sending,
    ) -> Option<FramedBy> {
        let rules = &policy.content.empty_framing;
        let says_so = if choice.drops {
            &rules.dropped
        } else {
            &rules.resent
        };
        let emptied = choice.had() && choice.drops;
        let carried = rules.carried && !emptied && self.framing.is_some() && self.body.is_none();
        let empty = (says_so.contains(&choice.method) || carried).then_some(rules.by);
        let of_stream = sending.once.then_some(FramedBy::Chunked);
        of_stream
            .or(framing_of(&sending.body))
            .or(sending.emptied_by)
            .or(empty)
    }

    /// The fields of the next request, those from which the redirect after it starts, and whether a user name in the
    /// target clashes with them.
    fn fields(
        &self,
        policy: &Policy,
        answer: &RedirectAnswer,
        target: &Target,
        choice: &CarryChoice,
    ) -> (Headers, Headers, bool) {
        let passage = Passage {
            policy,
            code: answer.status.code(),
            first: &self.original.target,
            from: &self.target,
            to: target,
            method: &choice.method,
            rewritten: choice.method != *choice.was
                && !choice.rule.is_some_and(|rule| rule.keeps_content_fields),
            drops: choice.drops,
            emptied: choice.had() && choice.drops,
            referrer_policy: answer.headers.text("referrer-policy"),
        };
        let mut fields = self.lasting.clone();
        if self.own_content_type && choice.loses_own_content_type() {
            fields.remove("content-type");
        }
        passage.leave_content_fields(&mut fields);
        let mut lasting = match policy.content.from {
            StartsFrom::Current => fields.clone(),
            StartsFrom::Original => self.lasting.clone(),
        };
        passage.leave_place_fields(&mut fields, &mut lasting);
        if let Some(cookie) = &self.own_cookie {
            fields.set("cookie", cookie.as_slice());
            lasting.set("cookie", cookie.as_slice());
        }
        let clashes = clashes(policy, &passage, &fields);
        passage.add_own(&mut fields, &self.headers);
        if answer.is_refresh && policy.browser.is_some() {
            fields.set("referer", self.target.resource());
        }
        (fields, lasting, clashes)
    }
}

impl CarryChoice<'_> {
    fn had(&self) -> bool {
        !self.body.is_none()
    }

    fn loses_own_content_type(&self) -> bool {
        self.drops || self.rewrites
    }
}

/// Whether a user name in the target keeps this client from going there.
fn clashes(policy: &Policy, passage: &Passage, fields: &Headers) -> bool {
    if passage
        .to
        .userinfo
        .as_deref()
        .unwrap_or_default()
        .is_empty()
    {
        return false;
    }
    match policy.userinfo() {
        Userinfo::Conflicts => fields.contains("authorization"),
        Userinfo::RefusedCrossOrigin => passage.is_cross_origin(),
        Userinfo::Ignored | Userinfo::Fills | Userinfo::Replaces | Userinfo::Refused => false,
    }
}
