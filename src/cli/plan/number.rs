//! Numbers as curl writes them.

use std::num::NonZeroUsize;
use std::time::Duration;

use crate::exit::UsageError;

/// Seconds, with or without decimals; `None` for 0, which is no limit.
pub(super) fn seconds(flag: &str, text: &str) -> Result<Option<Duration>, UsageError> {
    /// A year: more than anybody waits, less than any clock overflows at.
    const LONGEST: f64 = 366.0 * 24.0 * 3600.0;
    let is_decimal = text.chars().all(|c| c.is_ascii_digit() || c == '.')
        && text.contains(|c: char| c.is_ascii_digit());
    match text.parse::<f64>() {
        Ok(seconds) if is_decimal && seconds <= LONGEST => {
            Ok(Some(Duration::from_secs_f64(seconds)).filter(|limit| !limit.is_zero()))
        }
        _ => Err(UsageError::new(
            format!("{flag} {text}: not a number of seconds"),
            format!("write it as in `{flag} 2.5`"),
        )),
    }
}

/// How many chains are followed at once: one after the other unless `parallel` says otherwise.
pub(super) fn workers(parallel: bool, most: Option<&str>) -> Result<NonZeroUsize, UsageError> {
    /// curl's default and bound: [curl(1), `--parallel-max`](https://curl.se/docs/manpage.html#--parallel-max).
    const DEFAULT: usize = 50;
    const LARGEST: usize = 300;
    let most = match most {
        None => DEFAULT,
        Some(text) => text
            .parse()
            .ok()
            .filter(|most| (1..=LARGEST).contains(most))
            .ok_or_else(|| {
                UsageError::new(
                    format!("--parallel-max {text}: not a number of URLs"),
                    format!("write a number from 1 to {LARGEST}"),
                )
            })?,
    };
    Ok(NonZeroUsize::new(most)
        .filter(|_| parallel)
        .unwrap_or(NonZeroUsize::MIN))
}
