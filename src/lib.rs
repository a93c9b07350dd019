//! rehop says at every HTTP redirect whether the method and the body were preserved as the specification requires, why,
//! and what other clients would have done.
//!
//! The rooms, lowest floor first; imports only go down (`tests/architecture.rs` holds the table):
//!
//! - [`model`]: the words: request, response, headers, body, timings.
//! - [`exit`]: the exit codes.
//! - [`rules`]: the law, pure.
//! - [`clients`]: what real clients do, as data.
//! - [`follow`]: the chain as a state machine, and the one-method [`follow::Transport`].
//! - [`check`]: what a user expects of a chain, held against it.
//! - [`lab`]: the redirect lab: a loopback server that plays every redirect situation.
//! - [`net`]: the transport that reaches the network, over ureq.
//! - [`report`]: one view, many formats.
//! - [`cli`]: arguments as typed → plan as meant.
//! - [`commands`]: one short file per verb.

pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod clients;
#[cfg(feature = "cli")]
pub mod commands;
pub mod exit;
pub mod follow;
#[cfg(feature = "lab")]
pub mod lab;
pub mod model;
#[cfg(feature = "net")]
pub mod net;
#[cfg(feature = "report")]
pub mod report;
pub mod rules;
