//! The two transports, ours and ureq's, play the same scenarios: they leave the same chain.

use rehop::follow::{FollowOptions, Follower, Trace, Transport, follow};
use rehop::model::{Body, Headers, Method, Request};
use rehop::net::plain::PlainTransport;
use rehop::net::{NetOptions, Wire};
use rehop::rules::Policy;

use crate::support::lab;

/// Scenarios of well-behaved servers: each of the lab's groups that keeps to HTTP, with every code and crossing that a
/// plain client can make. Broken, hostile and odd answers are what a client like ureq refuses or mends.
const SCENARIOS: &[&str] = &[
    "/echo",
    "/status/204",
    "/status/404",
    "/to/same/301",
    "/to/same/302",
    "/to/same/303",
    "/to/same/307",
    "/to/same/308",
    "/to/port/302",
    "/to/port/307",
    "/to/host/308",
    "/to/host/302/to/port/307",
    "/chain/3",
    "/loop/3",
    "/cookies/login",
    "/location/relative",
    "/location/dot-segments",
    "/location/query-only",
    "/location/fragment",
    "/location/network-path",
];

/// What of a chain both can tell: codes, URLs, methods, what became of content, where it led, how it ended, and the fields of
/// each answer (names in any case, in any order).
fn told(trace: &Trace) -> Vec<String> {
    let hops = trace.hops.iter().map(|hop| {
        let sent = &hop.exchange.sent;
        let (status, mut fields) = match &hop.exchange.answer {
            Ok(response) => (
                response.status.to_string(),
                response
                    .headers
                    .iter()
                    .map(|field| {
                        let value = String::from_utf8_lossy(&field.value);
                        format!("{}: {value}", field.name.to_ascii_lowercase())
                    })
                    .collect::<Vec<_>>(),
            ),
            Err(failure) => (format!("{:?}", failure.kind()), Vec::new()),
        };
        fields.sort();
        // What the lab echoes has the length of what it was sent, and framing fields are each transport's own.
        fields.retain(|field| !field.starts_with("content-length:") && !field.starts_with("date:"));
        let judged = hop
            .redirect
            .as_ref()
            .map(|redirect| format!("{} {} {}", redirect.verdict, redirect.body, redirect.target));
        format!(
            "{} {} {status} {judged:?} {fields:?}",
            sent.method, sent.target
        )
    });
    let end = format!("{} {}", trace.end.kind(), trace.end.url);
    hops.chain([end]).collect()
}

fn followed(transport: &mut dyn Transport, method: &Method, url: &str) -> Trace {
    let fields: Headers = [("user-agent", "rehop-test"), ("accept", "*/*")]
        .into_iter()
        .collect();
    let body = if *method == Method::POST {
        Body::from_bytes(*b"a=1")
    } else {
        Body::NONE
    };
    let url = url.parse().expect("a URL");
    let first = Request::new(method.clone(), url, fields, body);
    let follower = Follower::new(Policy::fetch(), FollowOptions::default(), first);
    follow(transport, follower)
}

#[test]
fn plain_transport_and_wire_leave_the_same_chain_where_servers_behave() {
    let lab = lab();
    let (mut wire, mut plain) = (Wire::new(NetOptions::default()), PlainTransport::default());
    let mut landed = 0;
    for path in SCENARIOS {
        for method in [Method::GET, Method::HEAD, Method::POST] {
            let url = lab.url(path);
            let ours = followed(&mut wire, &method, &url);
            let theirs = followed(&mut plain, &method, &url);
            assert_eq!(told(&ours), told(&theirs), "{method} {path}");
            landed += usize::from(ours.hops.iter().all(|hop| hop.exchange.answer.is_ok()));
        }
    }
    assert_eq!(landed, SCENARIOS.len() * 3, "every one is answered");
}
