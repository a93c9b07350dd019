//! A check of rules files for programs: `rehop.check/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::view::{CaseView, CheckedFile};
use crate::check::{CaseDifference, CaseState};
use crate::report::document::Document;
use crate::report::json::pretty;
use crate::report::view::{Named, View};
use crate::rules::Severity;

/// Rules files, linted and held against a site.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckDocument<'a> {
    /// The name and version of this document. It may grow; no name or value in it changes or goes.
    #[cfg_attr(test, schemars(extend("const" = CheckDocument::SCHEMA)))]
    schema: &'static str,
    /// The files.
    files: Vec<FileRow<'a>>,
    /// What lint found, file by file.
    lint: Vec<LintRow<'a>>,
    /// The cases that were made of the rules.
    cases: Vec<CaseRow<'a>>,
    /// How many there are of each.
    summary: CheckSummary,
}

impl Document for CheckDocument<'_> {
    const SCHEMA: &'static str = "rehop.check/1";
    const TITLE: &'static str = "Rules files, linted and held against a site (rehop.check/1)";
}

/// A file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FileRow<'a> {
    /// Its path, as named.
    path: &'a str,
    /// Its type.
    r#type: &'a str,
    /// Its dialect; null where its type has one only.
    dialect: Option<&'a str>,
    /// How many rules it has.
    rules: usize,
    /// What the platform drops.
    ignored: Vec<IgnoredRow<'a>>,
}

/// What the platform drops.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct IgnoredRow<'a> {
    /// The line.
    line: usize,
    /// What stands there.
    text: &'a str,
    /// Why it is dropped.
    reason: &'a str,
}

/// What lint found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LintRow<'a> {
    /// The kind of finding.
    id: &'static str,
    /// How much it matters.
    severity: Named<Severity>,
    /// The file.
    file: &'a str,
    /// The line.
    line: usize,
    /// The column.
    column: usize,
    /// The line of the other rule; null where there is none.
    other_line: Option<usize>,
    /// One sentence on this very case.
    says: &'a str,
    /// What would mend it.
    cure: &'a str,
    /// The target past the chain; null where it is none.
    flattened: Option<&'a str>,
}

/// A case.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CaseRow<'a> {
    /// What is asked, and by which rule.
    name: &'a str,
    /// The file.
    file: &'a str,
    /// The line of the rule.
    line: usize,
    /// The URL that was asked; null where nothing was sent.
    url: Option<&'a str>,
    /// The method.
    method: &'a str,
    /// What became of it.
    state: &'static str,
    /// What the file says.
    expected: &'a str,
    /// What was seen; null where nothing was sent.
    actual: Option<&'a str>,
    /// What is not as the file says.
    differences: Vec<DifferenceRow<'a>>,
    /// The chain, as `rehop.trace/1`; null where nothing was sent.
    trace: Option<&'a View>,
}

/// One thing that is not as the file says.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DifferenceRow<'a> {
    /// `status`, `location` or `end`.
    key: &'static str,
    /// What the file says.
    expected: &'a str,
    /// What was seen.
    actual: &'a str,
}

/// How many there are of each.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CheckSummary {
    /// All cases.
    cases: usize,
    /// Those that held.
    held: usize,
    /// Those that did not.
    failed: usize,
    /// Those that were not asked.
    skipped: usize,
    /// Those that held in one of the branches that the file leaves open.
    depends: usize,
    /// Those that could not be asked.
    errors: usize,
    /// What lint found.
    lint: LintSummary,
}

/// How many findings of lint there are at each severity.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LintSummary {
    /// Errors.
    error: usize,
    /// Warnings.
    warn: usize,
    /// Things to know.
    info: usize,
}

impl<'a> CheckDocument<'a> {
    /// The document of these files.
    #[must_use]
    pub fn new(files: &'a [CheckedFile]) -> Self {
        let lint: Vec<LintRow> = files.iter().flat_map(lint_rows).collect();
        let cases: Vec<CaseRow> = files.iter().flat_map(case_rows).collect();
        let states = files
            .iter()
            .flat_map(|file| file.cases.iter().map(|case| case.state));
        let mut summary = CheckSummary::of(states);
        for row in &lint {
            match row.severity.0 {
                Severity::Error => summary.lint.error += 1,
                Severity::Warn => summary.lint.warn += 1,
                Severity::Info => summary.lint.info += 1,
            }
        }
        Self {
            schema: Self::SCHEMA,
            files: files.iter().map(file_row).collect(),
            lint,
            cases,
            summary,
        }
    }
}

impl CheckSummary {
    fn of(states: impl Iterator<Item = CaseState>) -> Self {
        let mut summary = Self::default();
        for state in states {
            summary.cases += 1;
            match state {
                CaseState::Held => summary.held += 1,
                CaseState::Failed => summary.failed += 1,
                CaseState::Skipped => summary.skipped += 1,
                CaseState::Depends => summary.depends += 1,
                CaseState::Error => summary.errors += 1,
            }
        }
        summary
    }
}

/// Writes the document.
///
/// # Errors
/// Whatever writing gives.
pub fn document(out: &mut dyn Write, files: &[CheckedFile]) -> io::Result<()> {
    pretty(out, &CheckDocument::new(files))
}

fn file_row(file: &CheckedFile) -> FileRow<'_> {
    let ignored = file.rules.unheeded.iter().map(|unheeded| IgnoredRow {
        line: unheeded.place.line,
        text: &unheeded.text,
        reason: &unheeded.reason,
    });
    FileRow {
        path: &file.path,
        r#type: file.kind,
        dialect: file.dialect,
        rules: file.rules.rules.len(),
        ignored: ignored.collect(),
    }
}

fn lint_rows(file: &CheckedFile) -> impl Iterator<Item = LintRow<'_>> {
    file.lint.iter().map(|found| LintRow {
        id: found.id.as_str(),
        severity: Named(found.id.severity()),
        file: &file.path,
        line: found.place.line,
        column: found.place.column,
        other_line: found.other.map(|place| place.line),
        says: &found.says,
        cure: &found.cure,
        flattened: found.flattened.as_deref(),
    })
}

fn case_rows(file: &CheckedFile) -> impl Iterator<Item = CaseRow<'_>> {
    file.cases.iter().map(|case: &CaseView| CaseRow {
        name: &case.name,
        file: &file.path,
        line: case.line,
        url: case.url.as_deref(),
        method: &case.method,
        state: case.state.as_str(),
        expected: &case.expected,
        actual: case.actual.as_deref(),
        differences: case.differences.iter().map(difference).collect(),
        trace: case.trace.as_ref(),
    })
}

fn difference(found: &CaseDifference) -> DifferenceRow<'_> {
    DifferenceRow {
        key: found.key,
        expected: &found.expected,
        actual: &found.actual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platforms::{RedirectsDialect, lint, read_redirects};
    use crate::report::schema;

    fn checked(text: &str) -> CheckedFile {
        let rules = read_redirects(text, RedirectsDialect::Netlify).unwrap();
        CheckedFile {
            path: "_redirects".to_owned(),
            kind: "redirects",
            dialect: Some("netlify"),
            lint: lint(&rules),
            rules,
            cases: Vec::new(),
        }
    }

    #[test]
    fn schema_of_check_is_fresh_and_complete_and_every_document_holds_to_it() {
        schema::is_fresh_and_complete::<CheckDocument>("schema/check.schema.json");
        let validator = schema::validator::<CheckDocument>();
        for text in ["", "/a /b\n/b /a\n", "/x/* /y\n/x/a /z\n"] {
            let files = [checked(text)];
            let document = serde_json::to_value(CheckDocument::new(&files)).unwrap();
            schema::hold(&validator, &document);
        }
    }
}
