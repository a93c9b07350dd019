//! How often something may happen.

use std::time::Duration;

/// Requests in a stretch of time, as `--rate` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestRate {
    interval: Duration,
}

impl RequestRate {
    /// So many `times` in each `period`; `None` where that is no rate: never, or more often than a clock can tell.
    #[must_use]
    pub fn new(times: u32, period: Duration) -> Option<Self> {
        let interval = period.checked_div(times)?;
        (!interval.is_zero()).then_some(Self { interval })
    }

    /// The time from one request to the next.
    #[must_use]
    pub fn interval(self) -> Duration {
        self.interval
    }
}
