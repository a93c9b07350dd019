//! What one of curl's options is to rehop.

use std::ffi::OsString;

use super::invocation::CurlInvocation;
use crate::exit::UsageError;

/// One option.
#[derive(Clone, Copy)]
pub(super) struct Opt {
    /// Its long name, without dashes.
    pub(super) long: &'static str,
    /// Its letter.
    pub(super) short: Option<char>,
    /// What it is to rehop.
    pub(super) effect: OptionKind,
}

/// What an option is to rehop.
#[derive(Clone, Copy)]
pub(super) enum OptionKind {
    /// Something with a text.
    Text(fn(&mut CurlInvocation, String)),
    /// Something with a text that may be wrong.
    Checked(fn(&mut CurlInvocation, String) -> Result<(), UsageError>),
    /// Something with any bytes.
    Bytes(fn(&mut CurlInvocation, OsString)),
    /// Something to turn on, or with `--no-` before it off.
    Switch(fn(&mut CurlInvocation, bool)),
    /// Nothing, and why that is no loss.
    Passed(Takes, IgnoredBecause),
    /// What rehop cannot do as curl would, and the cure.
    Refused(Takes, &'static str),
    /// The help.
    Help,
}

/// Whether an option takes the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// It does.
    Value,
    /// It does not.
    Nothing,
}

/// Why an option can be passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IgnoredBecause {
    Prints,
    Version,
    Secures,
    Pace,
    Foreign,
}

impl IgnoredBecause {
    pub(super) const ALL: [Self; 5] = [
        Self::Prints,
        Self::Version,
        Self::Secures,
        Self::Pace,
        Self::Foreign,
    ];

    /// The end of the note.
    pub(super) fn says(self) -> &'static str {
        match self {
            Self::Prints => "about what curl prints and keeps, not what it sends",
            Self::Version => "rehop speaks HTTP/1.1",
            Self::Secures => "rehop sets up TLS and its connections by itself",
            Self::Pace => "rehop asks once, one hop at a time",
            Self::Foreign => "without meaning for this request",
        }
    }
}
