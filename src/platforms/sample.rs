//! Requests that a rule is written for.

use std::fmt::Write as _;

use super::visit::Visit;

/// The host of a request whose rule names none; RFC 2606 keeps it free.
pub const SAMPLE_HOST: &str = "site.example";

/// A GET as a browser would send it: no fragment, and octets that no URL holds percent-encoded.
pub(crate) fn sample(host: Option<&str>, path: &str) -> Visit {
    let sent = path.split('#').next().unwrap_or_default();
    let slash = if sent.starts_with('/') { "" } else { "/" };
    Visit::get(
        host.unwrap_or(SAMPLE_HOST),
        &format!("{slash}{}", encoded(sent)),
    )
}

/// The text with everything percent-encoded that a browser encodes in a path (<https://url.spec.whatwg.org/#path-percent-encode-set>).
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte <= b' ' || byte >= 0x7f || b"\"<>`{}^".contains(&byte) {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        } else {
            out.push(char::from(byte));
        }
    }
    out
}
