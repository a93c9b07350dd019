//! What known clients do: the matrix, one client in full, and both as JSON.

mod departures;
mod document;
mod fates;
mod lines;
mod matrix;
mod one;
mod selection;

pub use document::{ClientsDocument, document};
pub use matrix::matrix;
pub use one::tell;
pub use selection::Selection;

use crate::clients::{Asked, METHODS};
use crate::model::Method;

/// These requests by their methods: `PUT, and POST, DELETE without body`.
fn labels(asks: &[Asked]) -> String {
    let with_body = |ask: &Asked| {
        asks.contains(&Asked {
            body: true,
            ..ask.clone()
        })
    };
    let (full, rest): (Vec<&Asked>, Vec<&Asked>) = asks
        .iter()
        .partition(|ask| ask.body || never_has_body(&ask.method));
    let empty: Vec<&Asked> = rest.into_iter().filter(|ask| !with_body(ask)).collect();
    match (full.is_empty(), empty.is_empty()) {
        (_, true) => names(full),
        (true, false) => format!("{} without body", names(empty)),
        (false, false) => format!("{}, and {} without body", names(full), names(empty)),
    }
}

/// Whether clients are measured with this method only without a body.
fn never_has_body(method: &Method) -> bool {
    METHODS
        .iter()
        .any(|(name, body)| *name == method.as_str() && !body)
}

fn names(asks: Vec<&Asked>) -> String {
    let names: Vec<&str> = asks.into_iter().map(|ask| ask.method.as_str()).collect();
    names.join(", ")
}
