//! `rehop explain`.

use std::io::Write;

use crate::cli::plan::ExplainPlan;
use crate::exit::{Exit, RunError, UsageError};
use crate::report::explain::{Topic, list};

/// Tells of one code or finding, or lists them.
pub(super) fn explain(plan: &ExplainPlan, out: &mut dyn Write) -> Result<Exit, RunError> {
    match &plan.topic {
        None => list(out, plan.layout)?,
        Some(name) => {
            let topic = Topic::parse(name)
                .map_err(|unknown| UsageError::new(format!("explain: {unknown}"), ""))?;
            topic.tell(out, plan.layout)?;
        }
    }
    Ok(Exit::Clean)
}
