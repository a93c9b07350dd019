//! `rehop URL...` and `rehop curl ARGS...`.

use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use url::Url;

use super::chains::{Chain, Chains, Checks};
use super::cookies::SeedCookie;
use super::output::{Keep, Output};
use super::progress::Progress;
use super::{Stop, Streams, profile, request, route, urls};
use crate::cli::plan::{ChainPlan, InspectPlan};
use crate::cli::{UsageError, printable};
use crate::exit::Exit;
use crate::follow::{FollowOptions, Jar, ResultOrder, bulk};
use crate::model::Headers;
use crate::net;
use crate::report::{Format, say};

/// Inspects every URL of the plan: one after the other, or several at once.
pub(super) fn inspect(plan: &InspectPlan, streams: &mut Streams) -> Result<Exit, Stop> {
    let checks = Checks::new(&plan.checks)?;
    let (policy, others) = (
        profile::policy(&plan.chain)?,
        profile::compared(&plan.chain.others)?,
    );
    let urls = all_urls(plan, streams.input)?;
    let body = plan
        .report
        .body_to
        .as_deref()
        .map(|path| keep(path, urls.len()))
        .transpose()?;
    let opened = request::open(&plan.request, streams.input)?;
    let route = route::Route::new(plan, body)?;
    let mut output = Output::open(&plan.report, streams.out)?;
    let first = opened.request(&urls[0]);
    net::check(&first).map_err(|fault| UsageError::new(say::wire::unsendable(&fault), ""))?;
    let beyond = profile::beyond(&policy, &first.method);
    plan.notes
        .iter()
        .chain(&beyond)
        .for_each(|note| tell(streams.err, "note", note));
    let chains = Chains {
        policy,
        others,
        terms: terms(&plan.chain, &opened.cookies),
        checks,
        secrets: plan.report.secrets,
    };
    output.begin(urls.len())?;
    let (mut exit, mut stop, mut left) = (Exit::Clean, Ok(()), 0);
    // After Ctrl-C no chain is begun; those that are done are told all the same.
    let work = |road: &mut _, n: usize| {
        (!route.is_interrupted()).then(|| chains.follow(road, &opened.request(&urls[n])))
    };
    let mut progress = Progress::new(plan.report.progress, urls.len());
    progress.show(streams.err);
    bulk(
        (urls.len(), route.workers(), order(plan.report.format)),
        &|| route.road(),
        &work,
        &mut |chain| {
            let Some(chain) = chain else {
                (left, exit) = (left + 1, Exit::Interrupted);
                return ControlFlow::Continue(());
            };
            progress.step(streams.err);
            stop = chain
                .map_err(Into::into)
                .and_then(|Chain { view, exit: this }| {
                    exit = exit.max(this);
                    output.trace(&view)
                });
            progress.show(streams.err);
            if stop.is_err() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    progress.erase(streams.err);
    if left > 0 && plan.report.format == Format::Table {
        tell(
            streams.err,
            "rehop",
            &format!(
                "interrupted: {left} of {} URLs were not inspected",
                urls.len()
            ),
        );
    }
    stop.and(output.end())
        .map_err(|error| Stop::Output(error, exit))?;
    Ok(exit)
}

/// A line for the user on standard error; where that is gone there is nobody to tell.
fn tell(err: &mut dyn Write, mark: &str, line: &str) {
    let _ = writeln!(err, "{mark}: {}", printable(line));
}

/// The file that takes the content of the one URL.
fn keep(path: &Path, urls: usize) -> Result<Keep, UsageError> {
    if urls > 1 {
        let says = format!("--output takes the content of one URL; there are {urls}");
        return Err(UsageError::new(
            says,
            "inspect them one by one, or leave --output out",
        ));
    }
    Keep::open(path)
}

/// A line is there as soon as it can be; whatever else has the order of the URLs.
fn order(format: Format) -> ResultOrder {
    if format == Format::Jsonl {
        ResultOrder::AsDone
    } else {
        ResultOrder::AsGiven
    }
}

/// What the user lets each chain do, and the cookies that it starts with.
pub(super) fn terms(chain: &ChainPlan, cookies: &[SeedCookie]) -> FollowOptions {
    let jar = chain.cookies.then(|| {
        let mut jar = Jar::new();
        for seed in cookies {
            jar.store(
                &seed.url,
                &[("set-cookie", seed.set_cookie.clone())]
                    .into_iter()
                    .collect::<Headers>(),
            );
        }
        jar
    });
    let schemes = ["http", "https"]
        .into_iter()
        .filter(|scheme| chain.schemes.allows(scheme));
    FollowOptions {
        follow: chain.follow,
        schemes: schemes.map(str::to_owned).collect(),
        jar,
    }
}

/// The URLs typed and those of every `--input`.
fn all_urls(plan: &InspectPlan, stdin: &mut dyn Read) -> Result<Vec<Url>, UsageError> {
    let mut all = plan.urls.clone();
    for source in &plan.inputs {
        all.extend(urls::read(source, stdin)?);
    }
    if all.is_empty() {
        // An empty list is an accident somewhere before, which should not pass for success.
        return Err(UsageError::new("--input: no URL in it", "write one a line"));
    }
    Ok(all)
}
