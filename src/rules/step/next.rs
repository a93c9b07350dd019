//! The request that follows a redirect: method, content, framing, fields.

use std::collections::HashMap;
use std::sync::Arc;

use super::answer::{Obstacle, RedirectAnswer};
use super::{NextStep, State, StopReason, framing_of};
use crate::model::{Body, Headers, Method, Status};
use crate::rules::carry::Passage;
use crate::rules::location::Target;
use crate::rules::policy::{
    Circumstances, Condition, Dropped, Ending, FramedBy, Policy, StartsFrom, StreamFate,
    UrlCredentials, Userinfo, Where, first,
};
use crate::rules::{BodyFate, MethodChange};

/// What the rules make of method and content.
struct CarryChoice<'a> {
    /// The method that the rules start from.
    was: &'a Method,
    /// The rule for the method, if one applies.
    rule: Option<&'a Condition>,
    /// The next method.
    method: Method,
    /// The content that the rules start from.
    body: &'a Body,
    /// Whether it can be read only once.
    once: bool,
    /// Whether the rules leave content behind, whether or not there is any.
    drops: bool,
}

/// The content of the next request.
struct NextContent {
    body: Body,
    once: bool,
    /// How an empty request says so, where losing its content made it empty.
    emptied_by: Option<FramedBy>,
    fails_after: bool,
    /// Why it cannot be sent.
    obstacle: Option<Obstacle>,
}

/// The fields of the next request.
struct NextFields {
    sent: Headers,
    /// Those from which the redirect after it starts.
    lasting: Headers,
    /// Why the client does not go where these fields would.
    obstacle: Option<Obstacle>,
}

impl State {
    /// What is sent to `target` next, and what keeps this client from sending it.
    pub(super) fn next(
        &self,
        policy: &Policy,
        answer: &RedirectAnswer,
        mut target: Target,
    ) -> (NextStep, Option<Obstacle>) {
        let choice = self.choose(policy, answer, &target);
        let content = self.next_content(policy, answer.status, &choice);
        let fields = self.next_fields(policy, answer, &target, &choice);
        let obstacle = content.obstacle.or(fields.obstacle);
        let body = body_fate(&self.body, &content.body);
        let visits = self.visits_with(policy, &target);
        target.inherit_fragment(&self.target);
        let state = Self {
            framing: self.next_framing(policy, &choice, &content),
            fails_after: self.fails_after || content.fails_after || target.broken,
            followed: self.followed + 1,
            once: content.once,
            original: Arc::clone(&self.original),
            own_content_type: self.own_content_type && !choice.loses_own_content_type(),
            own_cookie: self.own_cookie.clone(),
            resent: self.resent + usize::from(!content.body.is_none()),
            headers: fields.sent,
            lasting: fields.lasting,
            method: choice.method,
            body: content.body,
            visits,
            target,
        };
        let step = NextStep {
            method: MethodChange {
                from: self.method.clone(),
                to: state.method.clone(),
            },
            status: answer.status,
            state,
            body,
        };
        (step, obstacle)
    }

    /// How often each resource was followed to, `target` counted.
    fn visits_with(&self, policy: &Policy, target: &Target) -> HashMap<String, usize> {
        let mut visits = self.visits.clone();
        if policy.repeats.is_some() {
            *visits.entry(target.resource()).or_insert(0) += 1;
        }
        visits
    }

    /// What the rules of the policy say of method and content here, before anything is built.
    fn choose<'a>(
        &'a self,
        policy: &'a Policy,
        answer: &RedirectAnswer,
        target: &Target,
    ) -> CarryChoice<'a> {
        let was = match policy.method_from {
            StartsFrom::Current => &self.method,
            StartsFrom::Original => &self.original.method,
        };
        let (body, once) = match policy.content.from {
            StartsFrom::Current => (&self.body, self.once),
            StartsFrom::Original => (&self.original.body, self.original.once),
        };
        let circumstances = Circumstances {
            status: answer.status,
            method: was,
            content: !body.is_none(),
            uploaded: self.original.uploaded,
            crossing: Some(if self.target.same_origin(target) {
                Where::SameOrigin
            } else {
                Where::CrossOrigin
            }),
        };
        let rule = first(&policy.method, &circumstances);
        let method = rule.and_then(|rule| rule.to.as_ref()).unwrap_or(was);
        let drops = match &policy.content.dropped {
            Dropped::WhenRewritten => method != was,
            Dropped::Never => false,
            Dropped::On(rules) => first(rules, &circumstances).is_some(),
        };
        CarryChoice {
            was,
            rule,
            method: method.clone(),
            body,
            once,
            drops,
        }
    }

    /// The content of the next request, and what stands in its way.
    fn next_content(&self, policy: &Policy, status: Status, choice: &CarryChoice) -> NextContent {
        let mut content = NextContent {
            body: choice.body.clone(),
            once: false,
            emptied_by: None,
            fails_after: false,
            obstacle: None,
        };
        if choice.had_content() && choice.once {
            content.read_once(policy, stream_fate(policy, status, choice.drops));
        }
        let resends = policy.content.resends;
        let is_spent = resends.is_some_and(|times| self.resent >= times);
        if choice.had_content() && !choice.drops && is_spent {
            content
                .obstacle
                .get_or_insert(Obstacle::failure(policy, StopReason::Content));
        }
        if choice.drops {
            content.body = Body::NONE;
        }
        content
    }

    /// How a request without content is framed: `None` leaves framing fields out.
    fn next_framing(
        &self,
        policy: &Policy,
        choice: &CarryChoice,
        content: &NextContent,
    ) -> Option<FramedBy> {
        let rules = &policy.content.empty_framing;
        let methods = if choice.drops {
            &rules.dropped
        } else {
            &rules.resent
        };
        let was_empty = self.framing.is_some() && self.body.is_none();
        let carried = rules.carried && !choice.empties() && was_empty;
        let says_empty = methods.contains(&choice.method) || carried;
        content
            .once
            .then_some(FramedBy::Chunked)
            .or(framing_of(&content.body))
            .or(content.emptied_by)
            .or(says_empty.then_some(rules.by))
    }

    /// The fields that go along: what lasts, what crosses to the target, the referrer, credentials.
    fn next_fields(
        &self,
        policy: &Policy,
        answer: &RedirectAnswer,
        target: &Target,
        choice: &CarryChoice,
    ) -> NextFields {
        let passage = self.passage(policy, answer, target, choice);
        let mut sent = self.lasting.clone();
        if self.own_content_type && choice.loses_own_content_type() {
            sent.remove("content-type");
        }
        passage.leave_content_fields(&mut sent);
        let mut lasting = match policy.content.from {
            StartsFrom::Current => sent.clone(),
            StartsFrom::Original => self.lasting.clone(),
        };
        passage.leave_place_fields(&mut sent, &mut lasting);
        if policy.url_credentials == UrlCredentials::Url && !self.original.authorized {
            passage.take_url_credentials(&mut sent, &mut lasting);
        }
        if let Some(cookie) = &self.own_cookie {
            sent.set("cookie", cookie.as_slice());
            lasting.set("cookie", cookie.as_slice());
        }
        let obstacle = userinfo_clashes(&passage, &sent)
            .then(|| Obstacle::failure(policy, StopReason::Userinfo));
        passage.add_own(&mut sent, &self.headers);
        if answer.is_refresh && policy.browser.is_some() {
            sent.set("referer", self.target.resource());
        }
        NextFields {
            sent,
            lasting,
            obstacle,
        }
    }

    /// The crossing from this request to the target, with all that decides which field may pass.
    fn passage<'a>(
        &'a self,
        policy: &'a Policy,
        answer: &RedirectAnswer<'a>,
        target: &'a Target,
        choice: &'a CarryChoice,
    ) -> Passage<'a> {
        let keeps_content_fields = choice.rule.is_some_and(|rule| rule.keeps_content_fields);
        Passage {
            policy,
            code: answer.status.code(),
            first: &self.original.target,
            from: &self.target,
            to: target,
            method: &choice.method,
            rewritten: choice.rewrites() && !keeps_content_fields,
            drops: choice.drops,
            emptied: choice.empties(),
            referrer_policy: answer.headers.text("referrer-policy"),
        }
    }
}

impl CarryChoice<'_> {
    fn had_content(&self) -> bool {
        !self.body.is_none()
    }

    /// Whether content was there and is left behind.
    fn empties(&self) -> bool {
        self.had_content() && self.drops
    }

    fn rewrites(&self) -> bool {
        self.method != *self.was
    }

    /// Whether a Content-Type that the client itself had set goes.
    fn loses_own_content_type(&self) -> bool {
        self.drops || self.rewrites()
    }
}

/// What became of the content, from both ends.
fn body_fate(before: &Body, after: &Body) -> BodyFate {
    match (before.is_none(), after.is_none()) {
        (_, false) => BodyFate::Kept,
        (false, true) => BodyFate::Dropped,
        (true, true) => BodyFate::None,
    }
}

/// What a client does with content that it cannot read a second time.
fn stream_fate(policy: &Policy, status: Status, drops: bool) -> StreamFate {
    let rules = &policy.content.stream;
    if !drops {
        return rules.resent;
    }
    let on_code = rules.dropped_on.get(&status.code()).copied();
    on_code.or(rules.dropped).unwrap_or(StreamFate::Followed)
}

impl NextContent {
    /// Content that was read once meets this fate.
    fn read_once(&mut self, policy: &Policy, fate: StreamFate) {
        match fate {
            StreamFate::Error => {
                self.obstacle = Some(Obstacle::failure(policy, StopReason::Content));
            }
            StreamFate::Response => {
                self.obstacle = Some(Obstacle {
                    why: StopReason::Content,
                    ending: Ending::Response,
                });
            }
            StreamFate::Followed => {}
            StreamFate::Same => self.once = true,
            StreamFate::Empty | StreamFate::EmptyThenError => {
                let empty_by = policy.content.stream.empty_by;
                self.body = Body::NONE;
                self.emptied_by = Some(empty_by.unwrap_or(FramedBy::Chunked));
                self.fails_after = fate == StreamFate::EmptyThenError;
            }
        }
    }
}

/// Whether a user name in the target keeps this client from going there with these fields.
fn userinfo_clashes(passage: &Passage, fields: &Headers) -> bool {
    let userinfo = passage.to.userinfo.as_deref().unwrap_or_default();
    if userinfo.is_empty() {
        return false;
    }
    match passage.policy.userinfo() {
        Userinfo::Conflicts => fields.contains("authorization"),
        Userinfo::RefusedCrossOrigin => passage.is_cross_origin(),
        Userinfo::Ignored | Userinfo::Fills | Userinfo::Replaces | Userinfo::Refused => false,
    }
}
