//! Whether a client follows an answer at all, and where to.

use super::{Action, State, StopReason, Stopped};
use crate::model::{Headers, Status};
use crate::rules::location::{self, LocationError, ReferenceForm, Target, Unusable};
use crate::rules::policy::{
    Circumstances, Ending, Errors, LocationReading, Policy, SchemeChange, TargetForm, first,
};

/// An answer that may lead on.
pub(super) struct RedirectAnswer<'a> {
    /// The status: that of the response, or 302 for a Refresh.
    pub(super) status: Status,
    pub(super) headers: &'a Headers,
    /// The values of Location, or the URL of the Refresh.
    pub(super) locations: Vec<&'a [u8]>,
    pub(super) is_refresh: bool,
}

impl<'a> RedirectAnswer<'a> {
    /// The answer, if it is one that a client with this policy looks at.
    fn of(policy: &Policy, status: Status, headers: &'a Headers) -> Option<Self> {
        if status.is_redirection() {
            return Some(Self {
                status,
                headers,
                locations: headers.all("location").collect(),
                is_refresh: false,
            });
        }
        let refresh = headers
            .get("refresh")
            .filter(|_| policy.follows_refresh())?;
        let url = location::refresh_url(refresh)?;
        Some(Self {
            status: Status(302),
            headers,
            locations: vec![url],
            is_refresh: true,
        })
    }
}

impl State {
    /// What a client with this policy does with a response of this status and these fields.
    #[must_use]
    pub fn hop(&self, policy: &Policy, status: Status, headers: &Headers) -> Action {
        let Some(answer) = RedirectAnswer::of(policy, status, headers) else {
            return Action::Stop(Stopped::at(StopReason::Answer, Ending::Response));
        };
        let found = self.locate(policy, &answer);
        let content = !self.body.is_none();
        let situation = Circumstances {
            status: answer.status,
            method: &self.method,
            content,
            crossing: None,
        };
        if first(&policy.follows, &situation).is_none() {
            let is_error = first(&policy.unfollowed_is_error, &situation).is_some();
            let ending = if is_error {
                Ending::Error
            } else {
                Ending::Response
            };
            return self.stop(
                policy,
                &answer,
                (StopReason::NotFollowed, ending),
                found.ok(),
            );
        }
        let target = match found {
            Ok(target) => target,
            Err(unread) => return self.unread(policy, &answer, unread),
        };
        if let Some(hindrance) = self.hindrance(policy, &target) {
            return self.stop(policy, &answer, hindrance, Some(target));
        }
        let (step, hindrance) = self.onward(policy, &answer, target);
        match hindrance {
            None => Action::Next(Box::new(step)),
            Some((why, ending)) => Action::Stop(Box::new(Stopped {
                why,
                ending,
                would: Some(step),
            })),
        }
    }

    fn locate(&self, policy: &Policy, answer: &RedirectAnswer) -> Result<Target, LocationError> {
        match &policy.location {
            LocationReading::Dialect(dialect) => {
                location::dialect::read(dialect, &self.target, answer.status, &answer.locations)
            }
            LocationReading::Whatwg => self.locate_by_standard(answer),
        }
    }

    /// The target as the URL Standard finds it, without the user name and password that no browser takes from there.
    fn locate_by_standard(&self, answer: &RedirectAnswer) -> Result<Target, LocationError> {
        let base = self.target.url().ok_or(LocationError::Odd(Ending::Error))?;
        let written = answer.locations.first().copied().unwrap_or_default();
        match location::resolve(&base, &answer.locations) {
            Ok(url) => Ok(Target {
                userinfo: None,
                ..Target::of(&url, ReferenceForm::of(written))
            }),
            Err(Unusable::Missing) => Err(LocationError::Missing(Ending::Response)),
            Err(Unusable::Several(_) | Unusable::NotAUrl { .. }) => {
                Err(LocationError::Odd(Ending::Error))
            }
        }
    }

    fn unread(&self, policy: &Policy, answer: &RedirectAnswer, unread: LocationError) -> Action {
        let ending = policy.reported(unread.ending());
        match unread {
            LocationError::Missing(_) | LocationError::Odd(_) => {
                Action::Stop(Stopped::at(StopReason::BadLocation, ending))
            }
            // What this client does not read the standard does: it is still told where the redirect leads.
            LocationError::Scheme(_) => self.stop(
                policy,
                answer,
                (StopReason::Scheme, ending),
                self.locate_by_standard(answer).ok(),
            ),
        }
    }

    fn stop(
        &self,
        policy: &Policy,
        answer: &RedirectAnswer,
        cause: (StopReason, Ending),
        target: Option<Target>,
    ) -> Action {
        let would = target.map(|target| self.onward(policy, answer, target).0);
        Action::Stop(Box::new(Stopped {
            why: cause.0,
            ending: cause.1,
            would,
        }))
    }

    /// What keeps a client from going to `target`, whatever the request.
    fn hindrance(&self, policy: &Policy, target: &Target) -> Option<(StopReason, Ending)> {
        let forbidden = match policy.schemes.followed {
            SchemeChange::Any => !matches!(target.scheme.as_str(), "http" | "https"),
            SchemeChange::NoDowngrade => {
                target.scheme != self.target.scheme && target.scheme != "https"
            }
            SchemeChange::Same => target.scheme != self.target.scheme,
        };
        if forbidden {
            return Some((StopReason::Scheme, policy.schemes.otherwise));
        }
        if policy.limit.is_some_and(|limit| self.followed >= limit) {
            return Some((StopReason::Limit, policy.reported(policy.at_limit)));
        }
        let repeats = policy.repeats.as_ref()?;
        let looked_at =
            repeats.target_as != TargetForm::Written || target.form == ReferenceForm::Absolute;
        let often = self.visits.get(&target.resource()).copied().unwrap_or(0) >= repeats.times;
        (looked_at && often).then(|| (StopReason::Repeats, policy.reported(repeats.otherwise)))
    }
}

impl Stopped {
    fn at(why: StopReason, ending: Ending) -> Box<Self> {
        Box::new(Self {
            ending,
            why,
            would: None,
        })
    }
}

impl Policy {
    /// What a caller sees of `ending`.
    pub(super) fn reported(&self, ending: Ending) -> Ending {
        match self.errors {
            Errors::Reported => ending,
            Errors::Silent => Ending::Response,
        }
    }
}
