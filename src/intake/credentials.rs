//! Who a request says that it is from.

use std::path::PathBuf;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use super::{IntakeError, Netrc};
use crate::model::percent;

/// Who asks, as named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// Nothing is named: what the URL says counts.
    Unsaid,
    /// A user with a password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    Basic {
        /// The name.
        user: String,
        /// The password; may be empty.
        password: String,
    },
    /// A token ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750)).
    Bearer(String),
    /// What a netrc file names for the host.
    Netrc {
        /// The file.
        path: PathBuf,
        /// Whether it may be missing (`--netrc-optional`).
        optional: bool,
    },
}

/// Where the Authorization field of a request comes from, its files read.
#[derive(Debug, Clone)]
pub enum CredentialSource {
    /// This value, for every URL.
    Fixed(String),
    /// The entry of a netrc file that fits the host; what the URL says where none does.
    Netrc(Arc<Netrc>),
    /// The userinfo of the URL.
    Url,
}

impl CredentialSource {
    /// Reads what `credentials` name.
    ///
    /// # Errors
    /// Where the netrc file must be there and cannot be read.
    pub fn open(credentials: &Credentials) -> Result<Self, IntakeError> {
        Ok(match credentials {
            Credentials::Unsaid => Self::Url,
            Credentials::Basic { user, password } => Self::Fixed(basic(user, password)),
            Credentials::Bearer(token) => Self::Fixed(format!("Bearer {token}")),
            Credentials::Netrc { path, optional } => match Netrc::read(path) {
                Ok(netrc) => Self::Netrc(netrc.into()),
                Err(error) if *optional && error.is_unreadable() => Self::Url,
                Err(error) => return Err(error),
            },
        })
    }

    /// The value of Authorization for this URL; `None` for no such field.
    #[must_use]
    pub fn authorization(&self, url: &Url) -> Option<String> {
        match self {
            Self::Fixed(value) => Some(value.clone()),
            Self::Netrc(netrc) => in_netrc(netrc, url).or_else(|| in_url(url)),
            Self::Url => in_url(url),
        }
    }

    /// Whether that value is made of the user name in the URL.
    #[must_use]
    pub fn is_of_url(&self, url: &Url) -> bool {
        match self {
            Self::Fixed(_) => false,
            Self::Netrc(netrc) => in_netrc(netrc, url).is_none() && in_url(url).is_some(),
            Self::Url => in_url(url).is_some(),
        }
    }
}

/// What the netrc file says of the host, unless the URL names a password.
fn in_netrc(netrc: &Netrc, url: &Url) -> Option<String> {
    if url.password().is_some() {
        return None;
    }
    let user = percent::decoded_text(url.username());
    let found = netrc.find(url.host_str().unwrap_or_default(), &user);
    found.map(|(user, password)| basic(user, password))
}

/// What the userinfo of the URL says; `None` where it says nothing.
fn in_url(url: &Url) -> Option<String> {
    let user = percent::decoded_text(url.username());
    let password = url.password().map(percent::decoded_text);
    (password.is_some() || !user.is_empty()).then(|| basic(&user, &password.unwrap_or_default()))
}

/// The credentials of the scheme Basic ([RFC 7617 §2](https://www.rfc-editor.org/rfc/rfc7617#section-2)).
fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_of_a_url_stand_in_where_netrc_has_none() {
        let netrc = Netrc::parse("machine a.example login x password y");
        let source = CredentialSource::Netrc(Arc::new(netrc));
        for (url, sent) in [
            ("http://a.example/", Some(basic("x", "y"))),
            ("http://x@a.example/", Some(basic("x", "y"))),
            ("http://z@a.example/", Some(basic("z", ""))),
            ("http://x:own@a.example/", Some(basic("x", "own"))),
            ("http://b.example/", None),
        ] {
            assert_eq!(
                source.authorization(&Url::parse(url).unwrap()),
                sent,
                "{url}"
            );
        }
    }

    #[test]
    fn credentials_of_a_netrc_file_that_is_missing_are_an_error_unless_optional() {
        let netrc = |optional| Credentials::Netrc {
            path: "no/such/netrc".into(),
            optional,
        };
        assert!(matches!(
            CredentialSource::open(&netrc(true)),
            Ok(CredentialSource::Url)
        ));
        let error = CredentialSource::open(&netrc(false)).unwrap_err();
        let misuse = error.usage().unwrap();
        assert!(
            misuse
                .says
                .starts_with("--netrc: cannot read no/such/netrc: "),
            "{misuse}"
        );
        assert_eq!(misuse.hint, "write one, or leave --netrc out");
    }
}
