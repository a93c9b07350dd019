//! Percent-encoding ([RFC 3986 §2.1](https://www.rfc-editor.org/rfc/rfc3986#section-2.1)), undone and done.

use percent_encoding::{AsciiSet, percent_decode, percent_encode};

/// Nothing of ASCII: bytes beyond it are percent-encoded with any set.
const BEYOND_ASCII: &AsciiSet = &AsciiSet::EMPTY;

/// The bytes with their percent-encoding undone; a `%` that encodes nothing stays.
#[must_use]
pub fn decoded(encoded: impl AsRef<[u8]>) -> Vec<u8> {
    percent_decode(encoded.as_ref()).collect()
}

/// [`decoded`] as text; bytes that are not UTF-8 become U+FFFD.
#[must_use]
pub fn decoded_text(encoded: impl AsRef<[u8]>) -> String {
    percent_decode(encoded.as_ref())
        .decode_utf8_lossy()
        .into_owned()
}

/// The bytes with those beyond ASCII percent-encoded, as a browser sends them.
#[must_use]
pub fn ascii(bytes: &[u8]) -> String {
    percent_encode(bytes, BEYOND_ASCII).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_decoding_keeps_a_sign_that_encodes_nothing() {
        for (encoded, bytes) in [
            (&b"a%20b"[..], &b"a b"[..]),
            (b"%c3%A9", b"\xc3\xa9"),
            (b"100%", b"100%"),
            (b"%2", b"%2"),
            (b"%zz%41", b"%zzA"),
            (b"%2541", b"%41"),
        ] {
            assert_eq!(decoded(encoded), bytes);
        }
        assert_eq!(decoded_text(b"caf%E9"), "caf\u{fffd}");
    }

    #[test]
    fn percent_encoding_changes_only_what_is_beyond_ascii() {
        assert_eq!(ascii(b"/caf\xc3\xa9 %41?\x01"), "/caf%C3%A9 %41?\x01");
    }
}
