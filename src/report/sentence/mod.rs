//! The answer to the user's question in plain words: did method and body survive, and if not, whose doing was it?

mod fate;
mod stop;
#[cfg(test)]
mod tests;
mod words;

pub use words::Sentence;

use super::tone::Tone;
use super::view::{FindingView, HopView, Octets, View};
use crate::follow::EndKind;
use crate::rules::Severity;
use crate::rules::credential::CREDENTIALS;
use crate::rules::findings::{
    BODY_SENT, CREDENTIALS_DROPPED, CREDENTIALS_IN_REFERER, CREDENTIALS_SENT, DOWNGRADE,
    SENT_IN_CLEAR, TO_PRIVATE,
};
use words::{StepWords, status};

/// What happened in this chain: what is wrong first, so that a mark that says so stands before it.
#[must_use]
pub fn of(view: &View) -> Sentence {
    let steps = steps(view);
    let said = [
        stop::why(view),
        fate::of(view, &steps),
        unsent(view),
        last_answer(view),
        cut_off(view),
        leaks(view),
        left_behind(view, &steps),
        downgrade(view, &steps),
        graver(view),
        others(view),
    ];
    let mut said: Vec<Sentence> = said.into_iter().flatten().collect();
    said.sort_by_key(|sentence| sentence.tone != Tone::Bad);
    let texts: Vec<String> = said.iter().map(|sentence| sentence.text.clone()).collect();
    Sentence {
        tone: said
            .iter()
            .map(|sentence| sentence.tone)
            .max()
            .unwrap_or(Tone::Good),
        text: texts.join(" "),
    }
}

/// Errors that no other sentence tells of: a mark that is red says why.
fn graver(view: &View) -> Option<Sentence> {
    let is_untold = |finding: &&FindingView| {
        finding.severity.0 == Severity::Error
            && !LEAKS.contains(&finding.id)
            && finding.id != DOWNGRADE.id
    };
    let said: Vec<String> = view
        .findings
        .iter()
        .filter(is_untold)
        .map(|finding| at_hop(&[finding]))
        .collect();
    (!said.is_empty()).then(|| Sentence {
        tone: Tone::Bad,
        text: said.join(" "),
    })
}

fn steps(view: &View) -> Vec<StepWords<'_>> {
    let with_redirect = view
        .hops
        .iter()
        .filter_map(|hop| Some((hop, hop.redirect.as_ref()?)));
    with_redirect
        .filter(|(_, redirect)| redirect.followed)
        .collect()
}

/// An answer is not hidden by how well the way to it went.
fn last_answer(view: &View) -> Option<Sentence> {
    let landed = view.end.kind.0 == EndKind::Landed && view.summary.redirects > 0;
    let refused = view.end.status.is_some_and(|status| status >= 400);
    let last = view.hops.last().filter(|_| landed && refused)?;
    Some(Sentence {
        tone: Tone::Fair,
        text: format!("The last answer is {}.", status(last)),
    })
}

/// The last server did not wait for all that was sent to it.
fn unsent(view: &View) -> Option<Sentence> {
    let last = view.hops.last().filter(|hop| hop.response.is_some())?;
    last.request.body.as_ref().filter(|body| !body.complete)?;
    Some(Sentence {
        tone: Tone::Fair,
        text: "The server answered before the body was sent whole.".to_owned(),
    })
}

/// A status says nothing of the content that came after it.
fn cut_off(view: &View) -> Option<Sentence> {
    let last = view
        .hops
        .last()
        .filter(|_| view.end.kind.0 == EndKind::Landed)?;
    let fault = last.response.as_ref()?.body_fault.as_ref()?;
    Some(Sentence {
        tone: Tone::Bad,
        text: format!("The last answer did not arrive whole: {fault}."),
    })
}

/// What left with the chain, all of it and at every hop: the findings say it, here as there.
fn leaks(view: &View) -> Option<Sentence> {
    let is_leak = |finding: &&FindingView| LEAKS.contains(&finding.id);
    let mut found: Vec<&FindingView> = view.findings.iter().filter(is_leak).collect();
    found.sort_by_key(|finding| finding.hop);
    let of_one_hop = found.chunk_by(|one, next| one.hop == next.hop);
    let said: Vec<String> = of_one_hop.map(at_hop).collect();
    let tones = found.iter().map(|finding| Tone::raised(finding.severity.0));
    let tone = tones.max().unwrap_or(Tone::Good);
    (!said.is_empty()).then(|| Sentence {
        tone,
        text: said.join(" "),
    })
}

/// The findings that tell of a leak.
const LEAKS: [&str; 5] = [
    CREDENTIALS_SENT.id,
    CREDENTIALS_IN_REFERER.id,
    BODY_SENT.id,
    SENT_IN_CLEAR.id,
    TO_PRIVATE.id,
];

/// Why the target may answer 401 all of a sudden: a credential that was left behind, and does not come back.
fn left_behind(view: &View, steps: &[StepWords]) -> Option<Sentence> {
    let left = |(hop, redirect): &StepWords| {
        let later = view.hops.get(hop.n..).unwrap_or_default();
        let comes_back = |name: &str| later.iter().any(|hop| has(&hop.request.headers, name));
        let is_lost = |name: &&String| CREDENTIALS.contains(&name.as_str()) && !comes_back(name);
        redirect.headers.dropped.iter().find(is_lost)?;
        let mut findings = view.findings.iter();
        let found = findings
            .find(|finding| finding.id == CREDENTIALS_DROPPED.id && finding.hop == Some(hop.n))?;
        Some(at_hop(&[found]))
    };
    let told = |text: String| Sentence {
        tone: Tone::Fair,
        text,
    };
    steps.iter().find_map(left).map(told)
}

/// What findings of one hop say, as a sentence of its own.
fn at_hop(findings: &[&FindingView]) -> String {
    let says: Vec<&str> = findings
        .iter()
        .map(|finding| finding.says.as_str())
        .collect();
    let hop = findings.iter().find_map(|finding| finding.hop);
    let place = hop.map_or(String::new(), |n| format!("Hop {n}: "));
    format!("{place}{}.", says.join("; "))
}

fn downgrade(view: &View, steps: &[StepWords]) -> Option<Sentence> {
    let (hop, _) = steps.iter().find(|(_, redirect)| redirect.downgrade)?;
    let (before, after) = view.hops.split_at(hop.n.min(view.hops.len()));
    let clear = |hop: &HopView| hop.request.url.starts_with("http:");
    let what = if after.iter().all(clear) && !before.iter().any(clear) {
        format!("From hop {} on, all travels in the clear", hop.n + 1)
    } else {
        format!("Hop {} travels in the clear", hop.n + 1)
    };
    let cure = if stop::circles_by_scheme(view) {
        ""
    } else {
        BEHIND_PROXY
    };
    Some(Sentence {
        tone: Tone::Bad,
        text: format!("{what}: https became http.{cure}"),
    })
}

/// Whose doing a downgrade most often is.
const BEHIND_PROXY: &str = " Where a proxy ends TLS, the server behind it should heed X-Forwarded-Proto or send a relative Location.";

/// How many other clients would have sent something else; nothing where none were asked for, or where the chain broke.
fn others(view: &View) -> Option<Sentence> {
    let others = view
        .summary
        .clients
        .as_ref()
        .filter(|_| view.end.kind.0 == EndKind::Landed)?;
    let able: usize = others.alike.iter().map(|alike| alike.clients.len()).sum();
    let differing: Vec<&str> = others
        .alike
        .iter()
        .filter(|alike| !alike.as_here)
        .filter_map(|alike| alike.spoken.first())
        .map(String::as_str)
        .collect();
    let differ: usize = others
        .alike
        .iter()
        .filter(|alike| !alike.as_here)
        .map(|alike| alike.clients.len())
        .sum();
    let text = match (able, differing.as_slice()) {
        (0, _) => return None,
        (1, [first]) => format!("{first} would have sent something else."),
        (1, []) => "The other client would have sent the same.".to_owned(),
        (_, []) => format!("All {able} other clients would have sent the same."),
        (_, [first]) => format!(
            "{differ} of {able} clients would have sent something else: {first}{}.",
            if differ > 1 { " and its like" } else { "" }
        ),
        (_, [first, second, ..]) => {
            format!(
                "{differ} of {able} clients would have sent something else, {first} and {second} among them."
            )
        }
    };
    Some(Sentence {
        tone: Tone::Good,
        text,
    })
}

fn has(headers: &[(String, Octets)], name: &str) -> bool {
    headers
        .iter()
        .any(|(there, _)| there.eq_ignore_ascii_case(name))
}
