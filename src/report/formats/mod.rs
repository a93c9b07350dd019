//! The formats that other programs read, or other people: one small file each.
//!
//! Each reads cases and views and nothing else; what a server sent goes through the escape function of its format.

mod csv;
mod curl;
mod github;
mod gitlab;
mod har;
mod html;
mod junit;
mod markdown;
mod mermaid;
mod moment;
mod sarif;
mod summary;
mod tap;

pub use csv::Csv;
pub use curl::Curl;
pub use github::GitHub;
pub use gitlab::GitLab;
pub use har::Har;
pub use html::Html;
pub use junit::JUnit;
pub use markdown::Markdown;
pub use mermaid::Mermaid;
pub use sarif::Sarif;
pub use summary::{HostView, RunView, SpreadView, Summary};
pub use tap::Tap;
