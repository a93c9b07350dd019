//! Routes of Vercel and of Next.js: sources of path-to-regexp, conditions, phases.

mod condition;
mod engine;
mod next;
mod pattern;
#[cfg(test)]
mod tests;
mod tokens;
mod vercel;

pub use next::read as read_next_manifest;
pub use vercel::{read as read_vercel, read_mintlify};
