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
    for content in [true, false] {
        let with = || here.keys().filter(move |(_, c)| *c == content);
        let others = here.keys().filter(|(_, c)| *c != content);
        let mut others = others.peekable();
        if others.peek().is_some() && with().next().is_some() && with().all(is) && !others.any(is) {
            return vec![Condition {
                content: Some(content),
                ..Condition::default()
            }];
        }
    }
    let owned = |methods: &[&Method]| {
        methods
            .iter()
            .map(|method| (*method).clone())
            .collect::<Vec<_>>()
    };
    let mut rules = Vec::new();
    if !full.is_empty()
        && rest.len() < full.len()
        && rest.len() <= MOST_EXCEPTED
        && !rest.is_empty()
    {
        rules.push(Condition {
            except: owned(&rest),
            ..Condition::default()
        });
    } else if !full.is_empty() {
        rules.push(Condition {
            methods: owned(&full),
            ..Condition::default()
        });
    }
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
                let situation = Circumstances { status: Status(*code), method, content: *content, crossing: None };
                let said = first(&plain, &situation).and_then(|rule| plain.iter().position(|known| known == rule));
                prop_assert_eq!(said.map_or(0, |n| found[n].1), *label, "{} {} {}", code, method, content);
            }
        }
    }
}
