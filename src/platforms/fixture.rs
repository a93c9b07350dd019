//! Answers in short, for the tests of the readers.

use super::answer::Answer;
use super::file::RuleFile;
use super::visit::Visit;

/// An answer in short: `301 /b`, `served 1`, `404`, `-`; `or` between the branches of what is open.
pub(crate) fn short(answer: &Answer) -> String {
    match answer {
        Answer::Pass => "-".to_owned(),
        Answer::Redirect {
            status, location, ..
        } => format!("{status} {location}"),
        Answer::Served { rule } => format!("served {}", rule + 1),
        Answer::Status { code, .. } => code.to_string(),
        Answer::Page { location, .. } => format!("page {location}"),
        Answer::Depends {
            on,
            held,
            otherwise,
            ..
        } => {
            format!("{on:?}: {} or {}", short(held), short(otherwise))
        }
    }
}

/// What the file answers to a GET of this path.
pub(crate) fn answered(file: &RuleFile, path: &str) -> String {
    short(&file.simulate(&Visit::get("h.example", path)))
}
