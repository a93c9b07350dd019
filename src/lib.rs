//! rehop says at every HTTP redirect whether the method and the body were preserved as the specification requires, why,
//! and what other clients would have done.
//!
//! The rooms, lowest floor first; imports only go down (`tests/architecture.rs` holds the table):
//!
//! - [`model`]: the words: request, response, headers, body, timings.
//! - [`exit`]: the exit codes.
//! - [`rules`]: the law, pure.
//! - [`follow`]: the chain as a state machine, and the one-method [`follow::Transport`].
//! - [`net`]: the transport that reaches the network, over ureq with redirects off.

pub mod exit;
pub mod follow;
pub mod model;
pub mod net;
pub mod rules;
