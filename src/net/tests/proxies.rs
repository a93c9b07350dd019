//! Requests that go through a proxy; each proxy is a few lines that check what it is asked and answer for the origin.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;

use url::Host;

use super::server::{head, playing};
use super::{Ask as _, Detail as _, failed, request, response, terms};
use crate::model::{Exchange, FailureKind, Phase};
use crate::net::options::ProxyKind::{self, Http, Socks4, Socks4a, Socks5, Socks5h};
use crate::net::options::{DenyPrivate, Proxies, Proxy};
use crate::net::{NetOptions, Wire};

fn through(proxy: Proxy, url: &str) -> Exchange {
    Wire::new(NetOptions {
        proxies: proxies(proxy),
        ..terms()
    })
    .ask(&request("GET", url))
}

fn proxies(proxy: Proxy) -> Proxies {
    Proxies {
        http: Some(proxy.clone()),
        https: Some(proxy),
        except: Vec::new(),
    }
}

/// A proxy at `address`, shown `user` (`name:password`) where that is not empty.
fn proxy_at(kind: ProxyKind, address: SocketAddr, user: &str) -> Proxy {
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let credentials = (!user.is_empty()).then(|| (name.to_owned(), password.to_owned()));
    Proxy {
        kind,
        host: Host::parse(&address.ip().to_string()).unwrap(),
        port: address.port(),
        credentials,
    }
}

fn answer(stream: &mut TcpStream) {
    let text = head(stream);
    // Some tests have seen enough by then.
    drop(write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{text}",
        text.len()
    ));
}

fn content(exchange: &Exchange) -> String {
    String::from_utf8(response(exchange).content.prefix.clone()).unwrap()
}

/// A proxy that reads and writes as `talk` says, each pair an expectation and its answer, and then is the origin.
fn scripted(talk: Vec<(Vec<u8>, Vec<u8>)>) -> SocketAddr {
    playing(move |_, stream| {
        for (expected, reply) in &talk {
            let mut asked = vec![0; expected.len()];
            if stream.read_exact(&mut asked).is_err() || asked != *expected {
                // Closing is what a proxy does with what it does not understand.
                return;
            }
            stream.write_all(reply).unwrap();
        }
        answer(stream);
    })
}

#[test]
fn plain_http_asks_a_proxy_for_the_whole_url() {
    let proxy = playing(|_, stream| answer(stream));
    let exchange = through(
        proxy_at(Http, proxy, "us@er:pw"),
        "http://a.invalid:81/b?c#d",
    );
    let expected = "GET http://a.invalid:81/b?c HTTP/1.1\r\nhost: a.invalid:81\r\nproxy-authorization: Basic dXNAZXI6cHc=\r\n\r\n";
    assert_eq!(content(&exchange), expected);
    assert!(exchange.sent.headers.contains("proxy-authorization"));
    let connection = exchange.connection.unwrap();
    assert_eq!(
        (connection.proxy, connection.remote),
        (Some(format!("http://{proxy}")), Some(proxy))
    );
    assert_eq!(exchange.timings.dns, None);
}

#[test]
fn https_asks_a_proxy_for_a_tunnel() {
    let (asked, asks) = mpsc::channel();
    let proxy = playing(move |_, stream| {
        asked.send(head(stream)).unwrap();
        stream
            .write_all(b"HTTP/1.1 200 Established\r\nX: y\r\n\r\n")
            .unwrap();
    });
    let exchange = through(proxy_at(Http, proxy, "u:p"), "https://a.invalid/");
    assert_eq!(
        asks.recv().unwrap(),
        "CONNECT a.invalid:443 HTTP/1.1\r\nhost: a.invalid:443\r\nproxy-authorization: Basic dTpw\r\n\r\n"
    );
    // The tunnel ends at once here: what fails is the handshake with the origin.
    assert_eq!(failed(&exchange).phase, Phase::Tls);
    assert!(!exchange.sent.headers.contains("proxy-authorization"));
    let says = &failed(&exchange).detail();
    assert!(
        says.contains(&format!("a.invalid:443 through the proxy http://{proxy}")),
        "{says}"
    );
}

#[test]
fn proxies_that_say_no() {
    for (reply, says) in [
        (&b"HTTP/1.1 407 Who\r\n\r\n"[..], "wants credentials (407)"),
        (b"HTTP/1.1 403 No\r\n\r\n", "refused CONNECT with 403"),
        (b"SSH-2.0-x\r\n", "did not answer in HTTP/1"),
        (b"", "was closed before it was of use"),
    ] {
        let proxy = playing(move |_, stream| {
            head(stream);
            stream.write_all(reply).unwrap();
        });
        let exchange = through(proxy_at(Http, proxy, "u:secret"), "https://a.invalid/");
        let failure = failed(&exchange);
        assert_eq!(
            (failure.phase, failure.kind()),
            (Phase::Connect, FailureKind::Broken),
            "{failure:?}"
        );
        assert!(
            failure.detail().contains(says) && !failure.detail().contains("secret"),
            "{failure:?}"
        );
    }
}

/// Asks for `url` through a proxy that talks like this and then is the origin.
#[track_caller]
fn goes_through((kind, user): (ProxyKind, &str), talk: Vec<(Vec<u8>, Vec<u8>)>, url: &str) {
    let proxy = scripted(talk);
    let exchange = through(proxy_at(kind, proxy, user), url);
    assert!(
        content(&exchange).starts_with("GET / HTTP/1.1\r\nhost: "),
        "{kind} {url}"
    );
    let connection = exchange.connection.unwrap();
    assert_eq!(
        (connection.proxy, connection.remote),
        (Some(format!("{kind}://{proxy}")), Some(proxy))
    );
}

#[test]
fn socks_4() {
    let granted = || vec![0, 90, 0, 0, 0, 0, 0, 0];
    for (kind, user, asked, url) in [
        (
            Socks4,
            "",
            &b"\x04\x01\0\x50\x7f\0\0\x09\0"[..],
            "http://127.0.0.9/",
        ),
        (
            Socks4,
            "me",
            b"\x04\x01\0\x51\x7f\0\0\x09me\0",
            "http://127.0.0.9:81/",
        ),
        (
            Socks4,
            "",
            b"\x04\x01\0\x50\x7f\0\0\x01\0",
            "http://x.localhost/",
        ),
        (
            Socks4a,
            "",
            b"\x04\x01\0\x50\0\0\0\x01\0a.invalid\0",
            "http://a.invalid/",
        ),
    ] {
        goes_through((kind, user), vec![(asked.to_vec(), granted())], url);
    }
}

#[test]
fn socks_5() {
    for (kind, asked, granted, url) in [
        (
            Socks5h,
            &b"\x05\x01\0\x03\x09a.invalid\0\x50"[..],
            &b"\x05\0\0\x01\x01\x02\x03\x04\0\x09"[..],
            "http://a.invalid/",
        ),
        (
            Socks5,
            b"\x05\x01\0\x01\x7f\0\0\x01\0\x50",
            b"\x05\0\0\x03\x02xy\0\x09",
            "http://localhost/",
        ),
        (
            Socks5,
            b"\x05\x01\0\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\x50",
            &[&[5, 0, 0, 4][..], &[0; 18]].concat(),
            "http://[::1]/",
        ),
    ] {
        let talk = vec![
            (vec![5, 1, 0], vec![5, 0]),
            (asked.to_vec(), granted.to_vec()),
        ];
        goes_through((kind, ""), talk, url);
        let log_in = [
            (vec![5, 2, 0, 2], vec![5, 2]),
            (b"\x01\x02us\x02pw".to_vec(), vec![1, 0]),
        ];
        let talk = [&log_in[..], &[(asked.to_vec(), granted.to_vec())]].concat();
        goes_through((kind, "us:pw"), talk, url);
    }
}

#[test]
fn socks_that_say_no() {
    let ask5 = || vec![5, 1, 0, 1, 127, 0, 0, 9, 0, 80];
    for (kind, talk, says) in [
        (
            Socks4,
            vec![(
                vec![4, 1, 0, 80, 127, 0, 0, 9, 0],
                vec![0, 91, 0, 0, 0, 0, 0, 0],
            )],
            "SOCKS 4 code 91",
        ),
        (
            Socks4,
            vec![(vec![4], b"HTTP/1.1 400".to_vec())],
            "does not speak SOCKS 4",
        ),
        (
            Socks5,
            vec![(vec![5, 1, 0], b"HT".to_vec())],
            "does not speak SOCKS 5",
        ),
        (
            Socks5,
            vec![(vec![5, 1, 0], vec![5, 255])],
            "wants credentials",
        ),
        (
            Socks5,
            vec![(vec![5, 1, 0], vec![5, 0]), (ask5(), vec![5, 5, 0, 1])],
            "connection refused",
        ),
    ] {
        let proxy = scripted(talk);
        let exchange = through(proxy_at(kind, proxy, ""), "http://127.0.0.9/");
        let failure = failed(&exchange);
        assert!(
            failure.phase == Phase::Connect && failure.detail().contains(says),
            "{kind} {failure:?}"
        );
    }
}

#[test]
fn the_address_guard_looks_past_a_proxy_but_not_at_it() {
    let proxy = playing(|_, stream| answer(stream));
    let terms = NetOptions {
        proxies: proxies(proxy_at(Http, proxy, "")),
        deny_private: DenyPrivate::Everywhere,
        ..terms()
    };
    for (url, allowed) in [
        ("http://127.0.0.1:9/", false),
        ("http://localhost/", false),
        ("http://1.1.1.1/", true),
    ] {
        let exchange = Wire::new(terms.clone()).ask(&request("GET", url));
        assert_eq!(exchange.answer.is_ok(), allowed, "{url}");
        assert_eq!(
            exchange.answer.err().map(|failure| failure.kind()),
            (!allowed).then_some(FailureKind::Forbidden)
        );
    }
}

#[test]
fn a_dead_proxy_is_named() {
    let dead = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let exchange = through(proxy_at(Http, dead, ""), "http://a.invalid/");
    let expected = format!(
        "could not connect to a.invalid:80 through the proxy http://{dead}: connection refused; is anything listening there?"
    );
    assert_eq!(failed(&exchange).detail(), expected);
}
