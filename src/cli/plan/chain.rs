//! How the chain is followed.

use std::path::PathBuf;
use std::time::Duration;

use super::client;
use super::number;
use super::request::split_referer;
use crate::cli::args::{self, RedirectArgs};
use crate::exit::UsageError;
use crate::intake::{ClientPlan, ProfilePlace};
use crate::model::Method;
use crate::rules::Policy;
use crate::rules::policy::{Referer, UNLIMITED};

/// How the chain is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChainPlan {
    /// As which client, amended; where a file has its profile, as Fetch says.
    pub policy: Policy,
    /// The file that holds the profile to follow as.
    pub profile: Option<PathBuf>,
    /// What the user changed of the client's policy.
    pub amendments: Amendments,
    /// The clients to compare with.
    pub others: Vec<ClientPlan>,
    /// Whether it is followed at all (`--no-follow`).
    pub follow: bool,
    /// Whether cookies that a hop sets are sent back (`--no-cookies`).
    pub cookies: bool,
    /// The schemes that a redirect may lead to.
    pub schemes: AllowedSchemes,
    /// How long all hops may take together; `None` for no limit.
    pub max_time: Option<Duration>,
}

/// What the user changed of a client's policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Amendments {
    /// `--max-redirs`
    limit: Option<usize>,
    /// `--location-trusted`
    trusted: bool,
    /// The codes of `--post301`, `--post302` and `--post303`.
    kept_on: Vec<u16>,
    /// The methods that these keep: every one, where there is none; POST alone with curl.
    kept: Vec<Method>,
    /// `--referer ';auto'`
    names_previous: bool,
}

/// Which of the two schemes a redirect may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AllowedSchemes {
    /// http
    pub http: bool,
    /// https
    pub https: bool,
}

impl ChainPlan {
    /// What the typed flags mean on top of `policy`, as curl reads them: its `--post303` is for POST alone
    /// ([curl(1)](https://curl.se/docs/manpage.html#--post303)).
    pub(crate) fn of_curl(typed: &RedirectArgs, policy: Policy) -> Result<Self, UsageError> {
        Self::new(typed, policy, vec![Method::POST])
    }

    fn new(typed: &RedirectArgs, policy: Policy, kept: Vec<Method>) -> Result<Self, UsageError> {
        let amendments = Amendments {
            limit: typed.max_redirs.as_deref().map(limit_of).transpose()?,
            trusted: typed.location_trusted,
            kept_on: [
                (typed.post301, 301),
                (typed.post302, 302),
                (typed.post303, 303),
            ]
            .into_iter()
            .filter_map(|(kept, code)| kept.then_some(code))
            .collect(),
            kept,
            names_previous: false,
        };
        let schemes = typed
            .proto_redir
            .as_deref()
            .map(|list| AllowedSchemes::new("--proto-redir", list));
        Ok(Self {
            policy: amendments.to(policy),
            profile: None,
            amendments,
            others: typed
                .clients
                .as_deref()
                .map(client::list)
                .transpose()?
                .unwrap_or_default(),
            follow: !typed.no_follow,
            cookies: !typed.no_cookies,
            schemes: schemes.transpose()?.unwrap_or(AllowedSchemes::ALL),
            max_time: None,
        })
    }

    /// The chain that `--as` names.
    pub(super) fn typed(typed: &RedirectArgs) -> Result<Self, UsageError> {
        let client = typed
            .client
            .as_deref()
            .map(|name| client::named("--as", name))
            .transpose()?;
        match client.map(|client| client.profile) {
            None => Self::new(typed, Policy::fetch(), Vec::new()),
            Some(ProfilePlace::Known(profile)) => {
                Self::new(typed, profile.policy.clone(), Vec::new())
            }
            Some(ProfilePlace::File(path)) => Ok(Self {
                profile: Some(path),
                ..Self::new(typed, Policy::fetch(), Vec::new())?
            }),
        }
    }

    /// The flags of other groups that a chain heeds.
    pub(super) fn heed(
        &mut self,
        request: &args::RequestArgs,
        connection: &args::ConnectionArgs,
    ) -> Result<(), UsageError> {
        self.amendments.names_previous = request
            .referer
            .as_deref()
            .is_some_and(|referer| split_referer(referer).1);
        self.policy = self.amendments.to(std::mem::take(&mut self.policy));
        let limit = connection
            .max_time
            .as_deref()
            .map(|seconds| number::seconds("--max-time", seconds));
        self.max_time = limit.transpose()?.flatten();
        Ok(())
    }
}

impl Amendments {
    /// The policy as the user wants it; twice is the same as once.
    #[must_use]
    pub(crate) fn to(&self, mut policy: Policy) -> Policy {
        policy.limit = self.limit.or(policy.limit);
        if self.trusted {
            policy.trust_locations();
        }
        for code in &self.kept_on {
            policy.keep_method_on(*code, &self.kept);
        }
        if self.names_previous {
            policy.referer = Referer::Previous;
        }
        policy
    }
}

/// The other schemes that curl speaks ([curl(1), `--proto`](https://curl.se/docs/manpage.html#--proto)).
const CURL_SCHEMES: [&str; 27] = [
    "dict", "file", "ftp", "ftps", "gopher", "gophers", "imap", "imaps", "ipfs", "ipns", "ldap",
    "ldaps", "mqtt", "mqtts", "pop3", "pop3s", "rtmp", "rtmps", "rtsp", "scp", "sftp", "smb",
    "smbs", "smtp", "smtps", "telnet", "tftp",
];

fn limit_of(text: &str) -> Result<usize, UsageError> {
    match (text, text.parse::<usize>()) {
        ("-1", _) => Ok(UNLIMITED),
        // A larger one is not cut to ours in silence.
        (_, Ok(limit)) if limit <= UNLIMITED => Ok(limit),
        _ => Err(UsageError::new(
            format!("--max-redirs {text}: not a number of redirects"),
            format!("write a number from 0 to {UNLIMITED}, or -1 for {UNLIMITED}"),
        )),
    }
}

impl AllowedSchemes {
    /// Both.
    pub(crate) const ALL: Self = Self {
        http: true,
        https: true,
    };

    /// curl's list: `=` begins anew, `-` takes away, `+` or nothing adds, `all` is every scheme
    /// ([curl(1), `--proto`](https://curl.se/docs/manpage.html#--proto)).
    pub(crate) fn new(flag: &str, list: &str) -> Result<Self, UsageError> {
        let mut allowed = Self::ALL;
        for item in list
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
        {
            let scheme = item.trim_start_matches(['=', '+', '-']);
            let marks = &item[..item.len() - scheme.len()];
            if marks.contains('=') {
                allowed = Self {
                    http: false,
                    https: false,
                };
            }
            allowed.set(scheme, !marks.contains('-')).ok_or_else(|| {
                let says = format!("{flag} {list}: `{scheme}` is not a scheme");
                UsageError::new(says, "write it as in =https or -http")
            })?;
        }
        if !allowed.http && !allowed.https {
            return Err(UsageError::new(
                format!("{flag} {list}: neither http nor https is left"),
                "write it as in =https; --no-follow stops after the first hop",
            ));
        }
        Ok(allowed)
    }

    /// `None` where curl knows no such scheme either; other schemes than ours are never followed to, whatever the list says.
    fn set(&mut self, scheme: &str, allow: bool) -> Option<()> {
        match scheme.to_ascii_lowercase().as_str() {
            "http" => self.http = allow,
            "https" => self.https = allow,
            "all" => {
                *self = Self {
                    http: allow,
                    https: allow,
                }
            }
            other if CURL_SCHEMES.contains(&other) => {}
            _ => return None,
        }
        Some(())
    }

    /// Those that both allow.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            http: self.http && other.http,
            https: self.https && other.https,
        }
    }

    /// Whether this scheme is among them.
    #[must_use]
    pub(crate) fn allows(self, scheme: &str) -> bool {
        (scheme == "http" && self.http) || (scheme == "https" && self.https)
    }
}
