//! The chain: a state machine without I/O, and the short loop that joins it to a [`Transport`].

mod decide;
mod end;
mod follower;
mod head_budget;
mod jar;
mod loop_key;
mod options;
pub mod predict;
#[cfg(test)]
mod tests;
mod trace;
mod transport;

pub use end::{Again, CookieLoss, End, EndKind, EndReason, LostCookie, NotFollowed, Refusal};
pub use follower::Follower;
pub use jar::Jar;
pub(crate) use jar::date;
pub use options::FollowOptions;
pub use predict::{Prediction, Replay};
pub use trace::{Hop, HopCookies, Trace};
pub use transport::{LeadsOn, Transport};

/// Follows a chain to its end.
pub fn follow(transport: &mut dyn Transport, mut follower: Follower) -> Trace {
    while let Some(request) = follower.request() {
        let leads_on = |status, headers: &_| follower.leads_on(status, headers);
        let exchange = transport.exchange(request, &leads_on);
        follower.heard(exchange);
    }
    follower.finish()
}
