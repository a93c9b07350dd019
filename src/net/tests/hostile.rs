//! Servers that mean no good, or know no better. Each case ends within its limits, with one sentence.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use url::Host;

use super::server::{answering, head, playing, until_closed};
use super::{
    Ask as _, Detail as _, ask, failed, fault, get, hasty, pin, post, request, response, terms,
    wire,
};
use crate::model::{FailureKind, Phase, Received, Status};
use crate::net::options::{ConnectTo, DenyPrivate};
use crate::net::{NetOptions, Wire};

/// Terms under which content is waited for as long as a whole hop.
fn patient() -> NetOptions {
    let mut terms = terms();
    terms.limits.content = terms.limits.hop;
    terms
}

#[test]
fn what_is_no_http() {
    let endless_line = [&b"HTTP/1.1 200 OK\r\nA: "[..], &vec![b'x'; 10_000_000]].concat();
    let endless_fields = [&b"HTTP/1.1 200 OK\r\n"[..], &b"A: b\r\n".repeat(1_700_000)].concat();
    for (bytes, says) in [
        (&b""[..], "closed the connection without an answer"),
        (b"HTT", "in the middle of the response's head"),
        (b"HTTP/1.1 200 OK", "in the middle of the response's head"),
        (
            b"HTTP/1.1 200 OK\r\nLocation: /\r\n",
            "in the middle of the response's head",
        ),
        (
            b"<h1>HTTP/0.9</h1>",
            "did not answer in HTTP/1: its first bytes are `<h1>HTTP/0.9</h1>`",
        ),
        (b"SSH-2.0-OpenSSH\r\n", "did not answer in HTTP/1"),
        (b"\x1b]0;title\x07", "`\\x1b]0;title\\x07`"),
        (
            b"\x15\x03\x01\x00\x02\x02\x0a",
            "speaks TLS on this port: try https://",
        ),
        (b"\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64", "only HTTP/2"),
        (
            b"HTTP/1.1 007 Bond\r\n\r\n",
            "status line that cannot be read",
        ),
        (b"HTTP/1.1 abc\r\n\r\n", "status line that cannot be read"),
        (&endless_line, "does not end within 256 KiB"),
        (&endless_fields, "does not end within 256 KiB"),
        (
            &b"HTTP/1.1 100 Go\r\n\r\n".repeat(100_000),
            "interim (1xx) responses without end",
        ),
    ] {
        for request in [get(answering(bytes)), post(answering(bytes), *b"abc")] {
            let exchange = wire().ask(&request);
            let failure = failed(&exchange);
            assert!(
                failure.detail().contains(says),
                "{}: {failure:?}",
                bytes[..bytes.len().min(40)].escape_ascii()
            );
            assert_eq!(failure.kind(), FailureKind::Broken);
            assert!(
                matches!(failure.phase, Phase::Wait | Phase::Receive | Phase::Send),
                "{failure:?}"
            );
            assert!(exchange.connection.is_some() && exchange.sent.headers.contains("host"));
        }
    }
}

#[test]
fn what_is_odd_but_can_be_read() {
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "A: b\r\n".repeat(5000));
    let long = format!(
        "HTTP/1.1 302 Found\r\nLocation: /{}\r\n\r\n",
        "x".repeat(40_000)
    );
    for (bytes, code, fields) in [
        (&b"HTTP/1.1 999 Beyond\r\n\r\n"[..], 999, 0),
        (b"HTTP/1.1 309 \r\nLocation: /\r\n\r\n", 309, 1),
        (b"HTTP/1.0 302 Found\r\nLocation: /\r\n\r\n", 302, 1),
        (b"HTTP/1.1 302 Found\nLocation: /\nA: b\n\n", 302, 2),
        (b"HTTP/1.1 302\r\nLocation: /\r\n\r\n", 302, 1),
        (b"HTTP/1.1 302 Found\r\nLocation: /a\0b\rc\r\n\r\n", 302, 1),
        (
            b"HTTP/1.1 302 Found\r\nLocation:\r\n /folded\r\n\r\n",
            302,
            1,
        ),
        (
            b"HTTP/1.1 302 Found\r\nno colon\r\nLocation : /\r\n\r\n",
            302,
            2,
        ),
        (
            b"HTTP/1.1 200 \x1b[31mOK\r\nA\x1b: \xff\xfe\r\n\r\n",
            200,
            1,
        ),
        (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nx", 101, 1),
        (many.as_bytes(), 200, 5000),
        (long.as_bytes(), 302, 1),
    ] {
        let exchange = ask(bytes);
        let answer = response(&exchange);
        assert_eq!(
            (answer.status, answer.headers.len()),
            (Status(code), fields),
            "{}",
            bytes[..bytes.len().min(60)].escape_ascii()
        );
        assert!(
            answer.content.complete && answer.content.fault.is_none(),
            "{:?}",
            answer.content
        );
    }
    assert_eq!(
        response(&ask(b"HTTP/1.1 302 x\r\nLocation: /a\0b\rc\r\n\r\n"))
            .headers
            .get("location"),
        Some(&b"/a\0b\rc"[..])
    );
}

#[test]
fn content_that_is_not_what_was_said() {
    let chunked = |rest: &str| {
        format!("HTTP/1.1 302 Found\r\nLocation: /\r\nTransfer-Encoding: chunked\r\n\r\n{rest}")
            .into_bytes()
    };
    let with = |field: &str, rest: &str| {
        format!("HTTP/1.1 302 Found\r\nLocation: /\r\n{field}\r\n\r\n{rest}").into_bytes()
    };
    for (bytes, had, says) in [
        (
            with("Content-Length: 10", "short"),
            5,
            "ended after 5 of 10 bytes",
        ),
        (
            with("Content-Length: 10", ""),
            0,
            "ended after 0 of 10 bytes",
        ),
        (
            with("Content-Length: 5\r\nContent-Length: 6", "short!"),
            0,
            "both 5 and 6",
        ),
        (
            with("Content-Length: many", "short!"),
            0,
            "no number of bytes",
        ),
        (chunked("5\r\nshort\r\n"), 5, "before its last chunk"),
        (chunked("5\r\nsh"), 2, "before its last chunk"),
        (chunked("zz\r\nshort\r\n"), 0, "malformed"),
        (chunked("-5\r\nshort\r\n"), 0, "malformed"),
        (chunked("5\r\nshort and long\r\n"), 5, "malformed"),
        (chunked("fffffffffffffffffff\r\nshort"), 0, "malformed"),
        (chunked(&format!("5;{}", "x".repeat(300_000))), 0, "chunk"),
    ] {
        let begin = Instant::now();
        let exchange = Wire::new(patient()).ask(&get(answering(&bytes)));
        let content = &response(&exchange).content;
        let Received {
            bytes: read,
            complete,
            ..
        } = content;
        let fault = fault(content).unwrap_or_default();
        let shown = bytes[..bytes.len().min(120)].escape_ascii();
        assert!(
            fault.contains(says) && !complete && *read == had,
            "{shown}: {read} {fault}"
        );
        // No spinning until a limit runs out.
        assert!(
            begin.elapsed() < Duration::from_secs(10),
            "{:?}",
            begin.elapsed()
        );
    }
}

#[test]
fn content_without_end_is_left() {
    for framing in [
        "Content-Length: 1000000000000",
        "Transfer-Encoding: chunked",
        "X: until close",
    ] {
        let fields = framing.to_owned();
        let address = playing(move |_, stream| {
            head(stream);
            drop(write!(
                stream,
                "HTTP/1.1 302 Found\r\nLocation: /\r\n{fields}\r\n\r\n"
            ));
            let piece = [&b"4000\r\n"[..], &[b'x'; 0x4000], b"\r\n"].concat();
            while stream.write_all(&piece).is_ok() {}
        });
        let begin = Instant::now();
        let exchange = wire().ask(&get(address));
        let received = &response(&exchange).content;
        assert!(
            !received.complete && received.bytes < 100_000 && received.fault.is_none(),
            "{framing} {}",
            received.bytes
        );
        assert!(begin.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn content_that_drips_is_left_in_time_and_its_connection_with_it() {
    let address = playing(|n, stream| {
        head(stream);
        drop(write!(
            stream,
            "HTTP/1.1 302 Found\r\nLocation: /{n}\r\nContent-Length: 1000\r\n\r\n"
        ));
        while stream.write_all(b"x").is_ok() {
            thread::sleep(Duration::from_millis(10));
        }
    });
    let mut wire = wire();
    for n in 0..2 {
        let begin = Instant::now();
        let exchange = wire.ask(&get(address));
        let answer = response(&exchange);
        assert_eq!(
            answer.headers.text("location"),
            Some(format!("/{n}").as_str())
        );
        assert!(
            fault(&answer.content)
                .unwrap()
                .contains("did not end within 0.3 s"),
            "{:?}",
            answer.content.fault
        );
        assert!(begin.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn a_stream_that_nobody_wants_is_left_and_only_a_redirect_is_blamed() {
    for (terms, code, says) in [
        (terms(), "200 OK", None),
        (
            patient(),
            "302 Found\r\nLocation: /",
            Some("did not end within 0.25 s"),
        ),
    ] {
        let address = playing(move |_, stream| {
            head(stream);
            write!(stream, "HTTP/1.1 {code}\r\n\r\ndata: 1\n\n").unwrap();
            until_closed(stream);
        });
        let begin = Instant::now();
        let exchange = Wire::new(terms).ask(&get(address));
        let content = &response(&exchange).content;
        assert_eq!(
            (content.complete, content.bytes, fault(content).is_some()),
            (false, 9, says.is_some())
        );
        assert!(says.is_none_or(|says| fault(content).unwrap().contains(says)));
        assert!(
            begin.elapsed() < Duration::from_secs(10),
            "{:?}",
            begin.elapsed()
        );
    }
}

#[test]
fn silence_at_each_stage_ends_in_time() {
    for (bytes, phase, says) in [
        ("", Phase::Wait, "no answer from"),
        (
            "HTTP/1.1 200 OK\r\nA: ",
            Phase::Receive,
            "did not end within 0.3 s",
        ),
        ("HTTP/1.1 100 Go\r\n\r\n", Phase::Wait, "no answer from"),
    ] {
        let address = playing(move |_, stream| {
            head(stream);
            stream.write_all(bytes.as_bytes()).unwrap();
            until_closed(stream);
        });
        let begin = Instant::now();
        let exchange = Wire::new(hasty()).ask(&get(address));
        let failure = failed(&exchange);
        assert_eq!(
            (failure.phase, failure.kind()),
            (phase, FailureKind::TimedOut),
            "{failure:?}"
        );
        assert!(failure.detail().contains(says), "{failure:?}");
        assert!(
            begin.elapsed() < Duration::from_secs(10),
            "{:?}",
            begin.elapsed()
        );
    }
}

#[test]
fn a_head_that_drips_ends_with_the_hop() {
    let address = playing(|_, stream| {
        head(stream);
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\n"));
        while stream.write_all(b"A: b\r\n").is_ok() {
            thread::sleep(Duration::from_millis(5));
        }
    });
    let exchange = Wire::new(hasty()).ask(&get(address));
    assert_eq!(
        (failed(&exchange).phase, failed(&exchange).kind()),
        (Phase::Receive, FailureKind::TimedOut)
    );
}

#[test]
fn the_chain_has_a_limit_of_its_own() {
    let address = playing(|_, stream| {
        head(stream);
        until_closed(stream);
    });
    let mut terms = terms();
    terms.limits.chain = Some(Duration::from_millis(200));
    let mut wire = Wire::new(terms);
    let failure = wire.ask(&get(address)).answer.unwrap_err();
    assert!(
        failure.kind() == FailureKind::TimedOut && failure.detail().contains("0.2 s"),
        "{failure:?}"
    );
    assert_eq!(
        wire.ask(&get(address)).answer.unwrap_err().kind(),
        FailureKind::TimedOut
    );
    wire.begin_chain();
    let begin = Instant::now();
    assert_eq!(failed(&wire.ask(&get(address))).phase, Phase::Wait);
    assert!(begin.elapsed() >= Duration::from_millis(190));
}

#[test]
fn an_interrupt_ends_every_wait() {
    let silent = playing(|_, stream| {
        head(stream);
        until_closed(stream);
    });
    let stalled = playing(|_, stream| {
        head(stream);
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
            .unwrap();
        until_closed(stream);
    });
    let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
    let upload = post(deaf.local_addr().unwrap(), vec![0; 50_000_000]);
    for (request, phase) in [
        (get(silent), Some(Phase::Wait)),
        (upload, Some(Phase::Send)),
        (get(stalled), None),
    ] {
        let mut terms = terms();
        terms.limits.content = Duration::from_secs(2);
        let interrupt = terms.interrupt.clone();
        let presser = thread::spawn(move || {
            thread::sleep(Duration::from_millis(100));
            interrupt.store(true, Ordering::Relaxed);
        });
        let begin = Instant::now();
        let exchange = Wire::new(terms).ask(&request);
        assert!(
            begin.elapsed() < Duration::from_secs(10),
            "{:?}",
            begin.elapsed()
        );
        match phase {
            Some(phase) => {
                assert_eq!(
                    (failed(&exchange).phase, failed(&exchange).kind()),
                    (phase, FailureKind::Interrupted)
                );
            }
            None => assert!(
                fault(&response(&exchange).content)
                    .unwrap()
                    .contains("interrupted")
            ),
        }
        presser.join().unwrap();
    }
}

#[test]
fn a_connection_that_is_reset() {
    for bytes in ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"] {
        let address = playing(move |_, stream| {
            // What is not read when a socket closes makes it a reset.
            stream.read_exact(&mut [0; 4]).unwrap();
            stream.write_all(bytes.as_bytes()).unwrap();
        });
        let exchange = wire().ask(&get(address));
        match &exchange.answer {
            Ok(answer) => assert!(!answer.content.complete && answer.content.fault.is_some()),
            Err(failure) => assert!(failure.detail().contains("connection"), "{failure:?}"),
        }
        assert_eq!(exchange.answer.is_ok(), !bytes.is_empty());
    }
}

#[test]
fn where_nobody_is() {
    let dead = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let exchange = wire().ask(&get(dead));
    let expected =
        format!("could not connect to {dead}: connection refused; is anything listening there?");
    assert_eq!(
        (failed(&exchange).phase, failed(&exchange).detail().as_str()),
        (Phase::Connect, expected.as_str())
    );
    assert!(exchange.connection.is_none() && exchange.sent.headers.contains("host"));

    let exchange = wire().ask(&request("GET", "http://nobody.invalid:81/"));
    assert_eq!(failed(&exchange).phase, Phase::Dns);
    // Where no name server can be reached the system takes longer than the limit.
    let says = &failed(&exchange).detail();
    assert!(
        says.contains("nobody.invalid:81") && says.contains("found"),
        "{says}"
    );

    for url in ["ftp://a.example/", "mailto:a@b", "data:,x"] {
        assert!(
            failed(&wire().ask(&request("GET", url)))
                .detail()
                .contains("rehop speaks http and https")
        );
    }
}

#[test]
fn private_addresses_are_refused_wherever_they_come_from() {
    let address = answering(b"HTTP/1.1 200 OK\r\n\r\n");
    let mut terms = terms();
    terms.deny_private = DenyPrivate::Everywhere;
    terms.overrides = vec![
        pin("pinned.example", address.port(), &["127.0.0.1"]),
        pin("both.example", 80, &["1.1.1.1", "10.0.0.1"]),
    ];
    let host = |name| Host::parse(name).ok();
    let (led, to) = (host("led.example"), host("127.0.0.1"));
    terms.connect_to = vec![ConnectTo {
        host: led,
        port: Some(80),
        to_host: to,
        to_port: Some(address.port()),
    }];
    let pinned = format!("http://pinned.example:{}/", address.port());
    let mapped = format!("http://[::ffff:127.0.0.1]:{}/", address.port());
    for url in [
        &format!("http://{address}/"),
        &pinned,
        &mapped,
        "http://both.example/",
        "http://led.example/",
        "http://localhost/",
        "http://169.254.169.254/",
        "http://2130706433/",
    ] {
        let exchange = Wire::new(terms.clone()).ask(&request("GET", url));
        let failure = failed(&exchange);
        assert_eq!(failure.kind(), FailureKind::Forbidden, "{url} {failure:?}");
        assert!(
            failure.detail().contains("--deny-private forbids"),
            "{failure:?}"
        );
        assert!(exchange.connection.is_none());
    }
}

#[test]
fn hosts_that_nobody_can_have() {
    for host in [
        "a`b.invalid".to_owned(),
        "x\"y.invalid".to_owned(),
        "a~!$&'()*+,;=b.invalid".to_owned(),
        "a".repeat(70_000),
    ] {
        let failure = wire()
            .ask(&request("GET", &format!("http://{host}/")))
            .answer
            .unwrap_err();
        assert!(
            failure.phase == Phase::Dns && failure.detail().len() < 500,
            "{failure:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn nothing_that_a_server_says_does_harm(at in 0..120usize, with in proptest::collection::vec(any::<u8>(), 0..6), cut in 0..200usize) {
        let mut bytes = b"HTTP/1.1 103 x\r\nA: b\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nshort\r\n0\r\nB: c\r\n\r\n".to_vec();
        let at = at.min(bytes.len());
        let end = (at + with.len()).min(bytes.len());
        bytes.splice(at..end, with);
        bytes.truncate(cut);
        let exchange = ask(&bytes);
        let says = match &exchange.answer {
            Ok(answer) => answer.content.complete || answer.content.fault.is_some(),
            Err(failure) => failure.detail().len() > 20,
        };
        prop_assert!(says, "{:?}", exchange.answer);
    }
}
