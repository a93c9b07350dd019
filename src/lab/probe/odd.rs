//! Odd Locations: what the client made of each, beside what a browser makes of it.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use url::{Position, Url};

use super::super::answer::Act;
use super::super::journal::Arrival;
use super::super::play::find;
use super::super::request::RequestHead;
use super::super::scenario::LabRequest;
use super::super::scenarios::GROUPS;
use super::super::site::{Ports, Site};
use super::notes;
use super::run::Run;
use crate::rules::{Note, location};

/// The forms of Location, as the lab names them, that stay on this machine whatever the client makes of them.
pub(super) const FORMS: [&str; 38] = [
    "missing",
    "empty",
    "spaces-only",
    "padded",
    "fragment-only",
    "fragment",
    "fragment-empty",
    "query-only",
    "relative",
    "dot-segments",
    "above-root",
    "encoded-dots",
    "network-path",
    "triple-slash",
    "no-slashes",
    "backslash-path",
    "backslashes",
    "slash-backslash",
    "space",
    "space-query",
    "tab",
    "raw-utf8",
    "latin1",
    "control-chars",
    "html",
    "percent",
    "quoted",
    "comma",
    "two-same",
    "two-different",
    "lower-case",
    "upper-case",
    "userinfo",
    "hex-address",
    "number-address",
    "empty-host",
    "bad-port",
    "mailto",
];

/// What a client made of one odd Location.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Odd {
    /// The form, as the lab names it.
    pub form: &'static str,
    /// The values of Location that it was sent; any bytes.
    pub location: Vec<Vec<u8>>,
    /// What it did, or why that is not known.
    pub outcome: Result<OddReading, String>,
}

/// Where a client went, and where a browser goes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct OddReading {
    /// The first request.
    pub first: Arc<Arrival>,
    /// The next one; `None` where it did not follow.
    pub next: Option<Arc<Arrival>>,
    /// Whether it ended with an error.
    pub failed: bool,
    /// Where a browser goes: origin and target; `None` where it does not follow.
    pub browser: Option<(String, Vec<u8>)>,
    /// What else is to be said.
    pub findings: Vec<&'static Note>,
}

impl OddReading {
    /// Whether the client went where a browser goes.
    #[must_use]
    pub fn as_browser(&self) -> bool {
        let went = self.next.as_ref().map(|next| (&next.origin, &next.target));
        went == self
            .browser
            .as_ref()
            .map(|(origin, target)| (origin, target))
    }
}

/// The path of the lab that plays `form`.
pub(super) fn path(form: &str) -> String {
    format!("/location/{form}")
}

/// What a run says of `form`.
pub(super) fn odd(form: &'static str, run: Result<Run, String>) -> Odd {
    let path = path(form);
    let run = run.and_then(|run| {
        match run
            .arrivals
            .iter()
            .position(|arrival| arrival.target == path.as_bytes())
        {
            Some(start) => Ok((start, run)),
            None => Err(format!("sent nothing ({})", run.ended)),
        }
    });
    let (start, run) = match run {
        Ok(started) => started,
        Err(why) => {
            return Odd {
                form,
                location: Vec::new(),
                outcome: Err(why),
            };
        }
    };
    let first = Arc::clone(&run.arrivals[start]);
    let location = locations(&first);
    let next = run.arrivals.get(start + 1).map(Arc::clone);
    let fragment = next
        .as_ref()
        .is_some_and(|next| next.target.contains(&b'#'));
    let findings = if fragment {
        vec![&notes::FRAGMENT_SENT]
    } else {
        Vec::new()
    };
    let browser = browser(&first, &location);
    Odd {
        form,
        location,
        outcome: Ok(OddReading {
            first,
            next,
            failed: run.failed,
            browser,
            findings,
        }),
    }
}

/// The values of Location that the lab answers to this request: it is pure, so it can be asked again.
fn locations(first: &Arrival) -> Vec<Vec<u8>> {
    let head = RequestHead {
        method: first.method.clone(),
        target: first.target.clone(),
        version: first.version.clone(),
        headers: first.headers.clone(),
    };
    let here = Site::new(
        &head,
        (IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
        false,
        Ports {
            http: [0, 0],
            https: None,
        },
    );
    let found = find(&GROUPS, head.path());
    let answer = found.answer(&LabRequest {
        head: &head,
        args: found.args.clone(),
        content: None,
        here: &here,
        groups: &GROUPS,
    });
    let [Act::Send(bytes), ..] = answer.acts.as_slice() else {
        return Vec::new();
    };
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap_or(bytes.len());
    let lines = bytes[..end]
        .split(|&byte| byte == b'\n')
        .filter_map(|line| {
            let colon = line.iter().position(|&byte| byte == b':')?;
            let (name, value) = (&line[..colon], &line[colon + 1..]);
            // One space is the lab's own; further ones belong to the form.
            let value = value.strip_prefix(b" ").unwrap_or(value);
            let value = value.strip_suffix(b"\r").unwrap_or(value);
            name.eq_ignore_ascii_case(b"location")
                .then(|| value.to_vec())
        });
    lines.collect()
}

/// Where a browser goes: [Fetch, "location URL"](https://fetch.spec.whatwg.org/#concept-response-location-url), as the rules
/// resolve it.
fn browser(first: &Arrival, locations: &[Vec<u8>]) -> Option<(String, Vec<u8>)> {
    let target = String::from_utf8_lossy(&first.target);
    let base = Url::parse(&format!("{}{target}", first.origin)).ok()?;
    let values: Vec<&[u8]> = locations.iter().map(Vec::as_slice).collect();
    let url = location::resolve(&base, &values).ok()?;
    let is_http = matches!(url.scheme(), "http" | "https");
    let target = &url[Position::BeforePath..Position::AfterQuery];
    is_http.then(|| {
        (
            url.origin().ascii_serialization(),
            target.as_bytes().to_vec(),
        )
    })
}
