//! The lab, seen from the other end of the wire by a client that knows nothing of HTTP.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::{Arrival, Options, Server};

mod broken;
mod http;
mod playing;
mod server;

/// Longer than anything here takes, shorter than a tester's patience.
const PATIENCE: Duration = Duration::from_secs(10);

fn lab() -> Server {
    Server::start(Options::default()).unwrap()
}

fn connect(lab: &Server) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", lab.ports().http[0])).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends `bytes` and reads until the lab closes. `{port}` in them becomes the main port.
fn talk(lab: &Server, bytes: &str) -> String {
    let mut stream = connect(lab);
    stream
        .write_all(
            bytes
                .replace("{port}", &lab.ports().http[0].to_string())
                .as_bytes(),
        )
        .unwrap();
    read_all(&mut stream)
}

fn read_all(stream: &mut impl Read) -> String {
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    String::from_utf8_lossy(&all).into_owned()
}

/// A GET that closes the connection.
fn get(lab: &Server, target: &str) -> String {
    talk(
        lab,
        &format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{{port}}\r\nConnection: close\r\n\r\n"),
    )
}

/// The values of a field in the raw text of a response.
fn field<'a>(response: &'a str, name: &str) -> Vec<&'a str> {
    let head = response.split("\r\n\r\n").next().unwrap_or_default();
    let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    lines
        .filter(|line| line.0.eq_ignore_ascii_case(name))
        .map(|line| line.1.trim())
        .collect()
}

fn json_of(response: &str) -> serde_json::Value {
    serde_json::from_str(response.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// Waits until so many requests have arrived.
fn arrivals(lab: &Server, count: usize) -> Vec<Arc<Arrival>> {
    let end = Instant::now() + PATIENCE;
    while lab.arrivals().len() < count && Instant::now() < end {
        thread::sleep(Duration::from_millis(5));
    }
    lab.arrivals()
}
