//! Many runs at once, told of on one thread.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Does `work` on each item, `jobs` at once; the results in the order of the items. `done` is called on this thread for
/// each that is finished.
pub(super) fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    jobs: NonZeroUsize,
    work: impl Fn(&T) -> R + Sync,
    done: &mut dyn FnMut(),
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    let take = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        items.get(at).map(|item| (at, item))
    };
    let mut results: Vec<(usize, R)> = Vec::with_capacity(items.len());
    thread::scope(|scope| {
        for _ in 0..jobs.get().min(items.len()) {
            let (send, take, work) = (send.clone(), &take, &work);
            // It is received as long as the scope lasts.
            let thread = thread::Builder::new().spawn_scoped(scope, move || {
                while let Some((at, item)) = take()
                    && send.send((at, work(item))).is_ok()
                {}
            });
            if thread.is_err() {
                // Those that there are do all of it.
                break;
            }
        }
        drop(send);
        for result in receive {
            results.push(result);
            done();
        }
    });
    // Where the system gave no thread at all.
    while let Some((at, item)) = take() {
        results.push((at, work(item)));
        done();
    }
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_done_once_and_in_order() {
        let items: Vec<u32> = (0..100).collect();
        for jobs in [1, 3, 200] {
            let mut done = 0;
            let doubled = in_parallel(
                &items,
                NonZeroUsize::new(jobs).unwrap(),
                |n| n * 2,
                &mut || done += 1,
            );
            assert_eq!(
                (doubled, done),
                (items.iter().map(|n| n * 2).collect(), 100)
            );
        }
        assert!(in_parallel(&[0_u8; 0], NonZeroUsize::MIN, |_| (), &mut || ()).is_empty());
    }
}
