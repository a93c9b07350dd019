//! TLS, with certificates made for the test.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use super::server::{answering, head, playing, until_closed};
use super::{Ask as _, Detail as _, failed, request, response, terms};
use crate::model::{Body, Exchange, FailureKind, Phase, Status, Tls};
use crate::net::{TlsOptions, Wire, check_tls};
use crate::report::say::wire as say;

/// An authority and what it can sign.
pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: rcgen::Certificate,
}

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let certificate = params.self_signed(&key).unwrap();
        Self {
            issuer: Issuer::new(params, key),
            certificate,
        }
    }

    /// A certificate for `name` which expires in `year`, and its key.
    pub(super) fn sign(&self, name: &str, year: i32) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2000, 1, 1);
        params.not_after = rcgen::date_time_ymd(year, 1, 1);
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }

    fn pem(&self) -> Vec<u8> {
        self.certificate.pem().into_bytes()
    }
}

pub(super) type Handshake = (Vec<&'static [u8]>, Option<CertificateDer<'static>>);

/// A TLS server that answers every request with its head.
fn serving(identity: (rcgen::Certificate, KeyPair), handshake: Handshake) -> SocketAddr {
    serving_with(identity, handshake, |stream| {
        loop {
            let text = head(stream);
            if text.is_empty() {
                break;
            }
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{text}",
                text.len()
            )
            .unwrap();
        }
    })
}

pub(super) type Stream = StreamOwned<ServerConnection, TcpStream>;

/// A TLS server that does what `script` says on each connection.
pub(super) fn serving_with(
    (certificate, key): (rcgen::Certificate, KeyPair),
    (alpn, client_root): Handshake,
    script: impl Fn(&mut Stream) + Send + 'static,
) -> SocketAddr {
    let builder =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let builder = match client_root {
        Some(root) => {
            let mut roots = RootCertStore::empty();
            roots.add(root).unwrap();
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            builder.with_client_cert_verifier(
                WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                    .build()
                    .unwrap(),
            )
        }
        None => builder.with_no_client_auth(),
    };
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = builder
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    config.alpn_protocols = alpn.into_iter().map(<[u8]>::to_vec).collect();
    let config = Arc::new(config);
    playing(move |_, stream: &mut TcpStream| {
        let tls = ServerConnection::new(Arc::clone(&config)).unwrap();
        script(&mut StreamOwned::new(tls, stream.try_clone().unwrap()));
    })
}

fn wire(tls: TlsOptions) -> Wire {
    let mut terms = terms();
    terms.tls = tls;
    Wire::new(terms)
}

fn ask(tls: TlsOptions, address: SocketAddr) -> Exchange {
    wire(tls).ask(&request(
        "GET",
        &format!("https://localhost:{}/", address.port()),
    ))
}

pub(super) fn trusting(authority: &Authority) -> TlsOptions {
    TlsOptions {
        roots: Some(authority.pem()),
        ..TlsOptions::default()
    }
}

fn insecure() -> TlsOptions {
    TlsOptions {
        insecure: true,
        ..TlsOptions::default()
    }
}

#[test]
fn a_trusted_server_and_its_facts() {
    let authority = Authority::new("Test Authority");
    let address = serving(
        authority.sign("localhost", 2090),
        (vec![b"h2", b"http/1.1"], None),
    );
    let mut wire = wire(trusting(&authority));
    let request = request("GET", &format!("https://localhost:{}/", address.port()));
    let first = wire.ask(&request);
    let text = String::from_utf8(response(&first).content.prefix.clone()).unwrap();
    assert_eq!(
        text,
        format!(
            "GET / HTTP/1.1\r\nhost: localhost:{}\r\n\r\n",
            address.port()
        )
    );
    let expected = Tls {
        version: "TLSv1.3".to_owned(),
        cipher: "TLS13_AES_256_GCM_SHA384".to_owned(),
        alpn: Some("http/1.1".to_owned()),
        subject: Some("localhost".to_owned()),
        issuer: Some("Test Authority".to_owned()),
        expires: Some("2090-01-01T00:00:00Z".to_owned()),
        fault: None,
    };
    assert_eq!(first.connection.unwrap().tls.as_ref(), Some(&expected));
    assert!(first.timings.tls.is_some());
    // Session tickets arrive after the handshake: they are no reason to give the connection up.
    let second = wire.ask(&request);
    response(&second);
    let connection = second.connection.unwrap();
    assert_eq!(
        (
            connection.reused,
            connection.tls.as_ref(),
            second.timings.tls
        ),
        (true, Some(&expected), None)
    );
}

#[test]
fn certificates_that_cannot_be_trusted() {
    let (authority, other) = (Authority::new("One"), Authority::new("Another"));
    for (name, year, tls, says) in [
        (
            "localhost",
            2001,
            trusting(&authority),
            "expired on 2001-01-01T00:00:00Z",
        ),
        (
            "other.example",
            2090,
            trusting(&authority),
            "is made out to other.example, not to localhost",
        ),
        ("localhost", 2090, trusting(&other), "--cacert"),
        (
            "localhost",
            2090,
            TlsOptions::default(),
            "from an issuer that is not trusted",
        ),
    ] {
        let address = serving(authority.sign(name, year), (Vec::new(), None));
        let exchange = ask(tls, address);
        let failure = failed(&exchange);
        assert_eq!(
            (failure.phase, failure.kind()),
            (Phase::Tls, FailureKind::Broken),
            "{failure:?}"
        );
        assert!(
            failure.detail().contains(says) && failure.detail().contains("-k"),
            "{failure:?}"
        );
        assert!(exchange.timings.tls.is_some());

        let exchange = ask(insecure(), address);
        response(&exchange);
        let fault = say::tls_fault(&exchange.connection.unwrap().tls.unwrap().fault.unwrap());
        assert!(fault.starts_with("the server's certificate"), "{fault}");
    }
}

#[test]
fn a_certificate_given_with_cacert_is_trusted_itself() {
    for (name, year, says) in [
        ("localhost", 2090, None),
        ("localhost", 2001, Some("expired on 2001-01-01")),
        (
            "other.example",
            2090,
            Some("is made out to other.example, not to localhost"),
        ),
    ] {
        // As `openssl req -x509` makes them: signed by itself, and an authority.
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.not_after = rcgen::date_time_ymd(year, 1, 1);
        let certificate = params.self_signed(&key).unwrap();
        let tls = TlsOptions {
            roots: Some(certificate.pem().into_bytes()),
            ..TlsOptions::default()
        };
        let exchange = ask(tls, serving((certificate, key), (Vec::new(), None)));
        match says {
            None => assert_eq!(response(&exchange).status, Status(200)),
            Some(says) => assert!(
                failed(&exchange).detail().contains(says),
                "{:?}",
                failed(&exchange)
            ),
        }
    }
}

#[test]
fn an_authority_as_a_server_is_told_from_one_with_and_without_k() {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let address = serving((params.self_signed(&key).unwrap(), key), (Vec::new(), None));
    let says = "the server's certificate is an authority's own (CA:TRUE), which is trusted only where it is given itself";
    let failure = ask(TlsOptions::default(), address);
    let detail = &failed(&failure).detail();
    assert!(
        detail.starts_with(says) && detail.contains("--cacert FILE"),
        "{detail}"
    );
    let exchange = ask(insecure(), address);
    assert_eq!(
        exchange
            .connection
            .unwrap()
            .tls
            .unwrap()
            .fault
            .as_ref()
            .map(say::tls_fault)
            .as_deref(),
        Some(says)
    );
}

#[test]
fn insecure_finds_no_fault_with_a_good_certificate() {
    let authority = Authority::new("Test Authority");
    let address = serving(authority.sign("localhost", 2090), (Vec::new(), None));
    let exchange = ask(
        TlsOptions {
            insecure: true,
            ..trusting(&authority)
        },
        address,
    );
    let tls = exchange.connection.unwrap().tls.unwrap();
    assert_eq!((tls.fault, tls.alpn), (None, None));
}

#[test]
fn a_client_certificate() {
    let authority = Authority::new("Test Authority");
    let address = serving(
        authority.sign("localhost", 2090),
        (Vec::new(), Some(authority.certificate.der().clone())),
    );
    let exchange = ask(trusting(&authority), address);
    let failure = failed(&exchange);
    assert!(
        failure.phase == Phase::Tls && failure.detail().contains("wants a client certificate"),
        "{failure:?}"
    );

    let (certificate, key) = authority.sign("client", 2090);
    let (certificate, key) = (
        certificate.pem().into_bytes(),
        key.serialize_pem().into_bytes(),
    );
    let apart = TlsOptions {
        certificate: Some(certificate.clone()),
        key: Some(key.clone()),
        ..trusting(&authority)
    };
    let together = TlsOptions {
        certificate: Some([certificate.clone(), key].concat()),
        ..trusting(&authority)
    };
    for tls in [apart, together] {
        assert_eq!(check_tls(&tls), Ok(()));
        response(&ask(tls, address));
    }
    let alone = TlsOptions {
        certificate: Some(certificate),
        ..TlsOptions::default()
    };
    assert!(say::tls_set_up(&check_tls(&alone).unwrap_err()).contains("--key"));
    let empty = TlsOptions {
        roots: Some(b"nothing".to_vec()),
        ..TlsOptions::default()
    };
    assert!(say::tls_set_up(&check_tls(&empty).unwrap_err()).contains("--cacert"));
    assert!(failed(&ask(empty, address)).detail().contains("--cacert"));
}

#[test]
fn a_server_of_http_2_only() {
    let authority = Authority::new("Test Authority");
    let address = serving(authority.sign("localhost", 2090), (vec![b"h2"], None));
    let exchange = ask(trusting(&authority), address);
    assert!(
        failed(&exchange)
            .detail()
            .contains("HTTP/2, which rehop does not speak"),
        "{:?}",
        failed(&exchange)
    );
}

#[test]
fn uploads_over_tls() {
    let authority = Authority::new("Test Authority");
    for (early, code) in [(false, 200), (true, 307)] {
        let address = serving_with(
            authority.sign("localhost", 2090),
            (Vec::new(), None),
            move |stream| {
                let length = if early { 100_000 } else { 5_000_000 };
                head(stream);
                stream.read_exact(&mut vec![0; length]).unwrap();
                write!(
                    stream,
                    "HTTP/1.1 {code} x\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"
                )
                .unwrap();
                stream.conn.send_close_notify();
                stream.flush().unwrap();
                until_closed(&mut stream.sock);
            },
        );
        let mut upload = request("POST", &format!("https://localhost:{}/", address.port()));
        upload.body = Body::from_bytes(vec![b'x'; if early { 200_000_000 } else { 5_000_000 }]);
        let exchange = wire(trusting(&authority)).ask(&upload);
        assert_eq!(response(&exchange).status, Status(code));
        let digest = exchange.sent.body.unwrap();
        assert_eq!(
            (digest.complete, digest.bytes < 100_000_000),
            (!early, true),
            "{digest:?}"
        );
    }
}

#[test]
fn the_wrong_scheme_for_the_port() {
    let plain = answering(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    let plain_talks = playing(|_, stream| {
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .unwrap();
        until_closed(stream);
    });
    let closes = playing(|_, _| {});
    for (address, says) in [
        (plain_talks, "does not speak TLS there"),
        (closes, "does it speak TLS on this port?"),
    ] {
        let exchange = ask(insecure(), address);
        let failure = failed(&exchange);
        assert!(
            failure.phase == Phase::Tls && failure.detail().contains(says),
            "{failure:?}"
        );
    }
    // This one waits for the end of a head that never comes.
    let mut hasty = super::hasty();
    hasty.tls = insecure();
    let exchange = Wire::new(hasty).ask(&request("GET", &format!("https://{plain}/")));
    assert_eq!(
        (failed(&exchange).phase, failed(&exchange).kind()),
        (Phase::Tls, FailureKind::TimedOut)
    );

    let authority = Authority::new("Test Authority");
    let address = serving(authority.sign("localhost", 2090), (Vec::new(), None));
    let exchange = super::wire().ask(&request("GET", &format!("http://{address}/")));
    assert!(
        failed(&exchange)
            .detail()
            .contains("speaks TLS on this port: try https://"),
        "{:?}",
        failed(&exchange)
    );
}
