//! What a chain shows to an expectation.

use std::fmt;
use std::time::Duration;

use url::Url;

use super::key::Key;
use super::key_row::What;
use super::outcome::Absent;
use crate::follow::{Hop, Trace};
use crate::model::{Response, Status, without_userinfo};
use crate::rules::Verdict;
use crate::rules::cookie::{CookieFate, CookieRefusal};

/// One value seen. Only values of the same kind are ever compared.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) enum Value {
    /// A status code.
    Status(Status),
    /// The status codes of all hops.
    Codes(Vec<Status>),
    /// A number of redirects.
    Count(usize),
    /// A URL without credentials.
    Url(Url),
    /// Host, scheme, method, a word of ours, or a field value (bytes that are no UTF-8 replaced).
    Text(String),
    /// A verdict: the better, the less.
    Level(Verdict),
    /// A time span.
    Time(Duration),
    /// Ids of findings, each once.
    Findings(Vec<&'static str>),
}

/// As the value of an expectation is written, a number with what it counts.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "{status}"),
            Self::Codes(codes) => f.write_str(
                &codes
                    .iter()
                    .map(Status::to_string)
                    .collect::<Vec<_>>()
                    .join(","),
            ),
            // The table numbers requests, of which there is one more.
            Self::Count(1) => f.write_str("1 redirect"),
            Self::Count(count) => write!(f, "{count} redirects"),
            Self::Url(url) => write!(f, "{url}"),
            Self::Text(text) => f.write_str(text),
            Self::Level(level) => write!(f, "{level}"),
            Self::Findings(none) if none.is_empty() => f.write_str("none"),
            Self::Findings(ids) => f.write_str(&ids.join(",")),
            Self::Time(time) => write!(f, "{:.1}ms", time.as_secs_f64() * 1e3),
        }
    }
}

/// All that stands under this key, at least one value: several only where a field has several lines.
///
/// # Errors
/// Why nothing stands there.
pub(super) fn look(key: &Key, trace: &Trace) -> Result<Vec<Value>, Absent> {
    let hop = match key.hop {
        Some(n) => trace
            .hops
            .iter()
            .find(|hop| hop.n == n)
            .ok_or(Absent::Hop(n))?,
        None => trace.hops.last().ok_or(Absent::Hop(1))?,
    };
    let name = key.name.as_deref().unwrap_or_default();
    let seen = match key.row.what {
        What::End => Value::Text(trace.end.kind().to_string()),
        What::Status => Value::Status(response(hop).ok_or(Absent::Answer)?.status),
        What::Codes => codes(trace)?,
        What::Hops => Value::Count(trace.redirects()),
        What::Url if key.hop.is_some() => Value::Url(without_userinfo(&hop.exchange.sent.target)),
        What::Url => Value::Url(without_userinfo(&trace.end.url)),
        What::Host => Value::Text(trace.end.url.host_str().ok_or(Absent::Host)?.to_owned()),
        What::Scheme => Value::Text(trace.end.url.scheme().to_owned()),
        What::Method => Value::Text(hop.exchange.sent.method.to_string()),
        What::Body if key.hop.is_some() => {
            let redirect = hop.redirect.as_ref().ok_or(Absent::Redirect)?;
            Value::Text(redirect.body.to_string())
        }
        What::Body => Value::Text(trace.body().to_string()),
        What::Verdict => Value::Level(trace.verdict().ok_or(Absent::Redirect)?),
        What::Predictable => Value::Text(trace.predictable().to_string()),
        What::Permanent => permanent(trace)?,
        What::Time => Value::Time(trace.total()),
        What::Findings => findings(trace),
        What::Field => return fields(hop, name),
        What::Cookie => Value::Text(cookie(trace, name)?),
    };
    Ok(vec![seen])
}

fn response(hop: &Hop) -> Option<&Response> {
    hop.exchange.answer.as_ref().ok()
}

/// A chain with a hop that was not answered has no list of codes that could be compared.
fn codes(trace: &Trace) -> Result<Value, Absent> {
    let code = |hop: &Hop| response(hop).map(|response| response.status);
    let codes: Vec<Option<Status>> = trace.hops.iter().map(code).collect();
    let complete: Option<Vec<Status>> = codes.iter().copied().collect();
    complete.map(Value::Codes).ok_or(Absent::Codes(codes))
}

/// Every redirect counts, the one that was not followed too; of none there is nothing to say.
fn permanent(trace: &Trace) -> Result<Value, Absent> {
    let mut redirects = trace
        .hops
        .iter()
        .filter_map(|hop| hop.redirect.as_ref())
        .peekable();
    redirects.peek().ok_or(Absent::Redirect)?;
    Ok(Value::Text(
        redirects.all(|redirect| redirect.permanent).to_string(),
    ))
}

fn fields(hop: &Hop, name: &str) -> Result<Vec<Value>, Absent> {
    let response = response(hop).ok_or(Absent::Response)?;
    let headers = &response.headers;
    let values: Vec<_> = headers
        .all(name)
        .map(|value| Value::Text(String::from_utf8_lossy(value).into_owned()))
        .collect();
    match (values.is_empty(), response.left_out) {
        (false, _) => Ok(values),
        (true, 0) => Err(Absent::Field),
        (true, _) => Err(Absent::FieldNotKept),
    }
}

fn findings(trace: &Trace) -> Value {
    let mut ids: Vec<&'static str> = Vec::new();
    for finding in trace.all_findings() {
        if !ids.contains(&finding.note.id) {
            ids.push(finding.note.id);
        }
    }
    Value::Findings(ids)
}

/// The cookie as the chain leaves it: its last Set-Cookie counts, but not one that is at fault and that no client of this
/// kind keeps. That a client keeps no cookies at all says nothing of the server, which is what is asked about.
fn cookie(trace: &Trace, name: &str) -> Result<String, Absent> {
    let mut absent = Absent::Cookie;
    for hop in trace.hops.iter().rev() {
        for (line, cookie) in hop.cookies.received.iter().enumerate().rev() {
            match &cookie.fate {
                _ if cookie.name != name => {}
                CookieFate::Deleted | CookieFate::Refused(CookieRefusal::Expired) => {
                    return Err(Absent::Cookie);
                }
                CookieFate::Refused(why) if why.is_fault_of_server() => {
                    let (hop, why) = (hop.n, why.clone());
                    absent = Absent::CookieRefused { hop, why };
                }
                CookieFate::Kept | CookieFate::Refused(_) => return cookie_value(hop, line),
            }
        }
    }
    Err(absent)
}

/// What stands after the `=` of this Set-Cookie line.
fn cookie_value(hop: &Hop, line: usize) -> Result<String, Absent> {
    let line = response(hop).and_then(|response| response.headers.all("set-cookie").nth(line));
    let line = String::from_utf8_lossy(line.ok_or(Absent::FieldNotKept)?);
    let pair = line.split(';').next().unwrap_or_default();
    let value = pair.split_once('=').map_or(pair, |(_, value)| value);
    Ok(value.trim().to_owned())
}
