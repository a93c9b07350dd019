//! Regular expressions of JavaScript, as far as the crate `regex` can say the same.

use regex::{Regex, RegexBuilder};

/// The expression, or nothing where it uses what cannot be simulated (lookaround, back-references).
pub(crate) fn js_regex(pattern: &str, ignores_case: bool) -> Option<Regex> {
    RegexBuilder::new(&ascii_classes(pattern))
        .case_insensitive(ignores_case)
        .build()
        .ok()
}

/// `\d` and `\w` of JavaScript are ASCII (<https://tc39.es/ecma262/#sec-characterclassescape>).
pub(crate) fn ascii_classes(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('d') => out.push_str("[0-9]"),
            Some('D') => out.push_str("[^0-9]"),
            Some('w') => out.push_str("[0-9A-Za-z_]"),
            Some('W') => out.push_str("[^0-9A-Za-z_]"),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_ascii() {
        let regex = js_regex(r"^/[\d-]+\/x$", false).expect("it can be simulated");
        assert!(regex.is_match("/1-2/x"));
        assert!(!regex.is_match("/\u{0663}/x"));
        assert!(js_regex("^/(?!a)", false).is_none());
    }
}
