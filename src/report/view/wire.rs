//! How single values stand in the JSON document.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::clients::Crossing;
use crate::follow::EndKind;
use crate::model::Phase;
use crate::rules::policy::Ending;
use crate::rules::step::StopReason;
use crate::rules::{BodyFate, FieldFate, Severity, Verdict};

/// A value of a closed list, shown by its name.
pub trait Term: Copy + 'static {
    /// What the list is, for the schema.
    const TITLE: &'static str;
    /// The whole list.
    const ALL: &'static [Self];
    /// The name.
    fn name(self) -> &'static str;
}

/// Writes a [`Term`] by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named<T>(pub T);

impl<T: Term> Named<T> {
    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl<T: Term> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

/// Names the closed lists of the document; each knows its words itself.
macro_rules! terms {
    ($($list:ty, $title:literal;)*) => {$(
        impl Term for $list {
            const TITLE: &'static str = $title;
            const ALL: &'static [Self] = &<$list>::ALL;

            fn name(self) -> &'static str {
                self.as_str()
            }
        }
    )*};
}

terms! {
    Verdict, "Level";
    BodyFate, "Fate";
    FieldFate, "FieldFate";
    Ending, "Ending";
    StopReason, "Why";
    Crossing, "Crossing";
    EndKind, "EndKind";
    Phase, "Phase";
    Severity, "Severity";
}

/// Bytes that are nearly always text: a string where they are UTF-8, else `{"base64": "…"}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Octets(pub Vec<u8>);

impl Serialize for Octets {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if let Ok(text) = str::from_utf8(&self.0) {
            return to.serialize_str(text);
        }
        let mut map = to.serialize_map(Some(1))?;
        map.serialize_entry("base64", &BASE64_STANDARD.encode(&self.0))?;
        map.end()
    }
}

/// A duration in milliseconds, to the microsecond.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
pub struct Millis(pub f64);

impl From<Duration> for Millis {
    fn from(duration: Duration) -> Self {
        Self((duration.as_secs_f64() * 1e6).round() / 1e3)
    }
}

#[cfg(test)]
mod schema {
    //! What the schema says of these values.

    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::{Named, Octets, Term};

    impl<T: Term> JsonSchema for Named<T> {
        fn schema_name() -> Cow<'static, str> {
            T::TITLE.into()
        }

        fn inline_schema() -> bool {
            true
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            let names: Vec<_> = T::ALL.iter().map(|value| value.name()).collect();
            json_schema!({ "type": "string", "enum": names })
        }
    }

    impl JsonSchema for Octets {
        fn schema_name() -> Cow<'static, str> {
            "Octets".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "Bytes: a string where they are UTF-8, else in base64.",
                "anyOf": [
                    { "type": "string" },
                    {
                        "type": "object",
                        "properties": { "base64": { "type": "string", "contentEncoding": "base64" } },
                        "required": ["base64"]
                    }
                ]
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_text_where_they_can_be() {
        for (bytes, json) in [
            (&b"/a"[..], r#""/a""#),
            ("\u{e9}".as_bytes(), "\"\u{e9}\""),
            (b"\xe9", r#"{"base64":"6Q=="}"#),
        ] {
            assert_eq!(
                serde_json::to_string(&Octets(bytes.to_vec())).unwrap(),
                json
            );
        }
    }

    #[test]
    fn milliseconds_go_down_to_the_microsecond() {
        for (nanos, json) in [
            (0, "0.0"),
            (1_499, "0.001"),
            (800_000, "0.8"),
            (1_234_567_891, "1234.568"),
        ] {
            assert_eq!(
                serde_json::to_string(&Millis::from(Duration::from_nanos(nanos))).unwrap(),
                json
            );
        }
    }
}
