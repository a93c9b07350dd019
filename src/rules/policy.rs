//! Every choice that a client makes when it follows a redirect, as data.

use crate::model::{Method, Status};

/// How a client follows redirects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// What reports call this client.
    pub name: String,
    /// Which responses it follows when they carry a Location.
    pub follows: Follows,
    /// Where the method turns into GET: code and which methods.
    pub rewrites: Vec<(u16, Rewrite)>,
    /// Whether the method typed by the user stands through every redirect although the content goes (curl's `-X`).
    pub method_sticks: bool,
    /// What becomes of credentials that the caller set.
    pub credentials: Credentials,
    /// Which content fields go when the method changes.
    pub content_fields: ContentFields,
    /// Redirects followed before giving up.
    pub limit: usize,
}

/// Which responses a client follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follows {
    /// 301, 302, 303, 307 and 308 ([Fetch, "redirect status"](https://fetch.spec.whatwg.org/#redirect-status)).
    RedirectStatuses,
    /// Any 3xx with a Location but 304.
    AnyWithLocation,
}

/// Which methods a code turns into GET.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rewrite {
    /// POST and no other.
    Post,
    /// Every method but GET and HEAD.
    AllButRetrieval,
}

/// What becomes of Authorization, Cookie and Proxy-Authorization that the caller set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credentials {
    /// They go at the first change of origin and never come back.
    DroppedAtCrossing,
    /// They go to the first origin only, and are back when the chain returns there (curl).
    FirstOriginOnly,
    /// They go wherever the chain leads (`--location-trusted`).
    Trusted,
}

/// Which content fields a client removes when the method changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentFields {
    /// The four that Fetch names.
    Fetch,
    /// The open list of RFC 9110.
    Rfc9110,
}

impl Policy {
    /// What browsers do: [Fetch, "HTTP-redirect fetch"](https://fetch.spec.whatwg.org/#http-redirect-fetch).
    #[must_use]
    pub fn fetch() -> Self {
        Self {
            name: "fetch".to_owned(),
            follows: Follows::RedirectStatuses,
            rewrites: vec![(301, Rewrite::Post), (302, Rewrite::Post), (303, Rewrite::AllButRetrieval)],
            method_sticks: false,
            credentials: Credentials::DroppedAtCrossing,
            content_fields: ContentFields::Fetch,
            limit: FETCH_LIMIT,
        }
    }

    /// The default reading of [RFC 9110 §15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4): the original request
    /// again, so that POST stays POST on 301 and 302.
    #[must_use]
    pub fn rfc9110() -> Self {
        Self {
            name: "rfc9110".to_owned(),
            rewrites: vec![(303, Rewrite::AllButRetrieval)],
            content_fields: ContentFields::Rfc9110,
            ..Self::fetch()
        }
    }

    /// What `curl -L` does.
    #[must_use]
    pub fn curl() -> Self {
        Self {
            name: "curl".to_owned(),
            follows: Follows::AnyWithLocation,
            credentials: Credentials::FirstOriginOnly,
            limit: CURL_LIMIT,
            ..Self::fetch()
        }
    }

    /// Whether this client goes to the Location of a response with this status.
    #[must_use]
    pub fn follows(&self, status: Status) -> bool {
        match self.follows {
            Follows::RedirectStatuses => is_redirect_status(status),
            Follows::AnyWithLocation => status.is_redirection() && status.code() != 304,
        }
    }

    /// Whether this client turns `method` into GET, and leaves the content behind, on this status.
    #[must_use]
    pub fn rewrites(&self, status: Status, method: &Method) -> bool {
        let applies = |rewrite: Rewrite| match rewrite {
            Rewrite::Post => method.as_str() == "POST",
            Rewrite::AllButRetrieval => !method.is_retrieval(),
        };
        self.rewrites.iter().any(|(code, rewrite)| *code == status.code() && applies(*rewrite))
    }

    /// Lets this code leave the method and the content as they are (`--post301`, `--post302`, `--post303`).
    pub fn keep_method_on(&mut self, code: u16) {
        self.rewrites.retain(|(rewritten, _)| *rewritten != code);
    }
}

/// Whether this is a [redirect status](https://fetch.spec.whatwg.org/#redirect-status): 301, 302, 303, 307 or 308.
#[must_use]
pub fn is_redirect_status(status: Status) -> bool {
    matches!(status.code(), 301 | 302 | 303 | 307 | 308)
}

/// Redirects followed before giving up: [Fetch, "HTTP-redirect fetch"](https://fetch.spec.whatwg.org/#http-redirect-fetch), step 7.
const FETCH_LIMIT: usize = 20;

/// curl's default since 8.3.0: [curl(1), `--max-redirs`](https://curl.se/docs/manpage.html#--max-redirs).
const CURL_LIMIT: usize = 50;
