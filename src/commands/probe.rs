//! `rehop probe`: a client against the lab.

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::Ordering;

use anyhow::Context;

use super::output::OutputFile;
use super::probe_gate::ProbeGate;
use super::{Streams, interrupt, probe_client, probed};
use crate::cli::plan::ProbePlan;
use crate::clients::{NamedProfile, Profile};
use crate::exit::{Exit, RunError, Trouble, UsageError};
use crate::lab::probe::{Command, Difference, Probed, differences};
use crate::report::probe::{self as report, Against, ProbeView};

/// Runs the client through everything, and reports.
///
/// The profile is opened before the first run; where it cannot be written after the last, the report stands.
pub(super) fn probe(plan: &ProbePlan, streams: &mut Streams) -> Result<Exit, RunError> {
    let opened = OpenedProbe::new(plan)?;
    let interrupted = interrupt::flag();
    let probed = probe_client::run(plan, &opened.command, &interrupted, streams.err)?;
    let words = probe_client::shown(&opened.command, plan.secrets);
    let known = opened.known.filter(|_| is_comparable(&probed));
    let known = known.map(|known| Drift::new(known.profile, &probed));
    let written = opened.file.as_ref();
    let written = written.map(|file| {
        Drift::new(
            probed::of(&probed, (file.path, plan.client_version.as_deref()), &words),
            &probed,
        )
    });
    let saved = match (opened.file, &written) {
        (Some(file), Some(written)) => file.write(&written.profile),
        _ => Ok(()),
    };
    let view = ProbeView {
        command: &words,
        probed: &probed,
        against: known.as_ref().map(Drift::shown),
        profile: written.as_ref().map(Drift::shown),
    };
    write(plan, view, streams.out)?;
    let exit = if interrupted.load(Ordering::Relaxed) {
        Exit::Interrupted
    } else {
        opened.gate.exit(view)
    };
    saved
        .map(|()| exit)
        .map_err(|error| Trouble::new("--profile", error.as_ref()).after(exit).into())
}

/// What is read and opened before the first run.
struct OpenedProbe<'a> {
    command: Command,
    gate: ProbeGate,
    /// The client to compare with.
    known: Option<NamedProfile>,
    /// Where the profile is written.
    file: Option<ProfileFile<'a>>,
}

impl<'a> OpenedProbe<'a> {
    fn new(plan: &'a ProbePlan) -> Result<Self, RunError> {
        let command = probe_client::command(plan)?;
        let gate = ProbeGate::parse(&plan.fail_on)?;
        let known = plan.against.as_ref().map(|client| client.open("--against"));
        let known = known.transpose()?;
        let file = plan.profile.as_deref().map(ProfileFile::open).transpose()?;
        Ok(Self {
            command,
            gate,
            known,
            file,
        })
    }
}

/// The file of `--profile`.
struct ProfileFile<'a> {
    path: &'a Path,
    file: OutputFile,
}

impl<'a> ProfileFile<'a> {
    fn open(path: &'a Path) -> Result<Self, UsageError> {
        let file = OutputFile::open("--profile", path)?;
        Ok(Self { path, file })
    }

    fn write(self, profile: &Profile) -> anyhow::Result<()> {
        probed::write(profile, self.file)
            .with_context(|| format!("cannot write {}", self.path.display()))
    }
}

/// Of a client that could not be run there is nothing to compare.
fn is_comparable(probed: &Probed) -> bool {
    probed.cells.iter().any(|cell| cell.outcome.is_ok())
}

/// A profile, and where the client is not as it says.
struct Drift {
    profile: Profile,
    differences: Vec<Difference>,
}

impl Drift {
    fn new(profile: Profile, probed: &Probed) -> Self {
        let differences = differences(&profile.policy, probed);
        Self {
            profile,
            differences,
        }
    }

    fn shown(&self) -> Against<'_> {
        Against {
            name: &self.profile.id,
            version: &self.profile.version,
            differences: &self.differences,
        }
    }
}

fn write(plan: &ProbePlan, view: ProbeView, out: &mut dyn Write) -> io::Result<()> {
    if plan.json {
        return report::json(out, view);
    }
    report::table(out, plan.layout, view)
}
