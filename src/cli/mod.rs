//! Arguments as typed → [`Plan`] as meant; completions and man page. The only room that names `clap`.
//!
//! ```text
//! words ──parse──▶ args::Args ──┐
//!                               ├─plan─▶ Plan (nothing opened yet)
//! curl's words ──curl──▶ args ──┘
//! ```
//!
//! curl's rules (`-d` makes a POST, pieces join with `&`, `-X` sticks …) live in [`plan`] and nowhere else. Files lean on
//! each other in one direction: `args` ← `plan` ← `words` ← `parse` ← `curl` ← `meaning`.

pub(crate) mod args;
pub(crate) mod curl;
pub(crate) mod docs;
pub(crate) mod env;
mod meaning;
mod parse;
pub(crate) mod plan;
mod printable;
mod words;

pub use env::Env;
pub(crate) use meaning::Plan;
pub(crate) use printable::printable;
