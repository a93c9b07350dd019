//! Which cells of the matrix are shown.

use crate::clients::{self, Asked, Crossing, Profile, STATUSES};
use crate::model::Status;

/// Cells of the matrix.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Rows: what was asked.
    pub asks: Vec<Asked>,
    /// Columns: what was answered.
    pub statuses: Vec<Status>,
    /// Where it led.
    pub crossings: Vec<Crossing>,
    /// Whether what becomes of credentials is shown.
    pub credentials: bool,
    /// Only clients of this kind.
    pub group: Option<String>,
    /// Only this client.
    pub only: Option<Box<Profile>>,
}

impl Selection {
    /// Every cell of this client.
    #[must_use]
    pub fn all_of(profile: Profile) -> Self {
        Self {
            asks: Asked::all(),
            statuses: STATUSES.map(Status).to_vec(),
            crossings: Crossing::ALL.to_vec(),
            credentials: true,
            group: None,
            only: Some(Box::new(profile)),
        }
    }

    /// The clients that are asked for, the most used first.
    pub(super) fn clients(&self) -> impl Iterator<Item = &Profile> {
        let fits = |profile: &&Profile| {
            self.only.is_none()
                && self
                    .group
                    .as_ref()
                    .is_none_or(|group| *group == profile.group)
        };
        let measured: Vec<&Profile> = clients::measured().filter(fits).collect();
        self.only.as_deref().into_iter().chain(measured)
    }
}
