//! A cookie that is kept: whether it may be, and where it goes
//! ([RFC 6265bis §5.7](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.7) and §5.8.3).

use std::time::SystemTime;

use url::Url;

use super::scope;
use super::set_cookie::SetCookie;
use crate::rules::cookie::{CookieRefusal, Withheld};
use crate::rules::policy::{CookieRule, CookieRules, SecureContext};

/// A cookie in the jar.
#[derive(Debug, Clone)]
pub(super) struct StoredCookie {
    pub(super) name: Vec<u8>,
    pub(super) value: Vec<u8>,
    domain: String,
    /// Whether it is for that host alone, and not for those below it.
    host_only: bool,
    pub(super) path: String,
    secure: bool,
    expires: Option<SystemTime>,
}

impl StoredCookie {
    /// The cookie that a response from `url` sets, beside those that are there.
    ///
    /// # Errors
    /// Why it is not to be kept.
    pub(super) fn admit(
        set: SetCookie,
        url: &Url,
        rules: &CookieRules,
        others: &[Self],
    ) -> Result<Self, CookieRefusal> {
        let host = scope::host(url);
        let domain = domain(set.domain.as_deref(), host, rules)?;
        let is_secure = scope::is_secure(url, rules.secure);
        if set.secure && !is_secure && rules.refuses(CookieRule::SecureOverHttp) {
            return Err(CookieRefusal::SecureOverHttp);
        }
        if set.same_site_none && !set.secure && rules.refuses(CookieRule::SameSiteNone) {
            return Err(CookieRefusal::SameSiteNone);
        }
        if rules.refuses(CookieRule::Prefix) {
            keeps_the_promise_of_its_name(&set, domain.is_none())?;
        }
        let cookie = Self {
            host_only: domain.is_none(),
            domain: domain.unwrap_or_else(|| host.to_owned()),
            path: set
                .path
                .unwrap_or_else(|| scope::default_path(url).to_owned()),
            name: set.name,
            value: set.value,
            secure: set.secure,
            expires: set.expires,
        };
        let is_bold = !cookie.secure && !is_secure && rules.refuses(CookieRule::OverwritesSecure);
        if is_bold && others.iter().any(|other| cookie.covers_secure(other)) {
            return Err(CookieRefusal::OverwritesSecure);
        }
        Ok(cookie)
    }

    /// Whether a request for which `secure` is sent would find this one in place of that Secure one, or before it.
    fn covers_secure(&self, secure: &Self) -> bool {
        secure.secure
            && secure.name == self.name
            && (scope::domain_matches(&self.domain, &secure.domain)
                || scope::domain_matches(&secure.domain, &self.domain))
            && scope::path_matches(&self.path, &secure.path)
    }

    /// Whether the newer of two takes the place of the other.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        (&self.name, &self.domain, self.host_only, &self.path)
            == (&other.name, &other.domain, other.host_only, &other.path)
    }

    /// Whether it has expired by `now`.
    pub(super) fn is_over(&self, now: SystemTime) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }

    /// Why it does not go along with a request to `url` at `now`; `None` where it does.
    pub(super) fn withheld(
        &self,
        url: &Url,
        context: SecureContext,
        now: SystemTime,
    ) -> Option<Withheld> {
        let host = scope::host(url);
        if self.host_only && host != self.domain {
            Some(Withheld::HostOnly(self.domain.clone()))
        } else if !scope::domain_matches(host, &self.domain) {
            Some(Withheld::OtherDomain(self.domain.clone()))
        } else if !scope::path_matches(url.path(), &self.path) {
            Some(Withheld::OtherPath(self.path.clone()))
        } else if self.secure && !scope::is_secure(url, context) {
            Some(Withheld::Secure)
        } else {
            self.is_over(now).then_some(Withheld::Expired)
        }
    }

    /// As it stands in the Cookie field (§5.8.3, step 4).
    pub(super) fn pair(&self) -> Vec<u8> {
        let sign: &[u8] = if self.name.is_empty() { b"" } else { b"=" };
        [&self.name, sign, &self.value].concat()
    }
}

/// The domain below which a cookie is for every host; `None` where it is for its own host alone.
fn domain(
    attribute: Option<&str>,
    host: &str,
    rules: &CookieRules,
) -> Result<Option<String>, CookieRefusal> {
    let Some(domain) = attribute else {
        return Ok(None);
    };
    let domain = domain.to_owned();
    if rules.refuses(CookieRule::PublicSuffix) && scope::is_public_suffix(&domain) {
        // A host that is itself such a suffix may set a cookie for itself.
        return if host == domain {
            Ok(None)
        } else {
            Err(CookieRefusal::PublicSuffix { domain })
        };
    }
    if !domain.is_ascii() || !scope::domain_matches(host, &domain) {
        let host = host.to_owned();
        return Err(CookieRefusal::ForeignDomain { domain, host });
    }
    Ok(Some(domain))
}

/// What the names `__Secure-` and `__Host-` promise (§4.1.3), in any case of letters; a cookie without a name must not pass
/// for one that has such a name.
fn keeps_the_promise_of_its_name(set: &SetCookie, host_only: bool) -> Result<(), CookieRefusal> {
    const SECURE: &[u8] = b"__secure-";
    const HOST: &[u8] = b"__host-";
    let begins = |text: &[u8], prefix: &[u8]| {
        let beginning = text.get(..prefix.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(prefix))
    };
    if set.name.is_empty() && (begins(&set.value, SECURE) || begins(&set.value, HOST)) {
        return Err(CookieRefusal::HiddenPrefix);
    }
    if begins(&set.name, SECURE) && !set.secure {
        return Err(CookieRefusal::SecurePrefix);
    }
    let is_of_host = set.secure && host_only && set.path.as_deref() == Some("/");
    if begins(&set.name, HOST) && !is_of_host {
        return Err(CookieRefusal::HostPrefix);
    }
    Ok(())
}
