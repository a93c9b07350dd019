//! Cookie files, as browsers and curl export them, for the jar of a chain.

use std::io::Read;
use std::time::{Duration, SystemTime};

use url::Url;

use super::content::read;
use super::{InputSource, IntakeError};

/// A file of cookies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CookieFile {
    /// Where it is.
    pub source: InputSource,
    /// Whether it may be missing, as in curl.
    pub optional: bool,
}

/// A cookie as if this URL had set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedCookie {
    /// Where it comes from; https, so that one marked Secure is taken.
    pub url: Url,
    /// The value of its Set-Cookie field.
    pub set_cookie: String,
}

/// The cookies in these files that have not expired.
///
/// # Errors
/// Where one that must be there cannot be read, or is larger than 1 MiB.
pub fn cookies(files: &[CookieFile], stdin: &mut dyn Read) -> Result<Vec<SeedCookie>, IntakeError> {
    let mut cookies = Vec::new();
    for file in files {
        match read(&file.source, stdin) {
            Ok(text) => cookies.extend(parse(&String::from_utf8_lossy(&text), SystemTime::now())),
            Err(_) if file.optional => {}
            Err(error) => return Err(error),
        }
    }
    Ok(cookies)
}

/// The cookies in a file: lines of the Netscape format, or of `Set-Cookie: …` with a Domain. As in curl, other lines and
/// cookies that have expired by `now` are passed over.
fn parse(text: &str, now: SystemTime) -> Vec<SeedCookie> {
    text.lines()
        .filter_map(|line| header_style(line).or_else(|| netscape(line, now)))
        .collect()
}

fn seed(domain: &str, set_cookie: String) -> Option<SeedCookie> {
    let url = Url::parse(&format!("https://{}/", domain.trim_start_matches('.'))).ok()?;
    (!set_cookie.contains(|c: char| c.is_control())).then_some(SeedCookie { url, set_cookie })
}

fn header_style(line: &str) -> Option<SeedCookie> {
    let (name, value) = line.split_once(':')?;
    if !name.trim().eq_ignore_ascii_case("set-cookie") {
        return None;
    }
    let attributes = value
        .split(';')
        .skip(1)
        .filter_map(|attribute| attribute.split_once('='));
    let domain = attributes
        .filter(|(key, _)| key.trim().eq_ignore_ascii_case("domain"))
        .last()?
        .1;
    seed(domain.trim(), value.trim().to_owned())
}

/// Domain, whether for subdomains, path, whether Secure, expiry in seconds since 1970 (0: with the session), name, value.
fn netscape(line: &str, now: SystemTime) -> Option<SeedCookie> {
    let (line, http_only) = match line.strip_prefix("#HttpOnly_") {
        Some(line) => (line, "; HttpOnly"),
        None => (line, ""),
    };
    if line.starts_with('#') {
        return None;
    }
    let mut fields = line.trim_end_matches('\r').splitn(7, '\t');
    let mut field = || fields.next();
    let (domain, subdomains, path, secure) = (field()?, field()?, field()?, field()?);
    let (expires, name, value) = (
        field()?.parse::<u64>().ok()?,
        field()?,
        field().unwrap_or_default(),
    );
    let yes = |flag: &str| flag.eq_ignore_ascii_case("TRUE");
    let for_domain = if yes(subdomains) {
        format!("; Domain={domain}")
    } else {
        String::new()
    };
    let only_tls = if yes(secure) { "; Secure" } else { "" };
    let age = match expires {
        0 => String::new(),
        seconds => format!("; Max-Age={}", left(seconds, now)?),
    };
    seed(
        domain,
        format!("{name}={value}; Path={path}{http_only}{for_domain}{only_tls}{age}"),
    )
}

/// Seconds from `now` to this many after 1970; `None` where they are over.
fn left(seconds: u64, now: SystemTime) -> Option<u64> {
    let end = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
    end.duration_since(now).ok().map(|left| left.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::follow::Jar;
    use crate::model::Headers;
    use crate::rules::Policy;
    use crate::rules::policy::CookieRules;

    #[test]
    fn both_forms_are_read_and_the_rest_is_passed_over() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1000);
        for (line, cookie) in [
            (
                ".a.example\tTRUE\t/x\tTRUE\t1060\tn\tv",
                Some((
                    "a.example",
                    "n=v; Path=/x; Domain=.a.example; Secure; Max-Age=60",
                )),
            ),
            (
                "a.example\tFALSE\t/\tFALSE\t0\tn\tv=w\r",
                Some(("a.example", "n=v=w; Path=/")),
            ),
            (
                "#HttpOnly_a.example\tFALSE\t/\tFALSE\t0\tn\t",
                Some(("a.example", "n=; Path=/; HttpOnly")),
            ),
            ("a.example\tFALSE\t/\tFALSE\t999\tn\tv", None),
            ("# a.example\tFALSE\t/\tFALSE\t0\tn\tv", None),
            ("a.example\tFALSE\t/", None),
            (
                "Set-Cookie: n=v; path=/; domain=a.example",
                Some(("a.example", "n=v; path=/; domain=a.example")),
            ),
            ("set-cookie: n=v", None),
            ("a.example\tFALSE\t/\tFALSE\t0\tn\tv\u{1}", None),
            ("a b\tFALSE\t/\tFALSE\t0\tn\tv", None),
            ("", None),
        ] {
            let found = parse(line, now);
            let shown: Vec<_> = found
                .iter()
                .map(|seed| (seed.url.host_str().unwrap(), seed.set_cookie.as_str()))
                .collect();
            assert_eq!(shown, cookie.into_iter().collect::<Vec<_>>(), "{line:?}");
        }
    }

    #[test]
    fn a_jar_takes_what_was_read() {
        let text = ".a.example\tTRUE\t/\tTRUE\t0\tn\tv\nSet-Cookie: m=w; domain=a.example\nlocalhost\tFALSE\t/\tFALSE\t0\tl\t1";
        let policy = Policy::fetch();
        let mut jar = Jar::new();
        for cookie in parse(text, SystemTime::now()) {
            let fields = [("Set-Cookie", cookie.set_cookie)].into_iter().collect();
            jar.store(&CookieRules::default(), &cookie.url, &fields);
        }
        let sent = |url: &str| {
            let field = jar.field(&policy, &Url::parse(url).unwrap(), &Headers::new());
            String::from_utf8(field.unwrap()).unwrap()
        };
        assert_eq!(sent("https://www.a.example/"), "n=v; m=w");
        assert_eq!(sent("http://a.example/"), "m=w");
        assert_eq!(sent("http://localhost:8080/"), "l=1");
    }
}
