//! Framing, persistence, Expect, early answers.

use std::io::{Read, Write};

use super::super::RequestFraming;
use super::{arrivals, connect, field, get, json_of, lab, read_all, talk};

#[test]
fn connection_is_shared_until_one_side_closes_it() {
    const GET: &str = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
    // What is sent on one connection; how many answers come; what the last says of the connection.
    let table = [
        (
            format!("{GET}\r\n{GET}\r\n{GET}Connection: close\r\n\r\n"),
            3,
            vec!["close"],
        ),
        (
            format!("{GET}Connection: close\r\n\r\n{GET}\r\n"),
            1,
            vec!["close"],
        ),
        ("GET /healthz HTTP/1.0\r\n\r\n".to_owned(), 1, vec!["close"]),
        (
            "GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /healthz HTTP/1.0\r\n\r\n"
                .to_owned(),
            2,
            vec!["close"],
        ),
        (
            format!(
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab\r\n{GET}Connection: close\r\n\r\n"
            ),
            2,
            vec!["close"],
        ),
        (
            format!(
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\nT: t\r\n\r\n{GET}Connection: close\r\n\r\n"
            ),
            2,
            vec!["close"],
        ),
        (
            format!("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n{GET}Connection: close\r\n\r\n"),
            2,
            vec!["close"],
        ),
        (
            format!("GET /status/304 HTTP/1.1\r\nHost: x\r\n\r\n{GET}Connection: close\r\n\r\n"),
            2,
            vec!["close"],
        ),
        (
            format!("GET /broken/lf-only HTTP/1.1\nHost: x\n\n{GET}Connection: close\r\n\r\n"),
            2,
            vec!["close"],
        ),
    ];
    for (sent, answers, connection) in table {
        let lab = lab();
        let answered = talk(&lab, &sent);
        assert_eq!(
            answered.matches("HTTP/1.1 ").count(),
            answers,
            "{sent:?}\n{answered}"
        );
        let last = &answered[answered.rfind("HTTP/1.1 ").unwrap()..];
        assert_eq!(field(last, "connection"), connection, "{sent:?}");
        let arrived = lab.arrivals();
        assert!(
            arrived.iter().all(|arrival| arrival.connection == 1),
            "{sent:?}"
        );
    }
}

#[test]
fn chunked_request_is_hashed_without_its_coding() {
    let lab = lab();
    let head = "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    let plain = json_of(&talk(
        &lab,
        &format!("{head}Content-Length: 6\r\n\r\nabcdef"),
    ));
    let chunked = json_of(&talk(
        &lab,
        &format!("{head}Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n02 \r\nef\r\n0\r\n\r\n"),
    ));
    assert_eq!(plain["body"], chunked["body"]);
    let framings: Vec<_> = lab
        .arrivals()
        .iter()
        .map(|a| a.content.as_ref().unwrap().framing)
        .collect();
    assert_eq!(
        framings,
        [RequestFraming::Length(6), RequestFraming::Chunked]
    );
}

#[test]
fn chunked_answer_has_every_byte() {
    let lab = lab();
    let response = get(&lab, "/chunked");
    let (_, mut rest) = response.split_once("\r\n\r\n").unwrap();
    let mut body = String::new();
    loop {
        let (size, tail) = rest.split_once("\r\n").unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            assert_eq!(tail, "X-Trailer: the end\r\n\r\n");
            break;
        }
        body.push_str(&tail[..size]);
        rest = tail[size..].strip_prefix("\r\n").unwrap();
    }
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&body).unwrap()["target"],
        "/chunked"
    );
}

#[test]
fn broken_request_content_ends_the_connection_without_an_answer() {
    let lab = lab();
    let head = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (nth, body) in [
        "zz\r\nab\r\n",
        "2\r\nabc\r\n",
        "-1\r\n",
        "fffffffffffffffff\r\n",
        &"1".repeat(5000),
    ]
    .iter()
    .enumerate()
    {
        let mut stream = connect(&lab);
        stream
            .write_all(format!("{head}{body}").as_bytes())
            .unwrap();
        let mut answered = Vec::new();
        let _ = stream.read_to_end(&mut answered);
        assert!(answered.is_empty(), "{body:?}");
        let last = arrivals(&lab, nth + 1);
        assert!(
            !last[nth].content.as_ref().unwrap().digest.complete,
            "{body:?}"
        );
        assert_eq!(last[nth].status, None);
    }
}

#[test]
fn expect_continue_is_answered_as_the_scenario_says() {
    // Path, what comes before the body is sent, and the status after it.
    let table = [
        ("/echo", "HTTP/1.1 100 Continue\r\n\r\n", Some("200")),
        ("/nowhere", "HTTP/1.1 100 Continue\r\n\r\n", Some("404")),
        (
            "/expect/hint",
            "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
            Some("200"),
        ),
        ("/expect/never", "", Some("200")),
        ("/expect/417", "HTTP/1.1 417 Expectation Failed\r\n", None),
        ("/expect/307", "HTTP/1.1 307 Temporary Redirect\r\n", None),
        (
            "/early/drain/308",
            "HTTP/1.1 308 Permanent Redirect\r\n",
            None,
        ),
    ];
    let lab = lab();
    for (path, before, after) in table {
        let mut stream = connect(&lab);
        let head = format!(
            "PUT {path} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answered = vec![0; before.len()];
        stream.read_exact(&mut answered).unwrap();
        assert_eq!(String::from_utf8_lossy(&answered), before, "{path}");
        if let Some(status) = after {
            stream.write_all(b"abc").unwrap();
            assert_eq!(&read_all(&mut stream)[9..12], status, "{path}");
        }
    }
}

#[test]
fn early_answer_comes_while_the_body_is_being_sent() {
    for (how, survives) in [("drain", true), ("close", false), ("reset", false)] {
        let lab = lab();
        let mut stream = connect(&lab);
        let head = format!(
            "POST /early/{how}/307 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n0123456789"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answered = [0; 12];
        stream.read_exact(&mut answered).unwrap();
        assert_eq!(&answered, b"HTTP/1.1 307", "{how}");
        if survives {
            stream.write_all(&vec![b'x'; 1_000_000 - 10]).unwrap();
            stream
                .write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .unwrap();
            assert!(read_all(&mut stream).ends_with("ok\n"), "{how}");
        } else {
            drop(stream);
        }
        let arrived = arrivals(&lab, 1);
        assert_eq!(
            arrived[0].content.as_ref().unwrap().digest.complete,
            survives,
            "{how}"
        );
        assert_eq!(arrived[0].status, Some(307));
    }
}
