//! How long to wait: every wait of this room is cut into slices, between which the clock and Ctrl-C are looked at.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The longest that a wait goes on without looking at the clock and at Ctrl-C.
pub(super) const SLICE: Duration = Duration::from_millis(50);

/// A wait that must be over at some moment, or as soon as the user says so.
#[derive(Debug, Clone)]
pub(super) struct Deadline {
    until: Instant,
    limit: Duration,
    interrupt: Arc<AtomicBool>,
}

/// Why a wait was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expired {
    /// The user pressed Ctrl-C.
    Interrupted,
    /// This limit ran out.
    TimedOut(Duration),
}

impl Deadline {
    /// From now until `limit` has passed.
    pub(super) fn new(limit: Duration, interrupt: Arc<AtomicBool>) -> Self {
        Self {
            until: far(Instant::now(), limit),
            limit,
            interrupt,
        }
    }

    /// The same deadline, but over at `limit` after `start` where that is sooner.
    pub(super) fn within(&self, start: Instant, limit: Duration) -> Self {
        let until = far(start, limit);
        if until < self.until {
            Self {
                until,
                limit,
                interrupt: Arc::clone(&self.interrupt),
            }
        } else {
            self.clone()
        }
    }

    /// How long the next slice may last: never more than `longest`, never 0.
    ///
    /// # Errors
    /// [`Expired`] when the time is up or the user pressed Ctrl-C.
    pub(super) fn slice(&self, longest: Duration) -> Result<Duration, Expired> {
        if self.interrupt.load(Ordering::Relaxed) {
            return Err(Expired::Interrupted);
        }
        match self.until.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Err(Expired::TimedOut(self.limit)),
            left => Ok(left.min(longest)),
        }
    }
}

/// `limit` after `start`; a limit beyond what the clock can tell is a year.
fn far(start: Instant, limit: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
    start.checked_add(limit).unwrap_or(start + YEAR)
}
