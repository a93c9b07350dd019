//! Patterns with `*` and `?`.

/// Whether the whole of `text` fits `pattern`: `*` is any run of characters, `/` included, `?` is any one character, and
/// everything else is itself.
///
/// Takes time of at most the product of both lengths and no memory to speak of, whatever the two say: on a mismatch only
/// the last `*` is tried again, one character further on, which is enough because an earlier `*` that took more could
/// only leave less.
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    let mut last_star = None;
    loop {
        let (pattern_here, text_here) = (pattern.clone(), text.clone());
        match (pattern.next(), text.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                last_star = Some((pattern.clone(), text_here.clone()));
                text = text_here;
            }
            (Some('?'), Some(_)) => {}
            (Some(wanted), Some(seen)) if wanted == seen => {}
            (_, None) => return pattern_here.clone().all(|rest| rest == '*'),
            _ => {
                let Some((after_star, taken)) = &mut last_star else {
                    return false;
                };
                taken.next();
                (pattern, text) = (after_star.clone(), taken.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fits;

    #[test]
    fn a_star_is_any_run_and_a_question_mark_any_one() {
        for (pattern, text, fit) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "a/b?c", true),
            ("**", "", true),
            ("?", "", false),
            ("?", "é", true),
            ("?", "ab", false),
            ("a*", "a", true),
            ("a*", "ba", false),
            ("*a", "aaa", true),
            ("*ab", "aab", true),
            ("*ab", "aba", false),
            ("a*b*c", "a/x/b/y/c", true),
            ("a*b*c", "a/x/c/y/b", false),
            ("*.example", "www.example", true),
            ("*.example", "example", false),
            ("2??", "204", true),
            ("2??", "2040", false),
            ("[a]", "a", false),
        ] {
            assert_eq!(fits(pattern, text), fit, "{pattern:?} on {text:?}");
        }
    }

    #[test]
    fn many_stars_over_a_long_text_end_soon() {
        assert!(!fits(&"*a".repeat(50), &"b".repeat(40_000)));
        assert!(!fits(&format!("{}b", "*a".repeat(50)), &"a".repeat(20_000)));
    }

    /// The definition itself, in exponential time.
    fn by_definition(pattern: &[char], text: &[char]) -> bool {
        match (pattern, text) {
            ([], text) => text.is_empty(),
            (['*', rest @ ..], text) => {
                (0..=text.len()).any(|taken| by_definition(rest, &text[taken..]))
            }
            ([one, rest @ ..], [seen, after @ ..]) => {
                (*one == '?' || one == seen) && by_definition(rest, after)
            }
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn the_fast_way_finds_what_the_definition_says(pattern in "[ab*?]{0,8}", text in "[ab*]{0,10}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(fits(&pattern, &text), by_definition(&chars(&pattern), &chars(&text)));
        }
    }
}
