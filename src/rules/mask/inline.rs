//! Secrets within a text: members of JSON by their names, and words that look like secrets whatever they are called.

use super::names::{MASK, Names};

/// Masks the values of secret names in what looks like JSON: `"token": "..."`.
pub(super) fn json(text: &[u8], names: Names) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next_member(rest) {
        out.extend(before);
        let value = value_length(after);
        let (value, next) = after.split_at(value);
        if names.is_parameter(&String::from_utf8_lossy(name))
            && !matches!(value, [] | [b'{' | b'[', ..])
        {
            out.extend(if value.starts_with(b"\"") {
                format!("\"{MASK}\"").into_bytes()
            } else {
                MASK.into()
            });
        } else {
            out.extend(value);
        }
        rest = next;
    }
    out.extend(rest);
    out
}

/// The names of all members of what looks like JSON.
pub(super) fn members(text: &[u8]) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, name, after) = next_member(rest)?;
        rest = after;
        Some(name)
    })
    .filter_map(|name| str::from_utf8(name).ok())
}

/// The text up to the value of the next member, the name of the member, and the text from its value on.
fn next_member(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let mut from = 0;
    loop {
        let open = from + text[from..].iter().position(|byte| *byte == b'"')?;
        let close = open + string_length(&text[open..])?;
        let name = &text[open + 1..close - 1];
        let colon = close
            + text[close..]
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count();
        if text.get(colon) != Some(&b':') {
            from = close;
            continue;
        }
        let value = colon
            + 1
            + text[colon + 1..]
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count();
        return Some((&text[..value], name, &text[value..]));
    }
}

/// How long the string is that begins here, both quotes counted; `None` where it does not end.
fn string_length(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.iter().enumerate().skip(1) {
        match byte {
            b'"' if !escaped => return Some(at + 1),
            _ => escaped = *byte == b'\\' && !escaped,
        }
    }
    None
}

/// How long the value is that begins here: a string whole, even one that does not end; of lists and objects the bracket.
fn value_length(text: &[u8]) -> usize {
    match text.first() {
        Some(b'"') => string_length(text).unwrap_or(text.len()),
        Some(b'{' | b'[') => 1,
        _ => text
            .iter()
            .position(|byte| b",}]\r\n".contains(byte))
            .unwrap_or(text.len()),
    }
}

/// Masks words that look like secrets: JWTs, tokens with the prefix of their maker, what follows `Bearer`.
pub(super) fn shapes(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let between = rest.iter().take_while(|byte| !is_of_token(**byte)).count();
        let (before, from) = rest.split_at(between);
        let (token, after) =
            from.split_at(from.iter().take_while(|byte| is_of_token(**byte)).count());
        out.extend(before);
        let is_secret =
            is_shaped(token) || (before == b" " && ends_in_scheme(&out) && is_opaque(token));
        out.extend(if is_secret { MASK.as_bytes() } else { token });
        rest = after;
    }
    out
}

fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.~+/=".contains(&byte)
}

/// Prefixes by which makers of tokens let them be found in texts, and how many characters follow at least:
/// GitHub, GitLab, Slack, Stripe, AWS, Google, npm, `PyPI`, `SendGrid`, `DigitalOcean`, Hugging Face, Anthropic, `OpenAI`,
/// Shopify, `HashiCorp`.
const PREFIXES: &[(&str, usize)] = &[
    ("ghp_", 8),
    ("gho_", 8),
    ("ghu_", 8),
    ("ghs_", 8),
    ("ghr_", 8),
    ("github_pat_", 8),
    ("glpat-", 8),
    ("xoxa-", 8),
    ("xoxb-", 8),
    ("xoxe.", 8),
    ("xoxp-", 8),
    ("xoxr-", 8),
    ("xoxs-", 8),
    ("xapp-", 8),
    ("sk_live_", 6),
    ("sk_test_", 6),
    ("rk_live_", 6),
    ("rk_test_", 6),
    ("whsec_", 8),
    ("AKIA", 12),
    ("ASIA", 12),
    ("AIza", 20),
    ("ya29.", 8),
    ("npm_", 20),
    ("pypi-", 16),
    ("SG.", 16),
    ("dop_v1_", 16),
    ("hf_", 20),
    ("sk-ant-", 8),
    ("sk-proj-", 8),
    ("sk-", 32),
    ("shpat_", 8),
    ("shpss_", 8),
    ("hvs.", 16),
];

/// Whether a word looks like a secret whatever stands around it; its parts between slashes and equals signs count too.
fn is_shaped(token: &[u8]) -> bool {
    let parts = token.split(|byte| b"/=".contains(byte));
    parts
        .into_iter()
        .any(|part| is_jwt(part) || has_prefix(part))
}

fn has_prefix(word: &[u8]) -> bool {
    PREFIXES.iter().any(|(prefix, least)| {
        word.strip_prefix(prefix.as_bytes()).is_some_and(|rest| {
            rest.len() >= *least
                && rest
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
        })
    })
}

/// A JWT or JWE in compact form ([RFC 7519 §3](https://www.rfc-editor.org/rfc/rfc7519#section-3)): its header is an object of
/// JSON, `{"` in base64url.
fn is_jwt(word: &[u8]) -> bool {
    let parts: Vec<&[u8]> = word.split(|byte| *byte == b'.').collect();
    word.starts_with(b"eyJ") && matches!(parts.len(), 3 | 5) && parts[0].len() > 8
}

/// Whether a text ends in a scheme of [RFC 9110 §11](https://www.rfc-editor.org/rfc/rfc9110#section-11) and a blank.
fn ends_in_scheme(text: &[u8]) -> bool {
    let text = text.trim_ascii_end().to_ascii_lowercase();
    [&b"bearer"[..], b"basic", b"dpop"].iter().any(|scheme| {
        text.strip_suffix(*scheme).is_some_and(|before| {
            before
                .last()
                .is_none_or(|byte| !byte.is_ascii_alphanumeric())
        })
    })
}

/// Whether a word is none of a sentence: long, and not in small letters alone.
fn is_opaque(word: &[u8]) -> bool {
    word.len() >= 6
        && !word
            .iter()
            .all(|byte| byte.is_ascii_lowercase() || b".-/".contains(byte))
}
