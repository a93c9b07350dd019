//! The access log of the lab, a line for each arrival.

use super::layout::Sign;
use super::style::{Ink, paint};
use super::units::size;
use super::{Layout, Secrets};
use crate::lab::Arrival;

/// `POST /to/port/307 → 307  7 B  (127.0.0.1:40000)`: what arrived is escaped, and its secrets masked.
#[must_use]
pub fn line(arrival: &Arrival, layout: Layout) -> String {
    let target = Secrets::Masked.reference(&arrival.target);
    let (method, target) = (
        layout.show(&arrival.method),
        layout.show(&target).into_owned(),
    );
    let status = arrival
        .status
        .map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let body = arrival
        .content
        .as_ref()
        .map_or_else(String::new, |content| {
            format!("  {}", size(content.digest.bytes))
        });
    let status = if layout.colour {
        paint(&status, ink(arrival.status)).into_owned()
    } else {
        status
    };
    format!(
        "{method} {}{target} {} {status}{body}",
        arrival.origin,
        layout.sign(Sign::Arrow)
    )
}

fn ink(status: Option<u16>) -> Ink {
    match status {
        Some(..300) => Ink::Good,
        Some(..400) => Ink::Link,
        Some(_) => Ink::Fair,
        None => Ink::Bad,
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use super::*;
    use crate::model::Headers;
    use crate::report::Detail;

    #[test]
    fn what_arrived_cannot_write_into_the_terminal() {
        let arrival = Arrival {
            n: 1,
            connection: 1,
            peer: SocketAddr::from((Ipv4Addr::LOCALHOST, 1)),
            origin: "http://127.0.0.1:1".to_owned(),
            method: "G\x1b[31mET".to_owned(),
            target: b"/\x1b]0;x\x07?token=secret".to_vec(),
            version: "HTTP/1.1".to_owned(),
            headers: Headers::new(),
            content: None,
            status: Some(302),
        };
        let layout = Layout {
            width: 80,
            unicode: true,
            colour: false,
            detail: Detail::Normal,
            whole: false,
        };
        let expected = "G\\x1b[31mET http://127.0.0.1:1/\\x1b]0;x\\x07?token=*** \u{2192} 302";
        assert_eq!(line(&arrival, layout), expected);
    }
}
