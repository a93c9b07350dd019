//! A Set-Cookie field taken apart
//! ([RFC 6265bis §5.6](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6)).

use std::time::{Duration, SystemTime};

use super::date;
use crate::rules::cookie::CookieRefusal;

/// Bytes of name and value together, and of an attribute: a cookie with more is ignored, and so is such an attribute.
const MOST_BYTES: usize = 4096;
const MOST_ATTRIBUTE_BYTES: usize = 1024;
/// The longest that a cookie lives (§5.5).
const MOST_SECONDS: u64 = 400 * 86_400;

/// What a Set-Cookie field says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SetCookie {
    pub(super) name: Vec<u8>,
    pub(super) value: Vec<u8>,
    /// When it expires, by Max-Age or else Expires; `None`: with the session.
    pub(super) expires: Option<SystemTime>,
    /// The Domain without its leading dot, in lower case; `None` where it is missing or empty.
    pub(super) domain: Option<String>,
    /// The Path; `None` where it is missing or does not begin with a slash.
    pub(super) path: Option<String>,
    pub(super) secure: bool,
    /// Whether it says `SameSite=None`.
    pub(super) same_site_none: bool,
}

impl SetCookie {
    /// What the field says, were it received at `now`.
    ///
    /// # Errors
    /// Where the whole of it is to be ignored.
    pub(super) fn parse(line: &[u8], now: SystemTime) -> Result<Self, CookieRefusal> {
        if line
            .iter()
            .any(|byte| byte.is_ascii_control() && *byte != b'\t')
        {
            return Err(CookieRefusal::ControlCharacter);
        }
        let mut pieces = line.split(|byte| *byte == b';');
        let (name, value) = name_and_value(pieces.next().unwrap_or_default());
        let length = name.len() + value.len();
        if length == 0 {
            return Err(CookieRefusal::Empty);
        }
        if length > MOST_BYTES {
            let most = MOST_BYTES;
            return Err(CookieRefusal::TooLong { length, most });
        }
        let mut cookie = Self {
            name: name.to_vec(),
            value: value.to_vec(),
            ..Self::default()
        };
        let mut max_age = None;
        for (key, value) in pieces.map(attribute) {
            if value.len() <= MOST_ATTRIBUTE_BYTES {
                match key.to_ascii_lowercase().as_slice() {
                    b"max-age" => max_age = age(value, now).or(max_age),
                    key => cookie.take(key, value),
                }
            }
        }
        cookie.expires = max_age.or(cookie.expires);
        Ok(cookie)
    }

    /// Takes an attribute; of several with one name the last counts.
    fn take(&mut self, key: &[u8], value: &[u8]) {
        let text = || String::from_utf8_lossy(value).into_owned();
        match key {
            b"expires" => self.expires = date::parse(value).or(self.expires),
            b"domain" => {
                let domain = text().to_ascii_lowercase();
                let domain = domain.strip_prefix('.').unwrap_or(&domain);
                self.domain = Some(domain.to_owned()).filter(|domain| !domain.is_empty());
            }
            b"path" => self.path = Some(text()).filter(|path| path.starts_with('/')),
            b"secure" => self.secure = true,
            b"samesite" => self.same_site_none = value.eq_ignore_ascii_case(b"none"),
            _ => {}
        }
    }
}

/// The name that a field gives its cookie, be it taken or not; empty where it gives none, cut where no cookie has such a
/// long one.
pub(super) fn name_of(line: &[u8]) -> String {
    let pair = line.split(|byte| *byte == b';').next().unwrap_or_default();
    let (name, _) = name_and_value(pair);
    String::from_utf8_lossy(&name[..name.len().min(MOST_BYTES)]).into_owned()
}

/// A pair without `=` is a value.
fn name_and_value(pair: &[u8]) -> (&[u8], &[u8]) {
    match pair.iter().position(|byte| *byte == b'=') {
        Some(at) => (trimmed(&pair[..at]), trimmed(&pair[at + 1..])),
        None => (&[], trimmed(pair)),
    }
}

/// An attribute without `=` is a name.
fn attribute(piece: &[u8]) -> (&[u8], &[u8]) {
    match piece.iter().position(|byte| *byte == b'=') {
        Some(at) => (trimmed(&piece[..at]), trimmed(&piece[at + 1..])),
        None => (trimmed(piece), &[]),
    }
}

/// Without the blanks and tabs around it: other white space is refused before.
fn trimmed(text: &[u8]) -> &[u8] {
    text.trim_ascii()
}

/// When a Max-Age ends (§5.6.2); `None` where it is no number.
fn age(value: &[u8], now: SystemTime) -> Option<SystemTime> {
    let (is_negative, digits) = match value.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, value),
    };
    if value.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let seconds: u64 = str::from_utf8(digits).ok()?.parse().unwrap_or(MOST_SECONDS);
    if is_negative || seconds == 0 {
        return Some(SystemTime::UNIX_EPOCH);
    }
    now.checked_add(Duration::from_secs(seconds.min(MOST_SECONDS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1_000_000);

    /// `name=value`, and the attributes that count.
    fn read(line: &[u8]) -> String {
        let cookie = match SetCookie::parse(line, SystemTime::UNIX_EPOCH + NOW) {
            Ok(cookie) => cookie,
            Err(why) => return format!("{why:?}"),
        };
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let seconds = |end: SystemTime| end.duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let parts = [
            Some(format!("{}={}", text(&cookie.name), text(&cookie.value))),
            cookie.domain.map(|domain| format!("@{domain}")),
            cookie.path,
            cookie.expires.map(|end| seconds(end).as_secs().to_string()),
            cookie.secure.then(|| "secure".to_owned()),
            cookie.same_site_none.then(|| "none".to_owned()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_field_is_taken_apart_as_the_standard_says() {
        #[rustfmt::skip]
        let cases: &[(&[u8], &str)] = &[
            (b"a=b",                                "a=b"),
            (b"  a = b=c ; secure",                 "a=b=c secure"),
            (b"token",                              "=token"),
            (b"=token",                             "=token"),
            (b"a=",                                 "a="),
            (b"a=\"b c\"",                          "a=\"b c\""),
            (b"a=b\tc",                             "a=b\tc"),
            (b"",                                   "Empty"),
            (b"=;Path=/",                           "Empty"),
            (b"a=\x00b",                            "ControlCharacter"),
            (b"a=b\r; Secure",                      "ControlCharacter"),
            (b"a=b; Path=/\x1b",                    "ControlCharacter"),
            (b"a\x7f=b",                            "ControlCharacter"),
            (b"a=b; DOMAIN=.A.Example",             "a=b @a.example"),
            (b"a=b; Domain=",                       "a=b"),
            (b"a=b; Domain=x.example; Domain=",     "a=b"),
            (b"a=b; Path=/x; Path=y",               "a=b"),
            (b"a=b; Path=y; path=/x",               "a=b /x"),
            (b"a=b; Max-Age=60",                    "a=b 1000060"),
            (b"a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a=b 1000060"),
            (b"a=b; Max-Age=0",                     "a=b 0"),
            (b"a=b; Max-Age=-9",                    "a=b 0"),
            (b"a=b; Max-Age=-",                     "a=b 0"),
            (b"a=b; Max-Age=",                      "a=b"),
            (b"a=b; Max-Age=1x",                    "a=b"),
            (b"a=b; Max-Age=99999999999999999999",  "a=b 35560000"),
            (b"a=b; Expires=Thu Jan  1 00:00:09 GMT 1970", "a=b 9"),
            (b"a=b; Expires=soon",                  "a=b"),
            (b"a=b; SameSite=None; SameSite=Lax",   "a=b"),
            (b"a=b; samesite=NONE",                 "a=b none"),
            (b"a=b; Secure=no",                     "a=b secure"),
        ];
        for (line, expected) in cases {
            let shown = String::from_utf8_lossy(line);
            assert_eq!(read(line), *expected, "{shown:?}");
        }
    }

    #[test]
    fn long_cookies_and_long_attributes_are_ignored() {
        let line = |value: usize, path: usize| {
            format!("a={}; Path=/{}", "v".repeat(value), "p".repeat(path)).into_bytes()
        };
        let parse = |line: Vec<u8>| SetCookie::parse(&line, SystemTime::UNIX_EPOCH);
        assert!(parse(line(4095, 0)).is_ok());
        assert_eq!(
            parse(line(4096, 0)),
            Err(CookieRefusal::TooLong {
                length: 4097,
                most: 4096
            })
        );
        assert!(parse(line(1, 1023)).unwrap().path.is_some());
        assert_eq!(parse(line(1, 1024)).unwrap().path, None);
        assert_eq!(name_of(&line(5000, 0)), "a");
    }
}
