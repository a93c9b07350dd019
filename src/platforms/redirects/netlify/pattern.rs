//! Sources as Netlify reads them.

use crate::platforms::wildcard::{SplatKind, Wildcard, WildcardPiece};

/// More parts of one pattern than this are not simulated.
const MOST_PIECES: usize = 200;

/// What a rule is for: an origin, where it names one, and a path.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// Scheme and host in lower case, both of which have to be those of the request.
    pub(crate) origin: Option<(String, String)>,
    /// The path.
    pub(crate) path: Wildcard,
}

impl Source {
    /// Reads `/path`, `host/path` or `https://host/path`.
    ///
    /// # Errors
    ///
    /// Why Netlify drops the rule.
    pub(crate) fn read(from: &str) -> Result<Self, String> {
        let (origin, path) = split_origin(from);
        if path.starts_with("/.netlify") {
            return Err("Netlify keeps paths under /.netlify for itself".to_owned());
        }
        let pieces = pieces(path);
        if pieces.len() > MOST_PIECES {
            return Err(format!(
                "it has more than {MOST_PIECES} placeholders and texts"
            ));
        }
        Ok(Self {
            origin,
            path: Wildcard::new(pieces, false),
        })
    }
}

/// The origin of a source, and its path without one last slash: `/a` and `/a/` are the same to Netlify.
fn split_origin(from: &str) -> (Option<(String, String)>, &str) {
    let Some((scheme, rest)) = from.split_once("://").filter(|_| !from.starts_with('/')) else {
        return (None, bare(from));
    };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let origin = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    (Some(origin), bare(path))
}

/// A path without one last slash.
pub(crate) fn bare(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}

/// A name runs to the next slash, so `:slug.html` declares `slug.html`; a `*` counts at the end of a segment only.
fn pieces(path: &str) -> Vec<WildcardPiece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let flush = |text: &mut String, pieces: &mut Vec<WildcardPiece>| {
        if !text.is_empty() {
            pieces.push(WildcardPiece::Text(std::mem::take(text)));
        }
    };
    for (index, segment) in path.split('/').enumerate() {
        if segment == "*" && index > 0 {
            flush(&mut text, &mut pieces);
            pieces.push(WildcardPiece::Splat(SplatKind::Below));
            continue;
        }
        if index > 0 {
            text.push('/');
        }
        if let Some(name) = segment.strip_prefix(':').filter(|name| !name.is_empty()) {
            flush(&mut text, &mut pieces);
            pieces.push(WildcardPiece::Name(name.to_owned()));
        } else if let Some(head) = segment.strip_suffix('*') {
            text.push_str(head);
            flush(&mut text, &mut pieces);
            pieces.push(WildcardPiece::Splat(SplatKind::Glued));
        } else {
            text.push_str(segment);
        }
    }
    flush(&mut text, &mut pieces);
    pieces
}
