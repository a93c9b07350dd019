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
        let beside = if length.is_none_or(|length| length >= MUCH) {
            beside()
        } else {
            None
        };
        Self {
            bytes: 0,
            hasher: beside.unwrap_or_else(|| Hasher::Here(Context::new(&SHA256))),
        }
    }

    /// Adds what stands in `range` of `piece`, and gives a piece to fill in its place, of the same size.
    pub(super) fn add(&mut self, piece: Vec<u8>, range: Range<usize>) -> Vec<u8> {
        self.bytes += range.len() as u64;
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

/// A hasher on a thread of its own; `None` where the system has no thread to give.
fn beside() -> Option<Hasher> {
    let (written, pieces) = channel::<(Vec<u8>, Range<usize>)>();
    let (emptied, hashed) = channel();
    for _ in 0..SPARE {
        emptied.send(Vec::new()).ok()?;
    }
    let hash_all = move || {
        let mut hash = Context::new(&SHA256);
        for (piece, range) in pieces {
            hash.update(&piece[range]);
            // Nobody fills a piece any more once all is written.
            drop(emptied.send(piece));
        }
        hash
    };
    let thread = thread::Builder::new()
        .name("hash".to_owned())
        .spawn(hash_all)
        .ok()?;
    Some(Hasher::Beside {
        written,
        hashed,
        thread,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
