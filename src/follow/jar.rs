//! The cookies of one chain.

use cookie_store::{CookieStore, RawCookie};
use url::{Host, Url};

use crate::model::Headers;
use crate::rules::policy::CookieJar;

/// Set-Cookie fields of one response that are stored, and cookies and bytes of them that are sent, as in curl
/// (`MAX_SET_COOKIE_AMOUNT`, `MAX_COOKIE_SEND_AMOUNT`, `MAX_COOKIE_HEADER_LEN` of its
/// [lib/cookie.h](https://github.com/curl/curl/blob/master/lib/cookie.h)): without bounds a server that sets more at every
/// hop makes each request larger than the one before.
const MOST_STORED: usize = 50;
const MOST_SENT: usize = 150;
const MOST_BYTES_SENT: usize = 8190;
/// Bytes of a Set-Cookie field: with more, browsers ignore a cookie
/// ([RFC 6265bis §5.6](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6)).
const LONGEST: usize = 4096;

/// A cookie jar by [RFC 6265](https://www.rfc-editor.org/rfc/rfc6265): which cookies go where.
#[derive(Debug, Clone, Default)]
pub struct Jar(CookieStore);

impl Jar {
    /// An empty jar.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stores every usable Set-Cookie of a response from `url`; any response may set cookies, a 3xx as well
    /// ([§3](https://www.rfc-editor.org/rfc/rfc6265#section-3)).
    pub fn store(&mut self, url: &Url, headers: &Headers) {
        let lines = headers
            .all("set-cookie")
            .filter(|line| line.len() <= LONGEST)
            .take(MOST_STORED);
        let cookies = lines
            .filter_map(|line| RawCookie::parse(String::from_utf8_lossy(line).into_owned()).ok());
        self.0.store_response_cookies(
            cookies.filter_map(|cookie| without_public_suffix(cookie, url)),
            url,
        );
    }

    /// The `name=value` pairs for a request to `url`, the longest path first
    /// ([§5.4](https://www.rfc-editor.org/rfc/rfc6265#section-5.4)).
    #[must_use]
    pub fn pairs(&self, url: &Url) -> Vec<(String, String)> {
        let mut matching = self.0.matches(url);
        matching.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        matching
            .iter()
            .map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned()))
            .collect()
    }

    /// Whether there is no cookie in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter_any().next().is_none()
    }

    /// The Cookie field of a request to `url` for a client of this sort: the pairs of the jar and those that the user set,
    /// which stand in `headers`; `None` where there is neither.
    #[must_use]
    pub fn field(&self, client: CookieJar, url: &Url, headers: &Headers) -> Option<Vec<u8>> {
        let pairs = match client {
            CookieJar::None => Vec::new(),
            CookieJar::ByHost => self.pairs(url),
            CookieJar::AnyHost => {
                let all = self.0.iter_unexpired();
                all.map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned()))
                    .collect()
            }
        };
        let pairs = as_many_as_are_sent(pairs);
        let of_user = headers.all("cookie").collect::<Vec<_>>().join(&b"; "[..]);
        cookie_field(&pairs, Some(&of_user))
    }
}

/// The cookie, unless it is for all that shares a public suffix with `url`; a host that is itself one may set it for itself
/// ([§5.3](https://www.rfc-editor.org/rfc/rfc6265#section-5.3), step 5).
fn without_public_suffix<'c>(mut cookie: RawCookie<'c>, url: &Url) -> Option<RawCookie<'c>> {
    let Some(Ok(Host::Domain(domain))) = cookie
        .domain()
        .map(|domain| Host::parse(domain.trim_end_matches('.')))
    else {
        return Some(cookie);
    };
    if psl::suffix_str(&domain) != Some(domain.as_str()) {
        return Some(cookie);
    }
    let is_own = url
        .host_str()
        .is_some_and(|host| host.trim_end_matches('.') == domain);
    is_own.then(|| {
        cookie.unset_domain();
        cookie
    })
}

/// The first of these pairs, within the bounds of a request.
fn as_many_as_are_sent(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut bytes = 0;
    let fits = pairs.iter().take(MOST_SENT).take_while(|(name, value)| {
        bytes += name.len() + value.len() + "=; ".len();
        bytes <= MOST_BYTES_SENT
    });
    let count = fits.count();
    pairs.truncate(count);
    pairs
}

/// One Cookie value of the jar's pairs and those the user set; where both have a name, the jar's is the newer.
///
/// There is at most one Cookie field in a request ([§5.4](https://www.rfc-editor.org/rfc/rfc6265#section-5.4)).
#[must_use]
fn cookie_field(jar: &[(String, String)], user: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut pairs: Vec<Vec<u8>> = jar
        .iter()
        .map(|(name, value)| format!("{name}={value}").into_bytes())
        .collect();
    let of_user = user
        .unwrap_or_default()
        .split(|byte| *byte == b';')
        .map(<[u8]>::trim_ascii);
    pairs.extend(
        of_user
            .filter(|pair| !pair.is_empty() && !is_in(jar, pair))
            .map(<[u8]>::to_vec),
    );
    (!pairs.is_empty()).then(|| pairs.join(&b"; "[..]))
}

fn is_in(jar: &[(String, String)], pair: &[u8]) -> bool {
    let name = pair.split(|byte| *byte == b'=').next().unwrap_or_default();
    jar.iter().any(|(known, _)| known.as_bytes() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(set: &[&str], from: &str, to: &str) -> Vec<String> {
        let mut jar = Jar::new();
        jar.store(
            &Url::parse(from).unwrap(),
            &set.iter().map(|line| ("Set-Cookie", *line)).collect(),
        );
        jar.pairs(&Url::parse(to).unwrap())
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect()
    }

    #[test]
    fn cookies_go_where_rfc_6265_lets_them() {
        #[rustfmt::skip]
        let cases: &[(&[&str], &str, &str, &[&str])] = &[
            (&["s=1"],                       "http://a.example/x",     "http://a.example/y",      &["s=1"]),
            (&["s=1"],                       "http://a.example/x",     "http://b.example/",       &[]),
            (&["s=1"],                       "http://a.example/x",     "http://sub.a.example/",   &[]),
            (&["s=1; Domain=a.example"],     "http://a.example/x",     "http://sub.a.example/",   &["s=1"]),
            (&["s=1; Domain=b.example"],     "http://a.example/x",     "http://b.example/",       &[]),
            (&["s=1; Secure"],               "https://a.example/",     "http://a.example/",       &[]),
            (&["s=1; Path=/x"],              "http://a.example/x",     "http://a.example/y",      &[]),
            (&["a=1", "b=2; Path=/p"],       "http://a.example/p/",    "http://a.example/p/q",    &["a=1", "b=2"]),
            (&["s=1", "s=2"],                "http://a.example/",      "http://a.example/",       &["s=2"]),
            (&["s=1", "s=; Max-Age=0"],      "http://a.example/",      "http://a.example/",       &[]),
            (&["s=1"],                       "http://127.0.0.1:8080/", "http://127.0.0.1:9090/",  &["s=1"]),
            (&["s=1; Domain=co.uk"],         "http://evil.co.uk/",     "http://bank.co.uk/",     &[]),
            (&["s=1; Domain=.CO.UK"],        "http://evil.co.uk/",     "http://evil.co.uk/",     &[]),
            (&["s=1; Domain=co.uk"],         "http://co.uk/",          "http://co.uk/",          &["s=1"]),
            (&["s=1; Domain=co.uk"],         "http://co.uk/",          "http://bank.co.uk/",     &[]),
            (&["s=1; Domain=github.io"],     "http://a.github.io/",    "http://b.github.io/",    &[]),
            (&["s=1; Domain=xn--55qx5d.cn"], "http://a.xn--55qx5d.cn/", "http://b.xn--55qx5d.cn/", &[]),
            (&["s=1; Domain=公司.cn"],       "http://a.公司.cn/",      "http://b.公司.cn/",      &[]),
            (&["s=1; Domain=bank.co.uk"],    "http://a.bank.co.uk/",   "http://b.bank.co.uk/",   &["s=1"]),
            (&["s=1; Domain=localhost"],     "http://localhost/",      "http://localhost/",      &["s=1"]),
            (&["s=1"],                       "http://intranet/",       "http://intranet/x",      &["s=1"]),
            (&["s=1; Domain=127.0.0.1"],     "http://127.0.0.1/",      "http://127.0.0.1/",      &["s=1"]),
            (&["\u{0}", "", "=;;;"],         "http://a.example/",      "http://a.example/",       &[]),
        ];
        for (set, from, to, expected) in cases {
            let mut sent = sent(set, from, to);
            sent.sort();
            assert_eq!(sent, *expected, "{set:?} from {from} to {to}");
        }
    }

    #[test]
    fn a_server_that_sets_more_and_more_is_not_sent_all_of_it() {
        let url = Url::parse("http://a.example/").unwrap();
        let mut jar = Jar::new();
        for n in 0..20 {
            let long = ("Set-Cookie", format!("long{n}={}", "v".repeat(LONGEST)));
            let short = (0..200).map(|m| ("Set-Cookie", format!("c{n}-{m}={}", "v".repeat(40))));
            jar.store(&url, &std::iter::once(long).chain(short).collect());
        }
        let field = jar.field(CookieJar::ByHost, &url, &Headers::new()).unwrap();
        assert!(
            (4096..=MOST_BYTES_SENT).contains(&field.len()),
            "{}",
            field.len()
        );
        assert!(!String::from_utf8(field).unwrap().contains("long"));
    }

    #[test]
    fn the_jar_and_the_user_share_one_field() {
        let jar = [("s".to_owned(), "new".to_owned())];
        let joined = |user: Option<&str>| {
            cookie_field(&jar, user.map(str::as_bytes)).map(|v| String::from_utf8(v).unwrap())
        };
        assert_eq!(joined(None).unwrap(), "s=new");
        assert_eq!(joined(Some("a=1; b=2")).unwrap(), "s=new; a=1; b=2");
        assert_eq!(joined(Some("s=old; a=1")).unwrap(), "s=new; a=1");
        assert_eq!(cookie_field(&[], None), None);
    }
}
