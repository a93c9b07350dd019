//! Lines of Apache's configuration: joined, cut into words.
//!
//! Source: `ap_cfg_getline`, `ap_getword_conf`, and `parseargline` of `mod_rewrite`.

use super::super::file::FileFault;
use super::super::rule::Place;

/// A directive with its arguments, as one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it begins.
    pub(super) place: Place,
    /// Its name, in lower case.
    pub(super) name: String,
    /// What stands behind the name.
    pub(super) rest: String,
}

/// The directives of a file: comments are gone, lines that end in a backslash are joined.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut found = Vec::new();
    let mut numbered = text.lines().enumerate();
    while let Some((at, first)) = numbered.next() {
        let mut whole = first.to_owned();
        while let Some(begun) = whole.strip_suffix('\\') {
            let begun = begun.len();
            whole.truncate(begun);
            whole.push_str(numbered.next().map_or("", |(_, next)| next));
        }
        let line = whole.trim_ascii();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let column = 1 + whole.chars().take_while(char::is_ascii_whitespace).count();
        let end = line.find(|c: char| c.is_ascii_whitespace());
        let (name, rest) = line.split_at(end.unwrap_or(line.len()));
        found.push(Line {
            place: Place {
                line: at + 1,
                column,
            },
            name: name.to_ascii_lowercase(),
            rest: rest.trim_ascii().to_owned(),
        });
    }
    found
}

/// The words of most directives: a quote begins only a word, and `\\` is a backslash.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_ascii_start();
    while let Some(first) = rest.chars().next() {
        let quote = matches!(first, '"' | '\'').then_some(first);
        let mut chars = rest[quote.map_or(0, char::len_utf8)..].chars();
        let mut word = String::new();
        while let Some(c) = chars.next() {
            let next = chars.clone().next();
            if c == '\\' && (next == Some('\\') || quote.is_some() && next == quote) {
                word.extend(chars.next());
            } else if quote.map_or(c.is_ascii_whitespace(), |quote| c == quote) {
                break;
            } else {
                word.push(c);
            }
        }
        words.push(word);
        rest = chars.as_str().trim_ascii_start();
    }
    words
}

/// The two or three arguments of `mod_rewrite`, which cuts them by itself: what follows the third is not read.
pub(super) fn rewrite_arguments(
    line: &Line,
) -> Result<(String, String, Option<String>), FileFault> {
    let mut rest = line.rest.as_str();
    let mut next = || {
        rest = rest.trim_ascii_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        rest = &rest[quote.map_or(0, char::len_utf8)..];
        let mut is_escaped = false;
        let end = rest.find(|c: char| {
            let ends = !is_escaped && quote.map_or(c.is_ascii_whitespace(), |quote| c == quote);
            is_escaped = c == '\\';
            ends
        });
        let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind.get(1..).unwrap_or_default();
        word.to_owned()
    };
    let (first, second, third) = (next(), next(), next());
    if second.is_empty() && !line.rest.contains(['"', '\'']) {
        return Err(fault(line, "it takes two arguments at least"));
    }
    if !(third.is_empty() || third.starts_with('[') && third.ends_with(']')) {
        return Err(fault(
            line,
            "its flags stand in `[…]` without a blank between them",
        ));
    }
    Ok((first, second, (!third.is_empty()).then_some(third)))
}

/// A line that Apache does not take: the whole file is then refused.
pub(super) fn fault(line: &Line, says: &str) -> FileFault {
    FileFault {
        place: Some(line.place),
        says: format!(
            "`{}`: {says}; every request of the folder gets 500",
            line.name
        ),
    }
}
