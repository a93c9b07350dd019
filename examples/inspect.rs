//! What `rehop URL` does, from a program: `cargo run --example inspect -- http://127.0.0.1:8080/start`.
//!
//! Follows the chain over the wire, checks an expectation, writes the report as JSON, and ends with rehop's exit code.

use std::process::ExitCode;

use rehop::check::Expectation;
use rehop::inspect::Session;
use rehop::model::{Body, Headers, Method, Request};
use rehop::net::{NetOptions, Wire};
use rehop::report::{Secrets, View};
use rehop::rules::Policy;

#[expect(clippy::print_stdout, reason = "an example shows what it found")]
fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("name a URL")?;
    let first = Request::new(Method::GET, url.parse()?, Headers::new(), Body::NONE);
    let mut session = Session::new(Policy::fetch());
    let expectation = Expectation::parse("hops <= 3")?;
    session.checks.expectations.push(expectation);
    let inspection = session.inspect(&mut Wire::new(NetOptions::default()), &first);
    let view = View::new(&inspection.trace, &inspection.outcomes, Secrets::Masked);
    println!("{}", serde_json::to_string_pretty(&view)?);
    Ok(inspection.exit().into())
}
