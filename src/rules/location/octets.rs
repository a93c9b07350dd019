//! Taking octets apart.

use crate::model::percent;

/// The scheme that a reference starts with, and what follows its colon
/// ([RFC 3986 §3.1](https://www.rfc-editor.org/rfc/rfc3986#section-3.1)).
pub(super) fn scheme(reference: &[u8]) -> Option<(&str, &[u8])> {
    let colon = reference.iter().position(|octet| *octet == b':')?;
    let name = str::from_utf8(&reference[..colon]).ok()?;
    is_scheme(name).then(|| (name, &reference[colon + 1..]))
}

/// An IPv4 address or number, a port and a path: no scheme starts with a digit.
pub(super) fn is_bare_host_port(text: &[u8]) -> bool {
    let (host, rest) = split_once(text, b':');
    let Some(rest) = rest else { return false };
    let digits = rest
        .iter()
        .take_while(|octet| octet.is_ascii_digit())
        .count();
    !host.is_empty()
        && host
            .iter()
            .all(|octet| octet.is_ascii_digit() || *octet == b'.')
        && digits > 0
        && rest.get(digits) == Some(&b'/')
}

/// What stands before and after the first `at`.
pub(super) fn split_once(text: &[u8], at: u8) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|octet| *octet == at) {
        Some(position) => (&text[..position], Some(&text[position + 1..])),
        None => (text, None),
    }
}

/// The text without what it starts with of `octet`.
pub(super) fn trim_start(text: &[u8], octet: u8) -> &[u8] {
    &text[text.iter().take_while(|found| **found == octet).count()..]
}

/// The text without what it ends with of `octet`.
pub(super) fn trim_end(text: &[u8], octet: u8) -> &[u8] {
    &text[..text.len()
        - text
            .iter()
            .rev()
            .take_while(|found| **found == octet)
            .count()]
}

/// Whether `text` is a scheme by the grammar of [RFC 3986 §3.1](https://www.rfc-editor.org/rfc/rfc3986#section-3.1).
pub(super) fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// The bytes as the code points that the URL parser wants: UTF-8 where it is, stray bytes percent-encoded, as browsers
/// do (<https://github.com/whatwg/fetch/issues/883>).
pub(super) fn code_points(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&percent::ascii(chunk.invalid()));
    }
    text
}
