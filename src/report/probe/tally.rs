//! What was found in all cells together.

use crate::lab::probe::{Probed, ProbedCell, ProbedNext};
use crate::rules::{Note, Verdict};

/// The requests that followed, with their cells.
pub(super) fn followed(probed: &Probed) -> impl Iterator<Item = (&ProbedCell, &ProbedNext)> {
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
