//! `rehop explain`.

use std::io::Write;

use super::{Stop, output};
use crate::cli::Misuse;
use crate::cli::plan::{Detail, ExplainPlan};
use crate::exit::Exit;
use crate::report::explain::{Topic, list};

/// Tells of one code or finding, or lists them.
pub(super) fn explain(plan: &ExplainPlan, out: &mut dyn Write) -> Result<Exit, Stop> {
    let layout = output::layout(plan.style, Detail::Hops);
    match &plan.topic {
        None => list(out, layout)?,
        Some(name) => {
            let topic = Topic::parse(name).map_err(|unknown| Misuse::new(format!("explain: {unknown}"), ""))?;
            topic.tell(out, layout)?;
        }
    }
    Ok(Exit::Clean)
}
