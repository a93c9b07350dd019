//! What the tests lean on: the program, a real nginx, loopback ports.

mod nginx;
mod program;

pub(crate) use nginx::Nginx;
pub(crate) use program::{Run, rehop, rehop_within};

use std::env;

/// Says that a check is left out because a program is missing; on CI (`REHOP_CI`) that is a failure.
pub(crate) fn skip(missing: &str) {
    assert!(env::var_os("REHOP_CI").is_none(), "{missing} is missing, and on CI nothing is left out");
    note(&format!("skipped: {missing} is not installed"));
}

/// Tells whoever reads the output of a test (`cargo test -- --nocapture`, or of one that fails).
#[expect(clippy::print_stderr, reason = "a test has no other way to say something without failing")]
pub(crate) fn note(text: &str) {
    eprintln!("{text}");
}
