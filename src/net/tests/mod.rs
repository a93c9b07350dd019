//! The wire against servers that say exactly what a test wants, byte by byte.

mod hostile;
mod plain;
mod proxies;
mod secure;
mod server;
mod timing;
mod unasked;
mod uploads;

use std::net::SocketAddr;
use std::time::Duration;

use url::{Host, Url};

use super::options::ResolveOverride;
use super::{Limits, NetOptions, Wire};
use crate::follow::Transport;
use crate::model::{Body, Exchange, Failure, Headers, Method, Received, Request, Response, Status};
use crate::report::Secrets;
use crate::report::say::{Voice, wire as say};

/// What a user is told.
trait Detail {
    fn detail(&self) -> String;
}

impl Detail for Failure {
    fn detail(&self) -> String {
        say::failure(Voice::whole(Secrets::Masked), self)
    }
}

/// What a user is told of content that broke off.
fn fault(content: &Received) -> Option<String> {
    content.fault.as_ref().map(say::content_fault)
}

/// Asks as a chain does that follows every redirect.
trait Ask {
    fn ask(&mut self, request: &Request) -> Exchange;
}

impl Ask for Wire {
    fn ask(&mut self, request: &Request) -> Exchange {
        let leads_on = |status: Status, headers: &Headers| {
            status.is_redirection() && headers.contains("location")
        };
        self.exchange(request, &leads_on)
    }
}

/// Terms under which nothing takes long.
fn terms() -> NetOptions {
    let limits = Limits {
        connect: Duration::from_secs(2),
        hop: Duration::from_secs(2),
        content: Duration::from_millis(300),
        expect: Duration::from_millis(200),
        ..Limits::default()
    };
    NetOptions {
        limits,
        ..NetOptions::default()
    }
}

fn pin(host: &str, port: u16, addresses: &[&str]) -> ResolveOverride {
    let addresses = addresses.iter().map(|ip| ip.parse().unwrap()).collect();
    ResolveOverride {
        host: Some(Host::parse(host).unwrap()),
        port,
        addresses,
    }
}

/// Terms under which a hop ends after 300 ms.
fn hasty() -> NetOptions {
    let mut terms = terms();
    terms.limits.hop = Duration::from_millis(300);
    terms
}

fn wire() -> Wire {
    Wire::new(terms())
}

fn request(method: &str, url: &str) -> Request {
    Request::new(
        Method::new(method).unwrap(),
        Url::parse(url).unwrap(),
        Headers::new(),
        Body::NONE,
    )
}

fn get(address: SocketAddr) -> Request {
    request("GET", &format!("http://{address}/"))
}

fn post(address: SocketAddr, body: impl Into<Vec<u8>>) -> Request {
    Request {
        body: Body::from_bytes(body),
        ..request("POST", &format!("http://{address}/"))
    }
}

#[track_caller]
fn response(exchange: &Exchange) -> &Response {
    exchange
        .answer
        .as_ref()
        .unwrap_or_else(|failure| panic!("{failure:?}"))
}

#[track_caller]
fn failed(exchange: &Exchange) -> &Failure {
    exchange
        .answer
        .as_ref()
        .expect_err("there should be no answer")
}

/// Asks a server that answers with `bytes` and then closes.
fn ask(bytes: &[u8]) -> Exchange {
    wire().ask(&get(server::answering(bytes)))
}
