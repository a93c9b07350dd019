//! The head of a request, and how its content is framed ([RFC 9112 §3, §6](https://www.rfc-editor.org/rfc/rfc9112#section-3)).

use url::{Position, Url};

use crate::model::{Body, Headers, Request, is_token};

use super::framing;

/// How the content of a request is framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// There is none.
    None,
    /// So many bytes.
    Length(u64),
    /// Chunks.
    Chunked,
}

/// A request ready to be written.
#[derive(Debug, Clone)]
pub(super) struct Composed {
    /// Every field line, in the order written.
    pub(super) headers: Headers,
    /// The head, byte by byte.
    pub(super) bytes: Vec<u8>,
    /// How the content follows.
    pub(super) frame: Frame,
}

/// To whom a request speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form<'a> {
    /// To the origin: the target is a path.
    Origin,
    /// To a proxy: the target is the whole URL; with what the proxy is shown, where it wants to know who asks.
    Absolute(Option<&'a str>),
}

/// Writes the head of `request`.
///
/// # Errors
/// One sentence where a field cannot be sent as it stands.
pub(super) fn compose(request: &Request, form: Form<'_>) -> Result<Composed, String> {
    let (headers, frame) = all_fields(request, form)?;
    let mut bytes = format!(
        "{} {} HTTP/1.1\r\n",
        request.method,
        target(&request.target, form)
    )
    .into_bytes();
    for field in &headers {
        if !is_token(&field.name) {
            return Err(format!(
                "`{}` cannot be the name of a header field",
                field.name.escape_debug()
            ));
        }
        if field
            .value
            .iter()
            .any(|byte| matches!(byte, b'\r' | b'\n' | 0))
        {
            return Err(format!(
                "the header field {} holds a line break or NUL and cannot be sent",
                field.name
            ));
        }
        bytes.extend_from_slice(field.name.as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(&field.value);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    Ok(Composed {
        headers,
        bytes,
        frame,
    })
}

/// Host first, as RFC 9110 §7.2 asks, then what the request holds, then the framing; each only where it is not given.
fn all_fields(request: &Request, form: Form<'_>) -> Result<(Headers, Frame), String> {
    let mut headers = Headers::new();
    if !request.headers.contains("host") {
        headers.push(
            "host",
            &request.target[Position::BeforeHost..Position::AfterPort],
        );
    }
    for field in &request.headers {
        headers.push(field.name.as_str(), field.value.as_slice());
    }
    if let Form::Absolute(Some(credentials)) = form
        && !headers.contains("proxy-authorization")
    {
        headers.push("proxy-authorization", credentials);
    }
    let frame = frame(&mut headers, request.says_empty, &request.body)?;
    Ok((headers, frame))
}

/// The framing that `headers` ask for, or that fits the content; in that case its field is added.
fn frame(headers: &mut Headers, says_empty: bool, body: &Body) -> Result<Frame, String> {
    let length = body.content().map(crate::model::Content::length);
    if headers.contains("transfer-encoding") {
        return if framing::lists(headers, "transfer-encoding", "chunked")
            && !headers.contains("content-length")
        {
            Ok(Frame::Chunked)
        } else {
            Err("Transfer-Encoding other than `chunked`, or beside Content-Length, cannot be sent: leave it out"
                .to_owned())
        };
    }
    if let Some(stated) = framing::length(headers).map_err(|_| stated_wrongly("no number"))? {
        return match length {
            None | Some(Some(0)) if stated == 0 => Ok(Frame::None),
            None => Err(stated_wrongly("0 bytes")),
            Some(Some(real)) if real != stated => Err(stated_wrongly(&format!("{real} bytes"))),
            Some(_) => Ok(Frame::Length(stated)),
        };
    }
    match length {
        Some(Some(length)) => {
            headers.push("content-length", length.to_string());
            Ok(Frame::Length(length))
        }
        Some(None) => {
            headers.push("transfer-encoding", "chunked");
            Ok(Frame::Chunked)
        }
        None if says_empty => {
            headers.push("content-length", "0");
            Ok(Frame::None)
        }
        None => Ok(Frame::None),
    }
}

fn stated_wrongly(real: &str) -> String {
    format!(
        "the given Content-Length does not fit the content ({real}): leave it out, it is made from the content"
    )
}

fn target(url: &Url, form: Form<'_>) -> String {
    let path = &url[Position::BeforePath..Position::AfterQuery];
    match form {
        Form::Origin => path.to_owned(),
        Form::Absolute(_) => format!(
            "{}://{}{path}",
            url.scheme(),
            &url[Position::BeforeHost..Position::AfterPort]
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Arc;

    use super::*;
    use crate::model::{Content, Method};

    #[derive(Debug)]
    struct Stream;

    impl Content for Stream {
        fn open(&self) -> io::Result<Box<dyn io::Read + Send + '_>> {
            Ok(Box::new(io::empty()))
        }

        fn length(&self) -> Option<u64> {
            None
        }
    }

    fn request(method: &str, url: &str, fields: &[(&str, &str)], body: Body) -> Request {
        let headers = fields.iter().map(|(name, value)| (*name, *value)).collect();
        Request::new(
            Method::new(method).unwrap(),
            Url::parse(url).unwrap(),
            headers,
            body,
        )
    }

    #[test]
    fn heads() {
        let text = |fields: &[_], method, url, body| {
            let composed = compose(&request(method, url, fields, body), Form::Origin).unwrap();
            String::from_utf8(composed.bytes).unwrap()
        };
        let abc = || Body::from_bytes(*b"abc");
        for (method, url, fields, body, expected) in [
            (
                "GET",
                "http://a.example/b?c#d",
                &[][..],
                Body::NONE,
                "GET /b?c HTTP/1.1\r\nhost: a.example\r\n\r\n",
            ),
            (
                "GET",
                "http://u:p@a.example:81",
                &[],
                Body::NONE,
                "GET / HTTP/1.1\r\nhost: a.example:81\r\n\r\n",
            ),
            (
                "GET",
                "http://[::1]:80/",
                &[],
                Body::NONE,
                "GET / HTTP/1.1\r\nhost: [::1]\r\n\r\n",
            ),
            (
                "GET",
                "http://a/",
                &[("X", "1"), ("Host", "b"), ("x", "2")],
                Body::NONE,
                "GET / HTTP/1.1\r\nX: 1\r\nHost: b\r\nx: 2\r\n\r\n",
            ),
            (
                "POST",
                "http://a/",
                &[],
                Body::NONE,
                "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n",
            ),
            (
                "DELETE",
                "http://a/",
                &[],
                Body::NONE,
                "DELETE / HTTP/1.1\r\nhost: a\r\n\r\n",
            ),
            (
                "pOsT",
                "http://a/",
                &[],
                abc(),
                "pOsT / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\n",
            ),
            (
                "POST",
                "http://a/",
                &[("Content-Length", "3")],
                abc(),
                "POST / HTTP/1.1\r\nhost: a\r\nContent-Length: 3\r\n\r\n",
            ),
            (
                "POST",
                "http://a/",
                &[("Content-Length", "3")],
                Body::new(Arc::new(Stream)),
                "POST / HTTP/1.1\r\nhost: a\r\nContent-Length: 3\r\n\r\n",
            ),
            (
                "PUT",
                "http://a/",
                &[],
                Body::new(Arc::new(Stream)),
                "PUT / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n",
            ),
            (
                "PUT",
                "http://a/",
                &[("Transfer-Encoding", "chunked")],
                abc(),
                "PUT / HTTP/1.1\r\nhost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
            ),
        ] {
            assert_eq!(text(fields, method, url, body), expected);
        }
    }

    #[test]
    fn the_form_for_a_proxy() {
        let get = request(
            "GET",
            "http://u:p@a.example:81/b?c#d",
            &[("A", "1")],
            Body::NONE,
        );
        let composed = compose(&get, Form::Absolute(Some("Basic eDp5"))).unwrap();
        let expected = "GET http://a.example:81/b?c HTTP/1.1\r\nhost: a.example:81\r\nA: 1\r\nproxy-authorization: Basic eDp5\r\n\r\n";
        assert_eq!(String::from_utf8(composed.bytes).unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_sent() {
        for (name, value, body) in [
            ("A\r\nB", "1", Body::NONE),
            ("A B", "1", Body::NONE),
            ("", "1", Body::NONE),
            ("A", "1\r\nB: 2", Body::NONE),
            ("A", "1\0", Body::NONE),
            ("Content-Length", "5", Body::NONE),
            ("Content-Length", "5", Body::from_bytes(*b"abc")),
            ("Content-Length", "x", Body::from_bytes(*b"abc")),
            ("Transfer-Encoding", "gzip", Body::from_bytes(*b"abc")),
        ] {
            assert!(
                compose(
                    &request("POST", "http://a/", &[(name, value)], body),
                    Form::Origin
                )
                .is_err(),
                "{name:?}: {value:?}"
            );
        }
    }
}
