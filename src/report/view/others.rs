//! What other clients would have done, beside what was done.

use super::alike::{Alike, Others, RequestRow, StoppedRow};
use super::document::{ClientView, View};
use super::wire::Named;
use crate::follow::Prediction;
use crate::follow::predict::{Asks, PredictedRequest, Reaction};
use crate::inspect::{Comparison, Other};
use crate::rules::mask::Secrets;
use crate::rules::step::StopReason;
use crate::rules::{BodyFate, FieldFate};

impl View {
    /// The same view with what others would have done in the same chain.
    #[must_use]
    pub fn beside(mut self, comparison: &Comparison, secrets: Secrets) -> Self {
        let mut all = Others::default();
        let here = alike(&comparison.own, secrets);
        for other in &comparison.others {
            let Some(prediction) = &other.prediction else {
                all.cannot_send.push(other.name.clone());
                continue;
            };
            self.react(&other.name, &prediction.reactions);
            let new = alike(prediction, secrets);
            let as_here = new.is(&here);
            all.add(other, Alike { as_here, ..new });
        }
        self.summary.clients = Some(all);
        self.close();
        self
    }

    /// What a client of this name does at each hop.
    fn react(&mut self, name: &str, reactions: &[Reaction]) {
        for (hop, reaction) in self.hops.iter_mut().zip(reactions) {
            if let Some(redirect) = &mut hop.redirect {
                redirect.clients.insert(name.to_owned(), client(reaction));
            }
        }
    }
}

impl Alike {
    /// Whether the same was done.
    fn is(&self, other: &Self) -> bool {
        (&self.requests, &self.url, self.stopped) == (&other.requests, &other.url, other.stopped)
    }
}

impl Others {
    fn add(&mut self, other: &Other, new: Alike) {
        let same = |there: &Alike| {
            (&there.requests, &there.url, there.stopped) == (&new.requests, &new.url, new.stopped)
        };
        let at = self.alike.iter().position(same).unwrap_or(self.alike.len());
        if at == self.alike.len() {
            self.alike.push(new);
        }
        self.alike[at].clients.push(other.name.clone());
        self.alike[at].spoken.push(other.called.clone());
    }
}

fn client(reaction: &Reaction) -> ClientView {
    let next = reaction
        .next
        .as_ref()
        .filter(|_| reaction.stopped.is_none());
    ClientView {
        followed: next.is_some(),
        method: next.map(|next| next.method.to.to_string()),
        body: next.map(|next| Named(next.body)),
        authorization: next.map(|next| Named(next.authorization)),
        cookie: next.map(|next| Named(next.cookie)),
        verdict: next.map(|next| Named(next.verdict)),
    }
}

/// What one client would have sent; nobody's name is on it yet.
fn alike(prediction: &Prediction, secrets: Secrets) -> Alike {
    let followed = || {
        prediction
            .reactions
            .iter()
            .filter(|reaction| reaction.stopped.is_none())
    };
    let steps: Vec<&PredictedRequest> = followed()
        .filter_map(|reaction| reaction.next.as_ref())
        .collect();
    let requests: Vec<RequestRow> =
        std::iter::once(first(steps.first().copied(), &prediction.last))
            .chain(steps.iter().map(|next| after(next)))
            .collect();
    let last = prediction
        .reactions
        .last()
        .and_then(|reaction| reaction.stopped);
    let stopped = last
        .filter(|(why, _)| *why != StopReason::Answer)
        .map(|(why, ends_in)| StoppedRow {
            why: Named(why),
            ends_in: Named(ends_in),
        });
    Alike {
        as_here: false,
        clients: Vec::new(),
        url: prediction
            .last
            .target
            .url()
            .map_or(String::new(), |url| secrets.url(url.as_str())),
        requests,
        stopped,
        spoken: Vec::new(),
    }
}

/// The first request, from what became of it.
fn first(next: Option<&PredictedRequest>, last: &Asks) -> RequestRow {
    let had = |fate: FieldFate| {
        matches!(
            fate,
            FieldFate::Kept | FieldFate::Changed | FieldFate::Dropped
        )
    };
    match next {
        Some(next) => RequestRow {
            method: next.method.from.to_string(),
            body: next.body != BodyFate::None,
            authorization: had(next.authorization),
            cookie: had(next.cookie),
            verdict: None,
        },
        None => RequestRow {
            method: last.method.to_string(),
            body: last.content,
            authorization: last.authorization,
            cookie: last.cookie,
            verdict: None,
        },
    }
}

fn after(next: &PredictedRequest) -> RequestRow {
    let has = |fate: FieldFate| {
        matches!(
            fate,
            FieldFate::Kept | FieldFate::Changed | FieldFate::Added
        )
    };
    RequestRow {
        method: next.method.to.to_string(),
        body: next.body == BodyFate::Kept,
        authorization: has(next.authorization),
        cookie: has(next.cookie),
        verdict: Some(Named(next.verdict)),
    }
}
