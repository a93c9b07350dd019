//! One chain after another, each followed, compared and checked by the same settings.

use super::agreement;
use super::comparison::Comparison;
use crate::check::{self, Expectation, FailOn, Outcome};
use crate::clients::NamedProfile;
use crate::exit::Exit;
use crate::follow::{EndKind, FollowOptions, Follower, Replay, Trace, Transport, follow};
use crate::model::Request;
use crate::rules::Policy;

/// The settings of an inspection; any number of chains go through one.
#[derive(Debug, Clone)]
pub struct Session {
    /// The client that each chain is followed as.
    pub policy: Policy,
    /// What the user lets each chain do, and the cookies that it starts with.
    pub options: FollowOptions,
    /// What must hold of each chain.
    pub checks: Checks,
    /// The clients to compare with; none for no comparison.
    pub others: Vec<NamedProfile>,
}

/// What must hold of a chain.
#[derive(Debug, Clone, Default)]
pub struct Checks {
    /// What the user expects.
    pub expectations: Vec<Expectation>,
    /// The findings that make a run fail.
    pub fail_on: FailOn,
}

/// A chain with all that was made of it.
#[derive(Debug)]
pub struct Inspection {
    /// The chain as it went.
    pub trace: Trace,
    /// What became of each check: the expectations first, then the findings that must not be raised.
    pub outcomes: Vec<Outcome>,
    /// What other clients would have done; `None` where there are none to compare with.
    pub comparison: Option<Comparison>,
}

impl Session {
    /// Chains followed as this client to wherever it goes, with nothing to check and nobody to compare with.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            options: FollowOptions::default(),
            checks: Checks::default(),
            others: Vec::new(),
        }
    }

    /// Follows the chain that begins with `first` to its end.
    ///
    /// A hop that fails ends the chain and is part of its trace; so this cannot fail.
    pub fn inspect(&self, transport: &mut dyn Transport, first: &Request) -> Inspection {
        let follower = Follower::new(self.policy.clone(), self.options.clone(), first.clone());
        let mut trace = follow(transport, follower, &mut |_| {});
        agreement::fill(&mut trace);
        Inspection {
            outcomes: self.checks.outcomes(&trace),
            comparison: self.comparison(first, &trace),
            trace,
        }
    }

    fn comparison(&self, first: &Request, trace: &Trace) -> Option<Comparison> {
        if self.others.is_empty() {
            return None;
        }
        let replay = Replay::new(first, self.options.jar.as_ref(), trace);
        let comparison = Comparison::new(&replay, &self.policy, &first.method, &self.others);
        Some(comparison)
    }
}

impl Checks {
    fn outcomes(&self, trace: &Trace) -> Vec<Outcome> {
        let expected = self
            .expectations
            .iter()
            .map(|expectation| check::evaluate(expectation, trace));
        expected.chain(self.fail_on.outcomes(trace)).collect()
    }
}

impl Inspection {
    /// How a run over this chain alone ends: the gravest of how the chain ended and what of it was expected.
    #[must_use]
    pub fn exit(&self) -> Exit {
        let of_end = match self.trace.end.kind {
            EndKind::Landed | EndKind::NotFollowed => Exit::Clean,
            EndKind::Loop | EndKind::TooMany | EndKind::BadLocation | EndKind::Refused => {
                Exit::Broken
            }
            EndKind::Failed => Exit::Unreached,
            EndKind::Interrupted => Exit::Interrupted,
        };
        let of_outcomes = if self.outcomes.iter().all(|outcome| outcome.held) {
            Exit::Clean
        } else {
            Exit::Unmet
        };
        of_end.max(of_outcomes)
    }
}
