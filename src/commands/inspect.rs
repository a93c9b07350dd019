//! `rehop URL...` and `rehop curl ARGS...`.

use std::io::Read;
use std::ops::ControlFlow;

use url::Url;

use super::chains::{Chain, Chains, Checks};
use super::output::{self, Output};
use super::{Stop, Streams, profile, request, route, urls};
use crate::cli::Misuse;
use crate::cli::plan::{ChainPlan, InspectPlan};
use crate::exit::Exit;
use crate::follow::{Jar, Order, Terms, bulk};
use crate::model::Headers;
use crate::report::Format;

/// Inspects every URL of the plan: one after the other, or several at once.
pub(super) fn inspect(plan: &InspectPlan, streams: &mut Streams) -> Result<Exit, Stop> {
    let checks = Checks::new(&plan.checks)?;
    let (policy, others) = (profile::policy(&plan.chain)?, profile::compared(&plan.chain.others)?);
    let urls = all_urls(plan, streams.input)?;
    let opened = request::open(&plan.request, streams.input)?;
    let body = plan.report.body_to.as_deref().map(|path| output::create("--output", path)).transpose()?;
    let route = route::Route::new(plan, body)?;
    let mut output = Output::open(&plan.report, streams.out)?;
    let first = urls.first().map(|url| opened.request(url));
    for note in plan.notes.iter().cloned().chain(first.and_then(|first| profile::beyond(&policy, &first.method))) {
        writeln!(streams.err, "note: {note}")?;
    }
    let chains = Chains { policy, others, terms: terms(&plan.chain, &opened), checks, secrets: plan.report.secrets };
    output.begin(urls.len())?;
    let (mut exit, mut stop) = (Exit::Clean, Ok(()));
    let work = |road: &mut _, n: usize| chains.follow(road, &opened.request(&urls[n]));
    bulk((urls.len(), route.workers(), order(plan.report.format)), &|| route.road(), &work, &mut |chain| {
        stop = chain.and_then(|Chain { view, exit: this }| {
            exit = exit.max(this);
            output.trace(&view)
        });
        if stop.is_err() || exit == Exit::Interrupted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    stop?;
    output.end()?;
    Ok(exit)
}

/// A line is there as soon as it can be; whatever else has the order of the URLs.
fn order(format: Format) -> Order {
    if format == Format::Jsonl { Order::AsDone } else { Order::AsGiven }
}

/// What the user lets each chain do, and the cookies that it starts with.
fn terms(chain: &ChainPlan, opened: &request::Opened) -> Terms {
    let jar = chain.cookies.then(|| {
        let mut jar = Jar::new();
        for seed in &opened.cookies {
            jar.store(&seed.url, &[("set-cookie", seed.set_cookie.clone())].into_iter().collect::<Headers>());
        }
        jar
    });
    let schemes = ["http", "https"].into_iter().filter(|scheme| chain.schemes.allows(scheme));
    Terms { follow: chain.follow, schemes: schemes.map(str::to_owned).collect(), jar }
}

/// The URLs typed and those of every `--input`.
fn all_urls(plan: &InspectPlan, stdin: &mut dyn Read) -> Result<Vec<Url>, Misuse> {
    let mut all = plan.urls.clone();
    for source in &plan.inputs {
        all.extend(urls::read(source, stdin)?);
    }
    if all.is_empty() {
        // An empty list is an accident somewhere before, which should not pass for success.
        return Err(Misuse::new("--input: no URL in it", "write one a line"));
    }
    Ok(all)
}
