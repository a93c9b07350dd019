//! The cookies of one chain, kept as browsers keep them
//! ([RFC 6265bis §5](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5)).

pub(crate) mod date;
mod scope;
mod set_cookie;
mod stored;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::time::SystemTime;

use url::Url;

use self::set_cookie::{SetCookie, name_of};
use self::stored::StoredCookie;
use crate::model::Headers;
use crate::rules::Policy;
use crate::rules::cookie::{CookieFate, CookieRefusal, ReceivedCookie, Withheld};
use crate::rules::policy::{CookieJar, CookieRules};

/// Set-Cookie fields of one response that are stored, and cookies and bytes of them that are sent, as in curl
/// (`MAX_SET_COOKIE_AMOUNT`, `MAX_COOKIE_SEND_AMOUNT`, `MAX_COOKIE_HEADER_LEN` of its
/// [lib/cookie.h](https://github.com/curl/curl/blob/master/lib/cookie.h)): without bounds a server that sets more at every
/// hop makes each request larger than the one before.
const MOST_RECEIVED: usize = 50;
const MOST_SENT: usize = 150;
const MOST_BYTES_SENT: usize = 8190;
/// Cookies of one chain: beyond it the oldest go
/// ([§5.7](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.7) leaves the number free).
const MOST_KEPT: usize = 500;

/// The cookies of a chain: which go where.
#[derive(Debug, Clone, Default)]
pub struct Jar(Vec<StoredCookie>);

impl Jar {
    /// An empty jar.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps every usable Set-Cookie of a response from `url`, and says what became of each; any response may set cookies,
    /// a 3xx as well ([RFC 6265 §3](https://www.rfc-editor.org/rfc/rfc6265#section-3)). Of those that are one too many the
    /// first is told.
    pub fn store(
        &mut self,
        rules: &CookieRules,
        url: &Url,
        headers: &Headers,
    ) -> Vec<ReceivedCookie> {
        let now = SystemTime::now();
        let lines = headers
            .all("set-cookie")
            .take(MOST_RECEIVED + 1)
            .enumerate();
        let received = lines.map(|(n, line)| {
            let name = name_of(line);
            let most = MOST_RECEIVED;
            let fate = if n < most {
                self.receive(line, rules, url, now)
            } else {
                Err(CookieRefusal::TooMany { most })
            };
            let fate = fate.unwrap_or_else(CookieFate::Refused);
            ReceivedCookie { name, fate }
        });
        received.collect()
    }

    /// The Cookie field of a request to `url` by a client with this policy: the cookies of the jar, the longest path first
    /// ([§5.8.3](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.8.3)), and those that the
    /// user set, which stand in `headers`; `None` where there is neither.
    #[must_use]
    pub fn field(&self, policy: &Policy, url: &Url, headers: &Headers) -> Option<Vec<u8>> {
        let mut cookies = self.matching(policy, url);
        cookies.truncate(as_many_as_are_sent(&cookies));
        let of_user = headers.all("cookie").collect::<Vec<_>>().join(&b"; "[..]);
        cookie_field(&cookies, &of_user)
    }

    /// Why the cookie of this name that was kept last does not go along with a request to `url`; `None` where none of that
    /// name is kept.
    #[must_use]
    pub fn withheld(&self, name: &str, policy: &Policy, url: &Url) -> Option<Withheld> {
        let mut newest = self.0.iter().rev();
        let cookie = newest.find(|cookie| String::from_utf8_lossy(&cookie.name) == name)?;
        let why = cookie.withheld(url, policy.cookies.secure, SystemTime::now());
        Some(why.unwrap_or(Withheld::TooMany))
    }

    /// Whether there is no cookie in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn receive(
        &mut self,
        line: &[u8],
        rules: &CookieRules,
        url: &Url,
        now: SystemTime,
    ) -> Result<CookieFate, CookieRefusal> {
        let set = SetCookie::parse(line, now)?;
        let cookie = StoredCookie::admit(set, url, rules, &self.0)?;
        let older = self.0.iter().position(|other| cookie.is_same_as(other));
        match (older, cookie.is_over(now)) {
            (None, true) => return Err(CookieRefusal::Expired),
            (Some(at), true) => {
                self.0.remove(at);
                return Ok(CookieFate::Deleted);
            }
            // In the place of the older: it counts as made when that was.
            (Some(at), false) => self.0[at] = cookie,
            (None, false) => self.0.push(cookie),
        }
        if self.0.len() > MOST_KEPT {
            self.0.remove(0);
        }
        Ok(CookieFate::Kept)
    }

    /// The cookies for a request to `url`, in their order.
    fn matching(&self, policy: &Policy, url: &Url) -> Vec<&StoredCookie> {
        let now = SystemTime::now();
        let goes = |cookie: &&StoredCookie| match policy.cookie_jar {
            CookieJar::None => false,
            CookieJar::ByHost => cookie.withheld(url, policy.cookies.secure, now).is_none(),
            CookieJar::AnyHost => !cookie.is_over(now),
        };
        let mut cookies: Vec<_> = self.0.iter().filter(goes).collect();
        cookies.sort_by_key(|cookie| Reverse(cookie.path.len()));
        cookies
    }
}

/// The cookies that a response sets, where no jar takes any, as far as a jar would read.
pub(super) fn all_refused(headers: &Headers, why: &CookieRefusal) -> Vec<ReceivedCookie> {
    let lines = headers.all("set-cookie").take(MOST_RECEIVED);
    let refused = lines.map(|line| ReceivedCookie {
        name: name_of(line),
        fate: CookieFate::Refused(why.clone()),
    });
    refused.collect()
}

/// The names in the Cookie field of a request; of a pair without `=` an empty one.
pub(super) fn names_sent(headers: &Headers) -> Vec<String> {
    let pairs = headers
        .all("cookie")
        .flat_map(|field| field.split(|byte| *byte == b';'));
    pairs
        .map(<[u8]>::trim_ascii)
        .filter(|pair| !pair.is_empty())
        .map(name_of)
        .collect()
}

/// How many of these, from the first, fit into the bounds of a request.
fn as_many_as_are_sent(cookies: &[&StoredCookie]) -> usize {
    let mut bytes = 0;
    let fit = cookies.iter().take(MOST_SENT).take_while(|cookie| {
        bytes += cookie.pair().len() + "; ".len();
        bytes <= MOST_BYTES_SENT
    });
    fit.count()
}

/// One Cookie value of the jar's cookies and those that the user set; where both have a name, the jar's is the newer.
///
/// There is at most one Cookie field in a request
/// ([§5.8.2](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.8.2)).
fn cookie_field(jar: &[&StoredCookie], of_user: &[u8]) -> Option<Vec<u8>> {
    let name = |pair: &[u8]| pair.split(|byte| *byte == b'=').next().map(<[u8]>::to_vec);
    let is_in = |pair: &[u8]| {
        jar.iter()
            .any(|cookie| Some(&cookie.name) == name(pair).as_ref())
    };
    let of_user = of_user
        .split(|byte| *byte == b';')
        .map(<[u8]>::trim_ascii)
        .filter(|pair| !pair.is_empty() && !is_in(pair))
        .map(<[u8]>::to_vec);
    let pairs: Vec<Vec<u8>> = jar
        .iter()
        .map(|cookie| cookie.pair())
        .chain(of_user)
        .collect();
    (!pairs.is_empty()).then(|| pairs.join(&b"; "[..]))
}
