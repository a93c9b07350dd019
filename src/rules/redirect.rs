//! One redirect, judged.

use url::Url;

use super::{Clause, Verdict};
use crate::model::{Method, enumerated};

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column of the JSON document, independent of the others"
)]
/// What a redirect response led to, or would have led to where the chain stopped there.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// The Location field as received.
    pub location: Vec<u8>,
    /// The Location resolved against the target URI, fragment inherited.
    pub target: Url,
    /// Whether later requests ought to go to the target at once (301, 308).
    pub permanent: bool,
    /// The method before and after.
    pub method: MethodChange,
    /// What became of the content.
    pub body: BodyFate,
    /// What RFC 9110 says of this method and content.
    pub verdict: Verdict,
    /// Whether clients agree here; not so for 301 and 302 with any method but GET and HEAD.
    pub predictable: bool,
    /// The share of the measured clients that follow here and send this method and content; `None` where not measured.
    pub agreement: Option<f64>,
    /// The rule behind the verdict.
    pub rule: Clause,
    /// Whether scheme, host or port change ([Fetch, "same origin"](https://html.spec.whatwg.org/#same-origin)).
    pub cross_origin: bool,
    /// Whether it leads from https to http.
    pub downgrade: bool,
    /// Fields of the last request that the next does not carry, in the order they were sent, in lower case.
    pub dropped: Vec<String>,
    /// Fields with credentials that the next request carries, in lower case.
    pub credentials_sent: Vec<String>,
    /// Those of them that are the caller's and now reach an origin that is not the first of the chain: one that the last
    /// request did not go to, or did not carry them to.
    pub exposed: Vec<String>,
    /// Whether the next request was made (or is about to be).
    pub followed: bool,
}

/// The method before and after a redirect, or a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodChange {
    /// The method before.
    pub from: Method,
    /// The method after.
    pub to: Method,
}

impl MethodChange {
    /// Whether it stayed.
    #[must_use]
    pub fn kept(&self) -> bool {
        self.from == self.to
    }
}

enumerated! {
    /// What became of the content of a request.
    pub enum BodyFate {
        /// Sent again.
        Kept = "kept",
        /// Left behind.
        Dropped = "dropped",
        /// There was none to keep.
        None = "none",
    }
}

enumerated! {
    /// What becomes of a field.
    #[derive(Hash)]
    pub enum FieldFate {
        /// Sent again.
        Kept = "kept",
        /// Sent with another value.
        Changed = "changed",
        /// Left behind.
        Dropped = "dropped",
        /// Sent for the first time.
        Added = "added",
        /// There was none and there is none.
        None = "none",
    }
}

impl FieldFate {
    /// From what was sent before, and what is sent now.
    #[must_use]
    pub fn of(before: Option<&[u8]>, after: Option<&[u8]>) -> Self {
        match (before, after) {
            (Some(was), Some(is)) if was == is => Self::Kept,
            (Some(_), Some(_)) => Self::Changed,
            (Some(_), None) => Self::Dropped,
            (None, Some(_)) => Self::Added,
            (None, None) => Self::None,
        }
    }
}
