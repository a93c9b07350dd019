//! `rehop demo`: the built-in chain, played by the lab on loopback.

use std::error::Error;
use std::sync::Arc;

use url::Url;

use super::output::{self, Output};
use super::run::{ChainRun, RunScope};
use super::worker::Worker;
use super::{Streams, session};
use crate::batch::{BatchTeller as _, Leftover};
use crate::cli::plan::{DemoPlan, USER_AGENT};
use crate::exit::{Exit, RunError, Trouble};
use crate::lab::{Options, Server, demo};
use crate::model::{Body, Method, Request};
use crate::net::{NetOptions, Network};

/// Starts the lab, inspects its demo chain, stops the lab.
pub(super) fn demo(plan: &DemoPlan, streams: &mut Streams) -> Result<Exit, RunError> {
    let session = session::open(&plan.chain, &plan.checks)?;
    let body = output::body_sink(plan.report.body_to.as_deref(), 1)?;
    let output = Output::open(&plan.report, streams.out)?;
    let lab = Server::start(Options::default()).map_err(|error| no_lab(&error))?;
    let url = Url::parse(&lab.url(demo::START)).map_err(|error| no_lab(&error))?;
    let mut worker = Worker::new(&Network::new(NetOptions::default()), Arc::default(), body);
    let mut run = ChainRun::begin(&plan.report, RunScope::of(1), output, streams.err)?;
    let inspected = worker.inspect(&session, &first(url), plan.report.secrets, None);
    let _ = run.take(inspected);
    run.end(Leftover::NONE, false)
}

/// The request that the demo begins with.
fn first(url: Url) -> Request {
    let fields = [
        ("user-agent", USER_AGENT),
        ("accept", "*/*"),
        ("content-type", demo::CONTENT_TYPE),
    ];
    Request::new(
        Method::POST,
        url,
        fields.into_iter().collect(),
        Body::from_bytes(demo::BODY),
    )
}

fn no_lab(error: &(dyn Error + 'static)) -> Trouble {
    Trouble::new("demo: cannot listen on loopback", error)
}
