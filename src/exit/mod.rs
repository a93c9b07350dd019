//! How a run ends: the exit codes, a contract that scripts rest on, and the two kinds of errors that end a run early.
//!
//! - [`UsageError`]: the user got something wrong, found before anything is sent (exit 2).
//! - [`Trouble`]: the machine refused something (exit 3).

mod trouble;
mod usage;

use std::process::ExitCode;

pub use trouble::{RunError, Trouble};
pub use usage::UsageError;

/// How a run ends, the gravest last, so that the code of several URLs is the greatest of theirs.
///
/// `Misuse` never meets the others: it is found before anything is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0
    Clean,
    /// 1
    Unmet,
    /// 2
    Misuse,
    /// 3
    Unreached,
    /// 4
    Broken,
    /// 130
    Interrupted,
}

impl Exit {
    /// Every exit, for the man page, the README and the tests.
    pub const ALL: [Self; 6] = [
        Self::Clean,
        Self::Unmet,
        Self::Misuse,
        Self::Unreached,
        Self::Broken,
        Self::Interrupted,
    ];

    /// The number that the process ends with.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Unmet => 1,
            Self::Misuse => 2,
            Self::Unreached => 3,
            Self::Broken => 4,
            Self::Interrupted => 130,
        }
    }

    /// What it means, as man page and README say it.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::Clean => "followed to its end; every expectation held",
            Self::Unmet => "an --expect, --fail-on, contract or conformance check did not hold",
            Self::Misuse => "misuse: a flag, a file or a value is wrong; nothing was sent",
            Self::Unreached => {
                "a hop could not be completed: DNS, connect, TLS, time-out, broken HTTP; or the output could not be written"
            }
            Self::Broken => {
                "the redirects themselves are broken or refused: loop, too many, unusable Location, forbidden scheme or address"
            }
            Self::Interrupted => "interrupted; what was known until then has been reported",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
