//! When two requests are the same.

use crate::model::{Method, Request};
use crate::rules::credential;

/// What makes two requests the same: a server that gets it again has no reason to answer otherwise.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct LoopKey {
    method: Method,
    target: String,
    with_content: bool,
    credentials: Vec<(String, Vec<u8>)>,
}

impl From<&Request> for LoopKey {
    fn from(request: &Request) -> Self {
        let mut target = request.target.clone();
        target.set_fragment(None);
        let fields = request.headers.iter();
        let credentials = fields
            .filter(|field| credential::is_credential(&field.name))
            .map(|field| (field.name.to_ascii_lowercase(), field.value.clone()));
        Self {
            method: request.method.clone(),
            target: target.into(),
            with_content: !request.body.is_none(),
            credentials: credentials.collect(),
        }
    }
}
