//! A run over chains: each is reported as it is done, and the gravest exit is the run's.

use std::io::{self, Write};
use std::ops::ControlFlow;

use super::output::Output;
use super::progress::ProgressLine;
use super::worker::Inspected;
use crate::cli::plan::ReportPlan;
use crate::cli::printable;
use crate::exit::{Exit, RunError, Trouble};
use crate::report::case::Case;

/// A run under way.
pub(super) struct ChainRun<'a> {
    output: Output<'a>,
    progress: ProgressLine,
    err: &'a mut dyn Write,
    exit: Exit,
    /// How many chains there are.
    chains: usize,
    /// How many of them were not begun before Ctrl-C.
    left: usize,
    /// Why nothing more can be reported.
    failed: Option<anyhow::Error>,
}

impl<'a> ChainRun<'a> {
    /// Begins a run over so many chains.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub(super) fn begin(
        plan: &ReportPlan,
        chains: usize,
        mut output: Output<'a>,
        err: &'a mut dyn Write,
    ) -> Result<Self, RunError> {
        output
            .begin(chains)
            .map_err(|error| Trouble::output(error.as_ref()))?;
        let progress = ProgressLine::new(plan.progress, chains);
        progress.show(err);
        Ok(Self {
            output,
            progress,
            err,
            exit: Exit::Clean,
            chains,
            left: 0,
            failed: None,
        })
    }

    /// Reports one chain; `None` for one that was not begun. Breaks off where the report cannot be written.
    pub(super) fn take(&mut self, done: Option<io::Result<Inspected>>) -> ControlFlow<()> {
        let Some(done) = done else {
            self.left += 1;
            self.exit = Exit::Interrupted;
            return ControlFlow::Continue(());
        };
        self.progress.step(self.err);
        let reported = done
            .map_err(anyhow::Error::from)
            .and_then(|inspected| self.report(&inspected));
        self.progress.show(self.err);
        match reported {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failed = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn report(&mut self, inspected: &Inspected) -> anyhow::Result<()> {
        self.exit = self.exit.max(inspected.exit);
        let case = Case::of(&inspected.view).with_content(inspected.content.as_deref());
        self.output.case(&case)
    }

    /// Ends the reports; says how many chains were left where the report itself does not.
    ///
    /// # Errors
    /// When the output cannot be written, now or before.
    pub(super) fn end(mut self) -> Result<Exit, RunError> {
        self.progress.erase(self.err);
        if self.left > 0 && self.output.is_for_people() {
            let (left, chains) = (self.left, self.chains);
            let line = format!("interrupted: {left} of {chains} URLs were not inspected");
            say(self.err, "rehop", &line);
        }
        let ended = self.output.end();
        match self.failed.map_or(ended, Err) {
            Ok(()) => Ok(self.exit),
            Err(error) => Err(Trouble::output(error.as_ref()).after(self.exit).into()),
        }
    }
}

/// A line for the user on standard error; where that is gone no line can be read.
pub(super) fn say(err: &mut dyn Write, mark: &str, line: &str) {
    let _ = writeln!(err, "{mark}: {}", printable(line));
}
