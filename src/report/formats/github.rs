//! Annotations of a workflow run
//! ([workflow commands](https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands)).

use std::io::{self, Write};

use crate::report::case::{Case, CaseRemark};
use crate::report::units::count;
use crate::report::view::View;
use crate::report::{Report, Totals, escape};
use crate::rules::Severity;

/// A line for each remark, as long as GitHub shows them.
#[derive(Debug, Default)]
pub struct GitHub {
    errors: usize,
    warnings: usize,
    notices: usize,
}

/// How many annotations of one kind GitHub shows of a step
/// ([limits](https://docs.github.com/en/rest/checks/runs)).
const SHOWN: usize = 10;

impl Report for GitHub {
    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        self.case(out, &Case::of(view))
    }

    fn case(&mut self, out: &mut dyn Write, case: &Case) -> io::Result<()> {
        for remark in &case.remarks {
            let (kind, told) = match remark.severity {
                Severity::Error => ("error", &mut self.errors),
                Severity::Warn => ("warning", &mut self.warnings),
                Severity::Info => ("notice", &mut self.notices),
            };
            *told += 1;
            if *told <= SHOWN {
                annotate(out, kind, case, remark)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _: &Totals) -> io::Result<()> {
        let kinds = [
            ("error", self.errors),
            ("warning", self.warnings),
            ("notice", self.notices),
        ];
        for (kind, told) in kinds.into_iter().filter(|(_, told)| *told > SHOWN) {
            let more = count((told - SHOWN) as u64, kind);
            writeln!(out, "rehop: {more} more, of which GitHub shows none")?;
        }
        Ok(())
    }
}

fn annotate(out: &mut dyn Write, kind: &str, case: &Case, remark: &CaseRemark) -> io::Result<()> {
    let place = case
        .place
        .map(|place| format!("file={},line={},", property(place.file), place.line));
    let title = property(&format!("rehop: {}", remark.id));
    let message = data(&format!("{}\n{}", case.name, remark.says));
    writeln!(
        out,
        "::{kind} {}title={title}::{message}",
        place.unwrap_or_default()
    )
}

/// The message of a command ([the toolkit's own](https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts)).
fn data(text: &str) -> String {
    let lines = text
        .split('\n')
        .map(|line| escape::terminal(line.as_bytes()).replace('%', "%25"));
    lines.collect::<Vec<_>>().join("%0A")
}

/// The value of a property of a command, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::case::{CasePlace, CaseVerdict};
    use crate::report::view::Millis;

    fn told(remarks: usize) -> String {
        let remark = CaseRemark {
            id: "loop",
            severity: Severity::Warn,
            says: "100%\r::error::x".to_owned(),
            cites: &[],
        };
        let case = Case {
            name: "n",
            state: CaseVerdict::Failed,
            message: String::new(),
            place: Some(CasePlace {
                file: "a,b:c",
                line: 3,
            }),
            chain: None,
            content: None,
            time: Millis(0.0),
            remarks: vec![remark; remarks],
        };
        let (mut report, mut out) = (GitHub::default(), Vec::new());
        report.case(&mut out, &case).unwrap();
        report.end(&mut out, &Totals::default()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn annotations_stand_at_their_place_and_stay_one_line() {
        let line =
            "::warning file=a%2Cb%3Ac,line=3,title=rehop%3A loop::n%0A100%25\\x0d::error::x\n";
        assert_eq!(told(1), line);
    }

    #[test]
    fn annotations_beyond_ten_of_a_kind_are_counted() {
        let made = told(12);
        assert_eq!(made.lines().count(), 11);
        assert!(
            made.ends_with("rehop: 2 warnings more, of which GitHub shows none\n"),
            "{made}"
        );
    }
}
