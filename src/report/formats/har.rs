//! An HTTP archive, for the viewers of browsers and proxies
//! ([HAR 1.2](http://www.softwareishard.com/blog/har-12-spec/)).

use std::io::{self, Write};
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use url::Url;

use super::moment::rfc_3339;
use crate::report::json::pretty;
use crate::report::view::{HopView, Millis, Octets, RequestView, ResponseView, TimingView, View};
use crate::report::{Report, Totals};

/// One archive, written at the end: a page for each URL, an entry for each hop.
#[derive(Debug)]
pub struct Har {
    now: fn() -> SystemTime,
    pages: Vec<Value>,
    entries: Vec<Value>,
}

impl Har {
    /// An archive of chains that end about when this clock says at the time that they are told.
    #[must_use]
    pub fn new(now: fn() -> SystemTime) -> Self {
        Self {
            now,
            pages: Vec::new(),
            entries: Vec::new(),
        }
    }
}

impl Report for Har {
    fn trace(&mut self, _: &mut dyn Write, view: &View) -> io::Result<()> {
        let page = format!("page_{}", self.pages.len() + 1);
        let mut at = (self.now)().checked_sub(duration(view.summary.total_ms));
        self.pages.push(json!({
            "startedDateTime": at.map(rfc_3339),
            "id": page,
            "title": view.url,
            "pageTimings": { "onLoad": view.summary.total_ms },
            "comment": view.summary.says,
        }));
        for hop in &view.hops {
            self.entries.push(entry(&page, at, hop));
            at = at.and_then(|at| at.checked_add(duration(hop.timing.total_ms)));
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _: &Totals) -> io::Result<()> {
        let creator = json!({ "name": "rehop", "version": env!("CARGO_PKG_VERSION") });
        let log = json!({ "version": "1.2", "creator": creator, "pages": self.pages, "entries": self.entries });
        pretty(out, &json!({ "log": log }))
    }
}

fn duration(Millis(ms): Millis) -> Duration {
    Duration::try_from_secs_f64(ms / 1e3).unwrap_or_default()
}

fn entry(page: &str, at: Option<SystemTime>, hop: &HopView) -> Value {
    let (timings, time) = timings(&hop.timing);
    let mut entry = json!({
        "pageref": page,
        "startedDateTime": at.map(rfc_3339),
        "time": time,
        "request": request(&hop.request),
        "response": hop.response.as_ref().map_or_else(no_response, |response| self::response(response, hop)),
        "cache": {},
        "timings": timings,
    });
    let connection = hop.connection.as_ref();
    if let Some(address) = connection.and_then(|connection| connection.remote_addr.as_deref()) {
        let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
        entry["serverIPAddress"] = json!(host.trim_matches(['[', ']']));
    }
    entry
}

fn request(request: &RequestView) -> Value {
    let url = Url::parse(&request.url).ok();
    let pairs = url.iter().flat_map(Url::query_pairs);
    let query: Vec<Value> = pairs
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let mut object = json!({
        "method": request.method,
        "url": request.url,
        "httpVersion": "HTTP/1.1",
        "cookies": cookies(&request.headers, "cookie"),
        "headers": headers(&request.headers),
        "queryString": query,
        "headersSize": -1,
        "bodySize": request.body.as_ref().map_or(0, |body| body.bytes),
    });
    if let Some(body) = &request.body {
        object["postData"] = json!({
            "mimeType": value(&request.headers, "content-type"),
            "params": [],
            "text": "",
            "comment": format!("not kept; its SHA-256 is {}", body.sha256),
        });
    }
    object
}

fn response(response: &ResponseView, hop: &HopView) -> Value {
    let location = hop
        .redirect
        .as_ref()
        .map(|redirect| text(&redirect.location));
    json!({
        "status": response.status,
        "statusText": text(&response.reason),
        "httpVersion": response.version,
        "cookies": cookies(&response.headers, "set-cookie"),
        "headers": headers(&response.headers),
        "content": { "size": response.body_bytes, "mimeType": value(&response.headers, "content-type") },
        "redirectURL": location.unwrap_or_default(),
        "headersSize": -1,
        "bodySize": response.body_bytes,
    })
}

/// What browsers write where no answer came.
fn no_response() -> Value {
    json!({
        "status": 0, "statusText": "", "httpVersion": "", "cookies": [], "headers": [],
        "content": { "size": 0, "mimeType": "" }, "redirectURL": "", "headersSize": -1, "bodySize": -1,
    })
}

fn text(octets: &Octets) -> String {
    String::from_utf8_lossy(&octets.0).into_owned()
}

fn headers(fields: &[(String, Octets)]) -> Vec<Value> {
    let pair = |(name, value): &(String, Octets)| json!({ "name": name, "value": text(value) });
    fields.iter().map(pair).collect()
}

/// The value of the first field of this name; empty where there is none.
fn value(fields: &[(String, Octets)], name: &str) -> String {
    let found = fields
        .iter()
        .find(|(there, _)| there.eq_ignore_ascii_case(name));
    found.map_or(String::new(), |(_, value)| text(value))
}

/// The cookies of every field of this name: Cookie has many in one, Set-Cookie one and its attributes.
fn cookies(fields: &[(String, Octets)], name: &str) -> Vec<Value> {
    let most = if name == "cookie" { usize::MAX } else { 1 };
    let lines = fields
        .iter()
        .filter(|(there, _)| there.eq_ignore_ascii_case(name));
    let mut cookies = Vec::new();
    for (_, line) in lines {
        for pair in text(line).split(';').take(most) {
            let (name, value) = pair.split_once('=').unwrap_or(("", pair));
            cookies.push(json!({ "name": name.trim(), "value": value.trim() }));
        }
    }
    cookies
}

/// The phases, and their sum, which HAR wants the time of an entry to be; TLS is part of connecting there.
fn timings(timing: &TimingView) -> (Value, f64) {
    let phase = |ms: Option<Millis>| ms.map_or(-1.0, |ms| ms.0);
    let connect = match (timing.connect_ms, timing.tls_ms) {
        (None, None) => -1.0,
        (connect, tls) => connect.map_or(0.0, |ms| ms.0) + tls.map_or(0.0, |ms| ms.0),
    };
    let (dns, ssl) = (phase(timing.dns_ms), phase(timing.tls_ms));
    let [send, wait, receive] =
        [timing.send_ms, timing.wait_ms, timing.receive_ms].map(|ms| phase(ms).max(0.0));
    let sum: f64 = [dns, connect, send, wait, receive]
        .iter()
        .map(|ms| ms.max(0.0))
        .sum();
    let value = json!({
        "blocked": -1, "dns": dns, "connect": connect, "send": send, "wait": wait, "receive": receive, "ssl": ssl,
    });
    // To the microsecond, as its parts are.
    (value, (sum * 1e3).round() / 1e3)
}
