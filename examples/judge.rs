//! The law, the chain and the clients, without a network: `cargo run --no-default-features --example judge`.
//!
//! Judges one redirect, follows a scripted chain as browsers do, and foretells what Go would have sent.

use rehop::clients;
use rehop::follow::{FollowOptions, Follower, LeadsOn, Replay, Transport, follow};
use rehop::model::{Body, Exchange, Headers, Method, Request, Response, Status};
use rehop::rules::{BodyFate, Policy, law};

/// Answers in order; a 200 when there are no more.
struct Answers(std::vec::IntoIter<Response>);

impl Transport for Answers {
    fn exchange(&mut self, request: &Request, _: LeadsOn<'_>) -> Exchange {
        let answer = self.0.next().unwrap_or_else(|| Response::new(200));
        Exchange::answered(request, Ok(answer))
    }
}

#[expect(clippy::print_stdout, reason = "an example shows what it found")]
fn main() -> Result<(), url::ParseError> {
    let (verdict, clause) = law::judge(Status(307), &Method::POST, &Method::GET, BodyFate::Dropped);
    println!(
        "a POST that becomes a GET on 307: {verdict} ({} §{})",
        clause.source, clause.section
    );

    let url = "https://shop.example/orders".parse()?;
    let first = Request::new(
        Method::POST,
        url,
        Headers::new(),
        Body::from_bytes(*b"id=7"),
    );
    let script = vec![
        Response::new(308).with("location", "/v2/orders"),
        Response::new(302).with("location", "https://eu.shop.example/orders"),
    ];
    let follower = Follower::new(Policy::fetch(), FollowOptions::default(), first.clone());
    let trace = follow(&mut Answers(script.into_iter()), follower);
    for redirect in trace.followed() {
        let change = &redirect.method;
        println!(
            "{} -> {}, body {}, {} ({:.0} % of measured clients do the same)",
            change.from,
            change.to,
            redirect.body,
            redirect.verdict,
            redirect.agreement.unwrap_or_default() * 100.0
        );
    }

    if let Some(go) = clients::by_name("go") {
        let foretold = Replay::new(&first, None, &trace).to(&go.policy);
        println!(
            "{} would last have sent {}",
            go.called(),
            foretold.last.method
        );
    }
    Ok(())
}
