//! Facts put into words: the only room that words a reason, and the only one that names a flag of the command line.
//!
//! Every value that a server or a user wrote goes through a [`Voice`], which masks it as what it is (a URL, a field, a
//! Location) before it stands in a sentence. No mask ever has to read our own sentences.

mod absent;
mod certificate;
pub mod cookie;
mod end;
mod finding;
mod parse_error;
mod voice;
pub mod wire;

pub use absent::absent;
pub use end::end;
pub use finding::finding;
pub use parse_error::parse_error;
pub use voice::{Voice, short};
