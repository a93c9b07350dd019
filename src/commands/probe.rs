//! `rehop probe`: a client against the lab.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use tempfile::NamedTempFile;

use super::output::OutputFile;
use super::probe_gate::ProbeGate;
use super::progress::ProgressLine;
use super::{Streams, interrupt, probed};
use crate::cli::plan::ProbePlan;
use crate::clients::Profile;
use crate::exit::{Exit, RunError, Trouble, UsageError};
use crate::lab::probe::{
    self, BODY, BodyFiles, Client, Command, Difference, Probed, Scope, differences,
};
use crate::report::Secrets;
use crate::report::probe::{self as report, Against, View};

/// Runs the client through everything, and reports.
///
/// The profile is opened before the first run; where it cannot be written after the last, the report stands.
pub(super) fn probe(plan: &ProbePlan, streams: &mut Streams) -> Result<Exit, RunError> {
    let command = command(plan)?;
    let gate = ProbeGate::parse(&plan.fail_on)?;
    let known = plan.against.as_ref().map(|client| client.open("--against"));
    let known = known.transpose()?.map(|client| client.profile);
    let file = plan.profile.as_deref();
    let file = file.map(|path| OutputFile::open("--profile", path));
    let file = file.transpose()?;
    let interrupted = interrupt::flag();
    let probed = run(plan, &command, &interrupted, streams.err)?;
    let words: Vec<String> = command
        .words()
        .map(|word| masked(&word.to_string_lossy()))
        .collect();
    // Of a client that could not be run there is nothing to compare.
    let known = known.filter(|_| probed.cells.iter().any(|cell| cell.outcome.is_ok()));
    let drift = known
        .as_ref()
        .map(|known| differences(&known.policy, &probed));
    let profile = plan.profile.as_deref();
    let profile = profile.map(|path| probed::of(&probed, path, &words));
    let missed = profile
        .as_ref()
        .map(|profile| differences(&profile.policy, &probed));
    let view = View {
        command: &words,
        probed: &probed,
        against: against(known.as_ref(), drift.as_deref()),
        profile: against(profile.as_ref(), missed.as_deref()),
    };
    write(plan, view, streams.out)?;
    let exit = if interrupted.load(Ordering::Relaxed) {
        Exit::Interrupted
    } else {
        gate.exit(view)
    };
    if let (Some(profile), Some(file), Some(path)) = (&profile, file, &plan.profile) {
        probed::write(profile, file).map_err(|error| unsaved(error, path, exit))?;
    }
    Ok(exit)
}

/// The client to run.
fn command(plan: &ProbePlan) -> Result<Command, UsageError> {
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

/// What the client does.
fn run(
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

/// A profile and where the client is not as it says.
fn against<'a>(
    profile: Option<&'a Profile>,
    differences: Option<&'a [Difference]>,
) -> Option<Against<'a>> {
    let (profile, differences) = (profile?, differences?);
    Some(Against {
        name: &profile.id,
        version: &profile.version,
        differences,
    })
}

fn scope(plan: &ProbePlan) -> Scope {
    let usual = Scope::default();
    Scope {
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

fn write(plan: &ProbePlan, view: View, out: &mut dyn Write) -> io::Result<()> {
    if plan.json {
        return report::json(out, view);
    }
    report::table(out, plan.layout, view)
}

/// A file that holds this body, for clients that take one by its path.
fn body_file(body: &str) -> Result<NamedTempFile, Trouble> {
    let write = || {
        let mut file = NamedTempFile::new()?;
        file.write_all(body.as_bytes())?;
        Ok(file)
    };
    write().map_err(|error: io::Error| {
        let error = anyhow::Error::from(error);
        Trouble::new(error.context("probe: cannot write a temporary file"), "")
    })
}

/// The profile is lost, in a probe that ended as `exit`.
fn unsaved(error: anyhow::Error, path: &Path, exit: Exit) -> Trouble {
    Trouble {
        so_far: exit,
        ..Trouble::new(error.context(format!("--profile {}", path.display())), "")
    }
}

/// A word of the command without what it holds of secrets: a field as for `-H`, a URL, else as it is.
fn masked(word: &str) -> String {
    match word.split_once(": ") {
        Some((name, value)) => {
            let value = Secrets::Masked.field(name, value.as_bytes());
            format!("{name}: {}", String::from_utf8_lossy(&value))
        }
        None => Secrets::Masked.text(word),
    }
}
