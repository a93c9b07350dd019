//! The shortest texts that a regular expression takes.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::js_regex::ascii_classes;

/// No more texts than this are made of one expression.
const MOST: usize = 8;
/// Longer texts are no samples.
const LONGEST: usize = 512;

/// Up to eight texts that the expression takes, one for each of its alternatives, the shortest first; none where it has
/// a part that cannot be read.
pub(crate) fn shortest(pattern: &str) -> Vec<String> {
    let Ok(hir) = regex_syntax::parse(&ascii_classes(pattern)) else {
        return Vec::new();
    };
    let mut texts = texts(&hir);
    texts.sort_by_key(String::len);
    texts.dedup();
    texts
}

fn texts(hir: &Hir) -> Vec<String> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![String::new()],
        HirKind::Literal(literal) => {
            let text = String::from_utf8(literal.0.to_vec());
            text.into_iter().collect()
        }
        HirKind::Class(class) => letter(class).map(String::from).into_iter().collect(),
        HirKind::Capture(capture) => texts(&capture.sub),
        HirKind::Repetition(repetition) => {
            let times = usize::try_from(repetition.min).unwrap_or(LONGEST);
            let once = texts(&repetition.sub);
            let all = once.iter().map(|text| text.repeat(times.min(LONGEST)));
            all.take(if times == 0 { 1 } else { MOST }).collect()
        }
        HirKind::Concat(parts) => parts.iter().fold(vec![String::new()], |heads, part| {
            joined(&heads, &texts(part))
        }),
        HirKind::Alternation(branches) => branches.iter().flat_map(texts).take(MOST).collect(),
    }
}

/// Each head with each tail, as many as are wanted.
fn joined(heads: &[String], tails: &[String]) -> Vec<String> {
    let pairs = heads
        .iter()
        .flat_map(|head| tails.iter().map(move |tail| (head, tail)));
    let fits = pairs.filter(|(head, tail)| head.len() + tail.len() <= LONGEST);
    fits.take(MOST)
        .map(|(head, tail)| format!("{head}{tail}"))
        .collect()
}

/// A letter of the class, a plain one where it has one.
fn letter(class: &Class) -> Option<char> {
    let holds = |letter: &char| match class {
        Class::Unicode(class) => class
            .iter()
            .any(|range| range.start() <= *letter && *letter <= range.end()),
        Class::Bytes(class) => class.iter().any(|range| {
            char::from(range.start()) <= *letter && *letter <= char::from(range.end())
        }),
    };
    let plain = ('a'..='z')
        .chain('0'..='9')
        .chain('A'..='Z')
        .chain('!'..='~');
    let first = || match class {
        Class::Unicode(class) => class
            .iter()
            .next()
            .map(regex_syntax::hir::ClassUnicodeRange::start),
        Class::Bytes(class) => class.iter().next().map(|range| char::from(range.start())),
    };
    plain.into_iter().find(holds).or_else(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_for_each_alternative() {
        for (pattern, wanted) in [
            (r"^/a/(\d+)$", vec!["/a/0"]),
            ("^/(en|fr)/x(.*)", vec!["/en/x", "/fr/x"]),
            ("[^/]{3}", vec!["aaa"]),
            ("(?!x)", vec![]),
        ] {
            assert_eq!(shortest(pattern), wanted, "{pattern}");
        }
    }

    #[test]
    fn what_explodes_is_cut() {
        assert!(shortest("(a|b)(a|b)(a|b)(a|b)(a|b)").len() <= MOST);
        assert!(shortest("(a{9}){90}(b{9}){90}").is_empty());
    }
}
