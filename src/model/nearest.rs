//! Which known word a misspelt one was meant to be.

/// The known word that is nearest to `typed`, where one is near enough to be what was meant: no more than a third of its
/// letters wrong, missing, added or swapped with their neighbour. Case does not count.
#[must_use]
pub fn nearest<T: AsRef<str>>(typed: &str, known: impl IntoIterator<Item = T>) -> Option<T> {
    let lower = |text: &str| {
        text.to_lowercase()
            .chars()
            .take(LONGEST)
            .collect::<Vec<_>>()
    };
    let typed = lower(typed);
    let allowed = |known: &T| known.as_ref().chars().count().div_ceil(3);
    known
        .into_iter()
        .map(|known| (distance(&typed, &lower(known.as_ref())), known))
        .filter(|(distance, known)| *distance <= allowed(known))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Characters of a word that are looked at: no known word is longer, and time grows with the square.
const LONGEST: usize = 64;

/// The optimal string alignment distance: how many insertions, deletions, replacements and swaps of neighbours lead from
/// one word to the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for i in 1..=from.len() {
        let mut row = vec![i];
        for j in 1..=to.len() {
            let replaced = last[j - 1] + usize::from(from[i - 1] != to[j - 1]);
            let mut cost = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                cost = cost.min(before_last[j - 2] + 1);
            }
            row.push(cost);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood_and_another_word_is_not() {
        let known = ["status", "hops", "final", "host", "header.NAME"];
        for (typed, meant) in [
            ("stauts", Some("status")),
            ("Status", Some("status")),
            ("statu", Some("status")),
            ("hop", Some("hops")),
            ("hosts", Some("host")),
            ("fnial", Some("final")),
            ("weather", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(nearest(typed, known), meant, "{typed:?}");
        }
        assert_eq!(nearest(&"s".repeat(1_000_000), known), None);
    }

    #[test]
    fn each_slip_costs_one() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        for (from, to, cost) in [
            ("", "", 0),
            ("", "ab", 2),
            ("ab", "", 2),
            ("ab", "ba", 1),
            ("abc", "abd", 1),
            ("ca", "abc", 3),
        ] {
            assert_eq!(
                distance(&chars(from), &chars(to)),
                cost,
                "{from:?} to {to:?}"
            );
        }
    }
}
