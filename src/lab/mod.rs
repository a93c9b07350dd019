//! The redirect lab: a loopback server that plays every redirect situation, whole and broken, and writes down what
//! arrives.
//!
//! ```text
//! socket ──request_reader──▶ request ──play──▶ answer (raw pieces) ──connection──▶ socket
//!                               └───────────journal
//! ```
//!
//! Raw bytes in, raw bytes out: no HTTP library stands between, because the lab has to see requests as they were sent
//! and to send what no library would. A situation is a row in the table under `scenarios`; [`groups`] lists them.
//!
//! ```
//! use rehop::lab::{Options, Server};
//!
//! let lab = Server::start(Options::default())?;
//! assert!(lab.url("/chain/308,302").starts_with("http://127.0.0.1:"));
//! # std::io::Result::Ok(())
//! ```

mod answer;
mod certificate;
mod connection;
mod journal;
mod listening;
mod play;
pub mod probe;
mod request;
mod request_reader;
mod scenario;
mod scenarios;
mod server;
mod shared;
mod site;
#[cfg(test)]
mod tests;
mod visitors;
mod wire;

pub use journal::Arrival;
pub use request::RequestFraming;
pub use request_reader::RequestContent;
pub use scenario::{Group, Scenario};
pub use scenarios::demo;
pub use server::{Options, Server};
pub use shared::Log;
pub use site::Ports;
pub use visitors::Visitors;

/// Every scenario, in groups.
#[must_use]
pub fn groups() -> &'static [&'static Group] {
    &scenarios::GROUPS
}

/// Every scenario.
pub fn scenarios() -> impl Iterator<Item = &'static Scenario> {
    scenarios::all()
}
