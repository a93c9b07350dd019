//! What becomes of the content, as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Condition;
use super::word_or_struct::word_or;
use crate::model::Method;

/// What a client does with content at a redirect.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct BodyPolicy {
    /// When content is left behind.
    pub dropped: Dropped,
    /// Which content the next request starts from.
    pub from: StartsFrom,
    /// How often it can be sent again before the client gives up; `None`: any number of times.
    pub resends: Option<usize>,
    /// When a request without content says so.
    pub empty_framing: EmptyFraming,
    /// Methods that get a Content-Type of the client's own although they carry no content.
    pub own_content_type: Vec<Method>,
    /// What becomes of content that cannot be read a second time.
    pub stream: StreamPolicy,
}

/// When content is left behind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Dropped {
    /// When the method is rewritten.
    #[default]
    WhenRewritten,
    /// At no redirect.
    Never,
    /// Where one of these rules matches.
    #[serde(untagged)]
    On(Vec<Condition>),
}

word_or!(
    Dropped,
    Vec<Condition>,
    "\"when-rewritten\", \"never\" or a list of rules",
    { "when-rewritten" => Self::WhenRewritten, "never" => Self::Never },
    Self::On
);

/// Which request a step starts from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StartsFrom {
    /// The one just answered: what was once changed stays changed.
    #[default]
    Current,
    /// The caller's: what was once changed can come back.
    Original,
}

/// When a request without content carries `Content-Length: 0` or an empty chunked body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct EmptyFraming {
    /// Methods of a first request.
    pub first: Methods,
    /// Methods of a later request, where no content was left behind by a rule.
    pub resent: Methods,
    /// Methods of a later request, where one said to leave content behind.
    pub dropped: Methods,
    /// The field that says so.
    pub by: FramedBy,
    /// Whether the framing of an empty first request stays with it, whatever the method.
    pub carried: bool,
}

/// A set of methods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Methods {
    /// Every one.
    All,
    /// These.
    #[serde(untagged)]
    These(Vec<Method>),
}

word_or!(Methods, Vec<Method>, "\"all\" or a list of methods", { "all" => Self::All }, Self::These);

impl Default for Methods {
    fn default() -> Self {
        Self::These(Vec::new())
    }
}

impl Methods {
    /// Whether `method` is one of them.
    #[must_use]
    pub fn contains(&self, method: &Method) -> bool {
        match self {
            Self::All => true,
            Self::These(methods) => methods.contains(method),
        }
    }
}

/// How a message says where its content ends ([RFC 9112 §6](https://www.rfc-editor.org/rfc/rfc9112#section-6)).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FramedBy {
    /// Content-Length.
    #[default]
    ContentLength,
    /// Transfer-Encoding: chunked.
    Chunked,
}

/// What becomes of content that cannot be read a second time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct StreamPolicy {
    /// Where it would have to be sent again.
    pub resent: StreamFate,
    /// Where it is left behind anyway; `None`: nothing stands in the way.
    pub dropped: Option<StreamFate>,
    /// The codes on which `dropped` is otherwise.
    pub dropped_on: BTreeMap<u16, StreamFate>,
    /// How the next request says that it is empty.
    pub empty_by: Option<FramedBy>,
}

/// What a client does where content cannot be sent again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StreamFate {
    /// It fails.
    #[default]
    Error,
    /// It gives the redirect response to its caller.
    Response,
    /// It goes on as if there were no difficulty.
    Followed,
    /// It kept a copy and sends the same again.
    Same,
    /// It sends the next request empty.
    Empty,
    /// It sends the next request empty, and fails then.
    EmptyThenError,
}
