//! What becomes of a client's credentials, crossing by crossing.

use crate::clients::{Asked, Crossing, Doing, Profile};
use crate::model::Status;
use crate::rules::FieldFate;

/// What becomes of credentials at a crossing.
pub(super) struct CrossingFates {
    pub(super) crossing: Crossing,
    /// Those of Authorization and Cookie; `None` where the client does not follow.
    pub(super) fates: Option<[FieldFate; 2]>,
}

impl CrossingFates {
    /// As seen on a 307, which changes neither method nor body.
    pub(super) fn of(profile: &Profile, ask: &Asked, crossing: Crossing) -> Self {
        let fates = match profile.at(&ask.cell(Status(307), crossing)) {
            Some(Doing::Follows {
                authorization,
                cookie,
                ..
            }) => Some([authorization, cookie]),
            _ => None,
        };
        Self { crossing, fates }
    }
}

/// What becomes of the credential at this index, crossing by crossing.
pub(super) fn how_far(fates: &[CrossingFates], at: usize) -> String {
    let on = |wanted: FieldFate| {
        let is_so = |there: &&CrossingFates| there.fates.is_some_and(|fates| fates[at] == wanted);
        let there = fates.iter().filter(is_so);
        let names: Vec<&str> = there.map(|there| there.crossing.as_str()).collect();
        (!names.is_empty()).then(|| format!("{wanted} on {}", names.join(", ")))
    };
    let wanted = [
        FieldFate::Kept,
        FieldFate::Changed,
        FieldFate::Dropped,
        FieldFate::None,
    ];
    let said: Vec<String> = wanted.into_iter().filter_map(on).collect();
    if said.len() == 1 && said[0].starts_with("none") {
        return "cannot be set".to_owned();
    }
    said.join("; ")
}
