//! How the chain is followed.

use std::time::Duration;

use super::request::split_referer;
use super::{Misuse, number};
use crate::cli::args::{self, Redirects};
use crate::clients;
use crate::model::nearest;
use crate::rules::Policy;
use crate::rules::policy::Referer;

/// How the chain is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainPlan {
    /// As which client, with its limit.
    pub policy: Policy,
    /// Whether it is followed at all (`--no-follow`).
    pub follow: bool,
    /// Whether cookies that a hop sets are sent back (`--no-cookies`).
    pub cookies: bool,
    /// The schemes that a redirect may lead to.
    pub schemes: Schemes,
    /// How long all hops may take together; `None` for no limit.
    pub max_time: Option<Duration>,
}

/// Which of the two schemes a redirect may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schemes {
    /// http
    pub http: bool,
    /// https
    pub https: bool,
}

/// Redirects that `--max-redirs -1` follows: enough for any chain that ends, and an end for one that does not.
pub const UNLIMITED: usize = 1000;

impl ChainPlan {
    /// What the typed flags mean on top of `policy`.
    pub(in crate::cli) fn new(typed: &Redirects, mut policy: Policy) -> Result<Self, Misuse> {
        if let Some(limit) = &typed.max_redirs {
            policy.limit = Some(limit_of(limit)?);
        }
        if typed.location_trusted {
            policy.trust_locations();
        }
        for (kept, code) in [(typed.post301, 301), (typed.post302, 302), (typed.post303, 303)] {
            if kept {
                policy.keep_method_on(code);
            }
        }
        let schemes = typed.proto_redir.as_deref().map(|list| Schemes::new("--proto-redir", list));
        Ok(Self {
            policy,
            follow: !typed.no_follow,
            cookies: !typed.no_cookies,
            schemes: schemes.transpose()?.unwrap_or(Schemes::ALL),
            max_time: None,
        })
    }

    /// The flags of other groups that a chain heeds.
    pub(super) fn heed(&mut self, request: &args::Request, connection: &args::Connection) -> Result<(), Misuse> {
        if request.referer.as_deref().is_some_and(|referer| split_referer(referer).1) {
            self.policy.referer = Referer::Previous;
        }
        let limit = connection.max_time.as_deref().map(|seconds| number::seconds("--max-time", seconds));
        self.max_time = limit.transpose()?.flatten();
        Ok(())
    }
}

/// The policy that `--as` names.
pub(super) fn policy(typed: &Redirects) -> Result<Policy, Misuse> {
    let Some(name) = typed.client.as_deref() else { return Ok(Policy::fetch()) };
    if let Some(profile) = clients::by_name(name) {
        return Ok(profile.policy.clone());
    }
    let hint = match nearest(name, clients::names()) {
        Some(meant) => format!("did you mean `--as {meant}`?"),
        None => "`rehop clients` lists them".to_owned(),
    };
    Err(Misuse::new(format!("--as {name}: no such client"), hint))
}

fn limit_of(text: &str) -> Result<usize, Misuse> {
    match text.parse::<i64>() {
        Ok(-1) => Ok(UNLIMITED),
        Ok(limit @ 0..) => Ok(usize::try_from(limit).unwrap_or(UNLIMITED).min(UNLIMITED)),
        _ => Err(Misuse::new(
            format!("--max-redirs {text}: not a number of redirects"),
            format!("write a number from 0 to {UNLIMITED}, or -1 for {UNLIMITED}"),
        )),
    }
}

impl Schemes {
    /// Both.
    pub const ALL: Self = Self { http: true, https: true };

    /// curl's list: `=` begins anew, `-` takes away, `+` or nothing adds, `all` is every scheme
    /// ([curl(1), `--proto`](https://curl.se/docs/manpage.html#--proto)).
    pub(in crate::cli) fn new(flag: &str, list: &str) -> Result<Self, Misuse> {
        let mut allowed = Self::ALL;
        for item in list.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            let scheme = item.trim_start_matches(['=', '+', '-']);
            let marks = &item[..item.len() - scheme.len()];
            if marks.contains('=') {
                allowed = Self { http: false, https: false };
            }
            allowed.set(scheme, !marks.contains('-')).ok_or_else(|| {
                let says = format!("{flag} {list}: `{scheme}` is not a scheme");
                Misuse::new(says, "write it as in =https or -http")
            })?;
        }
        Ok(allowed)
    }

    /// `None` where `scheme` is none at all; other schemes than ours are never followed to, whatever the list says.
    fn set(&mut self, scheme: &str, allow: bool) -> Option<()> {
        match scheme.to_ascii_lowercase().as_str() {
            "http" => self.http = allow,
            "https" => self.https = allow,
            "all" => *self = Self { http: allow, https: allow },
            other if !other.is_empty() && other.chars().all(|c| c.is_ascii_alphanumeric()) => {}
            _ => return None,
        }
        Some(())
    }

    /// Those that both allow.
    pub(in crate::cli) fn and(self, other: Self) -> Self {
        Self { http: self.http && other.http, https: self.https && other.https }
    }

    /// Whether this scheme is among them.
    #[must_use]
    pub fn allows(self, scheme: &str) -> bool {
        (scheme == "http" && self.http) || (scheme == "https" && self.https)
    }
}
