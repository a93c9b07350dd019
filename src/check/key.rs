//! What an expectation can be about: one row each.

use std::fmt;

use super::key_row::{KeyRow, What};
use super::nearest::nearest;
use super::op::Op;
use super::parse_error::{ParseError, ParseFault, TextSpan};
use crate::model::is_token;

const SAME: &[Op] = &[Op::Is, Op::IsNot];
const TEXT: &[Op] = &[Op::Is, Op::IsNot, Op::Like];
const ORDER: &[Op] = &[
    Op::Is,
    Op::IsNot,
    Op::Less,
    Op::AtMost,
    Op::More,
    Op::AtLeast,
];
/// No two runs take the same time: to ask for equality would be a mistake.
const LIMIT: &[Op] = &[Op::Less, Op::AtMost, Op::More, Op::AtLeast];
const ALL: &[Op] = &Op::ALL;

const fn row(
    key: &'static str,
    what: What,
    ops: &'static [Op],
    value: &'static str,
    says: &'static str,
) -> KeyRow {
    KeyRow {
        key,
        ops,
        value,
        says,
        what,
    }
}

/// Every key that an expectation can begin with.
pub static ROWS: [KeyRow; 17] = [
    row(
        "status",
        What::Status,
        ALL,
        "200",
        "status of the final response",
    ),
    row(
        "codes",
        What::Codes,
        TEXT,
        "301,200",
        "status of every hop, in order",
    ),
    row(
        "hops",
        What::Hops,
        ORDER,
        "1",
        "number of redirects followed: one less than the requests that a table numbers",
    ),
    row(
        "final",
        What::Url,
        TEXT,
        "https://example.com/ or /path",
        "last URL requested",
    ),
    row(
        "host",
        What::Host,
        TEXT,
        "example.com",
        "host of the last URL requested, without port",
    ),
    row(
        "scheme",
        What::Scheme,
        SAME,
        "http or https",
        "scheme of the last URL requested",
    ),
    row(
        "method",
        What::Method,
        SAME,
        "POST",
        "method of the last request",
    ),
    row(
        "body",
        What::Body,
        SAME,
        "kept, dropped or none",
        "what the client did with the body over the whole chain, be it sent whole or not",
    ),
    row(
        "verdict",
        What::Verdict,
        ORDER,
        "required, recommended, permitted, discouraged or forbidden",
        "worst verdict of the redirects followed; `<= permitted` is permitted or better",
    ),
    row(
        "predictable",
        What::Predictable,
        SAME,
        "true or false",
        "whether clients agree on every redirect followed",
    ),
    row(
        "permanent",
        What::Permanent,
        SAME,
        "true or false",
        "whether every redirect is permanent",
    ),
    row(
        "time",
        What::Time,
        LIMIT,
        "500ms or 2s",
        "how long the chain took",
    ),
    row(
        "header.NAME",
        What::Field,
        TEXT,
        "text/html",
        "field of the final response",
    ),
    row("hopN.status", What::Status, ALL, "301", "status of hop N"),
    row(
        "hopN.url",
        What::Url,
        TEXT,
        "https://example.com/ or /path",
        "URL requested at hop N",
    ),
    row(
        "hopN.method",
        What::Method,
        SAME,
        "POST",
        "method of the request at hop N",
    ),
    row(
        "hopN.header.NAME",
        What::Field,
        TEXT,
        "/next",
        "field of the response at hop N",
    ),
];

/// A key as written by a user.
#[derive(Debug, Clone)]
pub(super) struct Key {
    /// Its row.
    pub(super) row: &'static KeyRow,
    /// The hop, counted from 1, where the key names one.
    pub(super) hop: Option<usize>,
    /// The field, where the key names one.
    pub(super) field: Option<String>,
}

impl Key {
    /// The key that this piece of an expectation spells.
    pub(super) fn read(span: TextSpan<'_>) -> Result<Self, ParseError> {
        let (hop, rest) = match split_hop(span.text) {
            Some((number, rest)) => (Some(read_hop(span, number)?), rest),
            None => (None, span.text),
        };
        let field = rest.strip_prefix("header.").filter(|name| is_token(name));
        let row = ROWS.iter().find(|row| {
            let row_rest = row.key.strip_prefix("hopN.");
            row_rest.is_some() == hop.is_some()
                && match row_rest.unwrap_or(row.key) {
                    "header.NAME" => field.is_some(),
                    name => name == rest,
                }
        });
        let row = row.ok_or_else(|| unknown(span))?;
        Ok(Self {
            row,
            hop,
            field: field.map(str::to_owned),
        })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hop, field) = (
            self.hop.unwrap_or_default(),
            self.field.as_deref().unwrap_or_default(),
        );
        f.write_str(&concrete(self.row, &hop.to_string(), field))
    }
}

/// The key of this row for this hop and field.
fn concrete(row: &KeyRow, hop: &str, field: &str) -> String {
    row.key
        .replacen("hopN.", &format!("hop{hop}."), 1)
        .replacen("NAME", field, 1)
}

/// The number and what comes after it, of a key that names a hop.
fn split_hop(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix("hop")?
        .split_once('.')
        .filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn read_hop(span: TextSpan<'_>, number: &str) -> Result<usize, ParseError> {
    match number.parse() {
        Ok(hop) if hop > 0 => Ok(hop),
        _ => Err(span.wrong(ParseFault::NoSuchHop {
            number: number.to_owned(),
            meant: "hop1.status".to_owned(),
        })),
    }
}

fn unknown(span: TextSpan<'_>) -> ParseError {
    let (hop, rest) = split_hop(span.text).unwrap_or(("1", span.text));
    let field = rest.split_once('.').map_or("NAME", |(_, name)| name);
    let keys = ROWS.iter().map(|row| concrete(row, hop, field));
    let meant = nearest(span.text, keys).filter(|_| !span.text.is_empty());
    span.wrong(ParseFault::UnknownKey(meant))
}
