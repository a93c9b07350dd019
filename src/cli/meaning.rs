//! Words → [`Plan`]: the one door of the room.

use std::ffi::OsString;

use super::args::Verb;
use super::curl::{self, CurlPlan, PastedCurl};
use super::docs;
use super::env::Env;
use super::parse::{self, Parsed};
use super::plan::{
    CheckPlan, ClientsPlan, DemoPlan, ExplainPlan, InspectPlan, Printout, ProbePlan, ServePlan,
    layout,
};
use crate::exit::UsageError;
use crate::report::Detail;

/// What to do.
#[derive(Debug, Clone)]
pub(crate) enum Plan {
    /// Inspect these URLs.
    Inspect(Box<InspectPlan>),
    /// Read a curl command line from standard input, and inspect what it asks for.
    Pasted(Box<PastedCurl>),
    /// Inspect the built-in chain.
    Demo(Box<DemoPlan>),
    /// Show what known clients do.
    Clients(ClientsPlan),
    /// Lint rules files and hold them against a site.
    Check(Box<CheckPlan>),
    /// Run the lab.
    Serve(ServePlan),
    /// Judge a client.
    Probe(ProbePlan),
    /// Tell of a code or a finding.
    Explain(ExplainPlan),
    /// Print this.
    Show(Printout),
}

impl Plan {
    /// What these words, the arguments without the name of the program, mean in these surroundings.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub(crate) fn new(words: &[OsString], env: &Env) -> Result<Self, UsageError> {
        let typed = match parse::parse(words, env)? {
            Parsed::Args(typed) => *typed,
            Parsed::Page(page) => return Ok(Self::Show(page)),
        };
        let inspect = typed.inspect;
        match typed.verb {
            None => InspectPlan::new(inspect, &parse::verbs(), env).map(Self::from),
            Some(Verb::Curl(verb)) => curl::plan(&verb.words, inspect, env).map(Self::from),
            Some(Verb::Demo(verb)) => DemoPlan::new(verb, env).map(Self::from),
            Some(Verb::Clients(verb)) => ClientsPlan::new(&verb, env).map(Self::Clients),
            Some(Verb::Check(verb)) => {
                CheckPlan::new(verb, env).map(|plan| Self::Check(Box::new(plan)))
            }
            Some(Verb::Serve(verb)) => Ok(Self::Serve(ServePlan::new(verb, env))),
            Some(Verb::Probe(verb)) => ProbePlan::new(verb, env).map(Self::Probe),
            Some(Verb::Explain(verb)) => Ok(Self::Explain(ExplainPlan {
                layout: layout(verb.color, Detail::Normal, env),
                topic: verb.topic,
            })),
            Some(Verb::Completions(verb)) => Ok(Self::page(docs::completions(verb.shell))),
            Some(Verb::Man(verb)) => docs::man(verb.verb.as_deref()).map(Self::page),
        }
    }

    fn page(text: String) -> Self {
        Self::Show(Printout::page(text))
    }
}

impl From<InspectPlan> for Plan {
    fn from(plan: InspectPlan) -> Self {
        Self::Inspect(Box::new(plan))
    }
}

impl From<DemoPlan> for Plan {
    fn from(plan: DemoPlan) -> Self {
        Self::Demo(Box::new(plan))
    }
}

impl From<CurlPlan> for Plan {
    fn from(plan: CurlPlan) -> Self {
        match plan {
            CurlPlan::Inspect(plan) => Self::Inspect(plan),
            CurlPlan::Pasted(pasted) => Self::Pasted(pasted),
            CurlPlan::Page(page) => Self::Show(page),
        }
    }
}
