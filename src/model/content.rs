//! What a request carries: content that can be read again at every hop, because 307 and 308 ask for it again.

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

/// Content that can be opened any number of times and gives the same bytes each time.
pub trait Content: fmt::Debug + Send + Sync {
    /// A reader at the first byte.
    ///
    /// # Errors
    /// Whatever opening the source gives: a file may have gone since it was named.
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>>;

    /// Its length in bytes; `None` where it is not known before it is read (sent chunked).
    fn length(&self) -> Option<u64>;
}

impl Content for Vec<u8> {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(self.as_slice()))
    }

    fn length(&self) -> Option<u64> {
        Some(self.len() as u64)
    }
}

/// The content of a request, or none.
///
/// A content known to be of no bytes is none: there is nothing that a redirect could keep or drop.
#[derive(Debug, Clone, Default)]
pub struct Body(Option<Arc<dyn Content>>);

impl Body {
    /// No content.
    pub const NONE: Self = Self(None);

    /// This content; none where its length is known to be 0.
    #[must_use]
    pub fn new(content: Arc<dyn Content>) -> Self {
        if content.length() == Some(0) {
            Self::NONE
        } else {
            Self(Some(content))
        }
    }

    /// These bytes.
    #[must_use]
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(Arc::new(bytes.into()))
    }

    /// The content, where there is some.
    #[must_use]
    pub fn content(&self) -> Option<&dyn Content> {
        self.0.as_deref()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }
}
