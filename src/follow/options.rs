//! What the user lets a chain do, whoever it is followed as.

use super::Jar;

/// What the user lets a chain do.
#[derive(Debug, Clone)]
pub struct FollowOptions {
    /// Whether to follow at all.
    pub follow: bool,
    /// The schemes that a redirect may lead to, in lower case.
    pub schemes: Vec<String>,
    /// The cookies at the start; `None` keeps none at all.
    pub jar: Option<Jar>,
    /// How much of the heads of all answers is kept, in bytes of memory; of a head beyond it, what its redirect is judged
    /// by is.
    pub heads: usize,
}

impl FollowOptions {
    /// How much of the heads of its answers a chain keeps usually, in bytes: a hundred times those of a long chain.
    pub const HEADS: usize = 4 << 20;
}

impl Default for FollowOptions {
    /// Follows, to http and https, with an empty jar.
    fn default() -> Self {
        Self {
            follow: true,
            schemes: vec!["http".to_owned(), "https".to_owned()],
            jar: Some(Jar::new()),
            heads: Self::HEADS,
        }
    }
}
