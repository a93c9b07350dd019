//! What the user is told when a hop cannot be completed: what, where, and what to do.

use std::io;
use std::time::Duration;

use crate::model::{Failure, FailureKind, Phase};

use super::socket::Trouble;
use super::tls;
use super::watch::Stop;

/// The failure that `trouble` means in `phase`; `peer` is the host and port, and the way there where it is not straight.
pub(super) fn of(phase: Phase, peer: &str, trouble: &Trouble) -> Failure {
    let failure = |detail| Failure::new(phase, FailureKind::Broken, detail);
    match trouble {
        Trouble::Stopped(Stop::Interrupted) => Failure::new(
            phase,
            FailureKind::Interrupted,
            format!("interrupted while {} {peer}", doing(phase)),
        ),
        Trouble::Stopped(Stop::TimedOut(limit)) => {
            Failure::new(phase, FailureKind::TimedOut, timed_out(phase, peer, *limit))
        }
        Trouble::Tls(error) => {
            let cure = tls::cure(error)
                .map(|cure| format!(": {cure}"))
                .unwrap_or_default();
            Failure::new(
                Phase::Tls,
                FailureKind::Broken,
                format!("{} ({peer}){cure}", tls::what_failed(error)),
            )
        }
        Trouble::Io(error) => failure(broken(phase, peer, error)),
        Trouble::Closed => failure(closed(phase, peer)),
    }
}

/// A failure that says what the server at `peer` did.
pub(super) fn server(phase: Phase, peer: &str, did: &str) -> Failure {
    Failure::new(
        phase,
        FailureKind::Broken,
        format!("the server at {peer} {did}"),
    )
}

fn doing(phase: Phase) -> &'static str {
    match phase {
        Phase::Dns => "looking up",
        Phase::Connect => "connecting to",
        Phase::Tls => "shaking hands with",
        Phase::Send => "sending to",
        Phase::Wait => "waiting for",
        Phase::Receive => "reading from",
    }
}

fn timed_out(phase: Phase, peer: &str, limit: Duration) -> String {
    let limit = seconds(limit);
    match phase {
        Phase::Dns => format!(
            "the name of {peer} was not found within {limit}: is the name server reachable?"
        ),
        Phase::Connect => {
            format!(
                "could not connect to {peer} within {limit}: is it up, or does a firewall drop the packets?"
            )
        }
        Phase::Tls => {
            format!(
                "the TLS handshake with {peer} did not end within {limit}: does it speak TLS on this port?"
            )
        }
        Phase::Send => {
            format!("the request was not taken by {peer} within {limit}: it stopped reading")
        }
        Phase::Wait => {
            format!("no answer from {peer} within {limit}: it took the request and stayed silent")
        }
        Phase::Receive => {
            format!("the head of the response from {peer} did not end within {limit}")
        }
    }
}

fn broken(phase: Phase, peer: &str, error: &io::Error) -> String {
    use io::ErrorKind as K;
    let why = plain(error);
    match (phase, error.kind()) {
        (Phase::Dns, _) => {
            let why = why.rsplit(": ").next().unwrap_or_default();
            format!(
                "no address was found for {peer}: {why}; is the name spelt right, and this machine online?"
            )
        }
        (Phase::Connect, K::ConnectionRefused) => {
            format!("could not connect to {peer}: connection refused; is anything listening there?")
        }
        (Phase::Connect, K::AddrNotAvailable) if error.raw_os_error().is_none() => {
            format!("could not connect to {peer}: it has no address of the kind asked for (-4, -6)")
        }
        (Phase::Connect, _) => format!("could not connect to {peer}: {why}"),
        (Phase::Tls, K::ConnectionReset) => closed(phase, peer),
        (Phase::Tls, _) => format!("the TLS handshake with {peer} broke off: {why}"),
        (Phase::Send, _) => format!("{peer} stopped taking the request ({why}) and gave no answer"),
        (Phase::Wait, _) => format!("{peer} broke the connection before it answered ({why})"),
        (Phase::Receive, _) => {
            format!("{peer} broke the connection in the middle of the response's head ({why})")
        }
    }
}

fn closed(phase: Phase, peer: &str) -> String {
    match phase {
        Phase::Dns | Phase::Connect => {
            format!("the connection to {peer} was closed before it was of use")
        }
        Phase::Tls => format!(
            "{peer} closed the connection during the TLS handshake: does it speak TLS on this port?"
        ),
        Phase::Send => {
            format!("{peer} closed the connection while the request was sent, and gave no answer")
        }
        Phase::Wait => format!("{peer} closed the connection without an answer"),
        Phase::Receive => {
            format!("{peer} closed the connection in the middle of the response's head")
        }
    }
}

/// The system's words without its number: `Connection refused (os error 111)` → `connection refused`.
pub(super) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

/// `10 s`, `0.3 s`.
pub(super) fn seconds(limit: Duration) -> String {
    format!("{} s", (limit.as_secs_f64() * 1000.0).round() / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        let refused = || {
            Trouble::Io(io::Error::from_raw_os_error(if cfg!(target_os = "linux") {
                111
            } else {
                61
            }))
        };
        for (phase, trouble, kind, says) in [
            (
                Phase::Connect,
                refused(),
                FailureKind::Broken,
                "could not connect to h:9: connection refused; is anything listening there?",
            ),
            (
                Phase::Wait,
                Trouble::Closed,
                FailureKind::Broken,
                "h:9 closed the connection without an answer",
            ),
            (
                Phase::Wait,
                Trouble::Stopped(Stop::TimedOut(Duration::from_millis(2500))),
                FailureKind::TimedOut,
                "no answer from h:9 within 2.5 s: it took the request and stayed silent",
            ),
            (
                Phase::Connect,
                Trouble::Stopped(Stop::TimedOut(Duration::from_secs(10))),
                FailureKind::TimedOut,
                "could not connect to h:9 within 10 s: is it up, or does a firewall drop the packets?",
            ),
            (
                Phase::Send,
                Trouble::Stopped(Stop::Interrupted),
                FailureKind::Interrupted,
                "interrupted while sending to h:9",
            ),
        ] {
            let failure = of(phase, "h:9", &trouble);
            assert_eq!(
                (failure.phase, failure.kind, failure.detail.as_str()),
                (phase, kind, says)
            );
        }
        let unknown = Trouble::Io(io::Error::other(
            "failed to lookup address information: Name or service not known",
        ));
        assert_eq!(
            of(Phase::Dns, "h:9", &unknown).detail,
            "no address was found for h:9: Name or service not known; is the name spelt right, and this machine online?"
        );
    }
}
