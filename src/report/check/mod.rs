//! What a check of rules files found: for people and for programs.

mod document;
mod table;
mod view;

pub use document::{CheckDocument, document};
pub use table::table;
pub use view::{CaseView, CheckedFile};
