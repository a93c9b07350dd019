//! `rehop check`: rules files, linted and held against a site.

use url::Url;

use super::network::Workers;
use super::{Streams, rule_files, session};
use crate::check::{CaseState, RuleCase, cases};
use crate::cli::plan::{CheckPlan, USER_AGENT};
use crate::exit::{Exit, RunError};
use crate::inspect::Session;
use crate::model::{Body, Headers, Method, Request};
use crate::platforms::{RuleFile, SAMPLE_HOST, lint};
use crate::report::View;
use crate::report::check::{self as report, CaseView, CheckedFile};
use crate::rules::Severity;

/// Checks every file of the plan; all are read before the first request.
pub(super) fn check(plan: &CheckPlan, streams: &mut Streams) -> Result<Exit, RunError> {
    let read = rule_files::read(plan)?;
    let asker = SiteCheck::new(plan)?;
    let checked: Vec<CheckedFile> = read.into_iter().map(|file| asker.checked(file)).collect();
    if plan.json {
        report::document(streams.out, &checked)?;
    } else {
        report::table(streams.out, plan.layout, &checked)?;
    }
    Ok(checked.iter().map(exit).max().unwrap_or(Exit::Clean))
}

/// How a file ends the run: an error of lint or a case that does not hold is 1, one that could not be asked 3.
fn exit(file: &CheckedFile) -> Exit {
    let of = |state: CaseState| file.cases.iter().any(|case| case.state == state);
    let lint = file
        .lint
        .iter()
        .any(|found| found.id.severity() == Severity::Error);
    if of(CaseState::Error) {
        Exit::Unreached
    } else if lint || of(CaseState::Failed) {
        Exit::Unmet
    } else {
        Exit::Clean
    }
}

/// Asks a site for cases.
struct SiteCheck<'a> {
    plan: &'a CheckPlan,
    session: Session,
    workers: Workers,
}

impl<'a> SiteCheck<'a> {
    fn new(plan: &'a CheckPlan) -> Result<Self, RunError> {
        let mut session = Session::new(plan.chain.policy.clone());
        session.options = session::options(&plan.chain, &[]);
        Ok(Self {
            plan,
            session,
            workers: Workers::over(&plan.net, &plan.chain)?,
        })
    }

    fn checked(&self, file: rule_files::ReadFile) -> CheckedFile {
        let lint = lint(&file.rules);
        let cases = if self.plan.live {
            self.cases(&file.rules)
        } else {
            Vec::new()
        };
        CheckedFile {
            path: file.path,
            kind: file.kind.as_str(),
            dialect: file.dialect.map(crate::platforms::RedirectsDialect::as_str),
            rules: file.rules,
            lint,
            cases,
        }
    }

    fn cases(&self, rules: &RuleFile) -> Vec<CaseView> {
        let made = cases(rules, self.plan.samples.get());
        made.iter().map(|case| self.asked(case)).collect()
    }

    /// Asks for one case and follows where it leads.
    fn asked(&self, case: &RuleCase) -> CaseView {
        let mut view = CaseView {
            name: format!("{} {}", case.visit.method, target(case)),
            line: case.place.line,
            url: None,
            method: case.visit.method.clone(),
            state: CaseState::Skipped,
            expected: case.expected(),
            actual: None,
            differences: Vec::new(),
            trace: None,
        };
        let Some(request) = self.request(case) else {
            return view;
        };
        let inspection = self.workers.one().follow(&self.session, &request);
        let (state, differences) = case.judge(&request.target, &inspection.trace);
        let shown = View::new(&inspection.trace, &[], self.plan.secrets);
        view.url = Some(shown.url.clone());
        view.actual = actual(&shown);
        (view.state, view.differences) = (state, differences);
        view.trace = Some(shown);
        view
    }

    /// The request of a case; `None` where nothing says which host to ask.
    fn request(&self, case: &RuleCase) -> Option<Request> {
        let visit = &case.visit;
        let named = visit.host != SAMPLE_HOST;
        let mut fields = Headers::new();
        fields.push("user-agent", USER_AGENT);
        fields.push("accept", "*/*");
        let url = match &self.plan.base {
            Some(base) => {
                if named {
                    fields.push("host", visit.host.clone());
                }
                base.join(&target(case)).ok()?
            }
            None if named => Url::parse(&format!(
                "{}://{}{}",
                visit.scheme,
                visit.host,
                target(case)
            ))
            .ok()?,
            None => return None,
        };
        for (name, value) in &visit.fields {
            fields.push(name.clone(), value.clone());
        }
        Some(Request::new(
            Method::new(&visit.method).ok()?,
            url,
            fields,
            Body::NONE,
        ))
    }
}

/// Path and query of a case.
fn target(case: &RuleCase) -> String {
    match &case.visit.query {
        Some(query) => format!("{}?{query}", case.visit.path),
        None => case.visit.path.clone(),
    }
}

/// What was answered first: `302 /x`.
fn actual(view: &View) -> Option<String> {
    let response = view.hops.first()?.response.as_ref()?;
    let location = response
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("location"));
    let location = location.map(|(_, value)| String::from_utf8_lossy(&value.0).into_owned());
    Some(match location {
        Some(location) => format!("{} {location}", response.status),
        None => response.status.to_string(),
    })
}
