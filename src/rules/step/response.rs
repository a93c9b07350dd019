//! Whether a client follows an answer at all, and where to.

use super::answer::{Obstacle, RedirectAnswer};
use super::{Action, NextStep, State, StopReason, Stopped};
use crate::model::{Headers, Status};
use crate::rules::location::{self, LocationError, ReferenceForm, Target, Unusable};
use crate::rules::policy::{
    Circumstances, Ending, LocationReading, Policy, SchemeChange, TargetForm, first,
};

impl State {
    /// What a client with this policy does with a response of this status and these fields.
    #[must_use]
    pub fn on_response(&self, policy: &Policy, status: Status, headers: &Headers) -> Action {
        let Some(answer) = RedirectAnswer::new(policy, status, headers) else {
            let final_answer = Obstacle {
                why: StopReason::Answer,
                ending: Ending::Response,
            };
            return final_answer.stop(None);
        };
        let located = self.locate(policy, &answer);
        if let Some(obstacle) = self.not_followed(policy, &answer) {
            return self.stop(policy, &answer, obstacle, located.ok());
        }
        let target = match located {
            Ok(target) => target,
            Err(error) => return self.on_bad_location(policy, &answer, error),
        };
        if let Some(obstacle) = self.obstacle(policy, &target) {
            return self.stop(policy, &answer, obstacle, Some(target));
        }
        match self.next(policy, &answer, target) {
            (step, None) => Action::Follow(Box::new(step)),
            (step, Some(obstacle)) => obstacle.stop(Some(step)),
        }
    }

    /// What keeps a client from following an answer like this, wherever it leads.
    fn not_followed(&self, policy: &Policy, answer: &RedirectAnswer) -> Option<Obstacle> {
        let circumstances = Circumstances {
            status: answer.status,
            method: &self.method,
            content: !self.body.is_none(),
            uploaded: self.original.uploaded,
            crossing: None,
        };
        if first(&policy.follows, &circumstances).is_some() {
            return None;
        }
        let is_error = first(&policy.unfollowed_is_error, &circumstances).is_some();
        Some(Obstacle {
            why: StopReason::NotFollowed,
            ending: if is_error {
                Ending::Error
            } else {
                Ending::Response
            },
        })
    }

    /// Where the answer leads, as this client reads it.
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
        let unreadable = LocationError::Unreadable(Ending::Error);
        let base = self.target.url().ok_or(unreadable)?;
        let written = answer.locations.first().copied().unwrap_or_default();
        match location::resolve(&base, &answer.locations) {
            Ok(url) => Ok(Target {
                userinfo: None,
                ..Target::from_url(&url, ReferenceForm::of(written))
            }),
            Err(Unusable::Missing) => Err(LocationError::Missing(Ending::Response)),
            Err(Unusable::Several(_) | Unusable::NotAUrl { .. }) => Err(unreadable),
        }
    }

    /// A Location that leads nowhere: an error, or the redirect itself as the answer.
    fn on_bad_location(
        &self,
        policy: &Policy,
        answer: &RedirectAnswer,
        error: LocationError,
    ) -> Action {
        let ending = policy.reported(error.ending());
        let (why, target) = match error {
            LocationError::Missing(_) | LocationError::Unreadable(_) => {
                (StopReason::BadLocation, None)
            }
            // The standard reads what this client does not, so that a report can say where the redirect leads.
            LocationError::Scheme(_) => (StopReason::Scheme, self.locate_by_standard(answer).ok()),
        };
        self.stop(policy, answer, Obstacle { why, ending }, target)
    }

    fn stop(
        &self,
        policy: &Policy,
        answer: &RedirectAnswer,
        obstacle: Obstacle,
        target: Option<Target>,
    ) -> Action {
        obstacle.stop(target.map(|target| self.next(policy, answer, target).0))
    }

    /// What keeps a client from going to `target`, whatever the request.
    fn obstacle(&self, policy: &Policy, target: &Target) -> Option<Obstacle> {
        if self.is_forbidden_scheme(policy, &target.scheme) {
            return Some(Obstacle {
                why: StopReason::Scheme,
                ending: policy.schemes.otherwise,
            });
        }
        if policy.limit.is_some_and(|limit| self.followed >= limit) {
            return Some(Obstacle {
                why: StopReason::Limit,
                ending: policy.reported(policy.at_limit),
            });
        }
        let repeats = policy.repeats.as_ref()?;
        let counts =
            repeats.target_as != TargetForm::Written || target.form == ReferenceForm::Absolute;
        let visits = self.visits.get(&target.resource()).copied().unwrap_or(0);
        (counts && visits >= repeats.times).then(|| Obstacle {
            why: StopReason::Repeats,
            ending: policy.reported(repeats.otherwise),
        })
    }

    /// Whether the policy does not let a redirect go to this scheme.
    fn is_forbidden_scheme(&self, policy: &Policy, scheme: &str) -> bool {
        let stays = scheme == self.target.scheme;
        match policy.schemes.followed {
            SchemeChange::Any => !matches!(scheme, "http" | "https"),
            SchemeChange::NoDowngrade => !stays && scheme != "https",
            SchemeChange::Same => !stays,
        }
    }
}

impl Obstacle {
    fn stop(self, hypothetical: Option<NextStep>) -> Action {
        Action::Stop(Box::new(Stopped {
            ending: self.ending,
            why: self.why,
            hypothetical,
        }))
    }
}
