//! `rehop clients`.

use std::io::Write;

use crate::cli::plan::{ClientsPlan, ClientsView};
use crate::exit::{Exit, RunError};
use crate::report::clients;

/// Shows one client in full, or the matrix.
pub(super) fn clients(plan: &ClientsPlan, out: &mut dyn Write) -> Result<Exit, RunError> {
    match (&plan.shown, plan.json) {
        (ClientsView::One(client), false) => {
            clients::tell(out, plan.layout, &client.open("clients")?.profile)?;
        }
        (ClientsView::One(client), true) => {
            let profile = client.open("clients")?.profile;
            clients::document(out, &clients::Selection::all_of(profile))?;
        }
        (ClientsView::Matrix(selection), false) => clients::matrix(out, plan.layout, selection)?,
        (ClientsView::Matrix(selection), true) => clients::document(out, selection)?,
    }
    Ok(Exit::Clean)
}
