//! One chain after another, each followed, compared and checked by the same settings.

use super::comparison::Comparison;
use crate::check::{self, Expectation, FailOn, Outcome};
use crate::clients::NamedProfile;
use crate::exit::Exit;
use crate::follow::{EndKind, FollowOptions, Follower, Replay, Trace, Transport, follow};
use crate::model::Request;
use crate::rules::Policy;

/// The settings of an inspection; any number of chains go through one.
#[derive(Debug, Clone)]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct Inspection {
    /// The chain as it went.
    pub trace: Trace,
    /// What became of each check: the expectations first, then the findings that must not be raised.
    pub outcomes: Vec<Outcome>,
    /// What other clients would have done; `None` where there are none to compare with.
    pub comparison: Option<Comparison>,
}

impl Session {
    /// Chains followed as this client to wherever it goes, without checks and without a comparison.
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
        let trace = follow(transport, follower);
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

/// How a run over one chain that ended so ends, whatever was expected of it.
impl From<EndKind> for Exit {
    fn from(kind: EndKind) -> Self {
        match kind {
            EndKind::Landed | EndKind::NotFollowed => Self::Clean,
            EndKind::Loop | EndKind::TooMany | EndKind::BadLocation | EndKind::Refused => {
                Self::Broken
            }
            EndKind::Failed => Self::Unreached,
            EndKind::Interrupted => Self::Interrupted,
        }
    }
}

impl Inspection {
    /// How a run over this chain alone ends: the gravest of how the chain ended and what of it was expected.
    #[must_use]
    pub fn exit(&self) -> Exit {
        let of_end = Exit::from(self.trace.end.kind());
        let of_outcomes = if self.outcomes.iter().all(|outcome| outcome.held) {
            Exit::Clean
        } else {
            Exit::Unmet
        };
        of_end.max(of_outcomes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients;
    use crate::follow::LeadsOn;
    use crate::model::{Body, Exchange, Headers, Method, Response};

    /// Answers every request with this status and Location.
    struct Always(u16, &'static str);

    impl Transport for Always {
        fn exchange(&mut self, request: &Request, _: LeadsOn<'_>) -> Exchange {
            let response = Response::new(self.0).with("location", self.1);
            Exchange::answered(request, Ok(response))
        }
    }

    fn inspected(session: &Session, status: u16, location: &'static str) -> Inspection {
        let url = "http://example.com/".parse().unwrap();
        let first = Request::new(Method::GET, url, Headers::new(), Body::NONE);
        session.inspect(&mut Always(status, location), &first)
    }

    #[test]
    fn inspection_exits_by_its_end_and_by_what_was_expected() {
        for (status, location, expected, exit) in [
            (200, "", "status = 200", Exit::Clean),
            (404, "", "status = 404", Exit::Clean),
            (200, "", "status = 201", Exit::Unmet),
            (302, "/", "status = 302", Exit::Broken),
            (302, "http://[", "status = 200", Exit::Broken),
        ] {
            let mut session = Session::new(Policy::fetch());
            let expectation = Expectation::parse(expected).unwrap();
            session.checks.expectations.push(expectation);
            let inspection = inspected(&session, status, location);
            assert_eq!(inspection.exit(), exit, "{status} {location} {expected}");
        }
    }

    #[test]
    fn inspection_compares_only_where_there_is_somebody_to_compare_with() {
        let mut session = Session::new(Policy::fetch());
        assert!(inspected(&session, 302, "/").comparison.is_none());
        let client = |name: &str| NamedProfile {
            name: name.to_owned(),
            profile: clients::by_name(name).unwrap().clone(),
        };
        session.others = ["curl", "go"].map(client).to_vec();
        let comparison = inspected(&session, 302, "/").comparison.unwrap();
        let names: Vec<&str> = comparison
            .others
            .iter()
            .map(|other| other.name.as_str())
            .collect();
        assert_eq!(names, ["curl", "go"]);
        assert!(
            comparison
                .others
                .iter()
                .all(|other| other.prediction.is_some())
        );
    }

    #[test]
    fn inspection_knows_how_many_clients_agree() {
        let inspection = inspected(&Session::new(Policy::fetch()), 302, "/other");
        let redirect = inspection.trace.hops[0].redirect.as_ref().unwrap();
        assert_eq!(
            redirect.agreement,
            Some(1.0),
            "every client follows a GET as a GET"
        );
    }
}
