//! One expectation: `KEY OP VALUE`.

use std::fmt;
use std::str::FromStr;

use super::key::Key;
use super::key_row::KeyRow;
use super::nearest::nearest;
use super::op::Op;
use super::operand::Operand;
use super::parse_error::{ParseError, ParseFault, TextSpan};

/// What is expected of a chain, such as `status = 200` or `hop1.header.location ~ */login*`.
///
/// Whitespace around the operator may be left out. The key ends where the operator begins, so a field whose name
/// contains `=`, `<`, `>`, `~`, `!=` or `!~` cannot be named. [`ROWS`](super::ROWS) has all keys.
///
/// ```
/// use rehop::check::Expectation;
///
/// assert_eq!(Expectation::parse("status=200")?.to_string(), "status = 200");
/// let fault = Expectation::parse("stauts = 200").unwrap_err();
/// assert_eq!((fault.at, fault.width), (0, 6));
/// # Ok::<(), rehop::check::ParseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Expectation {
    pub(super) key: Key,
    pub(super) op: Op,
    pub(super) wanted: Operand,
    /// The value as written.
    value: String,
}

impl Expectation {
    /// The expectation that `text` spells.
    ///
    /// # Errors
    /// [`ParseError`] where there is no such key, the key does not admit the operator, or the value is not one that the
    /// key can have; it points at the characters at fault.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let (key, rest) = TextSpan::new(text).split_at(key_end(text));
        let (op, value) = rest.split_at(rest.text.find(|c| !is_op(c)).unwrap_or(rest.text.len()));
        let key = Key::read(key.trim())?;
        let op = read_op(key.row, op, value)?;
        let wanted = Operand::read(&key, op, value.trim())?;
        Ok(Self {
            key,
            op,
            wanted,
            value: value.text.trim().to_owned(),
        })
    }
}

impl FromStr for Expectation {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

/// As it was written, with one space on each side of the operator.
impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.key, self.op, self.value)
    }
}

/// Where the operator begins, in bytes; without one, where the first word ends.
fn key_end(text: &str) -> usize {
    let op = text
        .char_indices()
        .find(|&(at, c)| is_op(c) && (c != '!' || text[at + 1..].starts_with(['=', '~'])));
    let word_end = || {
        let start = text.len() - text.trim_start().len();
        text[start..]
            .find(char::is_whitespace)
            .map_or(text.len(), |length| start + length)
    };
    op.map_or_else(word_end, |(at, _)| at)
}

/// Whether operators are made of this character. A value that begins with one stands after a space.
fn is_op(c: char) -> bool {
    "=!<>~".contains(c)
}

fn read_op(row: &'static KeyRow, op: TextSpan<'_>, value: TextSpan<'_>) -> Result<Op, ParseError> {
    if op.text.is_empty() {
        return Err(value.trim().wrong(ParseFault::NoOperator(row)));
    }
    match Op::of(op.text) {
        Some(known) if row.ops.contains(&known) => Ok(known),
        Some(_) => Err(op.wrong(ParseFault::NotAdmitted(row))),
        None => {
            let meant = nearest(op.text, row.ops.iter().map(|op| op.as_str()));
            Err(op.wrong(ParseFault::UnknownOperator(row, meant)))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::key::ROWS;
    use super::*;

    #[test]
    fn spacing_does_not_matter_and_every_key_takes_the_value_that_its_row_shows() {
        for (text, shown) in [
            ("status=200", "status = 200"),
            ("  status  =  200  ", "status = 200"),
            ("status!=200", "status != 200"),
            ("status<=399", "status <= 399"),
            ("status~2*", "status ~ 2*"),
            ("codes = 301, 200", "codes = 301, 200"),
            ("codes ~ 301,*", "codes ~ 301,*"),
            ("hops<2", "hops < 2"),
            ("final=/a?b=c&d<e", "final = /a?b=c&d<e"),
            ("header.x = =a", "header.x = =a"),
            ("header.a.b=1", "header.a.b = 1"),
            ("header.x!y = 1", "header.x!y = 1"),
            ("header.x!~ */y", "header.x !~ */y"),
            ("cookie.sid=absent", "cookie.sid = absent"),
            (
                "findings!=downgrade, too-long",
                "findings != downgrade, too-long",
            ),
            ("hop10.header.location~*/x", "hop10.header.location ~ */x"),
            (
                "hop1.url = market://details?id=1",
                "hop1.url = market://details?id=1",
            ),
            ("time<1.5s", "time < 1.5s"),
            ("host = Bücher.example", "host = Bücher.example"),
            ("verdict <= permitted", "verdict <= permitted"),
        ] {
            assert_eq!(
                Expectation::parse(text).map(|e| e.to_string()),
                Ok(shown.to_owned()),
                "{text:?}"
            );
        }
        for row in &ROWS {
            let key = row
                .key
                .replace("hopN", "hop2")
                .replace("NAME", "Content-Type");
            for value in row
                .value
                .split([',', ' '])
                .filter(|word| !word.is_empty() && *word != "or")
            {
                let text = format!("{key} {} {value}", row.ops[0]);
                assert_eq!(Expectation::parse(&text).map(|e| e.to_string()), Ok(text));
            }
        }
    }

    #[test]
    fn every_key_admits_its_own_operators_and_no_other() {
        for row in &ROWS {
            let key = row.key.replace("hopN", "hop2").replace("NAME", "x");
            let value = row.value.split([',', ' ']).next().unwrap_or_default();
            for op in Op::ALL {
                let read = Expectation::parse(&format!("{key}{op} {value}"));
                assert_eq!(
                    read.is_ok(),
                    row.ops.contains(&op),
                    "{key} {op} {value}: {read:?}"
                );
            }
        }
    }

    #[test]
    fn values_that_a_key_cannot_have_are_refused() {
        for text in [
            "status = 0200",
            "status = +20",
            "status = 99",
            "hops = -1",
            "hops = +1",
            "hops = 99999999999999999999",
            "final = http://[",
            "final = http://a:b/",
            "host = a:80",
            "host = a b",
            "host = http://a/",
            "scheme = ftp",
            "method = A B",
            "body = lost",
            "verdict = fine",
            "predictable = yes",
            "permanent = 1",
            "time < ms",
            "time < 1e9s",
            "time < 1.2.3s",
            "time < -1s",
            "time < 99999999999999999999999s",
            "time < 1m",
            "header. = 1",
            "header = 1",
            "hop.status = 200",
            "hop99999999999999999999.status = 200",
            "hop1.hops = 1",
            "hop1 = 200",
            "header.x y = 1",
            "! = 1",
            "status ! 200",
            "codes = 301 200",
            "end = landing",
            "end < landed",
            "time = present",
            "body = absent",
            "codes = absent",
            "redirects = absent",
            "status < present",
            "findings = downgrade,",
            "findings = none,downgrade",
            "cookie = 1",
            "cookie.a;b = 1",
            "hop1.cookie.a = 1",
            "hop1.end = landed",
            "hop1.findings = none",
        ] {
            assert!(Expectation::parse(text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic_and_what_it_points_at_is_there(text in "\\PC*|[a-zN0-9.=!<>~ \\t\\n\u{e9}]{0,40}") {
            if let Err(fault) = Expectation::parse(&text) {
                prop_assert!(fault.at <= text.chars().count());
                prop_assert!(fault.at + fault.width <= text.chars().count().max(fault.at + 1));
            }
        }

        #[test]
        fn what_is_shown_reads_as_what_it_was(
            row in 0..ROWS.len(), op in 0..Op::ALL.len(), hop in 1usize.., field in "[a-zA-Z0-9-]{1,9}",
            value in "[0-9]{3}|[0-9]{1,9}(ms|s)|true|kept|permitted|GET|http|\\PC{1,20}", space in "[ \\t]{0,2}",
        ) {
            let key = ROWS[row].key.replace("hopN", &format!("hop{hop}")).replace("NAME", &field);
            let op = Op::ALL[op];
            if let Ok(read) = Expectation::parse(&format!("{space}{key}{space}{op}{space}{value}")) {
                let shown = read.to_string();
                let again = Expectation::parse(&shown);
                prop_assert_eq!(again.map(|again| again.to_string()), Ok(shown));
                prop_assert_eq!(read.key.to_string(), key);
            }
        }
    }
}
