//! Why an exchange got no answer, and what an error of the stream means.

use std::io;

use super::deadline::Expired;
use super::stream::StreamError;
use super::tls_fault::tls_fault;
use crate::model::{Cause, HttpFault, Phase, SystemFault};

/// Why an exchange got no answer.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) phase: Phase,
    pub(super) cause: Cause,
    /// Whether the other side had gone, rather than that the wait was given up.
    pub(super) is_gone: bool,
}

impl Broken {
    pub(super) fn of(phase: Phase, error: &StreamError) -> Self {
        let phase = match error {
            StreamError::Tls(_) => Phase::Tls,
            _ => phase,
        };
        Self {
            phase,
            cause: cause(phase, error),
            is_gone: error.is_gone(),
        }
    }

    pub(super) fn http(fault: HttpFault) -> Self {
        Self::because(Phase::Receive, Cause::Http(fault))
    }

    pub(super) fn because(phase: Phase, cause: Cause) -> Self {
        Self {
            phase,
            cause,
            is_gone: false,
        }
    }
}

/// What an error of the stream means.
pub(super) fn cause(phase: Phase, error: &StreamError) -> Cause {
    match error {
        StreamError::Expired(Expired::Interrupted) => Cause::Interrupted,
        StreamError::Expired(Expired::TimedOut(limit)) => Cause::TimedOut(*limit),
        StreamError::Tls(error) => Cause::Tls(tls_fault(error)),
        StreamError::Closed => Cause::Closed,
        StreamError::Io(error)
            if phase == Phase::Connect
                && error.kind() == io::ErrorKind::AddrNotAvailable
                && error.raw_os_error().is_none() =>
        {
            Cause::NoAddress
        }
        StreamError::Io(error) => Cause::System(SystemFault::from(error)),
    }
}
