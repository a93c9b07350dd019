//! Which fields that describe content go, and when: with the method, with the content, on some codes, or not at all.

use std::collections::BTreeSet;

use super::settle::{Measured, field, nexts, others, settle};
use crate::rules::FieldFate;
use crate::rules::policy::{ContentFields, Policy};

/// Settles what becomes of each field that describes content.
pub(super) fn settle_all(policy: &mut Policy, cells: &[Measured]) {
    let names: BTreeSet<String> = nexts(cells)
        .flat_map(|(_, next)| next.fields)
        .map(|(name, _)| name)
        .filter(|name| name.starts_with("content-"))
        .collect();
    // Some take nothing of the caller's along.
    let all = ContentFields {
        when_rewritten: vec!["*".to_owned()],
        ..ContentFields::default()
    };
    let set =
        |policy: &mut Policy, fields: &ContentFields| policy.content_fields.clone_from(fields);
    let candidates = [ContentFields::default(), all];
    settle(policy, cells, &candidates, (set, others));
    if !policy.content_fields.when_rewritten.is_empty() {
        return;
    }
    for name in names {
        settle(policy, cells, &ways(cells, &name), (add, field(&name)));
    }
}

/// When a field of this name may go, the most usual first.
fn ways(cells: &[Measured], name: &str) -> [ContentFields; 5] {
    let one = || vec![name.to_owned()];
    let never = ContentFields::default;
    let on = codes_without(cells, name).into_iter();
    [
        never(),
        ContentFields {
            when_rewritten: one(),
            ..never()
        },
        ContentFields {
            with_content: one(),
            ..never()
        },
        ContentFields {
            when_rewritten: one(),
            with_content: one(),
            ..never()
        },
        ContentFields {
            on: on.map(|code| (code, one())).collect(),
            ..never()
        },
    ]
}

/// Adds these fields to those that go.
fn add(policy: &mut Policy, fields: &ContentFields) {
    let there = &mut policy.content_fields;
    there
        .when_rewritten
        .extend_from_slice(&fields.when_rewritten);
    there.with_content.extend_from_slice(&fields.with_content);
    for (code, names) in &fields.on {
        there.on.entry(*code).or_default().extend_from_slice(names);
    }
}

/// The codes on which this field never goes along.
fn codes_without(cells: &[Measured], name: &str) -> BTreeSet<u16> {
    let mut gone = BTreeSet::new();
    let mut kept = BTreeSet::new();
    for ((cell, _), next) in nexts(cells) {
        let fate = next.fields.iter().find(|(field, _)| field == name);
        match fate.map(|(_, fate)| *fate) {
            Some(FieldFate::Dropped) => gone.insert(cell.status.code()),
            Some(FieldFate::Kept | FieldFate::Changed) => kept.insert(cell.status.code()),
            _ => false,
        };
    }
    gone.difference(&kept).copied().collect()
}
