//! The chain: a state machine without I/O, and the short loop that joins it to a [`Transport`].

mod trace;
mod transport;

pub use trace::{End, EndKind, Hop, Trace};
pub use transport::Transport;
