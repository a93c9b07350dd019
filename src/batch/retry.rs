//! What is asked once more, and when.

use std::time::{Duration, SystemTime};

use crate::follow::{EndReason, Trace, date};
use crate::model::{Cause, Exchange, FailureKind, Headers, Status};

use super::HostSign;

/// How often a chain is followed again that might go better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryLimits {
    /// How often, after the first time.
    pub times: u32,
    /// Only so long after the first time; a Retry-After that asks for more is not waited for.
    pub max_time: Option<Duration>,
}

/// A chain that may go better another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transient {
    /// The wait that the server asks for, where it names one.
    pub retry_after: Option<Duration>,
}

/// The longest wait that grows by itself:
/// [curl(1), `--retry`](https://curl.se/docs/manpage.html#--retry) doubles from one second to ten minutes.
const LONGEST: Duration = Duration::from_secs(600);

impl RetryLimits {
    /// None.
    pub const NEVER: Self = Self {
        times: 0,
        max_time: None,
    };

    /// When a chain that was followed `times` times, first at `first`, is followed again; `None` where it is not.
    #[must_use]
    pub fn again(
        self,
        transient: Transient,
        times: u32,
        first: Duration,
        now: Duration,
    ) -> Option<Duration> {
        if times > self.times {
            return None;
        }
        let doubled = Duration::from_secs(1 << times.saturating_sub(1).min(10)).min(LONGEST);
        let at = now.checked_add(transient.retry_after.unwrap_or(doubled))?;
        let in_time = |most: Duration| at.saturating_sub(first) <= most;
        self.max_time.is_none_or(in_time).then_some(at)
    }
}

/// Whether a chain that ended so may go better another time: the transport failed, or the last status is 429 or 503.
#[must_use]
pub fn transient(trace: &Trace) -> Option<Transient> {
    if let EndReason::Failed(failure) = &trace.end.reason {
        let passing = matches!(failure.kind(), FailureKind::Broken | FailureKind::TimedOut)
            && !is_unsent(&failure.cause);
        return passing.then_some(Transient { retry_after: None });
    }
    let response = trace.hops.last()?.exchange.answer.as_ref().ok()?;
    matches!(response.status, Status(429 | 503)).then(|| Transient {
        retry_after: retry_after(&response.headers),
    })
}

/// What an exchange teaches of its host.
pub(super) fn sign(exchange: &Exchange) -> HostSign {
    match &exchange.answer {
        Err(failure) if is_unsent(&failure.cause) => HostSign::Unknown,
        Err(failure) => match failure.kind() {
            FailureKind::Broken | FailureKind::TimedOut => HostSign::Failed,
            FailureKind::Forbidden | FailureKind::Interrupted => HostSign::Unknown,
        },
        Ok(response) => {
            let pause = retry_after(&response.headers);
            // A 503 may be one page that is broken; with a Retry-After it speaks of the host.
            let is_of_host = response.status == Status(503) && pause.is_some();
            if response.status == Status(429) || is_of_host {
                HostSign::TooMuch(pause)
            } else {
                HostSign::Well
            }
        }
    }
}

/// The request is at fault, or the host was given up: no other time is better.
fn is_unsent(cause: &Cause) -> bool {
    matches!(
        cause,
        Cause::Scheme(_)
            | Cause::Host(_)
            | Cause::Unsendable(_)
            | Cause::Unreadable(_)
            | Cause::Shortened { .. }
            | Cause::GivenUp(_)
    )
}

/// The wait of Retry-After: seconds, or a date ([RFC 9110 §10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)),
/// counted from the Date of the same response, so that no clock need be right.
fn retry_after(headers: &Headers) -> Option<Duration> {
    let text = headers.text("retry-after")?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number holds is longer than anybody waits.
        return Some(Duration::from_secs(
            text.parse().unwrap_or(u64::from(u32::MAX)),
        ));
    }
    let until = date::parse(text.as_bytes())?;
    let sent = headers.get("date").and_then(date::parse);
    let wait = until.duration_since(sent.unwrap_or_else(SystemTime::now));
    Some(wait.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Failure, Peer, Phase, Response, SystemFault};

    #[test]
    fn retry_after_is_a_number_of_seconds_or_a_date() {
        for (value, seconds) in [
            ("0", Some(0)),
            (" 120 ", Some(120)),
            ("Thu, 01 Jan 2026 00:02:00 GMT", Some(120)),
            ("Wed, 31 Dec 2025 00:02:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
            ("", None),
        ] {
            let fields = [
                ("retry-after", value),
                ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
            ];
            let wait = retry_after(&fields.into_iter().collect());
            assert_eq!(wait, seconds.map(Duration::from_secs), "{value}");
        }
        let endless = [("retry-after", "99999999999999999999999")];
        assert!(retry_after(&endless.into_iter().collect()) > Some(LONGEST));
    }

    #[test]
    fn waits_double_or_are_the_servers_within_the_time_that_there_is() {
        let s = Duration::from_secs;
        let limits = |max_time: Option<u64>| RetryLimits {
            times: 3,
            max_time: max_time.map(s),
        };
        for (max_time, retry_after, times, at) in [
            (None, None, 1, Some(101)),
            (None, None, 3, Some(104)),
            (None, None, 4, None),
            (None, Some(30), 1, Some(130)),
            (Some(60), Some(30), 1, None),
            (Some(90), Some(30), 1, Some(130)),
            (Some(10), None, 1, None),
        ] {
            let transient = Transient {
                retry_after: retry_after.map(s),
            };
            let again = limits(max_time).again(transient, times, s(50), s(100));
            assert_eq!(again, at.map(s), "{max_time:?} {retry_after:?} {times}");
        }
        let transient = Transient { retry_after: None };
        assert_eq!(RetryLimits::NEVER.again(transient, 1, s(0), s(0)), None);
    }

    #[test]
    fn exchange_tells_of_its_host() {
        let url = "http://a/".parse().unwrap();
        let request = crate::model::Request::new(
            crate::model::Method::GET,
            url,
            Headers::new(),
            crate::model::Body::NONE,
        );
        let failed = |cause| Err(Failure::new(Phase::Connect, Peer::default(), cause));
        let fault = SystemFault {
            kind: std::io::ErrorKind::ConnectionRefused,
            text: String::new(),
        };
        let three = Some(Duration::from_secs(3));
        for (answer, meant) in [
            (Ok(Response::new(200)), HostSign::Well),
            (Ok(Response::new(503)), HostSign::Well),
            (Ok(Response::new(429)), HostSign::TooMuch(None)),
            (
                Ok(Response::new(503).with("retry-after", "3")),
                HostSign::TooMuch(three),
            ),
            (failed(Cause::System(fault)), HostSign::Failed),
            (failed(Cause::Interrupted), HostSign::Unknown),
            (failed(Cause::GivenUp(20)), HostSign::Unknown),
        ] {
            let exchange = Exchange::answered(&request, answer);
            assert_eq!(sign(&exchange), meant, "{:?}", exchange.answer);
        }
    }
}
