//! The schedule that workers share, and who wakes whom.
//!
//! Nothing wakes more than one thread: who finds that there is more to do, or nothing ever, wakes the next. Of those that
//! have nothing to do one keeps the time, and looks at the stop.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use url::Url;

use super::gate::{HostEntry, HostGate};
use super::schedule::{BatchJob, Schedule, ScheduleStep};
use super::{Asker, HostLimits, HostSign, Permit, Politeness, RetryLimits, Transient};

/// How chains that are done are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultOrder {
    /// In the order in which they were given.
    AsGiven,
    /// As soon as each is done.
    AsDone,
}

/// How a batch is worked on.
#[derive(Debug, Clone)]
pub struct BatchOptions {
    /// Chains at once.
    pub workers: NonZeroUsize,
    /// How they are told.
    pub order: ResultOrder,
    /// What a host is spared.
    pub limits: HostLimits,
    /// What is tried again.
    pub retry: RetryLimits,
    /// Once set no chain is begun.
    pub stop: Arc<AtomicBool>,
}

/// What was not done of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leftover {
    /// URLs that were read and not inspected to an end.
    pub urls: usize,
    /// Whether all URLs were read.
    pub read_to_end: bool,
}

impl Leftover {
    /// All of it was done.
    pub const NONE: Self = Self {
        urls: 0,
        read_to_end: true,
    };
}

/// How far each worker may run ahead of a chain that holds up the telling: bounds what is kept of those done meanwhile.
const AHEAD: usize = 4;

/// How many URLs wait at most, so that a host that is slow or dead does not hide those behind it in the list.
const WINDOW: usize = 10_000;

/// How often somebody looks whether it is over.
pub(super) const TICK: Duration = Duration::from_millis(100);

/// How many results may wait at once where so many workers run: what each of them may take is a part of what all may.
#[must_use]
pub fn most_waiting(workers: NonZeroUsize) -> usize {
    match workers.get() {
        1 => 1,
        workers => AHEAD.saturating_mul(workers),
    }
}

/// The queue.
pub(super) struct Queue {
    began: Instant,
    options: BatchOptions,
    state: Mutex<QueueState>,
    /// There is something to do, or nothing ever; awaited by workers.
    work: Condvar,
    /// Another URL is welcome; awaited by the one who reads them.
    room: Condvar,
}

struct QueueState {
    schedule: Schedule,
    /// Workers that have nothing to do.
    idle: usize,
    /// Whether one of them keeps the time.
    is_timed: bool,
    /// Results told.
    told: usize,
    closed: bool,
    /// Chains under way that wait for a host.
    waiting: HashMap<String, VecDeque<Thread>>,
}

type Held<'q> = MutexGuard<'q, QueueState>;

impl Queue {
    pub(super) fn new(options: BatchOptions) -> Self {
        let schedule = Schedule::new(Politeness::new(options.limits), WINDOW);
        Self {
            began: Instant::now(),
            options,
            state: Mutex::new(QueueState {
                schedule,
                idle: 0,
                is_timed: false,
                told: 0,
                closed: false,
                waiting: HashMap::new(),
            }),
            work: Condvar::new(),
            room: Condvar::new(),
        }
    }

    /// Takes another URL, once there is room; whether more are welcome.
    pub(super) fn push(&self, url: Url) -> bool {
        let mut state = self.held();
        while !state.closed && !self.has_room(&state) {
            state = self
                .room
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if !state.closed {
            state.schedule.push(url);
            self.wake_one(&state);
        }
        !state.closed
    }

    /// Whether another URL can be taken at once.
    pub(super) fn is_open(&self) -> bool {
        let state = self.held();
        !state.closed && self.has_room(&state)
    }

    /// No more URLs come.
    pub(super) fn end(&self) {
        let mut state = self.held();
        state.schedule.ended = true;
        self.wake_one(&state);
    }

    /// The next job, and whether its host may be asked; waits for one. `None` when none will come.
    pub(super) fn take(&self) -> Option<(BatchJob, HostEntry)> {
        let mut state = self.held();
        loop {
            if self.is_stopped() {
                state.closed = true;
            }
            let now = self.now();
            let step = if state.closed {
                ScheduleStep::End
            } else {
                state.schedule.next(now)
            };
            state = match step {
                ScheduleStep::Run(job) => {
                    return Some(self.taken(&state, job, HostEntry::Began(now)));
                }
                ScheduleStep::Refuse(job) => {
                    return Some(self.taken(&state, job, HostEntry::GivenUp));
                }
                ScheduleStep::Until(moment) => self.rest(state, moment.saturating_sub(now)),
                ScheduleStep::Idle => self.rest(state, TICK),
                ScheduleStep::End => {
                    self.wake_one(&state);
                    self.room.notify_one();
                    return None;
                }
            };
        }
    }

    /// A job came to its end, perhaps to be tried again: gives the job back where it is done for good.
    pub(super) fn finish(&self, job: BatchJob, transient: Option<Transient>) -> Option<BatchJob> {
        let now = self.now();
        let again = transient.and_then(|transient| {
            let retry = self.options.retry;
            retry.again(transient, job.times, job.first, now)
        });
        let mut state = self.held();
        if let Some(at) = again.filter(|_| !self.is_stopped()) {
            state.schedule.again(job, at);
            return None;
        }
        state.schedule.done(&job);
        Some(job)
    }

    /// Another result was told.
    pub(super) fn told(&self) {
        if self.options.order == ResultOrder::AsGiven {
            self.held().told += 1;
            self.room.notify_one();
        }
    }

    /// Begins nothing more.
    pub(super) fn close(&self) {
        let mut state = self.held();
        state.closed = true;
        self.wake_one(&state);
        self.room.notify_one();
    }

    pub(super) fn leftover(&self) -> Leftover {
        let state = self.held();
        Leftover {
            urls: state.schedule.left(),
            read_to_end: state.schedule.ended,
        }
    }

    fn taken(&self, state: &Held<'_>, job: BatchJob, entry: HostEntry) -> (BatchJob, HostEntry) {
        if !state.is_timed || state.schedule.has_ready() {
            self.wake_one(state);
        }
        if self.has_room(state) {
            self.room.notify_one();
        }
        (job, entry)
    }

    /// Has nothing to do for so long, or until woken.
    fn rest<'q>(&'q self, mut state: Held<'q>, most: Duration) -> Held<'q> {
        state.idle += 1;
        if state.is_timed {
            state = self
                .work
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        } else {
            state.is_timed = true;
            let waited = self.work.wait_timeout(state, most.min(TICK));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            state.is_timed = false;
        }
        state.idle -= 1;
        state
    }

    fn wake_one(&self, state: &Held<'_>) {
        if state.idle > 0 {
            self.work.notify_one();
        }
    }

    fn has_room(&self, state: &QueueState) -> bool {
        let is_near = match self.options.order {
            ResultOrder::AsDone => true,
            ResultOrder::AsGiven => {
                state.schedule.came() - state.told < most_waiting(self.options.workers)
            }
        };
        is_near && state.schedule.has_room()
    }

    fn is_stopped(&self) -> bool {
        self.options.stop.load(Ordering::Relaxed)
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    fn held(&self) -> Held<'_> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a host that has said [`Permit::Busy`] or [`Permit::At`].
    fn wait_for(&self, host: &str) -> HostEntry {
        let mut state = self.held();
        loop {
            let now = self.now();
            let most = match state.schedule.politeness.ask(host, Asker::Hop, now) {
                Permit::Now => return HostEntry::Began(now),
                Permit::GivenUp => return HostEntry::GivenUp,
                Permit::At(moment) => moment.saturating_sub(now),
                Permit::Busy | Permit::Last => TICK,
            };
            if self.is_stopped() {
                return HostEntry::Stopped;
            }
            let waiting = state.waiting.entry(host.to_owned()).or_default();
            waiting.push_back(thread::current());
            drop(state);
            thread::park_timeout(most.min(TICK));
            state = self.held();
            state.no_longer_waits(host);
        }
    }
}

impl QueueState {
    /// This thread waits for `host` no longer, be it that nobody woke it.
    fn no_longer_waits(&mut self, host: &str) {
        let me = thread::current().id();
        if let Some(waiting) = self.waiting.get_mut(host) {
            waiting.retain(|thread| thread.id() != me);
            if waiting.is_empty() {
                self.waiting.remove(host);
            }
        }
    }
}

impl HostGate for Queue {
    fn enter(&self, host: &str) -> HostEntry {
        let mut state = self.held();
        let now = self.now();
        match state.schedule.politeness.ask(host, Asker::Hop, now) {
            Permit::Now => HostEntry::Began(now),
            Permit::GivenUp => HostEntry::GivenUp,
            _ => {
                state.schedule.politeness.wait(host, true, now);
                drop(state);
                let entry = self.wait_for(host);
                let mut state = self.held();
                state.schedule.politeness.wait(host, false, now);
                entry
            }
        }
    }

    fn leave(&self, host: &str, sign: HostSign, began: Duration) {
        let mut state = self.held();
        let now = self.now();
        state.schedule.politeness.done(host, sign, began, now);
        state.schedule.freed(host);
        if let Some(thread) = state.waiting.get(host).and_then(VecDeque::front) {
            thread.unpark();
        } else if state.schedule.has_ready() {
            self.wake_one(&state);
        }
    }
}
