//! A row a URL, for spreadsheets ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)).

use std::borrow::Cow;
use std::io::{self, Write};

use crate::report::view::View;
use crate::report::{Report, escape};

/// A row a URL, after one of names.
#[derive(Debug)]
pub struct Csv;

/// The names of the columns.
const COLUMNS: [&str; 14] = [
    "url",
    "end",
    "status",
    "final_url",
    "redirects",
    "codes",
    "method",
    "body",
    "verdict",
    "permanent",
    "future_url",
    "total_ms",
    "findings",
    "says",
];

impl Report for Csv {
    fn begin(&mut self, out: &mut dyn Write, _: usize) -> io::Result<()> {
        write!(out, "{}\r\n", COLUMNS.join(","))
    }

    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        let cells = cells(view).map(|text| cell(&text));
        write!(out, "{}\r\n", cells.join(","))
    }
}

/// What stands in each column; nothing where there is nothing to tell.
fn cells(view: &View) -> [String; COLUMNS.len()] {
    let answers = view.hops.iter().filter_map(|hop| hop.response.as_ref());
    let codes: Vec<String> = answers.map(|answer| answer.status.to_string()).collect();
    let mut redirects = view.hops.iter().filter_map(|hop| hop.redirect.as_ref());
    let permanent = redirects.clone().next().is_some() && redirects.all(|one| one.permanent);
    let findings: Vec<&str> = view.findings.iter().map(|finding| finding.id).collect();
    let verdict = view
        .summary
        .verdict
        .map(|verdict| verdict.name().to_owned());
    let status = view.end.status.map(|status| status.to_string());
    [
        view.url.clone(),
        view.end.kind.name().to_owned(),
        status.unwrap_or_default(),
        view.end.url.clone(),
        view.summary.redirects.to_string(),
        codes.join(","),
        view.summary.method.to.clone(),
        view.summary.body.name().to_owned(),
        verdict.unwrap_or_default(),
        permanent.to_string(),
        view.summary.future_url.clone(),
        view.summary.total_ms.0.to_string(),
        findings.join(","),
        view.summary.says.clone(),
    ]
}

/// A cell that stays one, and stays text: what a spreadsheet would run begins with an apostrophe
/// ([OWASP, CSV injection](https://owasp.org/www-community/attacks/CSV_Injection)).
fn cell(text: &str) -> String {
    let text = escape::terminal(text.as_bytes());
    let text: Cow<str> = if text.starts_with(FORMULA) {
        format!("'{text}").into()
    } else {
        text
    };
    if text.contains([',', '"', ';', '\'', ' ']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into_owned()
    }
}

/// What a formula begins with, and the same characters in full width.
const FORMULA: [char; 9] = [
    '=', '+', '-', '@', '|', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells_and_stay_text() {
        for (text, expected) in [
            ("", ""),
            ("http://h.example/?a=1", "http://h.example/?a=1"),
            ("301,302", "\"301,302\""),
            ("he said \"no\"", "\"he said \"\"no\"\"\""),
            ("a\r\nb", r"a\x0d\x0ab"),
            ("=1+1", "\"'=1+1\""),
            ("@SUM(1)", "\"'@SUM(1)\""),
            ("-2", "\"'-2\""),
            ("\t=1", r"\x09=1"),
            ("\u{ff1d}1", "\"'\u{ff1d}1\""),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }
}
