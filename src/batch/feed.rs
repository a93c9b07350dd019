//! Where the URLs of a run come from.

use url::Url;

/// URLs that are read as they are needed, so that memory does not grow with their number.
pub struct UrlFeed {
    pub(super) urls: Box<dyn Iterator<Item = Url> + Send>,
    pub(super) is_slow: bool,
}

impl UrlFeed {
    /// URLs that are there: a list in memory, a file.
    pub fn at_hand(urls: impl Iterator<Item = Url> + Send + 'static) -> Self {
        Self {
            urls: Box::new(urls),
            is_slow: false,
        }
    }

    /// URLs that somebody may still be writing: a pipe. Nobody waits for the next where there is something to do.
    pub fn coming(urls: impl Iterator<Item = Url> + Send + 'static) -> Self {
        Self {
            urls: Box::new(urls),
            is_slow: true,
        }
    }
}
