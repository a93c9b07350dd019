//! When a choice of a client applies: conditions on code, method, content and crossing.

use serde::{Deserialize, Serialize};

use crate::model::{Method, Status};

/// One row of a list of rules: it matches where every condition that it states holds; the first that matches decides.
///
/// Codes and methods that no row names are decided by the default of the list (not followed, not rewritten, not dropped).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Condition {
    /// The status is one of these; none named: any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<u16>,
    /// The method is one of these; none named: any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Method>,
    /// The method is none of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Method>,
    /// Whether the request has content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<bool>,
    /// Whether the content is a file that is put at the URL ([`crate::model::Request::uploaded`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uploaded: Option<bool>,
    /// Where the redirect leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crossing: Option<Where>,
    /// The next method, in the list [`super::Policy::method`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Method>,
    /// In the same list: the content fields stay although the method changes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub keeps_content_fields: bool,
}

/// Where a redirect leads, by scheme, host and port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Where {
    /// To the origin that it came from.
    SameOrigin,
    /// To another one.
    CrossOrigin,
}

/// What a rule is held against.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The status of the response.
    pub status: Status,
    /// The method of the request that was answered.
    pub method: &'a Method,
    /// Whether that request had content.
    pub content: bool,
    /// Whether that is a file put at the URL.
    pub uploaded: bool,
    /// Where the redirect leads, where that is known yet.
    pub crossing: Option<Where>,
}

impl Condition {
    /// A rule for these codes, whatever the rest.
    #[must_use]
    pub fn on(codes: &[u16]) -> Self {
        Self {
            codes: codes.to_vec(),
            ..Self::default()
        }
    }

    fn matches(&self, situation: &Circumstances) -> bool {
        (self.codes.is_empty() || self.codes.contains(&situation.status.code()))
            && (self.methods.is_empty() || self.methods.contains(situation.method))
            && !self.except.contains(situation.method)
            && self
                .content
                .is_none_or(|content| content == situation.content)
            && self
                .uploaded
                .is_none_or(|uploaded| uploaded == situation.uploaded)
            && (self.crossing.is_none() || self.crossing == situation.crossing)
    }
}

/// The first rule that matches.
#[must_use]
pub fn first<'r>(rules: &'r [Condition], situation: &Circumstances) -> Option<&'r Condition> {
    rules.iter().find(|rule| rule.matches(situation))
}
