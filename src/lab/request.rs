//! What a client sent: its head as it stands on the wire, and how its content is framed.
//!
//! Read by hand, not with httparse: clients that follow an odd Location put spaces, raw UTF-8 and control characters
//! into the request line, and the lab shows exactly that, where a strict reader refuses.

use std::borrow::Cow;

use crate::model::Headers;

/// The head of a request: request line and field lines, bytes untouched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestHead {
    /// The method, case kept.
    pub method: String,
    /// The request target as sent; any bytes.
    pub target: Vec<u8>,
    /// The version, such as `HTTP/1.1`.
    pub version: String,
    /// The field lines in their order.
    pub headers: Headers,
}

/// How the content of a request is delimited ([RFC 9112 §6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestFraming {
    /// There is none.
    None,
    /// `Content-Length`, in bytes.
    Length(u64),
    /// `Transfer-Encoding: chunked`.
    Chunked,
}

/// Why the lab does not play what it was asked for: a status code of the 4xx or 5xx and one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestRefusal {
    pub status: u16,
    pub says: Cow<'static, str>,
}

impl RequestRefusal {
    /// 400 and this sentence.
    pub(super) fn bad(says: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status: 400,
            says: says.into(),
        }
    }
}

impl RequestHead {
    /// Reads a head: everything up to and without the empty line.
    ///
    /// The target is what lies between the first and the last space of the request line.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, RequestRefusal> {
        let mut lines = bytes
            .split(|&byte| byte == b'\n')
            .map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        let first = lines.next().unwrap_or_default();
        let [space, last] = [
            first.iter().position(|&b| b == b' '),
            first.iter().rposition(|&b| b == b' '),
        ];
        let (Some(space), Some(last)) = (space, last) else {
            return Err(RequestRefusal::bad("this is no HTTP request"));
        };
        let (method, version) = (&first[..space], &first[last + 1..]);
        if space == last || method.is_empty() || !version.starts_with(b"HTTP/") {
            return Err(RequestRefusal::bad(
                "the request line is not METHOD TARGET VERSION",
            ));
        }
        if !version.starts_with(b"HTTP/1.") {
            return Err(RequestRefusal {
                status: 505,
                says: "the lab speaks HTTP/1.1".into(),
            });
        }
        Ok(Self {
            method: text(method),
            target: first[space + 1..last].to_vec(),
            version: text(version),
            headers: lines
                .filter(|line| !line.is_empty())
                .map(field)
                .collect::<Result<_, _>>()?,
        })
    }

    /// How its content is framed.
    ///
    /// # Errors
    /// 400 where that is ambiguous, or Host is missing: a request that two servers could read differently is refused.
    pub(super) fn framing(&self) -> Result<RequestFraming, RequestRefusal> {
        if !self.is_http10() && !self.headers.contains("host") {
            return Err(RequestRefusal::bad(
                "an HTTP/1.1 request needs a Host field (RFC 9112 section 3.2)",
            ));
        }
        let lengths: Vec<&[u8]> = self.headers.all("content-length").collect();
        let codings: Vec<&[u8]> = self.headers.all("transfer-encoding").collect();
        match (lengths.as_slice(), codings.as_slice()) {
            ([], []) => Ok(RequestFraming::None),
            ([first, rest @ ..], []) if rest.iter().all(|length| length == first) => length(first),
            ([], [coding]) if coding.eq_ignore_ascii_case(b"chunked") => {
                Ok(RequestFraming::Chunked)
            }
            ([_, ..], []) => Err(RequestRefusal::bad("two Content-Length fields differ")),
            ([], _) => Err(RequestRefusal {
                status: 501,
                says: "the only transfer coding here is chunked".into(),
            }),
            _ => Err(RequestRefusal::bad(
                "Content-Length and Transfer-Encoding exclude each other",
            )),
        }
    }

    /// Whether the client lets the connection persist ([RFC 9112
    /// §9.3](https://www.rfc-editor.org/rfc/rfc9112#section-9.3)).
    pub(super) fn persists(&self) -> bool {
        let says = |option| {
            self.headers
                .all("connection")
                .any(|value| has_token(value, option))
        };
        !says("close") && (!self.is_http10() || says("keep-alive"))
    }

    /// Whether it waits for `100 (Continue)`; HTTP/1.0 has no such thing.
    pub(super) fn expects_continue(&self) -> bool {
        !self.is_http10()
            && self
                .headers
                .all("expect")
                .any(|value| has_token(value, "100-continue"))
    }

    /// Whether the client speaks HTTP/1.0.
    pub(super) fn is_http10(&self) -> bool {
        self.version == "HTTP/1.0"
    }

    /// The path of the target, without the query; of an absolute target (as proxies get it) too.
    pub(super) fn path(&self) -> &[u8] {
        self.split_target().0
    }

    /// The query of the target.
    pub(super) fn query(&self) -> Option<&[u8]> {
        self.split_target().1
    }

    fn split_target(&self) -> (&[u8], Option<&[u8]>) {
        let origin_form = after_authority(&self.target);
        match origin_form.iter().position(|&byte| byte == b'?') {
            Some(at) => (&origin_form[..at], Some(&origin_form[at + 1..])),
            None => (origin_form, None),
        }
    }
}

/// What follows scheme and authority, where there are any.
fn after_authority(target: &[u8]) -> &[u8] {
    if target.starts_with(b"/") {
        return target;
    }
    let Some(scheme) = target.windows(3).position(|three| three == b"://") else {
        return target;
    };
    let rest = &target[scheme + 3..];
    rest.iter()
        .position(|&byte| matches!(byte, b'/' | b'?'))
        .map_or(b"/", |at| &rest[at..])
}

fn field(line: &[u8]) -> Result<(String, Vec<u8>), RequestRefusal> {
    match line.iter().position(|&byte| byte == b':') {
        Some(colon) if colon > 0 => Ok((
            text(&line[..colon]),
            line[colon + 1..].trim_ascii().to_vec(),
        )),
        _ => Err(RequestRefusal::bad("a field line has no name")),
    }
}

fn length(digits: &[u8]) -> Result<RequestFraming, RequestRefusal> {
    let plain = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    let number = plain.then(|| text(digits).parse().ok()).flatten();
    number
        .map(RequestFraming::Length)
        .ok_or_else(|| RequestRefusal::bad("Content-Length is not a number of bytes"))
}

fn has_token(list: &[u8], token: &str) -> bool {
    list.split(|&byte| byte == b',')
        .any(|item| item.trim_ascii().eq_ignore_ascii_case(token.as_bytes()))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> RequestHead {
        RequestHead::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn request_head_is_kept_as_sent() {
        let head =
            RequestHead::parse(b"PoSt /a b\xe9?q HTTP/1.1\r\nhOST: x\r\nA:1\r\nb: \t2 \r\na: 3")
                .unwrap();
        assert_eq!(
            (head.method.as_str(), head.target.as_slice()),
            ("PoSt", &b"/a b\xe9?q"[..])
        );
        let lines: Vec<_> = head
            .headers
            .iter()
            .map(|f| (f.name.as_str(), f.value.as_slice()))
            .collect();
        assert_eq!(
            lines,
            [("hOST", &b"x"[..]), ("A", b"1"), ("b", b"2"), ("a", b"3")]
        );
    }

    #[test]
    fn request_path_and_query_of_every_target_form() {
        for (target, path, query) in [
            ("/a?b?c", "/a", Some("b?c")),
            ("/a", "/a", None),
            ("http://h:1/a?b", "/a", Some("b")),
            ("http://h", "/", None),
            ("http://h?b", "", Some("b")),
            ("*", "*", None),
        ] {
            let head = parse(&format!("GET {target} HTTP/1.1"));
            assert_eq!(
                (head.path(), head.query()),
                (path.as_bytes(), query.map(str::as_bytes)),
                "{target}"
            );
        }
    }

    #[test]
    fn request_framing_is_unambiguous_or_refused() {
        let table = [
            ("", Ok(RequestFraming::None)),
            ("Content-Length: 5", Ok(RequestFraming::Length(5))),
            (
                "Content-Length: 5\r\ncontent-length: 5",
                Ok(RequestFraming::Length(5)),
            ),
            ("Transfer-Encoding: Chunked", Ok(RequestFraming::Chunked)),
            ("Content-Length: 5\r\nContent-Length: 6", Err(400)),
            ("Content-Length: +5", Err(400)),
            ("Content-Length:", Err(400)),
            ("Content-Length: 99999999999999999999", Err(400)),
            ("Content-Length: 5\r\nTransfer-Encoding: chunked", Err(400)),
            ("Transfer-Encoding: gzip", Err(501)),
        ];
        for (lines, framing) in table {
            let head = parse(&format!("POST / HTTP/1.1\r\nHost: x\r\n{lines}"));
            assert_eq!(
                head.framing().map_err(|refusal| refusal.status),
                framing,
                "{lines}"
            );
        }
        assert_eq!(
            parse("GET / HTTP/1.1").framing().map_err(|r| r.status),
            Err(400),
            "no Host"
        );
        assert_eq!(
            parse("GET / HTTP/1.0").framing(),
            Ok(RequestFraming::None),
            "no Host in HTTP/1.0"
        );
    }

    #[test]
    fn request_persistence_by_version_and_connection_option() {
        for (version, connection, persists) in [
            ("1.1", "", true),
            ("1.1", "close", false),
            ("1.1", "TE, Close", false),
            ("1.0", "", false),
            ("1.0", "Keep-Alive", true),
            ("1.0", "keep-alive, close", false),
        ] {
            let head = parse(&format!("GET / HTTP/{version}\r\nConnection: {connection}"));
            assert_eq!(head.persists(), persists, "HTTP/{version} {connection:?}");
        }
    }

    #[test]
    fn request_head_of_junk_is_refused() {
        for junk in [
            "",
            "\x16\x03\x01",
            "GET /",
            "GET HTTP/1.1",
            " / HTTP/1.1",
            "GET / HTTP/1.1\r\n: x",
        ] {
            assert_eq!(
                RequestHead::parse(junk.as_bytes()).map_err(|r| r.status),
                Err(400),
                "{junk:?}"
            );
        }
        assert_eq!(
            RequestHead::parse(b"PRI * HTTP/2.0").map_err(|r| r.status),
            Err(505)
        );
    }

    proptest! {
        #[test]
        fn request_head_of_any_bytes_never_panics(bytes: Vec<u8>) {
            if let Ok(head) = RequestHead::parse(&bytes) {
                let _ = (head.framing(), head.persists(), head.path(), head.query());
            }
        }
    }
}
