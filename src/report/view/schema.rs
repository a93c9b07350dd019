//! `schema/trace.schema.json` is generated from the types, and holds for every document.

use jsonschema::Validator;
use serde_json::Value;

use super::View;
use crate::report::schema;

/// Panics where `document` is not as the schema says.
pub(in crate::report) fn hold(document: &Value) {
    thread_local!(static VALIDATOR: Validator = schema::validator::<View>());
    VALIDATOR.with(|validator| schema::hold(validator, document));
}

#[test]
fn schema_of_the_trace_is_fresh_and_complete() {
    schema::is_fresh_and_complete::<View>("schema/trace.schema.json");
}
