//! User name and password of a URL ([RFC 3986 §3.2.1](https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1)).

use url::Url;

/// The URL without its user name and password, as it is requested, compared and shown.
#[must_use]
pub fn without_userinfo(url: &Url) -> Url {
    let mut url = url.clone();
    // Both fail only where a URL has no host, and such a URL has no userinfo either.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}
