//! One short file per verb, and what opens the files that a plan names.

pub mod content;
pub mod cookies;
pub mod multipart;
pub mod netrc;
pub mod request;
pub mod urls;
