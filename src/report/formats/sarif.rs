//! Results of static analysis, for the security tab of GitHub and others
//! ([SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)).

use std::collections::BTreeMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use crate::report::case::{Case, CaseRemark, UNMET};
use crate::report::json::pretty;
use crate::report::view::View;
use crate::report::{Report, Totals};
use crate::rules::Severity;
use crate::rules::findings;

/// One run, written at the end: the rules stand before their results.
#[derive(Debug, Default)]
pub struct Sarif {
    rules: BTreeMap<String, Value>,
    results: Vec<Value>,
}

impl Report for Sarif {
    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        self.case(out, &Case::of(view))
    }

    fn case(&mut self, _: &mut dyn Write, case: &Case) -> io::Result<()> {
        for remark in &case.remarks {
            let rule = || rule(remark);
            self.rules.entry(remark.id.to_owned()).or_insert_with(rule);
            self.results.push(result(case, remark));
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _: &Totals) -> io::Result<()> {
        let rules: Vec<&Value> = self.rules.values().collect();
        let driver =
            json!({ "name": "rehop", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
        let run = json!({ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": self.results });
        let log = json!({
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        });
        pretty(out, &log)
    }
}

fn rule(remark: &CaseRemark) -> Value {
    let says = match findings::note(remark.id) {
        Some(note) => note.says.to_owned(),
        None if remark.id == UNMET => "an expectation did not hold".to_owned(),
        None => format!("how the chain ended: {}", remark.id),
    };
    let mut rule = json!({
        "id": remark.id,
        "shortDescription": { "text": says },
        "defaultConfiguration": { "level": level(remark.severity) },
    });
    if let Some(link) = remark.cites.first() {
        rule["helpUri"] = json!(link);
    }
    rule
}

fn result(case: &Case, remark: &CaseRemark) -> Value {
    // What is in no file stands where it was found.
    let place = case.place.map_or_else(
        || json!({ "artifactLocation": { "uri": uri(case.name) } }),
        |place| {
            json!({
                "artifactLocation": { "uri": uri(place.file) },
                "region": { "startLine": place.line },
            })
        },
    );
    json!({
        "ruleId": remark.id,
        "level": level(remark.severity),
        "message": { "text": message(&format!("{}: {}", case.name, remark.says)) },
        "locations": [{ "physicalLocation": place }],
    })
}

/// Plain text in which brackets make no link (section 3.11.6).
fn message(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}

/// A URI of this URL or path: what may not stand in one is percent-encoded
/// ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2)).
fn uri(text: &str) -> String {
    let text = text.replace('\\', "/");
    utf8_percent_encode(&text, UNFIT).to_string()
}

/// What may not stand in a URI.
const UNFIT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
        Severity::Info => "note",
    }
}
