//! `_redirects`: one syntax, three languages.

mod cloudflare;
mod dialect;
mod draft;
mod gitlab;
pub(crate) mod netlify;
#[cfg(test)]
mod tests;

pub use dialect::RedirectsDialect;
pub(crate) use draft::Draft;

use super::file::{FileFault, RuleFile};

/// The rules of a `_redirects` file, read as this platform reads it.
///
/// # Errors
///
/// What makes the platform take nothing of the file at all (GitLab: a line of one word, a file too large).
pub fn read(text: &str, dialect: RedirectsDialect) -> Result<RuleFile, Vec<FileFault>> {
    match dialect {
        RedirectsDialect::Netlify => Ok(netlify::read(text)),
        RedirectsDialect::Cloudflare => Ok(cloudflare::read(text)),
        RedirectsDialect::Gitlab => gitlab::read(text),
    }
}
