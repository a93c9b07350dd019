//! A check of rules files for people: what is wrong first, line by line, then what it comes to.

use std::io::{self, Write};

use super::view::{CaseView, CheckedFile};
use crate::check::CaseState;
use crate::platforms::LintFinding;
use crate::report::layout::Sign;
use crate::report::page::{Page, Span};
use crate::report::style::Ink;
use crate::report::table::mark;
use crate::report::tone::Tone;
use crate::report::units::count;
use crate::report::{Detail, Layout};
use crate::rules::Severity;

/// Writes all of it; with [`Detail::Quiet`] the last lines alone.
///
/// # Errors
/// Whatever writing gives.
pub fn table(out: &mut dyn Write, layout: Layout, files: &[CheckedFile]) -> io::Result<()> {
    let mut page = Page { out, layout };
    for file in files {
        if layout.detail != Detail::Quiet {
            findings(&mut page, file)?;
        }
        conclusion(&mut page, file)?;
    }
    Ok(())
}

/// The file, what lint found in it, and the cases that do not hold.
fn findings(page: &mut Page, file: &CheckedFile) -> io::Result<()> {
    let head = Span::new(Ink::Strong, format!("{}  ", page.layout.show(&file.path)));
    let kind = [Some(file.kind), file.dialect].into_iter().flatten();
    let kind: Vec<&str> = kind.collect();
    let rules = count(file.rules.rules.len() as u64, "rule");
    page.words(head, &format!("{}, {rules}", kind.join(" ")), Ink::Dim)?;
    let mut lint: Vec<&LintFinding> = file.lint.iter().collect();
    lint.sort_by_key(|found| (std::cmp::Reverse(found.id.severity()), found.place));
    lint.into_iter().try_for_each(|found| one(page, found))?;
    file.cases
        .iter()
        .filter(|case| case.is_bad())
        .try_for_each(|case| bad(page, case))?;
    if file.cases.iter().any(CaseView::is_bad) || !file.lint.is_empty() {
        page.gap()?;
    }
    Ok(())
}

/// `✗ 3:1  shadowed  line 1 answers all that this rule is for` and the cure below.
fn one(page: &mut Page, found: &LintFinding) -> io::Result<()> {
    let sign = sign(page.layout, found.id.severity());
    let place = format!("{}:{}", found.place.line, found.place.column);
    let head = Span::new(
        sign.ink,
        format!("  {}{place:<6} {:<20} ", sign.text, found.id.as_str()),
    );
    let indent = head.width();
    let says = page.layout.show(&found.says).into_owned();
    page.words(head, &says, Ink::Plain)?;
    let mut below = |text: &str| {
        let text = page.layout.show(text).into_owned();
        page.words(Span::new(Ink::Dim, " ".repeat(indent)), &text, Ink::Dim)
    };
    if !found.cure.is_empty() {
        below(&found.cure)?;
    }
    match &found.flattened {
        Some(target) => below(&format!("straight to {target}")),
        None => Ok(()),
    }
}

/// A case that does not hold: what was asked, what the file says, what was seen, and where the chain went.
fn bad(page: &mut Page, case: &CaseView) -> io::Result<()> {
    let mark = mark(page.layout, Tone::Bad);
    let head = Span::new(mark.ink, format!("  {}line {:<4} ", mark.text, case.line));
    let indent = " ".repeat(head.width());
    let actual = case.actual.as_deref().unwrap_or("no answer");
    let text = format!(
        "{}: the file says {}, the site answers {actual}",
        case.name, case.expected
    );
    let text = page.layout.show(&text).into_owned();
    page.words(head, &text, Ink::Plain)?;
    for found in case.differences.iter().filter(|found| found.key == "end") {
        let text = format!(
            "the chain ends with {}, not with {}",
            found.actual, found.expected
        );
        page.words(Span::new(Ink::Dim, indent.clone()), &text, Ink::Dim)?;
    }
    match &case.trace {
        Some(view) => {
            let says = page.layout.show(&view.summary.says).into_owned();
            page.words(Span::new(Ink::Dim, indent), &says, Ink::Dim)
        }
        None => Ok(()),
    }
}

/// What it comes to, in one line a file.
fn conclusion(page: &mut Page, file: &CheckedFile) -> io::Result<()> {
    let at = |severity: Severity| {
        file.lint
            .iter()
            .filter(|found| found.id.severity() == severity)
            .count()
    };
    let of = |state: CaseState| file.cases.iter().filter(|case| case.state == state).count();
    let bad = of(CaseState::Failed) + of(CaseState::Error);
    let (errors, warnings) = (at(Severity::Error), at(Severity::Warn));
    let tone = match (errors + bad, warnings) {
        (0, 0) => Tone::Good,
        (0, _) => Tone::Fair,
        _ => Tone::Bad,
    };
    let some = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
    let lint = if errors + warnings == 0 {
        "lint finds nothing wrong".to_owned()
    } else {
        let found = [count_of(errors, "error"), count_of(warnings, "warning")];
        let found: Vec<String> = found.into_iter().flatten().collect();
        format!("lint: {}", found.join(", "))
    };
    let cases = [
        some(of(CaseState::Held), "cases hold"),
        some(
            of(CaseState::Depends),
            "hold in a branch that the file leaves open",
        ),
        some(bad, "do not hold"),
        some(
            of(CaseState::Skipped),
            "not asked: name the site with --base",
        ),
    ];
    let pieces: Vec<String> = std::iter::once(lint)
        .chain(cases.into_iter().flatten())
        .collect();
    let between = format!(" {} ", page.layout.sign(Sign::Dot));
    let text = format!(
        "{}: {}",
        page.layout.show(&file.path),
        pieces.join(&between)
    );
    let mark = mark(page.layout, tone);
    page.words(mark, &text, Ink::Strong)
}

/// `2 errors`; nothing where there are none.
fn count_of(n: usize, what: &str) -> Option<String> {
    (n > 0).then(|| count(n as u64, what))
}

/// The sign before a finding; things to know have a small one.
fn sign(layout: Layout, severity: Severity) -> Span {
    match severity {
        Severity::Info => Span::new(Ink::Dim, format!("{} ", layout.sign(Sign::Dot))),
        severity => mark(layout, Tone::raised(severity)),
    }
}
