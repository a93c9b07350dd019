//! `schema/trace.schema.json` is generated from the types, and holds for every document.

use jsonschema::Validator;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::View;
use crate::report::goldens::golden;

fn schema() -> Value {
    of::<View>("urn:rehop:trace:1", "The trace of rehop (rehop.trace/1)")
}

/// The schema of a document of this type.
pub(in crate::report) fn of<T: JsonSchema>(id: &str, title: &str) -> Value {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let mut generated = generator.into_root_schema_for::<T>().to_value();
    remove_rust_formats(&mut generated);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": id,
        "title": title,
    });
    for (key, value) in generated.as_object_mut().unwrap() {
        if key != "title" {
            schema[key] = value.take();
        }
    }
    schema
}

/// `uint16` and the like are formats of Rust, not of JSON Schema.
fn remove_rust_formats(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("format").is_some_and(|format| format != "uri") {
                object.remove("format");
            }
            object.values_mut().for_each(remove_rust_formats);
        }
        Value::Array(list) => list.iter_mut().for_each(remove_rust_formats),
        _ => {}
    }
}

/// Panics where `document` is not as the schema says.
pub(in crate::report) fn hold(document: &Value) {
    thread_local!(static VALIDATOR: Validator = jsonschema::validator_for(&schema()).unwrap());
    let faults: Vec<String> = VALIDATOR.with(|validator| {
        validator
            .iter_errors(document)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect()
    });
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_committed_schema_is_fresh() {
    golden(
        "schema/trace.schema.json",
        &(serde_json::to_string_pretty(&schema()).unwrap() + "\n"),
    );
}

#[test]
fn every_field_is_described_and_required() {
    let schema = schema();
    let objects = schema["$defs"]
        .as_object()
        .unwrap()
        .values()
        .chain([&schema]);
    for object in objects.filter(|object| object["properties"].is_object()) {
        for (name, field) in object["properties"].as_object().unwrap() {
            assert!(
                field["description"].is_string(),
                "{name} has no description"
            );
            assert!(
                object["required"]
                    .as_array()
                    .unwrap()
                    .contains(&json!(name)),
                "{name} may be missing"
            );
        }
    }
}
