//! What becomes of a cookie that a response sets, and why one that is kept stays at home.
//!
//! Names and domains are the server's own words: a report masks and escapes them.

/// A cookie that a response set, and what the client made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedCookie {
    /// Its name; empty where it has none.
    pub name: String,
    /// What became of it.
    pub fate: CookieFate,
}

/// What a client makes of a cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CookieFate {
    /// It is kept.
    Kept,
    /// It had expired when it came, and the one of its name that was kept is gone.
    Deleted,
    /// It is not kept.
    Refused(CookieRefusal),
}

/// Why a client does not keep a cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CookieRefusal {
    /// It holds a control character
    /// ([RFC 6265bis §5.6](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6), step 1).
    ControlCharacter,
    /// It has neither a name nor a value.
    Empty,
    /// Name and value have more bytes than are kept.
    TooLong {
        /// Bytes of both.
        length: usize,
        /// The most that are kept.
        most: usize,
    },
    /// The response sets more cookies than this.
    TooMany {
        /// The most of one response.
        most: usize,
    },
    /// Its Domain is not the host, nor one above it.
    ForeignDomain {
        /// The Domain attribute.
        domain: String,
        /// The host that sets it.
        host: String,
    },
    /// Its Domain is one below which anybody can have a host.
    PublicSuffix {
        /// The Domain attribute.
        domain: String,
    },
    /// It is Secure, and came over http.
    SecureOverHttp,
    /// It came over http, and a Secure one of its name is there.
    OverwritesSecure,
    /// It says `SameSite=None` without Secure.
    SameSiteNone,
    /// Its name begins with `__Secure-`, and it is not Secure.
    SecurePrefix,
    /// Its name begins with `__Host-`, and it is not Secure, or has a Domain, or a Path other than `/`.
    HostPrefix,
    /// It has no name, and its value would pass for one with such a prefix.
    HiddenPrefix,
    /// It had expired when it came, and there was none to delete.
    Expired,
    /// The client keeps no cookies.
    NoJar,
    /// The user wants none kept.
    ByOption,
}

impl CookieRefusal {
    /// Whether the server can mend it: neither the client nor the user refuses every cookie, and it was no mere deletion.
    #[must_use]
    pub fn is_fault_of_server(&self) -> bool {
        !matches!(self, Self::Expired | Self::NoJar | Self::ByOption)
    }
}

/// A cookie that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedCookie {
    /// Its name; empty where it has none.
    pub name: String,
    /// Why.
    pub why: CookieRefusal,
}

/// Why a cookie that is kept does not go along with a request
/// ([RFC 6265bis §5.8.3](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.8.3)).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Withheld {
    /// It is for this host, and not for those below it.
    HostOnly(String),
    /// It is for hosts of this domain.
    OtherDomain(String),
    /// It is for paths below this one.
    OtherPath(String),
    /// It is Secure, and the request goes over http.
    Secure,
    /// It has expired since.
    Expired,
    /// The request has as many cookies as it can hold.
    TooMany,
}
