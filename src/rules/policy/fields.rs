//! Which fields go along, as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::word_or_struct::word_or;
use crate::model::Method;

/// Which content fields are removed; names in lower case, `*` for every field of the caller's, `content-*` for those that
/// begin so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct ContentFields {
    /// When the method changes.
    pub when_rewritten: Vec<String>,
    /// When content is left behind.
    pub with_content: Vec<String>,
    /// On these codes, whatever becomes of method and content.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub on: BTreeMap<u16, Vec<String>>,
}

/// How far fields with credentials go; a field in no entry goes everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Credential {
    /// The fields, in lower case.
    pub fields: Vec<String>,
    /// How far they go.
    pub kept: Kept,
    /// The URL that the target is compared with.
    pub compared_with: ComparedWith,
    /// Whether a field that is left out of one request is judged again at the next hop; otherwise it is gone for good.
    pub returns: bool,
    /// Codes at which nothing is removed.
    pub except_codes: Vec<u16>,
    /// Whether the target counts as resolved, or as it was written.
    pub target_as: TargetForm,
    /// What is compared beside host, port and scheme.
    pub also_compared: Vec<AlsoCompared>,
}

/// How far a credential goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kept {
    /// Nowhere: every redirect removes it.
    #[default]
    Never,
    /// As far as this scope.
    #[serde(untagged)]
    Within(CredentialScope),
}

word_or!(Kept, CredentialScope, "\"never\" or a scope of host, port and scheme", { "never" => Self::Never }, Self::Within);

/// Where a credential may go; host, port and scheme must all agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CredentialScope {
    /// The hosts that it may go to.
    pub host: HostScope,
    /// The ports that it may go to.
    pub port: PortScope,
    /// The schemes that it may go by.
    pub scheme: SchemeScope,
}

impl CredentialScope {
    /// The same origin ([HTML, "same origin"](https://html.spec.whatwg.org/#same-origin)).
    pub const ORIGIN: Self = Self {
        host: HostScope::Same,
        port: PortScope::Same,
        scheme: SchemeScope::Same,
    };
}

/// Which hosts a credential may go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HostScope {
    /// The same.
    Same,
    /// The same and those below it.
    SameOrSubdomain,
    /// Any.
    Any,
}

/// Which ports a credential may go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PortScope {
    /// The same, defaults counted.
    Same,
    /// The same as it stands in the URL: none is not the scheme's default.
    AsWritten,
    /// Any.
    Any,
}

/// Which schemes a credential may go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SchemeScope {
    /// The same.
    Same,
    /// The same, or from http on port 80 to https on port 443.
    UpgradeOnDefaultPorts,
    /// Any but from https to http.
    NoDowngrade,
    /// Any.
    Any,
}

/// What a target is compared with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComparedWith {
    /// The URL just requested.
    #[default]
    Previous,
    /// The URL of the first request.
    First,
}

/// Which form of a target counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TargetForm {
    /// The resolved one.
    #[default]
    Resolved,
    /// The Location as it was written: one that is not absolute counts as foreign.
    Written,
    /// The Location as it was written, but one that starts with `/` counts as the client's own.
    WrittenOrSlash,
}

/// What is compared beside host, port and scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AlsoCompared {
    /// The port as its digits stand there: `:080` is not `:80`.
    PortAsText,
    /// User name and password.
    Userinfo,
}

/// What becomes of a user name and password in the URL of the first request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UrlCredentials {
    /// They make an Authorization field, which fares as one of the caller's.
    #[default]
    Field,
    /// They live in the URL alone: a relative Location keeps them, an absolute one has its own or none.
    Url,
}

/// How far a Host goes that the caller set by hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HostField {
    /// As long as scheme, host and port stay.
    #[default]
    WithinOrigin,
    /// Everywhere: the next server is asked for the host that the caller named.
    Anywhere,
    /// Until a Location is an absolute URL.
    UntilAbsolute,
    /// Nowhere: the first redirect replaces it.
    Nowhere,
}

/// Which cookies that responses set a client sends back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CookieJar {
    /// None: it has no jar.
    #[default]
    None,
    /// Those that RFC 6265 says, as far as the client's [`CookieRules`](super::CookieRules) go.
    ByHost,
    /// All, to every host.
    AnyHost,
}

/// The Referer of the requests that a client makes by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Referer {
    /// The caller's goes along as it is.
    #[default]
    None,
    /// The URL just requested.
    Previous,
    /// The same, but not from https to http.
    PreviousUnlessDowngrade,
    /// The same, but the caller's stands where there is one.
    PreviousUnlessSet,
    /// The caller's goes along, but never from a secure page to plain http
    /// ([RFC 9110 §10.1.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.1.3)), and not where the Referrer-Policy of
    /// the response forbids it ([Fetch](https://fetch.spec.whatwg.org/#http-redirect-fetch), step 19).
    AsPolicyAllows,
}

/// What a browser writes by itself, for a page at the start of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Browser {
    /// Methods that carry no Origin within one origin.
    pub origin_not_with: Vec<Method>,
    /// What Origin says when the chain leaves an origin.
    pub origin_when_crossing: OriginCrossing,
    /// Whether an Origin once sent goes on with any method.
    pub origin_survives_rewrite: bool,
}

/// What Origin says when the chain leaves an origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OriginCrossing {
    /// The page's origin, whatever the method.
    Always,
    /// What it said before.
    AsItWas,
    /// `null`.
    Null,
}
