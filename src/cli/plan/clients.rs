//! `rehop clients`: which cells of the matrix, of which clients.

use super::client::named;
use super::layout;
use crate::check::nearest;
use crate::cli::args;
use crate::cli::env::Env;
use crate::clients::{self, Asked, Crossing, METHODS, STATUSES};
use crate::exit::UsageError;
use crate::intake::ClientPlan;
use crate::model::{Method, Status};
use crate::report::clients::Selection;
use crate::report::{Detail, Layout};

/// `rehop clients`.
#[derive(Debug, Clone)]
pub(crate) struct ClientsPlan {
    /// What is shown.
    pub shown: ClientsView,
    /// Whether as JSON.
    pub json: bool,
    /// How it looks.
    pub layout: Layout,
}

/// What is shown of the known clients.
#[derive(Debug, Clone)]
pub(crate) enum ClientsView {
    /// One of them in full.
    One(ClientPlan),
    /// The matrix.
    Matrix(Selection),
}

impl ClientsPlan {
    /// What the typed flags mean.
    pub(crate) fn new(typed: &args::ClientsArgs, env: &Env) -> Result<Self, UsageError> {
        let layout = layout(typed.color, Detail::Normal, env);
        let json = typed.json;
        let shown = match &typed.client {
            Some(name) => ClientsView::One(named("clients", name)?),
            None => ClientsView::Matrix(selection(typed)?),
        };
        Ok(Self {
            shown,
            json,
            layout,
        })
    }
}

/// The cells that are asked for; what was not said is every one in JSON, and the telling ones in a table.
fn selection(typed: &args::ClientsArgs) -> Result<Selection, UsageError> {
    let asks = requests(typed)?;
    let statuses = typed
        .status
        .iter()
        .map(|code| status(code.trim()))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Selection {
        asks,
        statuses: if statuses.is_empty() {
            usual_statuses(typed)
        } else {
            statuses
        },
        crossings: match (typed.crossing, typed.json) {
            (Some(crossing), _) => vec![crossing],
            (None, true) => Crossing::ALL.to_vec(),
            (None, false) => vec![Crossing::SameOrigin],
        },
        credentials: typed.crossing.is_some(),
        group: typed.group.as_deref().map(group).transpose()?,
        only: None,
    })
}

/// The requests: with the method that was said, else in a table with POST.
fn requests(typed: &args::ClientsArgs) -> Result<Vec<Asked>, UsageError> {
    Ok(match (&typed.method, typed.json) {
        (Some(method), json) => asks(&method_of(method)?, typed.no_body, json),
        (None, false) => asks(&Method::POST, typed.no_body, false),
        (None, true) => METHODS
            .iter()
            .filter_map(|(name, _)| Method::new(name).ok())
            .flat_map(|method| asks(&method, typed.no_body, true))
            .collect(),
    })
}

/// The statuses where none was said.
fn usual_statuses(typed: &args::ClientsArgs) -> Vec<Status> {
    let usual: &[u16] = if typed.json {
        &STATUSES
    } else {
        &[301, 302, 303, 307, 308]
    };
    usual.iter().copied().map(Status).collect()
}

/// With a body where that method has one; in JSON also without.
fn asks(method: &Method, no_body: bool, json: bool) -> Vec<Asked> {
    let usual = !METHODS
        .iter()
        .any(|(name, body)| *name == method.as_str() && !body);
    let with = (usual && !no_body).then(|| Asked {
        method: method.clone(),
        body: true,
    });
    let without = (no_body || json || !usual).then(|| Asked {
        method: method.clone(),
        body: false,
    });
    with.into_iter().chain(without).collect()
}

fn method_of(name: &str) -> Result<Method, UsageError> {
    Method::new(name).map_err(|error| {
        UsageError::new(
            format!("--method {error}"),
            "a method is one word, such as POST",
        )
    })
}

fn status(text: &str) -> Result<Status, UsageError> {
    let measured = text.parse().ok().filter(|code| STATUSES.contains(code));
    measured.map(Status).ok_or_else(|| {
        UsageError::new(
            format!("--status {text}: not measured"),
            "clients were measured on 300 to 308",
        )
    })
}

fn group(name: &str) -> Result<String, UsageError> {
    let mut known: Vec<&str> = Vec::new();
    for profile in clients::measured() {
        if !known.contains(&profile.group.as_str()) {
            known.push(&profile.group);
        }
    }
    if known.contains(&name) {
        return Ok(name.to_owned());
    }
    let hint = match nearest(name, &known) {
        Some(meant) => format!("did you mean `--group {meant}`?"),
        None => format!("known are {}", known.join(", ")),
    };
    Err(UsageError::new(
        format!("--group {name}: no such kind"),
        hint,
    ))
}
