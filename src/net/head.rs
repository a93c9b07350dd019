//! The head of a response as it stands on the wire: read leniently where a recipient may go on, refused where it is no HTTP.
//!
//! [RFC 9112 §2.2, §4, §5](https://www.rfc-editor.org/rfc/rfc9112#section-2.2). Names, values and order are kept as received.

use crate::model::{Headers, HttpFault, Status};

/// The largest head that is read, in bytes; browsers stop at 256 KiB too.
pub(super) const MOST_BYTES: usize = 256 * 1024;
/// The largest number of field lines that is read.
const MOST_FIELDS: usize = 10_000;
/// How many bytes of empty lines may stand before a status line; some servers end the response before with one too many.
const MOST_EMPTY: usize = 64;
/// After so many bytes it is known whether they are HTTP/1: empty lines, and the beginning that tells HTTP/2 from it.
pub(super) const BEGINNING: usize = MOST_EMPTY + 9;
/// How many of the bytes that are no HTTP are shown.
const SHOWN: usize = 32;

/// A status line and its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) version: String,
    pub(super) status: Status,
    pub(super) reason: Vec<u8>,
    pub(super) headers: Headers,
}

/// How far the bytes at hand go.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum HeadRead {
    /// The head, and how many bytes it took.
    Whole(Head, usize),
    /// So far it may be one.
    Partial,
}

/// Reads the head at the start of `bytes`.
///
/// # Errors
/// What is wrong with it, as soon as that is known: a line that is no status line is told before the head ends.
pub(super) fn read(bytes: &[u8]) -> Result<HeadRead, HttpFault> {
    let start = bytes
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    let head = &bytes[start..];
    if start > MOST_EMPTY {
        return Err(HttpFault::EmptyLines);
    }
    is_http(head)?;
    let within = &head[..head.len().min(MOST_BYTES - start)];
    let first = within.iter().position(|byte| *byte == b'\n');
    let status = first.map(|end| status_line(without_cr(&within[..end])));
    let (Some((version, status, reason)), Some(end)) = (status.transpose()?, end_of(within)) else {
        if bytes.len() >= MOST_BYTES {
            return Err(HttpFault::HeadTooLong(MOST_BYTES));
        }
        return Ok(HeadRead::Partial);
    };
    let lines = within[..end].split(|byte| *byte == b'\n').skip(1);
    let lines = lines.map(without_cr);
    Ok(HeadRead::Whole(
        Head {
            version,
            status,
            reason,
            headers: fields(lines)?,
        },
        start + end,
    ))
}

fn without_cr(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Whether a head can begin like this.
fn is_http(head: &[u8]) -> Result<(), HttpFault> {
    const NAME: &[u8] = b"HTTP/";
    let known = head.len().min(NAME.len());
    if head[..known] == NAME[..known] {
        return Ok(());
    }
    Err(match head {
        [0x14..=0x17, 0x03, ..] => HttpFault::SpeaksTls,
        // The first frame of an HTTP/2 server is SETTINGS, type 4 on stream 0.
        [_, _, _, 4, _, 0, 0, 0, 0, ..] => HttpFault::SpeaksHttp2,
        [0x14..=0x17] | [0, ..] if head.len() < 9 && head.iter().all(|byte| *byte < 0x20) => {
            return Ok(());
        }
        _ => HttpFault::Foreign(head[..head.len().min(SHOWN)].to_vec()),
    })
}

/// Just behind the first empty line, whichever way its lines end.
fn end_of(head: &[u8]) -> Option<usize> {
    let mut line_is_empty = false;
    for (at, byte) in head.iter().enumerate() {
        match byte {
            b'\n' if line_is_empty => return Some(at + 1),
            b'\n' => line_is_empty = true,
            b'\r' if line_is_empty && head.get(at + 1).is_none_or(|next| *next == b'\n') => {}
            _ => line_is_empty = false,
        }
    }
    None
}

fn status_line(line: &[u8]) -> Result<(String, Status, Vec<u8>), HttpFault> {
    let wrong = || HttpFault::StatusLine(line[..line.len().min(2 * SHOWN)].to_vec());
    let space = line
        .iter()
        .position(u8::is_ascii_whitespace)
        .ok_or_else(wrong)?;
    let (version, rest) = line.split_at(space);
    let version = str::from_utf8(version)
        .ok()
        .filter(|version| is_version(version))
        .ok_or_else(wrong)?;
    let rest = rest.trim_ascii_start();
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (code, reason) = rest.split_at(digits);
    let code = str::from_utf8(code)
        .ok()
        .filter(|code| code.len() == 3)
        .and_then(|code| code.parse::<u16>().ok());
    let code = code.filter(|code| *code >= 100).ok_or_else(wrong)?;
    match reason {
        [] => Ok((version.to_owned(), Status(code), Vec::new())),
        [b' ' | b'\t', reason @ ..] => Ok((version.to_owned(), Status(code), reason.to_owned())),
        _ => Err(wrong()),
    }
}

/// `HTTP/1.1`, and what is spelt like it.
fn is_version(version: &str) -> bool {
    let number = version.trim_start_matches("HTTP/");
    !number.is_empty()
        && number.len() <= 3
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The field lines; a folded line goes on the one before it (RFC 9112 §5.2), a line without a colon is kept as a name.
fn fields<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Result<Headers, HttpFault> {
    let mut folded: Vec<(&[u8], Vec<u8>)> = Vec::new();
    for line in lines.filter(|line| !line.is_empty()) {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            // Whitespace before the first field is passed over, with its line (RFC 9112 §2.2).
            if let Some((_, value)) = folded.last_mut() {
                value.push(b' ');
                value.extend_from_slice(blank_trimmed(line));
            }
            continue;
        }
        let colon = line
            .iter()
            .position(|byte| *byte == b':')
            .unwrap_or(line.len());
        let value = line.get(colon + 1..).unwrap_or_default();
        folded.push((
            blank_trimmed(&line[..colon]),
            blank_trimmed(value).to_owned(),
        ));
        if folded.len() > MOST_FIELDS {
            return Err(HttpFault::TooManyFields(MOST_FIELDS));
        }
    }
    Ok(folded
        .into_iter()
        .map(|(name, value)| {
            (
                String::from_utf8_lossy(name),
                blank_trimmed(&value).to_owned(),
            )
        })
        .collect())
}

fn blank_trimmed(bytes: &[u8]) -> &[u8] {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let start = bytes.iter().take_while(|byte| blank(byte)).count();
    let end = bytes.iter().rev().take_while(|byte| blank(byte)).count();
    if start == bytes.len() {
        &[]
    } else {
        &bytes[start..bytes.len() - end]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Cause, Failure, Peer, Phase};
    use crate::report::Secrets;
    use crate::report::say::{Voice, wire};

    /// What a user is told.
    fn said(fault: HttpFault) -> String {
        let failure = Failure::new(Phase::Receive, Peer::default(), Cause::Http(fault));
        wire::failure(Voice::whole(Secrets::Masked), &failure)
    }

    fn whole(bytes: &[u8]) -> Head {
        match read(bytes) {
            Ok(HeadRead::Whole(head, used)) => {
                assert_eq!(used, bytes.len(), "{}", bytes.escape_ascii());
                head
            }
            other => panic!("{}: {other:?}", bytes.escape_ascii()),
        }
    }

    #[test]
    fn status_lines() {
        for (line, version, code, reason) in [
            ("HTTP/1.1 200 OK", "HTTP/1.1", 200, "OK"),
            (
                "HTTP/1.0 301 Moved Permanently",
                "HTTP/1.0",
                301,
                "Moved Permanently",
            ),
            ("HTTP/1.1 302", "HTTP/1.1", 302, ""),
            ("HTTP/1.1 302 ", "HTTP/1.1", 302, ""),
            (
                "HTTP/1.1   307  Two  blanks",
                "HTTP/1.1",
                307,
                " Two  blanks",
            ),
            ("HTTP/2 308 ", "HTTP/2", 308, ""),
            ("HTTP/1.1 999 Beyond", "HTTP/1.1", 999, "Beyond"),
            ("HTTP/1.1 100 Continue", "HTTP/1.1", 100, "Continue"),
            (
                "HTTP/1.1 200 \u{1b}[31mred",
                "HTTP/1.1",
                200,
                "\u{1b}[31mred",
            ),
        ] {
            let head = whole(format!("{line}\r\n\r\n").as_bytes());
            assert_eq!(
                (head.version.as_str(), head.status, head.reason.as_slice()),
                (version, Status(code), reason.as_bytes()),
                "{line:?}"
            );
        }
    }

    #[test]
    fn no_head_of_http() {
        for (bytes, says) in [
            (&b"<html>hello</html>"[..], "`<html>hello</html>`"),
            (
                b"220 mail.example ESMTP\r\n",
                "`220 mail.example ESMTP\\r\\n`",
            ),
            (b"ICY 200 OK\r\n\r\n", "did not answer in HTTP/1"),
            (b"HTTQ", "did not answer in HTTP/1"),
            (b"\x1b[2J", "`\\x1b[2J`"),
            (b"\x15\x03\x03\x00\x02\x02\x46", "try https://"),
            (b"\0\0\x12\x04\0\0\0\0\0\0", "only HTTP/2"),
            (b"HTTP/1.1 099 No\r\n\r\n", "status line"),
            (b"HTTP/1.1 20 OK\r\n\r\n", "status line"),
            (b"HTTP/1.1 2000 OK\r\n\r\n", "status line"),
            (b"HTTP/1.1 OK\r\n\r\n", "status line"),
            (b"HTTP/x.y 200 OK\r\n\r\n", "status line"),
            (b"HTTP/1.1\r\n\r\n", "status line"),
        ] {
            let fault = said(read(bytes).expect_err(&bytes.escape_ascii().to_string()));
            assert!(fault.contains(says), "{}: {fault}", bytes.escape_ascii());
        }
    }

    #[test]
    fn odd_but_readable_fields() {
        for (lines, name, value) in [
            ("A: b\r\n", "A", &b"b"[..]),
            ("A:b\n", "A", b"b"),
            ("A:\t b \t\r\n", "A", b"b"),
            ("A:\r\n", "A", b""),
            ("A : b\r\n", "A", b"b"),
            ("A: b\r\n  c\r\n\td\r\n", "A", b"b c d"),
            ("A:\r\n b\r\n", "A", b"b"),
            (" before: the first\r\nA: b\r\n", "A", b"b"),
            ("no colon\r\n", "no colon", b""),
            ("A: b\rc\r\n", "A", b"b\rc"),
            ("A: b\0c\r\n", "A", b"b\0c"),
            ("A: b: c\r\n", "A", b"b: c"),
            (": b\r\n", "", b"b"),
        ] {
            let head = whole(format!("HTTP/1.1 200 OK\r\n{lines}\r\n").as_bytes());
            let fields: Vec<_> = head
                .headers
                .iter()
                .map(|field| (field.name.as_str(), field.value.as_slice()))
                .collect();
            assert_eq!(fields, [(name, value)], "{lines:?}");
        }
        let head = whole(b"HTTP/1.1 200 OK\nB: \xff\nb: 2\n\n");
        assert_eq!(
            head.headers,
            [("B", &b"\xff"[..]), ("b", b"2")].into_iter().collect()
        );
    }

    #[test]
    fn line_ends_and_partial_heads() {
        for bytes in [
            "HTTP/1.1 200 OK\n\n",
            "HTTP/1.1 200 OK\r\n\n",
            "HTTP/1.1 200 OK\n\r\n",
            "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        ] {
            assert_eq!(whole(bytes.as_bytes()).status, Status(200), "{bytes:?}");
            for end in 0..bytes.len() {
                assert_eq!(
                    read(&bytes.as_bytes()[..end]),
                    Ok(HeadRead::Partial),
                    "{:?}",
                    &bytes[..end]
                );
            }
        }
        let with_content = read(b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 404 No\r\n\r\n");
        assert!(
            matches!(
                with_content,
                Ok(HeadRead::Whole(
                    Head {
                        status: Status(200),
                        ..
                    },
                    19
                ))
            ),
            "{with_content:?}"
        );
    }

    #[test]
    fn bounds() {
        let many = |n: usize| format!("HTTP/1.1 200 OK\r\n{}\r\n", "a: b\r\n".repeat(n));
        assert_eq!(whole(many(5000).as_bytes()).headers.len(), 5000);
        assert!(
            said(read(many(MOST_FIELDS + 1).as_bytes()).unwrap_err())
                .contains("10000 header fields")
        );
        let endless = format!("HTTP/1.1 200 OK\r\na: {}", "x".repeat(MOST_BYTES));
        assert!(said(read(endless.as_bytes()).unwrap_err()).contains("256 KiB"));
        assert!(said(read(&b"\r\n".repeat(MOST_EMPTY)).unwrap_err()).contains("empty lines"));
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200), http: bool) {
            let bytes = if http { [&b"HTTP/1.1 200 OK\r\n"[..], &bytes].concat() } else { bytes };
            if let Ok(HeadRead::Whole(_, used)) = read(&bytes) {
                prop_assert!(used <= bytes.len());
            }
        }
    }
}
