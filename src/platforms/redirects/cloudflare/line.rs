//! One line of Cloudflare's `_redirects`.

use super::engine::CloudflareRule;
use crate::platforms::answer::Depends;
use crate::platforms::rule::Rule;
use crate::platforms::sample::encoded;
use crate::platforms::target::kind_of;
use crate::platforms::text::TextLine;
use crate::platforms::wildcard::{SplatKind, Wildcard, WildcardPiece};

/// Longer lines are dropped (workers-sdk, `MAX_LINE_LENGTH`).
const LONGEST_LINE: usize = 2000;

/// The statuses that it takes.
const STATUSES: [u16; 6] = [200, 301, 302, 303, 307, 308];

/// The rule of this line; nothing for a blank line and a comment.
///
/// # Errors
///
/// Why Cloudflare drops the line.
pub(super) fn read(line: TextLine<'_>) -> Result<Option<(Rule, CloudflareRule)>, String> {
    let words: Vec<&str> = line.words();
    if words.first().is_none_or(|word| word.starts_with('#')) {
        return Ok(None);
    }
    if line.text.len() > LONGEST_LINE {
        return Err(format!("the line is longer than {LONGEST_LINE} characters"));
    }
    let comment = words.iter().skip(2).position(|word| word.starts_with('#'));
    let said = comment.map_or(words.as_slice(), |at| &words[..at + 2]);
    let (from, to, status) = match *said {
        [from, to] => (from, to, 302),
        [from, to, status] => (from, to, read_status(status)?),
        _ => return Err(format!("it has {} words and not 2 or 3", words.len())),
    };
    let path = source(from)?;
    check_target(&path, to, status)?;
    let wildcard = wildcard(&path);
    let open = (comment.is_some() || prefixed_names(&wildcard)).then_some(Depends::EngineVersion);
    let rule = Rule {
        place: line.place(),
        from: from.to_owned(),
        hosts: Vec::new(),
        to: Some(to.to_owned()),
        status: Some(status),
        kind: kind_of(status, Some(to)),
    };
    let engine_rule = CloudflareRule {
        source: path,
        path: Wildcard::new(wildcard, false),
        cut: from.contains(['?', '#']),
        to: encoded(to),
        status,
        open,
    };
    Ok(Some((rule, engine_rule)))
}

fn read_status(word: &str) -> Result<u16, String> {
    let status = word.parse().ok().filter(|status| STATUSES.contains(status));
    status.ok_or_else(|| format!("its status {word} is none of 200, 301, 302, 303, 307 and 308"))
}

/// The path of a source: with a leading slash, without query and fragment, percent-encoded.
fn source(from: &str) -> Result<String, String> {
    if from.contains("://") && !from.starts_with('/') {
        return Err("its source is an absolute URL; only paths are allowed".to_owned());
    }
    let end = from.find(['?', '#']).unwrap_or(from.len());
    let slash = if from.starts_with('/') { "" } else { "/" };
    Ok(format!("{slash}{}", encoded(&from[..end])))
}

fn check_target(from: &str, to: &str, status: u16) -> Result<(), String> {
    let is_path = to.starts_with('/');
    if !is_path && !to.starts_with("https://") {
        return Err("its target begins with neither / nor https://".to_owned());
    }
    if !is_path && status == 200 {
        return Err("it serves (200) another origin, which only a redirect can lead to".to_owned());
    }
    let leads_to_index = to.ends_with("/index") || to.ends_with("/index.html");
    if is_path && leads_to_index && (from == "/*" || from == "/") {
        return Err("Cloudflare takes it for a loop and serves /index.html by itself".to_owned());
    }
    Ok(())
}

/// `*` takes any text, and `:name` letters that are no slash, wherever they stand.
fn wildcard(path: &str) -> Vec<WildcardPiece> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['*', ':']) {
        let (text, mark) = rest.split_at(at);
        let name = name_at(&mark[1..]);
        let is_name = mark.starts_with(':') && !name.is_empty();
        let is_text = mark.starts_with(':') && !is_name;
        let text = if is_text { &rest[..=at] } else { text };
        push_text(&mut pieces, text);
        if is_name {
            pieces.push(WildcardPiece::Name(name.to_owned()));
        } else if !is_text {
            pieces.push(WildcardPiece::Splat(SplatKind::Free));
        }
        rest = &mark[1 + if is_name { name.len() } else { 0 }..];
    }
    push_text(&mut pieces, rest);
    pieces
}

fn push_text(pieces: &mut Vec<WildcardPiece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(WildcardPiece::Text(before)) => before.push_str(text),
        _ => pieces.push(WildcardPiece::Text(text.to_owned())),
    }
}

/// A letter, and letters, digits and `_` behind it.
fn name_at(text: &str) -> &str {
    if !text.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return "";
    }
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    &text[..end.unwrap_or(text.len())]
}

/// Whether one name begins with another, which made the rule dead in wrangler 4.60.0 and works in newer sources.
fn prefixed_names(pieces: &[WildcardPiece]) -> bool {
    let names = || {
        pieces.iter().filter_map(|piece| match piece {
            WildcardPiece::Name(name) => Some(name.as_str()),
            _ => None,
        })
    };
    names().any(|name| names().any(|other| other != name && other.starts_with(name)))
}
