//! `rehop probe`: a client against the lab.

use std::io::{self, Write};
use std::sync::atomic::Ordering;

use anyhow::Context;

use super::output::OutputFile;
use super::probe_gate::ProbeGate;
use super::{Streams, interrupt, probe_client, probed};
use crate::cli::plan::ProbePlan;
use crate::clients::Profile;
use crate::exit::{Exit, RunError, Trouble};
use crate::lab::probe::{Difference, Probed, differences};
use crate::report::probe::{self as report, Against, ProbeView};

/// Runs the client through everything, and reports.
///
/// The profile is opened before the first run; where it cannot be written after the last, the report stands.
pub(super) fn probe(plan: &ProbePlan, streams: &mut Streams) -> Result<Exit, RunError> {
    let command = probe_client::command(plan)?;
    let gate = ProbeGate::parse(&plan.fail_on)?;
    let known = plan.against.as_ref().map(|client| client.open("--against"));
    let known = known.transpose()?;
    let path = plan.profile.as_deref();
    let file = path.map(|path| OutputFile::open("--profile", path));
    let file = file.transpose()?;
    let interrupted = interrupt::flag();
    let probed = probe_client::run(plan, &command, &interrupted, streams.err)?;
    let words = probe_client::shown(&command);
    // Of a client that could not be run there is nothing to compare.
    let known = known.filter(|_| probed.cells.iter().any(|cell| cell.outcome.is_ok()));
    let known = known.map(|known| Drift::new(known.profile, &probed));
    let written = path.map(|path| {
        Drift::new(
            probed::of(&probed, (path, plan.client_version.as_deref()), &words),
            &probed,
        )
    });
    let saved = match (&written, file, path) {
        (Some(written), Some(file), Some(path)) => probed::write(&written.profile, file)
            .with_context(|| format!("cannot write {}", path.display())),
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
        gate.exit(view)
    };
    match saved {
        Ok(()) => Ok(exit),
        Err(error) => Err(Trouble::new("--profile", error.as_ref()).after(exit).into()),
    }
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
