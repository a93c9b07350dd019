//! rehop says at every HTTP redirect whether the method and the body were preserved as the specification requires, why,
//! and what other clients would have done.
//!
//! The rooms, lowest floor first; imports only go down (`tests/architecture.rs` holds the table):
//!
//! - [`model`]: the words: request, response, headers, body, timings.
//! - [`exit`]: the exit codes, and the errors that end a run.
//! - [`rules`]: the law, pure.
//! - [`clients`]: what real clients do, as data.
//! - [`platforms`]: what a hosting platform's rules file says, and what it would answer.
//! - [`follow`]: the chain as a state machine, and the one-method [`follow::Transport`].
//! - [`batch`]: many chains: a queue that spares hosts, tries again, and tells each as given or as done.
//! - [`check`]: what a user expects of a chain, held against it.
//! - [`inspect`]: one call that follows a chain, compares and checks it: what `rehop URL` does.
//! - [`lab`]: the redirect lab: a loopback server that plays every redirect situation.
//! - [`net`]: the transport that reaches the network, and a plain one over ureq.
//! - [`intake`]: from a named place to bytes or values: files, lists of URLs, profiles, credentials, forms.
//! - [`report`]: one view, many formats.
//!
//! Above them stand the two rooms of the program, which are no part of the library but for its door: `cli` (arguments as
//! typed → plan as meant) and `commands` (one short file per verb). [`run`] is the whole program.

#![cfg_attr(
    test,
    expect(clippy::too_many_lines, reason = "a test is a table, one row a case")
)]

pub mod batch;
pub mod check;
#[cfg(feature = "cli")]
mod cli;
pub mod clients;
#[cfg(feature = "cli")]
mod commands;
pub mod exit;
pub mod follow;
pub mod inspect;
#[cfg(feature = "intake")]
pub mod intake;
#[cfg(feature = "lab")]
pub mod lab;
pub mod model;
#[cfg(feature = "net")]
pub mod net;
#[cfg(feature = "platforms")]
pub mod platforms;
#[cfg(feature = "report")]
pub mod report;
pub mod rules;

#[cfg(feature = "cli")]
pub use cli::Env;
#[cfg(feature = "cli")]
pub use commands::{Streams, is_closed, run};
