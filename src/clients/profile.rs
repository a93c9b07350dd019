//! What one client was measured to do, as it stands in its file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answer_fate::AnswerFate;
use super::matrix::{Crossing, METHODS};
use crate::model::Method;
use crate::rules::Policy;

/// One client in one way to drive it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Profile {
    /// What `--as` and the JSON document call it.
    pub id: String,
    /// Its other names.
    #[serde(skip)]
    pub aliases: Vec<&'static str>,
    /// The version measured.
    pub version: String,
    /// Its kind: `browser`, `cli`, `python` … or `standard`.
    pub group: String,
    /// How it was driven.
    pub how: String,
    /// The day it was measured; `None` for a standard.
    pub measured: Option<String>,
    /// Where redirects lead that it was not measured on: its policy says something there, and nobody saw it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_measured: Vec<Crossing>,
    /// What it cannot send.
    #[serde(default)]
    pub cannot_send: CannotSend,
    /// Chains of several redirects that were played to it and came out as its policy says.
    #[serde(default)]
    pub chains_measured: usize,
    /// Settings that no measurement shows, and where each is from.
    #[serde(default)]
    pub beyond_the_cells: BTreeMap<String, String>,
    /// What it does with redirects that are themselves at fault, by the forms of `/probe/answer/` in the lab; those that it
    /// was not measured on are absent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, AnswerFate>,
    /// How it follows redirects.
    pub policy: Policy,
}

/// Methods that a client cannot send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct CannotSend {
    /// Those that it refuses.
    pub refuses: Vec<Method>,
    /// Those that this way to drive it has no place for.
    pub no_way_to_ask: Vec<Method>,
}

impl Profile {
    /// The profile that `text` spells in JSON.
    ///
    /// # Errors
    /// What is wrong with it, by line and column.
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        let mut profile: Self = serde_json::from_str(text)?;
        profile.policy.name.clone_from(&profile.id);
        Ok(profile)
    }

    /// Whether it was measured; standards are not.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        self.measured.is_some()
    }

    /// Whether it was seen on redirects that lead there; a standard says what happens everywhere.
    #[must_use]
    pub fn was_seen_on(&self, crossing: Crossing) -> bool {
        !self.not_measured.contains(&crossing)
    }

    /// Whether it can send requests with this method. QUERY, which no client knew when it was measured, speaks for every
    /// method that was not tried.
    #[must_use]
    pub fn sends(&self, method: &Method) -> bool {
        let tried = METHODS.iter().any(|(tried, _)| *tried == method.as_str());
        let unknown = Method::new("QUERY").ok().filter(|_| !tried);
        let method = unknown.as_ref().unwrap_or(method);
        !self.cannot_send.refuses.contains(method)
            && !self.cannot_send.no_way_to_ask.contains(method)
    }

    /// What people call it: its id where that is a plain word, else its first alias.
    #[must_use]
    pub fn called(&self) -> &str {
        let plain = self.id.bytes().all(|byte| byte.is_ascii_lowercase());
        self.aliases
            .first()
            .copied()
            .filter(|_| !plain)
            .unwrap_or(&self.id)
    }

    pub(super) fn standard(policy: Policy, alias: &'static str, version: &str, how: &str) -> Self {
        Self {
            id: policy.name.clone(),
            aliases: vec![alias],
            version: version.to_owned(),
            group: "standard".to_owned(),
            how: how.to_owned(),
            measured: None,
            not_measured: Vec::new(),
            cannot_send: CannotSend::default(),
            chains_measured: 0,
            beyond_the_cells: BTreeMap::new(),
            answers: BTreeMap::new(),
            policy,
        }
    }
}
