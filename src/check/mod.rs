//! What a user expects of a chain, held against what the chain was.
//!
//! ```text
//! "status = 200"    ──Expectation::parse──▶ Expectation ──evaluate──┐
//! "method-changed"  ──FailOn::parse───────▶ FailOn ────outcomes─────┴──▶ Outcome { text, held, actual }
//! ```
//!
//! Nothing here acts: text and a [`Trace`](crate::follow::Trace) go in, outcomes come out.

#[cfg(feature = "platforms")]
mod case;
mod evaluate;
mod expectation;
mod fail_on;
mod finding_id;
#[cfg(test)]
mod fixture;
mod glob;
mod key;
mod key_row;
mod nearest;
mod op;
mod operand;
mod outcome;
mod parse_error;
mod value;

#[cfg(feature = "platforms")]
pub use case::{CaseDifference, CaseState, RuleCase, cases};
pub use evaluate::evaluate;
pub use expectation::Expectation;
pub use fail_on::FailOn;
pub use key::ROWS;
pub use key_row::KeyRow;
pub use nearest::nearest;
pub use op::Op;
pub use outcome::{Absent, Actual, Outcome};
pub use parse_error::{ParseError, ParseFault};
