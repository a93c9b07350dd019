//! The JSON document, held against its schema.

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;

use super::Run;

/// Reads `text` as one document.
///
/// # Errors
/// Says what is no JSON in it, or not as `schema/trace.schema.json` has it.
pub(super) fn read(text: &str) -> Result<Value, String> {
    thread_local!(static VALIDATOR: Validator = validator());
    let document = serde_json::from_str(text).map_err(|fault| fault.to_string())?;
    let fault = |fault: jsonschema::ValidationError| format!("{}: {fault}", fault.instance_path());
    let faults: Vec<_> =
        VALIDATOR.with(|validator| validator.iter_errors(&document).map(fault).collect());
    if faults.is_empty() {
        Ok(document)
    } else {
        Err(faults.join("\n"))
    }
}

fn validator() -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/trace.schema.json");
    let text = fs::read_to_string(path).expect("the schema is committed");
    let schema = serde_json::from_str(&text).expect("it is JSON");
    jsonschema::validator_for(&schema).expect("it is a schema")
}

/// The hops.
pub(crate) fn hops(document: &Value) -> &[Value] {
    document["hops"].as_array().expect("there are always hops")
}

/// How a run ended: exit code, kind of end, the phase in which it failed, the status of every hop; `3 failed wait 302,-`.
pub(crate) fn ends(run: &Run, document: &Value) -> String {
    let exit = run
        .code
        .map_or("killed".to_owned(), |code| code.to_string());
    let end = &document["end"];
    let words = [
        Some(exit.as_str()),
        end["kind"].as_str(),
        end["phase"].as_str(),
        Some(&codes(document)),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The findings, by id, but for the note in the content, which most scenarios leave out.
pub(crate) fn ids(document: &Value) -> String {
    let findings = document["findings"]
        .as_array()
        .expect("there is a list, even an empty one");
    findings
        .iter()
        .filter_map(|finding| finding["id"].as_str())
        .filter(|id| *id != "no-hypertext-note")
        .collect::<Vec<_>>()
        .join(",")
}

/// The status of every hop, `-` where none came; more than three in a row as `302x20`.
fn codes(document: &Value) -> String {
    let codes: Vec<String> = hops(document)
        .iter()
        .map(|hop| {
            hop["response"]["status"]
                .as_u64()
                .map_or("-".to_owned(), |code| code.to_string())
        })
        .collect();
    let runs = codes.chunk_by(|one, next| one == next);
    let shown = runs.map(|run| {
        if run.len() > 3 {
            format!("{}x{}", run[0], run.len())
        } else {
            run.join(",")
        }
    });
    shown.collect::<Vec<_>>().join(",")
}

/// Whether a terminal would execute it, or show text in another order than it stands in; a line break is harmless.
///
/// It does not ask `rehop::report`, whose own list it holds to account: a character that falls out of that list is still
/// found here. The list there is longer, because it also spells out what only looks like nothing.
pub(crate) fn is_hostile(c: char) -> bool {
    let invisible = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    invisible || c.is_control() && c != '\n'
}
