//! Many chains: jobs in, chains out, nothing known of formats.
//!
//! ```text
//! UrlFeed ──▶ Schedule { a lane for each host, Politeness } ──▶ workers ──▶ told as given, or as done
//!                 ▲ what is tried again, later                    │
//!                 └───────────────────────────────────────────────┘
//! ```
//!
//! - [`Politeness`]: how often a host may be asked. Pure, as the schedule is: time is what the caller says.
//! - [`bulk`]: the threads, and the one clock.
//!
//! A host that is slow, paused or dead holds up its own lane only.

mod feed;
mod gate;
mod politeness;
mod pool;
mod queue;
mod rate;
mod retry;
mod schedule;
mod seen;
#[cfg(test)]
mod tests;

pub use feed::UrlFeed;
pub use gate::{Errand, PacedTransport};
pub use politeness::{Asker, FAILURES_IN_A_ROW, HostLimits, HostSign, Permit, Politeness};
pub use pool::{BatchTeller, Crew, bulk};
pub use queue::{BatchOptions, Leftover, ResultOrder, most_waiting};
pub use rate::RequestRate;
pub use retry::{RetryLimits, Transient, transient};
pub use seen::SeenUrls;
