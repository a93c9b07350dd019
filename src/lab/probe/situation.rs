//! What a client is put through.

use super::command::Command;
use super::probe_request::ProbeRequest;
use crate::clients::{Crossing, METHODS, STATUSES};
use crate::model::{Method, Status};

/// The crossings that a probe makes: those that a loopback server can play without names and certificates.
pub const CROSSINGS: [Crossing; 3] = [Crossing::SameOrigin, Crossing::Port, Crossing::Host];

/// The crossings that need names or TLS: played where the client reaches the lab so.
pub const FARTHER: [Crossing; 4] = [
    Crossing::Subdomain,
    Crossing::Parent,
    Crossing::Upgrade,
    Crossing::Downgrade,
];

/// The codes with which these are played: which code it is decides nothing about names and schemes.
const FARTHER_CODES: [u16; 2] = [302, 307];

/// By which URL a client enters the lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entrance {
    /// By address, over http.
    Address,
    /// The same, where redirects lead to https.
    AddressBesideTls,
    /// By address, over https.
    Secure,
    /// By `localhost`.
    Name,
    /// By a name below it, which resolvers that know
    /// [RFC 6761 §6.3](https://www.rfc-editor.org/rfc/rfc6761#section-6.3) find.
    NameBelow,
}

impl Entrance {
    /// Where redirects of this crossing begin.
    pub(super) fn to(crossing: Crossing) -> Self {
        match crossing {
            Crossing::SameOrigin | Crossing::Port | Crossing::Host => Self::Address,
            Crossing::Subdomain => Self::Name,
            Crossing::Parent => Self::NameBelow,
            Crossing::Upgrade => Self::AddressBesideTls,
            Crossing::Downgrade => Self::Secure,
        }
    }

    /// The entrance that a client must find where redirects of this crossing begin or end.
    pub(super) fn needed(crossing: Crossing) -> Self {
        match crossing {
            Crossing::SameOrigin | Crossing::Port | Crossing::Host => Self::Address,
            Crossing::Subdomain | Crossing::Parent => Self::NameBelow,
            Crossing::Upgrade | Crossing::Downgrade => Self::Secure,
        }
    }

    /// Whether the lab speaks TLS then.
    pub(super) fn has_tls(self) -> bool {
        matches!(self, Self::AddressBesideTls | Self::Secure)
    }
}

/// One redirect that the client meets.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProbedRedirect {
    /// The code of the answer.
    pub status: Status,
    /// Where its Location leads.
    pub crossing: Crossing,
}

/// What a probe is about.
#[derive(Debug, Clone)]
pub struct ProbeScope {
    /// The codes that are answered.
    pub codes: Vec<Status>,
    /// The methods that a command with `{method}` is asked for; others that people send can be added, as PROPFIND.
    pub methods: Vec<Method>,
}

impl Default for ProbeScope {
    fn default() -> Self {
        Self {
            codes: STATUSES.map(Status).to_vec(),
            methods: methods().collect(),
        }
    }
}

impl ProbedRedirect {
    /// Each of these codes at every crossing.
    pub(super) fn all(codes: &[Status]) -> impl Iterator<Item = Self> {
        codes.iter().flat_map(|status| {
            CROSSINGS.map(|crossing| Self {
                status: *status,
                crossing,
            })
        })
    }

    /// Those of these codes that are played at a crossing which needs names or TLS.
    pub(super) fn farther(codes: &[Status], crossing: Crossing) -> impl Iterator<Item = Self> {
        let played = codes
            .iter()
            .filter(|status| FARTHER_CODES.contains(&status.code()));
        played.map(move |status| Self {
            status: *status,
            crossing,
        })
    }

    /// The path of the lab that plays it.
    pub(super) fn path(&self) -> String {
        format!("/probe/{}/{}", in_path(self.crossing), self.status)
    }
}

/// The word for a crossing in the paths of the lab.
fn in_path(crossing: Crossing) -> &'static str {
    match crossing {
        Crossing::SameOrigin => "same",
        Crossing::Upgrade => "https",
        Crossing::Downgrade => "http",
        other => other.as_str(),
    }
}

/// Every method that a client is asked for.
pub(super) fn methods() -> impl Iterator<Item = Method> {
    METHODS
        .into_iter()
        .filter_map(|(name, _)| Method::new(name).ok())
}

/// Whether a client is asked for this method without and with a body: where people send one, and both ways for DELETE,
/// where they quarrel about it, and for methods that were never measured.
fn habit(method: &Method) -> (bool, bool) {
    match method.as_str() {
        "GET" | "HEAD" | "OPTIONS" => (true, false),
        "PUT" | "PATCH" | "QUERY" => (false, true),
        _ => (true, true),
    }
}

/// What `command` is to be asked to send; a method without a habit is asked for with and without a body.
pub(super) fn asks(command: &Command, methods: &[Method]) -> Vec<ProbeRequest> {
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
            .map(|body| ProbeRequest { method: None, body })
            .collect();
    }
    let of = |method: &Method| {
        let (without, with) = habit(method);
        bodies(without, with)
            .map(|body| ProbeRequest {
                method: Some(method.clone()),
                body,
            })
            .collect::<Vec<_>>()
    };
    methods.iter().flat_map(of).collect()
}
