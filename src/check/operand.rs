//! The value of an expectation: what is wanted of what is seen.

use std::time::Duration;

use url::{Host, Url};

use super::finding_id::finding_id;
use super::glob;
use super::key::Key;
use super::key_row::{KeyRow, What};
use super::nearest::nearest;
use super::op::Op;
use super::parse_error::{ParseError, ParseFault, TextSpan};
use super::value::Value;
use crate::follow::EndKind;
use crate::model::{Method, Status, without_userinfo};
use crate::rules::findings::{Severity, note};
use crate::rules::{BodyFate, Verdict};

/// What an expectation compares with.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    /// A value of the key's own kind.
    Value(Value),
    /// A URL, or a reference that the start of the chain makes one.
    Reference(String),
    /// A pattern for the value as text.
    Pattern(String),
    /// `present`, or else `absent`.
    There(bool),
}

impl Operand {
    /// The value that this piece of an expectation spells.
    pub(super) fn read(key: &Key, op: Op, span: TextSpan<'_>) -> Result<Self, ParseError> {
        let row = key.row;
        if span.text.is_empty() {
            return Err(span.wrong(ParseFault::NoValue(row)));
        }
        match (op, span.text) {
            (Op::Like | Op::Unlike, text) => Ok(Self::Pattern(pattern(row.what, text))),
            (Op::Is | Op::IsNot, there @ ("absent" | "present"))
                if row.what.may_be_absent(key.hop.is_some()) =>
            {
                Ok(Self::There(there == "present"))
            }
            _ => Self::value(row, span),
        }
    }

    fn value(row: &'static KeyRow, span: TextSpan<'_>) -> Result<Self, ParseError> {
        let text = || span.text.to_owned();
        let value = match row.what {
            What::End => return word(row, span, &EndKind::ALL.map(EndKind::as_str)),
            What::Status => status(span.text).map(Value::Status),
            What::Codes => return codes(row, span),
            What::Hops => digits(span.text)
                .and_then(|text| text.parse().ok())
                .map(Value::Count),
            What::Url => return reference(span.text).ok_or_else(|| refused(row, span)),
            What::Host => Host::parse(span.text)
                .ok()
                .map(|host| Value::Text(host.to_string())),
            What::Scheme => return word(row, span, &["http", "https"]),
            What::Method => Method::new(span.text).ok().map(|_| Value::Text(text())),
            What::Body => return word(row, span, &BodyFate::ALL.map(BodyFate::as_str)),
            What::Verdict => return level(row, span),
            What::Predictable | What::Permanent => return word(row, span, &["true", "false"]),
            What::Time => time(span.text).map(Value::Time),
            What::Findings => return findings(span),
            What::Field | What::Cookie => Some(Value::Text(text())),
        };
        value.map(Self::Value).ok_or_else(|| refused(row, span))
    }

    /// Whether what was seen, of a chain that began at `start`, is so.
    pub(super) fn admits(&self, op: Op, seen: &Value, start: &Url) -> bool {
        match (self, seen) {
            (Self::There(there), _) => op.admits(true.cmp(there)),
            (Self::Value(Value::Findings(wanted)), Value::Findings(raised)) => {
                findings_are(op, raised, wanted)
            }
            (Self::Value(wanted), seen) => seen
                .partial_cmp(wanted)
                .is_some_and(|order| op.admits(order)),
            (Self::Reference(text), Value::Url(url)) => resolve(text, start)
                .is_some_and(|wanted| op.admits(comparable(url, text).cmp(&wanted))),
            (Self::Pattern(pattern), Value::Url(url)) => {
                url_fits(pattern, url, start) != op.denies()
            }
            (Self::Pattern(pattern) | Self::Reference(pattern), seen) => {
                glob::fits(pattern, &seen.to_string()) != op.denies()
            }
        }
    }

    /// Whether a thing that is known to be absent is as wanted.
    pub(super) fn admits_absence(&self, op: Op) -> bool {
        matches!(self, Self::There(there) if op.admits(false.cmp(there)))
    }
}

fn refused(row: &'static KeyRow, span: TextSpan<'_>) -> ParseError {
    span.wrong(ParseFault::NotAValue(row, None))
}

/// One of the few words that this key can have.
fn word(row: &'static KeyRow, span: TextSpan<'_>, known: &[&str]) -> Result<Operand, ParseError> {
    if known.contains(&span.text) {
        return Ok(Operand::Value(Value::Text(span.text.to_owned())));
    }
    let meant = nearest(span.text, known).map(|meant| (*meant).to_owned());
    Err(span.wrong(ParseFault::NotAValue(row, meant)))
}

fn level(row: &'static KeyRow, span: TextSpan<'_>) -> Result<Operand, ParseError> {
    match Verdict::ALL
        .into_iter()
        .find(|level| level.as_str() == span.text)
    {
        Some(level) => Ok(Operand::Value(Value::Level(level))),
        None => word(row, span, &Verdict::ALL.map(Verdict::as_str)),
    }
}

fn codes(row: &'static KeyRow, span: TextSpan<'_>) -> Result<Operand, ParseError> {
    let codes = span
        .items()
        .map(|code| status(code.text).ok_or_else(|| refused(row, code)));
    Ok(Operand::Value(Value::Codes(
        codes.collect::<Result<_, _>>()?,
    )))
}

/// `none`, or ids between commas.
fn findings(span: TextSpan<'_>) -> Result<Operand, ParseError> {
    let ids = match span.text {
        "none" => Vec::new(),
        _ => span
            .items()
            .map(|id| finding_id(id).map(|note| note.id))
            .collect::<Result<_, _>>()?,
    };
    Ok(Operand::Value(Value::Findings(ids)))
}

/// `=`: each of these is raised, and of `none` nothing graver than info; `!=`: none of these is, and of `none` something
/// graver than info.
fn findings_are(op: Op, raised: &[&str], wanted: &[&str]) -> bool {
    match (wanted, op.denies()) {
        ([], denies) => raised.iter().any(|id| is_grave(id)) == denies,
        (wanted, false) => wanted.iter().all(|id| raised.contains(id)),
        (wanted, true) => !wanted.iter().any(|id| raised.contains(id)),
    }
}

fn is_grave(id: &str) -> bool {
    note(id).is_some_and(|note| note.severity > Severity::Info)
}

/// Three digits, the first of them not 0.
fn status(text: &str) -> Option<Status> {
    let code = digits(text).filter(|text| text.len() == 3)?.parse().ok()?;
    (code >= 100).then_some(Status(code))
}

fn digits(text: &str) -> Option<&str> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(text)
}

/// `500ms`, `2s`, `1.5s`.
fn time(text: &str) -> Option<Duration> {
    let (number, unit_seconds) = match text.strip_suffix("ms") {
        Some(number) => (number, 1e-3),
        None => (text.strip_suffix('s')?, 1.0),
    };
    let decimal = number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = number.parse().ok().filter(|_| decimal)?;
    Duration::try_from_secs_f64(number * unit_seconds).ok()
}

/// A URL, or something that is one when resolved against another; which other makes hardly a difference.
fn reference(text: &str) -> Option<Operand> {
    let resolves = Url::options()
        .base_url(Url::parse("http://start.invalid/").ok().as_ref())
        .parse(text)
        .is_ok();
    resolves.then(|| Operand::Reference(text.to_owned()))
}

/// A pattern in the spelling that what is seen has: hosts in lower case, codes without spaces.
fn pattern(what: What, text: &str) -> String {
    match what {
        What::Host => text.to_lowercase(),
        What::Codes => text.split_whitespace().collect(),
        _ => text.to_owned(),
    }
}

/// Where a reference leads from the start of the chain.
fn resolve(reference: &str, start: &Url) -> Option<Url> {
    start.join(reference).ok().map(|url| without_userinfo(&url))
}

/// The URL as far as what is wanted speaks of it: with its fragment only where that has one.
fn comparable(url: &Url, wanted: &str) -> Url {
    let mut url = url.clone();
    if !wanted.contains('#') {
        url.set_fragment(None);
    }
    url
}

/// A pattern that begins with one `/` is for what comes after the origin of the start; any other is for the whole URL.
fn url_fits(pattern: &str, url: &Url, start: &Url) -> bool {
    let url = comparable(url, pattern);
    if !pattern.starts_with('/') || pattern.starts_with("//") {
        return glob::fits(pattern, url.as_str());
    }
    url.origin() == start.origin() && glob::fits(pattern, &url[url::Position::BeforePath..])
}
