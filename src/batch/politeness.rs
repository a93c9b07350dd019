//! What a host is spared: how many requests at once, how often, and when none at all.
//!
//! Pure: time is what the caller says it is, counted from the start of the run.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::time::Duration;

use super::RequestRate;

/// What the user grants a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostLimits {
    /// Requests to one host at once.
    pub per_host: NonZeroUsize,
    /// How often one host is asked; `None` for as often as it answers.
    pub rate: Option<RequestRate>,
    /// The longest pause that a host's Retry-After is granted.
    pub longest_pause: Duration,
}

/// Transport failures in a row after which a host is left for last.
pub const FAILURES_IN_A_ROW: u32 = 20;

/// The pause of a 429 that names none.
const PAUSE: Duration = Duration::from_secs(1);

/// Halving a rate stops here: a host that wants more says so by Retry-After.
const SLOWEST: Duration = Duration::from_secs(1);

/// Whether a host may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permit {
    /// Now; this is counted as a request under way.
    Now,
    /// Not before this moment.
    At(Duration),
    /// Once another request to it is done.
    Busy,
    /// Once nothing else is left to do.
    Last,
    /// Not any more.
    GivenUp,
}

/// Who wants to ask a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// A chain that has not begun.
    Start,
    /// A chain that has not begun, when nothing else is left to do.
    LastStart,
    /// A chain under way: it goes before those that have not begun, and cannot be put off till the end.
    Hop,
}

/// What a request taught of its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostSign {
    /// It answers.
    Well,
    /// It wants to be asked less: a 429, or a 503 with a Retry-After; the pause that it names.
    TooMuch(Option<Duration>),
    /// No answer came.
    Failed,
    /// Nothing: the request was not sent.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Open,
    /// Left for last at this moment.
    Last(Duration),
    GivenUp,
}

#[derive(Debug)]
struct HostState {
    running: usize,
    /// Chains under way that wait to ask it.
    waiting: usize,
    /// When it may be asked again.
    next: Duration,
    /// The time from one request to the next, where there is one to keep.
    interval: Option<Duration>,
    /// When the rate was halved last.
    slowed: Option<Duration>,
    /// The first request since, and how many there were: what its own pace was.
    first: Duration,
    asked: u32,
    failures: u32,
    standing: Standing,
}

/// All hosts that are asked or have something against being asked.
#[derive(Debug)]
pub struct Politeness {
    limits: HostLimits,
    hosts: HashMap<String, HostState>,
    /// At how many hosts those without anything to remember are forgotten.
    sweep_at: usize,
}

/// Hosts that are kept in any case.
const HOSTS: usize = 1024;

impl Politeness {
    /// Nobody has been asked yet.
    #[must_use]
    pub fn new(limits: HostLimits) -> Self {
        Self {
            limits,
            hosts: HashMap::new(),
            sweep_at: HOSTS,
        }
    }

    /// Whether `host` may be asked now; where it may, the request counts as begun.
    pub fn ask(&mut self, host: &str, asker: Asker, now: Duration) -> Permit {
        let limits = self.limits;
        let state = self.state(host, now);
        match state.standing {
            Standing::GivenUp => return Permit::GivenUp,
            Standing::Last(_) if asker == Asker::Start => return Permit::Last,
            // One is enough to find out.
            Standing::Last(_) if asker == Asker::LastStart && state.running > 0 => {
                return Permit::Busy;
            }
            _ => {}
        }
        let ahead = if asker == Asker::Hop {
            0
        } else {
            state.waiting
        };
        if state.running + ahead >= limits.per_host.get() {
            return Permit::Busy;
        }
        if state.next > now {
            return Permit::At(state.next);
        }
        state.running += 1;
        state.asked += 1;
        state.next = now + state.interval.unwrap_or_default();
        Permit::Now
    }

    /// A chain under way begins, or ceases, to wait for `host`.
    pub fn wait(&mut self, host: &str, begins: bool, now: Duration) {
        let state = self.state(host, now);
        state.waiting = if begins {
            state.waiting + 1
        } else {
            state.waiting.saturating_sub(1)
        };
    }

    /// The request to `host` that began at `began` is done.
    pub fn done(&mut self, host: &str, sign: HostSign, began: Duration, now: Duration) {
        let longest = self.limits.longest_pause;
        let state = self.state(host, now);
        state.running = state.running.saturating_sub(1);
        match sign {
            HostSign::Unknown => {}
            HostSign::Failed => state.failed(began, now),
            HostSign::Well => state.answered(),
            HostSign::TooMuch(pause) => {
                state.answered();
                let pause = pause.unwrap_or(PAUSE).min(longest);
                state.slow_down(pause, began, now);
            }
        }
        self.forget(now);
    }

    fn state(&mut self, host: &str, now: Duration) -> &mut HostState {
        let interval = self.limits.rate.map(RequestRate::interval);
        let new = || HostState {
            running: 0,
            waiting: 0,
            next: Duration::ZERO,
            interval,
            slowed: None,
            first: now,
            asked: 0,
            failures: 0,
            standing: Standing::Open,
        };
        self.hosts.entry(host.to_owned()).or_insert_with(new)
    }

    /// Memory does not grow with the hosts of a list: those that are as good as new are forgotten.
    fn forget(&mut self, now: Duration) {
        if self.hosts.len() >= self.sweep_at {
            self.hosts.retain(|_, state| state.is_worth_keeping(now));
            self.sweep_at = HOSTS.max(2 * self.hosts.len());
        }
    }
}

impl HostState {
    fn is_worth_keeping(&self, now: Duration) -> bool {
        self.running + self.waiting > 0
            || self.next > now
            || self.slowed.is_some()
            || self.failures > 0
            || self.standing != Standing::Open
    }

    fn answered(&mut self) {
        self.failures = 0;
        if self.standing != Standing::GivenUp {
            self.standing = Standing::Open;
        }
    }

    fn failed(&mut self, began: Duration, now: Duration) {
        self.failures += 1;
        self.standing = match self.standing {
            Standing::Open if self.failures >= FAILURES_IN_A_ROW => Standing::Last(now),
            // Those under way when it was left for last tell nothing new.
            Standing::Last(since) if began > since => Standing::GivenUp,
            standing => standing,
        };
    }

    /// Pauses, and goes on at half the rate; once for all that were asked at the rate before.
    fn slow_down(&mut self, pause: Duration, began: Duration, now: Duration) {
        self.next = self.next.max(now + pause);
        if self.slowed.is_some_and(|slowed| began < slowed) {
            return;
        }
        let own = now.saturating_sub(self.first).checked_div(self.asked);
        let interval = self.interval.or(own).unwrap_or_default();
        self.interval = Some((interval * 2).min(SLOWEST.max(interval)));
        self.slowed = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn polite(per_host: usize, rate: Option<u32>) -> Politeness {
        Politeness::new(HostLimits {
            per_host: NonZeroUsize::new(per_host).unwrap(),
            rate: rate.and_then(|times| RequestRate::new(times, Duration::from_secs(1))),
            longest_pause: Duration::from_secs(60),
        })
    }

    #[test]
    fn a_host_is_asked_so_many_times_at_once() {
        let mut polite = polite(2, None);
        for permit in [Permit::Now, Permit::Now, Permit::Busy] {
            assert_eq!(polite.ask("a", Asker::Start, at(0)), permit);
        }
        assert_eq!(polite.ask("b", Asker::Start, at(0)), Permit::Now);
        // A chain under way goes first.
        polite.wait("a", true, at(0));
        polite.done("a", HostSign::Well, at(0), at(1));
        assert_eq!(polite.ask("a", Asker::Start, at(1)), Permit::Busy);
        assert_eq!(polite.ask("a", Asker::Hop, at(1)), Permit::Now);
    }

    #[test]
    fn a_rate_spaces_the_requests_to_a_host() {
        let mut polite = polite(6, Some(10));
        assert_eq!(polite.ask("a", Asker::Start, at(5)), Permit::Now);
        assert_eq!(polite.ask("a", Asker::Start, at(50)), Permit::At(at(105)));
        assert_eq!(polite.ask("a", Asker::Hop, at(105)), Permit::Now);
        assert_eq!(polite.ask("b", Asker::Start, at(50)), Permit::Now);
    }

    #[test]
    fn a_host_that_has_too_much_pauses_and_goes_on_at_half_its_rate() {
        let mut polite = polite(6, Some(10));
        for ms in [0, 100] {
            assert_eq!(polite.ask("a", Asker::Start, at(ms)), Permit::Now);
        }
        polite.done("a", HostSign::TooMuch(Some(at(3000))), at(0), at(150));
        assert_eq!(
            polite.ask("a", Asker::Start, at(3000)),
            Permit::At(at(3150))
        );
        // Asked at the rate before: it pauses longer, and is no reason to halve again.
        polite.done("a", HostSign::TooMuch(Some(at(4000))), at(100), at(160));
        assert_eq!(polite.ask("a", Asker::Start, at(4160)), Permit::Now);
        assert_eq!(
            polite.ask("a", Asker::Start, at(4160)),
            Permit::At(at(4360))
        );
        // A pause is bounded.
        polite.done(
            "a",
            HostSign::TooMuch(Some(at(3_600_000))),
            at(4160),
            at(5000),
        );
        assert_eq!(
            polite.ask("a", Asker::Start, at(5000)),
            Permit::At(at(65_000))
        );
    }

    #[test]
    fn half_of_the_pace_that_a_host_had_is_measured_where_no_rate_is_given() {
        let mut polite = polite(1, None);
        for ms in [0, 50, 100, 150] {
            assert_eq!(polite.ask("a", Asker::Start, at(ms)), Permit::Now);
            let sign = if ms == 150 {
                HostSign::TooMuch(None)
            } else {
                HostSign::Well
            };
            polite.done("a", sign, at(ms), at(ms + 50));
        }
        assert_eq!(polite.ask("a", Asker::Start, at(1200)), Permit::Now);
        polite.done("a", HostSign::Well, at(1200), at(1201));
        assert_eq!(
            polite.ask("a", Asker::Start, at(1201)),
            Permit::At(at(1300))
        );
    }

    #[test]
    fn a_host_that_fails_in_a_row_is_left_for_last_and_then_given_up() {
        let mut polite = polite(30, None);
        let fail = |polite: &mut Politeness, asker, ms| {
            assert_eq!(polite.ask("a", asker, at(ms)), Permit::Now);
            polite.done("a", HostSign::Failed, at(ms), at(ms + 1));
        };
        (0..19).for_each(|n| fail(&mut polite, Asker::Start, n));
        // An answer begins the row anew.
        assert_eq!(polite.ask("a", Asker::Start, at(30)), Permit::Now);
        polite.done("a", HostSign::Well, at(30), at(31));
        assert_eq!(polite.ask("a", Asker::Start, at(39)), Permit::Now);
        (40..60).for_each(|n| fail(&mut polite, Asker::Start, n));
        assert_eq!(polite.ask("a", Asker::Start, at(70)), Permit::Last);
        // What was under way when the row was full tells nothing new.
        polite.done("a", HostSign::Failed, at(39), at(71));
        assert_eq!(polite.ask("a", Asker::Start, at(72)), Permit::Last);
        assert_eq!(polite.ask("a", Asker::LastStart, at(80)), Permit::Now);
        assert_eq!(polite.ask("a", Asker::LastStart, at(80)), Permit::Busy);
        polite.done("a", HostSign::Failed, at(80), at(90));
        assert_eq!(polite.ask("a", Asker::LastStart, at(91)), Permit::GivenUp);
    }

    #[test]
    fn hosts_without_anything_to_remember_are_forgotten() {
        let mut polite = polite(6, None);
        for n in 0..10_000 {
            let host = n.to_string();
            assert_eq!(polite.ask(&host, Asker::Start, at(n)), Permit::Now);
            polite.done(&host, HostSign::Well, at(n), at(n));
        }
        assert!(polite.hosts.len() <= HOSTS, "{}", polite.hosts.len());
    }
}
