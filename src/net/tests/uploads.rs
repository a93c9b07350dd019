//! Content on its way out, and servers that do not wait for its end.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::server::{head, playing, until_closed};
use super::{Ask as _, Detail as _, failed, get, hasty, post, response, wire};
use crate::model::{Body, Content, FailureKind, Phase, Request, Status};
use crate::net::Wire;

/// Zeros made as they are read: content of any length without any memory.
#[derive(Debug)]
struct Zeros {
    length: u64,
    known: bool,
}

impl Content for Zeros {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(io::repeat(0).take(self.length)))
    }

    fn length(&self) -> Option<u64> {
        self.known.then_some(self.length)
    }
}

fn zeros(address: std::net::SocketAddr, length: u64, known: bool) -> Request {
    Request {
        body: Body::new(Arc::new(Zeros { length, known })),
        ..post(address, *b"x")
    }
}

const GIB: u64 = 1 << 30;
const TEMPORARY: &[u8] =
    b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n";

/// Reads `n` bytes of content, gives `answer`, and goes on as `then` says.
fn early(n: usize, answer: &'static [u8], then: fn(&mut TcpStream)) -> std::net::SocketAddr {
    playing(move |_, stream| {
        head(stream);
        stream.read_exact(&mut vec![0; n]).unwrap();
        stream.write_all(answer).unwrap();
        then(stream);
    })
}

/// Neither reads nor closes.
fn waits(_: &mut TcpStream) {
    std::thread::sleep(Duration::from_millis(200));
}

#[test]
fn an_early_redirect_stops_the_upload() {
    let closes: fn(&mut TcpStream) = |_| {};
    let swallows: fn(&mut TcpStream) = |stream| until_closed(stream);
    for (then, known) in [
        (closes, true),
        (closes, false),
        (swallows, true),
        (swallows, false),
        (waits, true),
    ] {
        let address = early(1000, TEMPORARY, then);
        let begin = Instant::now();
        let mut wire = wire();
        let exchange = wire.ask(&zeros(address, GIB, known));
        assert_eq!(response(&exchange).status, Status(307));
        let digest = exchange.sent.body.unwrap();
        assert!(
            !digest.complete && digest.bytes >= 1000 && digest.bytes < GIB / 4,
            "{digest:?}"
        );
        assert!(
            begin.elapsed() < Duration::from_secs(10),
            "{:?}",
            begin.elapsed()
        );
        // Half a request is on that connection: the next goes over another.
        let next = wire.ask(&zeros(address, GIB, known));
        assert!(!next.connection.unwrap().reused);
    }
}

#[test]
fn an_answer_that_is_made_from_the_content_does_not_stop_it() {
    let address = playing(|_, stream| {
        head(stream);
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n")
            .unwrap();
        let mut buf = vec![0; 3_000_000];
        stream.read_exact(&mut buf).unwrap();
        drop(stream.write_all(&buf));
    });
    let exchange = wire().ask(&zeros(address, 3_000_000, true));
    assert_eq!(response(&exchange).status, Status(200));
    assert!(exchange.sent.body.unwrap().complete);
}

#[test]
fn an_answer_that_came_before_the_server_stopped_reading_stands() {
    let address = playing(|_, stream| {
        head(stream);
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            .unwrap();
        std::thread::sleep(Duration::from_secs(1));
    });
    let exchange = Wire::new(hasty()).ask(&zeros(address, GIB, true));
    assert_eq!(response(&exchange).status, Status(200));
    assert!(!exchange.sent.body.unwrap().complete);
}

#[test]
fn content_of_every_length_arrives_whole() {
    for (length, known) in [
        (1, true),
        (131_071, true),
        (131_072, true),
        (131_073, true),
        (3_000_000, true),
        (1, false),
        (131_072, false),
        (3_000_001, false),
    ] {
        let (arrived, arrivals) = mpsc::channel();
        let address = playing(move |_, stream| {
            let head = head(stream);
            let content = if head.contains("chunked") {
                dechunked(stream)
            } else {
                sized(stream, length)
            };
            arrived.send(content).unwrap();
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .unwrap();
        });
        let exchange = wire().ask(&zeros(address, length, known));
        response(&exchange);
        assert_eq!(arrivals.recv().unwrap(), length);
        let digest = exchange.sent.body.unwrap();
        assert_eq!((digest.bytes, digest.complete), (length, true));
        let zeros = vec![0; usize::try_from(length).unwrap()];
        assert_eq!(
            digest.sha256,
            ring::digest::digest(&ring::digest::SHA256, &zeros).as_ref()
        );
    }
}

fn sized(stream: &mut TcpStream, length: u64) -> u64 {
    io::copy(&mut stream.take(length), &mut io::sink()).unwrap()
}

fn dechunked(stream: &mut TcpStream) -> u64 {
    let mut all = 0;
    loop {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            line.push(byte[0]);
        }
        let size = u64::from_str_radix(str::from_utf8(&line).unwrap().trim(), 16).unwrap();
        all += sized(stream, size);
        stream.read_exact(&mut [0; 2]).unwrap();
        if size == 0 {
            return all;
        }
    }
}

#[test]
fn expect_100_continue() {
    const FINAL: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    //   said to the head                                            status sent  interim
    for (word, code, complete, interim) in [
        (&b"HTTP/1.1 100 Continue\r\n\r\n"[..], 200, true, &[100][..]),
        (
            b"HTTP/1.1 100 Continue\r\nServer: x\r\n\r\n",
            200,
            true,
            &[100],
        ),
        (
            b"HTTP/1.1 103 Early\r\nLink: <a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
            200,
            true,
            &[103, 100],
        ),
        (
            b"HTTP/1.1 103 Early\r\nLink: <a>\r\n\r\n",
            200,
            true,
            &[103],
        ),
        (b"", 200, true, &[]),
        (TEMPORARY, 307, false, &[]),
        (b"HTTP/1.1 307 Temporary Redirect\r\n\r\n", 307, false, &[]),
        (
            b"HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n",
            417,
            false,
            &[],
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            200,
            false,
            &[],
        ),
    ] {
        let address = playing(move |_, stream| {
            head(stream);
            stream.write_all(word).unwrap();
            if complete && stream.read_exact(&mut [0; 3]).is_ok() {
                stream.write_all(FINAL).unwrap();
            }
        });
        let mut expecting = post(address, *b"abc");
        expecting.headers.push("Expect", "100-continue");
        let begin = Instant::now();
        let exchange = wire().ask(&expecting);
        let answer = response(&exchange);
        assert_eq!(answer.status, Status(code), "{}", word.escape_ascii());
        let heard: Vec<_> = answer
            .informational
            .iter()
            .map(|one| one.status.code())
            .collect();
        assert_eq!(heard, interim);
        let digest = exchange.sent.body.unwrap();
        assert_eq!(
            (digest.complete, digest.bytes),
            (complete, if complete { 3 } else { 0 })
        );
        assert!(
            begin.elapsed() < Duration::from_secs(10),
            "{:?}",
            begin.elapsed()
        );
    }
}

#[test]
fn an_upload_that_nobody_wants() {
    let address = playing(|_, stream| drop(head(stream)));
    let exchange = wire().ask(&zeros(address, GIB, true));
    let failure = failed(&exchange);
    assert_eq!(
        (failure.phase, failure.kind()),
        (Phase::Send, FailureKind::Broken)
    );
    assert!(failure.detail().contains("no answer"), "{failure:?}");
    assert!(!exchange.sent.body.unwrap().complete);
}

/// Content that is not as it says.
#[derive(Debug)]
enum Faulty {
    Absent,
    Breaks,
    TooShort,
    TooLong,
}

impl Content for Faulty {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is on fire"))
            }
        }
        match self {
            Self::Absent => Err(io::ErrorKind::NotFound.into()),
            Self::Breaks => Ok(Box::new(io::repeat(0).take(1000).chain(Broken))),
            Self::TooShort => Ok(Box::new(io::repeat(0).take(1000))),
            Self::TooLong => Ok(Box::new(io::repeat(0).take(200_001))),
        }
    }

    fn length(&self) -> Option<u64> {
        Some(200_000)
    }
}

#[test]
fn content_that_cannot_be_read() {
    for (content, says) in [
        (Faulty::Absent, "not found"),
        (Faulty::Breaks, "the disk is on fire"),
        (Faulty::TooShort, "after 1000 of 200000 bytes"),
    ] {
        let address = playing(|_, stream| {
            head(stream);
            until_closed(stream);
        });
        let exchange = wire().ask(&Request {
            body: Body::new(Arc::new(content)),
            ..get(address)
        });
        let failure = failed(&exchange);
        assert_eq!(
            (failure.phase, failure.kind()),
            (Phase::Send, FailureKind::Broken)
        );
        assert!(failure.detail().contains(says), "{failure:?}");
        assert!(!exchange.sent.body.unwrap().complete);
    }
}

#[test]
fn content_that_has_grown_is_sent_as_far_as_announced() {
    let address = playing(|_, stream| {
        head(stream);
        assert_eq!(sized(stream, 200_000), 200_000);
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            .unwrap();
    });
    let exchange = wire().ask(&Request {
        body: Body::new(Arc::new(Faulty::TooLong)),
        ..get(address)
    });
    assert_eq!(response(&exchange).status, Status(200));
    let digest = exchange.sent.body.unwrap();
    assert_eq!((digest.bytes, digest.complete), (200_000, false));
}
