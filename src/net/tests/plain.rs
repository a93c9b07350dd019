//! What goes well.

use std::io::{Read, Write};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::server::{answering, head, playing, until_closed};
use super::{Ask as _, Detail as _, ask, fault, get, post, request, response, terms, wire};
use crate::model::{Field, Headers, Received, Status};
use crate::net::Wire;

fn lines(headers: &Headers) -> Vec<(&str, &[u8])> {
    headers
        .iter()
        .map(|field| (field.name.as_str(), field.value.as_slice()))
        .collect()
}

#[test]
fn a_redirect_is_heard_as_it_was_said() {
    let exchange =
        ask(b"HTTP/1.1 308 Perm  anent\r\nLocation: /a\r\nX: 1\r\nlocation: /b\r\nContent-Length: 2\r\n\r\nhi");
    let answer = response(&exchange);
    assert_eq!(
        (
            answer.version.as_str(),
            answer.status,
            answer.reason.as_slice()
        ),
        ("HTTP/1.1", Status(308), &b"Perm  anent"[..])
    );
    let expected: [(&str, &[u8]); 4] = [
        ("Location", b"/a"),
        ("X", b"1"),
        ("location", b"/b"),
        ("Content-Length", b"2"),
    ];
    assert_eq!(lines(&answer.headers), expected);
    let Received {
        bytes,
        prefix,
        complete,
        fault,
    } = &answer.content;
    assert_eq!(
        (*bytes, prefix.as_slice(), *complete, fault),
        (2, &b"hi"[..], true, &None)
    );
}

#[test]
fn what_is_reported_as_sent_is_what_arrived() {
    let (arrived, arrivals) = mpsc::channel();
    let address = playing(move |_, stream| {
        arrived.send(head(stream)).unwrap();
        drop(stream.write_all(b"HTTP/1.1 204 No\r\n\r\n"));
    });
    let mut odd = request(
        "pAtCh",
        &format!("http://us%20er:pw@{address}/a|b?c=%7c#frag"),
    );
    for (name, value) in [
        ("X-One", "1"),
        ("accept", "*/*"),
        ("x-one", "2"),
        ("X-Two", "3"),
    ] {
        odd.headers.push(name, value);
    }
    let exchange = wire().ask(&odd);
    let text = arrivals.recv().unwrap();
    assert_eq!(
        text,
        format!(
            "pAtCh /a|b?c=%7c HTTP/1.1\r\nhost: {address}\r\nX-One: 1\r\naccept: */*\r\nx-one: 2\r\nX-Two: 3\r\n\r\n"
        )
    );
    let line = |field: &Field| format!("{}: {}", field.name, String::from_utf8_lossy(&field.value));
    let reported: Vec<String> = exchange.sent.headers.iter().map(line).collect();
    assert_eq!(
        text.trim_end().lines().skip(1).collect::<Vec<_>>(),
        reported
    );
    assert_eq!(exchange.sent.target.fragment(), Some("frag"));
    assert_eq!(exchange.sent.body, None);
}

#[test]
fn no_field_of_ureqs_own_leaks_and_a_post_without_content_says_so() {
    for (method, expected) in [
        ("GET", &["host"][..]),
        ("POST", &["host", "content-length"]),
        ("PUT", &["host", "content-length"]),
    ] {
        let address = answering(b"HTTP/1.1 204 No\r\n\r\n");
        let exchange = wire().ask(&request(method, &format!("http://{address}/")));
        let names: Vec<_> = exchange
            .sent
            .headers
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        assert_eq!(names, expected, "{method}");
    }
}

#[test]
fn long_field_lines_are_sent_whole() {
    let (arrived, arrivals) = mpsc::channel();
    let address = playing(move |_, stream| {
        arrived.send(head(stream).len()).unwrap();
        drop(stream.write_all(b"HTTP/1.1 204 No\r\n\r\n"));
    });
    let mut long = get(address);
    long.headers.push("X-Long", vec![b'x'; 200_000]);
    response(&wire().ask(&long));
    assert!(arrivals.recv().unwrap() > 200_000);
}

#[test]
fn a_small_body_arrives_and_is_proved() {
    let (arrived, arrivals) = mpsc::channel();
    let address = playing(move |_, stream| {
        let head = head(stream);
        let mut content = [0; 3];
        stream.read_exact(&mut content).unwrap();
        arrived.send((head, content)).unwrap();
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    });
    let exchange = wire().ask(&post(address, *b"abc"));
    response(&exchange);
    let (head, content) = arrivals.recv().unwrap();
    assert!(head.contains("content-length: 3\r\n"), "{head}");
    assert_eq!(&content, b"abc");
    let digest = exchange.sent.body.unwrap();
    assert_eq!((digest.bytes, digest.complete), (3, true));
    // FIPS 180-2, appendix B.1.
    assert_eq!(digest.sha256[..4], [0xba, 0x78, 0x16, 0xbf]);
}

#[test]
fn interim_responses_are_noted() {
    let exchange = ask(b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");
    let answer = response(&exchange);
    assert_eq!(answer.status, Status(302));
    let noted: Vec<_> = answer
        .informational
        .iter()
        .map(|one| (one.status.code(), one.headers.len()))
        .collect();
    assert_eq!(noted, [(103, 1), (102, 0)]);
}

#[test]
fn a_head_request_ends_with_the_head() {
    let address = answering(b"HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 1000\r\n\r\n");
    let exchange = wire().ask(&request("HEAD", &format!("http://{address}/")));
    assert!(response(&exchange).content.complete);
    assert_eq!(response(&exchange).content.bytes, 0);
}

#[test]
fn connections_are_kept_and_the_report_says_so() {
    let address = playing(|n, stream| {
        while !head(stream).is_empty() {
            let text = format!("connection {n}");
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{text}\r\n0\r\n\r\n",
                text.len()
            )
            .unwrap();
        }
    });
    let mut wire = wire();
    for reused in [false, true, true] {
        let exchange = wire.ask(&get(address));
        assert_eq!(response(&exchange).content.prefix, b"connection 0");
        let connection = exchange.connection.unwrap();
        assert_eq!(
            (connection.reused, connection.remote, connection.tls),
            (reused, Some(address), None)
        );
    }
}

#[test]
fn a_stale_connection_is_replaced_once() {
    let address = playing(|n, stream| {
        head(stream);
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{n}").unwrap();
        // The next request on this connection is read, never answered.
        head(stream);
    });
    let mut wire = wire();
    for expected in [&b"0"[..], b"1", b"2"] {
        let exchange = wire.ask(&post(address, *b"abc"));
        assert_eq!(response(&exchange).content.prefix, expected);
        assert!(!exchange.connection.unwrap().reused);
        assert!(exchange.sent.body.unwrap().complete);
    }
}

#[test]
fn that_a_request_went_out_twice_is_told() {
    let address = playing(|n, stream| {
        head(stream);
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{n}").unwrap();
        // The next request has come whole when the connection closes.
        head(stream);
    });
    let mut wire = wire();
    for (content, retried) in [(&b"0"[..], false), (b"1", true)] {
        let exchange = wire.ask(&request("POST", &format!("http://{address}/")));
        assert_eq!(response(&exchange).content.prefix, content);
        assert_eq!(exchange.connection.unwrap().retried, retried);
    }
}

#[test]
fn a_forged_second_response_answers_nothing() {
    let forged = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nrealHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
    let no_content = b"HTTP/1.1 204 No\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
    for (bytes, content) in [(&forged[..], &b"real"[..]), (no_content, b"")] {
        let address = playing(move |_, stream| {
            while !head(stream).is_empty() {
                drop(stream.write_all(bytes));
            }
        });
        let mut wire = wire();
        for _ in 0..3 {
            let exchange = wire.ask(&get(address));
            assert_eq!(response(&exchange).content.prefix, content);
            assert!(!exchange.connection.unwrap().reused);
        }
    }
}

#[test]
fn a_forged_response_that_comes_later_answers_nothing_either() {
    let address = playing(|n, stream| {
        head(stream);
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{n}").unwrap();
        thread::sleep(Duration::from_millis(20));
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"));
    });
    let mut wire = wire();
    for expected in [&b"0"[..], b"1"] {
        assert_eq!(response(&wire.ask(&get(address))).content.prefix, expected);
        thread::sleep(Duration::from_millis(60));
    }
}

#[test]
fn chunks_may_have_extensions_and_trailers() {
    let address = playing(|_, stream| {
        while !head(stream).is_empty() {
            let chunks = "4;a=\"b\"\r\nabcd\r\n02 \r\nef\r\n0\r\nTrailer: x\r\nB: c\r\n\r\n";
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"
            )
            .unwrap();
        }
    });
    let mut wire = wire();
    for reused in [false, true] {
        let exchange = wire.ask(&get(address));
        let content = &response(&exchange).content;
        assert_eq!(
            (content.prefix.as_slice(), content.complete, &content.fault),
            (&b"abcdef"[..], true, &None)
        );
        assert_eq!(exchange.connection.unwrap().reused, reused);
    }
}

#[test]
fn content_is_held_within_bounds_and_streamed_to_a_sink() {
    let content = vec![b'x'; 300_000];
    let answer = [
        &b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n"[..],
        &content,
    ]
    .concat();
    let exchange = ask(&answer);
    let received = &response(&exchange).content;
    assert!(
        !received.complete
            && received.fault.is_none()
            && received.prefix.len() == 64 * 1024
            && received.bytes < 90_000,
        "{}",
        received.bytes
    );

    let (sink, written) = sink();
    let exchange = Wire::new(terms())
        .with_sink(sink)
        .ask(&get(answering(&answer)));
    let received = &response(&exchange).content;
    assert_eq!(
        (received.complete, received.bytes, received.prefix.len()),
        (true, 300_000, 64 * 1024)
    );
    assert_eq!(
        written.try_iter().map(|piece| piece.len()).sum::<usize>(),
        300_000
    );
}

#[test]
fn a_sink_takes_no_content_that_leads_on_and_a_full_one_is_a_fault() {
    let redirect = b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 4\r\n\r\nnext";
    let (to, written) = sink();
    let exchange = Wire::new(terms())
        .with_sink(to)
        .ask(&get(answering(redirect)));
    assert_eq!(response(&exchange).content.prefix, b"next");
    assert_eq!(written.try_iter().count(), 0);

    let (to, written) = sink();
    drop(written);
    let exchange = Wire::new(terms()).with_sink(to).ask(&get(answering(
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlast",
    )));
    let fault = fault(&response(&exchange).content).unwrap();
    assert!(fault.contains("could not be written"), "{fault}");
}

#[cfg(unix)]
#[test]
fn a_unix_socket_serves_every_host() {
    use std::os::unix::net::UnixListener;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("socket");
    let listener = UnixListener::bind(&path).unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let head = head(&mut stream);
            let host = head.lines().nth(1).unwrap();
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{host}",
                host.len()
            )
            .unwrap();
            until_closed(&mut stream);
        }
    });
    let mut terms = terms();
    terms.unix_socket = Some(path.clone());
    let exchange = Wire::new(terms.clone()).ask(&request("GET", "http://any.example:81/"));
    assert_eq!(response(&exchange).content.prefix, b"host: any.example:81");
    assert_eq!(
        (exchange.connection.unwrap().remote, exchange.timings.dns),
        (None, None)
    );

    let exchange = Wire::new(terms.clone()).ask(&request("GET", "https://any.example/"));
    let says = &super::failed(&exchange).detail();
    assert!(
        says.contains(&format!(
            "any.example:443 over the Unix socket {}",
            path.display()
        )),
        "{says}"
    );

    terms.unix_socket = Some(dir.path().join("absent"));
    let exchange = Wire::new(terms).ask(&request("GET", "http://any.example/"));
    let says = &super::failed(&exchange).detail();
    assert!(
        says.contains("absent") && says.contains("no such file"),
        "{says}"
    );
}

/// A sink, and what was written to it.
fn sink() -> (Box<dyn Write + Send>, mpsc::Receiver<Vec<u8>>) {
    struct Sink(mpsc::Sender<Vec<u8>>);
    impl Write for Sink {
        fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
            let taken = self.0.send(buf.to_vec()).map(|()| buf.len());
            taken.map_err(|_| std::io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let (sender, receiver) = mpsc::channel();
    (Box::new(Sink(sender)), receiver)
}
