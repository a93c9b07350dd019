//! The second transport: over ureq, as applications use it. For what is merely downloaded, and as a check that our own wire
//! hears what a plain client hears. The only file that names ureq.
//!
//! It follows nothing and adds no field of its own. What ureq does not give is absent from its exchanges: the order of fields
//! across names, the case of names, reason phrases, interim responses, addresses, phases, a failure's exact place.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use ureq::http::{self, Version};
use ureq::{Agent, AsSendBody, Body, SendBody};

use crate::follow::{LeadsOn, Transport};
use crate::model::{
    Cause, Digest, Exchange, Failure, Headers, Peer, Phase, Received, Request, Response, Sent,
    Status, SystemFault, Timings,
};

/// Bytes of content that are read when no other bound is given: a page with its pictures is less.
const MOST_CONTENT: u64 = 64 << 20;

/// A transport over ureq.
#[derive(Debug)]
pub struct PlainTransport {
    agent: Agent,
    limit: Duration,
    most_content: u64,
}

impl Default for PlainTransport {
    /// 30 s for each exchange, 64 MiB of content.
    fn default() -> Self {
        Self::new(Duration::from_secs(30), MOST_CONTENT)
    }
}

impl PlainTransport {
    /// A transport that gives an exchange `limit` in all, and reads at most `most_content` bytes of content, all of which a
    /// response holds.
    #[must_use]
    pub fn new(limit: Duration, most_content: u64) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .proxy(None)
            .user_agent("")
            .accept("")
            .accept_encoding("")
            .timeout_global(Some(limit))
            .build();
        Self {
            agent: config.into(),
            limit,
            most_content,
        }
    }

    fn answer(&self, request: &Request) -> Result<Response, Failure> {
        let broken = |phase: Phase, error: ureq::Error| failure(request, self.limit, phase, &error);
        let answered = self.ask(request);
        let answered = answered.map_err(|error| broken(Phase::Connect, error))?;
        let (parts, body) = answered.into_parts();
        let content = self.received(body);
        Ok(Response {
            version: version(parts.version).to_owned(),
            status: Status(parts.status.as_u16()),
            reason: Vec::new(),
            headers: headers(&parts.headers),
            informational: Vec::new(),
            left_out: 0,
            content: content.map_err(|error| broken(Phase::Receive, error.into()))?,
        })
    }

    fn ask(&self, request: &Request) -> Result<http::Response<Body>, ureq::Error> {
        let asked = head(request);
        let content = request.body.content();
        match content.map(crate::model::Content::open).transpose()? {
            None => sent(asked.body(()), &self.agent),
            Some(mut reader) => sent(asked.body(SendBody::from_reader(&mut reader)), &self.agent),
        }
    }

    fn received(&self, mut body: Body) -> io::Result<Received> {
        let mut prefix = Vec::new();
        // One byte more tells whether there is more.
        let mut reader = body.as_reader().take(self.most_content.saturating_add(1));
        reader.read_to_end(&mut prefix)?;
        let complete = prefix.len() as u64 <= self.most_content;
        prefix.truncate(usize::try_from(self.most_content).unwrap_or(usize::MAX));
        Ok(Received {
            bytes: prefix.len() as u64,
            complete,
            prefix,
            fault: None,
        })
    }
}

/// The request without its content.
fn head(request: &Request) -> http::request::Builder {
    let mut asked = http::Request::builder()
        .method(request.method.as_str())
        .uri(crate::model::without_userinfo(&request.target).as_str());
    for field in &request.headers {
        asked = asked.header(&field.name, field.value.as_slice());
    }
    let content = request.body.content();
    let length = content.and_then(crate::model::Content::length);
    match length.or(request.says_empty.then_some(0)) {
        Some(length) => asked.header("content-length", length),
        None => asked,
    }
}

impl Transport for PlainTransport {
    fn exchange(&mut self, request: &Request, _: LeadsOn<'_>) -> Exchange {
        let begin = Instant::now();
        let answer = self.answer(request);
        let digest = |length: Option<u64>| Digest {
            bytes: length.unwrap_or(0),
            sha256: [0; 32],
            complete: answer.is_ok(),
        };
        Exchange {
            sent: Sent {
                method: request.method.clone(),
                target: request.target.clone(),
                headers: request.headers.clone(),
                body: request
                    .body
                    .content()
                    .map(|content| digest(content.length())),
            },
            connection: None,
            timings: Timings {
                total: begin.elapsed(),
                ..Timings::default()
            },
            answer,
        }
    }
}

fn sent<B: AsSendBody>(
    asked: Result<http::Request<B>, http::Error>,
    agent: &Agent,
) -> Result<http::Response<Body>, ureq::Error> {
    agent.run(asked?)
}

fn version(version: Version) -> &'static str {
    match version {
        Version::HTTP_10 => "HTTP/1.0",
        _ => "HTTP/1.1",
    }
}

fn headers(map: &http::HeaderMap) -> Headers {
    let fields = map.iter();
    fields
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect()
}

/// A failure as ureq tells it, of an exchange that was given `limit`: its words stand for the system's.
fn failure(request: &Request, limit: Duration, phase: Phase, error: &ureq::Error) -> Failure {
    let name = match (
        request.target.host_str(),
        request.target.port_or_known_default(),
    ) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        _ => String::new(),
    };
    let cause = match error {
        ureq::Error::Timeout(_) => Cause::TimedOut(limit),
        ureq::Error::Io(error) => Cause::System(SystemFault::from(error)),
        other => Cause::System(SystemFault {
            kind: std::io::ErrorKind::Other,
            text: other.to_string(),
        }),
    };
    let peer = Peer {
        name,
        ..Peer::default()
    };
    Failure::new(phase, peer, cause)
}
