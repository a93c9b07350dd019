//! What `rehop URL` does, for a library: one call follows a chain, compares it with other clients and checks it.
//!
//! ```text
//! Session { policy, options, checks, others } ──inspect(transport, request)──▶ Inspection { trace, outcomes, comparison }
//! ```
//!
//! Here over a stand-in for the network, a list of answers; `net::Wire` is the transport that reaches servers.
//!
//! ```
//! use rehop::check::Expectation;
//! use rehop::exit::Exit;
//! use rehop::follow::{LeadsOn, Transport};
//! use rehop::inspect::Session;
//! use rehop::model::{Body, Exchange, Headers, Method, Request, Response};
//! use rehop::rules::Policy;
//!
//! struct Answers(std::vec::IntoIter<Response>);
//!
//! impl Transport for Answers {
//!     fn exchange(&mut self, request: &Request, _: LeadsOn<'_>) -> Exchange {
//!         let answer = self.0.next().unwrap_or_else(|| Response::new(200));
//!         Exchange::answered(request, Ok(answer))
//!     }
//! }
//!
//! let mut session = Session::new(Policy::fetch());
//! session.checks.expectations.push(Expectation::parse("status = 404")?);
//! let mut answers = Answers(vec![Response::new(301).with("location", "/moved")].into_iter());
//! let url = "http://example.com/".parse().unwrap();
//! let first = Request::new(Method::GET, url, Headers::new(), Body::NONE);
//!
//! let inspection = session.inspect(&mut answers, &first);
//! assert_eq!(inspection.trace.redirects(), 1);
//! assert_eq!(inspection.trace.end.url.as_str(), "http://example.com/moved");
//! assert!(!inspection.outcomes[0].held);
//! assert_eq!(inspection.exit(), Exit::Unmet);
//! # Ok::<(), rehop::check::ParseError>(())
//! ```

mod comparison;
mod session;

pub use comparison::{Comparison, Other};
pub use session::{Checks, Inspection, Session};
