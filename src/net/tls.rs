//! TLS: whom to trust, what to show, and what a fault is called.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore};
use url::Host;

use super::certificate;
use super::options::TlsOptions;
use super::tls_fault::tls_fault;
use super::verifier::{NotedFault, Verifier};
use crate::model::{Tls, TlsFault, TlsSetUpFault};

/// Whether the files of the user's hold what they should.
///
/// # Errors
/// Where they do not.
pub fn check_tls(options: &TlsOptions) -> Result<(), TlsSetUpFault> {
    if let Some(pem) = &options.roots {
        given_roots(pem)?;
    }
    identity(options).map(drop)
}

/// A certificate with its chain, and its key.
type ClientIdentity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

/// The client's identity, where one is given.
fn identity(options: &TlsOptions) -> Result<Option<ClientIdentity>, TlsSetUpFault> {
    let Some(pem) = &options.certificate else {
        return Ok(None);
    };
    let chain = certificates(pem).ok_or(TlsSetUpFault::NoCertificate)?;
    let key = PrivateKeyDer::from_pem_slice(options.key.as_ref().unwrap_or(pem));
    Ok(Some((chain, key.map_err(|_| TlsSetUpFault::NoKey)?)))
}

/// The authorities to trust: those given, else webpki's and the machine's.
fn trusted(options: &TlsOptions) -> Result<RootCertStore, TlsSetUpFault> {
    if let Some(pem) = &options.roots {
        return given_roots(pem);
    }
    let known = webpki_roots::TLS_SERVER_ROOTS.iter().cloned();
    let mut store = known.collect::<RootCertStore>();
    // A machine without roots of its own, or with some that cannot be read, still has those of webpki.
    store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    Ok(store)
}

fn given_roots(pem: &[u8]) -> Result<RootCertStore, TlsSetUpFault> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(certificates(pem).unwrap_or_default());
    if store.is_empty() {
        return Err(TlsSetUpFault::NoRoots);
    }
    Ok(store)
}

/// Every certificate in `pem`; `None` where there is none or one is damaged.
fn certificates(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let all = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    all.ok().filter(|all| !all.is_empty())
}

/// The TLS of a run, shared by all its connections: set up when it is first needed, since reading the system's roots takes
/// milliseconds.
#[derive(Debug)]
pub(super) struct TlsConfig {
    options: TlsOptions,
    ready: OnceLock<Result<Ready, TlsFault>>,
}

#[derive(Debug)]
struct Ready {
    config: Arc<ClientConfig>,
    verifier: Verifier,
}

impl TlsConfig {
    pub(super) fn new(options: TlsOptions) -> Self {
        Self {
            options,
            ready: OnceLock::new(),
        }
    }

    /// A client side of TLS for `host`, and where its certificate's fault is noted.
    ///
    /// # Errors
    /// Where a file given is unusable or the host cannot be in a certificate.
    pub(super) fn client(
        &self,
        host: &Host<String>,
    ) -> Result<(ClientConnection, NotedFault), TlsFault> {
        let ready = self.ready.get_or_init(|| set_up(&self.options));
        let Ready { config, verifier } = ready.as_ref().map_err(Clone::clone)?;
        let noted = NotedFault::default();
        let config = if self.options.insecure {
            // The fault is that of one connection among many: each has a verifier of its own.
            let mut own = ClientConfig::clone(config);
            let verifier = Verifier {
                note: Some(noted.clone()),
                ..verifier.clone()
            };
            own.dangerous().set_certificate_verifier(Arc::new(verifier));
            Arc::new(own)
        } else {
            Arc::clone(config)
        };
        let name = server_name(host)?;
        let client = ClientConnection::new(config, name).map_err(|error| tls_fault(&error))?;
        Ok((client, noted))
    }
}

fn server_name(host: &Host<String>) -> Result<ServerName<'static>, TlsFault> {
    match host {
        Host::Ipv4(ip) => Ok(ServerName::from(std::net::IpAddr::from(*ip))),
        Host::Ipv6(ip) => Ok(ServerName::from(std::net::IpAddr::from(*ip))),
        Host::Domain(name) => ServerName::try_from(name.trim_end_matches('.').to_owned())
            .map_err(|_| TlsFault::SetUp(TlsSetUpFault::Uncertifiable(name.clone()))),
    }
}

fn set_up(options: &TlsOptions) -> Result<Ready, TlsFault> {
    let other = |error: &dyn std::fmt::Display| TlsFault::Other(error.to_string());
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder
        .with_safe_default_protocol_versions()
        .map_err(|error| other(&error))?;
    let roots = Arc::new(trusted(options).map_err(TlsFault::SetUp)?);
    let webpki = WebPkiServerVerifier::builder_with_provider(roots, provider).build();
    let given = options.roots.as_deref().and_then(certificates);
    let verifier = Verifier {
        webpki: webpki.map_err(|error| other(&error))?,
        given: given.unwrap_or_default(),
        note: None,
    };
    let builder = builder
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier.clone()));
    let mut config = match identity(options).map_err(TlsFault::SetUp)? {
        Some((chain, key)) => builder
            .with_client_auth_cert(chain, key)
            .map_err(|error| TlsFault::SetUp(TlsSetUpFault::KeyDiffers(error.to_string())))?,
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A resumed session shows no certificate and skips a part of the handshake: neither could be reported truly.
    config.resumption = rustls::client::Resumption::disabled();
    Ok(Ready {
        config: Arc::new(config),
        verifier,
    })
}

impl NotedFault {
    /// What the handshake agreed on, with the fault that was noted.
    pub(super) fn facts(&self, tls: &ClientConnection) -> Tls {
        let certificate = tls.peer_certificates().and_then(<[_]>::first);
        let facts = certificate.and_then(|der| certificate::facts(der));
        let facts = facts.unwrap_or_default();
        let version = tls.protocol_version().and_then(|version| version.as_str());
        let suite = tls.negotiated_cipher_suite();
        let cipher = suite.and_then(|suite| suite.suite().as_str());
        let alpn = tls.alpn_protocol();
        Tls {
            version: version.unwrap_or("TLS").replace('_', "."),
            cipher: cipher.unwrap_or("unknown").to_owned(),
            alpn: alpn.map(|name| String::from_utf8_lossy(name).into_owned()),
            subject: facts.subject,
            issuer: facts.issuer,
            expires: facts.expires,
            fault: self.get(),
        }
    }
}
