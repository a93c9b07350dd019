//! Arguments as typed → [`Plan`] as meant; completions and man page. The only room that names `clap`.
//!
//! ```text
//! words ──parse──▶ args::Args ──┐
//!                               ├─plan─▶ Plan (nothing opened yet)
//! curl's words ──curl──▶ args ──┘
//! ```
//!
//! curl's rules (`-d` makes a POST, pieces join with `&`, `-X` sticks …) live in [`plan`] and nowhere else.

pub mod args;
pub mod curl;
pub mod docs;
pub mod env;
mod parse;
pub mod plan;
mod usage;

pub use env::Env;
pub use plan::Plan;
pub use usage::{UsageError, printable};
