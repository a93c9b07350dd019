//! A source of path-to-regexp, compiled.

use std::fmt::Write as _;

use regex::Regex;

use super::tokens::{RouteKey, RouteToken, route_tokens};
use crate::platforms::index::plain_segments;
use crate::platforms::js_regex::js_regex;
use crate::platforms::shortest::shortest;

/// Names and their values, in the order of the source.
pub(crate) type RouteValues = Vec<(String, String)>;

/// A compiled source.
#[derive(Debug)]
pub(crate) struct RoutePattern {
    tokens: Vec<RouteToken>,
    /// None where it uses what cannot be simulated.
    regex: Option<Regex>,
    ignores_case: bool,
}

/// How a source is compiled.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RouteOptions {
    pub(crate) ignores_case: bool,
    /// Whether a last slash more is taken as well.
    pub(crate) slash_optional: bool,
}

impl RoutePattern {
    /// Compiles a source.
    ///
    /// # Errors
    ///
    /// Why path-to-regexp refuses it.
    pub(crate) fn read(source: &str, options: RouteOptions) -> Result<Self, String> {
        let tokens = route_tokens(source)?;
        let slash = if options.slash_optional { "/?" } else { "" };
        let written = format!("^{}{slash}$", expression(&tokens));
        Ok(Self {
            regex: js_regex(&written, options.ignores_case),
            tokens,
            ignores_case: options.ignores_case,
        })
    }

    /// The same source with an expression that was compiled elsewhere.
    pub(crate) fn with_regex(mut self, written: &str) -> Self {
        self.regex = js_regex(written, self.ignores_case);
        self
    }

    /// Whether it can be simulated.
    pub(crate) fn is_known(&self) -> bool {
        self.regex.is_some()
    }

    /// The path that it takes, where it takes one only.
    pub(crate) fn exact(&self) -> Option<&str> {
        match self.tokens.as_slice() {
            [] => Some(""),
            [RouteToken::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The leading segments that are plain text.
    pub(crate) fn segments(&self) -> &str {
        match self.tokens.as_slice() {
            [RouteToken::Text(text), RouteToken::Key(key), ..]
                if key.prefix == "/" && key.suffix.is_empty() =>
            {
                text
            }
            [RouteToken::Text(text), ..] => plain_segments(text),
            _ => "",
        }
    }

    /// Names and values of a path that it takes; values that are missing are empty.
    pub(crate) fn take(&self, path: &str) -> Option<RouteValues> {
        let groups = self.regex.as_ref()?.captures(path)?;
        let value = |group: usize| groups.get(group).map_or("", |group| group.as_str());
        let names = self.names().enumerate();
        Some(
            names
                .map(|(index, name)| (name.to_owned(), value(index + 1).to_owned()))
                .collect(),
        )
    }

    /// Its names, in the order of the source.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().filter_map(|token| match token {
            RouteToken::Key(key) if key.pattern.is_some() => Some(key.name.as_str()),
            _ => None,
        })
    }

    /// Paths that it is written for; none where a group has no text that can be made.
    pub(crate) fn samples(&self) -> Vec<String> {
        let mut paths = vec![self.written(true), self.written(false)];
        let branches = self.tokens.iter().filter_map(|token| match token {
            RouteToken::Key(RouteKey {
                pattern: Some(pattern),
                ..
            }) => Some(shortest(pattern).len()),
            _ => None,
        });
        for branch in 1..branches.max().unwrap_or(1) {
            paths.push(self.branch(branch));
        }
        paths.dedup();
        let takes = |path: &String| self.regex.as_ref().is_none_or(|regex| regex.is_match(path));
        paths.into_iter().filter(takes).collect()
    }

    fn written(&self, full: bool) -> String {
        self.tokens
            .iter()
            .map(|token| match token {
                RouteToken::Text(text) => text.clone(),
                RouteToken::Key(key) if !full && matches!(key.modifier, Some('?' | '*')) => {
                    String::new()
                }
                RouteToken::Key(key) => filled(key, 0),
            })
            .collect()
    }

    fn branch(&self, branch: usize) -> String {
        self.tokens
            .iter()
            .map(|token| match token {
                RouteToken::Text(text) => text.clone(),
                RouteToken::Key(key) => filled(key, branch),
            })
            .collect()
    }
}

/// A value of this key with what stands around it.
fn filled(key: &RouteKey, branch: usize) -> String {
    let named = format!("rehop-{}", key.name);
    let value = match &key.pattern {
        None => String::new(),
        // A whole name where it fits: it is easier to read than the shortest text.
        Some(pattern) if branch == 0 && fits(pattern, &named) => named,
        Some(pattern) => {
            let texts = shortest(pattern);
            texts
                .get(branch)
                .or(texts.first())
                .cloned()
                .unwrap_or_default()
        }
    };
    format!("{}{value}{}", key.prefix, key.suffix)
}

fn fits(pattern: &str, text: &str) -> bool {
    js_regex(&format!("^(?:{pattern})$"), false).is_some_and(|regex| regex.is_match(text))
}

/// The tokens as a regular expression (`tokensToRegexp` of path-to-regexp).
fn expression(tokens: &[RouteToken]) -> String {
    let mut out = String::new();
    for token in tokens {
        // Writing to a String cannot fail.
        let _ = match token {
            RouteToken::Text(text) => write!(out, "{}", regex::escape(text)),
            RouteToken::Key(key) => write!(out, "{}", key_expression(key)),
        };
    }
    out
}

fn key_expression(key: &RouteKey) -> String {
    let (prefix, suffix) = (regex::escape(&key.prefix), regex::escape(&key.suffix));
    let modifier = key.modifier.map(String::from).unwrap_or_default();
    let around = !key.prefix.is_empty() || !key.suffix.is_empty();
    match (&key.pattern, key.modifier) {
        (Some(pattern), Some('+' | '*')) if around => {
            let many = if modifier == "*" { "?" } else { "" };
            format!("(?:{prefix}((?:{pattern})(?:{suffix}{prefix}(?:{pattern}))*){suffix}){many}")
        }
        (Some(pattern), _) if around => format!("(?:{prefix}({pattern}){suffix}){modifier}"),
        (Some(pattern), _) => format!("({pattern}){modifier}"),
        (None, _) => format!("(?:{prefix}{suffix}){modifier}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_take_what_vercel_compiles() {
        for (source, path, value) in [
            ("/docs/:p*", "/docs", Some("")),
            ("/docs/:p*", "/docs/x/y", Some("x/y")),
            ("/docs/:p*", "/docs/", None),
            ("/one/:id(\\d+)", "/one/5", Some("5")),
            ("/one/:id(\\d+)", "/one/a", None),
            ("/(.*)/old", "/z/y/old", Some("z/y")),
            ("/a/:x?", "/a", Some("")),
            ("/a/:x+", "/a", None),
            ("/a{/v:x}?", "/a/v1", Some("1")),
            ("/a-:x.html", "/a-b.html", Some("b")),
            ("/:l(en|fr)/x", "/fr/x", Some("fr")),
            ("/a\\+b/:x", "/a+b/c", Some("c")),
        ] {
            let pattern =
                RoutePattern::read(source, RouteOptions::default()).expect("it is a source");
            let taken = pattern.take(path).map(|values| values[0].1.clone());
            assert_eq!(taken.as_deref(), value, "{path} by {source}");
            assert!(!pattern.samples().is_empty(), "{source}");
        }
    }

    #[test]
    fn what_path_to_regexp_refuses() {
        for source in [
            "/a*", "/*", "/a?x=1", "/:", "/(a", "/(a(b))", "/{a", "/()", "/a}",
        ] {
            assert!(
                RoutePattern::read(source, RouteOptions::default()).is_err(),
                "{source}"
            );
        }
    }

    #[test]
    fn lookaround_is_not_simulated() {
        let pattern =
            RoutePattern::read("/((?!api).*)", RouteOptions::default()).expect("it is a source");
        assert!(!pattern.is_known());
    }
}
