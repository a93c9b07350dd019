//! The words of a command line without the secrets that they carry, whichever program it runs.

use super::names::{MASK, Names, plain};
use super::text::{cookies, data, field_line, sentence};

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OptionValue {
    /// A secret and nothing else: a password, a token, `user:password`.
    Secret,
    /// Cookies.
    Cookies,
    /// A header field.
    Field,
    /// Content: a form, or JSON.
    Data,
}

/// The words, masked one by one; an option decides on the word behind it.
pub(super) fn words(words: &[String], names: Names) -> Vec<String> {
    let mut pending = None;
    let mut masked = Vec::with_capacity(words.len());
    for word in words {
        let one = match pending.take() {
            Some(kind) => value(kind, word, names),
            None => match option(word, names) {
                Some((name, kind, "")) => {
                    pending = Some(kind);
                    name.to_owned()
                }
                Some((name, kind, glued)) => format!("{name}{}", value(kind, glued, names)),
                None => bare(word, names),
            },
        };
        masked.push(one);
    }
    masked
}

/// An option that takes something secret, and the value that is glued to it.
fn option(word: &str, names: Names) -> Option<(&str, OptionValue, &str)> {
    if let Some(long) = word.strip_prefix("--") {
        let (name, glued) = match long.split_once('=') {
            Some((name, _)) => word.split_at(name.len() + 3),
            None => (word, ""),
        };
        let kind = of_long(name.trim_matches(['-', '=']), names)?;
        return Some((name, kind, glued));
    }
    let letter = word.strip_prefix('-')?.chars().next()?;
    let kind = match letter {
        'u' | 'U' => OptionValue::Secret,
        'b' => OptionValue::Cookies,
        'H' => OptionValue::Field,
        'd' | 'F' => OptionValue::Data,
        _ => return None,
    };
    let (name, glued) = word.split_at(2);
    Some((name, kind, glued))
}

fn of_long(name: &str, names: Names) -> Option<OptionValue> {
    match name {
        "user" | "proxy-user" | "oauth2-bearer" | "pass" | "proxy-pass" | "auth"
        | "http-password" => Some(OptionValue::Secret),
        "cookie" => Some(OptionValue::Cookies),
        "header" | "proxy-header" => Some(OptionValue::Field),
        "json" | "body" | "raw" => Some(OptionValue::Data),
        _ if name.starts_with("data") || name.starts_with("form") || name.ends_with("-data") => {
            Some(OptionValue::Data)
        }
        _ if names.is_word(&plain(name)) => Some(OptionValue::Secret),
        _ => None,
    }
}

fn value(kind: OptionValue, value: &str, names: Names) -> String {
    let masked = match kind {
        // A place that is filled in, such as `{body}`, shows where the secret is not.
        _ if value.starts_with('{') && value.ends_with('}') && !value.contains('"') => {
            return value.to_owned();
        }
        // The name of a file has no `=` and often a path.
        OptionValue::Cookies if value.contains('/') && !value.contains('=') => value.into(),
        OptionValue::Secret => MASK.into(),
        OptionValue::Cookies => cookies(value.as_bytes()),
        OptionValue::Field => field_line(value.as_bytes(), names),
        OptionValue::Data => data(value.as_bytes(), names),
    };
    String::from_utf8_lossy(&masked).into_owned()
}

/// A word that follows no such option: a URL, `Name:value` and `name=value` as `HTTPie` takes them, a script.
fn bare(word: &str, names: Names) -> String {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    let masked = match word.split_once(':') {
        Some((name, rest)) if is_name(name) && !rest.starts_with("//") && names.is_field(name) => {
            field_line(word.as_bytes(), names)
        }
        _ => sentence(&data(word.as_bytes(), names), names),
    };
    String::from_utf8_lossy(&masked).into_owned()
}
