//! The same flags as completions and as man page.

use super::args::Shell;

/// The completions for a shell.
#[must_use]
pub fn completions(_shell: Shell) -> String {
    String::new()
}

/// The man page.
#[must_use]
pub fn man() -> String {
    String::new()
}
