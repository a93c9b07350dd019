//! The matrix: code × method × content × crossing. What clients do, what the probe sees and what `explain` compares all
//! stand in its cells.

use serde::{Deserialize, Serialize};

use crate::model::{Method, Status, enumerated};

/// The codes that clients are measured on.
pub const STATUSES: [u16; 9] = [300, 301, 302, 303, 304, 305, 306, 307, 308];

/// The methods that clients are measured with, and whether also with content.
pub const METHODS: [(&str, bool); 8] = [
    ("GET", false),
    ("HEAD", false),
    ("POST", true),
    ("PUT", true),
    ("PATCH", true),
    ("DELETE", true),
    ("OPTIONS", false),
    ("QUERY", true),
];

enumerated! {
    /// Where a redirect leads, seen from where it came.
    #[derive(Hash, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Crossing {
        /// To the same scheme, host and port.
        SameOrigin = "same-origin",
        /// To another port.
        Port = "port",
        /// To another host.
        Host = "host",
        /// To a host below it.
        Subdomain = "subdomain",
        /// To the host above it.
        Parent = "parent",
        /// From http to https, each at its own port.
        Upgrade = "upgrade",
        /// From https to http, each at its own port.
        Downgrade = "downgrade",
    }
}

impl Crossing {
    /// A URL, and one that a redirect of this kind leads to.
    #[must_use]
    pub fn urls(self) -> [&'static str; 2] {
        match self {
            Self::SameOrigin => ["http://example.test/start", "http://example.test/end"],
            Self::Port => ["http://example.test/start", "http://example.test:8080/end"],
            Self::Host => ["http://example.test/start", "http://other.test/end"],
            Self::Subdomain => ["http://example.test/start", "http://sub.example.test/end"],
            Self::Parent => ["http://sub.example.test/start", "http://example.test/end"],
            Self::Upgrade => ["http://example.test/start", "https://example.test/end"],
            Self::Downgrade => ["https://example.test/start", "http://example.test/end"],
        }
    }
}

/// A request, as far as clients differ on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The method.
    pub method: Method,
    /// Whether it has content.
    pub body: bool,
}

impl Asked {
    /// Every request that clients are measured with, each method with content first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        METHODS
            .iter()
            .flat_map(|(name, body)| Self::of(name, *body))
            .collect()
    }

    fn of(name: &str, with_body: bool) -> Vec<Self> {
        let Ok(method) = Method::new(name) else {
            return Vec::new();
        };
        let bodies: &[bool] = if with_body { &[true, false] } else { &[false] };
        let asked = |body: &bool| Self {
            method: method.clone(),
            body: *body,
        };
        bodies.iter().map(asked).collect()
    }

    /// The cell of this request, answered so.
    #[must_use]
    pub fn cell(&self, status: Status, crossing: Crossing) -> Cell {
        Cell {
            status,
            method: self.method.clone(),
            body: self.body,
            crossing,
        }
    }
}

/// One cell: a redirect, and the request that it answers, which carried Authorization and Cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cell {
    /// The status of the response.
    pub status: Status,
    /// The method of the request.
    pub method: Method,
    /// Whether it had content.
    pub body: bool,
    /// Where the redirect leads.
    pub crossing: Crossing,
}
