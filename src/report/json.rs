//! The JSON document: indented (`--json`), or on one line (`--jsonl`).

use std::io::{self, Write};

use super::view::View;
use super::{Report, escape};

/// How a document is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Json {
    /// Indented.
    Pretty,
    /// One line each, as soon as it is done.
    Lines,
}

impl Report for Json {
    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        let text = match self {
            Self::Pretty => serde_json::to_string_pretty(view)?,
            Self::Lines => serde_json::to_string(view)?,
        };
        writeln!(out, "{}", escape::json(&text))
    }
}
