//! The Test Anything Protocol, [version 14](https://testanything.org/tap-version-14-specification.html).

use std::io::{self, Write};

use serde_json::json;

use crate::report::case::{Case, CaseVerdict};
use crate::report::json::one_line;
use crate::report::view::View;
use crate::report::{Report, Totals, escape};

/// A line a case, as soon as it is known.
#[derive(Debug, Default)]
pub struct Tap {
    planned: usize,
    told: usize,
}

impl Report for Tap {
    fn begin(&mut self, out: &mut dyn Write, traces: usize) -> io::Result<()> {
        self.planned = traces;
        writeln!(out, "TAP version 14\n1..{traces}")
    }

    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        self.case(out, &Case::of(view))
    }

    fn case(&mut self, out: &mut dyn Write, case: &Case) -> io::Result<()> {
        self.told += 1;
        let (mark, directive) = match case.state {
            CaseVerdict::Held => ("ok", String::new()),
            CaseVerdict::Skipped => ("ok", format!(" # SKIP {}", text(&case.message))),
            CaseVerdict::Failed | CaseVerdict::Error => ("not ok", String::new()),
        };
        writeln!(out, "{mark} {} - {}{directive}", self.told, text(case.name))?;
        if case.state == CaseVerdict::Skipped {
            return Ok(());
        }
        diagnostics(out, case)
    }

    fn end(&mut self, out: &mut dyn Write, _: &Totals) -> io::Result<()> {
        if self.told == self.planned {
            return Ok(());
        }
        writeln!(
            out,
            "Bail out! {} of {} were looked at",
            self.told, self.planned
        )
    }
}

/// A block of YAML, of which JSON is a part: no value needs an escape of its own.
fn diagnostics(out: &mut dyn Write, case: &Case) -> io::Result<()> {
    let told: Vec<_> = case
        .remarks
        .iter()
        .map(|remark| format!("{}: {}", remark.id, remark.says))
        .collect();
    writeln!(out, "  ---")?;
    writeln!(out, "  message: {}", one_line(&case.message)?)?;
    if let Some(place) = case.place {
        writeln!(
            out,
            "  at: {}",
            one_line(&json!({ "file": place.file, "line": place.line }))?
        )?;
    }
    writeln!(out, "  duration_ms: {}", case.time.0)?;
    writeln!(out, "  remarks: {}", one_line(&told)?)?;
    writeln!(out, "  ...")
}

/// A description, in which `#` would begin a directive.
fn text(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('#', "\\#");
    escape::terminal(text.as_bytes()).into_owned()
}
