//! What leaves with the request that a redirect makes, whoever carries it: the Referer, the content, the open wire before
//! an upgrade; and where it goes that the Internet does not.

use std::net::IpAddr;

use url::{Host, Url};

use super::credential::is_credential;
use super::facts::{Facts, Leak};
use super::{Finding, Note, findings, mask};
use crate::model::{AddressKind, Request};

/// What the step from `request`, at hop `n`, to `next` raises; `content` reads the beginning of what `next`
/// carries, and is asked only where that leaves the origin.
#[must_use]
pub fn leaks(
    n: usize,
    request: &Request,
    next: &Request,
    content: &dyn Fn() -> Vec<u8>,
) -> Vec<Finding> {
    let raised = [
        in_referer(request, next),
        body(request, next, content),
        in_clear(request, next),
        to_private(&request.target, &next.target),
    ];
    let raised = raised.into_iter().flatten();
    raised
        .map(|(note, leak)| Finding {
            note,
            hop: Some(n),
            facts: Facts::Leak(leak),
        })
        .collect()
}

type RaisedLeak = (&'static Note, Leak);

/// The secrets of the last URL, which the Referer takes to another origin.
fn in_referer(request: &Request, next: &Request) -> Option<RaisedLeak> {
    if request.target.origin() == next.target.origin() {
        return None;
    }
    let referer = next.headers.get("referer")?;
    let names = mask::names_in_url(&String::from_utf8_lossy(referer));
    let origin = next.target.origin().ascii_serialization();
    (!names.is_empty()).then_some((
        &findings::CREDENTIALS_IN_REFERER,
        Leak::InReferer { names, origin },
    ))
}

/// Content that another origin gets, unless that is the same host over TLS.
fn body(request: &Request, next: &Request, content: &dyn Fn() -> Vec<u8>) -> Option<RaisedLeak> {
    let same = request.target.origin() == next.target.origin();
    let upgraded = is_upgrade(request, next) && request.target.host() == next.target.host();
    if next.body.is_none() || same || upgraded {
        return None;
    }
    let secrets = mask::names_in_content(&content());
    let note = if secrets.is_empty() {
        &findings::BODY_SENT
    } else {
        &findings::SECRET_BODY_SENT
    };
    let origin = next.target.origin().ascii_serialization();
    Some((note, Leak::Body { secrets, origin }))
}

/// What went over http before a redirect to https, too late to be kept from anybody on the way.
fn in_clear(request: &Request, next: &Request) -> Option<RaisedLeak> {
    if !is_upgrade(request, next) {
        return None;
    }
    let fields = request
        .headers
        .iter()
        .map(|field| field.name.to_ascii_lowercase());
    let mut names: Vec<String> = fields.filter(|name| is_credential(name)).collect();
    names.extend(mask::names_in_url(request.target.as_str()));
    let body = !request.body.is_none();
    (body || !names.is_empty()).then_some((&findings::SENT_IN_CLEAR, Leak::InClear { names, body }))
}

fn is_upgrade(request: &Request, next: &Request) -> bool {
    (request.target.scheme(), next.target.scheme()) == ("http", "https")
}

/// A target of the own network, named by whoever answers outside of it; and the address of a cloud's metadata from anywhere.
fn to_private(from: &Url, to: &Url) -> Option<RaisedLeak> {
    let (host, kind) = (to.host()?, private(to));
    let metadata = kind == Some(AddressKind::Metadata) && private(from) != kind;
    let inwards =
        (kind.is_some() || is_local_name(to)) && private(from).is_none() && !is_local_name(from);
    let facts = || Leak::ToPrivate {
        host: host.to_string(),
        kind,
    };
    (metadata || inwards).then(|| (&findings::TO_PRIVATE, facts()))
}

/// The sort of private address that the host is, where it is one.
fn private(url: &Url) -> Option<AddressKind> {
    match url.host()? {
        Host::Ipv4(ip) => AddressKind::of(IpAddr::V4(ip)),
        Host::Ipv6(ip) => AddressKind::of(IpAddr::V6(ip)),
        Host::Domain(name) => is_metadata_name(name).then_some(AddressKind::Metadata),
    }
}

/// Names that clouds give to the address of their metadata.
fn is_metadata_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    [
        "metadata.google.internal",
        "metadata.goog",
        "instance-data.ec2.internal",
    ]
    .contains(&name)
}

/// Names that no public server has: `localhost`, one label, and the domains set aside for it
/// ([RFC 6761](https://www.rfc-editor.org/rfc/rfc6761), [RFC 6762](https://www.rfc-editor.org/rfc/rfc6762),
/// [RFC 8375](https://www.rfc-editor.org/rfc/rfc8375), `.internal` by ICANN).
fn is_local_name(url: &Url) -> bool {
    let Some(Host::Domain(name)) = url.host() else {
        return false;
    };
    let name = name.trim_end_matches('.');
    let last = name.rsplit('.').next().unwrap_or_default();
    !name.contains('.')
        || ["localhost", "local", "internal", "lan"].contains(&last)
        || name.ends_with(".home.arpa")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Body, Headers, Method};

    fn request(url: &str, fields: &[(&str, &str)], body: &str) -> Request {
        let fields: Headers = fields.iter().copied().collect();
        Request::new(
            Method::POST,
            Url::parse(url).unwrap(),
            fields,
            Body::from_bytes(body),
        )
    }

    /// The ids that a step raises, with its severity.
    fn raised(from: &Request, to: &Request, content: &str) -> Vec<String> {
        leaks(1, from, to, &|| content.as_bytes().to_vec())
            .iter()
            .map(|finding| format!("{} {}", finding.note.severity, finding.note.id))
            .collect()
    }

    #[test]
    fn what_leaves_is_told_whoever_carries_it() {
        let plain = |url: &str| request(url, &[], "");
        let with = |url: &str, fields: &[(&str, &str)]| request(url, fields, "");
        let referer = [("Referer", "http://a.example/?token=x")];
        let cases = [
            (
                with("http://a.example/?token=x", &[]),
                with("http://b.example/", &referer),
                "",
                vec!["error credentials-in-referer"],
            ),
            (
                with("http://a.example/?token=x", &[]),
                with("http://a.example/b", &referer),
                "",
                vec![],
            ),
            (
                plain("http://a.example/"),
                request("http://b.example/", &[], "n=1"),
                "n=1",
                vec!["warn body-sent"],
            ),
            (
                plain("http://a.example/"),
                request("http://b.example/", &[], "p"),
                "a=1&password=x",
                vec!["error body-sent"],
            ),
            (
                plain("http://a.example/"),
                request("http://b.example/", &[], "p"),
                "{\"password\":\"x\"}",
                vec!["error body-sent"],
            ),
            (
                plain("http://a.example/"),
                request("http://a.example/b", &[], "n=1"),
                "n=1",
                vec![],
            ),
            (
                plain("http://a.example/"),
                request("https://a.example/", &[], "n=1"),
                "n=1",
                vec![],
            ),
            (
                request("http://a.example/", &[], "n=1"),
                plain("https://a.example/"),
                "",
                vec!["warn sent-in-clear"],
            ),
            (
                with("http://a.example/", &[("Authorization", "x")]),
                plain("https://a.example/"),
                "",
                vec!["warn sent-in-clear"],
            ),
            (
                with("http://a.example/?token=x", &[]),
                plain("https://a.example/"),
                "",
                vec!["warn sent-in-clear"],
            ),
            (
                plain("http://a.example/"),
                plain("https://a.example/"),
                "",
                vec![],
            ),
        ];
        for (from, to, content, expected) in cases {
            assert_eq!(
                raised(&from, &to, content),
                expected,
                "{} to {}",
                from.target,
                to.target
            );
        }
    }

    #[test]
    fn targets_within_are_told_where_one_outside_names_them() {
        for (from, to, told) in [
            ("http://a.example/", "http://10.0.0.1/", true),
            ("http://a.example/", "http://169.254.169.254/latest/", true),
            ("http://a.example/", "http://[::1]/", true),
            ("http://a.example/", "http://localhost:8080/", true),
            ("http://a.example/", "http://db.internal/", true),
            ("http://8.8.8.8/", "http://router/", true),
            ("http://127.0.0.1/", "http://169.254.169.254/", true),
            ("http://10.0.0.2/", "http://metadata.google.internal/", true),
            ("http://127.0.0.1/", "http://10.0.0.1/", false),
            ("http://localhost/", "http://127.0.0.1/", false),
            ("http://a.example/", "http://b.example/", false),
            ("http://169.254.169.254/", "http://169.254.169.254/x", false),
        ] {
            let found = to_private(&Url::parse(from).unwrap(), &Url::parse(to).unwrap());
            assert_eq!(found.is_some(), told, "{from} to {to}");
        }
    }
}
