//! Every choice that a client makes when it follows a redirect, as data.
//!
//! A [`Policy`] is the rule part of a profile. One engine ([`super::step`]) reads it; no line of code names a client.

mod condition;
mod content;
mod encoding;
mod fields;
mod quirks;
mod reading;
mod word_or_struct;

use serde::{Deserialize, Serialize};

pub use condition::{Circumstances, Condition, Where, first};
pub use content::{
    BodyPolicy, Dropped, EmptyFraming, FramedBy, Methods, StartsFrom, StreamFate, StreamPolicy,
};
pub use encoding::{
    Control, HexCase, LonePercent, NonAscii, PercentHex, Plus, Space, Tab, TrailingSpace,
    Undecodable, UnreservedPercent,
};
pub use fields::{
    AlsoCompared, Browser, ComparedWith, ContentFields, CookieJar, Credential, CredentialScope,
    HostScope, Kept, OriginCrossing, PortScope, Referer, SchemeScope, TargetForm,
};
pub use quirks::{
    AbsentAuthority, Accepts, Backslash, BareHostPort, DotSegments, DoubleSlash, EmptyHost,
    EncodedDots, Missing, NetworkPath, NumericHost, OpeningBackslash, OtherScheme, PathDots,
    PortTooBig, Relative, SameResource, SameScheme, Several, TrailingDot, Userinfo, Vague,
};
pub use reading::{Dialect, Escapes, LocationReading, NumericHosts, TooLong};

use crate::model::{Method, Status, enumerated};

/// How a client follows redirects.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
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
    /// Which cookies that responses set are sent back.
    pub cookie_jar: CookieJar,
    /// Fields that a caller cannot set, in lower case.
    pub cannot_set: Vec<String>,
    /// Fields that the client makes of its options where the caller wrote none, in lower case: such a Content-Type goes
    /// with the content, such a Cookie goes to every host.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub makes: Vec<String>,
    /// The Referer that the client writes.
    pub referer: Referer,
    /// The Referer and Origin that a browser writes.
    pub browser: Option<Browser>,
    /// Whether the client sorts the query of the first request.
    pub query_sorted: bool,
    /// How a Location is read.
    pub location: LocationReading,
}

enumerated! {
    /// What a caller gets where a chain stops.
    #[derive(Default, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Ending {
        /// A failure.
        #[default]
        Error = "error",
        /// The redirect response, as if it were the answer.
        Response = "response",
    }
}

/// How often one URL may be followed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeats {
    /// So often.
    pub times: usize,
    /// Whether the first request counts as one.
    pub start_counts: bool,
    /// What the caller gets then.
    pub otherwise: Ending,
    /// Whether only an absolute Location is looked at.
    #[serde(default)]
    pub target_as: TargetForm,
}

/// Which changes of scheme a client follows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Schemes {
    /// These.
    pub followed: SchemeChange,
    /// What the caller gets at any other.
    pub otherwise: Ending,
}

/// A change of scheme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SchemeChange {
    /// Any.
    #[default]
    Any,
    /// Any but from https to http.
    NoDowngrade,
    /// None.
    Same,
}

/// Whether a caller can tell a failure from an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Errors {
    /// It can.
    #[default]
    Reported,
    /// A failure looks as if the redirect response were the answer.
    Silent,
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

    /// Lets this code leave POST and its content as they are (`--post301`, `--post302`, `--post303`).
    ///
    /// Where content is dropped by rules of its own, as with curl's `-X`, it stays whatever the method is called: to
    /// curl 7.88.1 each request with `-d` is a POST then, and PUT alone (`-T`) is none.
    pub fn keep_method_on(&mut self, code: u16) {
        let kept = Condition {
            methods: vec![Method::POST],
            ..Condition::on(&[code])
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
        fields: names(&super::carry::CREDENTIALS),
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
