//! What became of method and body, whose doing it was, and what would have kept them.

use super::words::{Sentence, StepWords, article, status};
use crate::follow::EndKind;
use crate::report::tone::Tone;
use crate::report::units::{count, size_adjective};
use crate::report::view::{HopView, RedirectView, View};
use crate::rules::{BodyFate, Verdict};

/// What became of method and body; `None` where there is nothing to say.
pub(super) fn of(view: &View, steps: &[StepWords]) -> Option<Sentence> {
    let lost =
        |(_, redirect): &&StepWords| !redirect.method.kept || redirect.body.0 == BodyFate::Dropped;
    let against = |(_, redirect): &&StepWords| redirect.verdict.0 >= Verdict::Discouraged;
    let landed = view.end.kind.0 == EndKind::Landed;
    if let Some((hop, redirect)) = steps.iter().find(lost) {
        return Some(changed(hop, redirect));
    }
    if let Some((hop, redirect)) = steps.iter().find(against) {
        return Some(Sentence {
            tone: Tone::Bad,
            text: stubborn(hop, redirect),
        });
    }
    match steps {
        _ if !landed => None,
        [] => Some(nothing_redirected(view.hops.last()?)),
        _ => Some(kept(view, steps)),
    }
}

fn nothing_redirected(hop: &HopView) -> Sentence {
    let refused = hop
        .response
        .as_ref()
        .is_some_and(|response| response.status >= 400);
    let tone = if refused { Tone::Fair } else { Tone::Good };
    Sentence {
        tone,
        text: format!(
            "Nothing redirects here: the {} was answered with {}.",
            hop.request.method,
            status(hop)
        ),
    }
}

fn kept(view: &View, steps: &[StepWords]) -> Sentence {
    let method = &view.summary.method.from;
    let through = count(steps.len() as u64, "redirect");
    let sent_whole = view
        .hops
        .last()
        .and_then(|hop| hop.request.body.as_ref())
        .is_some_and(|body| body.complete);
    let arrived = match view.hops.first().and_then(body) {
        Some(body) if view.summary.body.0 == BodyFate::Kept && sent_whole => {
            format!("The {method} and its {body} arrived unchanged through {through}.")
        }
        _ => format!(
            "The {method} stayed {} {method} through {through}.",
            article(method)
        ),
    };
    match steps.iter().find(|(_, redirect)| !redirect.predictable) {
        None => Sentence {
            tone: Tone::Good,
            text: arrived,
        },
        Some((hop, redirect)) => Sentence {
            tone: Tone::Fair,
            text: format!(
                "{arrived} Not every client does that: at hop {}, {} makes some send a GET. {} settles it.",
                hop.n,
                code(hop),
                sturdy(redirect),
            ),
        },
    }
}

/// The client sent the same again where it was asked for something else.
fn stubborn(hop: &HopView, redirect: &RedirectView) -> String {
    let (n, method, code) = (hop.n, &redirect.method.from, code(hop));
    if code == 303 {
        format!("The {method} was sent again at hop {n} although 303 asks for a GET.")
    } else {
        format!(
            "The {method} was sent on at hop {n}, which {} speaks against for {code}.",
            redirect.rule.source
        )
    }
}

fn changed(hop: &HopView, redirect: &RedirectView) -> Sentence {
    let (from, to) = (&redirect.method.from, &redirect.method.to);
    let n = hop.n;
    let body = body(hop).unwrap_or_else(|| "body".to_owned());
    let what = match (redirect.method.kept, redirect.body.0) {
        (false, BodyFate::Dropped) => {
            format!(
                "The {from} became {} {to} at hop {n} and its {body} was dropped",
                article(to)
            )
        }
        (false, BodyFate::Kept) => {
            format!(
                "The {from} became {} {to} at hop {n} and took its {body} along",
                article(to)
            )
        }
        (false, BodyFate::None) => format!("The {from} became {} {to} at hop {n}", article(to)),
        (true, _) => format!(
            "The {from} stayed {} {from} at hop {n} but its {body} was dropped",
            article(from)
        ),
    };
    Sentence {
        tone: Tone::of(redirect.verdict.0),
        text: format!("{what}{}", why(hop, redirect)),
    }
}

/// Whose doing a change was, and what would prevent it.
fn why(hop: &HopView, redirect: &RedirectView) -> String {
    let code = code(hop);
    let both = if redirect.body.0 == BodyFate::Dropped {
        "both"
    } else {
        "it"
    };
    let cure = format!("{} would keep {both}", sturdy(redirect));
    match (redirect.verdict.0, code) {
        (Verdict::Forbidden, 307 | 308) => {
            format!(": {code} forbids that, so it is the client's fault.")
        }
        (Verdict::Forbidden, _) => format!(
            ": {} rules that out. {cure} with every client.",
            redirect.rule.source
        ),
        (_, 307 | 308) => {
            format!(": {code} asks for the same request again, so it is the client's fault.")
        }
        (Verdict::Required | Verdict::Recommended, 303) => {
            format!(", as 303 asks. Where that is not meant, {cure}.")
        }
        (Verdict::Discouraged, 301 | 302) if !redirect.method.kept => {
            format!(": {code} allows that for POST alone. {cure}.")
        }
        (Verdict::Discouraged, 303) if redirect.method.kept => {
            format!(": 303 asks for a GET instead. {cure}.")
        }
        (Verdict::Discouraged, _) => format!(": {code} does not ask for that. {cure}."),
        _ => format!(": {code} lets clients do that. {cure}."),
    }
}

/// The code that keeps method and body, as lasting as the one that was sent.
fn sturdy(redirect: &RedirectView) -> u16 {
    if redirect.permanent { 308 } else { 307 }
}

fn code(hop: &HopView) -> u16 {
    hop.response.as_ref().map_or(0, |response| response.status)
}

/// `7-byte body`; without a number where nobody knows it.
fn body(hop: &HopView) -> Option<String> {
    hop.request.body.as_ref()?;
    Some(
        hop.request
            .body_length()
            .map_or("body".to_owned(), |bytes| {
                format!("{} body", size_adjective(bytes))
            }),
    )
}
