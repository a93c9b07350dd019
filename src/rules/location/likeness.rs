//! What a Location looks like that it is not.

use std::net::Ipv4Addr;

use url::Url;

/// Extensions of file names that are top-level domains as well: `login.do` is a page.
const EXTENSIONS: [&str; 10] = [
    "app", "cc", "do", "md", "mov", "pl", "py", "rs", "sh", "zip",
];

/// Whether the reference starts with what was most likely meant to be a host: by RFC 3986 it is the first segment of a path
/// or, before a colon, a scheme.
pub(super) fn is_host_without_scheme(base: &Url, reference: &str) -> bool {
    let end = reference.find(['/', '?', '#']).unwrap_or(reference.len());
    let (authority, rest) = reference.split_at(end);
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let host = host.to_ascii_lowercase();
    match port {
        Some(port) if !is_number(port) => false,
        _ if host == "localhost" || host.parse::<Ipv4Addr>().is_ok() => {
            port.is_some() || rest.starts_with('/')
        }
        _ if !has_labels(&host) => false,
        Some(_) => true,
        None => is_near(&host, base) || is_domain(&host, rest),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it has two labels or more, of letters, digits and hyphens, the last of them no number.
fn has_labels(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.') && host.split('.').all(is_label) && !is_number(last)
}

/// Whether it is the host that was asked, one above it, or one below.
fn is_near(host: &str, base: &Url) -> bool {
    let asked = base.host_str().unwrap_or_default();
    let below = |one: &str, other: &str| {
        let rest = one.strip_suffix(other);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    below(host, asked) || below(asked, host)
}

/// Whether it is a domain by [the list of public suffixes](https://publicsuffix.org/list/) and no name of a file.
fn is_domain(host: &str, rest: &str) -> bool {
    let suffix = psl::suffix(host.as_bytes()).filter(psl::Suffix::is_known);
    let is_below = suffix.is_some_and(|suffix| suffix.as_bytes().len() < host.len());
    let last = host.rsplit('.').next().unwrap_or_default();
    is_below
        && !EXTENSIONS.contains(&last)
        && (rest.starts_with('/') || host.matches('.').count() > 1)
}

/// Whether the brackets of an IPv6 address are percent-encoded, which leaves no host that anybody can read
/// ([RFC 3986 §3.2.2](https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2)).
#[must_use]
pub fn has_escaped_brackets(location: &[u8]) -> bool {
    let text = String::from_utf8_lossy(location).to_ascii_lowercase();
    let Some((_, after)) = text.split_once("//") else {
        return false;
    };
    let authority = after.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.strip_prefix("%5b").is_some_and(|host| {
        host.split_once("%5d")
            .is_some_and(|(address, _)| address.contains(':'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_without_its_scheme_is_told_from_a_path() {
        let base = Url::parse("http://www.shop.test/a").unwrap();
        for (reference, told) in [
            ("example.com/path", true),
            ("EXAMPLE.com/path", true),
            ("www.example.co.uk", true),
            ("example.com:8080/path", true),
            ("intra.corp:8080", true),
            ("localhost:3000/x", true),
            ("localhost/x", true),
            ("10.0.0.1/x", true),
            ("10.0.0.1:80", true),
            ("www.shop.test", true),
            ("shop.test?x", true),
            ("m.www.shop.test/x", true),
            ("index.html", false),
            ("login.do", false),
            ("login.do/x", false),
            ("a.b.py", false),
            ("app.min.js", false),
            ("example.com", false),
            ("1.2.3/x", false),
            ("v1.2/x", false),
            ("co.uk/x", false),
            ("/example.com/x", false),
            ("//example.com/x", false),
            ("http://example.com/x", false),
            ("mailto:a@b.example", false),
            ("tel:5551234", false),
            ("example.com:/x", false),
            ("a b.com/x", false),
            ("..com/x", false),
            ("localhost", false),
            ("", false),
        ] {
            assert_eq!(
                is_host_without_scheme(&base, reference),
                told,
                "{reference}"
            );
        }
    }

    #[test]
    fn escaped_brackets_are_found_where_the_host_is() {
        for (location, found) in [
            ("http://%5B::1%5D/", true),
            ("//u@%5b::1%5d:80?x", true),
            ("http://[::1]/", false),
            ("http://%5Bx%5D/", false),
            ("http://h/%5B::1%5D", false),
            ("/?u=//%5B::1%5D", true),
            ("/%5B::1%5D", false),
        ] {
            assert_eq!(
                has_escaped_brackets(location.as_bytes()),
                found,
                "{location}"
            );
        }
    }
}
