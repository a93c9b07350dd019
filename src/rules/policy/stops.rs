//! Where a chain stops and what the caller gets there, as data.

use serde::{Deserialize, Serialize};

use super::TargetForm;
use crate::model::enumerated;

enumerated! {
    /// What a caller gets where a chain stops.
    #[derive(Default, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Ending {
        /// A failure.
        #[default]
        Error = "error",
        /// The redirect response, as if it were the answer.
        Response = "response",
    }
}

/// How often one URL may be followed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeats {
    /// The requests to one URL after which it is not followed to again.
    pub times: usize,
    /// Whether the first request counts as one.
    pub start_counts: bool,
    /// What the caller gets then.
    pub otherwise: Ending,
    /// Whether only an absolute Location is looked at.
    #[serde(default)]
    pub target_as: TargetForm,
}

/// Which changes of scheme a client follows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Schemes {
    /// The changes that are followed.
    pub followed: SchemeChange,
    /// What the caller gets at any other change.
    pub otherwise: Ending,
}

/// A change of scheme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SchemeChange {
    /// Any between http and https.
    #[default]
    Any,
    /// From http to https, but not back.
    NoDowngrade,
    /// None: the scheme stays.
    Same,
}

/// Whether a caller can tell a failure from an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Errors {
    /// It can: a failure is reported as one.
    #[default]
    Reported,
    /// A failure looks as if the redirect response were the answer.
    Silent,
}
