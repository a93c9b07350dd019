//! Test results as Jenkins, GitLab and most of CI read them
//! ([the schema of Jenkins](https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd),
//! [GitLab](https://docs.gitlab.com/ci/testing/unit_test_reports/)).

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::report::case::{Case, CaseVerdict};
use crate::report::escape::xml;
use crate::report::view::{Millis, View};
use crate::report::{Report, Totals};

/// One suite with a test for each case, written at the end: how many failed stands before the first.
#[derive(Debug, Default)]
pub struct JUnit {
    tests: String,
    failures: usize,
    errors: usize,
    skipped: usize,
    count: usize,
    time: f64,
}

impl Report for JUnit {
    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        self.case(out, &Case::of(view))
    }

    fn case(&mut self, _: &mut dyn Write, case: &Case) -> io::Result<()> {
        self.count += 1;
        self.time += case.time.0;
        match case.state {
            CaseVerdict::Held => {}
            CaseVerdict::Failed => self.failures += 1,
            CaseVerdict::Error => self.errors += 1,
            CaseVerdict::Skipped => self.skipped += 1,
        }
        self.tests.push_str(&test(case));
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _: &Totals) -> io::Result<()> {
        let Self {
            failures,
            errors,
            skipped,
            count,
            ..
        } = self;
        let time = seconds(Millis(self.time));
        let of_all = format!("tests=\"{count}\" failures=\"{failures}\" errors=\"{errors}\"");
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<testsuites name=\"rehop\" {of_all} time=\"{time}\">")?;
        writeln!(
            out,
            "  <testsuite name=\"rehop\" {of_all} skipped=\"{skipped}\" time=\"{time}\">"
        )?;
        out.write_all(self.tests.as_bytes())?;
        writeln!(out, "  </testsuite>\n</testsuites>")
    }
}

fn test(case: &Case) -> String {
    let place = case.place.map(|place| {
        let file = xml(place.file);
        format!(" file=\"{file}\" line=\"{}\"", place.line)
    });
    let mut text = format!(
        "    <testcase name=\"{}\" classname=\"rehop\"{} time=\"{}\">\n",
        xml(case.name),
        place.unwrap_or_default(),
        seconds(case.time),
    );
    let element = match case.state {
        CaseVerdict::Held => None,
        CaseVerdict::Failed => Some("failure"),
        CaseVerdict::Error => Some("error"),
        CaseVerdict::Skipped => Some("skipped"),
    };
    if let Some(element) = element {
        text.push_str(&fault(element, case));
    }
    let told: Vec<_> = case
        .remarks
        .iter()
        .map(|remark| format!("{}: {}", remark.id, remark.says))
        .collect();
    let says = case
        .chain
        .map(|view| view.summary.says.as_str())
        .into_iter();
    let lines: Vec<_> = says
        .chain(told.iter().map(String::as_str))
        .map(xml)
        .collect();
    if !lines.is_empty() {
        let _ = writeln!(text, "      <system-out>{}</system-out>", lines.join("\n"));
    }
    text + "    </testcase>\n"
}

/// Why a test did not pass; one that was skipped has no kind.
fn fault(element: &str, case: &Case) -> String {
    let message = xml(&case.message);
    match case.remarks.first().filter(|_| element != "skipped") {
        Some(remark) => format!(
            "      <{element} message=\"{message}\" type=\"{}\">{message}</{element}>\n",
            xml(remark.id)
        ),
        None => format!("      <{element} message=\"{message}\"/>\n"),
    }
}

fn seconds(Millis(ms): Millis) -> String {
    format!("{:.3}", ms / 1e3)
}
