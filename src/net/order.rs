//! What one exchange is to be.

use super::deadline::Deadline;
use super::options::Limits;
use super::prepared::Prepared;
use crate::model::Request;

/// What is to be sent, and how long each step may take.
pub(super) struct Order<'o> {
    pub(super) request: &'o Request,
    pub(super) prepared: &'o Prepared,
    pub(super) limits: &'o Limits,
    /// Of this hop.
    pub(super) hop: &'o Deadline,
    /// Of the chain.
    pub(super) chain: &'o Deadline,
}
