//! A certificate made at the start and thrown away at the end: clients refuse it unless they get it by `--cacert`.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;

/// A certificate and what a TLS server needs to show it.
pub(super) struct Certificate {
    /// For `--cacert`: it signs itself.
    pub(super) pem: String,
    pub(super) config: Arc<ServerConfig>,
}

impl Certificate {
    /// A fresh one for the names that the scenarios use, and `address`. No `*.localhost`: clients refuse a wildcard right
    /// below the root.
    pub(super) fn throwaway(address: IpAddr) -> io::Result<Self> {
        let names = [
            "localhost",
            "sub.localhost",
            "127.0.0.1",
            "::1",
            &address.to_string(),
        ]
        .map(str::to_owned);
        let mut params = CertificateParams::new(names).map_err(io::Error::other)?;
        params
            .distinguished_name
            .push(DnType::CommonName, "rehop lab");
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let certificate = params.self_signed(&key).map_err(io::Error::other)?;
        let secret = PrivateKeyDer::try_from(key.serialize_der()).map_err(io::Error::other)?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], secret)
            .map_err(io::Error::other)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            pem: certificate.pem(),
            config: Arc::new(config),
        })
    }
}
