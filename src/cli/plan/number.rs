//! Numbers as curl writes them.

use std::num::NonZeroUsize;
use std::time::Duration;

use crate::batch::RequestRate;
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

/// A number that is not 0.
pub(super) fn count(flag: &str, text: &str) -> Result<NonZeroUsize, UsageError> {
    text.parse().map_err(|_| {
        UsageError::new(
            format!("{flag} {text}: not a number"),
            format!("write a number from 1 on, as in `{flag} 6`"),
        )
    })
}

/// How often; 0 is never.
pub(super) fn times(flag: &str, text: &str) -> Result<u32, UsageError> {
    text.parse().map_err(|_| {
        UsageError::new(
            format!("{flag} {text}: not a number"),
            format!("write it as in `{flag} 3`"),
        )
    })
}

/// Requests in a second or a minute.
pub(super) fn rate(text: &str) -> Result<RequestRate, UsageError> {
    let (times, period) = match text.rsplit_once('/') {
        None => (text, Some(1)),
        Some((times, "s")) => (times, Some(1)),
        Some((times, "m")) => (times, Some(60)),
        Some((times, _)) => (times, None),
    };
    let period = period.map(Duration::from_secs);
    let rate = times.parse().ok().zip(period);
    rate.and_then(|(times, period)| RequestRate::new(times, period))
        .ok_or_else(|| {
            UsageError::new(
                format!("--rate {text}: not a number of requests in a second or a minute"),
                "write it as in `--rate 5/s` or `--rate 30/m`",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_requests_in_a_second_or_a_minute() {
        for (text, ms) in [
            ("5", Some(200)),
            ("5/s", Some(200)),
            ("30/m", Some(2000)),
            ("0", None),
            ("5/h", None),
            ("/s", None),
            ("-1", None),
            ("5/s/s", None),
        ] {
            let interval = rate(text).ok().map(RequestRate::interval);
            assert_eq!(interval, ms.map(Duration::from_millis), "{text}");
        }
    }
}
