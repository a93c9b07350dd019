//! Schemas, generated from the types of the documents and held against what is written.

use jsonschema::Validator;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::document::Document;
use super::goldens::golden;

/// The schema of a document, generated from its type.
pub(in crate::report) fn of<D: Document + JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut generated = settings
        .into_generator()
        .into_root_schema_for::<D>()
        .to_value();
    remove_rust_formats(&mut generated);
    let id = D::SCHEMA.replace(['.', '/'], ":");
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:{id}"),
        "title": D::TITLE,
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

/// What checks documents of this type.
pub(in crate::report) fn validator<D: Document + JsonSchema>() -> Validator {
    jsonschema::validator_for(&of::<D>()).unwrap()
}

/// Panics where `document` is not as its schema says.
pub(in crate::report) fn hold(validator: &Validator, document: &Value) {
    let faults = validator.iter_errors(document);
    let faults: Vec<String> = faults
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Panics where the committed schema is not that of the type, or a field is not described or may be missing.
pub(in crate::report) fn is_fresh_and_complete<D: Document + JsonSchema>(file: &str) {
    let schema = of::<D>();
    golden(
        file,
        &(serde_json::to_string_pretty(&schema).unwrap() + "\n"),
    );
    let objects = schema["$defs"].as_object().unwrap().values();
    let objects = objects.chain([&schema]);
    for object in objects.filter(|object| object["properties"].is_object()) {
        for (name, field) in object["properties"].as_object().unwrap() {
            let required = object["required"].as_array().unwrap();
            assert!(
                field["description"].is_string(),
                "{name} has no description"
            );
            assert!(required.contains(&json!(name)), "{name} may be missing");
        }
    }
}
