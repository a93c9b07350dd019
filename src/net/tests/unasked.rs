//! Servers that keep the other side waiting, that speak before they are asked, or that end before they should: each wait
//! asks the watch, and nothing counts as an answer that is none.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use super::secure::{Authority, Stream, serving_with, trusting};
use super::server::{head, playing, until_closed};
use super::{Ask as _, Detail as _, failed, fault, get, hasty, request, response, terms};
use crate::model::{Exchange, FailureKind, Phase};
use crate::net::options::{Proxies, Proxy, ProxyKind};
use crate::net::{NetOptions, Wire};

/// Writes a byte every few milliseconds.
struct Dripping<'s>(&'s mut TcpStream);

impl Write for Dripping<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        thread::sleep(Duration::from_millis(5));
        self.0.write(&bytes[..bytes.len().min(1)])
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes what TLS holds back a byte at a time, as long as somebody takes it.
fn drip(stream: &mut Stream) {
    while stream.conn.wants_write() {
        if stream
            .conn
            .write_tls(&mut Dripping(&mut stream.sock))
            .is_err()
        {
            return;
        }
    }
}

/// A server that shakes hands and hears the request, then does `script`.
fn secure(authority: &Authority, script: impl Fn(&mut Stream) + Send + 'static) -> SocketAddr {
    let identity = authority.sign("localhost", 2090);
    serving_with(identity, (Vec::new(), None), script)
}

fn ask(authority: &Authority, terms: NetOptions, address: SocketAddr) -> Exchange {
    let tls = trusting(authority);
    let url = format!("https://localhost:{}/", address.port());
    Wire::new(NetOptions { tls, ..terms }).ask(&request("GET", &url))
}

#[test]
fn records_that_drip_end_with_the_hop_and_with_ctrl_c() {
    let authority = Authority::new("Test Authority");
    let record = |stream: &mut Stream| {
        stream.conn.writer().write_all(&[b'x'; 8000]).unwrap();
        drip(stream);
    };
    for (at_once, phase) in [
        (None, Phase::Tls),
        (Some(&b""[..]), Phase::Wait),
        (Some(b"HTTP/1.1 200 OK\r\nA: "), Phase::Receive),
    ] {
        let address = secure(&authority, move |stream| {
            let Some(at_once) = at_once else {
                // The client's hello, and the answer to it.
                stream.conn.read_tls(&mut stream.sock).unwrap();
                stream.conn.process_new_packets().unwrap();
                return drip(stream);
            };
            head(stream);
            stream.write_all(at_once).unwrap();
            record(stream);
        });
        let exchange = ask(&authority, hasty(), address);
        let failure = failed(&exchange);
        let seen = (failure.phase, failure.kind());
        assert_eq!(seen, (phase, FailureKind::TimedOut), "{failure:?}");

        let terms = terms();
        let interrupt = terms.interrupt.clone();
        let presser = thread::spawn(move || {
            thread::sleep(Duration::from_millis(150));
            interrupt.store(true, Ordering::Relaxed);
        });
        let exchange = ask(&authority, terms, address);
        assert_eq!(failed(&exchange).kind(), FailureKind::Interrupted);
        presser.join().unwrap();
    }
}

#[test]
fn records_without_content_are_no_answer_and_end_with_the_hop() {
    let authority = Authority::new("Test Authority");
    let address = secure(&authority, |stream| {
        head(stream);
        // Updates of the keys: records of the server's that carry nothing of it.
        while stream.conn.refresh_traffic_keys().is_ok() && stream.flush().is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let exchange = ask(&authority, hasty(), address);
    assert_eq!(failed(&exchange).kind(), FailureKind::TimedOut);
}

const REDIRECT: &[u8] = b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n";

/// What is there before the request is written answers nothing, and its connection is of no further use.
#[track_caller]
fn is_unasked(exchange: &Exchange) {
    let failure = failed(exchange);
    assert_eq!(failure.phase, Phase::Send, "{failure:?}");
    assert!(
        failure.detail().contains("before it was asked"),
        "{failure:?}"
    );
}

#[test]
fn what_a_proxy_says_behind_its_own_answer_is_not_the_origins() {
    for (kind, asks, reply) in [
        (ProxyKind::Socks5h, 3, &b"\x05\x00"[..]),
        (ProxyKind::Socks4a, 19, b"\0\x5a\0\0\0\0\0\0"),
    ] {
        let proxy = playing(move |_, stream| {
            stream.read_exact(&mut vec![0; asks]).unwrap();
            if kind == ProxyKind::Socks5h {
                stream.write_all(reply).unwrap();
                stream.read_exact(&mut [0; 4 + 1 + 9 + 2]).unwrap();
                stream
                    .write_all(&[b"\x05\0\0\x01\0\0\0\0\0\0", REDIRECT].concat())
                    .unwrap();
            } else {
                stream.write_all(&[reply, REDIRECT].concat()).unwrap();
            }
            until_closed(stream);
        });
        let proxy = Proxy {
            kind,
            host: url::Host::parse("127.0.0.1").unwrap(),
            port: proxy.port(),
            credentials: None,
        };
        let terms = NetOptions {
            proxies: Proxies {
                http: Some(proxy),
                ..Proxies::default()
            },
            ..terms()
        };
        is_unasked(&Wire::new(terms).ask(&request("GET", "http://a.invalid/")));
    }
}

#[test]
fn a_head_of_short_lines_from_a_proxy_takes_no_square_of_them() {
    let proxy = playing(|_, stream| {
        head(stream);
        let lines = [&b"HTTP/1.1 200 OK\n"[..], &b"a\n".repeat(4900), b"\n"].concat();
        stream.write_all(&lines).unwrap();
        until_closed(stream);
    });
    let proxy = Proxy {
        kind: ProxyKind::Http,
        host: url::Host::parse("127.0.0.1").unwrap(),
        port: proxy.port(),
        credentials: None,
    };
    let mut terms = terms();
    terms.proxies.https = Some(proxy);
    let exchange = Wire::new(terms).ask(&request("GET", "https://a.invalid/"));
    // The way is open, and what fails is the handshake.
    assert_eq!(failed(&exchange).phase, Phase::Tls);
}

#[test]
fn content_that_ends_with_a_connection_that_tls_did_not_close_is_not_whole() {
    let authority = Authority::new("Test Authority");
    for is_meant in [true, false] {
        let address = secure(&authority, move |stream| {
            head(stream);
            stream
                .write_all(b"HTTP/1.1 200 OK\r\n\r\nhalf of it")
                .unwrap();
            if is_meant {
                stream.conn.send_close_notify();
                stream.flush().unwrap();
            }
        });
        let exchange = ask(&authority, terms(), address);
        let content = &response(&exchange).content;
        assert_eq!((content.complete, content.bytes), (is_meant, 10));
        assert_eq!(fault(content).is_none(), is_meant, "{:?}", fault(content));
    }
}

#[test]
fn chunks_of_chunks_are_not_undone_and_their_connection_is_given_up() {
    let address = playing(|n, stream| {
        head(stream);
        let coding = if n == 0 {
            "chunked, chunked"
        } else {
            "chunked"
        };
        let head = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: {coding}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(b"3\r\nabc\r\n0\r\n\r\n").unwrap();
        until_closed(stream);
    });
    let mut wire = Wire::new(terms());
    let first = wire.ask(&get(address));
    let content = &response(&first).content;
    assert!(!content.complete && fault(content).unwrap().contains("chunked, chunked"));
    let second = wire.ask(&get(address));
    assert!(response(&second).content.complete && !second.connection.unwrap().reused);
}
