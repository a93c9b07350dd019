//! The two tokens that a redirect turns on: the method and the status code.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A request method: a case-sensitive token ([RFC 9110 §9.1](https://www.rfc-editor.org/rfc/rfc9110#section-9.1)).
///
/// Sent exactly as typed; `post` is another method than `POST`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Method(Cow<'static, str>);

impl Method {
    /// `GET`.
    pub const GET: Self = Self(Cow::Borrowed("GET"));
    /// `HEAD`.
    pub const HEAD: Self = Self(Cow::Borrowed("HEAD"));
    /// `POST`.
    pub const POST: Self = Self(Cow::Borrowed("POST"));
    /// `PUT`.
    pub const PUT: Self = Self(Cow::Borrowed("PUT"));

    /// The method that `text` spells.
    ///
    /// # Errors
    /// [`NotAToken`] when `text` is not a token ([RFC 9110 §5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)).
    pub fn new(text: &str) -> Result<Self, NotAToken> {
        if is_token(text) {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(NotAToken(text.to_owned()))
        }
    }

    /// The method as it is spelt on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the method is known to mean the same sent twice as sent once: PUT, DELETE and the safe ones
    /// ([RFC 9110 §9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2), for QUERY RFC 10008 §5.1).
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        matches!(
            self.as_str(),
            "GET" | "HEAD" | "OPTIONS" | "TRACE" | "QUERY" | "PUT" | "DELETE"
        )
    }

    /// Whether this is GET or HEAD, the two that retrieve and whose content means nothing.
    #[must_use]
    pub fn is_retrieval(&self) -> bool {
        matches!(self.as_str(), "GET" | "HEAD")
    }
}

impl TryFrom<String> for Method {
    type Error = NotAToken;

    fn try_from(text: String) -> Result<Self, NotAToken> {
        if is_token(&text) {
            Ok(Self(Cow::Owned(text)))
        } else {
            Err(NotAToken(text))
        }
    }
}

impl From<Method> for String {
    fn from(method: Method) -> Self {
        method.0.into_owned()
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text was meant as a token and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAToken(pub String);

impl fmt::Display for NotAToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is not a token (letters, digits and !#$%&'*+-.^_`|~)",
            self.0
        )
    }
}

impl std::error::Error for NotAToken {}

/// Whether `text` is a token ([RFC 9110 §5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)).
#[must_use]
pub fn is_token(text: &str) -> bool {
    let tchar = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(tchar)
}

/// A status code as received: three digits, any class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Status(pub u16);

impl Status {
    /// The number.
    #[must_use]
    pub fn code(self) -> u16 {
        self.0
    }

    /// 1xx: the final response is still to come.
    #[must_use]
    pub fn is_informational(self) -> bool {
        self.0 / 100 == 1
    }

    /// 3xx: the class of redirects, though not each member is one.
    #[must_use]
    pub fn is_redirection(self) -> bool {
        self.0 / 100 == 3
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn method_is_a_case_sensitive_token() {
        for good in ["GET", "post", "PROPFIND", "M-SEARCH", "x!#$%&'*+-.^_`|~9"] {
            assert_eq!(
                Method::new(good).map(|m| m.to_string()),
                Ok(good.to_owned())
            );
        }
        for bad in ["", "A B", "GET\r\n", "PÖST", "a/b", "a:b"] {
            assert_eq!(Method::new(bad), Err(NotAToken(bad.to_owned())), "{bad:?}");
        }
        assert_ne!(Method::new("get").ok(), Some(Method::GET));
    }
}
