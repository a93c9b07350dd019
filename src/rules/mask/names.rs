//! Names that say that their value is a secret: those of credentials, more where a reader misses little, and those that
//! the user named.

use crate::rules::credential::{self, is_credential};

pub(super) use crate::rules::credential::plain;

/// What stands in place of a secret.
pub(super) const MASK: &str = "***";

/// The names of secrets: the known ones, and those of the user, made [`plain`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Names(pub(super) &'static [String]);

impl Names {
    /// Whether the name of a parameter in a URL, a form or JSON says that its value is a secret.
    pub(super) fn is_parameter(self, name: &str) -> bool {
        let plain = plain(name);
        // `token[0]`, `user[password]`: the last word counts, not its number.
        let plain = plain.trim_end_matches(|c: char| c.is_ascii_digit());
        self.is_word(plain) || ONLY_IN_URLS.contains(&plain)
    }

    /// The same where the name stands alone, as in a text or for an option of a command line.
    pub(super) fn is_word(self, plain: &str) -> bool {
        credential::is_secret(plain)
            || plain.ends_with("authorization")
            || is_proof(plain)
            || self.is_users(plain)
    }

    /// Whether a header field of this name holds a secret and nothing else.
    pub(super) fn is_field(self, name: &str) -> bool {
        let plain = plain(name);
        is_credential(name) || is_proof(&plain) || self.is_users(&plain)
    }

    fn is_users(self, plain: &str) -> bool {
        !plain.is_empty() && self.0.iter().any(|name| name == plain)
    }
}

/// Proofs such as `X-Amz-Signature` and `X-Hub-Signature-256`: of no use to whom they are sent, but to whom a report goes.
/// The field of RFC 9421 is one for everybody to read.
fn is_proof(plain: &str) -> bool {
    let word = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    word.ends_with("hmac") || (word.ends_with("signature") && plain != "signature")
}

/// Names as OAuth, SAML and Azure use them; as names of header fields they are ordinary.
const ONLY_IN_URLS: &[&str] = &[
    "code",
    "devicecode",
    "key",
    "relaystate",
    "samlart",
    "samlrequest",
    "samlresponse",
    "sig",
    "signature",
    "state",
    "usercode",
];
