//! The head of a request, and how its content is framed ([RFC 9112 §3, §6](https://www.rfc-editor.org/rfc/rfc9112#section-3)).

use url::{Position, Url};

use crate::model::{Body, Headers, Request, Unsendable, is_token};

use super::framing;

/// How the content of a request is framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentFrame {
    /// There is none.
    None,
    /// So many bytes.
    Length(u64),
    /// Chunks.
    Chunked,
}

/// A request ready to be written.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    /// Every field line, in the order written.
    pub(super) headers: Headers,
    /// The head, byte by byte.
    pub(super) bytes: Vec<u8>,
    /// How the content follows.
    pub(super) frame: ContentFrame,
}

/// To whom a request speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TargetStyle<'a> {
    /// To the origin: the target is a path.
    Origin,
    /// To a proxy: the target is the whole URL; with what the proxy is shown, where it wants to know who asks.
    Absolute(Option<&'a str>),
}

/// Writes the head of `request`.
///
/// # Errors
/// Where a field cannot be sent as it stands.
pub(super) fn prepare(request: &Request, style: TargetStyle<'_>) -> Result<Prepared, Unsendable> {
    let (headers, frame) = all_fields(request, style)?;
    let target = target(&request.target, style);
    let mut bytes = format!("{} {target} HTTP/1.1\r\n", request.method).into_bytes();
    for field in &headers {
        if !is_token(&field.name) {
            return Err(Unsendable::FieldName(field.name.clone()));
        }
        if field
            .value
            .iter()
            .any(|byte| matches!(byte, b'\r' | b'\n' | 0))
        {
            return Err(Unsendable::FieldValue(field.name.clone()));
        }
        bytes.extend_from_slice(field.name.as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(&field.value);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    Ok(Prepared {
        headers,
        bytes,
        frame,
    })
}

/// Host first, as RFC 9110 §7.2 asks, then what the request holds, then the framing; each only where it is not given.
fn all_fields(
    request: &Request,
    style: TargetStyle<'_>,
) -> Result<(Headers, ContentFrame), Unsendable> {
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
    if let TargetStyle::Absolute(Some(credentials)) = style
        && !headers.contains("proxy-authorization")
    {
        headers.push("proxy-authorization", credentials);
    }
    let frame = frame(&mut headers, request.says_empty, &request.body)?;
    Ok((headers, frame))
}

/// The framing that `headers` ask for, or that fits the content; in that case its field is added.
fn frame(headers: &mut Headers, says_empty: bool, body: &Body) -> Result<ContentFrame, Unsendable> {
    let length = body.content().map(crate::model::Content::length);
    if headers.contains("transfer-encoding") {
        let chunked = framing::lists(headers, "transfer-encoding", "chunked");
        return if chunked && !headers.contains("content-length") {
            Ok(ContentFrame::Chunked)
        } else {
            Err(Unsendable::TransferEncoding)
        };
    }
    if let Some(stated) = framing::length(headers).map_err(|_| Unsendable::LengthNoNumber)? {
        return match length {
            None | Some(Some(0)) if stated == 0 => Ok(ContentFrame::None),
            None => Err(Unsendable::LengthDiffers(0)),
            Some(Some(real)) if real != stated => Err(Unsendable::LengthDiffers(real)),
            Some(_) => Ok(ContentFrame::Length(stated)),
        };
    }
    Ok(match length {
        Some(Some(length)) => {
            headers.push("content-length", length.to_string());
            ContentFrame::Length(length)
        }
        Some(None) => {
            headers.push("transfer-encoding", "chunked");
            ContentFrame::Chunked
        }
        None if says_empty => {
            headers.push("content-length", "0");
            ContentFrame::None
        }
        None => ContentFrame::None,
    })
}

fn target(url: &Url, style: TargetStyle<'_>) -> String {
    let path = &url[Position::BeforePath..Position::AfterQuery];
    match style {
        TargetStyle::Origin => path.to_owned(),
        TargetStyle::Absolute(_) => format!(
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
            let composed =
                prepare(&request(method, url, fields, body), TargetStyle::Origin).unwrap();
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
        let composed = prepare(&get, TargetStyle::Absolute(Some("Basic eDp5"))).unwrap();
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
                prepare(
                    &request("POST", "http://a/", &[(name, value)], body),
                    TargetStyle::Origin
                )
                .is_err(),
                "{name:?}: {value:?}"
            );
        }
    }
}
