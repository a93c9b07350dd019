//! The choice among candidates: the first that predicts most of what was seen.

use super::cell::{BodySeen, ProbedCell, ProbedOutcome};
use super::predict::{NextSent, SeenDoing, fate, predicted, seen};
use crate::clients::Crossing;
use crate::rules::credential::is_credential;
use crate::rules::policy::Policy;

/// A cell that was measured.
pub(super) type Measured<'a> = (&'a ProbedCell, &'a ProbedOutcome);

/// The cells at this crossing.
pub(super) fn at<'a>(
    cells: &'a [Measured<'a>],
    crossing: Crossing,
) -> impl Iterator<Item = &'a Measured<'a>> {
    cells
        .iter()
        .filter(move |(cell, _)| cell.crossing == crossing)
}

/// The cells in which the client went on, each with what it sent next.
pub(super) fn nexts<'a>(
    cells: &'a [Measured<'a>],
) -> impl Iterator<Item = (&'a Measured<'a>, NextSent)> {
    cells
        .iter()
        .filter_map(|measured| Some((measured, seen(measured.1).next?)))
}

/// Whether content fares as it was seen to, or was seen to be other content, which no policy can say.
pub(super) fn bodies(expected: &SeenDoing, seen: &SeenDoing) -> bool {
    let body = |doing: &SeenDoing| doing.next.as_ref().map(|next| next.body);
    let same = body(expected) == body(seen);
    same || body(seen) == Some(BodySeen::Different)
}

/// Makes this change where more bodies are right with it.
pub(super) fn add_if_better(policy: &mut Policy, cells: &[Measured], change: impl Fn(&mut Policy)) {
    let mut changed = policy.clone();
    change(&mut changed);
    if right(&changed, cells, bodies) > right(policy, cells, bodies) {
        *policy = changed;
    }
}

/// Whether the fields that neither describe content nor carry credentials fare as they were seen to.
pub(super) fn others(expected: &SeenDoing, seen: &SeenDoing) -> bool {
    let plain = |name: &str| name.starts_with("x-") && !is_credential(name);
    let names = seen
        .next
        .iter()
        .flat_map(|next| &next.fields)
        .map(|(name, _)| name.as_str());
    names
        .filter(|name| plain(name))
        .all(|name| field(name)(expected, seen))
}

/// Takes the first of `candidates` by which most cells are right by `holds`.
pub(super) fn settle<C>(
    policy: &mut Policy,
    cells: &[Measured],
    candidates: &[C],
    (set, holds): (
        impl Fn(&mut Policy, &C),
        impl Fn(&SeenDoing, &SeenDoing) -> bool,
    ),
) {
    let mut best: Option<(usize, Policy)> = None;
    for candidate in candidates {
        let mut tried = policy.clone();
        set(&mut tried, candidate);
        let score = right(&tried, cells, &holds);
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, tried));
        }
        if score == cells.len() {
            break;
        }
    }
    if let Some((_, settled)) = best {
        *policy = settled;
    }
}

/// Whether this field fares as it was seen to, where both go on.
pub(super) fn field(name: &str) -> impl Fn(&SeenDoing, &SeenDoing) -> bool {
    move |expected, seen| match (&expected.next, &seen.next) {
        (Some(expected), Some(seen)) => fate(&expected.fields, name) == fate(&seen.fields, name),
        _ => true,
    }
}

/// Whether content goes along as it was seen to, where both go on.
pub(super) fn content(expected: &SeenDoing, seen: &SeenDoing) -> bool {
    match (&expected.next, &seen.next) {
        (Some(expected), Some(seen)) => expected.body.is_some() == seen.body.is_some(),
        _ => true,
    }
}

/// How many cells are right by `holds`.
pub(super) fn right(
    policy: &Policy,
    cells: &[Measured],
    holds: impl Fn(&SeenDoing, &SeenDoing) -> bool,
) -> usize {
    let is = |(cell, outcome): &&Measured| {
        predicted(policy, cell, outcome).is_some_and(|said| holds(&said, &seen(outcome)))
    };
    cells.iter().filter(is).count()
}
