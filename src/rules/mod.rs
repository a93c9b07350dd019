//! The law: pure functions from what was seen to what follows from it.
//!
//! - [`law`]: code × method → which next requests [RFC 9110 §15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4)
//!   and [Fetch](https://fetch.spec.whatwg.org/#http-redirect-fetch) allow, and how they look on each.
//! - [`location`]: Location → target URI.
//! - [`policy`]: every choice that a client makes when it follows, as data.
//! - [`step`]: what one client with such a policy sends, hop by hop, and which fields survive which crossing.
//! - [`cookie`]: what becomes of a cookie, and why.
//! - [`credential`]: which fields and names are credentials.
//! - [`leaks`]: what leaves with the request that a redirect makes.
//! - [`slips`]: where a redirect leads that its server most likely did not mean. [`hypertext`]: the note in its content.
//! - [`mask`]: what is a secret, by name and by shape, and a text without it.
//! - [`status`]: the table of 3xx codes. [`findings`]: what else a report points at.
//!
//! No socket, clock, environment, thread or printing here.

mod carry;
pub mod cookie;
pub mod credential;
pub mod detect;
mod facts;
pub mod findings;
pub mod hypertext;
pub mod law;
pub mod leaks;
pub mod links;
pub mod location;
pub mod mask;
pub mod policy;
mod redirect;
pub mod slips;
pub mod status;
pub mod step;
mod verdict;

pub use facts::{Facts, Leak, Side, Slip};
pub use findings::{Finding, Note, Severity};
pub use policy::Policy;
pub use redirect::{BodyFate, FieldFate, MethodChange, Redirect};
pub use verdict::Verdict;

/// Where a verdict comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// The document, such as `RFC 9110`.
    pub source: &'static str,
    /// The section in it, such as `15.4.8`.
    pub section: &'static str,
    /// The link to the section.
    pub url: &'static str,
    /// What it says, one sentence in our own words.
    pub says: &'static str,
}
