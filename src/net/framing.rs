//! Where the content of a response ends ([RFC 9112 §6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).

use crate::model::{ContentFaultKind, Headers, Method};

use super::head::Head;

/// How content is delimited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Framing {
    /// There is none: HEAD, 1xx, 204, 304.
    None,
    /// So many bytes.
    Length(u64),
    /// Chunks.
    Chunked,
    /// Everything until the server closes.
    UntilClose,
    /// It cannot be known, for this reason.
    Broken(ContentFaultKind),
}

/// How the content that follows `head` is delimited, where it answers `method`.
pub(super) fn of(head: &Head, method: &Method) -> Framing {
    let code = head.status.code();
    let tunnel = method.as_str() == "CONNECT" && code / 100 == 2;
    if head.status.is_informational() || matches!(code, 204 | 304) || *method == Method::HEAD {
        return Framing::None;
    }
    if tunnel {
        return Framing::UntilClose;
    }
    let codings = codings(&head.headers);
    let chunked = codings.iter().filter(|coding| *coding == "chunked").count();
    match codings.last() {
        // RFC 9112 §6.1: a sender must not apply the chunked coding more than once.
        Some(_) if chunked > 1 => {
            Framing::Broken(ContentFaultKind::Codings(codings.join(", ").into_bytes()))
        }
        Some(coding) if coding == "chunked" => Framing::Chunked,
        Some(_) => Framing::UntilClose,
        None => match length(&head.headers) {
            Ok(Some(length)) => Framing::Length(length),
            Ok(None) => Framing::UntilClose,
            Err(fault) => Framing::Broken(fault),
        },
    }
}

/// Whether another request may use the connection ([RFC 9112 §9.3](https://www.rfc-editor.org/rfc/rfc9112#section-9.3)).
///
/// A message that states its length in two ways may be an attempt at smuggling: its connection is given up.
pub(super) fn persists(head: &Head, framing: &Framing) -> bool {
    let says = |token| lists(&head.headers, "connection", token);
    let by_version = match head.version.as_str() {
        "HTTP/1.1" => !says("close"),
        "HTTP/1.0" => says("keep-alive") && !says("close"),
        _ => false,
    };
    let two_ways =
        head.headers.contains("transfer-encoding") && head.headers.contains("content-length");
    let old_chunks = head.version == "HTTP/1.0" && head.headers.contains("transfer-encoding");
    let ends = matches!(
        framing,
        Framing::None | Framing::Length(_) | Framing::Chunked
    );
    by_version && ends && !two_ways && !old_chunks && head.status.code() != 101
}

/// Whether a field that is a list of tokens has this one.
pub(super) fn lists(headers: &Headers, name: &str, token: &str) -> bool {
    members(headers, name).any(|member| member.eq_ignore_ascii_case(token.as_bytes()))
}

fn members<'a>(headers: &'a Headers, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
    headers
        .all(name)
        .flat_map(|value| value.split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
}

/// The transfer codings in their order, `identity` aside, which RFC 2616 had.
fn codings(headers: &Headers) -> Vec<String> {
    members(headers, "transfer-encoding")
        .filter(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case(b"identity"))
        .map(|coding| String::from_utf8_lossy(coding).to_ascii_lowercase())
        .collect()
}

/// The length that all Content-Length fields agree on; `None` where there is no such field.
///
/// # Errors
/// Where they do not agree or are no numbers.
pub(super) fn length(headers: &Headers) -> Result<Option<u64>, ContentFaultKind> {
    let mut lengths = members(headers, "content-length");
    let Some(first) = lengths.next() else {
        return Ok(None);
    };
    if let Some(other) = lengths.find(|other| *other != first) {
        return Err(ContentFaultKind::LengthsDiffer(
            first.to_vec(),
            other.to_vec(),
        ));
    }
    let is_number = !first.is_empty() && first.iter().all(u8::is_ascii_digit);
    let text = str::from_utf8(first).ok().filter(|_| is_number);
    let number = text.and_then(|text| text.parse().ok());
    number
        .map(Some)
        .ok_or_else(|| ContentFaultKind::LengthNoNumber(first[..first.len().min(32)].to_vec()))
}

#[cfg(test)]
mod tests {
    use super::super::head::{HeadRead, read};
    use super::*;

    fn head(text: &str) -> Head {
        match read(text.as_bytes()) {
            Ok(HeadRead::Whole(head, _)) => head,
            other => panic!("{text:?}: {other:?}"),
        }
    }

    #[test]
    fn framing_and_persistence() {
        use Framing::{Chunked, Length, None, UntilClose};
        for (status, fields, method, framing, persistent) in [
            ("1.1 200", "Content-Length: 5\r\n", "GET", Length(5), true),
            (
                "1.1 200",
                "Content-Length: 5\r\nContent-Length: 5\r\n",
                "GET",
                Length(5),
                true,
            ),
            (
                "1.1 200",
                "Content-Length: 5, 5\r\n",
                "GET",
                Length(5),
                true,
            ),
            ("1.1 200", "Content-Length: 5\r\n", "HEAD", None, true),
            ("1.1 204", "", "GET", None, true),
            ("1.1 304", "Content-Length: 5\r\n", "GET", None, true),
            ("1.1 101", "Upgrade: x\r\n", "GET", None, false),
            ("1.1 200", "", "GET", UntilClose, false),
            ("1.1 200", "", "CONNECT", UntilClose, false),
            (
                "1.1 200",
                "Transfer-Encoding: chunked\r\n",
                "GET",
                Chunked,
                true,
            ),
            (
                "1.1 200",
                "Transfer-Encoding: gzip, Chunked\r\n",
                "GET",
                Chunked,
                true,
            ),
            (
                "1.1 200",
                "Transfer-Encoding: identity\r\nContent-Length: 1\r\n",
                "GET",
                Length(1),
                false,
            ),
            (
                "1.1 200",
                "Transfer-Encoding: chunked, gzip\r\n",
                "GET",
                UntilClose,
                false,
            ),
            (
                "1.1 200",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "GET",
                Chunked,
                false,
            ),
            (
                "1.1 200",
                "Content-Length: 5\r\nConnection: x, Close\r\n",
                "GET",
                Length(5),
                false,
            ),
            ("1.0 200", "Content-Length: 5\r\n", "GET", Length(5), false),
            ("2 200", "Content-Length: 5\r\n", "GET", Length(5), false),
            (
                "1.0 200",
                "Content-Length: 5\r\nConnection: keep-alive\r\n",
                "GET",
                Length(5),
                true,
            ),
            (
                "1.0 200",
                "Transfer-Encoding: chunked\r\nConnection: keep-alive\r\n",
                "GET",
                Chunked,
                false,
            ),
        ] {
            let head = head(&format!("HTTP/{status} x\r\n{fields}\r\n"));
            let found = of(&head, &Method::new(method).unwrap());
            assert_eq!(
                (&found, persists(&head, &found)),
                (&framing, persistent),
                "{status} {fields:?} {method}"
            );
        }
    }

    #[test]
    fn lengths_that_cannot_be_known() {
        for fields in [
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "Content-Length: 5, 6\r\n",
            "Content-Length: five\r\n",
            "Content-Length: -5\r\n",
            "Content-Length: +5\r\n",
            "Content-Length:\r\n",
            "Content-Length: 99999999999999999999\r\n",
        ] {
            let head = head(&format!("HTTP/1.1 200 x\r\n{fields}\r\n"));
            let found = of(&head, &Method::GET);
            assert!(matches!(&found, Framing::Broken(_)), "{fields:?} {found:?}");
            assert!(!persists(&head, &found), "{fields:?}");
        }
    }
}
