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
}

impl Default for FollowOptions {
    /// Follows, to http and https, with an empty jar.
    fn default() -> Self {
        Self {
            follow: true,
            schemes: vec!["http".to_owned(), "https".to_owned()],
            jar: Some(Jar::new()),
        }
    }
}
