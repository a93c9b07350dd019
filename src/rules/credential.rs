//! The names of credentials, in one list: rules ask it which fields must not reach another origin, reports which values
//! to mask.

/// The fields with credentials that RFC 9110 and RFC 6265 define, in lower case.
pub const CREDENTIALS: [&str; 3] = ["authorization", "proxy-authorization", "cookie"];

/// Whether a request field of this name carries a credential: one that RFC 9110 and RFC 6265 define, or one whose name
/// says so, as `X-Api-Key`, `Private-Token` and `X-Session-Id` do. Clients remove the former at another
/// origin, and send the latter anywhere.
#[must_use]
pub fn is_credential(field: &str) -> bool {
    let plain = plain(field);
    let word = plain
        .strip_prefix('x')
        .filter(|_| field.starts_with(['x', 'X']))
        .unwrap_or(&plain);
    plain.ends_with("authorization")
        || FIELDS.contains(&word)
        || is_secret(word)
        || is_secret(&plain)
}

/// Whether a name, made [`plain`], is a word for a credential or ends in one.
#[must_use]
pub fn is_secret(plain: &str) -> bool {
    WORDS.contains(&plain)
        || ENDINGS.iter().any(|ending| plain.ends_with(ending))
        || ["csrf", "xsrf"].iter().any(|word| plain.contains(word))
}

/// Letters and digits of a name in lower case, so that `X-Api-Key`, `api_key` and `apiKey` are one.
#[must_use]
pub fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// Fields that are credentials though no word in their names says so: cookies, a proof of possession
/// ([RFC 9449](https://www.rfc-editor.org/rfc/rfc9449)), the login of a container registry.
const FIELDS: &[&str] = &["cookie", "cookie2", "dpop", "registryauth"];

/// Names as JWT, CAS, servlet containers, PHP and CDNs use them.
const WORDS: &[&str] = &[
    "auth", "bearer", "hdnea", "hdnts", "jwt", "otp", "pass", "pin", "session", "sid", "ticket",
    "totp",
];

/// The last words of such names: `access_token`, `client_secret`, `Ocp-Apim-Subscription-Key`.
const ENDINGS: &[&str] = &[
    "accesskey",
    "accesskeyid",
    "accountkey",
    "apikey",
    "assertion",
    "authcode",
    "authkey",
    "codeverifier",
    "credential",
    "credentials",
    "functionskey",
    "masterkey",
    "oauthverifier",
    "passphrase",
    "password",
    "passwd",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "sharedkey",
    "sessid",
    "sessionid",
    "subscriptionkey",
    "token",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_recognised_by_name() {
        for name in [
            "Authorization",
            "Proxy-Authorization",
            "X-Forwarded-Authorization",
            "Cookie",
            "Cookie2",
            "X-Api-Key",
            "x_api_key",
            "X-Auth",
            "X-Auth-Key",
            "X-Auth-Token",
            "X-Amz-Security-Token",
            "X-Session-Id",
            "X-Session",
            "X-CSRF",
            "X-CSRFToken",
            "X-XSRF-TOKEN",
            "Private-Token",
            "Ocp-Apim-Subscription-Key",
            "DPoP",
            "X-Functions-Key",
            "X-Registry-Auth",
        ] {
            assert!(is_credential(name), "{name}");
        }
        for name in [
            "Accept",
            "Host",
            "Key",
            "Code",
            "Signature",
            "X-Hub-Signature",
            "Idempotency-Key",
            "Sec-WebSocket-Key",
            "Set-Cookie",
            "X-Author",
            "X-Request-Id",
            "X",
            "",
        ] {
            assert!(!is_credential(name), "{name}");
        }
    }
}
