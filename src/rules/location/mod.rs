//! Location → target URI.
//!
//! The field is read from its raw bytes and resolved as browsers do, by the WHATWG parser: outside the grammar of
//! RFC 3986 [RFC 9110 §10.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2) defines no recovery, and browsers
//! are what servers are tested with. Where a reader of RFC 3986 finds another host in the same bytes, [`Oddity`] says so:
//! such a Location takes two clients to two places.
//!
//! [`dialect`] reads the same bytes as one other client does, and gives the [`Target`] that it would send.

mod authority;
pub mod dialect;
mod likeness;
mod octets;
mod path;
mod reader;
mod target;

use std::borrow::Cow;

pub use likeness::has_escaped_brackets;
pub use reader::LocationError;
pub use target::{ReferenceForm, Target};

use url::{Host, Url};

use crate::model::Headers;
use octets::{code_points, is_scheme};

/// A usable Location and what is odd about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The field value as received.
    pub location: Vec<u8>,
    /// The target URI, fragment inherited; its userinfo is still in place.
    pub target: Url,
    /// What stands out, in no particular order.
    pub oddities: Vec<Oddity>,
}

/// What is odd about a Location that works all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Oddity {
    /// The field stands several times, each time with the same value.
    Repeated,
    /// It carries a user name or password.
    Userinfo,
    /// It is no URI-reference by the grammar of RFC 3986 (spaces, backslashes, non-ASCII …).
    OutsideGrammar,
    /// A reader of RFC 3986 finds this host (`None`: none at all) where browsers find the target's.
    OtherHost(Option<String>),
    /// It starts with a host, but with neither a scheme nor `//`.
    HostWithoutScheme,
}

/// Why a Location cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// There is no such field.
    Missing,
    /// It stands several times with different values.
    Several(Vec<Vec<u8>>),
    /// It is no URL, for this reason.
    NotAUrl {
        /// The field value as received.
        location: Vec<u8>,
        /// What the parser found.
        reason: url::ParseError,
    },
}

/// Reads the Location of a response to a request for `base`, and inherits the fragment of `base` where it has none.
///
/// An empty fragment counts as one and stops the inheritance
/// ([RFC 9110 §17.11](https://www.rfc-editor.org/rfc/rfc9110#section-17.11)). Several equal fields are one, as browsers
/// have it; different ones are an error, as in Fetch.
///
/// # Errors
/// [`Unusable`] when there is no field, several different ones, or none that parses.
pub fn locate(base: &Url, headers: &Headers) -> Result<Located, Unusable> {
    let values: Vec<&[u8]> = headers.all("location").collect();
    let target = resolve(base, &values)?;
    let location = values.first().copied().unwrap_or_default();
    let mut oddities = oddities(base, location, &target);
    if values.len() > 1 {
        oddities.push(Oddity::Repeated);
    }
    Ok(Located {
        location: location.to_vec(),
        target,
        oddities,
    })
}

/// The target of the Location fields `values`, as [`locate`] has it.
///
/// # Errors
/// As [`locate`].
pub fn resolve(base: &Url, values: &[&[u8]]) -> Result<Url, Unusable> {
    let Some((location, others)) = values.split_first() else {
        return Err(Unusable::Missing);
    };
    if others.iter().any(|other| other != location) {
        return Err(Unusable::Several(
            values.iter().map(|value| value.to_vec()).collect(),
        ));
    }
    let reference = code_points(&without_line_ends(location));
    let mut target =
        base.join(&special_authority(&reference))
            .map_err(|error| Unusable::NotAUrl {
                location: location.to_vec(),
                reason: error,
            })?;
    if target.fragment().is_none() {
        target.set_fragment(base.fragment());
    }
    Ok(target)
}

/// The URL that a Refresh field names
/// ([HTML, "shared declarative refresh steps"](https://html.spec.whatwg.org/multipage/semantics.html#shared-declarative-refresh-steps));
/// `None` where it is void or only says to load again, and for a `javascript:` URL, which no client goes to.
#[must_use]
pub fn refresh_url(value: &[u8]) -> Option<&[u8]> {
    let value = value.trim_ascii();
    let (seconds, after) = value.split_at(
        value
            .iter()
            .take_while(|octet| octet.is_ascii_digit())
            .count(),
    );
    if seconds.is_empty() && !after.starts_with(b".") {
        return None;
    }
    let is_time = |octet: &u8| octet.is_ascii_digit() || *octet == b'.';
    let after = &after[after.iter().take_while(|octet| is_time(octet)).count()..];
    if after
        .first()
        .is_some_and(|octet| !octet.is_ascii_whitespace() && !matches!(octet, b';' | b','))
    {
        return None;
    }
    let rest = after.trim_ascii_start();
    let rest = rest
        .strip_prefix(b";")
        .or(rest.strip_prefix(b","))
        .unwrap_or(rest)
        .trim_ascii_start();
    let named = rest
        .get(..3)
        .filter(|name| name.eq_ignore_ascii_case(b"url"))
        .map(|_| rest[3..].trim_ascii_start());
    let url = named
        .and_then(|rest| rest.strip_prefix(b"="))
        .map_or(rest, <[u8]>::trim_ascii_start);
    let unquoted = match url {
        [quote @ (b'"' | b'\''), inner @ ..] => {
            inner.split(|octet| octet == quote).next().unwrap_or(inner)
        }
        _ => url,
    };
    (!unquoted.is_empty() && !is_script(unquoted)).then_some(unquoted)
}

/// Whether the scheme is `javascript`, as the URL parser finds it: past control characters, without tabs and line ends.
fn is_script(url: &[u8]) -> bool {
    const SCHEME: &[u8] = b"javascript:";
    let url = url
        .iter()
        .skip_while(|octet| **octet <= b' ')
        .filter(|octet| !matches!(octet, b'\t' | b'\n' | b'\r'));
    url.take(SCHEME.len())
        .map(u8::to_ascii_lowercase)
        .eq(SCHEME.iter().copied())
}

/// CR, LF and NUL become spaces: [RFC 9110 §5.5](https://www.rfc-editor.org/rfc/rfc9110#section-5.5) has a recipient do
/// that, or give the message up.
fn without_line_ends(bytes: &[u8]) -> Vec<u8> {
    bytes
        .iter()
        .map(|byte| {
            if matches!(byte, b'\r' | b'\n' | 0) {
                b' '
            } else {
                *byte
            }
        })
        .collect()
}

/// The reference with the slashes in excess of two dropped that it starts with, as the URL Standard ignores them in
/// [a special URL](https://url.spec.whatwg.org/#special-authority-ignore-slashes-state); the url crate calls `///h` an
/// empty host instead.
fn special_authority(reference: &str) -> Cow<'_, str> {
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let rest = reference.trim_start_matches(|c: char| c <= ' ');
    let after = rest.trim_start_matches(|c: char| is_slash(c) || matches!(c, '\t' | '\n' | '\r'));
    let slashes = rest[..rest.len() - after.len()]
        .chars()
        .filter(|c| is_slash(*c))
        .count();
    if slashes > 2 {
        Cow::Owned(format!("//{after}"))
    } else {
        Cow::Borrowed(reference)
    }
}

fn oddities(base: &Url, location: &[u8], target: &Url) -> Vec<Oddity> {
    let mut oddities = Vec::new();
    // A relative reference inherits the base's userinfo, which the server did not write.
    let own_userinfo = (target.username(), target.password()) != (base.username(), base.password());
    if own_userinfo && (!target.username().is_empty() || target.password().is_some()) {
        oddities.push(Oddity::Userinfo);
    }
    if !location.iter().all(|byte| is_uri_byte(*byte)) || has_bad_percent(location) {
        oddities.push(Oddity::OutsideGrammar);
    }
    let reference = code_points(location);
    if likeness::is_host_without_scheme(base, reference.trim()) {
        oddities.push(Oddity::HostWithoutScheme);
    }
    let strict = strict_host(base, &reference);
    if strict.as_deref().map(normal_host) != target.host_str().map(normal_host) {
        oddities.push(Oddity::OtherHost(strict));
    }
    oddities
}

/// Whether this byte may stand in a URI-reference ([RFC 3986 §2](https://www.rfc-editor.org/rfc/rfc3986#section-2)).
fn is_uri_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

fn has_bad_percent(bytes: &[u8]) -> bool {
    let follows_badly = |(at, _): (usize, &u8)| {
        !bytes[at + 1..].iter().take(2).all(u8::is_ascii_hexdigit) || at + 2 >= bytes.len()
    };
    bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'%')
        .any(follows_badly)
}

/// The host that a reader of [RFC 3986, appendix B](https://www.rfc-editor.org/rfc/rfc3986#appendix-B) finds in
/// `reference`, or inherits from `base`; `None` where there is none or an empty one.
fn strict_host(base: &Url, reference: &str) -> Option<String> {
    let scheme_end = reference
        .find([':', '/', '?', '#'])
        .filter(|at| reference[*at..].starts_with(':'));
    let after_scheme = scheme_end
        .filter(|at| is_scheme(&reference[..*at]))
        .map(|at| &reference[at + 1..]);
    let rest = after_scheme.unwrap_or(reference);
    let Some(authority) = rest.strip_prefix("//") else {
        // Only a reference without a scheme has the base's host.
        return if after_scheme.is_some() {
            None
        } else {
            base.host_str().map(str::to_owned)
        };
    };
    let authority = &authority[..authority.find(['/', '?', '#']).unwrap_or(authority.len())];
    let host_and_port = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = match host_and_port.rfind(']') {
        Some(end) => &host_and_port[..=end],
        None => host_and_port.split(':').next().unwrap_or_default(),
    };
    (!host.is_empty()).then(|| host.to_owned())
}

/// The host in one spelling, so that `EXAMPLE.org`, `bücher.example` and `127.1` equal what the URL parser makes of them.
fn normal_host(host: &str) -> String {
    Host::parse(host).map_or_else(|_| host.to_owned(), |host| host.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BASE: &str = "http://example.org/a/b?q=1";

    fn located(base: &str, location: &[u8]) -> Result<Located, Unusable> {
        let headers: Headers = [("Location", location)].into_iter().collect();
        locate(&Url::parse(base).unwrap(), &headers)
    }

    /// As <https://url.spec.whatwg.org/#url-parsing> has it, and whether RFC 3986 finds another host.
    #[test]
    fn location_resolves_as_in_browsers() {
        const SAME: bool = false;
        const OTHER: bool = true;
        #[rustfmt::skip]
        let cases: &[(&[u8], &str, bool)] = &[
            (b"",                            "http://example.org/a/b?q=1",           SAME),
            (b"#f",                          "http://example.org/a/b?q=1#f",         SAME),
            (b"?x",                          "http://example.org/a/b?x",             SAME),
            (b"c",                           "http://example.org/a/c",               SAME),
            (b"../../../c",                  "http://example.org/c",                 SAME),
            (b"./c:d",                       "http://example.org/a/c:d",             SAME),
            (b"//h.example/c",               "http://h.example/c",                   SAME),
            (b"///c",                        "http://c/",                            OTHER),
            (b"http:///h.example/c",         "http://h.example/c",                   OTHER),
            (b"http:c",                      "http://example.org/a/c",               OTHER),
            (b"https:c",                     "https://c/",                           OTHER),
            (b"http:?x",                     "http://example.org/a/b?x",             OTHER),
            (b"\\c",                         "http://example.org/c",                 SAME),
            (b"\\\\h.example\\c",            "http://h.example/c",                   OTHER),
            (b"/\\h.example/c",              "http://h.example/c",                   OTHER),
            (b"http://a.example\\@b.example/", "http://a.example/@b.example/",       OTHER),
            (b"?a\\b",                       "http://example.org/a/b?a\\b",          SAME),
            (b"c d",                         "http://example.org/a/c%20d",           SAME),
            (b"/c\td",                       "http://example.org/cd",                SAME),
            (b"/c\rd\0e",                     "http://example.org/c%20d%20e",         SAME),
            (b"HTTP://H.EXAMPLE/X",          "http://h.example/X",                   SAME),
            (b"http://h.example:80/",        "http://h.example/",                    SAME),
            (b"http://h.example:0080/",      "http://h.example/",                    SAME),
            (b"http://h.example/%2e%2E/c",   "http://h.example/c",                   SAME),
            (b"http://h.example/%zz",        "http://h.example/%zz",                 SAME),
            (b"http://127.1/",               "http://127.0.0.1/",                    SAME),
            (b"http://0x7f.1/",              "http://127.0.0.1/",                    SAME),
            (b"http://[::1]:8/",             "http://[::1]:8/",                      SAME),
            (b"http://ex%41mple/",           "http://example/",                      SAME),
            (b"http://h.example/caf\xC3\xA9", "http://h.example/caf%C3%A9",          SAME),
            (b"http://h.example/caf\xE9",    "http://h.example/caf%E9",              SAME),
            (b"http://b\xC3\xBCcher.example/", "http://xn--bcher-kva.example/",      SAME),
            (b"http://h/a'b?c'd",            "http://h/a'b?c%27d",                   SAME),
            (b"http://h.example/a, http://i.example/b", "http://h.example/a,%20http://i.example/b", SAME),
            (b"mailto:a@b.example",          "mailto:a@b.example",                   SAME),
            (b"javascript:alert(1)",         "javascript:alert(1)",                  SAME),
        ];
        for (location, target, other_host) in cases {
            let shown = String::from_utf8_lossy(location);
            let located = located(BASE, location).unwrap_or_else(|e| panic!("{shown}: {e:?}"));
            assert_eq!(located.target.as_str(), *target, "{shown}");
            let odd = located
                .oddities
                .iter()
                .any(|oddity| matches!(oddity, Oddity::OtherHost(_)));
            assert_eq!(odd, *other_host, "{shown}: {:?}", located.oddities);
        }
    }

    /// SPEC F2 and F3.
    #[test]
    fn refresh_leads_on_only_with_a_time_and_a_url() {
        #[rustfmt::skip]
        let cases: &[(&[u8], Option<&[u8]>)] = &[
            (b"0; url=/x",               Some(b"/x")),
            (b"1.9..5.; url=\"a\"b",     Some(b"a")),
            (b"5;URL='/x",               Some(b"/x")),
            (b"5,/x",                    Some(b"/x")),
            (b" 5 /x ",                  Some(b"/x")),
            (b"0;url = /x",              Some(b"/x")),
            (b"0;urls/x",                Some(b"urls/x")),
            (b".5; /x",                  Some(b"/x")),
            (b"0;;/x",                   Some(b";/x")),
            (b"1url=/x",                 None),
            (b"url=/x",                  None),
            (b"; url=/x",                None),
            (b"-1; url=/x",              None),
            (b"5x; url=/x",              None),
            (b"0",                       None),
            (b"0;",                      None),
            (b"0; url=",                 None),
            (b"0; url=''/x",             None),
            (b"",                        None),
            (b"0; url=javascript:x()",   None),
            (b"0; url= \x01Java\tScript:x()", None),
            (b"0; url=/javascript:x",    Some(b"/javascript:x")),
        ];
        for (value, url) in cases {
            assert_eq!(
                refresh_url(value),
                *url,
                "{}",
                String::from_utf8_lossy(value)
            );
        }
    }

    #[test]
    fn location_that_no_parser_reads_is_unusable() {
        for location in [
            "http://h.example:99999/",
            "http://:80/",
            "http://exa mple/",
            "//",
            "http://",
            "http://[::1/",
        ] {
            assert!(
                matches!(
                    located(BASE, location.as_bytes()),
                    Err(Unusable::NotAUrl { .. })
                ),
                "{location}"
            );
        }
    }

    #[test]
    fn fragment_is_inherited_until_an_empty_one() {
        #[rustfmt::skip]
        let cases = [
            ("http://o/a#t",      "/b",          "http://o/b#t"),
            ("http://o/c#x",      "/d",          "http://o/d#x"),
            ("http://o/a#t",      "/c#x",        "http://o/c#x"),
            ("http://o/a#secret", "http://p/b#", "http://p/b#"),
            ("http://o/a",        "/b",          "http://o/b"),
            ("http://o/a#t",      "",            "http://o/a#t"),
        ];
        for (base, location, target) in cases {
            assert_eq!(
                located(base, location.as_bytes()).unwrap().target.as_str(),
                target,
                "{base} + {location}"
            );
        }
    }

    #[test]
    fn location_fields_count_as_one_only_when_equal() {
        let base = Url::parse(BASE).unwrap();
        let twice = |a: &str, b: &str| {
            [("Location", a), ("location", b)]
                .into_iter()
                .collect::<Headers>()
        };
        assert_eq!(
            locate(&base, &twice("/c", "/c")).unwrap().oddities,
            [Oddity::Repeated]
        );
        assert_eq!(
            locate(&base, &twice("/c", "/d")),
            Err(Unusable::Several(vec![b"/c".to_vec(), b"/d".to_vec()]))
        );
        assert_eq!(locate(&base, &Headers::new()), Err(Unusable::Missing));
    }

    #[test]
    fn location_oddities_are_reported() {
        #[rustfmt::skip]
        let cases: &[(&[u8], &[Oddity])] = &[
            (b"http://u:p@h.example/",  &[Oddity::Userinfo]),
            (b"http://u@h.example/",    &[Oddity::Userinfo]),
            (b"/a b",                   &[Oddity::OutsideGrammar]),
            (b"/caf\xC3\xA9",           &[Oddity::OutsideGrammar]),
            (b"/100%",                  &[Oddity::OutsideGrammar]),
            (b"/a%2fb",                 &[]),
            (b"h.example.org/c",        &[Oddity::HostWithoutScheme]),
            (b"///c",                   &[Oddity::OtherHost(None)]),
        ];
        for (location, oddities) in cases {
            assert_eq!(
                located(BASE, location).unwrap().oddities,
                *oddities,
                "{}",
                String::from_utf8_lossy(location)
            );
        }
        assert_eq!(
            located("http://u:p@h/", b"/x").unwrap().oddities,
            [],
            "inherited userinfo is the user's own"
        );
    }

    proptest! {
        #[test]
        fn location_of_any_bytes_is_located_or_unusable(location: Vec<u8>) {
            let _ = located(BASE, &location);
        }
    }
}
