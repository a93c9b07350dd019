//! The lab, seen from the other end of the wire by a client that knows nothing of HTTP.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};

use super::{Arrival, Framing, Options, Server, demo, scenarios};

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
    stream.write_all(bytes.replace("{port}", &lab.ports().http[0].to_string()).as_bytes()).unwrap();
    read_all(&mut stream)
}

fn read_all(stream: &mut impl Read) -> String {
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    String::from_utf8_lossy(&all).into_owned()
}

/// A GET that closes the connection.
fn get(lab: &Server, target: &str) -> String {
    talk(lab, &format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{{port}}\r\nConnection: close\r\n\r\n"))
}

/// The values of a field in the raw text of a response.
fn field<'a>(response: &'a str, name: &str) -> Vec<&'a str> {
    let head = response.split("\r\n\r\n").next().unwrap_or_default();
    let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    lines.filter(|line| line.0.eq_ignore_ascii_case(name)).map(|line| line.1.trim()).collect()
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

#[test]
fn redirects_lead_where_the_path_says() {
    let lab = Server::start(Options { tls: true, ..Options::default() }).unwrap();
    let [port, other] = lab.ports().http;
    let [secure, _] = lab.ports().https.unwrap();
    let table = [
        ("/status/308", 308, "/echo".to_owned()),
        ("/status/399?location=/x", 399, "/x".to_owned()),
        ("/to/same/301", 301, format!("http://127.0.0.1:{port}/echo")),
        ("/to/port/307", 307, format!("http://127.0.0.1:{other}/echo")),
        ("/to/host/302", 302, format!("http://localhost:{port}/echo")),
        ("/to/subdomain/302", 302, format!("http://sub.localhost:{port}/echo")),
        ("/to/https/307", 307, format!("https://127.0.0.1:{secure}/echo")),
        ("/to/http/303/a%20b?c", 303, format!("http://127.0.0.1:{port}/a%20b?c")),
        ("/chain/308,307", 308, "/chain/307".to_owned()),
        ("/chain/307?a=b", 307, "/echo?a=b".to_owned()),
        ("/chain/308%2C301", 308, "/chain/301".to_owned()),
        ("/redirect-to?url=http%3A%2F%2Fx%2F&status_code=303", 303, "http://x/".to_owned()),
        ("/redirect-to?url=/a%0d%0aX:%20split", 302, "/a  X: split".to_owned()),
        ("/redirect/3", 302, "/relative-redirect/2".to_owned()),
        ("/redirect/1?code=307", 307, "/get?code=307".to_owned()),
        ("/absolute-redirect/2", 302, format!("http://127.0.0.1:{port}/absolute-redirect/1")),
        ("/loop/1", 302, "/loop/1".to_owned()),
        ("/loop/3", 302, "/loop/3?at=1".to_owned()),
        ("/loop/3?at=2", 302, "/loop/3".to_owned()),
        ("/loop/2?code=307", 307, "/loop/2?code=307&at=1".to_owned()),
        ("/endless/a?b", 302, "/endless/a/and-on?b".to_owned()),
        ("/delay/1/status/307", 307, "/echo".to_owned()),
        ("/cookie-wall", 302, "/cookie-wall".to_owned()),
        ("/account", 302, "/login".to_owned()),
        ("/http10/301", 301, "/echo".to_owned()),
        ("/expect/307", 307, "/echo".to_owned()),
        ("/location/backslashes", 302, format!("\\\\127.0.0.1:{port}\\echo")),
        ("/location/bad-port?code=308", 308, "http://127.0.0.1:99999/echo".to_owned()),
    ];
    for (target, code, location) in table {
        let response = get(&lab, target);
        assert_eq!(response[9..12].parse(), Ok(code), "{target}: {response}");
        assert_eq!(field(&response, "location"), [location], "{target}");
    }
    assert_eq!(field(&get(&lab, "/location/missing"), "location"), [""; 0]);
    assert_eq!(field(&get(&lab, "/location/two-different"), "location"), ["/anything/first", "/anything/second"]);
    assert_eq!(field(&get(&lab, "/location/long"), "location")[0].len(), 40_000);
}

#[test]
fn what_makes_no_sense_is_refused_with_a_sentence() {
    let lab = lab();
    for (target, code) in [
        ("/nowhere", "404"),
        ("/status/99", "400"),
        ("/status/abc", "400"),
        ("/to/moon/302", "400"),
        ("/to/same/200", "400"),
        ("/to/https/302", "501"),
        ("/to/parent/302", "400"),
        ("/chain/302,,", "302"),
        ("/chain/,302", "400"),
        ("/redirect-to", "400"),
        ("/redirect/x", "400"),
        ("/delay/0/delay/0/echo", "400"),
        ("/location/missing?code=200", "400"),
    ] {
        assert_eq!(&get(&lab, target)[9..12], code, "{target}");
    }
}

#[test]
fn the_echo_tells_what_arrived() {
    let lab = lab();
    let response = talk(
        &lab,
        "PoST /echo?q=%20 HTTP/1.1\r\nhOST: localhost\r\nX-b: 2\r\nX-a: é\r\nx-B: 3\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
    );
    let told = json_of(&response);
    assert_eq!(told["method"], "PoST");
    assert_eq!(told["target"], "/echo?q=%20");
    assert_eq!(told["headers"][0], serde_json::json!(["hOST", "localhost"]));
    assert_eq!(told["headers"][3], serde_json::json!(["x-B", "3"]));
    assert_eq!(told["body"]["bytes"], 3);
    // sha256sum of abc, as FIPS 180-2 gives it.
    assert_eq!(told["body"]["sha256"], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(told["body"]["text"], "abc");
    let arrival = &lab.arrivals()[0];
    assert_eq!((arrival.method.as_str(), arrival.status), ("PoST", Some(200)));
    assert_eq!(arrival.content.as_ref().unwrap().prefix, b"abc");
}

#[test]
fn anything_speaks_as_httpbin_does() {
    let lab = lab();
    let form =
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\nConnection: close\r\n\r\na=1&a=2&b=c";
    let told = json_of(&talk(&lab, &format!("POST /anything?x=y HTTP/1.1\r\nHost: h\r\n{form}")));
    assert_eq!(told["args"], serde_json::json!({"x": "y"}));
    assert_eq!(told["form"], serde_json::json!({"a": ["1", "2"], "b": "c"}));
    assert_eq!(told["headers"]["Host"], "h");
    assert_eq!(told["url"], "http://h/anything?x=y");
}

#[test]
fn requests_share_a_connection_unless_somebody_closes_it() {
    const GET: &str = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
    // What is sent on one connection; how many answers come; what the last says of the connection.
    let table = [
        (format!("{GET}\r\n{GET}\r\n{GET}Connection: close\r\n\r\n"), 3, vec!["close"]),
        (format!("{GET}Connection: close\r\n\r\n{GET}\r\n"), 1, vec!["close"]),
        ("GET /healthz HTTP/1.0\r\n\r\n".to_owned(), 1, vec!["close"]),
        (
            "GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /healthz HTTP/1.0\r\n\r\n".to_owned(),
            2,
            vec!["close"],
        ),
        (
            format!("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab\r\n{GET}Connection: close\r\n\r\n"),
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
        (format!("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n{GET}Connection: close\r\n\r\n"), 2, vec!["close"]),
        (format!("GET /status/304 HTTP/1.1\r\nHost: x\r\n\r\n{GET}Connection: close\r\n\r\n"), 2, vec!["close"]),
        (format!("GET /broken/lf-only HTTP/1.1\nHost: x\n\n{GET}Connection: close\r\n\r\n"), 2, vec!["close"]),
    ];
    for (sent, answers, connection) in table {
        let lab = lab();
        let heard = talk(&lab, &sent);
        assert_eq!(heard.matches("HTTP/1.1 ").count(), answers, "{sent:?}\n{heard}");
        let last = &heard[heard.rfind("HTTP/1.1 ").unwrap()..];
        assert_eq!(field(last, "connection"), connection, "{sent:?}");
        let arrived = lab.arrivals();
        assert!(arrived.iter().all(|arrival| arrival.connection == 1), "{sent:?}");
    }
}

#[test]
fn a_chunked_body_is_hashed_without_its_coding() {
    let lab = lab();
    let head = "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    let plain = json_of(&talk(&lab, &format!("{head}Content-Length: 6\r\n\r\nabcdef")));
    let chunked =
        json_of(&talk(&lab, &format!("{head}Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n02 \r\nef\r\n0\r\n\r\n")));
    assert_eq!(plain["body"], chunked["body"]);
    let framings: Vec<_> = lab.arrivals().iter().map(|a| a.content.as_ref().unwrap().framing).collect();
    assert_eq!(framings, [Framing::Length(6), Framing::Chunked]);
}

#[test]
fn a_chunked_answer_has_every_byte() {
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
    assert_eq!(serde_json::from_str::<serde_json::Value>(&body).unwrap()["target"], "/chunked");
}

#[test]
fn content_that_is_broken_ends_the_connection_without_an_answer() {
    let lab = lab();
    let head = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (nth, body) in
        ["zz\r\nab\r\n", "2\r\nabc\r\n", "-1\r\n", "fffffffffffffffff\r\n", &"1".repeat(5000)].iter().enumerate()
    {
        let mut stream = connect(&lab);
        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        let mut heard = Vec::new();
        let _ = stream.read_to_end(&mut heard);
        assert!(heard.is_empty(), "{body:?}");
        let last = arrivals(&lab, nth + 1);
        assert!(!last[nth].content.as_ref().unwrap().digest.complete, "{body:?}");
        assert_eq!(last[nth].status, None);
    }
}

#[test]
fn expect_is_answered_as_the_scenario_says() {
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
        ("/early/drain/308", "HTTP/1.1 308 Permanent Redirect\r\n", None),
    ];
    let lab = lab();
    for (path, before, after) in table {
        let mut stream = connect(&lab);
        let head = format!(
            "PUT {path} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut heard = vec![0; before.len()];
        stream.read_exact(&mut heard).unwrap();
        assert_eq!(String::from_utf8_lossy(&heard), before, "{path}");
        if let Some(status) = after {
            stream.write_all(b"abc").unwrap();
            assert_eq!(&read_all(&mut stream)[9..12], status, "{path}");
        }
    }
}

#[test]
fn an_early_answer_comes_while_the_body_is_on_its_way() {
    for (how, survives) in [("drain", true), ("close", false), ("reset", false)] {
        let lab = lab();
        let mut stream = connect(&lab);
        let head = format!("POST /early/{how}/307 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n0123456789");
        stream.write_all(head.as_bytes()).unwrap();
        let mut heard = [0; 12];
        stream.read_exact(&mut heard).unwrap();
        assert_eq!(&heard, b"HTTP/1.1 307", "{how}");
        if survives {
            stream.write_all(&vec![b'x'; 1_000_000 - 10]).unwrap();
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
            assert!(read_all(&mut stream).ends_with("ok\n"), "{how}");
        } else {
            drop(stream);
        }
        let arrived = arrivals(&lab, 1);
        assert_eq!(arrived[0].content.as_ref().unwrap().digest.complete, survives, "{how}");
        assert_eq!(arrived[0].status, Some(307));
    }
}

#[test]
fn broken_answers_are_broken_as_promised() {
    let lab = lab();
    for (kind, starts, ends) in [
        ("closed", "", ""),
        ("closed-in-head", "HTTP/1.1 302 Found\r\nLocation: /ec", "/ec"),
        ("no-http", "SSH-2.0", "\r\n"),
        ("http09", "<html>", "</html>\n"),
        ("status-30x", "HTTP/1.1 30x Found", "\r\n\r\n"),
        ("escape-codes", "HTTP/1.1 302 \x1b[31mFound\x1b]0;owned\x07\r\n", "\r\n\r\n"),
        ("lf-only", "HTTP/1.1 302 Found\nLocation: /echo\n", "\n\n"),
        ("nul", "HTTP/1.1 302 Found\r\nLocation: /ec\0ho\r\n", "\r\n\r\n"),
        ("forged-second-response", "HTTP/1.1 302 Found\r\n", "\r\n\r\nforged\n"),
        ("fields-5000", "HTTP/1.1 302 Found\r\nLocation: /echo\r\nX-Fill: a field\r\n", "\r\n\r\n"),
        ("keep-alive-lie", "HTTP/1.1 302 Found\r\nLocation: /echo\r\nConnection: keep-alive\r\n", "\r\n\r\n"),
    ] {
        let mut stream = connect(&lab);
        stream
            .write_all(format!("POST /broken/{kind} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na").as_bytes())
            .unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let heard = read_all(&mut stream);
        assert!(heard.starts_with(starts) && heard.ends_with(ends), "{kind}: {heard:?}");
    }
}

#[test]
fn resets_are_resets() {
    let lab = lab();
    for path in ["/broken/reset", "/broken/reset-in-head", "/broken/reset-in-body"] {
        let mut stream = connect(&lab);
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).unwrap();
        let error = stream.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{path}");
    }
}

#[test]
fn a_late_lie_swallows_the_second_request() {
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
fn junk_and_floods_are_told_so_and_harm_nobody() {
    let lab = lab();
    let long = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(70_000));
    for (junk, status) in
        [("\x16\x03\x01\r\n\r\n", "400"), ("GET /\r\n\r\n", "400"), ("PRI * HTTP/2.0\r\n\r\n", "505"), (&long, "431")]
    {
        let heard = talk(&lab, junk);
        assert_eq!(heard.get(9..12), Some(status), "{:?}", &junk[..10.min(junk.len())]);
    }
    assert!(talk(&lab, "GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 400"), "no Host");
    assert!(get(&lab, "/healthz").ends_with("ok\n"));
}

#[test]
fn three_hundred_at_once_while_others_drip_and_hang() {
    let lab = lab();
    let mut slow: Vec<TcpStream> = (0..50).map(|_| connect(&lab)).collect();
    for (nth, stream) in slow.iter_mut().enumerate() {
        let path = ["/broken/silence", "/broken/drip-head", "/delay/60000"][nth % 3];
        let half_a_request = if nth % 2 == 0 { "\r\n\r\n" } else { "" };
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: x{half_a_request}").as_bytes()).unwrap();
    }
    let mut streams: Vec<TcpStream> = (0..300).map(|_| connect(&lab)).collect();
    for stream in &mut streams {
        stream.write_all(b"GET /chain/308 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    }
    for stream in &mut streams {
        assert!(read_all(stream).starts_with("HTTP/1.1 308 "));
    }
    let began = Instant::now();
    drop(lab);
    assert!(began.elapsed() < Duration::from_secs(1), "the end waits for nobody");
}

#[test]
fn dropping_it_closes_every_port() {
    let lab = Server::start(Options { tls: true, ..Options::default() }).unwrap();
    let ports = lab.ports();
    drop(lab);
    for port in ports.http.into_iter().chain(ports.https.unwrap()) {
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "{port}");
    }
}

#[test]
fn a_fixed_port_that_is_taken_is_named() {
    let lab = lab();
    let port = lab.ports().http[0];
    let error = Server::start(Options { port, ..Options::default() }).err().unwrap();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
    assert!(error.to_string().contains(&format!("127.0.0.1:{port}")), "{error}");
}

#[test]
fn it_is_reached_as_localhost_too() {
    let lab = lab();
    for address in ("localhost", lab.ports().http[1]).to_socket_addrs().unwrap() {
        let Ok(mut stream) = TcpStream::connect(address) else {
            assert!(address.is_ipv6(), "a machine without IPv6");
            continue;
        };
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        assert!(read_all(&mut stream).ends_with("ok\n"));
    }
}

#[test]
fn https_with_a_certificate_that_can_be_trusted() {
    let lab = Server::start(Options { tls: true, ..Options::default() }).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(lab.certificate_pem().unwrap().as_bytes()).unwrap()).unwrap();
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let config = Arc::new(config);
    for name in ["localhost", "127.0.0.1", "sub.localhost"] {
        let server = ServerName::try_from(name).unwrap();
        let session = rustls::ClientConnection::new(Arc::clone(&config), server).unwrap();
        let socket = TcpStream::connect(("127.0.0.1", lab.ports().https.unwrap()[0])).unwrap();
        let mut stream = rustls::StreamOwned::new(session, socket);
        let request = format!("GET /to/http/302 HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let location = format!("http://{name}:{}/echo", lab.ports().http[0]);
        assert_eq!(field(&read_all(&mut stream), "location"), [location]);
    }
    assert!(arrivals(&lab, 3).iter().all(|arrival| arrival.origin.starts_with("https://127.0.0.1:")));
}

#[test]
fn the_demo_chain_shows_a_verdict_at_each_step() {
    let lab = lab();
    let mut path = demo::START.to_owned();
    let mut codes = Vec::new();
    loop {
        let body = demo::BODY;
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let response = talk(&lab, &request);
        codes.push(response[9..12].to_owned());
        match field(&response, "location").first() {
            Some(next) => (*next).clone_into(&mut path),
            None => break,
        }
    }
    assert_eq!(codes, ["308", "307", "302", "303", "200"]);
}

/// Every row of the table is played by its own example, and not hidden by one before it.
#[test]
fn every_scenario_is_reached_by_its_example() {
    let lab = Server::start(Options { tls: true, ..Options::default() }).unwrap();
    for (nth, scenario) in scenarios().enumerate() {
        let found = super::scenario::find(scenario.example.split('?').next().unwrap().as_bytes());
        assert!(found.is(scenario), "{} is not found by {}", scenario.path, scenario.example);
        let mut stream = connect(&lab);
        stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
        let request = format!("GET {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", scenario.example);
        stream.write_all(request.as_bytes()).unwrap();
        let _ = stream.read(&mut [0; 64]);
        let arrival = Arc::clone(&arrivals(&lab, nth + 1)[nth]);
        assert_eq!(arrival.target, scenario.example.as_bytes(), "{}", scenario.path);
        assert!(!matches!(arrival.status, Some(400 | 404 | 501)), "{}: {:?}", scenario.path, arrival.status);
    }
}

#[test]
fn the_index_lists_every_scenario_in_both_forms() {
    let lab = lab();
    let text = get(&lab, "/");
    let html = talk(&lab, "GET / HTTP/1.1\r\nHost: h'<>\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
    for scenario in scenarios() {
        assert!(
            text.contains(&format!("\n  {}\n    {}\n    curl ", scenario.path, scenario.says)),
            "{}",
            scenario.path
        );
        assert!(html.contains(&format!("<code>{}</code>", scenario.path)), "{}", scenario.path);
    }
    assert!(!html.contains("h'<>"), "a Host that no name is made of is not shown");
    assert!(text.contains(&format!("curl -sL '{}'", lab.url("/redirect-to?url=/echo&status_code=308"))));
}

#[test]
fn the_log_hears_of_every_arrival() {
    let (told, heard) = std::sync::mpsc::channel();
    let log = move |arrival: &Arrival| told.send((arrival.n, arrival.target.clone())).unwrap_or_default();
    let lab = Server::start(Options { log: Some(Box::new(log)), ..Options::default() }).unwrap();
    get(&lab, "/healthz");
    get(&lab, "/nowhere");
    assert_eq!(heard.recv_timeout(PATIENCE), Ok((1, b"/healthz".to_vec())));
    assert_eq!(heard.recv_timeout(PATIENCE), Ok((2, b"/nowhere".to_vec())));
}
