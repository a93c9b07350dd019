//! The command line as meant: every default chosen, every value parsed, nothing opened.

mod batch;
mod chain;
mod check;
mod client;
mod clients;
mod data;
mod form;
mod inspect;
mod net;
mod number;
mod printout;
mod probe;
mod proxy;
mod report;
mod request;
mod target;
#[cfg(test)]
mod tests;

pub(crate) use chain::{AllowedSchemes, ChainPlan};
pub(crate) use check::CheckPlan;
pub(crate) use client::is_url as is_url_not_clients;
pub(crate) use clients::{ClientsPlan, ClientsView};
pub(crate) use data::url_encoded;
pub(crate) use inspect::{DemoPlan, InspectPlan};
pub(crate) use net::{NetPlan, TlsPlan};
pub(crate) use printout::{ExplainPlan, Printout};
pub(crate) use probe::{ProbePlan, ServePlan};
pub(crate) use report::{ChecksPlan, ReportPlan, layout};
pub(crate) use request::{USER_AGENT, netrc, one_line};

use crate::exit::UsageError;
use crate::intake::shown_without_userinfo as without_userinfo;
