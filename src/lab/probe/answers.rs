//! Redirects that are themselves at fault: who goes on all the same.

use super::run::Run;
use crate::clients::AnswerFate;

/// The forms of such an answer, as the lab names them under `/probe/answer/`.
pub(super) const FORMS: [&str; 5] = [
    "no-length",
    "bad-chunks",
    "false-gzip",
    "head-17k",
    "head-70k",
];

/// A redirect at fault, and what the client did with it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProbedAnswer {
    /// The form, as the lab names it.
    pub form: &'static str,
    /// What it did, or why that is not known.
    pub fate: Result<AnswerFate, String>,
}

/// The path of the lab that plays `form`.
pub(super) fn path(form: &str) -> String {
    format!("/probe/answer/{form}")
}

/// What a run says of `form`; `None` where the client did not end.
pub(super) fn answered(form: &'static str, run: Result<Option<Run>, String>) -> ProbedAnswer {
    let path = path(form);
    let fate = run.and_then(|run| {
        let Some(run) = run else {
            return Ok(AnswerFate::Waits);
        };
        let is_start = |target: &[u8]| target == path.as_bytes();
        if !run.arrivals.iter().any(|arrival| is_start(&arrival.target)) {
            return Err(format!("sent nothing ({})", run.ended));
        }
        // The start again is a retry, and no way to follow.
        let went_on = run
            .arrivals
            .iter()
            .any(|arrival| !is_start(&arrival.target));
        Ok(match (run.failed, went_on) {
            (true, _) => AnswerFate::Error,
            (false, true) => AnswerFate::Followed,
            (false, false) => AnswerFate::Response,
        })
    });
    ProbedAnswer { form, fate }
}
