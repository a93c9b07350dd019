//! Expectations, and what became of them.

/// What became of one expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The expectation as typed.
    pub text: String,
    /// Whether it held.
    pub held: bool,
    /// What was found instead of, or as, the value expected.
    pub actual: String,
}
