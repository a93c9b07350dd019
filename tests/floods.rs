//! Servers that send as much as a head can hold at every hop: a chain of them stays small and ends soon.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use crate::support::{each, ends, rehop_within};

/// All the memory that a run may take, in KiB.
const MEMORY: u32 = 64 * 1024;
/// A run takes .8 s at most on an idle machine; one that hangs is cut off after a minute.
const SOON: Duration = Duration::from_secs(30);

/// Makes the fields of a redirect from the number of the request.
type Fields = fn(usize) -> String;

#[test]
fn flood_of_large_heads_takes_little_memory() {
    #[rustfmt::skip]
    let cases: [(&str, Fields, &str); 6] = [
        ("many cookies",    |n| location(n, "") + &cookies(n),                                     "4 too_many 302x21"),
        ("large cookies",   |n| location(n, "") + &format!("Set-Cookie: c{n}={}\r\n", "v".repeat(40_000)).repeat(3),
                                                                                               "4 too_many 302x21"),
        ("40 kB a URL",     |n| location(n, &"x".repeat(40_000)),                              "4 too_many 302x21"),
        ("100 kB a URL",    |n| location(n, &"x".repeat(100_000)),                             "4 refused 302"),
        ("stray bytes",     |n| location(n, &"\u{e9}".repeat(40_000)),                        "4 refused 302"),
        ("fragments",       |n| location(n, &format!("#{}", "x".repeat(80_000))),             "4 refused 302"),
    ];
    each(&cases, |(name, fields, expected)| {
        let url = serve(*fields);
        let run = rehop_within(MEMORY, &["--json", &url]);
        let ends = run.try_json().map(|document| ends(&run, &document));
        let soon = run.took < SOON;
        if soon && ends.as_deref() == Ok(expected) {
            Vec::new()
        } else {
            vec![format!("{name}: {ends:.300?}, {:?}", run.took)]
        }
    });
}

fn location(n: usize, rest: &str) -> String {
    format!("Location: /{n}?{rest}\r\n")
}

fn cookies(n: usize) -> String {
    (0..2000).fold(String::new(), |lines, m| {
        lines + &format!("Set-Cookie: c{n}-{m}=a value of some length\r\n")
    })
}

/// The URL of a server that answers every request with a redirect of these fields.
fn serve(fields: Fields) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a loopback port is free");
    let port = listener.local_addr().expect("it is bound").port();
    thread::spawn(move || {
        for (n, stream) in listener.incoming().enumerate() {
            // A client that has gone is no concern of the next.
            drop(stream.and_then(|stream| answer(stream, &fields(n))));
        }
    });
    format!("http://127.0.0.1:{port}/")
}

fn answer(mut stream: TcpStream, fields: &str) -> std::io::Result<()> {
    let (mut head, mut piece) = (Vec::new(), [0; 16 * 1024]);
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut piece)? {
            0 => return Ok(()),
            n => head.extend_from_slice(&piece[..n]),
        }
    }
    stream.write_all(
        format!("HTTP/1.1 302 Found\r\n{fields}Connection: close\r\nContent-Length: 0\r\n\r\n")
            .as_bytes(),
    )
}
