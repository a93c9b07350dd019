//! What is broken is broken as promised, on either side of the wire.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::{connect, get, lab, read_all, talk};

#[test]
fn broken_scenarios_send_exactly_their_bytes() {
    let lab = lab();
    for (kind, starts, ends) in [
        ("closed-before-anything", "", ""),
        (
            "closed-in-head",
            "HTTP/1.1 302 Found\r\nLocation: /ec",
            "/ec",
        ),
        ("no-http", "SSH-2.0", "\r\n"),
        ("http09", "<html>", "</html>\n"),
        ("status-30x", "HTTP/1.1 30x Found", "\r\n\r\n"),
        (
            "escape-codes",
            "HTTP/1.1 302 \x1b[31mFound\x1b]0;owned\x07\r\n",
            "\r\n\r\n",
        ),
        ("lf-only", "HTTP/1.1 302 Found\nLocation: /echo\n", "\n\n"),
        (
            "nul-in-field",
            "HTTP/1.1 302 Found\r\nLocation: /ec\0ho\r\n",
            "\r\n\r\n",
        ),
        (
            "forged-second-response",
            "HTTP/1.1 302 Found\r\n",
            "\r\n\r\nforged\n",
        ),
        (
            "5000-fields",
            "HTTP/1.1 302 Found\r\nLocation: /echo\r\nX-Fill: a field\r\n",
            "\r\n\r\n",
        ),
        (
            "keep-alive-lie",
            "HTTP/1.1 302 Found\r\nLocation: /echo\r\nConnection: keep-alive\r\n",
            "\r\n\r\n",
        ),
    ] {
        let mut stream = connect(&lab);
        stream
            .write_all(
                format!("POST /broken/{kind} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na")
                    .as_bytes(),
            )
            .unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let heard = read_all(&mut stream);
        assert!(
            heard.starts_with(starts) && heard.ends_with(ends),
            "{kind}: {heard:?}"
        );
    }
}

#[test]
fn reset_scenarios_reset_the_connection() {
    let lab = lab();
    for path in [
        "/broken/reset",
        "/broken/reset-in-head",
        "/broken/reset-in-body",
    ] {
        let mut stream = connect(&lab);
        stream
            .write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes())
            .unwrap();
        let error = stream.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset, "{path}");
    }
}

#[test]
fn keep_alive_lie_swallows_the_second_request() {
    let lab = lab();
    let mut stream = connect(&lab);
    let request = b"GET /broken/keep-alive-lie-late HTTP/1.1\r\nHost: x\r\n\r\n";
    stream.write_all(request).unwrap();
    let mut heard = [0; 1000];
    assert!(stream.read(&mut heard).unwrap() > 0);
    stream.write_all(request).unwrap();
    assert!(matches!(stream.read(&mut heard), Ok(0) | Err(_)));
    assert_eq!(lab.arrivals().len(), 1);
}

#[test]
fn junk_and_floods_are_refused_and_the_lab_goes_on() {
    let lab = lab();
    let long = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(70_000));
    for (junk, status) in [
        ("\x16\x03\x01\r\n\r\n", "400"),
        ("GET /\r\n\r\n", "400"),
        ("PRI * HTTP/2.0\r\n\r\n", "505"),
        (&long, "431"),
    ] {
        let heard = talk(&lab, junk);
        assert_eq!(
            heard.get(9..12),
            Some(status),
            "{:?}",
            &junk[..10.min(junk.len())]
        );
    }
    assert!(
        talk(&lab, "GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 400"),
        "no Host"
    );
    let deep = "[".repeat(60_000);
    let post = format!(
        "POST /anything HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\nConnection: close\r\n\r\n{deep}"
    );
    assert!(
        talk(&lab, &post).starts_with("HTTP/1.1 200"),
        "JSON too deep to read"
    );
    let nested = format!("{}{}", "[".repeat(127), "]".repeat(127));
    let post = format!(
        "POST /anything HTTP/1.1\r\nHost: x\r\nContent-Length: 254\r\nConnection: close\r\n\r\n{nested}"
    );
    assert!(
        talk(&lab, &post).starts_with("HTTP/1.1 200"),
        "JSON just not too deep"
    );
    assert!(get(&lab, "/healthz").ends_with("ok\n"));
}

#[test]
fn lab_serves_three_hundred_beside_slow_and_silent_clients() {
    let lab = lab();
    let mut slow: Vec<TcpStream> = (0..50).map(|_| connect(&lab)).collect();
    for (nth, stream) in slow.iter_mut().enumerate() {
        let path = ["/broken/silence", "/broken/drip-head", "/delay/60000"][nth % 3];
        let half_a_request = if nth % 2 == 0 { "\r\n\r\n" } else { "" };
        stream
            .write_all(format!("GET {path} HTTP/1.1\r\nHost: x{half_a_request}").as_bytes())
            .unwrap();
    }
    let mut streams: Vec<TcpStream> = (0..300).map(|_| connect(&lab)).collect();
    for stream in &mut streams {
        stream
            .write_all(b"GET /chain/308 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .unwrap();
    }
    for stream in &mut streams {
        assert!(read_all(stream).starts_with("HTTP/1.1 308 "));
    }
    // The silent clients are held for ten minutes; the lab itself waits for them two seconds at a port.
    let began = Instant::now();
    drop(lab);
    assert!(
        began.elapsed() < Duration::from_secs(30),
        "the end waits for silent clients"
    );
}
