//! What a report of a probe is made from.

use crate::lab::probe::{Difference, Probed};

/// A client that was probed.
#[derive(Debug, Clone, Copy)]
pub struct ProbeView<'a> {
    /// Its command, a word each, without secrets.
    pub command: &'a [String],
    /// What was found.
    pub probed: &'a Probed,
    /// The profile that it was compared with.
    pub against: Option<Against<'a>>,
    /// The profile that was written, and what of the client it does not say.
    pub profile: Option<Against<'a>>,
}

/// A profile and where the client is not as it says.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// What the profile is called.
    pub name: &'a str,
    /// The version that it was measured with.
    pub version: &'a str,
    /// Where the client differs.
    pub differences: &'a [Difference],
}
