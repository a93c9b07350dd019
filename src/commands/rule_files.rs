//! Rules files, read as their platforms read them: all faults of all files at once, before anything is sent.

use std::path::Path;

use crate::cli::plan::CheckPlan;
use crate::exit::{RunError, UsageError};
use crate::intake;
use crate::platforms::{
    self, FileFault, RedirectsDialect, RuleFile, RuleFormat, apache, detect, nginx,
};

/// A file and what its platform makes of it.
pub(super) struct ReadFile {
    pub(super) path: String,
    pub(super) kind: RuleFormat,
    pub(super) dialect: Option<RedirectsDialect>,
    pub(super) rules: RuleFile,
}

/// Reads every file of the plan.
///
/// # Errors
/// Every fault of every file, with its place and the cure.
pub(super) fn read(plan: &CheckPlan) -> Result<Vec<ReadFile>, RunError> {
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    for path in &plan.files {
        match one(plan, path) {
            Ok(files) => read.extend(files),
            Err(more) => faults.extend(more),
        }
    }
    let mut faults = faults.into_iter();
    match faults.next() {
        None => Ok(read),
        Some(first) => Err(UsageError {
            says: first,
            points: faults.collect(),
            hint: String::new(),
        }
        .into()),
    }
}

/// One file; a `_redirects` of no known platform is read as each of them would.
fn one(plan: &CheckPlan, path: &Path) -> Result<Vec<ReadFile>, Vec<String>> {
    let shown = path.display().to_string();
    let fault = |says: String| vec![format!("{shown}: {says}")];
    let bytes = intake::rules_file(path).map_err(|error| fault(error.to_string()))?;
    let neighbours = intake::neighbours(path);
    let beside: Vec<&str> = neighbours.iter().map(String::as_str).collect();
    let kind = plan.kind.or_else(|| detect(&name_of(path), &bytes));
    let kind =
        kind.ok_or_else(|| fault("what it is cannot be told: name it with --type".to_owned()))?;
    let dialects = match (kind, plan.dialect.or_else(|| platforms::dialect(&beside))) {
        (RuleFormat::Redirects, None) => RedirectsDialect::ALL.map(Some).to_vec(),
        (RuleFormat::Redirects, known) => vec![known],
        _ => vec![None],
    };
    let placed = |faults: Vec<FileFault>| -> Vec<String> {
        let place = |fault: &FileFault| {
            fault.place.map_or(shown.clone(), |place| {
                format!("{shown}:{}:{}", place.line, place.column)
            })
        };
        faults
            .iter()
            .map(|fault| format!("{}: {}", place(fault), fault.says))
            .collect()
    };
    let text = String::from_utf8_lossy(&bytes);
    let as_dialect = |dialect: Option<RedirectsDialect>| {
        let rules = rules(kind, dialect, &bytes, &text).map_err(placed)?;
        Ok(ReadFile {
            path: shown.clone(),
            kind,
            dialect,
            rules,
        })
    };
    dialects.into_iter().map(as_dialect).collect()
}

/// The rules of a file of this type.
fn rules(
    kind: RuleFormat,
    dialect: Option<RedirectsDialect>,
    bytes: &[u8],
    text: &str,
) -> Result<RuleFile, Vec<FileFault>> {
    match (kind, dialect) {
        (RuleFormat::Redirects, dialect) => {
            platforms::read_redirects(text, dialect.unwrap_or(RedirectsDialect::Netlify))
        }
        (RuleFormat::Csv, _) => platforms::read_map(bytes).map(|map| map.rules()),
        (RuleFormat::Netlify, _) => platforms::read_netlify_toml(text),
        (RuleFormat::Vercel, _) => platforms::read_vercel(text),
        (RuleFormat::Next, _) => platforms::read_next_manifest(text),
        (RuleFormat::Apache, _) => apache::read(text, apache::ApacheContext::Directory),
        (RuleFormat::Nginx, _) => nginx::read(text, &[]),
    }
}

/// The name of a file, for what tells its type.
fn name_of(path: &Path) -> String {
    path.file_name()
        .map_or(String::new(), |name| name.to_string_lossy().into_owned())
}
