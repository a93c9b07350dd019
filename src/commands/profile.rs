//! Profiles of clients: those that are built in, and files of them.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::cli::UsageError;
use crate::cli::plan::{ChainPlan, ClientPlan, ProfilePlace};
use crate::clients::{self, Profile};
use crate::model::Method;
use crate::rules::Policy;

/// A client to compare with.
#[derive(Debug)]
pub(super) struct Compared {
    /// As the user named it.
    pub(super) name: String,
    pub(super) profile: Profile,
}

/// How the chain is to be followed.
///
/// # Errors
/// What is wrong with the file of the profile.
pub(super) fn policy(plan: &ChainPlan) -> Result<Policy, UsageError> {
    match &plan.profile {
        None => Ok(plan.policy.clone()),
        Some(path) => read("--as", path).map(|profile| plan.amendments.to(profile.policy)),
    }
}

/// The clients to compare with.
///
/// # Errors
/// What is wrong with a file of one.
pub(super) fn compared(plans: &[ClientPlan]) -> Result<Vec<Compared>, UsageError> {
    plans.iter().map(|plan| one("--clients", plan)).collect()
}

/// The client that `flag` names.
///
/// # Errors
/// What is wrong with its file.
pub(super) fn one(flag: &str, plan: &ClientPlan) -> Result<Compared, UsageError> {
    match &plan.profile {
        ProfilePlace::Known(profile) => Ok(Compared {
            name: plan.name.clone(),
            profile: (*profile).clone(),
        }),
        ProfilePlace::File(path) => read(flag, path).map(|profile| Compared {
            name: profile.id.clone(),
            profile,
        }),
    }
}

/// What to tell where a client is followed as with a method that it was never measured with.
pub(super) fn beyond(policy: &Policy, method: &Method) -> Option<String> {
    let profile = clients::by_name(&policy.name).filter(|profile| !profile.sends(method))?;
    Some(format!(
        "{} cannot send {method} ({}): what follows was never measured",
        profile.called(),
        profile.how
    ))
}

/// How much of a file is read: a hundred times what a profile takes.
const LONGEST: u64 = 1 << 20;

/// The profile in this file.
fn read(flag: &str, path: &Path) -> Result<Profile, UsageError> {
    let shown = path.display();
    let cannot = |error: std::io::Error| {
        UsageError::new(
            format!("{flag}: cannot read {shown}: {error}"),
            "name a client, or a file that `rehop probe` wrote",
        )
    };
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(LONGEST).read_to_string(&mut text))
        .map_err(cannot)?;
    Profile::from_json(&text).map_err(|error| {
        let full = error.to_string();
        let says = full
            .rsplit_once(" at line ")
            .map_or(full.as_str(), |(says, _)| says);
        let place = format!("{shown}:{}:{}", error.line(), error.column());
        UsageError::new(
            format!("{flag}: {place}: {says}"),
            "`rehop probe --profile FILE` writes such files",
        )
    })
}
