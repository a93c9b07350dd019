//! Targets: what they are, and what is written into them.

use super::answer::Answer;
use super::rule::{RuleId, RuleKind};

/// What a platform of the `_redirects` family does by this status: 3xx redirect, 2xx serve in place, else answer so.
pub(crate) fn kind_of(status: u16, to: Option<&str>) -> RuleKind {
    match status {
        300..400 => RuleKind::Redirect,
        200..300 if to.is_some_and(is_absolute) => RuleKind::Proxy,
        200..300 => RuleKind::Rewrite,
        _ => RuleKind::Status,
    }
}

/// The answer of a rule of that kind.
pub(crate) fn answer_of(rule: RuleId, status: u16, location: String) -> Answer {
    match status {
        300..400 => Answer::Redirect {
            status,
            location,
            rule,
        },
        200..300 => Answer::Served { rule },
        code => Answer::Status { code, rule },
    }
}

/// Whether a target names its origin.
pub(crate) fn is_absolute(to: &str) -> bool {
    let lower = to.get(..8).unwrap_or(to).to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("//")
}

/// Target and query of the request: behind the path and before the fragment, unless the target has a query of its own.
pub(crate) fn with_query(target: &str, query: Option<&str>) -> String {
    let (before, fragment) = split_fragment(target);
    match query {
        Some(query) if !query.is_empty() && !before.contains('?') => {
            format!("{before}?{query}{fragment}")
        }
        _ => target.to_owned(),
    }
}

/// A target and its fragment, which begins with `#` where there is one.
pub(crate) fn split_fragment(target: &str) -> (&str, &str) {
    target.split_at(target.find('#').unwrap_or(target.len()))
}

/// The names (`:name`) that stand in a target and are none of `known`; a port is no name.
pub(crate) fn unfilled(to: &str, known: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in to.match_indices(':') {
        let rest = &to[at + 1..];
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        let name = &rest[..end.unwrap_or(rest.len())];
        let is_name = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
        if is_name && !known(name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_stands_before_the_fragment() {
        for (target, query, whole) in [
            ("/b", Some("k=v"), "/b?k=v"),
            ("/b#s", Some("k=v"), "/b?k=v#s"),
            ("/b?x=1#s", Some("k=v"), "/b?x=1#s"),
            ("/b", None, "/b"),
        ] {
            assert_eq!(with_query(target, query), whole);
        }
    }

    #[test]
    fn a_port_is_no_name() {
        let unfilled = |to| unfilled(to, |name| name == "a");
        assert_eq!(unfilled("https://h:8080/:a/:b.html"), ["b"]);
    }
}
