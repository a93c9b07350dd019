//! Answers that are too much: too long, too slow, without an end.

use std::time::Duration;

use super::super::answer::{Act, After, LabAnswer};
use super::super::scenario::{Group, LabRequest, Scenario};

pub(in crate::lab) static GROUP: Group = Group {
    title: "Answers without measure",
    scenarios: &[
        Scenario::made("/broken/5000-fields", "a redirect with 5000 fields", fields).curl("-siL"),
        Scenario::made(
            "/broken/huge-head",
            "a redirect with a head of 10 MB",
            huge_head,
        )
        .curl("-sI"),
        Scenario::made(
            "/broken/huge-field",
            "a redirect with one field of 10 MB",
            huge_field,
        )
        .curl("-sI"),
        Scenario::made(
            "/broken/huge-reason",
            "a redirect with a reason phrase of 10 MB",
            huge_reason,
        )
        .curl("-sI"),
        Scenario::made("/broken/endless-head", "fields without end", endless_head).curl("-sI -m 5"),
        Scenario::made(
            "/broken/endless-field",
            "one field without end",
            endless_field,
        )
        .curl("-sI -m 5"),
        Scenario::made(
            "/broken/endless-1xx",
            "interim answers without end",
            endless_1xx,
        )
        .curl("-sI -m 5"),
        Scenario::made(
            "/broken/drip-head",
            "a head without end, one byte every 100 ms",
            drip_head,
        )
        .curl("-sI -m 5"),
        Scenario::made(
            "/broken/drip-body",
            "a body without end, one byte every 100 ms",
            drip_body,
        )
        .curl("-sN -m 5"),
        Scenario::made("/broken/endless-body", "a body without end", endless_body)
            .curl("-s -m 1 -o /dev/null"),
        Scenario::made(
            "/broken/endless-redirect",
            "a redirect with a body without end",
            endless_redirect,
        )
        .curl("-sL -m 5 -o /dev/null"),
        Scenario::made(
            "/broken/endless-chunk-line",
            "a chunk size without end",
            endless_chunk_line,
        )
        .curl("-s -m 5"),
        Scenario::made(
            "/broken/endless-trailers",
            "trailers without end",
            endless_trailers,
        )
        .curl("-s -m 5"),
        Scenario::made(
            "/broken/gzip-bomb",
            "1 MB of gzip that is 1 GB of zeros",
            gzip_bomb,
        )
        .curl("-s -o bomb.gz"),
    ],
};

const REDIRECT: &str = "HTTP/1.1 302 Found\r\nLocation: /echo\r\n";
/// 10 MB in pieces of this size.
const KILOBYTE: usize = 1000;
const TEN_MEGABYTES: u64 = 10_000;

/// `start`, then `piece` so many times (for ever without a number), then `end`; it ends with a close.
fn much(start: &str, piece: impl Into<Vec<u8>>, times: Option<u64>, end: &str) -> LabAnswer {
    let repeat = Act::Repeat {
        piece: piece.into(),
        times,
        every: Duration::ZERO,
    };
    let acts = vec![Act::Send(start.into()), repeat, Act::Send(end.into())];
    LabAnswer {
        status: start.get(9..12).and_then(|code| code.parse().ok()),
        acts,
        after: After::Close,
    }
}

fn fields(_: &LabRequest<'_>) -> LabAnswer {
    much(
        REDIRECT,
        "X-Fill: a field\r\n",
        Some(5000),
        "Content-Length: 0\r\n\r\n",
    )
}

fn huge_head(_: &LabRequest<'_>) -> LabAnswer {
    let piece = format!("X-Fill: {}\r\n", "x".repeat(KILOBYTE - 10));
    much(
        REDIRECT,
        piece,
        Some(TEN_MEGABYTES),
        "Content-Length: 0\r\n\r\n",
    )
}

fn huge_field(_: &LabRequest<'_>) -> LabAnswer {
    let start = format!("{REDIRECT}X-Fill: ");
    much(
        &start,
        vec![b'x'; KILOBYTE],
        Some(TEN_MEGABYTES),
        "\r\nContent-Length: 0\r\n\r\n",
    )
}

fn huge_reason(_: &LabRequest<'_>) -> LabAnswer {
    let end = "\r\nLocation: /echo\r\nContent-Length: 0\r\n\r\n";
    much(
        "HTTP/1.1 302 ",
        vec![b'x'; KILOBYTE],
        Some(TEN_MEGABYTES),
        end,
    )
}

fn endless_head(_: &LabRequest<'_>) -> LabAnswer {
    much(
        REDIRECT,
        format!("X-Fill: {}\r\n", "x".repeat(KILOBYTE)),
        None,
        "",
    )
}

fn endless_field(_: &LabRequest<'_>) -> LabAnswer {
    much(
        &format!("{REDIRECT}X-Fill: "),
        vec![b'x'; KILOBYTE],
        None,
        "",
    )
}

fn endless_1xx(_: &LabRequest<'_>) -> LabAnswer {
    LabAnswer {
        status: None,
        acts: vec![Act::endless("HTTP/1.1 103 Early Hints\r\n\r\n")],
        after: After::Close,
    }
}

fn drip(start: &str) -> LabAnswer {
    let drip = Act::Repeat {
        piece: b"x".to_vec(),
        times: None,
        every: Duration::from_millis(100),
    };
    LabAnswer {
        acts: vec![Act::Send(start.into()), drip],
        ..much(start, "", None, "")
    }
}

fn drip_head(_: &LabRequest<'_>) -> LabAnswer {
    drip(&format!("{REDIRECT}X-Fill: "))
}

fn drip_body(_: &LabRequest<'_>) -> LabAnswer {
    drip("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n")
}

fn chunk() -> String {
    format!("{KILOBYTE:x}\r\n{}\r\n", "x".repeat(KILOBYTE))
}

fn endless_body(_: &LabRequest<'_>) -> LabAnswer {
    much(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        chunk(),
        None,
        "",
    )
}

fn endless_redirect(_: &LabRequest<'_>) -> LabAnswer {
    much(
        &format!("{REDIRECT}Transfer-Encoding: chunked\r\n\r\n"),
        chunk(),
        None,
        "",
    )
}

fn endless_chunk_line(_: &LabRequest<'_>) -> LabAnswer {
    much(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1",
        vec![b'0'; KILOBYTE],
        None,
        "",
    )
}

fn endless_trailers(_: &LabRequest<'_>) -> LabAnswer {
    let start = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n";
    much(start, "X-Trailer: more\r\n", None, "")
}

/// The first bytes of the bomb: a gzip head, then one deflate block ([RFC 1951
/// §3.2.7](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7)) whose own codes give "258 bytes, as the one before" two
/// zero bits. A literal zero follows, and then every zero byte stands for 1032 zeros.
const BOMB_HEAD: [u8; 24] = [
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 0xed, 0xc0, 0x81, 0, 0, 0, 0, 0x80, 0xa0, 0xfd, 0xa9,
    0x17, 0xa9, 0,
];
/// The end of the block, then checksum and length of 1 082 131 465 zeros.
const BOMB_TAIL: [u8; 9] = [0x06, 0x0b, 0x01, 0x40, 0x36, 0x09, 0x04, 0x80, 0x40];
const BOMB_PIECES: usize = 128;
const BOMB_PIECE: usize = 8 * 1024;

fn gzip_bomb(_: &LabRequest<'_>) -> LabAnswer {
    let length = BOMB_HEAD.len() + BOMB_TAIL.len() + BOMB_PIECE * BOMB_PIECES;
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n");
    let zeros = Act::Repeat {
        piece: vec![0; BOMB_PIECE],
        times: Some(BOMB_PIECES as u64),
        every: Duration::ZERO,
    };
    let acts = vec![
        Act::Send([head.as_bytes(), &BOMB_HEAD].concat()),
        zeros,
        Act::Send(BOMB_TAIL.to_vec()),
    ];
    LabAnswer {
        status: Some(200),
        acts,
        after: After::Close,
    }
}
