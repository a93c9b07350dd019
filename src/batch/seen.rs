//! Which URLs have been seen, in bounded memory.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use url::Url;

/// URLs that have been seen: of so many different ones the last are known for certain, at most twice as many are.
///
/// Kept as hashes of 64 bits: among a million URLs two meet once in thirty million runs.
#[derive(Debug)]
pub struct SeenUrls {
    most: usize,
    hasher: RandomState,
    /// When the newer are `most` they become the older, and the older are forgotten.
    newer: HashSet<u64>,
    older: HashSet<u64>,
}

impl SeenUrls {
    /// How many different URLs are remembered at least.
    pub const MOST: usize = 1 << 20;

    /// None seen; the last `most` are remembered.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self {
            most,
            hasher: RandomState::new(),
            newer: HashSet::new(),
            older: HashSet::new(),
        }
    }

    /// Notes this URL; whether it is new.
    pub fn is_new(&mut self, url: &Url) -> bool {
        let hash = self.hasher.hash_one(url.as_str());
        if self.newer.contains(&hash) {
            return false;
        }
        let is_new = !self.older.contains(&hash);
        if self.newer.len() >= self.most {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(hash);
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_new_once_and_the_oldest_are_forgotten() {
        let mut seen = SeenUrls::new(2);
        let new: Vec<bool> = "aabacbdefa"
            .chars()
            .map(|c| seen.is_new(&format!("http://h/{c}").parse().unwrap()))
            .collect();
        let expected = [
            true, false, true, false, true, false, true, true, true, true,
        ];
        assert_eq!(new, expected);
    }
}
