//! Paths with `*` and `:name`, as the `_redirects` family writes them.

use std::collections::HashSet;

use super::index::plain_segments;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WildcardPiece {
    /// This text.
    Text(String),
    /// One segment or a part of it: at least one character, none of them a slash.
    Name(String),
    /// Any text.
    Splat(SplatKind),
}

/// How a `*` stands to the text before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SplatKind {
    /// It takes any text.
    Free,
    /// It is a segment of its own and takes its slash along: nothing, or a slash and any text behind it.
    Below,
    /// It is glued to text; a slash that it begins with is no part of its value.
    Glued,
}

/// What a pattern took: names with their values, in the order of the pattern; the first `*` is `splat`.
pub(crate) type WildcardTaken = Vec<(String, String)>;

/// A pattern of a path.
#[derive(Debug, Clone)]
pub(crate) struct Wildcard {
    pieces: Vec<WildcardPiece>,
    ignores_case: bool,
}

impl Wildcard {
    pub(crate) fn new(pieces: Vec<WildcardPiece>, ignores_case: bool) -> Self {
        Self {
            pieces,
            ignores_case,
        }
    }

    /// The path that it takes, where it takes one only.
    pub(crate) fn exact(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [WildcardPiece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The leading segments that are plain text.
    pub(crate) fn segments(&self) -> &str {
        match self.pieces.as_slice() {
            [
                WildcardPiece::Text(text),
                WildcardPiece::Splat(SplatKind::Below),
                ..,
            ] => text,
            [WildcardPiece::Text(text), ..] => plain_segments(text),
            _ => "",
        }
    }

    /// How many `*` it has.
    pub(crate) fn splats(&self) -> usize {
        let splats = self.pieces.iter();
        splats
            .filter(|piece| matches!(piece, WildcardPiece::Splat(_)))
            .count()
    }

    /// What it takes of this path; `None` where it does not take it.
    pub(crate) fn take(&self, path: &str) -> Option<WildcardTaken> {
        let mut search = WildcardSearch {
            path,
            wildcard: self,
            dead: HashSet::new(),
            ends: Vec::new(),
        };
        search.from(0, 0).then(|| self.taken(path, &search.ends))
    }

    fn taken(&self, path: &str, ends: &[usize]) -> WildcardTaken {
        let mut taken = WildcardTaken::new();
        let mut begin = 0;
        let mut splat_seen = false;
        // The ends were noted from the last piece to the first.
        for (piece, &end) in self.pieces.iter().zip(ends.iter().rev()) {
            let value = &path[begin..end];
            match piece {
                WildcardPiece::Text(_) => {}
                WildcardPiece::Name(name) => taken.push((name.clone(), value.to_owned())),
                WildcardPiece::Splat(_) if splat_seen => {}
                WildcardPiece::Splat(kind) => {
                    splat_seen = true;
                    taken.push(("splat".to_owned(), kind.value(value).to_owned()));
                }
            }
            begin = end;
        }
        taken
    }

    /// Paths that it is written for: names and `*` filled, then every `*` empty.
    pub(crate) fn samples(&self) -> Vec<String> {
        let filled = self.written("rehop/splat");
        if self.splats() == 0 {
            return vec![filled];
        }
        vec![filled, self.written("")]
    }

    fn written(&self, splat: &str) -> String {
        let mut path = String::new();
        for piece in &self.pieces {
            match piece {
                WildcardPiece::Text(text) => path.push_str(text),
                WildcardPiece::Name(name) => {
                    path.push_str("rehop-");
                    path.push_str(name);
                }
                WildcardPiece::Splat(SplatKind::Below) if splat.is_empty() => {}
                WildcardPiece::Splat(SplatKind::Below) => {
                    path.push('/');
                    path.push_str(splat);
                }
                WildcardPiece::Splat(_) => path.push_str(splat),
            }
        }
        if path.is_empty() {
            "/".to_owned()
        } else {
            path
        }
    }
}

impl SplatKind {
    /// What a `*` of this kind hands on of the text that it took.
    fn value(self, taken: &str) -> &str {
        match self {
            Self::Free => taken,
            Self::Below | Self::Glued => taken.strip_prefix('/').unwrap_or(taken),
        }
    }
}

/// One attempt to lay a pattern over a path; what failed once is not tried again, so that many `*` cost no more than
/// pieces times length.
struct WildcardSearch<'s> {
    path: &'s str,
    wildcard: &'s Wildcard,
    dead: HashSet<(usize, usize)>,
    ends: Vec<usize>,
}

impl WildcardSearch<'_> {
    fn from(&mut self, piece: usize, begin: usize) -> bool {
        let Some(first) = self.wildcard.pieces.get(piece) else {
            return begin == self.path.len();
        };
        if self.dead.contains(&(piece, begin)) {
            return false;
        }
        for end in self.ends_of(first, begin) {
            if self.from(piece + 1, end) {
                self.ends.push(end);
                return true;
            }
        }
        self.dead.insert((piece, begin));
        false
    }

    /// Where a piece that begins here can end, the longest first.
    fn ends_of(&self, piece: &WildcardPiece, begin: usize) -> Vec<usize> {
        let rest = &self.path[begin..];
        let boundaries = |upto: usize, least: usize| {
            let inner = rest[..upto].char_indices().map(|(at, _)| at);
            let mut ends: Vec<usize> = inner.chain([upto]).filter(|at| *at >= least).collect();
            ends.reverse();
            ends.into_iter().map(|at| begin + at).collect()
        };
        match piece {
            WildcardPiece::Text(text) => match rest.get(..text.len()) {
                Some(head) if self.alike(head, text) => vec![begin + text.len()],
                _ => Vec::new(),
            },
            WildcardPiece::Name(_) => boundaries(rest.find('/').unwrap_or(rest.len()), 1),
            WildcardPiece::Splat(SplatKind::Below) if !rest.starts_with('/') => vec![begin],
            WildcardPiece::Splat(_) => boundaries(rest.len(), 0),
        }
    }

    fn alike(&self, path: &str, text: &str) -> bool {
        if self.wildcard.ignores_case {
            path.eq_ignore_ascii_case(text)
        } else {
            path == text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> WildcardPiece {
        WildcardPiece::Text(text.to_owned())
    }

    #[test]
    fn a_star_takes_the_longest() {
        let wildcard = Wildcard::new(
            vec![
                text("/m"),
                WildcardPiece::Splat(SplatKind::Below),
                text("/x"),
            ],
            false,
        );
        let splat = |path| wildcard.take(path).map(|taken| taken[0].1.clone());
        for (path, value) in [
            ("/m/a/x/b/x", Some("a/x/b")),
            ("/m/x", Some("")),
            ("/m//x", Some("")),
            ("/mx", None),
            ("/m/a/y", None),
        ] {
            assert_eq!(splat(path).as_deref(), value, "{path}");
        }
    }

    #[test]
    fn many_stars_end_soon() {
        let pieces = (0..40).flat_map(|_| [WildcardPiece::Splat(SplatKind::Free), text("a")]);
        let wildcard = Wildcard::new(pieces.chain([text("b")]).collect(), false);
        assert!(wildcard.take(&"a".repeat(300)).is_none());
    }
}
