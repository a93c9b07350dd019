//! `rehop demo`: the built-in chain, played by the lab on loopback.

use std::sync::Arc;

use url::Url;

use super::chains::{Chain, Chains, Checks, Road};
use super::inspect::terms;
use super::output::{Keep, Output};
use super::{Stop, Streams, profile};
use crate::cli::UsageError;
use crate::cli::plan::{DemoPlan, USER_AGENT};
use crate::exit::Exit;
use crate::lab::{Options, Server, demo};
use crate::model::{Body, Method, Request};
use crate::net::{self, Wire};

/// Starts the lab, inspects its demo chain, stops the lab.
pub(super) fn demo(plan: &DemoPlan, streams: &mut Streams) -> Result<Exit, Stop> {
    let checks = Checks::new(&plan.checks)?;
    let body = plan.report.body_to.as_deref().map(Keep::open).transpose()?;
    let no_lab =
        |why: String| UsageError::new(format!("demo: cannot listen on loopback: {why}"), "");
    let lab = Server::start(Options::default()).map_err(|error| no_lab(error.to_string()))?;
    let url = Url::parse(&lab.url(demo::START)).map_err(|error| no_lab(error.to_string()))?;
    let fields = [
        ("user-agent", USER_AGENT),
        ("accept", "*/*"),
        ("content-type", demo::CONTENT_TYPE),
    ];
    let first = Request::new(
        Method::POST,
        url,
        fields.into_iter().collect(),
        Body::from_bytes(demo::BODY),
    );
    let mut output = Output::open(&plan.report, streams.out)?;
    let chains = Chains {
        policy: profile::policy(&plan.chain)?,
        others: profile::compared(&plan.chain.others)?,
        terms: terms(&plan.chain, &[]),
        checks,
        secrets: plan.report.secrets,
    };
    let wire = Wire::new(net::NetOptions::default());
    let wire = match &body {
        Some(file) => wire.with_sink(Box::new(file.clone())),
        None => wire,
    };
    let mut road = Road {
        wire,
        interrupt: Arc::default(),
        body,
    };
    output.begin(1)?;
    let Chain { view, exit, .. } = chains.follow(&mut road, &first)?;
    output
        .trace(&view)
        .and(output.end())
        .map_err(|error| Stop::Output(error, exit))?;
    Ok(exit)
}
