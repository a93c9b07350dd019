//! A run over chains: each is reported as it is done, and the gravest exit is the run's.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::mpsc::Receiver;

use super::output::Output;
use super::progress::ProgressLine;
use super::resume::ResumedReport;
use super::worker::Inspected;
use crate::batch::{BatchTeller, Leftover};
use crate::cli::args::OnlyArg;
use crate::cli::plan::ReportPlan;
use crate::cli::printable;
use crate::exit::{Exit, RunError, Trouble};
use crate::follow::EndKind;
use crate::intake::IntakeError;
use crate::report::View;
use crate::report::case::Case;

/// What is known of a run before it begins.
pub(super) struct RunScope {
    /// How many chains there are at least.
    pub(super) chains: usize,
    /// Whether these are all.
    pub(super) are_all: bool,
    /// How what was done before ended.
    pub(super) before: Exit,
    /// The report that is gone on with.
    pub(super) resumed: Option<ResumedReport>,
    /// Which chains are reported; `None` for all.
    pub(super) only: Option<OnlyArg>,
    /// Where lines that are no URLs arrive, when they come.
    pub(super) faults: Option<Receiver<IntakeError>>,
}

/// A run under way.
pub(super) struct ChainRun<'a> {
    output: Output<'a>,
    progress: ProgressLine,
    err: &'a mut dyn Write,
    exit: Exit,
    scope: RunScope,
    /// How many chains were told.
    told: usize,
    /// How many of them were not interrupted.
    done: usize,
    /// Why nothing more can be reported.
    failed: Option<anyhow::Error>,
}

impl RunScope {
    /// So many chains.
    pub(super) fn of(chains: usize) -> Self {
        Self {
            chains,
            are_all: true,
            before: Exit::Clean,
            resumed: None,
            only: None,
            faults: None,
        }
    }

    /// Names the lines that are no URLs and have come meanwhile; whether there were any.
    pub(super) fn tell_faults(&self, err: &mut dyn Write) -> bool {
        let mut told = false;
        for fault in self.faults.iter().flat_map(Receiver::try_iter) {
            told = true;
            for line in RunError::from(fault).lines() {
                let _ = writeln!(err, "{}", printable(&line));
            }
        }
        told
    }
}

impl<'a> ChainRun<'a> {
    /// Begins a run over these chains.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub(super) fn begin(
        plan: &ReportPlan,
        scope: RunScope,
        mut output: Output<'a>,
        err: &'a mut dyn Write,
    ) -> Result<Self, RunError> {
        output
            .begin(scope.chains)
            .map_err(|error| Trouble::output(error.as_ref()))?;
        let total = scope.are_all.then_some(scope.chains);
        let progress = ProgressLine::new(plan.progress, total);
        progress.show(err);
        Ok(Self {
            output,
            progress,
            err,
            exit: scope.before,
            scope,
            told: 0,
            done: 0,
            failed: None,
        })
    }

    fn report(&mut self, inspected: &Inspected) -> anyhow::Result<()> {
        let view = &inspected.view;
        self.exit = self.exit.max(inspected.exit);
        self.told += 1;
        self.done += usize::from(view.end.kind.0 != EndKind::Interrupted);
        if let Some(resumed) = &mut self.scope.resumed {
            resumed.add(view)?;
        }
        if self.scope.only.is_none_or(|only| admits(only, view)) {
            let case = Case::of(view).with_content(inspected.content.as_deref());
            self.output.case(&case)?;
        }
        Ok(())
    }

    /// Names the lines that are no URLs and have come meanwhile.
    fn name_faults(&mut self) {
        self.progress.erase(self.err);
        if self.scope.tell_faults(self.err) {
            self.exit = self.exit.max(Exit::Misuse);
        }
    }

    /// Ends the reports; where Ctrl-C ended the run, says how many chains were `left`.
    ///
    /// # Errors
    /// When the output cannot be written, now or before.
    pub(super) fn end(mut self, left: Leftover, interrupted: bool) -> Result<Exit, RunError> {
        self.name_faults();
        self.progress.erase(self.err);
        if interrupted && (left.urls > 0 || !left.read_to_end) {
            self.exit = Exit::Interrupted;
            let is_list = self.scope.faults.is_some();
            if self.output.is_for_people() || is_list {
                let line = format!("interrupted: {}", self.left_over(left));
                say(self.err, "rehop", &line);
            }
        }
        let ended = self.output.end();
        match self.failed.map_or(ended, Err) {
            Ok(()) => Ok(self.exit),
            Err(error) => Err(Trouble::output(error.as_ref()).after(self.exit).into()),
        }
    }

    /// What is done and what is not.
    fn left_over(&self, left: Leftover) -> String {
        let (done, chains) = (self.done, self.scope.chains);
        let most = chains.saturating_sub(self.told);
        match (self.scope.are_all, left.read_to_end) {
            (true, true) => format!("{} of {chains} URLs were not inspected", left.urls),
            (true, false) => format!("{most} of {chains} URLs were not inspected"),
            (false, true) => format!("{done} URLs were inspected, {} were not", left.urls),
            (false, false) => {
                let read = left.urls;
                format!(
                    "{done} URLs were inspected, {read} that were read and all further ones were not"
                )
            }
        }
    }
}

impl BatchTeller<io::Result<Inspected>> for ChainRun<'_> {
    /// Reports one chain. Breaks off where the report cannot be written.
    fn take(&mut self, done: io::Result<Inspected>) -> ControlFlow<()> {
        self.progress.erase(self.err);
        if let Ok(inspected) = &done {
            self.progress.step(&inspected.view);
        }
        let reported = done
            .map_err(anyhow::Error::from)
            .and_then(|inspected| self.report(&inspected));
        self.tick();
        match reported {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failed = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn tick(&mut self) {
        self.name_faults();
        self.progress.show(self.err);
    }
}

/// Whether a chain is one of those that alone are reported.
fn admits(only: OnlyArg, view: &View) -> bool {
    match only {
        OnlyArg::Redirects => view.summary.redirects > 0,
        OnlyArg::Problems => {
            view.end.kind.0 != EndKind::Landed
                || view.end.status.is_some_and(|status| status >= 400)
                || view
                    .expectations
                    .iter()
                    .any(|expectation| !expectation.held)
        }
    }
}

/// A line for the user on standard error; where that is gone no line can be read.
pub(super) fn say(err: &mut dyn Write, mark: &str, line: &str) {
    let _ = writeln!(err, "{mark}: {}", printable(line));
}
