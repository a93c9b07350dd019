//! The one thing that a chain asks of the network.

use crate::model::{Exchange, Headers, Request, Status};

/// Whether a response of this status with these fields leads on, so that its content is not what the user is after.
pub type LeadsOn<'a> = &'a dyn Fn(Status, &Headers) -> bool;

/// Sends one request and hears one final response; never follows anything.
///
/// A stand-in is a list of answers, each given by [`Exchange::answered`]. The one that reaches the network is `net::Wire`.
pub trait Transport {
    /// Sends `request`. A failure is part of the [`Exchange`], so that nothing known is lost.
    ///
    /// `leads_on` is the chain's word on the response, to be asked once its head is there: the content of a response that
    /// leads on need not be read to its end. A stand-in has no use for it.
    fn exchange(&mut self, request: &Request, leads_on: LeadsOn<'_>) -> Exchange;
}
