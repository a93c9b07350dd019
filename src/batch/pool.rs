//! The threads of a batch.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use url::Url;

use super::gate::Errand;
use super::queue::{Queue, TICK};
use super::{BatchOptions, Leftover, ResultOrder, Transient, UrlFeed};

/// Who works, and how.
pub struct Crew<'c, T, R> {
    /// Makes what one worker works with.
    pub equip: &'c (dyn Fn() -> T + Sync),
    /// Inspects one URL, over the errand's transport; and says whether it may go better another time.
    #[expect(clippy::type_complexity, reason = "a function")]
    pub work: &'c (dyn Fn(&mut T, &Url, &Errand<'_>) -> (R, Option<Transient>) + Sync),
}

/// Who is told of what is done, on the thread that began the batch.
pub trait BatchTeller<R> {
    /// Takes a result, and can end it all: jobs under way are finished, no further one is begun.
    fn take(&mut self, result: R) -> ControlFlow<()>;

    /// Some time has passed.
    fn tick(&mut self);
}

/// Inspects every URL of the feed, and tells each result once.
///
/// # Panics
/// Where a job does; the others under way are finished first.
pub fn bulk<T, R: Send>(
    options: BatchOptions,
    feed: UrlFeed,
    crew: &Crew<'_, T, R>,
    teller: &mut dyn BatchTeller<R>,
) -> Leftover {
    let (workers, order) = (options.workers.get(), options.order);
    let queue = Arc::new(Queue::new(options));
    // No thread for what one can do.
    let is_small = workers == 1 && !feed.is_slow;
    let feed = if is_small {
        Some(feed)
    } else {
        read(&queue, feed)
    };
    if let Some(feed) = feed {
        alone(&queue, Some(feed), crew, teller);
        return queue.leftover();
    }
    let (done, results) = mpsc::sync_channel(workers);
    thread::scope(|scope| {
        let started = (0..workers).map_while(|_| {
            let (done, queue) = (done.clone(), &*queue);
            // Where the system gives no further thread, those that there are do all of it.
            let thread = thread::Builder::new().spawn_scoped(scope, move || {
                let _closing = ClosesOnPanic(queue);
                let mut with = (crew.equip)();
                // Nobody listens any more where sending fails.
                let mut send = |result: Option<_>| result.is_none_or(|r| done.send(r).is_ok());
                while one(queue, crew, &mut with).is_some_and(&mut send) {}
            });
            thread.ok()
        });
        let started = started.count();
        drop(done);
        if started == 0 {
            return alone(&queue, None, crew, teller);
        }
        tell_all(&results, order, &queue, teller);
        queue.close();
        // Who still waits to be heard is heard no more.
        drop(results);
    });
    queue.leftover()
}

/// Does one job: `None` where there is none, nothing within where it is tried again.
#[expect(clippy::option_option, reason = "a job, and its result")]
fn one<T, R>(queue: &Queue, crew: &Crew<'_, T, R>, with: &mut T) -> Option<Option<(usize, R)>> {
    let (job, entry) = queue.take()?;
    let errand = Errand::new(queue, job.host.clone(), entry);
    let (result, transient) = (crew.work)(with, &job.url, &errand);
    drop(errand);
    let done = queue.finish(job, transient);
    Some(done.map(|job| (job.n, result)))
}

/// Does all of it on this thread, which also reads the feed, where nobody else does.
fn alone<T, R>(
    queue: &Queue,
    mut feed: Option<UrlFeed>,
    crew: &Crew<'_, T, R>,
    teller: &mut dyn BatchTeller<R>,
) {
    let mut with = (crew.equip)();
    loop {
        if let Some(feed) = &mut feed {
            fill(queue, feed);
        }
        let Some(result) = one(queue, crew, &mut with) else {
            return;
        };
        let Some((_, result)) = result else { continue };
        queue.told();
        if teller.take(result).is_break() {
            return queue.close();
        }
    }
}

/// Reads as much of the feed as the queue has room for.
fn fill(queue: &Queue, feed: &mut UrlFeed) {
    while queue.is_open() {
        match feed.urls.next() {
            Some(url) => drop(queue.push(url)),
            None => return queue.end(),
        }
    }
}

/// Reads the feed on a thread of its own, which nobody waits for: a pipe may stay open as long as it likes. Gives the feed
/// back where the system gives no thread.
fn read(queue: &Arc<Queue>, feed: UrlFeed) -> Option<UrlFeed> {
    let feed = Arc::new(Mutex::new(Some(feed)));
    let (queue, shared) = (Arc::clone(queue), Arc::clone(&feed));
    let taken =
        |feed: &Mutex<Option<UrlFeed>>| feed.lock().unwrap_or_else(PoisonError::into_inner).take();
    let reading = move || {
        let urls = taken(&shared).into_iter().flat_map(|feed| feed.urls);
        for url in urls {
            if !queue.push(url) {
                return;
            }
        }
        queue.end();
    };
    match thread::Builder::new().spawn(reading) {
        Ok(_) => None,
        Err(_) => taken(&feed),
    }
}

fn tell_all<R>(
    results: &Receiver<(usize, R)>,
    order: ResultOrder,
    queue: &Queue,
    teller: &mut dyn BatchTeller<R>,
) {
    let mut waiting = BTreeMap::new();
    let mut told = 0;
    loop {
        let (n, result) = match results.recv_timeout(TICK) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) => {
                teller.tick();
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        };
        if order == ResultOrder::AsDone {
            if teller.take(result).is_break() {
                return;
            }
            continue;
        }
        waiting.insert(n, result);
        while let Some(result) = waiting.remove(&told) {
            told += 1;
            queue.told();
            if teller.take(result).is_break() {
                return;
            }
        }
    }
    // What came after a job that never will is told all the same: an interrupted run has gaps.
    for result in waiting.into_values() {
        if teller.take(result).is_break() {
            return;
        }
    }
}

/// Held by a worker: a job that panics is never told, and nobody should wait for it.
struct ClosesOnPanic<'q>(&'q Queue);

impl Drop for ClosesOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}
