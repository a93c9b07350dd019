//! Which known word a misspelt one was meant to be.

use strsim::osa_distance;

/// The known word that is nearest to `typed`, where one is near enough to be what was meant: no more than a third of its
/// letters wrong, missing, added or swapped with their neighbour. Case does not count.
#[must_use]
pub fn nearest<T: AsRef<str>>(typed: &str, known: impl IntoIterator<Item = T>) -> Option<T> {
    let typed = compared(typed);
    let allowed = |known: &T| known.as_ref().chars().count().div_ceil(3);
    known
        .into_iter()
        .map(|known| (osa_distance(&typed, &compared(known.as_ref())), known))
        .filter(|(distance, known)| *distance <= allowed(known))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Characters of a word that are looked at: no known word is longer, and time grows with the square.
const LONGEST: usize = 64;

fn compared(word: &str) -> String {
    word.to_lowercase().chars().take(LONGEST).collect()
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
}
