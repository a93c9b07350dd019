//! Percent-encoding, as a rewrite of nginx does it.

/// Percent-encodes what a group took, where the path was sent encoded.
///
/// Source: `ngx_escape_uri` with `NGX_ESCAPE_ARGS`.
pub(super) fn escaped(group: &[u8], is_coded: bool) -> Vec<u8> {
    if !is_coded {
        return group.to_vec();
    }
    let mut out = Vec::with_capacity(group.len());
    for byte in group {
        let is_kept = byte.is_ascii_graphic() && !b"\"#%&+;<>?\\^`{|}".contains(byte);
        if is_kept {
            out.push(*byte);
        } else {
            out.extend(format!("%{byte:02X}").bytes());
        }
    }
    out
}

/// Undoes percent-encoding of what is visible, up to the first `?`.
///
/// Source: `ngx_unescape_uri` with `NGX_UNESCAPE_REDIRECT`.
pub(super) fn unescaped(location: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(location.len());
    let mut rest = location;
    while let Some((first, behind)) = rest.split_first() {
        let code = (*first == b'%').then(|| behind.get(..2)).flatten();
        let code = code.and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let (byte, length) = match code {
            Some(byte) if (b'&'..0x7f).contains(&byte) => (byte, 3),
            _ => (*first, 1),
        };
        out.push(byte);
        rest = &rest[length..];
        if byte == b'?' {
            break;
        }
    }
    out.extend(rest);
    out
}
