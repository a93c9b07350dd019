//! Secrets in a URL, absolute or relative, as clients of either standard would read it.

use url::form_urlencoded;

use super::inline;
use super::names::{MASK, Names};
use crate::model::percent;

/// Masks user information, the values of secret names, and what looks like a secret in a reference.
pub(super) fn reference(raw: &[u8], names: Names) -> Vec<u8> {
    inline::shapes(&at_depth(raw, names, DEPTH))
}

/// Masks the values of secret names in `a=1&b=2`, as forms are written.
pub(super) fn form(raw: &[u8], names: Names) -> Vec<u8> {
    let query = [b"?", raw].concat();
    without_values(&query, names, DEPTH).split_off(1)
}

/// How often a value is decoded to find a URL within a URL within a URL; bounds the work on a hostile one.
const DEPTH: usize = 3;

fn at_depth(raw: &[u8], names: Names, depth: usize) -> Vec<u8> {
    // Parsers take tabs and line ends out before they read (https://url.spec.whatwg.org/#concept-basic-url-parser).
    let read: Vec<u8> = raw
        .iter()
        .copied()
        .filter(|byte| !b"\t\r\n".contains(byte))
        .collect();
    let masked = without_values(&without_userinfo(&read), names, depth);
    if masked == read { raw.to_vec() } else { masked }
}

fn without_userinfo(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(start) = authority(rest) {
        let length = authority_length(&rest[start..]);
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

/// How long an authority is: up to its path, but with a password that holds a raw `/`, `?` or `#`, as people type them.
///
/// Such a password shows as a port that is none, before an `@`; parsers end the authority there, and refuse the URL.
fn authority_length(rest: &[u8]) -> usize {
    let ends = |byte: &u8| b"/\\?#".contains(byte);
    let end = rest.iter().position(ends).unwrap_or(rest.len());
    let authority = &rest[..end];
    let port = authority
        .iter()
        .rposition(|byte| *byte == b':')
        .map(|at| &authority[at + 1..]);
    let is_port =
        port.is_none_or(|port| port.iter().all(u8::is_ascii_digit) || port.ends_with(b"]"));
    if is_port || authority.contains(&b'@') || authority.starts_with(b"[") {
        return end;
    }
    let word = rest
        .iter()
        .position(u8::is_ascii_whitespace)
        .unwrap_or(rest.len());
    match rest[..word].iter().rposition(|byte| *byte == b'@') {
        Some(at) => {
            at + 1
                + rest[at + 1..]
                    .iter()
                    .position(ends)
                    .unwrap_or(rest.len() - at - 1)
        }
        None => end,
    }
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
fn without_values(bytes: &[u8], names: Names, depth: usize) -> Vec<u8> {
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
        let secret = names.is_parameter(&percent::decoded_text(&name[..equals]));
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
            nested(value, names, depth)
        });
        rest = next;
    }
    out.extend(rest);
    out
}

/// A value that may be an encoded reference, or JSON.
fn nested(value: &[u8], names: Names, depth: usize) -> Vec<u8> {
    let plain = inline::json(value, names);
    if depth == 0 || !value.contains(&b'%') || plain != value {
        return plain;
    }
    let inner = percent::decoded(value);
    let masked = inline::shapes(&inline::json(&at_depth(&inner, names, depth - 1), names));
    if masked == inner {
        value.to_vec()
    } else {
        form_urlencoded::byte_serialize(&masked)
            .collect::<String>()
            .into()
    }
}
