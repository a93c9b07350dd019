//! The request that a platform is asked for.

/// A request as a rules engine sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Visit {
    /// The method, case kept.
    pub method: String,
    /// `http` or `https`.
    pub scheme: String,
    /// The host, in lower case, without its port.
    pub host: String,
    /// The path as sent: it begins with `/` and is percent-encoded.
    pub path: String,
    /// The query without its `?`, where there is one.
    pub query: Option<String>,
    /// Further header fields that the engine may look at.
    pub fields: Vec<(String, String)>,
}

impl Visit {
    /// A GET of `path` at `https://host`; what follows the first `?` of `path` is its query.
    #[must_use]
    pub fn get(host: &str, path: &str) -> Self {
        let (path, query) = match path.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (path, None),
        };
        Self {
            method: "GET".to_owned(),
            scheme: "https".to_owned(),
            host: host.to_ascii_lowercase(),
            path: path.to_owned(),
            query,
            fields: Vec::new(),
        }
    }
}
