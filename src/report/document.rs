//! The JSON documents: one for each verb that programs read.

use serde::Serialize;

/// A JSON document with a schema under `schema/`. It may grow; no name or value in it changes or goes.
pub trait Document: Serialize {
    /// Its name and version, which stand in its field `schema`.
    const SCHEMA: &'static str;
    /// What its schema is titled.
    const TITLE: &'static str;
}
