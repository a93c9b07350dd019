//! What a probe found: for people ([`table`]) and for programs ([`json`]).

mod beside;
mod blame;
mod drift;
mod json;
mod location_row;
mod matrix;
mod odd;
mod rest;
mod table;
mod tally;
mod view;

pub use json::{document, json};
pub use table::{sentence, table};
pub use tally::{Tally, findings};
pub use view::{Against, ProbeView};
