//! Which cookies a jar takes and when it gives them out, as data.

use serde::{Deserialize, Serialize};

/// What a cookie jar asks of a cookie beside host, path and age.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CookieRules {
    /// Where a cookie with Secure may come from and go to.
    pub secure: SecureContext,
    /// Which cookies are refused although host and age are fine.
    pub refuses: Vec<CookieRule>,
}

impl CookieRules {
    /// What [RFC 6265bis §5.7](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.7) refuses, and
    /// Secure over http to a potentially trustworthy host, as in browsers.
    #[must_use]
    pub fn of_browsers() -> Self {
        use CookieRule::{OverwritesSecure, Prefix, PublicSuffix, SameSiteNone, SecureOverHttp};
        Self {
            secure: SecureContext::Loopback,
            refuses: vec![
                PublicSuffix,
                SecureOverHttp,
                OverwritesSecure,
                SameSiteNone,
                Prefix,
            ],
        }
    }

    /// Whether such cookies are refused.
    #[must_use]
    pub fn refuses(&self, rule: CookieRule) -> bool {
        self.refuses.contains(&rule)
    }
}

/// Which URLs a cookie with Secure may come from and go to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SecureContext {
    /// Those of https alone.
    #[default]
    Https,
    /// Those of https, and of http on `localhost` and names below it.
    LocalhostName,
    /// Those of https, and of http on `localhost`, `127.0.0.1` and `[::1]`, as in curl since 7.79 (`secure_context` of its
    /// [lib/http.c](https://github.com/curl/curl/blob/master/lib/http.c)).
    Localhost,
    /// Those of https, and of http on 127.0.0.0/8, `[::1]`, `localhost` and names below it
    /// ([Secure Contexts §3.1](https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy)).
    Loopback,
}

/// Cookies that some jars refuse and some take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CookieRule {
    /// Those for every host below a public suffix, such as `co.uk`.
    PublicSuffix,
    /// Those with Secure that did not come securely.
    SecureOverHttp,
    /// Those that did not come securely and would stand before or in place of one with Secure.
    OverwritesSecure,
    /// `SameSite=None` without Secure
    /// ([Incrementally Better Cookies §3.2](https://datatracker.ietf.org/doc/html/draft-west-cookie-incrementalism#section-3.2)).
    SameSiteNone,
    /// `__Secure-` and `__Host-` without what these names promise
    /// ([RFC 6265bis §4.1.3](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3)).
    Prefix,
}
