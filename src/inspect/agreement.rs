//! How many of the measured clients agree with each hop.

use crate::clients::{self, ClientChoices, Situation};
use crate::follow::Trace;
use crate::rules::{BodyFate, findings};

/// Says at each redirect how many of the measured clients would have done the same.
pub(super) fn fill(trace: &mut Trace) {
    for hop in &mut trace.hops {
        let (Some(redirect), Ok(response)) = (&mut hop.redirect, &hop.exchange.answer) else {
            continue;
        };
        let sent = &hop.exchange.sent;
        let asked = Situation {
            status: response.status,
            method: &sent.method,
            content: sent.body.is_some(),
            from: &sent.target,
            to: &redirect.target,
        };
        redirect.agreement = clients::agreement(asked, &redirect.method.to, redirect.body);
        let mut findings = hop.findings.iter_mut();
        // To name clients takes reading every profile: only where there is something to tell.
        if let Some(finding) =
            findings.find(|finding| std::ptr::eq(finding.note, &raw const findings::UNPREDICTABLE))
        {
            finding
                .says
                .push_str(&sides(&clients::choices(asked)).unwrap_or_default());
        }
    }
}

/// The best-known clients on each side, in no more than two lines: `: chrome, curl ... send GET; urllib3 ... send POST`.
fn sides(choices: &[ClientChoices]) -> Option<String> {
    let side = |(choice, most): (&ClientChoices, usize)| {
        let lost = choice.body == BodyFate::Dropped && !choice.method.is_retrieval();
        let spoken = clients::spoken(choice.clients.iter().map(|client| client.called()));
        let names = spoken[..spoken.len().min(most)].join(", ");
        let more = if spoken.len() > most { " ..." } else { "" };
        format!(
            "{names}{more} send {}{}",
            if lost { "an empty " } else { "" },
            choice.method
        )
    };
    let sides: Vec<String> = choices.iter().zip([4, 1, 1]).map(side).collect();
    (sides.len() > 1).then(|| format!(": {}", sides.join("; ")))
}
