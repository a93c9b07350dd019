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
            Self::Time(time) => write!(f, "{:.1}ms", time.as_secs_f64() * 1e3),
        }
    }
}

/// All that stands under this key, at least one value: several only where a field has several lines.
///
/// # Errors
/// Why nothing stands there.
pub(super) fn look(key: &Key, trace: &Trace) -> Result<Vec<Value>, Absent> {
    let hop = hop(key, trace)?;
    let seen = match key.row.what {
        What::Status => Value::Status(response(hop).ok_or(Absent::Answer)?.status),
        What::Method => Value::Text(hop.exchange.sent.method.to_string()),
        What::Url if key.hop.is_some() => Value::Url(without_userinfo(&hop.exchange.sent.target)),
        What::Field => return fields(hop, key.field.as_deref().unwrap_or_default()),
        what => of_chain(what, trace)?,
    };
    Ok(vec![seen])
}

/// The hop that the key names, else the last.
fn hop<'a>(key: &Key, trace: &'a Trace) -> Result<&'a Hop, Absent> {
    match key.hop {
        Some(n) => trace
            .hops
            .iter()
            .find(|hop| hop.n == n)
            .ok_or(Absent::Hop(n)),
        None => trace.hops.last().ok_or(Absent::Hop(1)),
    }
}

/// What stands under a key of the chain as a whole.
fn of_chain(what: What, trace: &Trace) -> Result<Value, Absent> {
    let end = &trace.end.url;
    Ok(match what {
        What::Codes => codes(trace)?,
        What::Hops => Value::Count(trace.redirects()),
        What::Url => Value::Url(without_userinfo(end)),
        What::Host => Value::Text(end.host_str().ok_or(Absent::Host)?.to_owned()),
        What::Scheme => Value::Text(end.scheme().to_owned()),
        What::Body => Value::Text(trace.body().to_string()),
        What::Verdict => Value::Level(trace.verdict().ok_or(Absent::Redirect)?),
        What::Predictable => Value::Text(trace.predictable().to_string()),
        What::Permanent => permanent(trace)?,
        What::Time => Value::Time(trace.total()),
        What::Status | What::Method | What::Field => return Err(Absent::Field),
    })
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
