//! Ports, TLS, the log, the end.

use std::io::{self, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::{Arc, mpsc};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::super::{Arrival, Options, Server};
use super::{PATIENCE, arrivals, field, get, lab, read_all};

#[test]
fn server_drop_closes_every_port() {
    let lab = Server::start(Options {
        tls: true,
        ..Options::default()
    })
    .unwrap();
    let ports = lab.ports();
    drop(lab);
    for port in ports.http.into_iter().chain(ports.https.unwrap()) {
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "{port}");
    }
}

#[test]
fn server_error_names_a_port_that_is_taken() {
    let lab = lab();
    let port = lab.ports().http[0];
    let error = Server::start(Options {
        port,
        ..Options::default()
    })
    .err()
    .unwrap();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    assert!(
        error.to_string().contains(&format!("127.0.0.1:{port}")),
        "{error}"
    );
}

#[test]
fn server_is_reached_as_localhost_too() {
    let lab = lab();
    for address in ("localhost", lab.ports().http[1])
        .to_socket_addrs()
        .unwrap()
    {
        let Ok(mut stream) = TcpStream::connect(address) else {
            assert!(address.is_ipv6(), "a machine without IPv6");
            continue;
        };
        stream
            .write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .unwrap();
        assert!(read_all(&mut stream).ends_with("ok\n"));
    }
}

#[test]
fn server_https_certificate_can_be_trusted() {
    let lab = Server::start(Options {
        tls: true,
        ..Options::default()
    })
    .unwrap();
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(lab.certificate_pem().unwrap().as_bytes()).unwrap())
        .unwrap();
    let config =
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
    let config = Arc::new(config);
    for name in ["localhost", "127.0.0.1", "sub.localhost"] {
        let server = ServerName::try_from(name).unwrap();
        let session = ClientConnection::new(Arc::clone(&config), server).unwrap();
        let socket = TcpStream::connect(("127.0.0.1", lab.ports().https.unwrap()[0])).unwrap();
        let mut stream = StreamOwned::new(session, socket);
        let request =
            format!("GET /to/http/302 HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let location = format!("http://{name}:{}/echo", lab.ports().http[0]);
        assert_eq!(field(&read_all(&mut stream), "location"), [location]);
    }
    assert!(
        arrivals(&lab, 3)
            .iter()
            .all(|arrival| arrival.origin.starts_with("https://127.0.0.1:"))
    );
}

#[test]
fn server_log_is_called_with_every_arrival() {
    let (sender, receiver) = mpsc::channel();
    let log = move |arrival: &Arrival| {
        sender
            .send((arrival.n, arrival.target.clone()))
            .unwrap_or_default();
    };
    let lab = Server::start(Options {
        log: Some(Box::new(log)),
        ..Options::default()
    })
    .unwrap();
    get(&lab, "/healthz");
    get(&lab, "/nowhere");
    assert_eq!(
        receiver.recv_timeout(PATIENCE),
        Ok((1, b"/healthz".to_vec()))
    );
    assert_eq!(
        receiver.recv_timeout(PATIENCE),
        Ok((2, b"/nowhere".to_vec()))
    );
}
