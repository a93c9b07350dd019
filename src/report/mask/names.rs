//! Names that say that their value is a secret.

/// Letters and digits of a name in lower case, so that `X-Api-Key`, `api_key` and `apiKey` are one.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a name, made [`plain`], says that its value is a secret.
pub(super) fn is_secret(plain: &str) -> bool {
    SECRET_NAMES.contains(&plain) || SECRET_ENDINGS.iter().any(|ending| plain.ends_with(ending))
}

/// Whether a header field of this name, made [`plain`], holds a secret and nothing else.
pub(super) fn is_secret_field(plain: &str) -> bool {
    is_secret(plain) && !ORDINARY_FIELDS.contains(&plain)
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
