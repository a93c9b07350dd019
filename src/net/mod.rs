//! The wire: one request out, one response in, and everything that was seen on the way.
//!
//! ```text
//! Request ─ prepared ─▶ Wire ─▶ Pool ── a connection that waits ──┐
//!                        │                                        ▼
//!                        └──▶ Connector ── a new one ──▶ driver: Sending ▶ Awaiting ▶ Receiving ─▶ Exchange
//!                             resolve ▶ guard ▶ dial ▶ tunnel ▶ TLS
//! ```
//!
//! It is our own, straight through, because every byte of an inspection is evidence: what is reported was read off the
//! connection, never out of what was asked for. `http1` has the states of an exchange, without a socket; `driver` moves
//! their bytes. [`Network`] is what all workers of a run share: names looked up, connections that wait, the TLS set-up.
//! [`plain`] is a second transport, over ureq, as applications use it: for what is merely downloaded, and as a check that
//! this one hears what a plain client hears.
//!
//! ```no_run
//! use rehop::follow::Transport;
//! use rehop::model::{Body, Headers, Method, Request};
//! use rehop::net::{NetOptions, Wire};
//!
//! let target = url::Url::parse("http://127.0.0.1:8080/start").expect("a URL");
//! let request = Request::new(Method::POST, target, Headers::new(), Body::from_bytes(*b"a=1"));
//! let exchange = Wire::new(NetOptions::default()).exchange(&request, &|_, _| false);
//! match exchange.answer {
//!     Ok(response) => assert!(response.status.code() >= 200),
//!     Err(failure) => assert_eq!(failure.peer.name, "127.0.0.1:8080"),
//! }
//! ```

mod authority;
mod body_digest;
mod broken;
mod certificate;
mod chunked;
mod connector;
mod deadline;
mod dial;
mod driver;
mod framing;
mod head;
mod head_buffer;
mod http1;
pub mod options;
mod order;
pub mod plain;
mod pool;
mod prepared;
mod proxy;
mod receiver;
mod resolver;
mod sender;
mod stream;
#[cfg(test)]
mod tests;
mod tls;
mod tls_fault;
mod tunnel;
mod verifier;
mod wire;

pub use self::options::{Limits, NetOptions, TlsOptions};
pub use self::tls::check_tls;
pub use self::wire::{Network, Wire};

use self::prepared::{TargetStyle, prepare};
use crate::model::{Request, Unsendable};

/// Whether `request` can be sent as it stands.
///
/// # Errors
/// Where a field of it cannot, such as a Content-Length that its content does not have.
pub fn check(request: &Request) -> Result<(), Unsendable> {
    prepare(request, TargetStyle::Origin).map(drop)
}
