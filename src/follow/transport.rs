//! The one thing that a chain asks of the network.

use crate::model::{Exchange, Request};

/// Sends one request and hears one final response; never follows anything.
///
/// A stand-in is a list of answers. The one that reaches the network is `net::Wire`.
pub trait Transport {
    /// Sends `request`. A failure is part of the [`Exchange`], so that nothing known is lost.
    fn exchange(&mut self, request: &Request) -> Exchange;
}
