//! The answer to the user's question in plain words: did method and body survive, and if not, whose doing was it?

mod fate;
mod stop;
#[cfg(test)]
mod tests;

use url::Url;

use super::view::{HopView, Octets, RedirectView, View};
use crate::follow::EndKind;
use crate::rules::credential::CREDENTIALS;
use crate::rules::findings::CREDENTIALS_SENT;

/// What happened, and how good that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// How good it is.
    pub tone: Tone,
    /// One sentence, or a few short ones; what came over the wire is not yet escaped in it.
    pub text: String,
}

/// How good a chain was, best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// What was sent arrived as it was.
    Good,
    /// It changed as the server asked for, or something else is worth a look.
    Fair,
    /// Something was lost, or nothing arrived.
    Bad,
}

/// What happened in this chain.
#[must_use]
pub fn of(view: &View) -> Sentence {
    let steps = steps(view);
    let said = [
        stop::why(view),
        fate::of(view, &steps),
        unsent(view),
        last_answer(view),
        cut_off(view),
        credentials(view, &steps),
        downgrade(view, &steps),
        others(view),
    ];
    let said: Vec<Sentence> = said.into_iter().flatten().collect();
    Sentence {
        tone: said
            .iter()
            .map(|sentence| sentence.tone)
            .max()
            .unwrap_or(Tone::Good),
        text: said
            .into_iter()
            .map(|sentence| sentence.text)
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// A redirect that was followed, and the hop that it stands at.
type StepWords<'a> = (&'a HopView, &'a RedirectView);

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

/// Why the target may answer 401 all of a sudden, or who else has the password now.
fn credentials(view: &View, steps: &[StepWords]) -> Option<Sentence> {
    let sent = |(hop, redirect): &StepWords| {
        hop.findings.iter().find(|id| **id == CREDENTIALS_SENT.id)?;
        let field = title(redirect.headers.credentials_sent.first()?);
        let text = format!(
            "{field} was sent on to another origin at hop {}: {}.",
            hop.n,
            origin(&redirect.target)
        );
        Some(Sentence {
            tone: Tone::Bad,
            text,
        })
    };
    let left = |(hop, redirect): &StepWords| {
        let later = view.hops.get(hop.n..).unwrap_or_default();
        let comes_back = |name: &str| later.iter().any(|hop| has(&hop.request.headers, name));
        let mut lost = redirect
            .headers
            .dropped
            .iter()
            .filter(|name| CREDENTIALS.contains(&name.as_str()));
        let field = title(lost.find(|name| !comes_back(name))?);
        let text = format!(
            "{field} was left behind at hop {}, on the way to {}.",
            hop.n,
            origin(&redirect.target)
        );
        Some(Sentence {
            tone: Tone::Fair,
            text,
        })
    };
    let crossings = || steps.iter().filter(|(_, redirect)| redirect.cross_origin);
    steps
        .iter()
        .find_map(sent)
        .or_else(|| crossings().find_map(left))
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

/// `302 Found`, as received.
fn status(hop: &HopView) -> String {
    let Some(response) = &hop.response else {
        return "nothing".to_owned();
    };
    let reason: String = String::from_utf8_lossy(&response.reason.0)
        .chars()
        .take(LONGEST_REASON)
        .collect();
    format!("{} {reason}", response.status)
        .trim_end()
        .to_owned()
}

/// Characters of a reason phrase that a sentence repeats; registered ones stay below.
const LONGEST_REASON: usize = 40;

/// A URL that a sentence can hold.
fn short(url: &str) -> String {
    const HEAD: usize = 80;
    const TAIL: usize = 30;
    let length = url.chars().count();
    if length <= HEAD + TAIL {
        return url.to_owned();
    }
    let head: String = url.chars().take(HEAD).collect();
    let tail: String = url.chars().skip(length - TAIL).collect();
    format!("{head}...{tail}")
}

fn origin(url: &str) -> String {
    short(&Url::parse(url).map_or(url.to_owned(), |url| url.origin().ascii_serialization()))
}

fn has(headers: &[(String, Octets)], name: &str) -> bool {
    headers
        .iter()
        .any(|(there, _)| there.eq_ignore_ascii_case(name))
}

/// `proxy-authorization` → `Proxy-Authorization`.
fn title(name: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-')
        .map(|word| {
            if word.is_ascii() && !word.is_empty() {
                capital(word)
            } else {
                word.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join("-")
}

fn article(method: &str) -> &'static str {
    if method.starts_with(['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}
