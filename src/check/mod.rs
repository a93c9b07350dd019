//! What a user expects of a chain, held against what the chain was.
//!
//! ```text
//! "status = 200"    ──Expectation::parse──▶ Expectation ──evaluate──┐
//! "method-changed"  ──FailOn::parse───────▶ FailOn ────outcomes─────┴──▶ Outcome { text, held, actual }
//! ```
//!
//! Nothing here acts: text and a [`Trace`](crate::follow::Trace) go in, outcomes come out.

mod evaluate;
mod expectation;
mod fail_on;
#[cfg(test)]
mod fixture;
mod glob;
mod key;
mod nearest;
mod op;
mod operand;
mod parse_error;
mod value;

pub use evaluate::evaluate;
pub use expectation::Expectation;
pub use fail_on::FailOn;
pub use key::{KeyRow, ROWS};
pub use nearest::nearest;
pub use op::Op;
pub use parse_error::ParseError;

use crate::rules::Finding;

/// Whether one expectation held, and what was there instead where it did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The expectation, as the user wrote it but for its spacing.
    pub text: String,
    /// Whether it held.
    pub held: bool,
    /// What was found. Comes from servers: a report masks and escapes it.
    pub actual: Actual,
}

/// What was found where an expectation looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actual {
    /// One value, or those of several lines of a field.
    Found(Vec<String>),
    /// Nothing to compare with; why, in words of ours.
    Absent(String),
    /// The findings that `--fail-on` asked about; none where the chain raised none.
    Raised(Vec<Finding>),
}
