//! Where reports go: standard output, and the files of `--report`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::cli::Misuse;
use crate::cli::plan::ReportPlan;
use crate::report::{Format, Layout, Report, Totals, View};

/// The reports of a run.
pub(super) struct Output<'a> {
    report: Box<dyn Report>,
    out: &'a mut dyn Write,
    files: Vec<(Box<dyn Report>, BufWriter<File>)>,
    totals: Totals,
}

impl<'a> Output<'a> {
    /// Creates every file, so that one that cannot be is known before anything is sent.
    ///
    /// # Errors
    /// Names the flag and the file.
    pub(super) fn open(plan: &ReportPlan, out: &'a mut dyn Write) -> Result<Self, Misuse> {
        let in_file = Layout { colour: false, ..plan.layout };
        let open = |(format, path): &(Format, PathBuf)| {
            Ok((format.report(in_file), BufWriter::new(create("--report", path)?)))
        };
        Ok(Self {
            report: plan.format.report(plan.layout),
            out,
            files: plan.files.iter().map(open).collect::<Result<_, _>>()?,
            totals: Totals::default(),
        })
    }

    /// Begins a run over so many URLs.
    pub(super) fn begin(&mut self, urls: usize) -> io::Result<()> {
        self.report.begin(self.out, urls)?;
        self.files.iter_mut().try_for_each(|(report, file)| report.begin(file, urls))
    }

    /// Reports one trace, at once.
    pub(super) fn trace(&mut self, view: &View) -> io::Result<()> {
        self.totals.add(view);
        self.report.trace(self.out, view)?;
        self.out.flush()?;
        self.files.iter_mut().try_for_each(|(report, file)| report.trace(file, view))
    }

    /// Ends the run.
    pub(super) fn end(&mut self) -> io::Result<()> {
        self.report.end(self.out, &self.totals)?;
        self.out.flush()?;
        for (report, file) in &mut self.files {
            report.end(file, &self.totals)?;
            file.flush()?;
        }
        Ok(())
    }
}

/// Creates the file that a flag names.
///
/// # Errors
/// Names both.
pub(super) fn create(flag: &str, path: &Path) -> Result<File, Misuse> {
    File::create(path).map_err(|error| {
        Misuse::new(
            format!("{flag}: cannot write {}: {error}", path.display()),
            "check the directory and who may write there",
        )
    })
}
