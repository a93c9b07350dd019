//! The clients that would have sent the same, as they stand in the document.

use serde::Serialize;

use super::wire::Named;
use crate::rules::Verdict;
use crate::rules::policy::Ending;
use crate::rules::step::StopReason;

/// What the other clients would have sent over the whole chain, were they answered the same.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Others {
    /// Clients that would have sent the same, together; the most used first.
    pub alike: Vec<Alike>,
    /// Those that cannot send such a request at all.
    pub cannot_send: Vec<String>,
}

/// Clients that would have sent the same over the whole chain.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Alike {
    /// Their names, the most used first.
    pub clients: Vec<String>,
    /// Whether it is what was sent here.
    pub as_here: bool,
    /// Each request that they would have sent.
    pub requests: Vec<RequestRow>,
    /// The URL of the last of these.
    pub url: String,
    /// Why they go no further although there was a redirect; null where they went as far as the chain.
    pub stopped: Option<StoppedRow>,
    /// What people call them, variants left out.
    #[serde(skip)]
    pub(in crate::report) spoken: Vec<String>,
}

/// Why a client goes no further.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StoppedRow {
    /// Why: it does not follow this code, its limit is reached …
    pub why: Named<StopReason>,
    /// What its caller gets: an error, or the redirect response as if it were the answer.
    pub ends_in: Named<Ending>,
}

/// A request that a client would have sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RequestRow {
    /// The method.
    pub method: String,
    /// Whether it had a body.
    pub body: bool,
    /// Whether it carried Authorization.
    pub authorization: bool,
    /// Whether it carried Cookie.
    pub cookie: bool,
    /// What RFC 9110 says of the way from the request before; null for the first.
    pub verdict: Option<Named<Verdict>>,
}
