//! Code quality of GitLab
//! ([its format](https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format)).

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::report::case::{Case, CaseRemark};
use crate::report::json::pretty;
use crate::report::view::View;
use crate::report::{Report, Totals};
use crate::rules::Severity;

/// A list of what is wrong, written at the end.
#[derive(Debug, Default)]
pub struct GitLab {
    issues: Vec<Value>,
    /// Fingerprints that have been given: GitLab shows one of those that are alike.
    given: BTreeSet<String>,
}

impl Report for GitLab {
    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        self.case(out, &Case::of(view))
    }

    fn case(&mut self, _: &mut dyn Write, case: &Case) -> io::Result<()> {
        for remark in &case.remarks {
            let fingerprint = fingerprint(case, remark);
            if self.given.insert(fingerprint.clone()) {
                self.issues.push(issue(case, remark, &fingerprint));
            }
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _: &Totals) -> io::Result<()> {
        pretty(out, &self.issues)
    }
}

fn issue(case: &Case, remark: &CaseRemark, fingerprint: &str) -> Value {
    let severity = match remark.severity {
        Severity::Error => "critical",
        Severity::Warn => "minor",
        Severity::Info => "info",
    };
    // What is in no file stands where it was found.
    let (path, line) = case
        .place
        .map_or((case.name, 1), |place| (place.file, place.line));
    json!({
        "description": format!("{}: {}", case.name, remark.says),
        "check_name": remark.id,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": { "path": path, "lines": { "begin": line } },
    })
}

/// The same for the same remark in every run: by it GitLab knows what is new. Lines move, so they are not part of it.
fn fingerprint(case: &Case, remark: &CaseRemark) -> String {
    let file = case.place.map_or("", |place| place.file);
    let parts = [file, case.name, remark.id, &remark.says];
    format!("{:032x}", fnv1a(parts.join("\0").as_bytes()))
}

/// FNV-1a of 128 bits ([RFC 9923](https://www.rfc-editor.org/rfc/rfc9923)).
fn fnv1a(bytes: &[u8]) -> u128 {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let step = |hash: u128, byte: &u8| (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
    bytes.iter().fold(BASIS, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_is_fnv1a() {
        // The vectors of the reference code.
        assert_eq!(fnv1a(b""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(fnv1a(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        assert_eq!(fnv1a(b"foobar"), 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
    }
}
