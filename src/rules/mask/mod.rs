//! Secrets that nothing which rehop writes shows unless it is asked to (`--show-secrets`): reports end up in logs and
//! tickets.
//!
//! A secret is known by its name (a header field, a query or path parameter, a cookie, a member of a form or of JSON, an
//! option of a command line), by its place (user information of a URL, also in a URL within a URL), or by its shape (a
//! JWT, a token with the prefix of its maker); and the user names more (`--secret`). Where in doubt, a value is masked: a
//! reader misses little, and a secret that was shown cannot be taken back.

mod contained;
mod inline;
mod names;
mod reference;
#[cfg(test)]
mod tests;
mod text;
mod typed;
mod words;

pub use contained::{names_in_content, names_in_url};
pub use typed::TypedSecrets;

use names::{MASK, Names, plain};

/// Whether secrets may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// They are replaced by `***`.
    Masked,
    /// So are the values of these names; see [`Secrets::naming`].
    Named(&'static [String]),
    /// They are shown as they are.
    Shown,
}

impl Secrets {
    /// Masked, and with them the values of these fields, parameters, cookies and members, by name.
    ///
    /// The names stay for the life of the process: a program has one set of them, and every report asks for it.
    #[must_use]
    pub fn naming<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<String> = names
            .into_iter()
            .map(plain)
            .filter(|name| !name.is_empty())
            .collect();
        if names.is_empty() {
            Self::Masked
        } else {
            Self::Named(Vec::leak(names))
        }
    }

    /// A URL without its secrets.
    #[must_use]
    pub fn url(self, url: &str) -> String {
        text_of(self.reference(url.as_bytes()))
    }

    /// A reference such as Location holds, without its secrets.
    #[must_use]
    pub fn reference(self, raw: &[u8]) -> Vec<u8> {
        self.apply(raw, reference::reference)
    }

    /// A sentence with URLs in it, without their secrets.
    #[must_use]
    pub fn text(self, text: &str) -> String {
        text_of(self.apply(text.as_bytes(), text::sentence))
    }

    /// Content, or the beginning of it, without the secrets of forms and JSON.
    #[must_use]
    pub fn content(self, bytes: &[u8]) -> Vec<u8> {
        self.apply(bytes, text::data)
    }

    /// The value of this header field without its secrets.
    #[must_use]
    pub fn field(self, name: &str, value: &[u8]) -> Vec<u8> {
        self.apply(value, |value, names| text::field(name, value, names))
    }

    /// The words of a command line without the secrets that they carry.
    #[must_use]
    pub fn words(self, words: &[String]) -> Vec<String> {
        match self.names() {
            Some(names) => words::words(words, names),
            None => words.to_vec(),
        }
    }

    /// An expectation, `KEY OP VALUE`, without the secrets that a value of such a key can hold.
    #[must_use]
    pub fn expectation(self, text: &str) -> String {
        match text.splitn(3, ' ').collect::<Vec<_>>()[..] {
            // Asked for by these two words is no value.
            [_, "=" | "!=", "absent" | "present"] => text.to_owned(),
            [key, op, value] => format!("{key} {op} {}", self.of_key(key, value)),
            _ => self.text(text),
        }
    }

    /// A value that this key of an expectation has, without its secrets.
    #[must_use]
    pub fn of_key(self, key: &str, value: &str) -> String {
        if key.starts_with("cookie.") && self.names().is_some() {
            return MASK.to_owned();
        }
        match key.split_once("header.") {
            Some((_, name)) => text_of(self.field(name, value.as_bytes())),
            // A pattern can have blanks, and so can what is typed.
            None if key == "final" || key.split('.').next_back() == Some("url") => self.url(value),
            None => self.text(value),
        }
    }

    /// The names that are masked; `None` where nothing is.
    fn names(self) -> Option<Names> {
        match self {
            Self::Masked => Some(Names(&[])),
            Self::Named(names) => Some(Names(names)),
            Self::Shown => None,
        }
    }

    fn apply(self, raw: &[u8], mask: impl Fn(&[u8], Names) -> Vec<u8>) -> Vec<u8> {
        match self.names() {
            Some(names) => mask(raw, names),
            None => raw.to_vec(),
        }
    }
}

/// Masks cut at ASCII characters only, so that text stays text.
fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
