//! What an expectation can be about: one row each.

use std::fmt;

use super::key_row::{KeyRow, What};
use super::nearest::nearest;
use super::op::Op;
use super::parse_error::{ParseError, ParseFault, TextSpan};
use crate::model::is_token;

const SAME: &[Op] = &[Op::Is, Op::IsNot];
const TEXT: &[Op] = &[Op::Is, Op::IsNot, Op::Like, Op::Unlike];
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
pub static ROWS: [KeyRow; 22] = [
    row(
        "end",
        What::End,
        SAME,
        "landed, not_followed, loop, too_many, bad_location, refused, failed or interrupted",
        "how the chain ended",
    ),
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
        "redirects",
        What::Hops,
        ORDER,
        "1",
        "number of redirects followed: one less than the requests that a table numbers",
    ),
    row(
        "hops",
        What::Hops,
        ORDER,
        "1",
        "the older name of `redirects`",
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
        "findings",
        What::Findings,
        SAME,
        "downgrade,too-long or none",
        "what the chain raises: `=` asks for each of these, `!=` for none of them; `none` is nothing graver than info",
    ),
    row(
        "header.NAME",
        What::Field,
        TEXT,
        "text/html or absent or present",
        "field of the final response",
    ),
    row(
        "cookie.NAME",
        What::Cookie,
        TEXT,
        "abc or absent or present",
        "value of the cookie that the last hop to set it leaves; absent where it expires or is at fault and not kept",
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
        "hopN.body",
        What::Body,
        SAME,
        "kept, dropped or none",
        "what becomes of the body at the redirect of hop N",
    ),
    row(
        "hopN.header.NAME",
        What::Field,
        TEXT,
        "/next or absent or present",
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
    /// The field or cookie, where the key names one.
    pub(super) name: Option<String>,
}

impl Key {
    /// The key that this piece of an expectation spells.
    pub(super) fn read(span: TextSpan<'_>) -> Result<Self, ParseError> {
        let (hop, rest) = match split_hop(span.text) {
            Some((number, rest)) => (Some(read_hop(span, number)?), rest),
            None => (None, span.text),
        };
        let named = rest.split_once('.').filter(|(_, name)| is_token(name));
        let row = ROWS.iter().find(|row| {
            let row_rest = row.key.strip_prefix("hopN.");
            row_rest.is_some() == hop.is_some()
                && match row_rest.unwrap_or(row.key).split_once(".NAME") {
                    Some((kind, _)) => named.is_some_and(|(of, _)| of == kind),
                    None => row_rest.unwrap_or(row.key) == rest,
                }
        });
        let row = row.ok_or_else(|| unknown(span))?;
        Ok(Self {
            row,
            hop,
            name: named.map(|(_, name)| name.to_owned()),
        })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hop, name) = (
            self.hop.unwrap_or_default(),
            self.name.as_deref().unwrap_or_default(),
        );
        f.write_str(&concrete(self.row, &hop.to_string(), name))
    }
}

/// The key of this row for this hop and name.
fn concrete(row: &KeyRow, hop: &str, name: &str) -> String {
    row.key
        .replacen("hopN.", &format!("hop{hop}."), 1)
        .replacen("NAME", name, 1)
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
    let name = rest.split_once('.').map_or("NAME", |(_, name)| name);
    let keys = ROWS.iter().map(|row| concrete(row, hop, name));
    let meant = nearest(span.text, keys).filter(|_| !span.text.is_empty());
    span.wrong(ParseFault::UnknownKey(meant))
}
