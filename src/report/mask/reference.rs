//! Secrets in a URL, absolute or relative, as clients of either standard would read it.

use url::form_urlencoded;

use super::names::{MASK, is_secret, plain};
use crate::model::percent;

/// Masks user information and the values of secret names in a reference.
pub(super) fn reference(raw: &[u8]) -> Vec<u8> {
    at_depth(raw, DEPTH)
}

/// How often a value is decoded to find a URL within a URL within a URL; bounds the work on a hostile one.
const DEPTH: usize = 3;

fn at_depth(raw: &[u8], depth: usize) -> Vec<u8> {
    // Parsers take tabs and line ends out before they read (https://url.spec.whatwg.org/#concept-basic-url-parser).
    let read: Vec<u8> = raw
        .iter()
        .copied()
        .filter(|byte| !b"\t\r\n".contains(byte))
        .collect();
    let masked = without_values(&without_userinfo(&read), depth);
    if masked == read { raw.to_vec() } else { masked }
}

fn without_userinfo(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(start) = authority(rest) {
        let length = rest[start..]
            .iter()
            .position(|byte| b"/\\?#".contains(byte))
            .unwrap_or(rest.len() - start);
        let (before, authority) = (&rest[..start], &rest[start..start + length]);
        out.extend(before);
        match authority.iter().rposition(|byte| *byte == b'@') {
            Some(at) => out.extend([MASK.as_bytes(), &authority[at..]].concat()),
            None => out.extend(authority),
        }
        rest = &rest[start + length..];
    }
    out.extend(rest);
    out
}

/// Where the first authority begins: past two slashes or more of either kind, or past `http:` or `https:`, which
/// browsers read as if slashes followed.
fn authority(bytes: &[u8]) -> Option<usize> {
    let is_slash = |byte: &u8| matches!(byte, b'/' | b'\\');
    let begins = |at: usize, scheme: &[u8]| {
        bytes
            .get(at..at + scheme.len())
            .is_some_and(|here| here.eq_ignore_ascii_case(scheme))
            .then_some(at + scheme.len())
    };
    let slashes = |at: usize| {
        bytes
            .get(at..at + 2)
            .is_some_and(|two| two.iter().all(is_slash))
            .then_some(at + 2)
    };
    let start = (0..bytes.len()).find_map(|at| {
        slashes(at)
            .or(begins(at, b"http:"))
            .or(begins(at, b"https:"))
    })?;
    Some(
        start
            + bytes[start..]
                .iter()
                .position(|byte| !is_slash(byte))
                .unwrap_or(bytes.len() - start),
    )
}

/// Masks what follows `=` after a secret name that one of `?&;#` introduces.
fn without_values(bytes: &[u8], depth: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    let mut in_path = true;
    while let Some(mark) = rest.iter().position(|byte| b"?&;#".contains(byte)) {
        in_path &= b"&;".contains(&rest[mark]);
        out.extend(&rest[..=mark]);
        rest = &rest[mark + 1..];
        let Some(equals) = rest
            .iter()
            .position(|byte| b"=?&;#/".contains(byte))
            .filter(|at| rest[*at] == b'=')
        else {
            continue;
        };
        let (name, after) = rest.split_at(equals + 1);
        out.extend(name);
        let secret = is_secret(&plain(&percent::decoded_text(&name[..equals])));
        let end: &[u8] = match (secret, in_path) {
            (true, true) => b"/;?#",
            (true, false) => b"&#",
            (false, _) => b"?&;#",
        };
        let (value, next) = after.split_at(
            after
                .iter()
                .position(|byte| end.contains(byte))
                .unwrap_or(after.len()),
        );
        out.extend(if secret {
            MASK[..3 * usize::from(!value.is_empty())].into()
        } else {
            nested(value, depth)
        });
        rest = next;
    }
    out.extend(rest);
    out
}

/// A value that may be an encoded reference.
fn nested(value: &[u8], depth: usize) -> Vec<u8> {
    if depth == 0 || !value.contains(&b'%') {
        return value.to_vec();
    }
    let inner = percent::decoded(value);
    let masked = at_depth(&inner, depth - 1);
    if masked == inner {
        value.to_vec()
    } else {
        form_urlencoded::byte_serialize(&masked)
            .collect::<String>()
            .into()
    }
}
