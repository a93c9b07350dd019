//! Secrets that a report does not show unless it is asked to (`--show-secrets`): reports end up in logs and tickets.
//!
//! Masked are credentials in header fields, user information in URLs, and the values of query parameters, path
//! parameters and fragments whose names say that they are secret, also in a URL within a URL. Where in doubt, a value is
//! masked: a reader misses little, and a secret that was shown cannot be taken back.

mod names;
mod reference;
#[cfg(test)]
mod tests;

use names::{MASK, is_secret_field, plain};
use reference::reference;

/// Whether secrets may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// They are replaced by `***`.
    Masked,
    /// They are shown as they are.
    Shown,
}

impl Secrets {
    /// A URL without its secrets.
    #[must_use]
    pub fn url(self, url: &str) -> String {
        text_of(self.reference(url.as_bytes()))
    }

    /// A reference such as Location holds, without its secrets.
    #[must_use]
    pub fn reference(self, raw: &[u8]) -> Vec<u8> {
        self.apply(raw, reference)
    }

    /// A sentence with URLs in it, without their secrets.
    #[must_use]
    pub fn text(self, text: &str) -> String {
        text_of(self.apply(text.as_bytes(), sentence))
    }

    /// The value of this header field without its secrets.
    #[must_use]
    pub fn field(self, name: &str, value: &[u8]) -> Vec<u8> {
        self.apply(value, |value| field(name, value))
    }

    /// An expectation, `KEY OP VALUE`, without the secrets that a value of such a key can hold.
    #[must_use]
    pub fn expectation(self, text: &str) -> String {
        match text.splitn(3, ' ').collect::<Vec<_>>()[..] {
            [key, op, value] => format!("{key} {op} {}", self.of_key(key, value)),
            _ => self.text(text),
        }
    }

    /// A value that this key of an expectation has, without its secrets.
    #[must_use]
    pub fn of_key(self, key: &str, value: &str) -> String {
        match key.split_once("header.") {
            Some((_, name)) => text_of(self.field(name, value.as_bytes())),
            // A pattern can have blanks, and so can what is typed.
            None if key == "final" || key.split('.').next_back() == Some("url") => self.url(value),
            None => self.text(value),
        }
    }

    fn apply(self, raw: &[u8], mask: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
        match self {
            Self::Masked => mask(raw),
            Self::Shown => raw.to_vec(),
        }
    }
}

/// Masks cut at ASCII characters only, so that text stays text.
fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn field(name: &str, value: &[u8]) -> Vec<u8> {
    let plain = plain(name);
    match plain.as_str() {
        _ if value.is_empty() => Vec::new(),
        "cookie" => joined(value, |_, pair| cookie(pair)),
        "setcookie" => joined(value, |n, pair| {
            if n > 0 && is_cookie_attribute(pair) {
                pair.to_vec()
            } else {
                cookie(pair)
            }
        }),
        "location" | "contentlocation" | "referer" => reference(value),
        _ if plain.ends_with("authorization") => credentials(value),
        _ if is_secret_field(name) => MASK.into(),
        _ => sentence(value),
    }
}

/// `Bearer ***`: the scheme is no secret, and says much ([RFC 9110 §11.4](https://www.rfc-editor.org/rfc/rfc9110#section-11.4)).
fn credentials(value: &[u8]) -> Vec<u8> {
    match value.iter().position(|byte| *byte == b' ') {
        Some(space) if value[..space].iter().all(u8::is_ascii_alphanumeric) => {
            [&value[..=space], MASK.as_bytes()].concat()
        }
        _ => MASK.into(),
    }
}

/// Each piece between semicolons, masked by its number and content.
fn joined(value: &[u8], mask: impl Fn(usize, &[u8]) -> Vec<u8>) -> Vec<u8> {
    let pieces: Vec<_> = value
        .split(|byte| *byte == b';')
        .enumerate()
        .map(|(n, piece)| mask(n, piece))
        .collect();
    pieces.join(&b';')
}

/// `name=***`; a piece without a name is a value.
fn cookie(pair: &[u8]) -> Vec<u8> {
    let name = pair
        .iter()
        .position(|byte| *byte == b'=')
        .map_or(&b" "[..usize::from(pair.starts_with(b" "))], |at| {
            &pair[..=at]
        });
    [name, MASK.as_bytes()].concat()
}

/// The attributes of [RFC 6265 §4.1](https://www.rfc-editor.org/rfc/rfc6265#section-4.1) and its successors.
fn is_cookie_attribute(pair: &[u8]) -> bool {
    let name = pair
        .split(|byte| *byte == b'=')
        .next()
        .unwrap_or_default()
        .trim_ascii()
        .to_ascii_lowercase();
    let known: [&[u8]; 9] = [
        b"expires",
        b"max-age",
        b"domain",
        b"path",
        b"secure",
        b"httponly",
        b"samesite",
        b"partitioned",
        b"priority",
    ];
    known.contains(&name.as_slice())
}

/// Masks every reference among the words of `text`.
fn sentence(text: &[u8]) -> Vec<u8> {
    let between = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`<>".contains(byte);
    let mut out = Vec::with_capacity(text.len());
    for word in text.split_inclusive(between) {
        let end = word.len() - usize::from(word.last().is_some_and(between));
        let trimmed = word[..end]
            .iter()
            .rposition(|byte| !b".,;:!?)]}".contains(byte))
            .map_or(0, |last| last + 1);
        out.extend(reference(&word[..trimmed]));
        out.extend(&word[trimmed..]);
    }
    out
}
