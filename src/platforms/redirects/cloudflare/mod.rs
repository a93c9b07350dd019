//! Cloudflare's `_redirects` (Pages and Workers static assets): `from to [status]`.
//!
//! What it drops and how it matches was seen with `wrangler` 4.60.0; newer sources of workers-sdk were read.

mod engine;
mod line;

use std::collections::HashSet;

use super::draft::Draft;
use crate::platforms::file::RuleFile;
use crate::platforms::text::text_lines;
use engine::CloudflareEngine;

/// How many rules without and with wildcards it takes (<https://developers.cloudflare.com/pages/configuration/redirects/#constraints>).
const MOST_STATIC: usize = 2000;
const MOST_DYNAMIC: usize = 100;

/// The rules of a file, and the lines that it drops with a warning.
pub(crate) fn read(text: &str) -> RuleFile {
    let mut draft = Draft::new();
    let mut seen = HashSet::new();
    let mut counts = Counts::default();
    for line in text_lines(text) {
        match line::read(line) {
            Ok(None) => {}
            Err(reason) => draft.drop_line(line, reason),
            Ok(Some((_, rule))) if !seen.insert(rule.source.clone()) => {
                draft.drop_line(line, "an earlier line has the same source");
            }
            Ok(Some((rule, engine_rule))) => match counts.full(engine_rule.is_dynamic()) {
                None => draft.add(rule, engine_rule),
                Some(reason) => draft.drop_line(line, reason),
            },
        }
    }
    draft.finish(CloudflareEngine::new)
}

/// A rule is static only while none with a wildcard stood above it.
#[derive(Debug, Default)]
struct Counts {
    fixed: usize,
    dynamic: usize,
}

impl Counts {
    /// Counts one rule more, and says why it is dropped where it is one too many.
    fn full(&mut self, dynamic: bool) -> Option<String> {
        if dynamic || self.dynamic > 0 {
            self.dynamic += 1;
            let reason = format!(
                "it is behind the {MOST_DYNAMIC}th rule with wildcards (a rule below such a rule counts as one)"
            );
            return (self.dynamic > MOST_DYNAMIC).then_some(reason);
        }
        self.fixed += 1;
        (self.fixed > MOST_STATIC).then(|| format!("it is behind the {MOST_STATIC}th rule"))
    }
}
