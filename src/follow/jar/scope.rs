//! Where a cookie belongs: domains, paths, and which URLs are secure.

use std::net::Ipv4Addr;

use url::{Host, Url};

use crate::rules::policy::SecureContext;

/// The host of a URL, as cookies compare it; empty where it has none.
pub(super) fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// Whether a host is this domain or, where it is a name, one below it
/// ([RFC 6265bis §5.1.3](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.1.3)).
pub(super) fn domain_matches(host: &str, domain: &str) -> bool {
    let is_below = || {
        let rest = host.strip_suffix(domain);
        rest.is_some_and(|rest| rest.ends_with('.')) && !is_address(host)
    };
    host == domain || is_below()
}

/// Whether anybody can have a host below this domain ([publicsuffix.org](https://publicsuffix.org/list/)).
pub(super) fn is_public_suffix(domain: &str) -> bool {
    let domain = domain.trim_end_matches('.');
    !is_address(domain) && psl::suffix_str(domain) == Some(domain)
}

fn is_address(host: &str) -> bool {
    host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok()
}

/// The path that a cookie without one is for: the directory of the URL that set it
/// ([§5.1.4](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.1.4)).
pub(super) fn default_path(url: &Url) -> &str {
    let path = url.path();
    match path.rfind('/') {
        Some(at) if at > 0 => &path[..at],
        _ => "/",
    }
}

/// Whether a cookie for `of_cookie` goes to `path` (§5.1.4).
pub(super) fn path_matches(path: &str, of_cookie: &str) -> bool {
    path.strip_prefix(of_cookie)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || of_cookie.ends_with('/'))
}

/// Whether a cookie with Secure may come from this URL and go to it.
pub(super) fn is_secure(url: &Url, context: SecureContext) -> bool {
    let is_localhost = |name| domain_matches(name, "localhost");
    url.scheme() == "https"
        || match context {
            SecureContext::LocalhostName => is_localhost(host(url)),
            SecureContext::Localhost => ["localhost", "127.0.0.1", "[::1]"].contains(&host(url)),
            SecureContext::Loopback => match url.host() {
                Some(Host::Domain(name)) => is_localhost(name),
                Some(Host::Ipv4(address)) => address.is_loopback(),
                Some(Host::Ipv6(address)) => address.is_loopback(),
                None => false,
            },
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_match_themselves_and_names_below_them() {
        for (host, domain, matches) in [
            ("a.example", "a.example", true),
            ("b.a.example", "a.example", true),
            ("ba.example", "a.example", false),
            ("example", "a.example", false),
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "0.0.1", false),
            ("[::1]", "[::1]", true),
        ] {
            assert_eq!(domain_matches(host, domain), matches, "{host} {domain}");
        }
    }

    #[test]
    fn a_path_matches_those_below_it_and_is_by_default_the_directory() {
        for (url, of_cookie, matches, default) in [
            ("http://o/", "/", true, "/"),
            ("http://o/a", "/a", true, "/"),
            ("http://o/a/b", "/a", true, "/a"),
            ("http://o/a/b", "/a/", true, "/a"),
            ("http://o/ab", "/a", false, "/"),
            ("http://o/a", "/a/", false, "/"),
            ("http://o/a/b/?q=/", "/A", false, "/a/b"),
        ] {
            let url = Url::parse(url).unwrap();
            assert_eq!(path_matches(url.path(), of_cookie), matches, "{url}");
            assert_eq!(default_path(&url), default, "{url}");
        }
    }

    #[test]
    fn loopback_is_secure_where_a_client_takes_it_so() {
        use SecureContext::{Https, Localhost, LocalhostName, Loopback};
        #[rustfmt::skip]
        let cases: &[(&str, &[SecureContext])] = &[
            ("https://a.example/",      &[Https, LocalhostName, Localhost, Loopback]),
            ("http://localhost:8080/",  &[LocalhostName, Localhost, Loopback]),
            ("http://127.0.0.1/",       &[Localhost, Loopback]),
            ("http://[::1]/",           &[Localhost, Loopback]),
            ("http://127.1.2.3/",       &[Loopback]),
            ("http://app.localhost/",   &[LocalhostName, Loopback]),
            ("http://localhost.com/",   &[]),
            ("http://192.168.0.1/",     &[]),
        ];
        for (url, expected) in cases {
            let url = Url::parse(url).unwrap();
            let mut all = vec![Https, LocalhostName, Localhost, Loopback];
            all.retain(|context| is_secure(&url, *context));
            assert_eq!(all, *expected, "{url}");
        }
    }
}
