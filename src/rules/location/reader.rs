//! What the readers of each part of a Location share: the dialect, the URL that was requested, and the ways to fail.

use super::target::Target;
use crate::rules::policy::{Accepts, Dialect, Ending, ReadAs};

/// Why a client goes nowhere on a Location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LocationError {
    /// There is none.
    Missing(Ending),
    /// The client cannot read it, or stops at such a one.
    Unreadable(Ending),
    /// Its scheme is neither http nor https.
    Scheme(Ending),
}

impl LocationError {
    /// What the caller of this client gets.
    #[must_use]
    pub fn ending(self) -> Ending {
        match self {
            Self::Missing(ending) | Self::Unreadable(ending) | Self::Scheme(ending) => ending,
        }
    }
}

/// A dialect at work on one Location.
pub(super) struct DialectReader<'a> {
    pub(super) dialect: &'a Dialect,
    /// The URL that was requested.
    pub(super) base: &'a Target,
}

impl DialectReader<'_> {
    /// A value that this client cannot read.
    pub(super) fn unreadable(&self) -> LocationError {
        LocationError::Unreadable(self.dialect.unreadable)
    }

    /// What an odd form means to this client.
    pub(super) fn reading<T>(&self, form: ReadAs<T>) -> Result<T, LocationError> {
        form.or_end(self.dialect.unreadable)
            .map_err(LocationError::Unreadable)
    }

    /// Fails where a form stands that this client refuses.
    pub(super) fn accept(&self, stands: bool, accepts: Accepts) -> Result<(), LocationError> {
        if stands && accepts == Accepts::Refused {
            return Err(self.unreadable());
        }
        Ok(())
    }
}
