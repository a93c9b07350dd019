//! Measured points → the shortest rules that say the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Method;
use crate::rules::policy::Condition;

/// A redirect as far as a rule can tell it from others: code, method, whether there was content.
pub(super) type Point = (u16, Method, bool);

/// Methods that an `except` may leave out: it also decides for methods that nobody measured.
const MOST_EXCEPTED: usize = 3;

/// The rules that give each point its label, with the label; those with the label `default` need none. The first rule that
/// matches decides.
pub(super) fn rules<L: Ord + Clone>(
    points: &BTreeMap<Point, L>,
    default: &L,
) -> Vec<(Condition, L)> {
    let codes: BTreeSet<u16> = points.keys().map(|(code, ..)| *code).collect();
    let mut found: Vec<(Condition, L)> = Vec::new();
    for code in codes {
        let here: BTreeMap<(&Method, bool), &L> = points
            .iter()
            .filter(|((c, ..), _)| *c == code)
            .map(|((_, m, content), l)| ((m, *content), l))
            .collect();
        let labels: BTreeSet<&L> = here
            .values()
            .copied()
            .filter(|label| *label != default)
            .collect();
        for label in labels {
            for rule in of_label(&here, label) {
                match found.iter_mut().find(|(known, l)| {
                    l == label
                        && Condition {
                            codes: Vec::new(),
                            ..known.clone()
                        } == rule
                }) {
                    Some((known, _)) => known.codes.push(code),
                    None => found.push((
                        Condition {
                            codes: vec![code],
                            ..rule
                        },
                        label.clone(),
                    )),
                }
            }
        }
    }
    found
}

/// The rules for the points of one code that have this label, without the code.
fn of_label<L: Ord>(here: &BTreeMap<(&Method, bool), &L>, label: &L) -> Vec<Condition> {
    let is = |point: &(&Method, bool)| here.get(point).is_some_and(|l| *l == label);
    let methods: BTreeSet<&Method> = here.keys().map(|(method, _)| *method).collect();
    let whole = |method: &Method| here.keys().filter(|(m, _)| *m == method).all(is);
    let (full, rest): (Vec<&Method>, Vec<&Method>) =
        methods.iter().partition(|method| whole(method));
    if rest.is_empty() && methods.len() > 1 {
        return vec![Condition::default()];
    }
    if let Some(content) = [true, false]
        .into_iter()
        .find(|content| decides(here, label, *content))
    {
        return vec![Condition {
            content: Some(content),
            ..Condition::default()
        }];
    }
    let mut rules: Vec<Condition> = by_method(&full, &rest).into_iter().collect();
    for content in [true, false] {
        let partly: Vec<&Method> = rest
            .iter()
            .copied()
            .filter(|method| is(&(method, content)))
            .collect();
        if !partly.is_empty() {
            rules.push(Condition {
                methods: owned(&partly),
                content: Some(content),
                ..Condition::default()
            });
        }
    }
    rules
}

/// Whether this label stands with or without content, and nowhere else.
fn decides<L: Ord>(here: &BTreeMap<(&Method, bool), &L>, label: &L, content: bool) -> bool {
    let has_label = |there: bool| {
        let points = here
            .iter()
            .filter(move |((_, content), _)| *content == there);
        points.map(|(_, l)| *l == label).collect::<Vec<_>>()
    };
    let (with, others) = (has_label(content), has_label(!content));
    let everywhere = !with.is_empty() && with.into_iter().all(|is| is);
    everywhere && !others.is_empty() && !others.into_iter().any(|is| is)
}

/// The condition for the methods that have a label wholly; by the others, where those are few.
fn by_method(full: &[&Method], rest: &[&Method]) -> Option<Condition> {
    let few_others = !rest.is_empty() && rest.len() < full.len() && rest.len() <= MOST_EXCEPTED;
    (!full.is_empty()).then(|| {
        if few_others {
            Condition {
                except: owned(rest),
                ..Condition::default()
            }
        } else {
            Condition {
                methods: owned(full),
                ..Condition::default()
            }
        }
    })
}

fn owned(methods: &[&Method]) -> Vec<Method> {
    methods.iter().map(|method| (*method).clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Status;
    use crate::rules::policy::{Circumstances, first};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_rules_say_what_the_points_say(
            labels in proptest::collection::btree_map((300_u16..304, 0_usize..5, any::<bool>()), 0_u8..3, 0..40)
        ) {
            let names = ["GET", "HEAD", "POST", "PUT", "DELETE"];
            let points: BTreeMap<Point, u8> = labels
                .into_iter()
                .map(|((code, method, content), label)| ((code, Method::new(names[method]).unwrap(), content), label))
                .collect();
            let found = rules(&points, &0);
            let plain: Vec<Condition> = found.iter().map(|(rule, _)| rule.clone()).collect();
            for ((code, method, content), label) in &points {
                let situation = Circumstances { status: Status(*code), method, content: *content, uploaded: false, crossing: None };
                let said = first(&plain, &situation).and_then(|rule| plain.iter().position(|known| known == rule));
                prop_assert_eq!(said.map_or(0, |n| found[n].1), *label, "{} {} {}", code, method, content);
            }
        }
    }
}
