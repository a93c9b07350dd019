//! The id of a finding, as a user writes it.

use super::nearest::nearest;
use super::parse_error::{ParseError, ParseFault, TextSpan};
use crate::rules::Note;
use crate::rules::findings::{NOTES, note};

/// The finding that this piece of a text names.
pub(super) fn finding_id(id: TextSpan<'_>) -> Result<&'static Note, ParseError> {
    note(id.text).ok_or_else(|| {
        let meant = nearest(id.text, NOTES.iter().map(|note| note.id));
        id.wrong(ParseFault::UnknownFinding(meant))
    })
}
