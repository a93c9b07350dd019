//! Why a chain stopped where it did.

use super::words::{Sentence, article, status};
use crate::follow::EndKind;
use crate::model::Phase;
use crate::report::say::short;
use crate::report::tone::Tone;
use crate::report::units::count;
use crate::report::view::{HopView, RedirectView, View};
use crate::rules::BodyFate;

/// Why the chain stopped; `None` where it landed.
pub(super) fn why(view: &View) -> Option<Sentence> {
    let last = view.hops.last()?;
    let n = last.n;
    let detail = detail(view);
    let text = match view.end.kind.0 {
        EndKind::Landed => return None,
        EndKind::NotFollowed => {
            return Some(Sentence {
                tone: Tone::Fair,
                text: not_followed(last, &detail),
            });
        }
        EndKind::Loop => format!("The chain goes round in a circle: {detail}{}", proxy(view)),
        EndKind::TooMany => too_many(view, last) + proxy(view),
        EndKind::BadLocation => format!("The chain breaks at hop {n}: {detail}"),
        EndKind::Refused => format!("The chain was stopped at hop {n}: {detail}"),
        EndKind::Failed => {
            let what = if view.hops.len() == 1 {
                "The request".to_owned()
            } else {
                format!("Hop {n}")
            };
            format!(
                "{what} failed{}: {detail}",
                view.end.phase.map_or("", |phase| during(phase.0))
            )
        }
        EndKind::Interrupted => {
            format!("Interrupted at hop {n}; what was known until then is reported.")
        }
    };
    Some(Sentence {
        tone: Tone::Bad,
        text,
    })
}

/// Whether a chain without end goes from https to http, or from https to the same again: a server behind a proxy that ends
/// TLS sees nothing but http, and asks for https again and again.
pub(super) fn circles_by_scheme(view: &View) -> bool {
    let in_tls = |hop: &&HopView| hop.request.url.starts_with("https:");
    let bare = |url: &str| url.split('#').next().map(str::to_owned);
    let suspicious = |hop: &HopView, redirect: &RedirectView| {
        redirect.downgrade || bare(&redirect.target) == bare(&hop.request.url)
    };
    matches!(view.end.kind.0, EndKind::Loop | EndKind::TooMany)
        && view
            .hops
            .iter()
            .filter(in_tls)
            .any(|hop| hop.redirect.as_ref().is_some_and(|to| suspicious(hop, to)))
}

fn proxy(view: &View) -> &'static str {
    if circles_by_scheme(view) {
        " Where a proxy ends TLS, the server behind it sees only http: let it heed X-Forwarded-Proto."
    } else {
        ""
    }
}

/// Why it ended, as the end of a sentence.
fn detail(view: &View) -> String {
    let detail = view.end.in_brief.as_deref().unwrap_or("no reason is known");
    let stop = if detail.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{detail}{stop}")
}

fn not_followed(last: &HopView, detail: &str) -> String {
    let Some(redirect) = &last.redirect else {
        return format!(
            "Hop {} answered {}, which was not followed: {detail}",
            last.n,
            status(last)
        );
    };
    let target = short(&redirect.target);
    format!(
        "{} at hop {} leads to {target} and was not followed. {}",
        status(last),
        last.n,
        would_have(redirect)
    )
}

fn would_have(redirect: &RedirectView) -> String {
    let (from, to) = (&redirect.method.from, &redirect.method.to);
    let deed = match (redirect.method.kept, redirect.body.0) {
        (true, BodyFate::Kept) => format!("sent the {from} and its body again"),
        (true, BodyFate::Dropped) => format!("sent the {from} again without its body"),
        (true, BodyFate::None) => format!("sent the {from} again"),
        (false, BodyFate::Dropped) => format!(
            "turned the {from} into {} {to} and dropped its body",
            article(to)
        ),
        (false, _) => format!("turned the {from} into {} {to}", article(to)),
    };
    format!("Following it would have {deed}.")
}

fn too_many(view: &View, last: &HopView) -> String {
    let next = last.redirect.as_ref().map_or(String::new(), |redirect| {
        format!(" The next would lead to {}.", short(&redirect.target))
    });
    format!(
        "Gave up after {}.{next}",
        count(view.summary.redirects as u64, "redirect")
    )
}

fn during(phase: Phase) -> &'static str {
    match phase {
        Phase::Dns => " while its name was looked up",
        Phase::Connect => " while connecting",
        Phase::Tls => " in the TLS handshake",
        Phase::Send => " while it was being sent",
        Phase::Wait => " while waiting for the answer",
        Phase::Receive => " while the answer was read",
    }
}
