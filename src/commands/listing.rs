//! The URLs that a run inspects: those of its lists, but for what has been seen or done.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use url::Url;

use super::resume::DoneUrls;
use crate::batch::SeenUrls;
use crate::intake::{IntakeError, PreparedRequest, UrlList};
use crate::report::Secrets;

/// The URLs that a run inspects, on whichever thread reads them.
pub(super) struct Listing {
    list: UrlList,
    /// Those that were read to know how many there are.
    ahead: VecDeque<Url>,
    /// How many URLs were read, be they inspected or not.
    read: usize,
    seen: Option<SeenUrls>,
    done: Option<DoneBefore>,
    faults: Sender<IntakeError>,
}

/// What was done in an earlier run, and how its report spells a URL.
pub(super) struct DoneBefore {
    pub(super) urls: DoneUrls,
    pub(super) prepared: Arc<PreparedRequest>,
    pub(super) secrets: Secrets,
}

impl Listing {
    /// These URLs, each once where `dedupe` says so; and where the faults of their lists arrive.
    pub(super) fn new(
        list: UrlList,
        dedupe: bool,
        done: Option<DoneBefore>,
    ) -> (Self, Receiver<IntakeError>) {
        let (faults, told) = mpsc::channel();
        let listing = Self {
            list,
            ahead: VecDeque::new(),
            read: 0,
            seen: dedupe.then(|| SeenUrls::new(SeenUrls::MOST)),
            done,
            faults,
        };
        (listing, told)
    }

    /// Reads on until so many are known, or there are no more.
    pub(super) fn look_ahead(&mut self, urls: usize) {
        while self.ahead.len() < urls {
            let Some(url) = self.read() else { return };
            self.ahead.push_back(url);
        }
    }

    /// The first of those read ahead.
    pub(super) fn first(&self) -> Option<&Url> {
        self.ahead.front()
    }

    /// How many URLs the lists have at least, as far as they are known.
    pub(super) fn at_least(&self) -> usize {
        self.list.at_least().max(self.read)
    }

    fn read(&mut self) -> Option<Url> {
        loop {
            match self.list.next()? {
                Err(fault) => drop(self.faults.send(fault)),
                Ok(url) => {
                    self.read += 1;
                    if self.is_due(&url) {
                        return Some(url);
                    }
                }
            }
        }
    }

    fn is_due(&mut self, url: &Url) -> bool {
        self.seen.as_mut().is_none_or(|seen| seen.is_new(url))
            && !self.done.as_mut().is_some_and(|done| done.have(url))
    }
}

impl Iterator for Listing {
    type Item = Url;

    fn next(&mut self) -> Option<Url> {
        self.ahead.pop_front().or_else(|| self.read())
    }
}

impl DoneBefore {
    /// Whether this URL was done, as often as it is listed.
    fn have(&mut self, url: &Url) -> bool {
        let target = self.prepared.request(url).target;
        self.urls.take(&self.secrets.url(target.as_str()))
    }
}
