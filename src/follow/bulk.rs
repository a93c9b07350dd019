//! Many chains at once, told one by one.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;

/// How chains that are done are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultOrder {
    /// In the order in which they were given.
    AsGiven,
    /// As soon as each is done.
    AsDone,
}

/// How far each worker may run ahead of a chain that holds up the telling: bounds what is kept of those done meanwhile.
const AHEAD: usize = 4;

/// How many results may wait at once where so many workers run: what each of them may take is a part of what all may.
#[must_use]
pub fn most_waiting(workers: NonZeroUsize) -> usize {
    match workers.get() {
        1 => 1,
        workers => AHEAD.saturating_mul(workers),
    }
}

/// Runs `jobs` jobs on `workers` threads; each worker makes what it works with by `equip` and runs a job by `work`, which
/// gets its number, counted from 0. `tell`, on the calling thread, gets each result, and can end it all.
///
/// Jobs under way are finished when `tell` breaks off; no further one is begun.
///
/// # Panics
/// Where a job does; the others under way are finished first.
pub fn bulk<T, R: Send>(
    (jobs, workers, order): (usize, NonZeroUsize, ResultOrder),
    equip: &(dyn Fn() -> T + Sync),
    work: &(dyn Fn(&mut T, usize) -> R + Sync),
    tell: &mut dyn FnMut(R) -> ControlFlow<()>,
) {
    let alone = |tell: &mut dyn FnMut(R) -> ControlFlow<()>| {
        let mut with = equip();
        let _ = (0..jobs).try_for_each(|n| tell(work(&mut with, n)));
    };
    if workers.get().min(jobs) <= 1 {
        // No thread for what one can do.
        return alone(tell);
    }
    let line = JobQueue {
        ahead: most_waiting(workers),
        ..JobQueue::default()
    };
    let (done, results) = mpsc::sync_channel(workers.get());
    thread::scope(|scope| {
        let started = (0..workers.get().min(jobs)).map_while(|_| {
            let (done, line) = (done.clone(), &line);
            // Where the system gives no further thread, those that there are do all of it.
            let thread = thread::Builder::new().spawn_scoped(scope, move || {
                let _closing = ClosesOnPanic(line);
                let mut with = equip();
                // Nobody listens any more where sending fails.
                let mut run = |n| done.send((n, work(&mut with, n))).is_ok();
                while line.take(jobs).is_some_and(&mut run) {}
            });
            thread.ok()
        });
        let started = started.count();
        drop(done);
        if started == 0 {
            return alone(tell);
        }
        tell_all(results, order, &line, tell);
    });
}

fn tell_all<R>(
    results: mpsc::Receiver<(usize, R)>,
    order: ResultOrder,
    line: &JobQueue,
    tell: &mut dyn FnMut(R) -> ControlFlow<()>,
) {
    let mut waiting = BTreeMap::new();
    let mut told = 0;
    for (n, result) in results {
        let key = if order == ResultOrder::AsGiven {
            n
        } else {
            told + waiting.len()
        };
        waiting.insert(key, result);
        while let Some(result) = waiting.remove(&told) {
            told += 1;
            line.told();
            if tell(result).is_break() {
                line.close();
                return;
            }
        }
    }
}

/// The jobs not yet begun.
#[derive(Default)]
struct JobQueue {
    /// How many jobs may be taken beyond those told.
    ahead: usize,
    state: Mutex<Taken>,
    moved: Condvar,
}

#[derive(Default)]
struct Taken {
    next: usize,
    told: usize,
    closed: bool,
}

impl JobQueue {
    /// The next job; waits while the telling is too far behind. `None` when there is none left.
    fn take(&self, jobs: usize) -> Option<usize> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !state.closed && state.next < jobs && state.next >= state.told + self.ahead {
            state = self
                .moved
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let n = (!state.closed && state.next < jobs).then_some(state.next)?;
        state.next += 1;
        Some(n)
    }

    fn told(&self) {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .told += 1;
        self.moved.notify_all();
    }

    fn close(&self) {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .closed = true;
        self.moved.notify_all();
    }
}

/// Held by a worker: a job that panics is never told, and nobody should wait for it.
struct ClosesOnPanic<'l>(&'l JobQueue);

impl Drop for ClosesOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn workers(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    fn run(jobs: usize, order: ResultOrder, work: &(dyn Fn(usize) + Sync)) -> Vec<usize> {
        let mut told = Vec::new();
        let work = |(): &mut (), n| {
            work(n);
            n
        };
        bulk((jobs, workers(4), order), &|| (), &work, &mut |n| {
            told.push(n);
            ControlFlow::Continue(())
        });
        told
    }

    #[test]
    fn each_job_is_told_once_in_the_order_asked_for() {
        let first_is_slow = |n| {
            if n == 0 {
                thread::sleep(Duration::from_millis(50));
            }
        };
        let given: Vec<usize> = (0..3000).collect();
        assert_eq!(run(3000, ResultOrder::AsGiven, &first_is_slow), given);
        let mut told = run(3000, ResultOrder::AsDone, &first_is_slow);
        assert_ne!(told[0], 0, "the slow one holds up nobody");
        told.sort_unstable();
        assert_eq!(told, given);
        assert_eq!(run(0, ResultOrder::AsGiven, &|_| {}), [0; 0]);
    }

    #[test]
    fn workers_do_not_run_far_ahead_of_a_chain_that_hangs() {
        let begun = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        run(3000, ResultOrder::AsGiven, &|n| {
            begun.fetch_add(1, Ordering::SeqCst);
            if n == 0 {
                thread::sleep(Duration::from_millis(100));
                most.store(begun.load(Ordering::SeqCst), Ordering::SeqCst);
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 4 * AHEAD, "{most:?}");
    }

    #[test]
    fn nobody_waits_for_a_job_that_panics() {
        let begun = AtomicUsize::new(0);
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            run(3000, ResultOrder::AsGiven, &|n| {
                begun.fetch_add(1, Ordering::SeqCst);
                assert!(n != 7, "a fault of the job");
            });
        }));
        assert!(ended.is_err());
        assert!(begun.load(Ordering::SeqCst) < 100, "{begun:?}");
    }

    #[test]
    fn breaking_off_begins_nothing_more() {
        let begun = AtomicUsize::new(0);
        let work = |(): &mut (), _| begun.fetch_add(1, Ordering::SeqCst);
        let mut told = 0;
        bulk(
            (10_000, workers(3), ResultOrder::AsDone),
            &|| (),
            &work,
            &mut |_| {
                told += 1;
                if told == 5 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        assert_eq!(told, 5);
        assert!(begun.load(Ordering::SeqCst) < 100, "{begun:?}");
    }
}
