//! What other clients would have done with the answers of a chain.

use crate::clients::NamedProfile;
use crate::follow::{Prediction, Replay};
use crate::model::Method;
use crate::rules::Policy;

/// What others would have done in a chain that was followed.
#[derive(Debug)]
pub struct Comparison {
    /// What the one followed as does with these answers.
    pub own: Prediction,
    /// The others, in the order in which they were named.
    pub others: Vec<Other>,
}

/// A client, and what it would have done.
#[derive(Debug)]
pub struct Other {
    /// The name that the user knows it by.
    pub name: String,
    /// What people call it.
    pub called: String,
    /// What it would have done; `None` where it cannot send such a request.
    pub prediction: Option<Prediction>,
}

impl Comparison {
    /// Plays a recorded chain, which began with `method`, to the one followed as and to each of `others`.
    pub(super) fn new(
        replay: &Replay,
        policy: &Policy,
        method: &Method,
        others: &[NamedProfile],
    ) -> Self {
        let other = |named: &NamedProfile| Other {
            name: named.name.clone(),
            called: named.called().to_owned(),
            prediction: named
                .profile
                .sends(method)
                .then(|| replay.to(&named.profile.policy)),
        };
        Self {
            own: replay.to(policy),
            others: others.iter().map(other).collect(),
        }
    }
}
