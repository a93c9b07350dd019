//! The table of scenarios, group by group.

mod broken;
mod cookies;
pub mod demo;
mod echo;
mod index;
pub(super) mod locations;
mod overlong;
pub(super) mod probe;
mod redirects;
mod uploads;

use super::scenario::{Group, Scenario};

/// Every group, in the order of the index page.
pub(super) static GROUPS: [&Group; 10] = [
    &index::GROUP,
    &demo::GROUP,
    &redirects::GROUP,
    &echo::GROUP,
    &cookies::GROUP,
    &locations::GROUP,
    &uploads::GROUP,
    &broken::GROUP,
    &overlong::GROUP,
    &probe::GROUP,
];

/// Every scenario. The first that fits a path plays.
pub(super) fn all() -> impl Iterator<Item = &'static Scenario> {
    GROUPS.iter().flat_map(|group| group.scenarios)
}
