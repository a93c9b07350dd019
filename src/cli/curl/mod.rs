//! `rehop curl …`.
use super::{Env, Misuse, args, plan::Plan};
use std::ffi::OsString;
/// x
#[derive(Debug, Clone)]
pub struct Pasted;
pub(super) fn plan(_words: &[OsString], _typed: args::Inspect, _env: &Env) -> Result<Plan, Misuse> {
    Ok(Plan::Pasted(Box::new(Pasted)))
}
pub(super) fn knows(_flag: &str) -> bool {
    false
}
