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
//! use rehop::follow::Transport;
//! use rehop::inspect::Session;
//! use rehop::model::{Body, Exchange, Headers, Method, Received, Request, Response, Sent, Status, Timings};
//! use rehop::rules::Policy;
//!
//! struct Answers(std::vec::IntoIter<(u16, &'static str)>);
//!
//! impl Transport for Answers {
//!     fn exchange(&mut self, request: &Request) -> Exchange {
//!         let (status, location) = self.0.next().unwrap_or((200, ""));
//!         let fields = [("location", location)];
//!         Exchange {
//!             sent: Sent {
//!                 method: request.method.clone(),
//!                 target: request.target.clone(),
//!                 headers: request.headers.clone(),
//!                 body: None,
//!             },
//!             connection: None,
//!             timings: Timings::default(),
//!             answer: Ok(Response {
//!                 version: "HTTP/1.1".to_owned(),
//!                 status: Status(status),
//!                 reason: Vec::new(),
//!                 headers: fields.into_iter().filter(|_| status != 200).collect(),
//!                 informational: Vec::new(),
//!                 content: Received::default(),
//!             }),
//!         }
//!     }
//! }
//!
//! let mut session = Session::new(Policy::fetch());
//! session.checks.expectations.push(Expectation::parse("status = 404")?);
//! let mut answers = Answers(vec![(301, "/moved"), (200, "")].into_iter());
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

mod agreement;
mod comparison;
mod session;

pub use comparison::{Comparison, Other};
pub use session::{Checks, Inspection, Session};
