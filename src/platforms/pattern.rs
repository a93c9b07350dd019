//! A pattern of PCRE, as nginx and Apache search with it: over bytes, without anchors of its own.

use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::ast;

/// A pattern, compiled where its language is known here.
#[derive(Debug, Clone)]
pub(crate) struct PathPattern {
    /// As written.
    pub(crate) text: String,
    /// `None` for look-around, back-references and what else only PCRE knows.
    regex: Option<Regex>,
}

/// What a search told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Search {
    /// It matches, with these groups.
    Found(Groups),
    /// It does not match.
    Missed,
    /// It is not known here: only PCRE can tell.
    Beyond,
}

/// What the groups of a match took; group 0 is the whole match.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Groups {
    /// By number; a group that took no part is empty, as both engines have it.
    pub(crate) numbered: Vec<Vec<u8>>,
    /// By name.
    pub(crate) named: Vec<(String, Vec<u8>)>,
}

impl PathPattern {
    /// Reads a pattern; the error says why PCRE does not take it.
    pub(crate) fn new(text: &str, ignores_case: bool) -> Result<Self, String> {
        if let Some(fault) = fault_of_pcre(text) {
            return Err(fault);
        }
        // PCRE of both engines sees bytes, not characters, and `.` takes all of them but the line feed.
        let regex = RegexBuilder::new(&translated(text))
            .case_insensitive(ignores_case)
            .unicode(false)
            .build()
            .ok();
        Ok(Self {
            text: text.to_owned(),
            regex,
        })
    }

    /// Searches in `subject`.
    pub(crate) fn search(&self, subject: &[u8]) -> Search {
        let Some(regex) = &self.regex else {
            return Search::Beyond;
        };
        let Some(found) = regex.captures(subject) else {
            return Search::Missed;
        };
        let bytes = |group: Option<regex::bytes::Match<'_>>| {
            group.map_or_else(Vec::new, |group| group.as_bytes().to_vec())
        };
        let names = regex.capture_names().flatten();
        Search::Found(Groups {
            numbered: found.iter().map(bytes).collect(),
            named: names
                .map(|name| (name.to_owned(), bytes(found.name(name))))
                .collect(),
        })
    }

    /// The names of its groups.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.regex
            .iter()
            .flat_map(|regex| regex.capture_names().flatten())
    }

    /// The pattern in the language of the crate `regex`.
    pub(crate) fn translated(&self) -> String {
        translated(&self.text)
    }
}

/// Why PCRE refuses the pattern: only faults that both languages share.
fn fault_of_pcre(text: &str) -> Option<String> {
    let fault = ast::parse::Parser::new().parse(&translated(text)).err()?;
    let shared = matches!(
        fault.kind(),
        ast::ErrorKind::GroupUnclosed
            | ast::ErrorKind::GroupUnopened
            | ast::ErrorKind::ClassUnclosed
            | ast::ErrorKind::ClassRangeInvalid
            | ast::ErrorKind::RepetitionMissing
            | ast::ErrorKind::RepetitionCountInvalid
            | ast::ErrorKind::EscapeUnexpectedEof
    );
    shared.then(|| format!("the pattern `{text}` does not compile: {}", fault.kind()))
}

/// Says in the language of `regex` what PCRE reads as literal text: `{` that begins no count, `[` and `&&` in a class.
fn translated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut in_class) = (text, false);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '[' if in_class && rest.starts_with("[:") => 2,
            // A `]` right behind the opening is literal in both.
            '[' if !in_class => opening(rest),
            _ => first.len_utf8(),
        };
        let (part, behind) = rest.split_at(length);
        match first {
            '[' if in_class && length == 1 => out.push_str("\\["),
            '&' | '~' if in_class => out.extend(['\\', first]),
            '{' if !in_class && !is_count(rest) => out.push_str("\\{"),
            '\\' if matches!(part, "\\<" | "\\>") => out.push_str(&part[1..]),
            _ => out.push_str(part),
        }
        in_class = match first {
            '[' => true,
            ']' => false,
            _ => in_class,
        };
        rest = behind;
    }
    out
}

/// How long the opening of a class is: `[`, `[^`, `[]`, `[^]`.
fn opening(class: &str) -> usize {
    let openings = ["[^]", "[]", "[^", "["];
    openings
        .iter()
        .find(|opening| class.starts_with(**opening))
        .map_or(1, |opening| opening.len())
}

/// Whether `{` begins `{2}`, `{2,}` or `{2,3}`.
fn is_count(text: &str) -> bool {
    let Some((count, _)) = text[1..].split_once('}') else {
        return false;
    };
    let (least, most) = count.split_once(',').unwrap_or((count, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && digits(least) && digits(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_what_pcre_reads() {
        use Search::{Beyond, Missed};
        let groups = |numbered: &[&str]| {
            Search::Found(Groups {
                numbered: numbered
                    .iter()
                    .map(|group| group.as_bytes().to_vec())
                    .collect(),
                named: Vec::new(),
            })
        };
        for (pattern, subject, told) in [
            ("^/a(.*)$", "/ab", groups(&["/ab", "b"])),
            ("b", "/ab", groups(&["b"])),
            ("^(x)?/a", "/ab", groups(&["/a", ""])),
            ("/a{b", "/a{b", groups(&["/a{b"])),
            ("/a{2}$", "/aa", groups(&["/aa"])),
            ("[[]", "[", groups(&["["])),
            ("[]x]", "]", groups(&["]"])),
            ("[a&&b]", "&", groups(&["&"])),
            ("[[:digit:]]", "d", Missed),
            (r"\<", "<", groups(&["<"])),
            (r"^/\d$", "/é", Missed),
            (r"^/(?!x)", "/a", Beyond),
            (r"(a)\1", "aa", Beyond),
        ] {
            let read = PathPattern::new(pattern, false).unwrap();
            assert_eq!(read.search(subject.as_bytes()), told, "{pattern}");
        }
        for broken in ["(", ")", "[a", "*", "[b-a]", "a{3,2}", "\\"] {
            assert!(PathPattern::new(broken, false).is_err(), "{broken}");
        }
    }
}
