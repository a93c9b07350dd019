//! The client of a probe: its command, and what it does when it is run.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;
use std::thread;

use tempfile::NamedTempFile;

use super::progress::ProgressLine;
use crate::cli::plan::ProbePlan;
use crate::exit::{RunError, Trouble, UsageError};
use crate::lab::probe::{self, BODY, BodyFiles, Client, Command, ProbeScope, Probed};
use crate::report::Secrets;

/// The client to run.
///
/// # Errors
/// Where the command has no place for the URL, or none for the methods that were asked for.
pub(super) fn command(plan: &ProbePlan) -> Result<Command, UsageError> {
    let command = Command::new(&plan.command).map_err(|unusable| {
        UsageError::new(
            format!("probe: {unusable}"),
            "write it as in `rehop probe -- curl -sL {url}`",
        )
    })?;
    if !plan.methods.is_empty() && !command.takes_method() {
        return Err(UsageError::new(
            "--method: the command has no {method} in it",
            "put {method} where the client takes it",
        ));
    }
    Ok(command)
}

/// What the client does; shows on `err` how far it is.
///
/// # Errors
/// Where there is no such program, or no temporary file can be written.
pub(super) fn run(
    plan: &ProbePlan,
    command: &Command,
    interrupted: &AtomicBool,
    err: &mut dyn Write,
) -> Result<Probed, RunError> {
    let (full, empty) = (body_file(BODY)?, body_file("")?);
    let client = Client {
        command,
        files: &BodyFiles {
            full: full.path().into(),
            empty: empty.path().into(),
        },
        scope: &scope(plan),
        timeout: plan.timeout,
        interrupted,
    };
    let jobs = plan
        .jobs
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    let mut line = ProgressLine::doing("probing: ", plan.progress);
    let probed = probe::probe(&client, jobs, &mut |now| line.reach(now.done, now.all, err));
    line.erase(err);
    probed.map_err(|probe::NoClient(why)| {
        let program = command.program().to_string_lossy();
        let hint = "the command after `--` is run as it stands, without a shell";
        UsageError::new(format!("probe: {program}: {why}"), hint).into()
    })
}

/// The words of the command as reports show them.
pub(super) fn shown(command: &Command, secrets: Secrets) -> Vec<String> {
    let words: Vec<String> = command
        .words()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    secrets.words(&words)
}

fn scope(plan: &ProbePlan) -> ProbeScope {
    let usual = ProbeScope::default();
    ProbeScope {
        codes: if plan.statuses.is_empty() {
            usual.codes
        } else {
            plan.statuses.clone()
        },
        methods: if plan.methods.is_empty() {
            usual.methods
        } else {
            plan.methods.clone()
        },
    }
}

/// A file that holds this body, for clients that take one by its path.
fn body_file(body: &str) -> Result<NamedTempFile, Trouble> {
    let write = || {
        let mut file = NamedTempFile::new()?;
        file.write_all(body.as_bytes())?;
        Ok(file)
    };
    write().map_err(|error: io::Error| Trouble::new("probe: cannot write a temporary file", &error))
}
