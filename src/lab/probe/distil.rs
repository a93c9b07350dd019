//! What was seen → a policy that says the same, in the words in which every known client is told.
//!
//! Rules are read off the cells; each other setting is the first of a few candidates that predicts most of what was seen.
//! What a probe does not measure (cookie jars, content that cannot be replayed, chains with several crossings)
//! stays as most clients have it.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::ProbedOutcome;
use super::content_fields;
use super::dialect;
use super::predict::SeenDoing;
use super::probed::{Limit, Probed};
use super::settle::{Measured, add_if_better, at, bodies, content, field, nexts, right, settle};
use super::table::{Point, rules};
use crate::clients::Crossing;
use crate::model::Method;
use crate::rules::FieldFate;
use crate::rules::credential::is_credential;
use crate::rules::policy::{
    Condition, Credential, CredentialScope, Dialect, Dropped, Ending, FramedBy, HostScope, Kept,
    LocationReading, Methods, Policy, PortScope, Referer, Repeats, SchemeChange, SchemeScope,
    Schemes, TargetForm, Where,
};

/// The policy that says what was seen.
#[must_use]
pub fn distil(probed: &Probed) -> Policy {
    let cells: Vec<Measured> = probed
        .cells
        .iter()
        .filter_map(|cell| Some((cell, cell.outcome.as_ref().ok()?)))
        .collect();
    let mut policy = Policy {
        location: LocationReading::Dialect(Box::<Dialect>::default()),
        ..Policy::default()
    };
    limits(&mut policy, probed);
    followed(&mut policy, &cells);
    schemes(&mut policy, &cells);
    methods(&mut policy, &cells);
    dropped(&mut policy, &cells);
    framing(&mut policy, &cells);
    content_fields::settle_all(&mut policy, &cells);
    credentials(&mut policy, &cells);
    let referers = [Referer::None, Referer::PreviousUnlessDowngrade];
    let set = |policy: &mut Policy, referer: &Referer| policy.referer = *referer;
    settle(&mut policy, &cells, &referers, (set, field("referer")));
    dialect::settle(&mut policy, probed);
    policy
}

fn limits(policy: &mut Policy, probed: &Probed) {
    let (chain, looped) = (
        probed.limits.chain.as_ref().ok(),
        probed.limits.looped.as_ref().ok(),
    );
    if let Some(chain) = chain {
        policy.limit = chain.followed;
        policy.at_limit = ending(chain.failed);
    }
    // A loop that ends earlier than a chain was noticed.
    let noticed = |looped: &&Limit| {
        looped.followed < chain.and_then(|chain| chain.followed).or(Some(usize::MAX))
    };
    if let Some(Limit {
        followed: Some(times),
        failed,
    }) = looped.filter(noticed)
    {
        let otherwise = ending(*failed);
        // One that never comes back to where it began counts that as the first time.
        let (times, start_counts) = (&(*times).max(1), *times == 0);
        policy.repeats = Some(Repeats {
            times: *times,
            start_counts,
            otherwise,
            target_as: TargetForm::Resolved,
        });
    }
}

fn ending(failed: bool) -> Ending {
    if failed {
        Ending::Error
    } else {
        Ending::Response
    }
}

/// Code, method and content of a cell with a label.
fn points<'a, L: Ord>(
    cells: impl IntoIterator<Item = &'a Measured<'a>>,
    label: impl Fn(&ProbedOutcome) -> L,
) -> BTreeMap<Point, L> {
    let point = |(cell, outcome): &Measured| {
        Some((
            (cell.status.code(), outcome.method()?, outcome.has_body()),
            label(outcome),
        ))
    };
    cells.into_iter().filter_map(point).collect()
}

fn plain<L>(rules: Vec<(Condition, L)>) -> Vec<Condition> {
    rules.into_iter().map(|(rule, _)| rule).collect()
}

fn followed(policy: &mut Policy, cells: &[Measured]) {
    let same = || at(cells, Crossing::SameOrigin);
    policy.follows = plain(rules(
        &points(same(), |outcome| outcome.next.is_some()),
        &false,
    ));
    let stayed = same().filter(|(_, outcome)| outcome.next.is_none());
    policy.unfollowed_is_error = plain(rules(&points(stayed, |outcome| outcome.failed), &false));
    // One method tells of the codes, whatever the method.
    let methods: BTreeSet<Option<Method>> =
        cells.iter().map(|(_, outcome)| outcome.method()).collect();
    if methods.len() == 1 {
        policy
            .follows
            .iter_mut()
            .chain(&mut policy.unfollowed_is_error)
            .for_each(|rule| rule.methods.clear());
    }
}

/// Rules for the method: those for other origins first, where they differ.
fn methods(policy: &mut Policy, cells: &[Measured]) {
    let next = |outcome: &ProbedOutcome| {
        let next = outcome
            .next
            .as_ref()
            .map(|next| next.arrival.method.clone());
        next.filter(|next| *next != outcome.first.method)
    };
    policy.method = crossing_rules(cells, next)
        .into_iter()
        .filter_map(|(rule, to)| {
            Some(Condition {
                to: Some(Method::new(&to?).ok()?),
                ..rule
            })
        })
        .collect();
}

fn crossing_rules<L: Ord + Clone + Default>(
    cells: &[Measured],
    label: impl Fn(&ProbedOutcome) -> L,
) -> Vec<(Condition, L)> {
    let follows = |crossing| at(cells, crossing).filter(|(_, outcome)| outcome.next.is_some());
    let here = points(follows(Crossing::SameOrigin), &label);
    let there = points(follows(Crossing::Host), &label);
    let default = L::default();
    let mut all = Vec::new();
    if here
        .iter()
        .any(|(point, label)| there.get(point).is_some_and(|other| other != label))
    {
        let crossing = Some(Where::CrossOrigin);
        all.extend(
            rules(&there, &default)
                .into_iter()
                .map(|(rule, label)| (Condition { crossing, ..rule }, label)),
        );
        let crossing = Some(Where::SameOrigin);
        all.extend(
            rules(&here, &default)
                .into_iter()
                .map(|(rule, label)| (Condition { crossing, ..rule }, label)),
        );
    } else {
        all = rules(&here, &default);
    }
    all
}

fn dropped(policy: &mut Policy, cells: &[Measured]) {
    let with_content: Vec<Measured> = cells
        .iter()
        .filter(|(_, outcome)| outcome.has_body())
        .copied()
        .collect();
    let gone = |outcome: &ProbedOutcome| {
        outcome
            .next
            .as_ref()
            .is_some_and(|next| !next.body.is_some())
    };
    let mut on = plain(crossing_rules(&with_content, gone));
    if let [rule] = on.as_mut_slice() {
        // Methods without content have nothing to lose.
        let all: BTreeSet<Method> = with_content
            .iter()
            .filter_map(|(_, outcome)| outcome.method())
            .collect();
        if all.iter().all(|method| rule.methods.contains(method)) && all.len() > 1 {
            rule.methods.clear();
        }
    }
    let candidates = [Dropped::WhenRewritten, Dropped::Never, Dropped::On(on)];
    let set = |policy: &mut Policy, dropped: &Dropped| policy.content.dropped.clone_from(dropped);
    settle(policy, &with_content, &candidates, (set, content));
}

/// When an empty request says that it is empty, and which type it names all the same.
fn framing(policy: &mut Policy, cells: &[Measured]) {
    let empty = |outcome: &ProbedOutcome| outcome.first.content.is_some() && !outcome.has_body();
    let bare = cells.iter().filter(|(_, outcome)| !outcome.has_body());
    let first: BTreeSet<Method> = bare
        .filter(|(_, o)| empty(o))
        .filter_map(|(_, o)| o.method())
        .collect();
    let bare = cells.iter().filter(|(_, outcome)| !outcome.has_body());
    let typed: BTreeSet<Method> = bare
        .filter(|(_, outcome)| outcome.first.headers.contains("content-type"))
        .filter_map(|(_, outcome)| outcome.method())
        .collect();
    policy.content.own_content_type = typed.into_iter().collect();
    let rules = &mut policy.content.empty_framing;
    rules.first = Methods::These(first.into_iter().collect());
    let chunked = |(_, outcome): &Measured| {
        empty(outcome) && outcome.first.headers.contains("transfer-encoding")
    };
    rules.by = if cells.iter().any(chunked) {
        FramedBy::Chunked
    } else {
        FramedBy::ContentLength
    };
    let sent: BTreeSet<Method> = nexts(cells)
        .filter_map(|(_, next)| Method::new(&next.method).ok())
        .collect();
    for carried in [false, true] {
        policy.content.empty_framing.carried = carried;
        policy.content.empty_framing.resent = Methods::default();
        policy.content.empty_framing.dropped = Methods::default();
        for method in &sent {
            add_if_better(policy, cells, |policy| {
                add(&mut policy.content.empty_framing.resent, method);
            });
            add_if_better(policy, cells, |policy| {
                add(&mut policy.content.empty_framing.dropped, method);
            });
        }
        if right(policy, cells, bodies) == cells.len() {
            return;
        }
    }
    let with = right(policy, cells, bodies);
    let mut without = policy.clone();
    without.content.empty_framing.carried = false;
    if right(&without, cells, bodies) >= with {
        *policy = without;
    }
}

fn add(methods: &mut Methods, method: &Method) {
    if let Methods::These(methods) = methods {
        methods.push(method.clone());
    }
}

/// How far a credential may go, the narrowest first.
fn scopes() -> Vec<Kept> {
    use {HostScope as Host, PortScope as Port, SchemeScope as Scheme};
    let mut scopes = Vec::new();
    for scheme in [Scheme::Same, Scheme::NoDowngrade, Scheme::Any] {
        for host in [Host::Same, Host::SameOrSubdomain, Host::Any] {
            let of = |port| Kept::Within(CredentialScope { host, port, scheme });
            scopes.extend([of(Port::Same), of(Port::Any)]);
        }
    }
    scopes.push(Kept::Never);
    scopes
}

/// Which changes of scheme are followed, where they were played.
fn schemes(policy: &mut Policy, cells: &[Measured]) {
    let changes: Vec<Measured> = [Crossing::Upgrade, Crossing::Downgrade]
        .into_iter()
        .flat_map(|crossing| at(cells, crossing).copied().collect::<Vec<_>>())
        .collect();
    let mut candidates = vec![Schemes::default()];
    for followed in [SchemeChange::NoDowngrade, SchemeChange::Same] {
        candidates.extend([Ending::Response, Ending::Error].map(|otherwise| Schemes {
            followed,
            otherwise,
        }));
    }
    let set = |policy: &mut Policy, schemes: &Schemes| policy.schemes = *schemes;
    let holds = |expected: &SeenDoing, seen: &SeenDoing| {
        (expected.next.is_some(), expected.failed) == (seen.next.is_some(), seen.failed)
    };
    settle(policy, &changes, &candidates, (set, holds));
}

/// How far each credential goes: of what a probe can tell apart, the narrowest first.
fn credentials(policy: &mut Policy, cells: &[Measured]) {
    let names: BTreeSet<String> = nexts(cells)
        .flat_map(|(_, next)| next.fields)
        .filter(|(name, fate)| *fate != FieldFate::Added && is_credential(name))
        .map(|(name, _)| name)
        .collect();
    let scopes = scopes();
    let codes: BTreeSet<u16> = cells.iter().map(|(cell, _)| cell.status.code()).collect();
    let excepted = std::iter::once(Vec::new()).chain(codes.into_iter().map(|code| vec![code]));
    let excepted: Vec<Vec<u16>> = excepted.collect();
    for name in names {
        let of = |(kept, except_codes): (&Kept, &Vec<u16>)| Credential {
            fields: vec![name.clone()],
            kept: kept.clone(),
            except_codes: except_codes.clone(),
            ..Credential::default()
        };
        let limited = excepted
            .iter()
            .flat_map(|except| scopes.iter().map(move |kept| (kept, except)))
            .map(of);
        let candidates: Vec<Option<Credential>> =
            std::iter::once(None).chain(limited.map(Some)).collect();
        let set =
            |policy: &mut Policy, one: &Option<Credential>| policy.credentials.extend(one.clone());
        settle(policy, cells, &candidates, (set, field(&name)));
    }
    merge(&mut policy.credentials);
}

/// Credentials of one kind share an entry.
fn merge(credentials: &mut Vec<Credential>) {
    let mut merged: Vec<Credential> = Vec::new();
    for credential in credentials.drain(..) {
        let alike = |other: &&mut Credential| {
            Credential {
                fields: credential.fields.clone(),
                ..(**other).clone()
            } == credential
        };
        match merged.iter_mut().find(alike) {
            Some(other) => other.fields.extend(credential.fields),
            None => merged.push(credential),
        }
    }
    *credentials = merged;
}
