//! How values stand in a sentence: masked as what they are, and as long as there is room.

use crate::rules::mask::Secrets;

/// How values stand in a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    /// Whether secrets are masked.
    pub secrets: Secrets,
    /// Whether long URLs are cut in their middle, for people, or whole, for programs.
    pub brief: bool,
}

/// Bytes of the longest Location that a sentence repeats; the hop has it whole.
pub(super) const LONGEST_LOCATION: usize = 400;

impl Voice {
    /// For programs: values whole.
    #[must_use]
    pub fn whole(secrets: Secrets) -> Self {
        Self {
            secrets,
            brief: false,
        }
    }

    /// For people: values as long as a sentence can hold.
    #[must_use]
    pub fn brief(secrets: Secrets) -> Self {
        Self {
            secrets,
            brief: true,
        }
    }

    /// A URL.
    pub(super) fn url(self, url: &str) -> String {
        self.cut(self.secrets.url(url))
    }

    /// A Location as received.
    pub(super) fn location(self, raw: &[u8]) -> String {
        let masked = self.secrets.reference(raw);
        self.cut(String::from_utf8_lossy(&masked).into_owned())
    }

    /// What a server wrote where no grammar says what it is.
    pub(super) fn foreign(self, text: &str) -> String {
        self.secrets.text(text)
    }

    /// A name that a server gave, such as that of a cookie.
    pub(super) fn name(self, name: &str) -> String {
        self.cut(self.foreign(name))
    }

    fn cut(self, text: String) -> String {
        if self.brief { short(&text) } else { text }
    }
}

/// A URL that a sentence can hold: its beginning and its end.
#[must_use]
pub fn short(url: &str) -> String {
    const HEAD: usize = 80;
    const TAIL: usize = 30;
    let length = url.chars().count();
    if length <= HEAD + TAIL {
        return url.to_owned();
    }
    let head: String = url.chars().take(HEAD).collect();
    let tail: String = url.chars().skip(length - TAIL).collect();
    format!("{head}...{tail}")
}
