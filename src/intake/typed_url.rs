//! URLs as people type them.

use url::Url;

use crate::exit::UsageError;

/// The URL that `text` means where a scheme may be missing.
///
/// `example.com` is `http://example.com/`, `:8080/x` is `http://localhost:8080/x`, `//host/x` is `http://host/x`.
///
/// # Errors
/// Where it is no URL, or one of another scheme than http and https.
pub fn url(text: &str) -> Result<Url, UsageError> {
    url_with_default(text, "http")
}

/// The same where a missing scheme is this one (`curl --proto-default`).
///
/// # Errors
/// As [`url()`].
pub fn url_with_default(text: &str, scheme: &str) -> Result<Url, UsageError> {
    let text = text.trim();
    not_a_dash(text)?;
    let whole = with_scheme(text, scheme).map_err(|fault| fault.of(text))?;
    let url = Url::parse(&whole).map_err(|error| {
        let what = parse_fault(error, text);
        UrlFault::new(what, hint(error)).of(text)
    })?;
    if url.host_str().is_none_or(str::is_empty) {
        let hint = "name what to inspect, such as example.com";
        return Err(UrlFault::new("it has no host", hint).of(text));
    }
    Ok(url)
}

/// What is wrong with a URL, and what would be right.
struct UrlFault {
    what: String,
    hint: &'static str,
}

impl UrlFault {
    fn new(what: impl Into<String>, hint: &'static str) -> Self {
        let what = what.into();
        Self { what, hint }
    }

    fn of(self, text: &str) -> UsageError {
        let says = format!("URL `{}`: {}", shown_without_userinfo(text), self.what);
        UsageError::new(says, self.hint)
    }
}

/// The text with its scheme; `scheme` where it has none.
fn with_scheme(text: &str, scheme: &str) -> Result<String, UrlFault> {
    let wrong = |what: &str, hint| Err(UrlFault::new(what, hint));
    match (scheme_of(text), text) {
        (_, "") => wrong("it is empty", "name what to inspect, such as example.com"),
        (Some("http" | "https"), text) => Ok(text.to_owned()),
        (Some(other), _) => wrong(
            &format!("{other} is not http"),
            "rehop speaks http and https",
        ),
        (None, text) if text.starts_with("//") => Ok(format!("{scheme}:{text}")),
        (None, text) if text.starts_with('/') => wrong(
            "it begins with its path",
            "name the host before it: http://example.com/path",
        ),
        (None, text) if lacks_slashes(text) => {
            wrong("`//` is missing", "write it as in http://example.com/")
        }
        (None, text) => match text.strip_prefix(':') {
            Some(port) if is_port_and_path(port) => {
                Ok(format!("{scheme}://localhost{}{port}", colon(port)))
            }
            Some(_) => wrong(
                "it begins with `:`",
                "an IPv6 address stands in brackets: http://[::1]/",
            ),
            None => Ok(format!("{scheme}://{text}")),
        },
    }
}

/// The scheme before `://`, in lower case where it is one of ours.
fn scheme_of(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once("://")?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    match scheme {
        _ if !is_scheme => None,
        _ if scheme.eq_ignore_ascii_case("http") => Some("http"),
        _ if scheme.eq_ignore_ascii_case("https") => Some("https"),
        other => Some(other),
    }
}

/// The URL as messages show it: without its userinfo, which may hold a password.
#[must_use]
pub fn shown_without_userinfo(text: &str) -> String {
    let (scheme, rest) = text
        .find("://")
        .map_or(("", text), |at| text.split_at(at + 3));
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let host = authority.rfind('@').map_or(rest, |at| &rest[at + 1..]);
    format!("{scheme}{host}").escape_debug().to_string()
}

/// `http:/host` and `https:host`; `http:8080` is a port of a host of that name.
fn lacks_slashes(text: &str) -> bool {
    let (scheme, rest) = text.split_once(':').unwrap_or_default();
    let is_ours = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    is_ours && !rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Word processors put dashes in place of the hyphens of a flag.
fn not_a_dash(text: &str) -> Result<(), UsageError> {
    let Some(dash) = text
        .chars()
        .next()
        .filter(|c| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}'))
    else {
        return Ok(());
    };
    let name = match dash {
        '\u{2010}' | '\u{2011}' => "a typographic hyphen",
        '\u{2012}' => "a figure dash",
        '\u{2013}' => "an en dash",
        '\u{2014}' => "an em dash",
        '\u{2015}' => "a horizontal bar",
        _ => "a minus sign",
    };
    let says = format!("`{text}` begins with {name} (U+{:04X})", u32::from(dash));
    Err(UsageError::new(
        says,
        "type flags with the hyphen of the keyboard: -",
    ))
}

/// What is wrong, in the words of somebody who typed it.
fn parse_fault(error: url::ParseError, text: &str) -> String {
    match error {
        url::ParseError::IdnaError if text.contains(char::is_whitespace) => {
            "a space in its host".to_owned()
        }
        url::ParseError::IdnaError => "its host is no domain name".to_owned(),
        error => error.to_string(),
    }
}

fn is_port_and_path(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_digit())
        .chars()
        .next()
        .is_none_or(|c| "/?#".contains(c))
}

fn colon(port: &str) -> &'static str {
    if port.starts_with(|c: char| c.is_ascii_digit()) {
        ":"
    } else {
        ""
    }
}

fn hint(error: url::ParseError) -> &'static str {
    use url::ParseError::{InvalidIpv6Address, InvalidPort};
    match error {
        InvalidPort => "a port is a number up to 65535; an IPv6 address stands in brackets",
        InvalidIpv6Address => "write it as in http://[::1]/",
        _ => "write it as in http://example.com/path",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_may_lack_its_scheme() {
        for (typed, meant) in [
            ("example.com", "http://example.com/"),
            ("HTTPS://Example.com/A b", "https://example.com/A%20b"),
            ("localhost:8080", "http://localhost:8080/"),
            (":8080/x", "http://localhost:8080/x"),
            (":8080", "http://localhost:8080/"),
            (":/x", "http://localhost/x"),
            ("http:8080/x", "http://http:8080/x"),
            ("//host/x?y#z", "http://host/x?y#z"),
            ("[::1]:8080/x", "http://[::1]:8080/x"),
            ("user:pass@host/", "http://user:pass@host/"),
            ("host/?u=http://other/", "http://host/?u=http://other/"),
            ("http://[::1]", "http://[::1]/"),
        ] {
            assert_eq!(
                url(typed).map(String::from),
                Ok(meant.to_owned()),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_no_url_is_named() {
        for (typed, says) in [
            ("", "URL ``: it is empty"),
            ("ftp://x/", "URL `ftp://x/`: ftp is not http"),
            ("::1", "URL `::1`: it begins with `:`"),
            ("host:99999", "URL `host:99999`: invalid port number"),
            ("http://", "URL `http://`: empty host"),
            (
                "http://u:p@ss@h:x/@",
                "URL `http://h:x/@`: invalid port number",
            ),
            ("a b.com", "URL `a b.com`: a space in its host"),
            ("xn--a", "URL `xn--a`: its host is no domain name"),
            ("http:/host", "URL `http:/host`: `//` is missing"),
            ("HTTPS:host/x", "URL `HTTPS:host/x`: `//` is missing"),
            ("/path", "URL `/path`: it begins with its path"),
            ("\u{2013}X", "`\u{2013}X` begins with an en dash (U+2013)"),
            (
                "\u{2014}json",
                "`\u{2014}json` begins with an em dash (U+2014)",
            ),
        ] {
            assert_eq!(
                url(typed).map_err(|misuse| misuse.says),
                Err(says.to_owned()),
                "{typed}"
            );
        }
    }
}
