//! rehop says at every HTTP redirect whether the method and the body were preserved as the specification requires, why,
//! and what other clients would have done.
//!
//! The rooms, lowest floor first; imports only go down (`tests/architecture.rs` holds the table):
//!
//! - [`model`]: the words: request, response, headers, body, timings.
//! - [`exit`]: the exit codes.
//! - [`rules`]: the law, pure.
//! - [`follow`]: the chain as a state machine, and the one-method [`follow::Transport`].
//! - [`cli`]: arguments as typed → plan as meant.
//! - [`commands`]: one short file per verb.

pub mod cli;
pub mod commands;
pub mod exit;
pub mod follow;
pub mod model;
pub mod rules;
