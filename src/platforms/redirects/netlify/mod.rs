//! Netlify's `_redirects`: `from [key=value…] to [status[!]] [Condition=value…]`.
//!
//! How it matches was seen with Netlify's own matcher (`netlify-redirector` 0.5.0) and parser (`@netlify/redirect-parser`
//! 15.0.4). The same engine answers for `netlify.toml`.

mod engine;
mod line;
mod pattern;

pub(crate) use engine::{NetlifyEngine, NetlifyRule, QueryNeed};
pub(crate) use line::condition_of;
pub(crate) use pattern::Source;

use super::draft::Draft;
use crate::platforms::file::RuleFile;
use crate::platforms::text::text_lines;

/// The rules of a file; a line with an error is dropped, and the others still count.
pub(crate) fn read(text: &str) -> RuleFile {
    let mut draft = Draft::new();
    for line in text_lines(text) {
        match line::read(line) {
            Ok(Some((rule, engine_rule))) => draft.add(rule, engine_rule),
            Ok(None) => {}
            Err(reason) => draft.drop_line(line, reason),
        }
    }
    draft.finish(NetlifyEngine::new)
}
