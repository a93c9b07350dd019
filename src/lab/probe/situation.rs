//! What a client is put through.

use std::fmt;

use super::command::Command;
use crate::model::{Method, Status};

/// What a run asks the client to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The method; `None` where the client sends what it sends by itself.
    pub method: Option<Method>,
    /// Whether it is given a body.
    pub body: bool,
}

/// Where a redirect leads, seen from where it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Crossing {
    /// The same scheme, host and port.
    SameOrigin,
    /// Another port.
    Port,
    /// Another host: `localhost` in place of 127.0.0.1.
    Host,
}

impl Crossing {
    /// Every crossing that a probe makes.
    pub const ALL: [Self; 3] = [Self::SameOrigin, Self::Port, Self::Host];

    /// The name that the JSON document uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SameOrigin => "same-origin",
            Self::Port => "port",
            Self::Host => "host",
        }
    }

    /// The word for it in the paths of the lab.
    fn in_path(self) -> &'static str {
        match self {
            Self::SameOrigin => "same",
            other => other.as_str(),
        }
    }
}

impl fmt::Display for Crossing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The codes that are answered.
pub const CODES: [Status; 9] = [
    Status(300),
    Status(301),
    Status(302),
    Status(303),
    Status(304),
    Status(305),
    Status(306),
    Status(307),
    Status(308),
];

/// One redirect that the client meets.
#[derive(Debug, Clone)]
pub struct Situation {
    /// The code of the answer.
    pub status: Status,
    /// Where its Location leads.
    pub crossing: Crossing,
}

/// What a probe is about.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The codes that are answered.
    pub codes: Vec<Status>,
    /// The methods that a command with `{method}` is asked for; others that people send can be added, as PROPFIND.
    pub methods: Vec<Method>,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            codes: CODES.to_vec(),
            methods: methods().collect(),
        }
    }
}

impl Situation {
    /// Each of these codes at every crossing.
    pub(super) fn all(codes: &[Status]) -> impl Iterator<Item = Self> {
        codes.iter().flat_map(|status| {
            Crossing::ALL.map(|crossing| Self {
                status: *status,
                crossing,
            })
        })
    }

    /// The path of the lab that plays it.
    pub(super) fn path(&self) -> String {
        format!("/probe/{}/{}", self.crossing.in_path(), self.status)
    }
}

/// The methods that a command with `{method}` is asked for, without and with a body: where people send one, and DELETE,
/// where they quarrel about it.
const ASKED: [(&str, bool, bool); 8] = [
    ("GET", true, false),
    ("HEAD", true, false),
    ("POST", true, true),
    ("PUT", false, true),
    ("PATCH", false, true),
    ("DELETE", true, true),
    ("OPTIONS", true, false),
    ("QUERY", false, true),
];

/// Every method that a client is asked for.
pub(super) fn methods() -> impl Iterator<Item = Method> {
    ASKED
        .into_iter()
        .filter_map(|(name, ..)| Method::new(name).ok())
}

/// What `command` is to be asked to send; a method without a habit is asked for with and without a body.
pub(super) fn asks(command: &Command, methods: &[Method]) -> Vec<Ask> {
    let bodies = |without: bool, with: bool| {
        let choice = if command.takes_body() {
            vec![(false, without), (true, with)]
        } else {
            vec![(false, true)]
        };
        choice
            .into_iter()
            .filter(|(_, wanted)| *wanted)
            .map(|(body, _)| body)
    };
    if !command.takes_method() {
        return bodies(true, true)
            .map(|body| Ask { method: None, body })
            .collect();
    }
    let habit = |method: &Method| {
        let row = ASKED
            .into_iter()
            .find(|(name, ..)| *name == method.as_str());
        row.map_or((true, true), |(_, without, with)| (without, with))
    };
    let of = |method: &Method| {
        let (without, with) = habit(method);
        bodies(without, with)
            .map(|body| Ask {
                method: Some(method.clone()),
                body,
            })
            .collect::<Vec<_>>()
    };
    methods.iter().flat_map(of).collect()
}
