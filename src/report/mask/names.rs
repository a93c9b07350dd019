//! Names that say that their value is a secret: those of credentials, and more where a reader misses little.

use crate::rules::credential::{self, is_credential};

pub(super) use crate::rules::credential::plain;

/// What stands in place of a secret.
pub(super) const MASK: &str = "***";

/// Whether the name of a parameter in a URL, made [`plain`], says that its value is a secret.
pub(super) fn is_secret(plain: &str) -> bool {
    credential::is_secret(plain)
        || plain.ends_with("authorization")
        || more(plain)
        || ONLY_IN_URLS.contains(&plain)
}

/// Whether a header field of this name holds a secret and nothing else.
pub(super) fn is_secret_field(name: &str) -> bool {
    is_credential(name) || more(&plain(name))
}

/// Proofs such as `X-Amz-Signature` and `X-Hub-Signature`: of no use to whom they are sent, but to whom a report goes. The
/// field of RFC 9421 is one for everybody to read.
fn more(plain: &str) -> bool {
    plain.ends_with("hmac") || (plain.ends_with("signature") && plain != "signature")
}

/// Names as OAuth, SAML and Azure use them; as names of header fields they are ordinary.
const ONLY_IN_URLS: &[&str] = &[
    "code",
    "devicecode",
    "key",
    "samlart",
    "samlresponse",
    "sig",
    "signature",
    "usercode",
];
