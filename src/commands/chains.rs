//! Chains followed one after the other over one wire, and what became of the user's expectations.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::output::Keep;
use super::profile::Compared;
use crate::check::{self, Expectation, FailOn, Outcome};
use crate::cli::UsageError;
use crate::cli::plan::ChecksPlan;
use crate::exit::Exit;
use crate::follow::{EndKind, FollowOptions, Follower, Replay, Trace, follow};
use crate::model::{Request, Response};
use crate::net::Wire;
use crate::report::view::{Comparison, Other};
use crate::report::{Secrets, View, say};
use crate::rules::Policy;

/// What must hold of every chain.
pub(super) struct Checks {
    expectations: Vec<Expectation>,
    fail_on: FailOn,
}

/// One chain, ready to be reported.
pub(super) struct Chain {
    pub(super) view: View,
    pub(super) exit: Exit,
}

/// What holds for all chains of a run.
pub(super) struct Chains {
    pub(super) policy: Policy,
    /// Whom to compare with.
    pub(super) others: Vec<Compared>,
    pub(super) terms: FollowOptions,
    pub(super) checks: Checks,
    pub(super) secrets: Secrets,
}

/// What one chain after another goes over.
pub(super) struct Road {
    pub(super) wire: Wire,
    pub(super) interrupt: Arc<AtomicBool>,
    /// Where the content of the last response goes (`-o`).
    pub(super) body: Option<Keep>,
}

impl Checks {
    /// Reads what the user wrote.
    ///
    /// # Errors
    /// Points at the character that is wrong.
    pub(super) fn new(plan: &ChecksPlan) -> Result<Self, UsageError> {
        let misuse = |flag: &str, fault: &check::ParseError| {
            UsageError::pointing(flag, &say::parse_error(fault))
        };
        let expectations = plan.expect.iter().map(|text| Expectation::parse(text));
        Ok(Self {
            expectations: expectations
                .collect::<Result<_, _>>()
                .map_err(|fault| misuse("--expect", &fault))?,
            fail_on: match plan.fail_on.as_slice() {
                [] => FailOn::default(),
                ids => {
                    FailOn::parse(&ids.join(",")).map_err(|fault| misuse("--fail-on", &fault))?
                }
            },
        })
    }

    fn outcomes(&self, trace: &Trace) -> Vec<Outcome> {
        let expected = self
            .expectations
            .iter()
            .map(|expectation| check::evaluate(expectation, trace));
        expected.chain(self.fail_on.outcomes(trace)).collect()
    }
}

impl Chains {
    /// Follows the chain that begins with `first` to its end.
    ///
    /// # Errors
    /// When the content of the last response cannot be written.
    pub(super) fn follow(&self, road: &mut Road, first: &Request) -> io::Result<Chain> {
        road.wire.begin_chain();
        let follower = Follower::new(self.policy.clone(), self.terms.clone(), first.clone());
        let trace = follow(&mut road.wire, follower);
        road.keep_body(&trace)?;
        let outcomes = self.checks.outcomes(&trace);
        let exit = exit(&trace, &outcomes)
            .max(road.kept(&trace))
            .max(road.interrupted());
        let view = View::new(&trace, &outcomes, self.secrets);
        let view = match self.compared(first, &trace) {
            Some(comparison) => view.beside(&comparison, self.secrets),
            None => view,
        };
        Ok(Chain { view, exit })
    }

    /// What the others would have done with the answers of this chain; `None` where nobody asked.
    fn compared(&self, first: &Request, trace: &Trace) -> Option<Comparison> {
        if self.others.is_empty() {
            return None;
        }
        let replay = Replay::new(first, self.terms.jar.as_ref(), trace);
        let other = |Compared { name, profile }: &Compared| Other {
            name: name.clone(),
            called: if *name == profile.id {
                profile.called().to_owned()
            } else {
                name.clone()
            },
            prediction: profile
                .sends(&first.method)
                .then(|| replay.to(&profile.policy)),
        };
        Some(Comparison {
            own: replay.to(&self.policy),
            others: self.others.iter().map(other).collect(),
        })
    }
}

impl Road {
    /// A file that was asked for and is not whole is no success.
    fn kept(&self, trace: &Trace) -> Exit {
        let whole = answer(trace).is_none_or(|response| response.content.complete);
        if self.body.is_some() && !whole {
            Exit::Unreached
        } else {
            Exit::Clean
        }
    }

    /// Ctrl-C ends a run also where it came while content was read: the answer stands, and is the last.
    fn interrupted(&self) -> Exit {
        if self.interrupt.load(Ordering::Relaxed) {
            Exit::Interrupted
        } else {
            Exit::Clean
        }
    }

    /// A file that was asked for is emptied though the answer has no content.
    fn keep_body(&mut self, trace: &Trace) -> io::Result<()> {
        match (&self.body, answer(trace)) {
            (Some(file), Some(_)) => file.begin(),
            _ => Ok(()),
        }
    }
}

/// The answer that the chain ended with.
fn answer(trace: &Trace) -> Option<&Response> {
    trace
        .hops
        .last()
        .and_then(|hop| hop.exchange.answer.as_ref().ok())
}

/// The gravest of how the chain ended and what of it was expected.
fn exit(trace: &Trace, outcomes: &[Outcome]) -> Exit {
    let of_end = match trace.end.kind() {
        EndKind::Landed | EndKind::NotFollowed => Exit::Clean,
        EndKind::Loop | EndKind::TooMany | EndKind::BadLocation | EndKind::Refused => Exit::Broken,
        EndKind::Failed => Exit::Unreached,
        EndKind::Interrupted => Exit::Interrupted,
    };
    let of_outcomes = if outcomes.iter().all(|outcome| outcome.held) {
        Exit::Clean
    } else {
        Exit::Unmet
    };
    of_end.max(of_outcomes)
}
