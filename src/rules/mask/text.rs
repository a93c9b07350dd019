//! Fields, forms, JSON and sentences without their secrets.

use super::inline;
use super::names::{MASK, Names, plain};
use super::reference;

/// The value of this header field without its secrets.
pub(super) fn field(name: &str, value: &[u8], names: Names) -> Vec<u8> {
    let plain = plain(name);
    match plain.as_str() {
        _ if value.is_empty() => Vec::new(),
        "cookie" => cookies(value),
        "setcookie" | "setcookie2" => joined(value, |n, pair| {
            if n > 0 && is_cookie_attribute(pair) {
                pair.to_vec()
            } else {
                cookie(pair)
            }
        }),
        "location" | "contentlocation" | "referer" => reference::reference(value, names),
        // For everybody to read (RFC 9421).
        "signature" | "signatureinput" => value.to_vec(),
        _ if plain.ends_with("authorization") => credentials(value),
        _ if names.is_field(name) => MASK.into(),
        _ => sentence(&data(value, names), names),
    }
}

/// `Bearer ***`: a known scheme is no secret, and says much ([RFC 9110 §11.4](https://www.rfc-editor.org/rfc/rfc9110#section-11.4)).
fn credentials(value: &[u8]) -> Vec<u8> {
    let scheme = value.split(|byte| *byte == b' ').next().unwrap_or_default();
    let known = SCHEMES
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known.as_bytes()));
    if known && scheme.len() < value.len() {
        [scheme, b" ", MASK.as_bytes()].concat()
    } else {
        MASK.into()
    }
}

/// The [registered schemes](https://www.iana.org/assignments/http-authschemes), and those of AWS, Hawk, Heroku and GitHub.
const SCHEMES: [&str; 16] = [
    "ApiKey",
    "AWS4-HMAC-SHA256",
    "Basic",
    "Bearer",
    "Concealed",
    "Digest",
    "DPoP",
    "GNAP",
    "Hawk",
    "HOBA",
    "Mutual",
    "Negotiate",
    "NTLM",
    "OAuth",
    "Token",
    "vapid",
];

/// `name=***` for every pair of a Cookie field.
pub(super) fn cookies(value: &[u8]) -> Vec<u8> {
    joined(value, |_, pair| cookie(pair))
}

/// A field line, `Name: value`, as options of a command line take it.
pub(super) fn field_line(line: &[u8], names: Names) -> Vec<u8> {
    let Some(colon) = line.iter().position(|byte| *byte == b':') else {
        return sentence(line, names);
    };
    let (name, value) = line.split_at(colon + 1);
    let blanks = value.iter().take_while(|byte| **byte == b' ').count();
    let (blanks, value) = value.split_at(blanks);
    let masked = field(&String::from_utf8_lossy(&name[..colon]), value, names);
    [name, blanks, &masked].concat()
}

/// A form, JSON, or any other content.
pub(super) fn data(content: &[u8], names: Names) -> Vec<u8> {
    let is_json = content.trim_ascii_start().starts_with(b"{")
        || content.trim_ascii_start().starts_with(b"[");
    let masked = if is_json {
        inline::json(content, names)
    } else {
        let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.[]%+".contains(byte);
        let name = content.iter().take_while(|byte| is_of_name(byte)).count();
        let word = name > 0 && content.get(name) == Some(&b'=');
        if word {
            reference::form(content, names)
        } else {
            inline::json(content, names)
        }
    };
    inline::shapes(&masked)
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

/// Masks every reference among the words of `text`, members of JSON in it, and what looks like a secret.
pub(super) fn sentence(text: &[u8], names: Names) -> Vec<u8> {
    let between = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`<>".contains(byte);
    let text = inline::json(text, names);
    let mut out = Vec::with_capacity(text.len());
    for word in text.split_inclusive(between) {
        let end = word.len() - usize::from(word.last().is_some_and(between));
        let trimmed = word[..end]
            .iter()
            .rposition(|byte| !b".,;:!?)]}".contains(byte))
            .map_or(0, |last| last + 1);
        out.extend(reference::reference(&pair(&word[..trimmed], names), names));
        out.extend(&word[trimmed..]);
    }
    inline::shapes(&out)
}

/// `password=x`, a word of its own; what follows `&` is another parameter.
fn pair(word: &[u8], names: Names) -> Vec<u8> {
    let equals = word.iter().position(|byte| *byte == b'=').unwrap_or(0);
    let (name, value) = word.split_at(equals);
    let name = String::from_utf8_lossy(name);
    let is_name = equals > 0 && !name.contains(['/', '?', ':', '#']);
    let end = value
        .iter()
        .position(|byte| *byte == b'&')
        .unwrap_or(value.len());
    if is_name && names.is_word(&plain(&name)) && end > 1 {
        [&word[..=equals], MASK.as_bytes(), &value[end..]].concat()
    } else {
        word.to_vec()
    }
}
