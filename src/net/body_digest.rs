//! Length and hash of the content that was really written, counted piece by piece behind the writing.

use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use ring::digest::{Context, SHA256};

use crate::model::Digest;

/// From this length on, in bytes, hashing on a thread of its own is worth its start.
const MUCH: u64 = 1 << 20;
/// How many pieces may wait to be hashed; together they bound the memory of an upload.
const SPARE: usize = 4;

/// Counts and hashes.
pub(super) struct BodyDigest {
    bytes: u64,
    hasher: Hasher,
}

enum Hasher {
    Here(Context),
    /// Hashing takes about as long as sending over a loopback: side by side they take as long as one.
    Beside {
        written: Sender<(Vec<u8>, Range<usize>)>,
        hashed: Receiver<Vec<u8>>,
        thread: JoinHandle<Context>,
    },
}

impl BodyDigest {
    /// A tally of nothing yet; `length` is how much there will be, where that is known.
    pub(super) fn new(length: Option<u64>) -> Self {
        let begun = Context::new(&SHA256);
        let hasher = if length.is_some_and(|length| length >= MUCH) {
            beside(begun)
        } else {
            Hasher::Here(begun)
        };
        Self { bytes: 0, hasher }
    }

    /// Adds what stands in `range` of `piece`, and gives a piece to fill in its place, of the same size.
    pub(super) fn add(&mut self, piece: Vec<u8>, range: Range<usize>) -> Vec<u8> {
        let was_little = self.bytes < MUCH;
        self.bytes += range.len() as u64;
        if let Hasher::Here(hash) = &self.hasher
            && was_little
            && self.bytes >= MUCH
        {
            // Content of a length that nobody knew turns out to be much.
            self.hasher = beside(hash.clone());
        }
        match &mut self.hasher {
            Hasher::Here(hash) => {
                hash.update(&piece[range]);
                piece
            }
            Hasher::Beside {
                written, hashed, ..
            } => {
                let size = piece.len();
                // The thread lives as long as both channels: neither end can be gone.
                drop(written.send((piece, range)));
                let mut next = hashed.recv().unwrap_or_default();
                next.resize(size, 0);
                next
            }
        }
    }

    /// The digest of all that was added; `complete` says whether that is all there was.
    pub(super) fn digest(self, complete: bool) -> Digest {
        let hash = match self.hasher {
            Hasher::Here(hash) => hash,
            Hasher::Beside {
                written, thread, ..
            } => {
                drop(written);
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            }
        };
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(hash.finish().as_ref());
        Digest {
            bytes: self.bytes,
            sha256,
            complete,
        }
    }
}

/// A hasher that goes on with `begun` on a thread of its own, or here where the system has no thread to give.
fn beside(begun: Context) -> Hasher {
    let (written, pieces) = channel::<(Vec<u8>, Range<usize>)>();
    let (emptied, hashed) = channel();
    for _ in 0..SPARE {
        // Both ends are held here.
        drop(emptied.send(Vec::new()));
    }
    let mut hash = begun.clone();
    let hash_all = move || {
        for (piece, range) in pieces {
            hash.update(&piece[range]);
            // Nobody fills a piece any more once all is written.
            drop(emptied.send(piece));
        }
        hash
    };
    let thread = thread::Builder::new().name("hash".to_owned());
    match thread.spawn(hash_all) {
        Ok(thread) => Hasher::Beside {
            written,
            hashed,
            thread,
        },
        Err(_) => Hasher::Here(begun),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_is_started_for_much_and_no_sooner() {
        let is_beside = |tally: &BodyDigest| matches!(tally.hasher, Hasher::Beside { .. });
        for (length, at_first) in [(Some(3), false), (None, false), (Some(MUCH), true)] {
            assert_eq!(is_beside(&BodyDigest::new(length)), at_first, "{length:?}");
        }
        let (mut tally, half) = (BodyDigest::new(None), vec![7; 1 << 19]);
        let piece = tally.add(half, 0..1 << 19);
        assert!(!is_beside(&tally));
        tally.add(vec![7; piece.len()], 0..1 << 19);
        assert!(is_beside(&tally));
        let whole = ring::digest::digest(&SHA256, &vec![7; 1 << 20]);
        assert_eq!(tally.digest(true).sha256, whole.as_ref());
    }

    #[test]
    fn both_ways_of_hashing_agree() {
        for length in [Some(3), Some(MUCH), None] {
            let mut tally = BodyDigest::new(length);
            let mut piece = vec![0; 8];
            for n in 0..100u8 {
                piece.fill(n);
                piece = tally.add(piece, 2..usize::from(n % 7) + 2);
                assert_eq!(piece.len(), 8);
            }
            let whole: Vec<u8> = (0..100u8)
                .flat_map(|n| vec![n; usize::from(n % 7)])
                .collect();
            let digest = tally.digest(true);
            assert_eq!(digest.bytes, whole.len() as u64);
            assert_eq!(
                digest.sha256,
                ring::digest::digest(&SHA256, &whole).as_ref()
            );
        }
    }
}
