//! What the plan says of chains → the settings of their inspection.

use crate::check::{Expectation, FailOn};
use crate::cli::plan::{ChainPlan, ChecksPlan};
use crate::clients;
use crate::exit::{RunError, UsageError};
use crate::follow::{FollowOptions, Jar};
use crate::inspect::{Checks, Session};
use crate::intake::{ClientPlan, ProfilePlace, SeedCookie};
use crate::model::{Headers, Method};
use crate::report::say;
use crate::rules::Policy;
use crate::rules::policy::CookieRules;

/// The session of this plan; its chains begin without cookies.
///
/// # Errors
/// Points at what is wrong in an expectation, or says what is wrong with the file of a profile.
pub(super) fn open(chain: &ChainPlan, checks: &ChecksPlan) -> Result<Session, RunError> {
    Ok(Session {
        checks: parsed(checks)?,
        policy: policy(chain)?,
        others: chain
            .others
            .iter()
            .map(|client| client.open("--clients"))
            .collect::<Result<_, _>>()?,
        options: options(chain, &[]),
    })
}

/// What the user lets each chain do, and the cookies that it starts with.
pub(super) fn options(chain: &ChainPlan, cookies: &[SeedCookie]) -> FollowOptions {
    let jar = chain.cookies.then(|| {
        let mut jar = Jar::new();
        for seed in cookies {
            let fields: Headers = [("set-cookie", seed.set_cookie.clone())]
                .into_iter()
                .collect();
            // What the user brings is not for a client's rules to refuse.
            jar.store(&CookieRules::default(), &seed.url, &fields);
        }
        jar
    });
    let schemes = ["http", "https"]
        .into_iter()
        .filter(|scheme| chain.schemes.allows(scheme));
    FollowOptions {
        follow: chain.follow,
        schemes: schemes.map(str::to_owned).collect(),
        jar,
        ..FollowOptions::default()
    }
}

/// What to say where a client is followed as with a method that it was never measured with.
pub(super) fn beyond(policy: &Policy, method: &Method) -> Option<String> {
    let profile = clients::by_name(&policy.name).filter(|profile| !profile.sends(method))?;
    Some(format!(
        "{} cannot send {method} ({}): what follows was never measured",
        profile.called(),
        profile.how
    ))
}

fn policy(plan: &ChainPlan) -> Result<Policy, RunError> {
    let Some(path) = &plan.profile else {
        return Ok(plan.policy.clone());
    };
    let client = ClientPlan {
        name: path.display().to_string(),
        profile: ProfilePlace::File(path.clone()),
    };
    Ok(plan.amendments.to(client.open("--as")?.profile.policy))
}

fn parsed(plan: &ChecksPlan) -> Result<Checks, UsageError> {
    let expectations = plan.expect.iter().map(|text| {
        Expectation::parse(text)
            .map_err(|fault| UsageError::pointing("--expect", &say::parse_error(&fault)))
    });
    let fail_on = match plan.fail_on.as_slice() {
        [] => Ok(FailOn::default()),
        ids => FailOn::parse(&ids.join(",")),
    };
    Ok(Checks {
        expectations: expectations.collect::<Result<_, _>>()?,
        fail_on: fail_on
            .map_err(|fault| UsageError::pointing("--fail-on", &say::parse_error(&fault)))?,
    })
}
