//! `rehop clients`.

use std::io::Write;

use super::Stop;
use crate::cli::plan::{ClientsPlan, Shown};
use crate::exit::Exit;
use crate::report::clients;

/// Shows one client in full, or the matrix.
pub(super) fn clients(plan: &ClientsPlan, out: &mut dyn Write) -> Result<Exit, Stop> {
    match (&plan.shown, plan.json) {
        (Shown::One(profile), false) => clients::tell(out, plan.layout, profile)?,
        (Shown::One(profile), true) => {
            clients::document(out, &clients::Selection::all_of(profile))?;
        }
        (Shown::Matrix(selection), false) => clients::matrix(out, plan.layout, selection)?,
        (Shown::Matrix(selection), true) => clients::document(out, selection)?,
    }
    Ok(Exit::Clean)
}
