//! Who may ask a lab that a person runs: a page of the Web must not reach it through the browser of whoever runs it.

use std::net::IpAddr;

use super::request::RequestHead;

/// Whose requests are answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Visitors {
    /// Everybody's: no browser is near, as in a test.
    #[default]
    Any,
    /// Those that ask for a loopback name, an address, or one of these names; and no script of a page of another site.
    Invited(Vec<String>),
}

impl Visitors {
    /// Whether this request is answered.
    ///
    /// A name in Host that is not the lab's came by a domain that was pointed at this machine (DNS rebinding); a script from
    /// elsewhere says so in `Sec-Fetch-Site` ([Fetch Metadata](https://www.w3.org/TR/fetch-metadata/)).
    pub(super) fn admits(&self, head: &RequestHead) -> bool {
        let Self::Invited(names) = self else {
            return true;
        };
        let value = |name: &str| {
            head.headers
                .get(name)
                .map(|value| String::from_utf8_lossy(value).into_owned())
        };
        let host = value("host").unwrap_or_default();
        let invited = |authority: &str| {
            is_loopback_name(host_of(authority)) || is_named(host_of(authority), names)
        };
        let navigates = value("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
        let foreign =
            value("sec-fetch-site").is_some_and(|site| site == "cross-site") && !navigates;
        // A chain of the lab's own leads from one of its hosts to another, which are sites of their own.
        let from_here = ["origin", "referer"]
            .into_iter()
            .filter_map(value)
            .any(|from| {
                let authority = from.split("://").nth(1).unwrap_or_default();
                invited(authority.split('/').next().unwrap_or_default())
            });
        (host.is_empty() || invited(&host)) && (!foreign || from_here)
    }
}

/// The host of `host:port`.
fn host_of(authority: &str) -> &str {
    match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host),
    }
}

/// Addresses cannot be pointed elsewhere, and browsers keep `localhost` to the machine
/// ([RFC 6761 §6.3](https://www.rfc-editor.org/rfc/rfc6761#section-6.3)).
fn is_loopback_name(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    host == "localhost" || host.ends_with(".localhost") || host.parse::<IpAddr>().is_ok()
}

fn is_named(host: &str, names: &[String]) -> bool {
    names
        .iter()
        .any(|name| name.eq_ignore_ascii_case(host.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_web_do_not_reach_a_lab_that_a_person_runs() {
        let invited = Visitors::Invited(vec!["lab.example".to_owned()]);
        for (fields, admitted) in [
            (&[("Host", "127.0.0.1:8080")][..], true),
            (&[("Host", "[::1]:8080")], true),
            (&[("Host", "a.localhost")], true),
            (&[("Host", "LAB.example:1")], true),
            (&[("Host", "evil.example")], false),
            (&[], true),
            (
                &[
                    ("Host", "localhost"),
                    ("Sec-Fetch-Site", "cross-site"),
                    ("Sec-Fetch-Mode", "cors"),
                    ("Origin", "http://evil.example"),
                ],
                false,
            ),
            (
                &[
                    ("Host", "localhost"),
                    ("Sec-Fetch-Site", "cross-site"),
                    ("Sec-Fetch-Mode", "no-cors"),
                ],
                false,
            ),
            (
                &[
                    ("Host", "localhost"),
                    ("Sec-Fetch-Site", "cross-site"),
                    ("Sec-Fetch-Mode", "navigate"),
                ],
                true,
            ),
            (
                &[
                    ("Host", "localhost"),
                    ("Sec-Fetch-Site", "cross-site"),
                    ("Sec-Fetch-Mode", "cors"),
                    ("Origin", "http://127.0.0.1:8080"),
                ],
                true,
            ),
            (
                &[
                    ("Host", "localhost"),
                    ("Sec-Fetch-Site", "same-origin"),
                    ("Sec-Fetch-Mode", "cors"),
                ],
                true,
            ),
        ] {
            let head = RequestHead {
                method: "GET".to_owned(),
                target: b"/".to_vec(),
                version: "HTTP/1.1".to_owned(),
                headers: fields.iter().copied().collect(),
            };
            assert_eq!(invited.admits(&head), admitted, "{fields:?}");
            assert!(Visitors::Any.admits(&head));
        }
    }
}
