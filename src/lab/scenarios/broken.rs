//! Broken answers, whole: bytes that are sent as they stand here, to any method.

use super::super::answer::After::{Close, CloseOnNext, Hold, KeepAlive, Reset};
use super::super::scenario::{Group, Scenario};

pub(in crate::lab) static GROUP: Group = Group {
    title: "Broken answers",
    scenarios: &[
        Scenario::raw(
            "/broken/closed-before-anything",
            "closes before anything",
            b"",
            Close,
        ),
        Scenario::raw(
            "/broken/closed-in-status",
            "closes in the status line",
            b"HTTP/1.1 30",
            Close,
        ),
        Scenario::raw(
            "/broken/closed-in-head",
            "closes in the head",
            b"HTTP/1.1 302 Found\r\n\
              Location: /ec",
            Close,
        ),
        Scenario::raw(
            "/broken/closed-in-body",
            "closes within a chunk",
            b"HTTP/1.1 200 OK\r\n\
              Transfer-Encoding: chunked\r\n\r\n\
              64\r\n\
              ten bytes.",
            Close,
        ),
        Scenario::raw(
            "/broken/short-body",
            "closes before Content-Length is reached",
            b"HTTP/1.1 200 OK\r\n\
              Content-Length: 100\r\n\r\n\
              ten bytes.",
            Close,
        ),
        Scenario::raw(
            "/broken/short-redirect",
            "a redirect that closes before Content-Length is reached",
            b"HTTP/1.1 302 Found\r\n\
              Location: /echo\r\n\
              Content-Length: 100\r\n\r\n\
              ten bytes.",
            Close,
        ),
        Scenario::raw(
            "/broken/stalled-redirect",
            "a redirect that stalls before Content-Length is reached",
            b"HTTP/1.1 302 Found\r\n\
              Location: /echo\r\n\
              Content-Length: 100\r\n\r\n\
              ten bytes.",
            Hold,
        ),
        Scenario::raw(
            "/broken/reset",
            "resets the connection before anything",
            b"",
            Reset,
        ),
        Scenario::raw(
            "/broken/reset-in-head",
            "resets the connection in the head",
            b"HTTP/1.1 302 Found\r\n\
              Location: /ec",
            Reset,
        ),
        Scenario::raw(
            "/broken/reset-in-body",
            "resets the connection in the body",
            b"HTTP/1.1 200 OK\r\n\
              Content-Length: 100\r\n\r\n\
              ten bytes.",
            Reset,
        ),
        Scenario::raw("/broken/silence", "says nothing and stays", b"", Hold),
        Scenario::raw(
            "/broken/silence-in-head",
            "stops in the head and stays",
            b"HTTP/1.1 302 Found\r\n\
              Location: /ec",
            Hold,
        ),
        Scenario::raw(
            "/broken/no-http",
            "another protocol",
            b"SSH-2.0-OpenSSH_9.9\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/http09",
            "HTTP/0.9: content without a head",
            b"<html>hello</html>\n",
            Close,
        ),
        Scenario::raw(
            "/broken/binary",
            "bytes of no meaning",
            b"\x00\xff\x16\x03\x01\x00\x7f\x80\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/version",
            "HTTP/2.0 on the status line",
            b"HTTP/2.0 302 Found\r\n\
              Location: /echo\r\n\
              Content-Length: 0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/garbage-status",
            "a word for a status",
            b"HTTP/1.1 abc Found\r\n\
              Location: /echo\r\n\
              Content-Length: 0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/status-30x",
            "the status 30x",
            b"HTTP/1.1 30x Found\r\n\
              Location: /echo\r\n\
              Content-Length: 0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/status-999",
            "the status 999",
            b"HTTP/1.1 999 Odd\r\n\
              Location: /echo\r\n\
              Content-Length: 0\r\n\r\n",
            KeepAlive,
        ),
        Scenario::raw(
            "/broken/status-000",
            "the status 000",
            b"HTTP/1.1 000 None\r\n\
              Content-Length: 0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/status-short",
            "a status of two digits",
            b"HTTP/1.1 30 Found\r\n\
              Location: /echo\r\n\
              Content-Length: 0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/no-reason",
            "no reason phrase, nor the space before it",
            b"HTTP/1.1 302\r\n\
              Location: /echo\r\n\
              Content-Length: 0\r\n\r\n",
            KeepAlive,
        ),
        Scenario::raw(
            "/broken/escape-codes",
            "codes in the reason phrase that colour a terminal and set its title",
            b"HTTP/1.1 302 \x1b[31mFound\x1b]0;owned\x07\r\n\
              Location: /echo\r\n\
              Content-Length: 0\r\n\r\n",
            KeepAlive,
        ),
        Scenario::raw(
            "/broken/lf-only",
            "lines that end with LF alone",
            b"HTTP/1.1 302 Found\n\
              Location: /echo\n\
              Content-Length: 0\n\n",
            KeepAlive,
        ),
        Scenario::raw(
            "/broken/bare-cr",
            "a CR within a field",
            b"HTTP/1.1 302 Found\r\n\
              Location: /ec\rho\r\n\
              Content-Length: 0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/nul-in-field",
            "a NUL within a field",
            b"HTTP/1.1 302 Found\r\n\
              Location: /ec\0ho\r\n\
              Content-Length: 0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/no-colon",
            "a field line without a colon",
            b"HTTP/1.1 302 Found\r\n\
              Location: /echo\r\n\
              nonsense\r\n\
              Content-Length: 0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/space-before-colon",
            "a space before the colon",
            b"HTTP/1.1 302 Found\r\n\
              Location : /echo\r\n\
              Content-Length: 0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/two-content-lengths",
            "two Content-Lengths that differ",
            b"HTTP/1.1 302 Found\r\n\
              Location: /echo\r\n\
              Content-Length: 5\r\n\
              Content-Length: 7\r\n\r\n\
              hello!!",
            Close,
        ),
        Scenario::raw(
            "/broken/length-and-chunked",
            "Content-Length beside chunked",
            b"HTTP/1.1 302 Found\r\n\
              Location: /echo\r\n\
              Content-Length: 3\r\n\
              Transfer-Encoding: chunked\r\n\r\n\
              5\r\n\
              hello\r\n\
              0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/length-negative",
            "Content-Length: -1",
            b"HTTP/1.1 302 Found\r\n\
              Location: /echo\r\n\
              Content-Length: -1\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/length-overflow",
            "a Content-Length beyond 64 bits",
            b"HTTP/1.1 302 Found\r\n\
              Location: /echo\r\n\
              Content-Length: 99999999999999999999\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/bad-chunk",
            "a chunk size that is no number",
            b"HTTP/1.1 200 OK\r\n\
              Transfer-Encoding: chunked\r\n\r\n\
              5\r\n\
              hello\r\n\
              zz\r\n\
              world\r\n\
              0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/bad-chunk-redirect",
            "the same in a redirect",
            b"HTTP/1.1 302 Found\r\n\
              Location: /echo\r\n\
              Transfer-Encoding: chunked\r\n\r\n\
              zz\r\n\
              world\r\n\
              0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/forged-second-response",
            "a redirect with a response behind it that nobody asked for",
            b"HTTP/1.1 302 Found\r\n\
              Location: /echo\r\n\
              Content-Length: 0\r\n\r\n\
              HTTP/1.1 200 OK\r\n\
              Content-Length: 7\r\n\r\n\
              forged\n",
            KeepAlive,
        ),
        Scenario::raw(
            "/broken/keep-alive-lie",
            "says keep-alive and closes at once",
            b"HTTP/1.1 302 Found\r\n\
              Location: /echo\r\n\
              Connection: keep-alive\r\n\
              Content-Length: 0\r\n\r\n",
            Close,
        ),
        Scenario::raw(
            "/broken/keep-alive-lie-late",
            "says keep-alive and closes when the next request comes",
            b"HTTP/1.1 302 Found\r\n\
              Location: /echo\r\n\
              Connection: keep-alive\r\n\
              Content-Length: 0\r\n\r\n",
            CloseOnNext,
        ),
        Scenario::raw(
            "/broken/keep-alive-lie-post",
            "the same by 307, so that a POST meets it",
            b"HTTP/1.1 307 Temporary Redirect\r\n\
              Location: /echo\r\n\
              Connection: keep-alive\r\n\
              Content-Length: 0\r\n\r\n",
            CloseOnNext,
        ),
        Scenario::raw(
            "/broken/switching",
            "101 where nobody asked to switch",
            b"HTTP/1.1 101 Switching Protocols\r\n\
              Upgrade: nonsense\r\n\
              Connection: upgrade\r\n\r\n",
            Hold,
        ),
        Scenario::raw(
            "/broken/bad-gzip",
            "content that is not the gzip it says it is",
            b"HTTP/1.1 200 OK\r\n\
              Content-Encoding: gzip\r\n\
              Content-Length: 10\r\n\r\n\
              ten bytes.",
            KeepAlive,
        ),
    ],
};
