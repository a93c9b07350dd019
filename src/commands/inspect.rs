//! `rehop URL...` and `rehop curl ARGS...`.

use std::num::NonZeroUsize;

use super::network::Workers;
use super::output::{self, Output};
use super::run::{ChainRun, say};
use super::{Streams, session};
use crate::cli::plan::InspectPlan;
use crate::exit::{Exit, RunError, UsageError};
use crate::follow::{FollowOptions, ResultOrder, bulk, most_waiting};
use crate::inspect::Session;
use crate::intake::{self, PreparedRequest};
use crate::model::Request;
use crate::net;
use crate::report::say::wire;

/// Inspects every URL of the plan: one after the other, or several at once.
///
/// All that is read or written is opened before the first request.
pub(super) fn inspect(plan: &InspectPlan, streams: &mut Streams) -> Result<Exit, RunError> {
    let session = session::open(&plan.chain, &plan.checks)?;
    let urls = intake::all_urls(&plan.urls, &plan.inputs, streams.input)?;
    let body = output::body_sink(plan.report.body_to.as_deref(), urls.len())?;
    let prepared = PreparedRequest::open(&plan.request, streams.input)?;
    let session = Session {
        options: FollowOptions {
            heads: heads(plan.workers),
            ..session::options(&plan.chain, prepared.cookies())
        },
        ..session
    };
    let workers = Workers::new(plan, body)?;
    let output = Output::open(&plan.report, streams.out)?;
    sendable(&prepared.request(&urls[0]))?;
    let beyond = session::beyond(&session.policy, prepared.method());
    for note in plan.notes.iter().chain(&beyond) {
        say(streams.err, "note", note);
    }
    let mut run = ChainRun::begin(&plan.report, urls.len(), output, streams.err)?;
    bulk(
        (urls.len(), workers.most(), order(plan)),
        &|| workers.one(),
        // After Ctrl-C no chain is begun; those that are done are reported all the same.
        &|worker, n| {
            let first = (!workers.are_interrupted()).then(|| prepared.request(&urls[n]));
            first.map(|first| worker.inspect(&session, &first, plan.report.secrets))
        },
        &mut |done| run.take(done),
    );
    run.end()
}

/// What each chain may keep of the heads of its answers, so that all that are under way or wait to be told keep no more
/// than this run may.
fn heads(workers: NonZeroUsize) -> usize {
    const RUN: usize = 64 << 20;
    const LEAST: usize = 64 << 10;
    (RUN / most_waiting(workers)).clamp(LEAST, FollowOptions::HEADS)
}

fn sendable(request: &Request) -> Result<(), UsageError> {
    net::check(request).map_err(|fault| UsageError::new(wire::unsendable(&fault), ""))
}

/// The order in which chains are reported.
fn order(plan: &InspectPlan) -> ResultOrder {
    if plan.report.format.streams() {
        ResultOrder::AsDone
    } else {
        ResultOrder::AsGiven
    }
}
