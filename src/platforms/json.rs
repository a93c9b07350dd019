//! JSON with the places of its values.

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::file::FileFault;
use super::rule::Place;
use super::text::{TextPlaces, without_bom};

/// A JSON text, read.
pub(crate) struct JsonText<'t> {
    places: TextPlaces<'t>,
    value: Option<Value<'t>>,
}

impl<'t> JsonText<'t> {
    /// Reads strict JSON, or JSON with comments and trailing commas.
    ///
    /// # Errors
    ///
    /// Where the text is none.
    pub(crate) fn read(text: &'t str, comments: bool) -> Result<Self, Vec<FileFault>> {
        let text = without_bom(text);
        let places = TextPlaces::new(text);
        let options = ParseOptions {
            allow_comments: comments,
            allow_trailing_commas: comments,
            allow_loose_object_property_names: false,
            allow_missing_commas: false,
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
            allow_bare_decimal_point_numbers: false,
            allow_non_finite_numbers: false,
            allow_extended_string_escapes: false,
        };
        match parse_to_ast(text, &CollectOptions::default(), &options) {
            Ok(parsed) => Ok(Self {
                places,
                value: parsed.value,
            }),
            Err(error) => Err(vec![FileFault {
                place: Some(places.at(error.range().start)),
                says: format!("it is no JSON: {}", error.kind()),
            }]),
        }
    }

    /// The object that the text is.
    ///
    /// # Errors
    ///
    /// Where it is something else.
    pub(crate) fn object(&self) -> Result<&Object<'t>, Vec<FileFault>> {
        let object = self.value.as_ref().and_then(Value::as_object);
        object.ok_or_else(|| {
            vec![FileFault {
                place: None,
                says: "it is no JSON object".to_owned(),
            }]
        })
    }

    /// Where a value begins.
    pub(crate) fn place(&self, value: &impl Ranged) -> Place {
        self.places.at(value.range().start)
    }
}

/// The text under this key.
pub(crate) fn text<'v>(object: &'v Object<'_>, key: &str) -> Option<&'v str> {
    object.get_string(key).map(|text| text.value.as_ref())
}

/// The switch under this key.
pub(crate) fn switch(object: &Object<'_>, key: &str) -> Option<bool> {
    object.get_boolean(key).map(|switch| switch.value)
}

/// The status under this key.
pub(crate) fn status(object: &Object<'_>, key: &str) -> Option<u16> {
    object.get_number(key)?.value.parse().ok()
}

/// The objects of the list under this key; none where there is no list.
pub(crate) fn objects<'v, 't>(object: &'v Object<'t>, key: &str) -> Vec<&'v Object<'t>> {
    let list = object.get_array(key).map(|list| list.elements.as_slice());
    list.unwrap_or_default()
        .iter()
        .filter_map(Value::as_object)
        .collect()
}
