//! What a probe found out.

use std::sync::Arc;

use super::super::journal::Arrival;
use super::answers::ProbedAnswer;
use super::cell::ProbedCell;
use super::notes;
use super::odd::Odd;
use super::probe_request::ProbeRequest;
use super::situation;
use crate::clients::Crossing;
use crate::model::Method;
use crate::rules::Note;

/// What a probe has to say of a client.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Probed {
    /// What it sends to a plain 200, for each thing that it was asked for, or why it cannot be judged.
    pub starts: Vec<Start>,
    /// What it did at each redirect.
    pub cells: Vec<ProbedCell>,
    /// How many redirects it follows.
    pub limits: LimitsSeen,
    /// What it made of odd Locations.
    pub odd: Vec<Odd>,
    /// The crossings at which it was not tried, and why: it does not reach the lab so.
    pub unreached: Vec<(Crossing, String)>,
    /// What it did with redirects that are themselves at fault.
    pub answers: Vec<ProbedAnswer>,
    /// Runs of the client.
    pub runs: usize,
}

/// The client without a redirect.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Start {
    /// What it was asked for.
    pub ask: ProbeRequest,
    /// What it sent, or why its redirects were not looked at.
    pub request: Result<Arc<Arrival>, String>,
}

/// How many redirects a client follows.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LimitsSeen {
    /// Along a chain of [`LONGEST_CHAIN`] URLs.
    pub chain: Result<Limit, String>,
    /// Round and round one URL.
    pub looped: Result<Limit, String>,
}

/// Where a client stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limit {
    /// Redirects followed; `None` where there was no end to it.
    pub followed: Option<usize>,
    /// Whether it then ended with an error.
    pub failed: bool,
}

/// Redirects after which a client counts as one without a limit.
pub const LONGEST_CHAIN: usize = 150;
/// Redirects that Fetch allows: <https://fetch.spec.whatwg.org/#http-redirect-fetch>, step 7.
pub(super) const FETCH_LIMIT: usize = 20;
/// Runs of one kind that may hang before no more are tried.
pub(super) const PATIENCE: usize = 2;
/// More requests than any redirect of the matrix leads to: a client that goes on is ended.
pub(super) const ENOUGH: usize = 1000;

impl LimitsSeen {
    /// What is to be said of them.
    #[must_use]
    pub fn findings(&self) -> Vec<&'static Note> {
        let both: Vec<_> = [&self.chain, &self.looped]
            .into_iter()
            .filter_map(|limit| limit.as_ref().ok())
            .collect();
        let endless = both.iter().any(|limit| limit.followed.is_none());
        let many = both.iter().any(|limit| {
            limit
                .followed
                .is_some_and(|followed| followed > FETCH_LIMIT)
        });
        let raised = [
            (endless, &notes::ENDLESS),
            (many && !endless, &notes::MANY_FOLLOWED),
        ];
        raised
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, note)| note)
            .collect()
    }
}

impl Probed {
    /// Methods that the client cannot be made to send: its command has no place for them, or it sends another.
    #[must_use]
    pub fn unasked(&self) -> Vec<Method> {
        let sent = self
            .starts
            .iter()
            .filter_map(|start| start.request.as_ref().ok());
        let sent: Vec<&str> = sent.map(|first| first.method.as_str()).collect();
        let tells = self.starts.iter().all(|start| start.ask.method.is_some());
        let asked = |method: &Method| {
            self.starts
                .iter()
                .any(|start| start.ask.method.as_ref() == Some(method))
        };
        situation::methods()
            .filter(|m| !sent.contains(&m.as_str()) && (!tells || asked(m)))
            .collect()
    }

    /// The crossings at which nothing is known of the client.
    #[must_use]
    pub fn unseen(&self) -> Vec<Crossing> {
        let is_known = |crossing: &Crossing| {
            let mut there = self.cells.iter().filter(|cell| cell.crossing == *crossing);
            there.any(|cell| cell.outcome.is_ok())
        };
        let mut crossings = Crossing::ALL.to_vec();
        crossings.retain(|crossing| !is_known(crossing));
        crossings
    }

    /// The method that the client sends by itself, where it is not told one.
    #[must_use]
    pub fn own_method(&self) -> Option<Method> {
        let start = self
            .starts
            .iter()
            .find(|start| start.ask.method.is_none())?;
        Method::new(&start.request.as_ref().ok()?.method).ok()
    }
}
