//! What came over the wire is hostile until it is written: one function for each place it is written to.
//!
//! A terminal obeys control characters (colours, titles, clipboard, cursor), bidirectional controls make a host read
//! backwards, and characters without width hide in names. All of them are shown as what they are.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `bytes` as a terminal may show them: what a terminal would obey or hide is spelt out, as `\x1b` or `\u{202e}`, and
/// bytes that are not UTF-8 as `\xff`.
#[must_use]
pub fn terminal(bytes: &[u8]) -> Cow<'_, str> {
    spelt_out(bytes, |c| !is_hostile(c))
}

/// [`terminal`] for terminals that know ASCII only: every other character is spelt out too.
#[must_use]
pub fn ascii(bytes: &[u8]) -> Cow<'_, str> {
    spelt_out(bytes, |c| c == ' ' || c.is_ascii_graphic())
}

/// Part of a JSON string with the characters that a terminal would obey or hide written as `\uXXXX`.
#[must_use]
pub fn json(fragment: &str) -> Cow<'_, str> {
    if !fragment.chars().any(is_hostile) {
        return Cow::Borrowed(fragment);
    }
    let mut out = String::with_capacity(fragment.len() + 16);
    for c in fragment.chars() {
        if is_hostile(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Text of XML or HTML, in an element or in an attribute between double quotes: [`terminal`], of which nothing is markup.
#[must_use]
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in terminal(text.as_bytes()).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// Whether a terminal would obey `c`, or a reader could not see it.
///
/// The end-to-end tests have a list of their own (`tests/support`), so that a mistake in this one does not hide itself.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    c.is_control() || is_invisible(c) || is_unassigned(c)
}

/// Formatting characters (general category Cf), and others that take no room or look like none.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{0600}'..='\u{0605}' | '\u{061c}' | '\u{06dd}' | '\u{070f}'
        | '\u{0890}'..='\u{0891}' | '\u{08e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Private use, noncharacters, and the planes where nothing is assigned: each font shows something else.
fn is_unassigned(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0x4_0000..=0xd_ffff | 0xf_0000..)
        || code & 0xfffe == 0xfffe
}

fn spelt_out(bytes: &[u8], safe: impl Fn(char) -> bool) -> Cow<'_, str> {
    if let Ok(text) = str::from_utf8(bytes)
        && text.chars().all(&safe)
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            let _ = match c {
                _ if safe(c) => {
                    out.push(c);
                    Ok(())
                }
                '\0'..='\x7f' => write!(out, "\\x{:02x}", u32::from(c)),
                _ => write!(out, "\\u{{{:x}}}", u32::from(c)),
            };
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_terminal_would_obey_or_hide_is_spelt_out() {
        for (bytes, shown, in_ascii) in [
            (&b"/plain?a=1"[..], "/plain?a=1", "/plain?a=1"),
            (
                "caf\u{e9} \u{2192} \u{732b}".as_bytes(),
                "caf\u{e9} \u{2192} \u{732b}",
                r"caf\u{e9} \u{2192} \u{732b}",
            ),
            (
                b"\x1b]0;title\x07",
                r"\x1b]0;title\x07",
                r"\x1b]0;title\x07",
            ),
            (
                b"a\tb\r\nc\0\x7f",
                r"a\x09b\x0d\x0ac\x00\x7f",
                r"a\x09b\x0d\x0ac\x00\x7f",
            ),
            ("\u{9b}31m".as_bytes(), r"\u{9b}31m", r"\u{9b}31m"),
            (
                "moc.\u{202e}evil".as_bytes(),
                r"moc.\u{202e}evil",
                r"moc.\u{202e}evil",
            ),
            (
                "a\u{200b}b\u{feff}c\u{ad}d".as_bytes(),
                r"a\u{200b}b\u{feff}c\u{ad}d",
                r"a\u{200b}b\u{feff}c\u{ad}d",
            ),
            (
                "\u{2028}\u{2066}\u{e0041}".as_bytes(),
                r"\u{2028}\u{2066}\u{e0041}",
                r"\u{2028}\u{2066}\u{e0041}",
            ),
            (
                "\u{e000}\u{ffff}\u{50000}".as_bytes(),
                r"\u{e000}\u{ffff}\u{50000}",
                r"\u{e000}\u{ffff}\u{50000}",
            ),
            (b"caf\xe9 \xff", r"caf\xe9 \xff", r"caf\xe9 \xff"),
        ] {
            assert_eq!(terminal(bytes), shown, "{bytes:?}");
            assert_eq!(ascii(bytes), in_ascii, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_hostile_is_left(bytes: Vec<u8>, text: String) {
            for input in [&bytes[..], text.as_bytes()] {
                prop_assert!(!terminal(input).chars().any(is_hostile));
                prop_assert!(ascii(input).bytes().all(|b| b == b' ' || b.is_ascii_graphic()));
            }
        }

        #[test]
        fn json_says_the_same(text in any::<String>()) {
            let plain = serde_json::to_string(&text).unwrap();
            let safe = json(&plain);
            prop_assert!(!safe.chars().any(is_hostile));
            prop_assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
        }
    }
}
