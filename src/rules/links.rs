//! The places that rules cite.

/// RFC 9110, the 3xx class as a whole.
pub const REDIRECTION_3XX: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-15.4";
/// Fetch, the algorithm that browsers follow.
pub const FETCH_REDIRECT: &str = "https://fetch.spec.whatwg.org/#http-redirect-fetch";
