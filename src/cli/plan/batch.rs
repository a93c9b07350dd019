//! How many URLs are worked on, as meant.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use super::number;
use crate::batch::{HostLimits, RetryLimits};
use crate::cli::args::{self, OnlyArg};
use crate::exit::UsageError;

/// How many URLs are worked on.
#[derive(Debug, Clone)]
pub(crate) struct BatchPlan {
    /// How many of them are inspected at once.
    pub workers: NonZeroUsize,
    /// What a host is spared.
    pub limits: HostLimits,
    /// What is tried again.
    pub retry: RetryLimits,
    /// Whether they are told in the order given, whatever the format.
    pub ordered: bool,
    /// Whether each is inspected once, however often it is listed.
    pub dedupe: bool,
    /// Which of them are reported; `None` for all.
    pub only: Option<OnlyArg>,
    /// The report that is gone on with.
    pub resume: Option<PathBuf>,
    /// Whether what failed in it is inspected again.
    pub retry_failed: bool,
}

/// Connections to one host, as browsers have them.
const PER_HOST: NonZeroUsize = NonZeroUsize::new(6).unwrap();

/// The longest pause of a Retry-After where `--retry-max-time` does not say it.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

impl BatchPlan {
    /// What the typed flags mean.
    ///
    /// # Errors
    /// Names the flag whose value is none.
    pub(crate) fn new(typed: &args::InspectArgs) -> Result<Self, UsageError> {
        let (request, batch) = (&typed.request, &typed.batch);
        let per_host = batch.per_host.as_deref();
        let times = batch.retry.as_deref();
        let max_time = batch.retry_max_time.as_deref();
        let max_time = max_time.map(|text| number::seconds("--retry-max-time", text));
        let max_time = max_time.transpose()?.flatten();
        Ok(Self {
            workers: number::workers(
                request.parallel || !request.input.is_empty(),
                request.parallel_max.as_deref(),
            )?,
            limits: HostLimits {
                per_host: per_host
                    .map_or(Ok(PER_HOST), |text| number::count("--per-host", text))?,
                rate: batch.rate.as_deref().map(number::rate).transpose()?,
                longest_pause: max_time.unwrap_or(LONGEST_PAUSE),
            },
            retry: RetryLimits {
                times: times.map_or(Ok(0), |text| number::times("--retry", text))?,
                max_time,
            },
            ordered: batch.ordered,
            dedupe: batch.dedupe,
            only: batch.only,
            resume: batch.resume.clone(),
            retry_failed: batch.retry_failed,
        })
    }
}
