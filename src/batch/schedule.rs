//! Which job is next: a lane for each host, taken in turns as politeness allows. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::{Asker, Permit, Politeness};

/// A URL to inspect.
#[derive(Debug)]
pub(super) struct BatchJob {
    /// Its number, counted from 0.
    pub(super) n: usize,
    pub(super) url: Url,
    pub(super) host: Arc<str>,
    /// How often it has been done.
    pub(super) times: u32,
    /// When it was begun first.
    pub(super) first: Duration,
    /// Whether it finds out if a host that was left for last is there again.
    is_probe: bool,
}

/// What there is to do.
#[derive(Debug)]
pub(super) enum ScheduleStep {
    /// This; its host may be asked.
    Run(BatchJob),
    /// This; its host is not asked any more.
    Refuse(BatchJob),
    /// Nothing before this moment.
    Until(Duration),
    /// Nothing unless something comes or ends.
    Idle,
    /// Nothing ever.
    End,
}

/// The jobs that are not under way. A host with jobs stands in one of `ready`, `timed`, `busy` and `last`.
#[derive(Debug)]
pub(super) struct Schedule {
    pub(super) politeness: Politeness,
    lanes: HashMap<Arc<str>, VecDeque<BatchJob>>,
    /// Hosts that may be asked, as far as is known.
    ready: VecDeque<Arc<str>>,
    /// Hosts that may be asked from some moment on.
    timed: BTreeSet<(Duration, Arc<str>)>,
    /// Hosts that may be asked once a request to them is done.
    busy: HashSet<Arc<str>>,
    /// Hosts that are left for last.
    last: VecDeque<Arc<str>>,
    /// Jobs that are tried again from some moment on.
    later: BTreeMap<(Duration, usize), BatchJob>,
    /// Jobs in lanes.
    pending: usize,
    running: usize,
    /// How many of those under way are probes.
    probes: usize,
    /// Jobs that ever came.
    came: usize,
    /// How many jobs wait here before no more are read.
    room: usize,
    /// Whether no more jobs come.
    pub(super) ended: bool,
}

impl Schedule {
    pub(super) fn new(politeness: Politeness, room: usize) -> Self {
        Self {
            politeness,
            lanes: HashMap::new(),
            ready: VecDeque::new(),
            timed: BTreeSet::new(),
            busy: HashSet::new(),
            last: VecDeque::new(),
            later: BTreeMap::new(),
            pending: 0,
            running: 0,
            probes: 0,
            came: 0,
            room,
            ended: false,
        }
    }

    /// Whether another job is welcome.
    pub(super) fn has_room(&self) -> bool {
        self.pending + self.later.len() < self.room
    }

    /// How many jobs ever came.
    pub(super) fn came(&self) -> usize {
        self.came
    }

    /// How many jobs are not under way and not done.
    pub(super) fn left(&self) -> usize {
        self.pending + self.later.len()
    }

    /// Whether there may be something to do at once.
    pub(super) fn has_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// Takes a new job.
    pub(super) fn push(&mut self, url: Url) {
        let host = host_of(&url).into();
        let n = self.came;
        self.came += 1;
        self.put_into_lane(
            BatchJob {
                n,
                url,
                host,
                times: 0,
                first: Duration::ZERO,
                is_probe: false,
            },
            VecDeque::push_back,
        );
    }

    /// What there is to do now. A job to run counts as under way, and its first request as begun.
    pub(super) fn next(&mut self, now: Duration) -> ScheduleStep {
        self.awake(now);
        while let Some(host) = self.ready.pop_front() {
            if let Some(step) = self.step(host, Asker::Start, now) {
                return step;
            }
        }
        self.last_step(now).unwrap_or_else(|| self.pause())
    }

    /// A request to `host` is done: others may be waiting for that.
    pub(super) fn freed(&mut self, host: &str) {
        if let Some(host) = self.busy.take(host) {
            self.ready.push_back(host);
        }
    }

    /// A job that was under way is done, and is not tried again.
    pub(super) fn done(&mut self, job: &BatchJob) {
        self.running -= 1;
        self.probes -= usize::from(job.is_probe);
    }

    /// A job that was under way is tried again at this moment.
    pub(super) fn again(&mut self, job: BatchJob, at: Duration) {
        self.done(&job);
        self.later.insert((at, job.n), job);
    }

    /// What waited for a moment that has come is ready.
    fn awake(&mut self, now: Duration) {
        while self.timed.first().is_some_and(|(due, _)| *due <= now) {
            self.ready
                .extend(self.timed.pop_first().map(|(_, host)| host));
        }
        while self
            .later
            .first_key_value()
            .is_some_and(|((due, _), _)| *due <= now)
        {
            if let Some((_, job)) = self.later.pop_first() {
                // It has waited longest.
                self.put_into_lane(job, VecDeque::push_front);
            }
        }
    }

    /// A host that was left for last is tried when nothing else is left, or when nothing else can come.
    fn last_step(&mut self, now: Duration) -> Option<ScheduleStep> {
        let is_full = self.ended || !self.has_room();
        let is_rest = self.lanes.len() == self.last.len() && self.later.is_empty();
        if !is_full || !is_rest || self.running > self.probes {
            return None;
        }
        std::iter::from_fn(|| {
            self.last
                .pop_front()
                .map(|host| self.step(host, Asker::LastStart, now))
        })
        .flatten()
        .next()
    }

    /// The next job of `host`, which stands nowhere, where it may be begun; else the host waits for what it has to.
    fn step(&mut self, host: Arc<str>, asker: Asker, now: Duration) -> Option<ScheduleStep> {
        match self.politeness.ask(&host, asker, now) {
            Permit::Now => return self.begin(&host, asker, now).map(ScheduleStep::Run),
            Permit::GivenUp => return self.begin(&host, asker, now).map(ScheduleStep::Refuse),
            Permit::At(moment) => drop(self.timed.insert((moment, host))),
            Permit::Busy => drop(self.busy.insert(host)),
            Permit::Last => self.last.push_back(host),
        }
        None
    }

    fn pause(&self) -> ScheduleStep {
        let timed = self.timed.first().map(|(moment, _)| *moment);
        let later = self.later.first_key_value().map(|((moment, _), _)| *moment);
        match timed.into_iter().chain(later).min() {
            Some(moment) => ScheduleStep::Until(moment),
            None if self.ended && self.running + self.pending == 0 => ScheduleStep::End,
            None => ScheduleStep::Idle,
        }
    }

    fn put_into_lane(&mut self, job: BatchJob, put: fn(&mut VecDeque<BatchJob>, BatchJob)) {
        self.pending += 1;
        if let Some(lane) = self.lanes.get_mut(&job.host) {
            return put(lane, job);
        }
        self.ready.push_back(job.host.clone());
        self.lanes.insert(job.host.clone(), VecDeque::from([job]));
    }

    /// Takes the next job of this host, which is ready again where it has another.
    fn begin(&mut self, host: &Arc<str>, asker: Asker, now: Duration) -> Option<BatchJob> {
        let lane = self.lanes.get_mut(host)?;
        let mut job = lane.pop_front()?;
        if lane.is_empty() {
            self.lanes.remove(host);
        } else {
            self.ready.push_back(host.clone());
        }
        self.pending -= 1;
        self.running += 1;
        if job.times == 0 {
            job.first = now;
        }
        job.times += 1;
        job.is_probe = asker == Asker::LastStart;
        self.probes += usize::from(job.is_probe);
        Some(job)
    }
}

/// The host whose politeness counts; of a URL without one an empty name.
pub(super) fn host_of(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}
