//! What a probe found: for people ([`table`]) and for programs ([`json`]).

mod blame;
mod drift;
mod json;
mod matrix;
mod odd;
mod rest;
mod table;

pub use drift::Against;
pub use json::{document, json};
pub use table::{sentence, table};

use crate::lab::probe::{Probed, ProbedCell, ProbedNext};
use crate::rules::{Note, Verdict};

/// A client that was probed.
#[derive(Debug, Clone, Copy)]
pub struct ProbeView<'a> {
    /// Its command, a word each, without secrets.
    pub command: &'a [String],
    /// What was found.
    pub probed: &'a Probed,
    /// The profile that it was compared with.
    pub against: Option<Against<'a>>,
    /// The profile that was written, and what of the client it does not say.
    pub profile: Option<Against<'a>>,
}

/// The requests that followed, with their cells.
fn followed(probed: &Probed) -> impl Iterator<Item = (&ProbedCell, &ProbedNext)> {
    probed
        .cells
        .iter()
        .filter_map(|cell| Some((cell, cell.outcome.as_ref().ok()?.next.as_ref()?)))
}

/// Every finding that was raised, each as often as it was.
pub fn findings(probed: &Probed) -> impl Iterator<Item = &'static Note> + '_ {
    let odd = probed
        .odd
        .iter()
        .filter_map(|odd| odd.outcome.as_ref().ok())
        .flat_map(|reading| &reading.findings);
    let cells = followed(probed).flat_map(|(_, next)| &next.findings);
    cells.chain(odd).copied().chain(probed.limits.findings())
}

/// How many cells there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// At each level, in the order of [`Verdict::ALL`].
    pub levels: [usize; 5],
    /// Not followed, which is never a violation.
    pub not_followed: usize,
    /// Not measured.
    pub not_measured: usize,
}

impl Tally {
    /// Counts the cells.
    #[must_use]
    pub fn of(probed: &Probed) -> Self {
        let mut tally = Self::default();
        for cell in &probed.cells {
            match cell.outcome.as_ref().map(|outcome| outcome.next.as_ref()) {
                Err(_) => tally.not_measured += 1,
                Ok(None) => tally.not_followed += 1,
                Ok(Some(next)) => tally.levels[next.verdict as usize] += 1,
            }
        }
        tally
    }

    /// How many there are at this level.
    #[must_use]
    pub fn at(&self, level: Verdict) -> usize {
        self.levels[level as usize]
    }

    /// How many cells were measured.
    #[must_use]
    pub fn measured(&self) -> usize {
        self.levels.iter().sum::<usize>() + self.not_followed
    }
}
