//! Why an expectation found nothing to compare with.

use super::cookie::refusal_at;
use super::voice::Voice;
use crate::check::Absent;
use crate::model::Status;

/// The phrase.
#[must_use]
pub fn absent(voice: Voice, absent: &Absent) -> String {
    match absent {
        Absent::Hop(n) => format!("no hop {n}"),
        Absent::Answer => "none".to_owned(),
        Absent::Codes(codes) => {
            let shown =
                |code: &Option<Status>| code.map_or("none".to_owned(), |code| code.to_string());
            codes.iter().map(shown).collect::<Vec<_>>().join(",")
        }
        Absent::Host => "no host".to_owned(),
        Absent::Redirect => "no redirect".to_owned(),
        Absent::Response => "no response".to_owned(),
        Absent::Field => "no such header".to_owned(),
        Absent::Cookie => "no such cookie".to_owned(),
        Absent::CookieRefused { hop, why } => {
            let hop = format!("hop {hop}");
            format!("set at {hop}, not kept: {}", refusal_at(voice, why, &hop))
        }
        Absent::FieldNotKept => "not kept: the heads of this chain are too large".to_owned(),
    }
}
