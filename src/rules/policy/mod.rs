//! Every choice that a client makes when it follows a redirect, as data.
//!
//! A [`Policy`] is the rule part of a profile. One engine ([`super::step`]) reads it; no line of code names a client.
//!
//! # A whole profile
//!
//! Every field has a default, so that a profile says only what its client does otherwise. This client follows five
//! statuses 20 times, rewrites a POST to GET on 301 and 302 and everything but HEAD on 303, drops content and its fields
//! with the method, keeps credentials within the origin, and reads a Location in a way of its own:
//!
//! ```
//! use rehop::model::{Body, Headers, Method, Request, Status};
//! use rehop::rules::policy::{LocationReading, Policy, ReadAs, SameScheme};
//! use rehop::rules::step::{Action, State};
//! use url::Url;
//!
//! let policy: Policy = serde_json::from_str(r#"{
//!     "limit": 20,
//!     "at_limit": "error",
//!     "follows": [{ "codes": [301, 302, 303, 307, 308] }],
//!     "method": [
//!         { "codes": [301, 302], "methods": ["POST"], "to": "GET" },
//!         { "codes": [303], "except": ["GET", "HEAD"], "to": "GET" }
//!     ],
//!     "content": { "dropped": "when-rewritten" },
//!     "content_fields": { "when_rewritten": ["content-type", "content-encoding"] },
//!     "credentials": [
//!         {
//!             "fields": ["authorization", "cookie"],
//!             "kept": { "host": "same", "port": "same", "scheme": "same" }
//!         }
//!     ],
//!     "cookie_jar": "by-host",
//!     "cookies": { "secure": "loopback", "refuses": ["public-suffix", "prefix"] },
//!     "location": {
//!         "same_scheme_no_slashes": "error",
//!         "backslash": "escaped",
//!         "unreadable": "response"
//!     }
//! }"#)?;
//!
//! // The Location is read by the dialect: `http:x` fails, where most clients read a relative reference.
//! let LocationReading::Dialect(dialect) = &policy.location else { unreachable!() };
//! assert_eq!(dialect.same_scheme_no_slashes, ReadAs::ERROR);
//! assert_ne!(dialect.same_scheme_no_slashes, ReadAs::As(SameScheme::Relative));
//!
//! let form = Request::new(
//!     Method::POST,
//!     Url::parse("http://a.example/")?,
//!     Headers::new(),
//!     Body::from_bytes("a=1"),
//! );
//! let answer: Headers = [("location", r"/b\c")].into_iter().collect();
//! match State::start(&policy, form).on_response(&policy, Status(302), &answer) {
//!     Action::Follow(step) => {
//!         assert_eq!(step.state.method, Method::GET);
//!         assert_eq!(step.state.target.request_target(), b"/b%5Cc");
//!     }
//!     Action::Stop(stopped) => panic!("{:?}", stopped.why),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How a dialect is read
//!
//! [`LocationReading::Whatwg`] is the URL Standard. [`LocationReading::Dialect`] is a table of quirks: each field of
//! [`Dialect`] is one odd form of a Location (`http:x`, `//host`, a space, `%zz`), each value what the client makes of
//! it. [`crate::rules::location::dialect`] takes a Location apart from left to right and asks the field of each form that
//! it meets. Forms that may end a chain are a [`ReadAs`]: a reading of their own, or one of three ends that all share.
//! Which field belongs to which Location is measured: `rehop probe` plays each form and picks the value that explains what
//! the client sent.

mod condition;
mod content;
mod cookies;
mod encoding;
mod fields;
mod quirks;
mod read_as;
mod reading;
mod stops;
mod word_or_struct;

use serde::{Deserialize, Serialize};

pub use condition::{Circumstances, Condition, Where, first};
pub use content::{
    BodyPolicy, Dropped, EmptyFraming, FramedBy, Methods, StartsFrom, StreamFate, StreamPolicy,
};
pub use cookies::{CookieRule, CookieRules, SecureContext};
pub use encoding::{
    Control, HexCase, LonePercent, NonAscii, PercentHex, Plus, Space, Tab, TrailingSpace,
    Undecodable, UnreservedPercent,
};
pub use fields::{
    AlsoCompared, Browser, ComparedWith, ContentFields, CookieJar, Credential, CredentialScope,
    HostField, HostScope, Kept, OriginCrossing, PortScope, Referer, SchemeScope, TargetForm,
    UrlCredentials,
};
pub use quirks::{
    AbsentAuthority, Accepts, Backslash, BareHostPort, DotSegments, DoubleSlash, EmptyHost,
    EncodedDots, Missing, NetworkPath, NumericHost, OpeningBackslash, OtherScheme, PathDots,
    PortTooBig, Relative, SameResource, SameScheme, Several, TrailingDot, Userinfo, Vague,
};
pub use read_as::ReadAs;
pub use reading::{Dialect, Escapes, LocationReading, NumericHosts, TooLong};
pub use stops::{Ending, Errors, Repeats, SchemeChange, Schemes};

use crate::model::{Method, Status};
use crate::rules::credential::CREDENTIALS;

/// How a client follows redirects.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Policy {
    /// What reports call this client.
    #[serde(skip)]
    pub name: String,
    /// Redirects followed before giving up; `None`: no limit is known.
    pub limit: Option<usize>,
    /// What the caller gets at the limit.
    pub at_limit: Ending,
    /// How often one URL may be followed to; `None`: any number of times.
    pub repeats: Option<Repeats>,
    /// Which responses are followed.
    pub follows: Vec<Condition>,
    /// Which responses that are not followed are an error and no answer.
    pub unfollowed_is_error: Vec<Condition>,
    /// Which changes of scheme are followed.
    pub schemes: Schemes,
    /// Whether a caller can tell a failure from an answer.
    pub errors: Errors,
    /// Where the method changes, and to which.
    pub method: Vec<Condition>,
    /// The method that these rules start from.
    pub method_from: StartsFrom,
    /// What becomes of the content.
    pub content: BodyPolicy,
    /// Which content fields go.
    pub content_fields: ContentFields,
    /// How far credentials go.
    pub credentials: Vec<Credential>,
    /// What becomes of a user name in the first URL.
    pub url_credentials: UrlCredentials,
    /// How far a Host goes that the caller set.
    pub host: HostField,
    /// Which cookies that responses set are sent back.
    pub cookie_jar: CookieJar,
    /// Which of them are kept, and where those with Secure go.
    pub cookies: CookieRules,
    /// Fields that a caller cannot set, in lower case.
    pub cannot_set: Vec<String>,
    /// Fields that the client makes of its options where the caller wrote none, in lower case: such a Content-Type goes
    /// with the content, such a Cookie goes to every host.
    #[serde(rename = "makes", skip_serializing_if = "Vec::is_empty")]
    pub generates: Vec<String>,
    /// The Referer that the client writes.
    pub referer: Referer,
    /// The Referer and Origin that a browser writes.
    pub browser: Option<Browser>,
    /// Whether the client sorts the query of the first request.
    pub query_sorted: bool,
    /// How a Location is read.
    pub location: LocationReading,
}

impl Policy {
    /// What browsers do: [Fetch, "HTTP-redirect fetch"](https://fetch.spec.whatwg.org/#http-redirect-fetch).
    ///
    /// Beside Authorization (step 13) Cookie and Proxy-Authorization stay within the origin: in a browser no page can set
    /// them, here a user can.
    #[must_use]
    pub fn fetch() -> Self {
        Self {
            name: "fetch".to_owned(),
            limit: Some(FETCH_LIMIT),
            follows: vec![Condition::on(&REDIRECT_STATUSES)],
            method: vec![
                Condition {
                    methods: vec![Method::POST],
                    to: Some(Method::GET),
                    ..Condition::on(&[301, 302])
                },
                see_other(),
            ],
            content: BodyPolicy {
                empty_framing: framed_when_empty(),
                stream: of_fetch(),
                ..BodyPolicy::default()
            },
            content_fields: ContentFields {
                when_rewritten: names(&FETCH_CONTENT_FIELDS),
                ..ContentFields::default()
            },
            credentials: vec![within_origin()],
            cookie_jar: CookieJar::ByHost,
            cookies: CookieRules::of_browsers(),
            referer: Referer::AsPolicyAllows,
            location: LocationReading::Whatwg,
            ..Self::default()
        }
    }

    /// The default reading of [RFC 9110 §15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4): the original request
    /// again, so that POST stays POST on 301 and 302, and 300 is followed where the server names its favourite (§15.4.1).
    #[must_use]
    pub fn rfc9110() -> Self {
        Self {
            name: "rfc9110".to_owned(),
            follows: vec![Condition::on(&[300]), Condition::on(&REDIRECT_STATUSES)],
            method: vec![see_other()],
            content: BodyPolicy {
                empty_framing: framed_when_empty(),
                ..BodyPolicy::default()
            },
            content_fields: ContentFields {
                when_rewritten: names(&CONTENT_FIELDS),
                ..ContentFields::default()
            },
            ..Self::fetch()
        }
    }

    /// Whether this client goes to the Location of a response with this status, whatever the method.
    #[must_use]
    pub fn follows(&self, status: Status) -> bool {
        self.follows
            .iter()
            .any(|rule| rule.codes.is_empty() || rule.codes.contains(&status.code()))
    }

    /// What this client makes of a user name and password in a Location.
    #[must_use]
    pub fn userinfo(&self) -> Userinfo {
        match &self.location {
            LocationReading::Whatwg => Userinfo::Ignored,
            LocationReading::Dialect(dialect) => dialect.userinfo,
        }
    }

    /// Whether this client goes where a Refresh field leads.
    #[must_use]
    pub fn follows_refresh(&self) -> bool {
        matches!(&self.location, LocationReading::Dialect(dialect) if dialect.follows_refresh)
    }

    /// Lets this code leave requests with these methods and their content as they are (`--post301`, `--post302`,
    /// `--post303`); no method: every one.
    ///
    /// Where content is dropped by rules of its own, as with curl's `-X`, it stays whatever the method is called: to
    /// curl 7.88.1 each request with `-d` is a POST then, and PUT alone (`-T`) is none.
    pub fn keep_method_on(&mut self, code: u16, methods: &[Method]) {
        // Where content is what makes a request change, it is a POST by any name (curl's `--follow -X`).
        let by_content = |rule: &Condition| rule.content == Some(true);
        let kept = match self.method.iter().find(|rule| by_content(rule)) {
            Some(rule) if !methods.is_empty() => Condition {
                content: rule.content,
                uploaded: rule.uploaded,
                ..Condition::on(&[code])
            },
            _ => Condition {
                methods: methods.to_vec(),
                ..Condition::on(&[code])
            },
        };
        if !self.method.contains(&kept) {
            self.method.insert(0, kept);
        }
        if let Dropped::On(rules) = &mut self.content.dropped {
            rules.retain(|rule| {
                rule.codes.is_empty() || rule.codes.iter().any(|of_rule| *of_rule != code)
            });
            for rule in rules {
                rule.codes.retain(|of_rule| *of_rule != code);
            }
        }
    }

    /// Lets credentials go wherever the chain leads (`--location-trusted`).
    pub fn trust_locations(&mut self) {
        self.credentials.clear();
    }
}

/// Whether this is a [redirect status](https://fetch.spec.whatwg.org/#redirect-status): 301, 302, 303, 307 or 308.
#[must_use]
pub fn is_redirect_status(status: Status) -> bool {
    REDIRECT_STATUSES.contains(&status.code())
}

const REDIRECT_STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

/// Redirects followed as a client that knows no limit, and for `--max-redirs -1`: enough for any chain that ends, and an
/// end for one that does not.
pub const UNLIMITED: usize = 1000;

/// Redirects followed before giving up: [Fetch, "HTTP-redirect fetch"](https://fetch.spec.whatwg.org/#http-redirect-fetch), step 7.
const FETCH_LIMIT: usize = 20;

/// Content fields that Fetch removes (step 12): exactly these.
const FETCH_CONTENT_FIELDS: [&str; 4] = [
    "content-encoding",
    "content-language",
    "content-location",
    "content-type",
];

/// Content fields that RFC 9110 names (§15.4, item 5) or that are of their kind; the list there is open.
const CONTENT_FIELDS: [&str; 10] = [
    "content-encoding",
    "content-language",
    "content-location",
    "content-type",
    "content-digest",
    "content-range",
    "digest",
    "repr-digest",
    "last-modified",
    "trailer",
];

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// 303: GET, unless it was HEAD.
fn see_other() -> Condition {
    Condition {
        except: vec![Method::GET, Method::HEAD],
        to: Some(Method::GET),
        ..Condition::on(&[303])
    }
}

fn within_origin() -> Credential {
    Credential {
        fields: names(&CREDENTIALS),
        kept: Kept::Within(CredentialScope::ORIGIN),
        ..Credential::default()
    }
}

/// POST and PUT say that they are empty ([RFC 9110 §8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)).
fn framed_when_empty() -> EmptyFraming {
    let methods = Methods::These(vec![Method::POST, Method::PUT]);
    EmptyFraming {
        first: methods.clone(),
        resent: methods.clone(),
        dropped: methods,
        ..EmptyFraming::default()
    }
}

/// A stream stops every redirect but 303 (step 11).
fn of_fetch() -> StreamPolicy {
    StreamPolicy {
        dropped: Some(StreamFate::Error),
        dropped_on: [(303, StreamFate::Followed)].into(),
        ..StreamPolicy::default()
    }
}
