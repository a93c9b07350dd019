//! A curl command line as typed, and what it means by curl's own rules.

use std::ffi::OsString;
use std::path::PathBuf;

use url::Url;

use super::glob;
use crate::cli::args::{ContentKind, InspectArgs, Piece};
use crate::cli::env::Env;
use crate::cli::plan::{self, AllowedSchemes, ChainPlan, InspectPlan};
use crate::clients;
use crate::exit::UsageError;
use crate::intake::{self, Credentials, DataPiece};
use crate::rules::Policy;
use crate::rules::policy::CookieJar;

/// What the words of a curl command line ask for.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option as curl spells it"
)]
pub(super) struct CurlInvocation {
    /// What rehop has flags for itself.
    pub(super) typed: InspectArgs,
    /// What the user should know.
    pub(super) notes: Vec<String>,
    pub(super) range: Option<String>,
    pub(super) bearer: Option<String>,
    pub(super) query: Vec<OsString>,
    pub(super) netrc: bool,
    pub(super) netrc_file: Option<PathBuf>,
    pub(super) netrc_optional: bool,
    /// Whether curl keeps cookies: it does once a file for them is named, even one that does not exist.
    pub(super) cookie_engine: bool,
    pub(super) globoff: bool,
    pub(super) path_as_is: bool,
    pub(super) proto: Option<String>,
    pub(super) scheme: Option<String>,
}

/// What curl says of itself: the release whose options the [table](super::table) has. The policy is that of the newest curl
/// that was measured, a build from source whose version no released curl would name.
const USER_AGENT: &str = "curl/8.17.0";

impl CurlInvocation {
    pub(super) fn piece(&mut self, kind: ContentKind, value: OsString) {
        self.typed.request.content.0.push(Piece { kind, value });
    }

    pub(super) fn cookie(&mut self, cookie: OsString) {
        self.cookie_engine |= !cookie.as_encoded_bytes().contains(&b'=');
        self.typed.request.cookie.push(cookie);
    }

    pub(super) fn family(&mut self, ipv4: bool, ipv6: bool) {
        (self.typed.connection.ipv4, self.typed.connection.ipv6) = (ipv4, ipv6);
    }

    pub(super) fn trusted(&mut self, on: bool) {
        (
            self.typed.redirects.location,
            self.typed.redirects.location_trusted,
        ) = (on, on);
    }

    /// Not where the user asked rehop itself for less.
    pub(super) fn verbose(&mut self, on: bool) {
        self.typed.report.verbose = u8::from(on && !self.typed.report.quiet);
    }

    /// Whom the netrc options name where `-u` does not: each of the three turns netrc on.
    fn netrc(&self, env: &Env) -> Result<Credentials, UsageError> {
        match (&self.netrc_file, self.netrc, self.netrc_optional) {
            (Some(path), ..) => Ok(Credentials::Netrc {
                path: path.clone(),
                optional: self.netrc_optional,
            }),
            (None, false, false) => Ok(Credentials::Unsaid),
            (None, _, optional) => plan::netrc(env, optional),
        }
    }

    pub(super) fn proxy(&mut self, scheme: &str, host: &str) {
        self.typed.connection.proxy = Some(format!("{scheme}://{host}"));
    }

    pub(super) fn default_scheme(&mut self, scheme: String) -> Result<(), UsageError> {
        if !matches!(scheme.as_str(), "http" | "https") {
            return Err(UsageError::new(
                format!("curl --proto-default {scheme}: not http"),
                "rehop speaks http and https",
            ));
        }
        self.scheme = Some(scheme);
        Ok(())
    }

    pub(super) fn upload(&mut self, file: String) -> Result<(), UsageError> {
        match self.typed.request.upload_file.replace(file.into()) {
            None => Ok(()),
            Some(_) => Err(UsageError::new(
                "curl --upload-file twice: several uploads",
                "inspect one request at a time",
            )),
        }
    }

    #[cfg(unix)]
    #[expect(
        clippy::unnecessary_wraps,
        reason = "other systems have no such socket"
    )]
    pub(super) fn unix_socket(&mut self, path: String) -> Result<(), UsageError> {
        self.typed.connection.unix_socket = Some(path.into());
        Ok(())
    }

    #[cfg(not(unix))]
    #[expect(clippy::unused_self, reason = "as on Unix")]
    pub(super) fn unix_socket(&mut self, _: String) -> Result<(), UsageError> {
        Err(UsageError::new(
            "curl --unix-socket: this system has no such socket",
            "leave it out",
        ))
    }

    /// What it means.
    pub(super) fn plan(mut self, env: &Env) -> Result<InspectPlan, UsageError> {
        let urls = self.urls()?;
        self.typed
            .request
            .user_agent
            .get_or_insert_with(|| USER_AGENT.to_owned());
        let policy = self.policy();
        let chain = ChainPlan::of_curl(&self.typed.redirects, policy)?;
        let mut plan = InspectPlan::with(std::mem::take(&mut self.typed), urls, chain, env)?;
        self.amend(&mut plan, env)?;
        plan.one_reader_of_stdin()?;
        plan.notes.extend(self.notes);
        Ok(plan)
    }

    /// `-X` stands through every redirect unless `--follow` says otherwise
    /// ([curl(1), `--follow`](https://curl.se/docs/manpage.html#--follow)).
    fn policy(&mut self) -> Policy {
        let redirects = &self.typed.redirects;
        if !redirects.location && !redirects.follow {
            self.notes
                .push("curl without -L would stop after the first hop; rehop follows".to_owned());
        }
        let measured = match (redirects.follow, self.typed.request.request.is_some()) {
            (false, false) => "curl8-L",
            (false, true) => "curl8-L-X",
            (true, false) => "curl8-follow",
            (true, true) => "curl8-follow-X",
        };
        let policy = clients::by_name(measured)
            .expect("each of the four is built in")
            .policy
            .clone();
        // Whether there is a jar is for -b and -c to say.
        Policy {
            cookie_jar: CookieJar::ByHost,
            ..policy
        }
    }

    fn urls(&self) -> Result<Vec<Url>, UsageError> {
        let allowed = self
            .proto
            .as_deref()
            .map(|list| AllowedSchemes::new("curl --proto", list))
            .transpose()?;
        self.typed
            .urls
            .iter()
            .map(|text| self.url(text, allowed.unwrap_or(AllowedSchemes::ALL)))
            .collect()
    }

    fn url(&self, text: &str, allowed: AllowedSchemes) -> Result<Url, UsageError> {
        let literal = if self.globoff {
            text.to_owned()
        } else {
            glob::literal(text)?
        };
        if literal.trim().contains(char::is_whitespace) {
            let shown = intake::shown_without_userinfo(text);
            let says = format!("curl `{shown}`: a blank in the URL, which curl refuses");
            return Err(UsageError::new(
                says,
                "write %20, or give each word of the line its own",
            ));
        }
        if self.path_as_is && has_dot_segments(&literal) {
            let says = format!(
                "curl --path-as-is: `{}` has `.` or `..` in its path, which rehop resolves",
                intake::shown_without_userinfo(text)
            );
            return Err(UsageError::new(says, "write the path without them"));
        }
        let url = intake::url_with_default(&literal, self.scheme.as_deref().unwrap_or("http"))?;
        if !allowed.allows(url.scheme()) {
            return Err(UsageError::new(
                format!(
                    "curl --proto does not allow `{}`",
                    intake::shown_without_userinfo(text)
                ),
                "curl would send nothing",
            ));
        }
        Ok(url)
    }

    /// What curl does and rehop has no flag for.
    fn amend(&self, plan: &mut InspectPlan, env: &Env) -> Result<(), UsageError> {
        let request = &mut plan.request;
        request.expect_continue = true;
        request.streams_stdin = true;
        if let Some(range) = &self.range {
            request.set_default(
                "range",
                plan::one_line("curl --range", &format!("bytes={range}"))?,
            );
        }
        if let Some(token) = &self.bearer {
            plan::one_line("curl --oauth2-bearer", token)?;
            request.credentials = Credentials::Bearer(token.clone());
        } else if request.credentials == Credentials::Unsaid {
            request.credentials = self.netrc(env)?;
        }
        for query in &self.query {
            request.query.push(query_piece(query.as_encoded_bytes())?);
        }
        request
            .cookie_files
            .iter_mut()
            .for_each(|file| file.optional = true);
        plan.chain.cookies &= self.cookie_engine;
        if let Some(list) = &self.proto {
            plan.chain.schemes = plan
                .chain
                .schemes
                .and(AllowedSchemes::new("curl --proto", list)?);
        }
        Ok(())
    }
}

/// `--url-query`: as `--data-urlencode`, but what follows a `+` is left as it is.
fn query_piece(text: &[u8]) -> Result<DataPiece, UsageError> {
    const FLAG: &str = "curl --url-query";
    match text.strip_prefix(b"+") {
        Some(raw) => Ok(DataPiece::text(FLAG, raw)),
        None => plan::url_encoded(FLAG, text),
    }
}

/// Whether the path of this URL has a `.` or `..` in it.
fn has_dot_segments(url: &str) -> bool {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = after_scheme.split(['?', '#']).next().unwrap_or_default();
    path.split('/')
        .skip(1)
        .any(|segment| matches!(segment, "." | ".."))
}
