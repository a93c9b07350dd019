//! Which phases have a time, and which do not.

use std::io::Write;
use std::thread;
use std::time::Duration;

use super::server::{head, playing};
use super::{Ask as _, get, pin, request, response, wire};
use crate::net::{NetOptions, Wire};

#[test]
fn phases_that_did_not_happen_have_no_time() {
    let address = playing(|_, stream| {
        while !head(stream).is_empty() {
            thread::sleep(Duration::from_millis(40));
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n")
                .unwrap();
            thread::sleep(Duration::from_millis(40));
            stream.write_all(b"x").unwrap();
        }
    });
    let mut wire = wire();
    let first = wire.ask(&get(address)).timings;
    assert!(
        first.dns.is_none()
            && first.tls.is_none()
            && first.connect.is_some()
            && first.send.is_some(),
        "{first:?}"
    );
    assert!(
        first.wait.unwrap() >= Duration::from_millis(35)
            && first.receive.unwrap() >= Duration::from_millis(35),
        "{first:?}"
    );
    assert!(first.total >= first.wait.unwrap() + first.receive.unwrap());
    let second = wire.ask(&get(address)).timings;
    assert!(
        second.dns.is_none()
            && second.connect.is_none()
            && second.tls.is_none()
            && second.send.is_some(),
        "{second:?}"
    );
}

#[test]
fn a_failure_keeps_the_times_up_to_it() {
    let exchange = wire().ask(&request("GET", "http://nobody.invalid/"));
    assert!(
        exchange.timings.dns.is_some()
            && exchange.timings.connect.is_none()
            && exchange.timings.send.is_none()
    );

    let silent = playing(|_, stream| drop(head(stream)));
    let exchange = wire().ask(&get(silent));
    let timings = exchange.timings;
    assert!(
        exchange.answer.is_err()
            && timings.connect.is_some()
            && timings.wait.is_some()
            && timings.receive.is_none(),
        "{timings:?}"
    );
}

#[test]
fn a_name_given_beforehand_takes_no_time_and_is_what_the_host_field_says() {
    let address = playing(|_, stream| {
        let text = head(stream);
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{text}",
            text.len()
        )
        .unwrap();
    });
    let terms = NetOptions {
        overrides: vec![pin("a.example", address.port(), &["127.0.0.1"])],
        ..super::terms()
    };
    let exchange = Wire::new(terms).ask(&request(
        "GET",
        &format!("http://a.example:{}/", address.port()),
    ));
    let text = String::from_utf8_lossy(&response(&exchange).content.prefix).into_owned();
    assert!(
        text.contains(&format!("host: a.example:{}\r\n", address.port())),
        "{text}"
    );
    assert_eq!(exchange.timings.dns, None);
    assert_eq!(exchange.connection.unwrap().remote, Some(address));
}
