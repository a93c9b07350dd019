//! Short strings that a pattern takes, to make requests of.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// At most so many strings of one pattern, one for each of its branches.
pub(super) const MOST_SAMPLES: usize = 8;

/// Strings that `pattern` (in the language of the crate `regex`) takes, shortest first: for each alternative the shortest.
///
/// At most [`MOST_SAMPLES`]; none for a pattern that is not of this language or takes nothing. An assertion such as `\b`
/// is taken as held, so who uses a string asks the pattern whether it does take it.
#[must_use]
pub(super) fn shortest(pattern: &str) -> Vec<String> {
    let parsed = ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .build()
        .parse(pattern);
    let Ok(hir) = parsed else {
        return Vec::new();
    };
    let found = strings(&hir);
    let mut found: Vec<String> = found
        .into_iter()
        .filter_map(|text| String::from_utf8(text).ok())
        .collect();
    found.sort_by_key(String::len);
    found.dedup();
    found
}

/// A decoded path as it is sent: it begins with `/`, and what would end it or is not visible is percent-encoded.
#[must_use]
pub(super) fn as_path(decoded: &str) -> String {
    let slash = if decoded.starts_with('/') { "" } else { "/" };
    let mut path = slash.to_owned();
    for byte in decoded.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'%' | b'?' | b'#' | b'"' | b'<' | b'>') {
            path.push(char::from(byte));
        } else {
            path.extend(percent_encoding::percent_encode(
                &[byte],
                percent_encoding::NON_ALPHANUMERIC,
            ));
        }
    }
    path
}

/// The shortest strings of a node, one per branch.
fn strings(hir: &Hir) -> Vec<Vec<u8>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![Vec::new()],
        HirKind::Literal(literal) => vec![literal.0.to_vec()],
        HirKind::Class(class) => plainest(class).into_iter().collect(),
        HirKind::Repetition(repeated) => {
            let times = repeated.min as usize;
            // An optional part is sampled without and with: the two often lead to different places.
            let mut found: Vec<Vec<u8>> = strings(&repeated.sub)
                .into_iter()
                .map(|text| text.repeat(times.min(MOST_REPEATS)))
                .collect();
            if repeated.min == 0 && repeated.max == Some(1) {
                found = [vec![Vec::new()], strings(&repeated.sub)].concat();
            }
            bounded(found)
        }
        HirKind::Capture(group) => strings(&group.sub),
        HirKind::Concat(parts) => {
            let empty = vec![Vec::new()];
            parts
                .iter()
                .fold(empty, |begun, part| bounded(joined(&begun, &strings(part))))
        }
        HirKind::Alternation(branches) => bounded(branches.iter().flat_map(strings).collect()),
    }
}

/// `a{100000}` is no sample for anybody.
const MOST_REPEATS: usize = 64;

/// Every beginning with every end; the first beginning and the first end are always used.
fn joined(begun: &[Vec<u8>], ends: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let join = |end: &Vec<u8>| {
        let end = end.clone();
        begun
            .iter()
            .map(move |begin| [begin.as_slice(), &end].concat())
    };
    ends.iter().flat_map(join).collect()
}

fn bounded(mut found: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|text| seen.insert(text.clone()));
    found.truncate(MOST_SAMPLES);
    found
}

/// The member of a class that stands in a path as it is: a small letter, else a digit, else whatever is printable.
fn plainest(class: &Class) -> Option<Vec<u8>> {
    let preferred = (b'a'..=b'z')
        .chain(b'0'..=b'9')
        .chain(b'A'..=b'Z')
        .chain(*b"-_.~");
    let printable = preferred.chain(b'!'..=b'~').chain(std::iter::once(b' '));
    let takes = |byte: u8| match class {
        Class::Bytes(bytes) => bytes
            .iter()
            .any(|range| (range.start()..=range.end()).contains(&byte)),
        Class::Unicode(chars) => chars
            .iter()
            .any(|range| (range.start()..=range.end()).contains(&char::from(byte))),
    };
    printable
        .into_iter()
        .find(|byte| takes(*byte))
        .map(|byte| vec![byte])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_sampled_by_its_branches() {
        for (pattern, expected) in [
            ("^/a$", &["/a"][..]),
            ("^/a/(.*)$", &["/a/"]),
            ("^/a/(.+)$", &["/a/a"]),
            (r"^/(\d{4})/x", &["/0000/x"]),
            ("^/(de|en|fr)/", &["/de/", "/en/", "/fr/"]),
            ("^/a/?$", &["/a", "/a/"]),
            ("^/[^/]+$", &["/a"]),
            ("^/(?!x)", &[]),
            ("[^\\x00-\\xff]", &[]),
        ] {
            assert_eq!(shortest(pattern), expected, "{pattern}");
        }
        assert_eq!(shortest("(aa|bb)(cc|dd)(ee|ff)(gg|hh)").len(), MOST_SAMPLES);
    }
}
