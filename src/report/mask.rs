//! Secrets that a report does not show unless it is asked to (`--show-secrets`): reports end up in logs and tickets.
//!
//! Masked are credentials in header fields, user information in URLs, and the values of query parameters, path
//! parameters and fragments whose names say that they are secret, also in a URL within a URL. Where in doubt, a value is
//! masked: a reader misses little, and a secret that was shown cannot be taken back.

use url::form_urlencoded;

/// Whether secrets may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// They are replaced by `***`.
    Masked,
    /// They are shown as they are.
    Shown,
}

/// What stands in place of a secret.
const MASK: &str = "***";

/// How often a value is decoded to find a URL within a URL within a URL; bounds the work on a hostile one.
const DEPTH: usize = 3;

impl Secrets {
    /// A URL without its secrets.
    #[must_use]
    pub fn url(self, url: &str) -> String {
        text_of(self.reference(url.as_bytes()))
    }

    /// A reference such as Location holds, without its secrets.
    #[must_use]
    pub fn reference(self, raw: &[u8]) -> Vec<u8> {
        self.apply(raw, |raw| reference(raw, DEPTH))
    }

    /// A sentence with URLs in it, without their secrets.
    #[must_use]
    pub fn text(self, text: &str) -> String {
        text_of(self.apply(text.as_bytes(), sentence))
    }

    /// The value of this header field without its secrets.
    #[must_use]
    pub fn field(self, name: &str, value: &[u8]) -> Vec<u8> {
        self.apply(value, |value| field(name, value))
    }

    /// An expectation and the actual value, without the secrets of the header field that it asks for.
    #[must_use]
    pub fn outcome(self, text: &str, actual: &str) -> (String, String) {
        let mut words = text.splitn(3, ' ');
        let (key, op, value) = (words.next(), words.next(), words.next());
        let name = key.and_then(|key| key.split_once("header.")).map_or("", |(_, name)| name);
        let mask = |value: &str| text_of(self.field(name, value.as_bytes()));
        let text = match (key, op, value) {
            (Some(key), Some(op), Some(value)) => format!("{key} {op} {}", mask(value)),
            _ => self.text(text),
        };
        // "no such header", "no response", "no hop 3": there is nothing to mask.
        let actual = if actual.starts_with("no ") { actual.to_owned() } else { mask(actual) };
        (text, actual)
    }

    fn apply(self, raw: &[u8], mask: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
        match self {
            Self::Masked => mask(raw),
            Self::Shown => raw.to_vec(),
        }
    }
}

/// Masks cut at ASCII characters only, so that text stays text.
fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn field(name: &str, value: &[u8]) -> Vec<u8> {
    let plain = plain(name);
    match plain.as_str() {
        _ if value.is_empty() => Vec::new(),
        "cookie" => joined(value, |_, pair| cookie(pair)),
        "setcookie" => {
            joined(value, |n, pair| if n > 0 && is_cookie_attribute(pair) { pair.to_vec() } else { cookie(pair) })
        }
        "location" | "contentlocation" | "referer" => reference(value, DEPTH),
        _ if plain.ends_with("authorization") => credentials(value),
        _ if is_secret(&plain) && !ORDINARY_FIELDS.contains(&plain.as_str()) => MASK.into(),
        _ => sentence(value),
    }
}

/// `Bearer ***`: the scheme is no secret, and says much ([RFC 9110 §11.4](https://www.rfc-editor.org/rfc/rfc9110#section-11.4)).
fn credentials(value: &[u8]) -> Vec<u8> {
    match value.iter().position(|byte| *byte == b' ') {
        Some(space) if value[..space].iter().all(u8::is_ascii_alphanumeric) => {
            [&value[..=space], MASK.as_bytes()].concat()
        }
        _ => MASK.into(),
    }
}

/// Each piece between semicolons, masked by its number and content.
fn joined(value: &[u8], mask: impl Fn(usize, &[u8]) -> Vec<u8>) -> Vec<u8> {
    let pieces: Vec<_> = value.split(|byte| *byte == b';').enumerate().map(|(n, piece)| mask(n, piece)).collect();
    pieces.join(&b';')
}

/// `name=***`; a piece without a name is a value.
fn cookie(pair: &[u8]) -> Vec<u8> {
    let name = pair
        .iter()
        .position(|byte| *byte == b'=')
        .map_or(&b" "[..usize::from(pair.starts_with(b" "))], |at| &pair[..=at]);
    [name, MASK.as_bytes()].concat()
}

/// The attributes of [RFC 6265 §4.1](https://www.rfc-editor.org/rfc/rfc6265#section-4.1) and its successors.
fn is_cookie_attribute(pair: &[u8]) -> bool {
    let mut sides = pair.split(|byte| *byte == b'=');
    let name = sides.next().unwrap_or_default().trim_ascii().to_ascii_lowercase();
    let known: [&[u8]; 9] =
        [b"expires", b"max-age", b"domain", b"path", b"secure", b"httponly", b"samesite", b"partitioned", b"priority"];
    // A second `=` comes from another cookie, where several lines were joined by commas.
    known.contains(&name.as_slice()) && sides.count() <= 1
}

/// Masks every reference among the words of `text`.
fn sentence(text: &[u8]) -> Vec<u8> {
    let between = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`<>".contains(byte);
    let mut out = Vec::with_capacity(text.len());
    for word in text.split_inclusive(between) {
        let end = word.len() - usize::from(word.last().is_some_and(between));
        let trimmed = word[..end].iter().rposition(|byte| !b".,;:!?)]}".contains(byte)).map_or(0, |last| last + 1);
        out.extend(reference(&word[..trimmed], DEPTH));
        out.extend(&word[trimmed..]);
    }
    out
}

/// Masks user information and the values of secret names in a reference.
fn reference(raw: &[u8], depth: usize) -> Vec<u8> {
    // Parsers take tabs and line ends out before they read (https://url.spec.whatwg.org/#concept-basic-url-parser).
    let read: Vec<u8> = raw.iter().copied().filter(|byte| !b"\t\r\n".contains(byte)).collect();
    let masked = without_values(&without_userinfo(&read), depth);
    if masked == read { raw.to_vec() } else { masked }
}

fn without_userinfo(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(start) = authority(rest) {
        let length = rest[start..].iter().position(|byte| b"/\\?#".contains(byte)).unwrap_or(rest.len() - start);
        let (before, authority) = (&rest[..start], &rest[start..start + length]);
        out.extend(before);
        match authority.iter().rposition(|byte| *byte == b'@') {
            Some(at) => out.extend([MASK.as_bytes(), &authority[at..]].concat()),
            None => out.extend(authority),
        }
        rest = &rest[start + length..];
    }
    out.extend(rest);
    out
}

/// Where an authority begins: past two slashes or more of either kind, or past `http:` or `https:`, which browsers read
/// as if slashes followed.
fn authority(bytes: &[u8]) -> Option<usize> {
    let is_slash = |byte: &u8| matches!(byte, b'/' | b'\\');
    let slashes = bytes.windows(2).position(|two| two.iter().all(is_slash));
    let after = |scheme: &[u8]| {
        bytes.windows(scheme.len()).position(|at| at.eq_ignore_ascii_case(scheme)).map(|at| at + scheme.len())
    };
    let start = [slashes, after(b"http:"), after(b"https:")].into_iter().flatten().min()?;
    Some(start + bytes[start..].iter().position(|byte| !is_slash(byte)).unwrap_or(bytes.len() - start))
}

/// Masks what follows `=` after a secret name that one of `?&;#` introduces.
fn without_values(bytes: &[u8], depth: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    let mut in_path = true;
    while let Some(mark) = rest.iter().position(|byte| b"?&;#".contains(byte)) {
        in_path &= b"&;".contains(&rest[mark]);
        out.extend(&rest[..=mark]);
        rest = &rest[mark + 1..];
        let Some(equals) = rest.iter().position(|byte| b"=?&;#/".contains(byte)).filter(|at| rest[*at] == b'=') else {
            continue;
        };
        let (name, after) = rest.split_at(equals + 1);
        out.extend(name);
        let secret = is_secret(&plain(&String::from_utf8_lossy(&decoded(&name[..equals]))));
        let end: &[u8] = match (secret, in_path) {
            (true, true) => b"/;?#",
            (true, false) => b"&#",
            (false, _) => b"?&;#",
        };
        let (value, next) = after.split_at(after.iter().position(|byte| end.contains(byte)).unwrap_or(after.len()));
        out.extend(if secret { MASK[..3 * usize::from(!value.is_empty())].into() } else { nested(value, depth) });
        rest = next;
    }
    out.extend(rest);
    out
}

/// A value that may be an encoded reference.
fn nested(value: &[u8], depth: usize) -> Vec<u8> {
    if depth == 0 || !value.contains(&b'%') {
        return value.to_vec();
    }
    let inner = decoded(value);
    let masked = reference(&inner, depth - 1);
    if masked == inner { value.to_vec() } else { form_urlencoded::byte_serialize(&masked).collect::<String>().into() }
}

fn decoded(bytes: &[u8]) -> Vec<u8> {
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.extend(u8::try_from(high * 16 + low));
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// Letters and digits of a name in lower case, so that `X-Api-Key`, `api_key` and `apiKey` are one.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a name, made [`plain`], says that its value is a secret.
fn is_secret(plain: &str) -> bool {
    SECRET_NAMES.contains(&plain) || SECRET_ENDINGS.iter().any(|ending| plain.ends_with(ending))
}

/// Names as OAuth, SAML, CAS, JWT, servlet containers, PHP, Azure and AWS use them.
const SECRET_NAMES: &[&str] = &[
    "auth",
    "bearer",
    "code",
    "devicecode",
    "hmac",
    "jwt",
    "key",
    "otp",
    "pass",
    "samlart",
    "samlresponse",
    "session",
    "sid",
    "sig",
    "ticket",
    "usercode",
];

/// The last words of such names: `access_token`, `client_secret`, `X-Amz-Signature`, `Ocp-Apim-Subscription-Key`.
const SECRET_ENDINGS: &[&str] = &[
    "accesskey",
    "accesskeyid",
    "apikey",
    "assertion",
    "authkey",
    "codeverifier",
    "credential",
    "credentials",
    "passphrase",
    "password",
    "passwd",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "sessid",
    "sessionid",
    "signature",
    "subscriptionkey",
    "token",
];

/// Header fields that are no secret although their names read like one.
const ORDINARY_FIELDS: &[&str] = &["signature", "key", "code"];

#[cfg(test)]
mod tests {
    use super::Secrets::{Masked, Shown};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn references_lose_their_secrets() {
        for (raw, shown) in [
            ("http://h/a?b=c#d", "http://h/a?b=c#d"),
            ("http://h:80/@x?mail=a@b", "http://h:80/@x?mail=a@b"),
            ("mailto:a@b", "mailto:a@b"),
            ("/a;v=1/b?x=%2Fc", "/a;v=1/b?x=%2Fc"),
            // user information
            ("http://u:p@h/", "http://***@h/"),
            ("ftp://u@h/", "ftp://***@h/"),
            ("//u:p@h/x", "//***@h/x"),
            ("http://u:p@q@h/", "http://***@h/"),
            (r"\\u:p@h\x", r"\\***@h\x"),
            (r"/\u:p@h", r"/\***@h"),
            ("http:u:p@h/", "http:***@h/"),
            ("HTTPS:/u:p@h/", "HTTPS:/***@h/"),
            ("ht\ttp:\t/\t/u:p@h/", "http://***@h/"),
            ("http://h/x\ty", "http://h/x\ty"),
            ("http://a/http://u:p@h/", "http://a/http://***@h/"),
            // values of secret names
            ("/?token=t&a=1", "/?token=***&a=1"),
            ("/?a=1&CODE=x;y?z#k", "/?a=1&CODE=***#k"),
            ("/?key=", "/?key="),
            ("/?key", "/?key"),
            ("/?X-Amz-Signature=a&X-Amz-Date=b", "/?X-Amz-Signature=***&X-Amz-Date=b"),
            ("/?client%5Fsecret=a&%74oken=b", "/?client%5Fsecret=***&%74oken=***"),
            ("/?user[password]=a", "/?user[password]=***"),
            ("/#access_token=a&state=b", "/#access_token=***&state=b"),
            ("/#/route?id_token=a", "/#/route?id_token=***"),
            ("/p;jsessionid=a/q;v=1?x=y", "/p;jsessionid=***/q;v=1?x=y"),
            // a reference within a reference
            ("/login?next=http://u:p@h/?code=1&x=2", "/login?next=http://***@h/?code=***&x=2"),
            ("/login?next=%2Fcb%3Fcode%3Dabc%26x%3D1&y=2", "/login?next=%2Fcb%3Fcode%3D***%26x%3D1&y=2"),
            ("/?a=%2F%3Fb%3D%252F%253Ftoken%253Dx", "/?a=%2F%3Fb%3D%252F%253Ftoken%253D***"),
        ] {
            assert_eq!(Masked.url(raw), shown);
            assert_eq!(Shown.url(raw), raw);
        }
        assert_eq!(Masked.reference(b"/caf\xe9?token=\xff"), b"/caf\xe9?token=***");
    }

    #[test]
    fn fields_lose_their_secrets() {
        for (name, value, shown) in [
            ("Authorization", "Bearer abc.def", "Bearer ***"),
            ("authorization", "Digest username=\"u\", response=\"r\"", "Digest ***"),
            ("Proxy-Authorization", "Basic dTpw", "Basic ***"),
            ("Authorization", "abc", "***"),
            ("Authorization", "a:b c", "***"),
            ("Authorization", "", ""),
            ("X-Forwarded-Authorization", "Bearer abc", "Bearer ***"),
            ("Cookie", "a=1; b=2=3; c", "a=***; b=***; ***"),
            ("Set-Cookie", "sid=s; Path=/; Secure; HttpOnly; x=y", "sid=***; Path=/; Secure; HttpOnly; x=***"),
            ("Set-Cookie", "path=secret; Path=/", "path=***; Path=/"),
            ("X-Api-Key", "k", "***"),
            ("Private-Token", "k", "***"),
            ("X-Auth-Token", "k", "***"),
            ("Ocp-Apim-Subscription-Key", "k", "***"),
            ("Location", "http://u:p w@h/?a b&sig=x", "http://***@h/?a b&sig=***"),
            ("Referer", "http://h/?code=1", "http://h/?code=***"),
            ("Refresh", "0; url=http://u:p@h/?code=1", "0; url=http://***@h/?code=***"),
            ("Link", "<http://h/?token=a>; rel=\"next\", </b>", "<http://h/?token=***>; rel=\"next\", </b>"),
            ("Content-Type", "text/html; charset=utf-8", "text/html; charset=utf-8"),
            ("Signature", "sig1=:abc:", "sig1=:abc:"),
        ] {
            assert_eq!(text_of(Masked.field(name, value.as_bytes())), shown, "{name}: {value}");
            assert_eq!(Shown.field(name, value.as_bytes()), value.as_bytes());
        }
    }

    #[test]
    fn sentences_and_expectations_lose_their_secrets() {
        assert_eq!(
            Masked.text("The Location `http://u:p@h/?token=x`, then /y?code=1. Ask (http://h/?key=2)!"),
            "The Location `http://***@h/?token=***`, then /y?code=***. Ask (http://h/?key=***)!"
        );
        for (text, actual, masked) in [
            ("status = 200", "301", ("status = 200", "301")),
            ("final = /x?token=a", "http://u:p@h/x?token=b", ("final = /x?token=***", "http://***@h/x?token=***")),
            ("header.set-cookie ~ s=1*", "s=12; Path=/", ("header.set-cookie ~ s=***", "s=***; Path=/")),
            ("header.set-cookie ~ *", "no such header", ("header.set-cookie ~ ***", "no such header")),
            (
                "header.set-cookie = a",
                "a=1; Path=/, b=2; Secure, c=3",
                ("header.set-cookie = ***", "a=***; Path=***; Secure, c=***"),
            ),
            ("hop2.header.X-Api-Key = a b", "a b", ("hop2.header.X-Api-Key = ***", "***")),
        ] {
            assert_eq!(Masked.outcome(text, actual), (masked.0.to_owned(), masked.1.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn no_password_and_no_token_survives(
            head in r#"(http:|//|https://|/\\)[a-z]{0,3}"#, tail in r"[a-z/?&;#=%.]{0,12}", value in "[A-Z]{8}",
        ) {
            for raw in [
                format!("{head}:{value}@host{tail}"),
                format!("http://h/{}?token={value}{tail}", tail.replace(['?', '#'], "")),
            ] {
                let masked = Masked.url(&raw);
                prop_assert!(!masked.contains(&value), "{} shows {}", masked, raw);
            }
        }

        #[test]
        fn masking_twice_is_masking_once(raw: Vec<u8>) {
            let once = Masked.reference(&raw);
            prop_assert_eq!(Masked.reference(&once), once);
        }
    }
}
