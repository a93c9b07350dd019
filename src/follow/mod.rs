//! The chain: a state machine without I/O, and the short loop that joins it to a [`Transport`].

mod bulk;
mod follower;
mod jar;
pub mod predict;
#[cfg(test)]
mod tests;
mod trace;
mod transport;

pub use bulk::{ResultOrder, bulk};
pub use follower::{FollowOptions, Follower};
pub use jar::Jar;
pub use predict::{Prediction, Replay};
pub use trace::{End, EndKind, Hop, Trace};
pub use transport::Transport;

/// Follows a chain to its end; `told` gets each hop as soon as it is judged.
pub fn follow(
    transport: &mut dyn Transport,
    mut follower: Follower,
    told: &mut dyn FnMut(&Hop),
) -> Trace {
    while let Some(request) = follower.request() {
        let exchange = transport.exchange(request);
        told(follower.heard(exchange));
    }
    follower.finish()
}
