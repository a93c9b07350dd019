//! What a run asks a client to send.

use crate::model::Method;

/// What a run asks the client to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeRequest {
    /// The method; `None` where the client sends what it sends by itself.
    pub method: Option<Method>,
    /// Whether it is given a body.
    pub body: bool,
}
