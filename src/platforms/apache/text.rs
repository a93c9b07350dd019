//! Small work on texts: prefixes, groups, percent-encoding as Apache does it.

use super::super::pattern::Groups;

/// What is left of a path behind a prefix of whole segments; any number of slashes is one.
pub(super) fn rest_behind<'a>(prefix: &str, path: &'a str) -> Option<&'a str> {
    let merged = prefix
        .split('/')
        .filter(|part| !part.is_empty())
        .fold(String::new(), |all, part| all + "/" + part);
    let merged = if prefix.ends_with('/') {
        merged + "/"
    } else {
        merged
    };
    let rest = path
        .strip_prefix(merged.as_str())
        .filter(|_| prefix.starts_with('/'))?;
    (merged.ends_with('/') || rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// Whether a comparison of this sign holds.
pub(super) fn ordered(sign: &str, order: std::cmp::Ordering) -> bool {
    match sign {
        "=" | "-eq" => order.is_eq(),
        "<" | "-lt" => order.is_lt(),
        ">" | "-gt" => order.is_gt(),
        "<=" | "-le" => order.is_le(),
        _ => order.is_ge(),
    }
}

/// What a group took.
pub(super) fn group(groups: &Groups, number: usize) -> String {
    groups
        .numbered
        .get(number)
        .map_or_else(String::new, |bytes| {
            String::from_utf8_lossy(bytes).into_owned()
        })
}

/// The `$1` of `mod_alias` filled in.
pub(super) fn with_groups(to: &str, groups: &Groups) -> String {
    (0..10).rev().fold(to.to_owned(), |text, number| {
        text.replace(&format!("${number}"), &group(groups, number))
    })
}

/// The path of a URL percent-encoded, not its query.
pub(super) fn escaped_path(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    format!("{}{}", escaped(&url[..end]), &url[end..])
}

/// Percent-encodes what `ap_os_escape_path` does.
pub(super) fn escaped(text: &str) -> String {
    encoded(text, "$-_.+!*'(),:;@&=/~")
}

/// Percent-encodes what the flag `B` does; a blank becomes `+`.
pub(super) fn escaped_group(text: &str) -> String {
    encoded(text, "_").replace("%20", "+")
}

fn encoded(text: &str, kept: &str) -> String {
    let encode = |byte: u8| match char::from(byte) {
        c if c.is_ascii_alphanumeric() || kept.contains(c) && c.is_ascii() => c.to_string(),
        _ => format!("%{byte:02x}"),
    };
    text.bytes().map(encode).collect()
}
