//! An answer that may lead on, and what may stand in the way.

use super::super::location::refresh_url;
use super::super::policy::{Ending, Errors, Policy};
use super::StopReason;
use crate::model::{Headers, Status};

/// An answer that may lead on.
pub(super) struct RedirectAnswer<'a> {
    /// The status: that of the response, or 302 for a Refresh.
    pub(super) status: Status,
    pub(super) headers: &'a Headers,
    /// The values of Location, or the URL of the Refresh.
    pub(super) locations: Vec<&'a [u8]>,
    pub(super) is_refresh: bool,
}

impl<'a> RedirectAnswer<'a> {
    /// The answer, if it is one that a client with this policy looks at.
    pub(super) fn new(policy: &Policy, status: Status, headers: &'a Headers) -> Option<Self> {
        if status.is_redirection() {
            return Some(Self {
                status,
                headers,
                locations: headers.all("location").collect(),
                is_refresh: false,
            });
        }
        let refresh = headers.get("refresh");
        let url = refresh_url(refresh.filter(|_| policy.follows_refresh())?)?;
        Some(Self {
            status: Status(302),
            headers,
            locations: vec![url],
            is_refresh: true,
        })
    }
}

/// What keeps a client from making the next request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Obstacle {
    pub(super) why: StopReason,
    /// What the caller gets.
    pub(super) ending: Ending,
}

impl Obstacle {
    /// A failure, as far as a caller of this client can see one.
    pub(super) fn failure(policy: &Policy, why: StopReason) -> Self {
        Self {
            why,
            ending: policy.reported(Ending::Error),
        }
    }
}

impl Policy {
    /// What a caller sees of `ending`.
    pub(super) fn reported(&self, ending: Ending) -> Ending {
        match self.errors {
            Errors::Reported => ending,
            Errors::Silent => Ending::Response,
        }
    }
}
