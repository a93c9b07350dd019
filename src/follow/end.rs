//! How a chain ended, and why there.

use url::Url;

use crate::model::{Failure, Method, Phase, Status, enumerated};
use crate::rules::cookie::{CookieRefusal, Withheld};
use crate::rules::location::Unusable;

/// How a chain ended.
#[derive(Debug, Clone)]
pub struct End {
    /// The status of the last response; `None` where none came.
    pub status: Option<Status>,
    /// The last URL requested.
    pub url: Url,
    /// Why it ended there.
    pub reason: EndReason,
}

/// Why a chain ended where it did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndReason {
    /// The last response is an answer for this client.
    Landed,
    /// There was somewhere to go and it was not gone to.
    NotFollowed(NotFollowed),
    /// The same request again.
    Loop(Again),
    /// So many redirects were followed, and no more are.
    TooMany(usize),
    /// A redirect of this status whose Location is missing or of no use.
    BadLocation {
        /// The status.
        status: Status,
        /// What is wrong with it; `None` where only this client cannot read it.
        unusable: Option<Unusable>,
    },
    /// The next request is forbidden, or this client cannot make it.
    Refused(Refusal),
    /// The last hop could not be completed.
    Failed(Failure),
    /// The user interrupted the last hop, or the chain before its next request (`None`).
    Interrupted(Option<Failure>),
}

/// Why a redirect was not followed although it could be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotFollowed {
    /// The user wants none followed.
    ByOption,
    /// This client does not follow this status.
    Status(Status),
    /// This client follows this status, but not in answer to this method.
    Method(Status, Method),
}

/// What is asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Again {
    /// The request of this hop, with the same content, cookies and credentials.
    Request {
        /// Its method.
        method: Method,
        /// Its target URI.
        target: Url,
        /// The hop, counted from 1.
        hop: usize,
        /// The cookies that were set since that hop and are not in the request: the server may wait for one of them.
        lost: Vec<LostCookie>,
    },
    /// A URL that this client does not go to again.
    Url(Url),
}

/// A cookie that was set and did not come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostCookie {
    /// Its name; empty where it has none.
    pub name: String,
    /// The hop whose response set it, counted from 1.
    pub hop: usize,
    /// Why it did not come back.
    pub why: CookieLoss,
}

/// Why a cookie did not come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CookieLoss {
    /// It was not kept.
    Refused(CookieRefusal),
    /// It is kept, and does not go there.
    Withheld(Withheld),
}

/// Why there is no next request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It leads to this scheme, and the user allows these only.
    SchemeNotAllowed {
        /// The scheme of the target.
        scheme: String,
        /// Those allowed.
        allowed: Vec<String>,
    },
    /// It leads to a scheme that is not http or https.
    NotHttp(String),
    /// Its URL has so many bytes, and no more than so many are followed.
    UrlTooLong {
        /// Bytes of the URL.
        length: usize,
        /// The most that are followed.
        most: usize,
    },
    /// This client cannot send the content again.
    Content,
    /// This client takes no user name from a Location.
    Userinfo,
    /// This client does not go on to this scheme.
    ClientScheme(String),
    /// This client cannot go where the Location of this status leads.
    ClientTarget(Status),
    /// The address is one that the user forbids.
    Address(Failure),
}

enumerated! {
    /// The ways in which a chain ends.
    pub enum EndKind {
        /// The last response is an answer for this client.
        Landed = "landed",
        /// There was somewhere to go and it was not gone to.
        NotFollowed = "not_followed",
        /// The same request again, with the same cookies and credentials.
        Loop = "loop",
        /// The limit was reached.
        TooMany = "too_many",
        /// A redirect whose Location is missing or unusable.
        BadLocation = "bad_location",
        /// A scheme, address or rule forbade the next request.
        Refused = "refused",
        /// The last hop could not be completed.
        Failed = "failed",
        /// The user interrupted it.
        Interrupted = "interrupted",
    }
}

impl End {
    /// In which way it ended.
    #[must_use]
    pub fn kind(&self) -> EndKind {
        match &self.reason {
            EndReason::Landed => EndKind::Landed,
            EndReason::NotFollowed(_) => EndKind::NotFollowed,
            EndReason::Loop(_) => EndKind::Loop,
            EndReason::TooMany(_) => EndKind::TooMany,
            EndReason::BadLocation { .. } => EndKind::BadLocation,
            EndReason::Refused(_) => EndKind::Refused,
            EndReason::Failed(_) => EndKind::Failed,
            EndReason::Interrupted(_) => EndKind::Interrupted,
        }
    }

    /// How far the last hop came, where it failed.
    #[must_use]
    pub fn phase(&self) -> Option<Phase> {
        match &self.reason {
            EndReason::Failed(failure) => Some(failure.phase),
            _ => None,
        }
    }
}
