//! A run in numbers (`rehop.summary/1`).

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use url::Url;

use crate::report::case::{Case, CaseVerdict};
use crate::report::document::Document;
use crate::report::json::pretty;
use crate::report::view::{Millis, View};
use crate::report::{Report, Totals};

impl Document for RunView {
    const SCHEMA: &'static str = "rehop.summary/1";
    const TITLE: &'static str = "The summary of a run of rehop (rehop.summary/1)";
}

/// A run over any number of URLs, in numbers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RunView {
    /// The name and version of this document. It may grow; no name or value in it changes or goes.
    #[cfg_attr(test, schemars(extend("const" = RunView::SCHEMA)))]
    pub schema: &'static str,
    /// How many URLs were inspected.
    pub urls: usize,
    /// How many chains ended in which way.
    pub ends: BTreeMap<String, usize>,
    /// How many chains ended with which status.
    pub statuses: BTreeMap<String, usize>,
    /// How many chains had how many redirects.
    pub redirects: BTreeMap<String, usize>,
    /// How many answers had which status.
    pub codes: BTreeMap<String, usize>,
    /// How many findings of which id were raised.
    pub findings: BTreeMap<String, usize>,
    /// The hosts of the URLs, worst first: those with more that failed, then the slower.
    pub hosts: Vec<HostView>,
    /// How long the chains took, in milliseconds.
    pub total_ms: SpreadView,
    /// How long the run took, in milliseconds.
    pub wall_ms: Millis,
    /// How many requests were sent.
    pub requests: usize,
}

/// The chains that begin at one host.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HostView {
    /// The host, with the port where it is not that of the scheme.
    pub host: String,
    /// How many URLs.
    pub urls: usize,
    /// How many of them did not come to an end, or are not as expected.
    pub failed: usize,
    /// Half of the chains took no longer, in milliseconds.
    pub p50_ms: Millis,
    /// 95 of 100 chains took no longer, in milliseconds.
    pub p95_ms: Millis,
}

/// How long chains took, in milliseconds; null where there was none.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SpreadView {
    /// Half of them took no longer.
    pub p50: Option<Millis>,
    /// 95 of 100 took no longer.
    pub p95: Option<Millis>,
    /// 99 of 100 took no longer.
    pub p99: Option<Millis>,
    /// The slowest.
    pub max: Option<Millis>,
}

/// One document, written at the end.
#[derive(Debug, Default)]
pub struct Summary {
    ends: BTreeMap<String, usize>,
    statuses: BTreeMap<String, usize>,
    redirects: BTreeMap<String, usize>,
    codes: BTreeMap<String, usize>,
    findings: BTreeMap<String, usize>,
    hosts: BTreeMap<String, HostTimes>,
}

/// What is known of the chains that begin at one host.
#[derive(Debug, Default)]
struct HostTimes {
    failed: usize,
    times: Vec<f64>,
}

impl Report for Summary {
    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        self.case(out, &Case::of(view))
    }

    fn case(&mut self, _: &mut dyn Write, case: &Case) -> io::Result<()> {
        let Some(view) = case.chain else {
            return Ok(());
        };
        let answers = view.hops.iter().filter_map(|hop| hop.response.as_ref());
        answers.for_each(|answer| count(&mut self.codes, &answer.status));
        view.findings
            .iter()
            .for_each(|finding| count(&mut self.findings, &finding.id));
        view.end
            .status
            .iter()
            .for_each(|status| count(&mut self.statuses, status));
        count(&mut self.ends, &view.end.kind.name());
        count(&mut self.redirects, &view.summary.redirects);
        let host = self.hosts.entry(host(&view.url)).or_default();
        host.failed += usize::from(matches!(
            case.state,
            CaseVerdict::Failed | CaseVerdict::Error
        ));
        host.times.push(view.summary.total_ms.0);
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        pretty(out, &std::mem::take(self).document(totals))
    }
}

impl Summary {
    fn document(self, totals: &Totals) -> RunView {
        let times = self
            .hosts
            .values()
            .flat_map(|host| host.times.iter().copied())
            .collect();
        let mut hosts: Vec<HostView> = self.hosts.into_iter().filter_map(host_view).collect();
        let slower = |a: &HostView, b: &HostView| b.p95_ms.0.total_cmp(&a.p95_ms.0);
        hosts.sort_by(|a, b| b.failed.cmp(&a.failed).then_with(|| slower(a, b)));
        RunView {
            schema: RunView::SCHEMA,
            urls: totals.traces,
            ends: self.ends,
            statuses: self.statuses,
            redirects: self.redirects,
            codes: self.codes,
            findings: self.findings,
            hosts,
            total_ms: spread(times),
            wall_ms: Millis(totals.wall_ms),
            requests: totals.requests,
        }
    }
}

fn count(counts: &mut BTreeMap<String, usize>, name: &dyn ToString) {
    *counts.entry(name.to_string()).or_default() += 1;
}

fn host(url: &str) -> String {
    let parts = url::Position::BeforeHost..url::Position::AfterPort;
    Url::parse(url).map_or(String::new(), |url| url[parts].to_owned())
}

fn host_view((host, HostTimes { failed, times }): (String, HostTimes)) -> Option<HostView> {
    let urls = times.len();
    let SpreadView { p50, p95, .. } = spread(times);
    Some(HostView {
        host,
        urls,
        failed,
        p50_ms: p50?,
        p95_ms: p95?,
    })
}

fn spread(mut times: Vec<f64>) -> SpreadView {
    times.sort_by(f64::total_cmp);
    let at = |percent| nearest_rank(&times, percent);
    SpreadView {
        p50: at(50),
        p95: at(95),
        p99: at(99),
        max: at(100),
    }
}

/// The smallest of the sorted values that so many of 100 are not above.
fn nearest_rank(sorted: &[f64], percent: usize) -> Option<Millis> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().map(Millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use crate::report::{Secrets, schema};

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        for (times, percent, value) in [
            (&hundred[..], 50, Some(50.0)),
            (&hundred, 95, Some(95.0)),
            (&hundred, 100, Some(100.0)),
            (&hundred[..2], 50, Some(1.0)),
            (&hundred[..2], 95, Some(2.0)),
            (&[], 50, None),
        ] {
            assert_eq!(nearest_rank(times, percent).map(|ms| ms.0), value);
        }
    }

    #[test]
    fn worst_host_comes_first_and_the_document_holds_to_its_schema() {
        let (mut summary, mut out, mut totals) =
            (Summary::default(), Vec::new(), Totals::default());
        for trace in [fixture::tour(), fixture::failed(), fixture::circle()] {
            let view = View::new(&trace, &[], Secrets::Masked);
            totals.add(&view);
            summary.trace(&mut out, &view).unwrap();
        }
        summary.end(&mut out, &totals).unwrap();
        let document = serde_json::from_slice(&out).unwrap();
        schema::hold(&schema::validator::<RunView>(), &document);
        let hosts: Vec<&str> = document["hosts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|host| host["host"].as_str().unwrap())
            .collect();
        assert_eq!(hosts, ["shop.example", "h.example", "127.0.0.1:8080"]);
        assert_eq!(document["requests"], 7);
        assert_eq!(document["ends"]["loop"], 1);
    }

    #[test]
    fn schema_of_the_summary_is_fresh_and_complete() {
        schema::is_fresh_and_complete::<RunView>("schema/summary.schema.json");
    }
}
