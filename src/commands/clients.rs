//! `rehop clients`.

use std::io::Write;

use crate::cli::plan::{ClientsPlan, ClientsView};
use crate::exit::{Exit, RunError};
use crate::report::clients;

/// Shows one client in full, or the matrix.
pub(super) fn clients(plan: &ClientsPlan, out: &mut dyn Write) -> Result<Exit, RunError> {
    match (&plan.shown, plan.json) {
        (ClientsView::One(profile), false) => clients::tell(out, plan.layout, profile)?,
        (ClientsView::One(profile), true) => {
            clients::document(out, &clients::Selection::all_of(profile))?;
        }
        (ClientsView::Matrix(selection), false) => clients::matrix(out, plan.layout, selection)?,
        (ClientsView::Matrix(selection), true) => clients::document(out, selection)?,
    }
    Ok(Exit::Clean)
}
