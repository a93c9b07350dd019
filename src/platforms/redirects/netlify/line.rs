//! One line of Netlify's `_redirects`.

use super::engine::{NetlifyRule, QueryNeed};
use super::pattern::Source;
use crate::platforms::answer::Depends;
use crate::platforms::rule::Rule;
use crate::platforms::target::kind_of;
use crate::platforms::text::TextLine;

/// The rule of this line; nothing for a blank line and a comment.
///
/// # Errors
///
/// Why Netlify drops the line.
pub(super) fn read(line: TextLine<'_>) -> Result<Option<(Rule, NetlifyRule)>, String> {
    let words = line.words();
    let comment = words.iter().position(|word| word.starts_with('#'));
    let words = &words[..comment.unwrap_or(words.len())];
    let Some((from, rest)) = words.split_first() else {
        return Ok(None);
    };
    let source = Source::read(from)?;
    let (needs, to, rest) = split_target(from, rest)?;
    let (status, rest) = status(rest)?;
    let conditions = rest.iter().filter_map(|word| condition_of(word)).collect();
    let rule = Rule {
        place: line.place(),
        from: (*from).to_owned(),
        hosts: source.origin.iter().map(|(_, host)| host.clone()).collect(),
        to: to.map(str::to_owned),
        status: Some(status),
        kind: kind_of(status, to),
    };
    let engine_rule = NetlifyRule {
        source,
        needs: needs.iter().map(|need| QueryNeed::read(need)).collect(),
        to: to.map(str::to_owned),
        status,
        conditions,
    };
    Ok(Some((rule, engine_rule)))
}

/// What stands before the target, the target, and what stands behind it.
type AroundTarget<'w, 't> = (&'w [&'t str], Option<&'t str>, &'w [&'t str]);

/// The target is the first word that looks like one; a rule of `/*` that serves in place may have none.
fn split_target<'w, 't>(from: &str, words: &'w [&'t str]) -> Result<AroundTarget<'w, 't>, String> {
    let is_target = |word: &&str| {
        word.starts_with('/') || word.starts_with("http:") || word.starts_with("https:")
    };
    if let Some(at) = words.iter().position(is_target) {
        return Ok((&words[..at], Some(words[at]), &words[at + 1..]));
    }
    let serves = words.first().is_some_and(|word| word.starts_with('2'));
    if from.ends_with("/*") && serves {
        return Ok((&[], None, words));
    }
    Err("it names no target that begins with /, http: or https:".to_owned())
}

/// The status as the parser reads it: leading digits, whatever follows. A `!` behind them puts the rule before files of
/// the site, and no file tells which there are.
fn status<'w, 't>(words: &'w [&'t str]) -> Result<(u16, &'w [&'t str]), String> {
    let Some((word, rest)) = words.split_first() else {
        return Ok((301, words));
    };
    let digits = word.find(|letter: char| !letter.is_ascii_digit());
    let number = &word[..digits.unwrap_or(word.len())];
    match number.parse() {
        Ok(status) => Ok((status, rest)),
        Err(_) => Err(format!("its status {word} is no number")),
    }
}

/// What a condition of a line or a table is on; none for a name that Netlify does not know.
pub(crate) fn condition_of(word: &str) -> Option<Depends> {
    let name = word.split('=').next().unwrap_or_default();
    match name.to_ascii_lowercase().as_str() {
        "country" => Some(Depends::Country),
        "language" => Some(Depends::Language),
        "role" => Some(Depends::Role),
        "cookie" => Some(Depends::Cookie),
        _ => None,
    }
}
