//! `rehop URL...` and `rehop curl ARGS...`.

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::sync::Arc;

use super::listing::{DoneBefore, Listing};
use super::network::Workers;
use super::output::{self, Output};
use super::resume::{DoneUrls, ResumedReport};
use super::run::{ChainRun, RunScope, say};
use super::{Streams, session};
use crate::batch::{BatchOptions, Crew, Leftover, ResultOrder, UrlFeed, bulk, most_waiting};
use crate::cli::plan::InspectPlan;
use crate::exit::{Exit, RunError, UsageError};
use crate::follow::FollowOptions;
use crate::inspect::Session;
use crate::intake::{InputPlace, PreparedRequest, UrlList};
use crate::net;
use crate::report::say::wire;

/// Inspects every URL of the plan: one after the other, or several at once.
///
/// All that is read or written is opened before the first request.
pub(super) fn inspect(plan: &InspectPlan, streams: &mut Streams) -> Result<Exit, RunError> {
    let session = session::open(&plan.chain, &plan.checks)?;
    let list = UrlList::open(
        plan.urls.clone(),
        &plan.inputs,
        list_on_stdin(plan, streams),
    )?;
    let is_coming = list.is_coming();
    let prepared = Arc::new(PreparedRequest::open(&plan.request, &mut streams.input)?);
    let (mut listing, mut scope) = listing(plan, list, &prepared)?;
    look_ahead(plan, &mut listing, is_coming);
    if listing.at_least() == 0 {
        scope.tell_faults(streams.err);
        return Err(UrlList::no_url().into());
    }
    scope.chains = listing.at_least();
    let body = output::body_sink(plan.report.body_to.as_deref(), scope.chains)?;
    let inspector = Inspector::new(plan, session, prepared, Workers::new(plan, body)?);
    let output = Output::open(&plan.report, streams.out)?;
    let beyond = inspector.check(listing.first())?;
    for note in plan.notes.iter().chain(&beyond) {
        say(streams.err, "note", note);
    }
    let mut run = ChainRun::begin(&plan.report, scope, output, streams.err)?;
    let feed = if is_coming {
        UrlFeed::coming(listing)
    } else {
        UrlFeed::at_hand(listing)
    };
    let left = inspector.all(feed, &mut run);
    run.end(left, inspector.workers.are_interrupted())
}

/// Standard input, where it is a list; it is read on another thread.
fn list_on_stdin(plan: &InspectPlan, streams: &mut Streams) -> Box<dyn Read + Send> {
    let nothing = Box::new(io::empty());
    let is_list = |input: &&crate::intake::InputSource| input.place == InputPlace::Stdin;
    match plan.inputs.iter().find(is_list) {
        Some(_) => std::mem::replace(&mut streams.input, nothing),
        None => nothing,
    }
}

/// The URLs to inspect, and what is known of the run over them.
fn listing(
    plan: &InspectPlan,
    list: UrlList,
    prepared: &Arc<PreparedRequest>,
) -> Result<(Listing, RunScope), RunError> {
    let batch = &plan.batch;
    let are_all = !list.is_coming() && !batch.dedupe && batch.resume.is_none();
    let resumed = batch
        .resume
        .as_deref()
        .map(|path| ResumedReport::open(path, batch.retry_failed, plan.report.layout));
    let (resumed, done) = resumed.transpose()?.unzip();
    let before = done.as_ref().map_or(Exit::Clean, DoneUrls::exit);
    let done = done.map(|urls| DoneBefore {
        urls,
        prepared: prepared.clone(),
        secrets: plan.report.secrets,
    });
    let (listing, faults) = Listing::new(list, batch.dedupe, done);
    let scope = RunScope {
        are_all,
        before,
        resumed,
        only: batch.only,
        faults: (!plan.inputs.is_empty()).then_some(faults),
        ..RunScope::of(0)
    };
    Ok((listing, scope))
}

/// Reads as many URLs ahead as have to be known: whether there is one; and whether there are several where a format, or the
/// one file of `-o`, depends on it. Ctrl-C ends the process meanwhile, as nothing has been asked.
fn look_ahead(plan: &InspectPlan, listing: &mut Listing, is_coming: bool) {
    let report = &plan.report;
    let depends = !report.format.streams() || !report.files.is_empty() || report.body_to.is_some();
    listing.look_ahead(if is_coming && depends { 2 } else { 1 });
}

/// All that chain after chain is inspected with.
struct Inspector<'p> {
    plan: &'p InspectPlan,
    session: Session,
    prepared: Arc<PreparedRequest>,
    workers: Workers,
}

impl<'p> Inspector<'p> {
    fn new(
        plan: &'p InspectPlan,
        session: Session,
        prepared: Arc<PreparedRequest>,
        workers: Workers,
    ) -> Self {
        let options = FollowOptions {
            heads: heads(plan.batch.workers),
            ..session::options(&plan.chain, prepared.cookies())
        };
        Self {
            plan,
            session: Session { options, ..session },
            prepared,
            workers,
        }
    }

    /// Whether what is sent `first` can be; and what to say of it.
    fn check(&self, first: Option<&url::Url>) -> Result<Option<String>, UsageError> {
        if let Some(first) = first {
            net::check(&self.prepared.request(first))
                .map_err(|fault| UsageError::new(wire::unsendable(&fault), ""))?;
        }
        Ok(session::beyond(
            &self.session.policy,
            self.prepared.method(),
        ))
    }

    fn all(&self, feed: UrlFeed, run: &mut ChainRun<'_>) -> Leftover {
        let crew = Crew {
            equip: &|| self.workers.one(),
            work: &|worker, url, errand| {
                let first = self.prepared.request(url);
                let secrets = self.plan.report.secrets;
                let done = worker.inspect(&self.session, &first, secrets, Some(errand));
                let transient = done.as_ref().ok().and_then(|done| done.transient);
                (done, transient)
            },
        };
        bulk(self.options(), feed, &crew, run)
    }

    fn options(&self) -> BatchOptions {
        let batch = &self.plan.batch;
        // A list may be long: what is done is told, be it that a host before it hangs.
        let is_told = self.plan.report.format.streams() || !self.plan.inputs.is_empty();
        BatchOptions {
            workers: batch.workers,
            order: if is_told && !batch.ordered {
                ResultOrder::AsDone
            } else {
                ResultOrder::AsGiven
            },
            limits: batch.limits,
            retry: batch.retry,
            stop: self.workers.stop(),
        }
    }
}

/// What each chain may keep of the heads of its answers, so that all that are under way or wait to be told keep no more
/// than this run may.
fn heads(workers: NonZeroUsize) -> usize {
    const RUN: usize = 64 << 20;
    const LEAST: usize = 64 << 10;
    (RUN / most_waiting(workers)).clamp(LEAST, FollowOptions::HEADS)
}
