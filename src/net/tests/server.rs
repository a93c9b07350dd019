//! A server of one thread that does what a closure says on each connection in turn.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

/// Plays `script` on each connection, counted from 0, one after the other.
pub(super) fn playing(script: impl Fn(usize, &mut TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for (n, stream) in listener.incoming().enumerate() {
            script(n, &mut stream.unwrap());
        }
    });
    address
}

/// Reads one request of at most 3 bytes of content, answers with `bytes`, closes.
pub(super) fn answering(bytes: &[u8]) -> SocketAddr {
    let bytes = bytes.to_vec();
    playing(move |_, stream| {
        if head(stream).contains("content-length: 3") {
            stream.read_exact(&mut [0; 3]).unwrap();
        }
        // Some answers are refused before they end.
        drop(stream.write_all(&bytes));
    })
}

/// Reads a request's head, byte by byte; empty where the client closed instead.
pub(super) fn head(stream: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
        bytes.push(byte[0]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Waits until the client closes.
pub(super) fn until_closed(stream: &mut impl Read) {
    let mut buf = [0; 4096];
    while matches!(stream.read(&mut buf), Ok(n) if n > 0) {}
}
