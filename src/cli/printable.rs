//! Lines that hold what a user typed, as a terminal may show them.

use crate::report::escape::is_hostile;

/// The line as a terminal may show it: what it would obey or hide, which a pasted command or a list of URLs may hold, is
/// shown as escapes.
#[must_use]
pub(crate) fn printable(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            c if c.is_control() => shown.extend(c.escape_debug()),
            c if is_hostile(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}
