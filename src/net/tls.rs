//! TLS: whom to trust, what to show, and what was wrong where `-k` goes on.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, ClientConnection, Error, RootCertStore,
};
use url::Host;

use super::certificate;
use super::judge::{Fault, Judge};
use crate::model::Tls;

/// What the user says about TLS; each file as its bytes, PEM.
#[derive(Clone, Default)]
pub struct TlsTerms {
    /// Go on with a certificate that cannot be trusted, and report what is wrong with it (`-k`).
    pub insecure: bool,
    /// The authorities to trust instead of the usual ones (`--cacert`).
    pub roots: Option<Vec<u8>>,
    /// The client's certificate with its chain (`-E`).
    pub certificate: Option<Vec<u8>>,
    /// Its key (`--key`); where absent it is looked for beside the certificate, as curl does.
    pub key: Option<Vec<u8>>,
    /// The machine's authorities once they have been read: clones of these terms share them.
    pub machine: MachineRoots,
}

/// The authorities that the machine trusts, read when they are first needed.
#[derive(Clone, Default)]
pub struct MachineRoots(Arc<OnceLock<Arc<RootCertStore>>>);

impl std::fmt::Debug for TlsTerms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TlsTerms")
            .field("insecure", &self.insecure)
            .finish_non_exhaustive()
    }
}

impl TlsTerms {
    /// Whether the files hold what they should.
    ///
    /// # Errors
    /// One sentence that names the flag.
    pub fn check(&self) -> Result<(), String> {
        self.roots
            .as_deref()
            .map_or(Ok(()), |pem| given_roots(pem).map(drop))?;
        self.identity().map(drop)
    }

    /// The client's chain and key.
    fn identity(
        &self,
    ) -> Result<Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>, String> {
        let Some(pem) = &self.certificate else {
            return Ok(None);
        };
        let chain = certificates(pem).ok_or("-E: the file holds no certificate in PEM")?;
        let key = PrivateKeyDer::from_pem_slice(self.key.as_ref().unwrap_or(pem));
        let key =
            key.map_err(|_| "-E: there is no private key in PEM: give it with --key".to_owned())?;
        Ok(Some((chain, key)))
    }

    fn trusted(&self) -> Result<Arc<RootCertStore>, String> {
        match &self.roots {
            Some(pem) => given_roots(pem).map(Arc::new),
            None => Ok(self.machine.get()),
        }
    }
}

impl MachineRoots {
    fn get(&self) -> Arc<RootCertStore> {
        Arc::clone(self.0.get_or_init(|| Arc::new(Self::read())))
    }

    fn read() -> RootCertStore {
        let mut store = webpki_roots::TLS_SERVER_ROOTS
            .iter()
            .cloned()
            .collect::<RootCertStore>();
        // A machine without roots of its own, or with some that cannot be read, still has those of webpki.
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        store
    }
}

fn given_roots(pem: &[u8]) -> Result<RootCertStore, String> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(certificates(pem).unwrap_or_default());
    if store.is_empty() {
        Err("--cacert: the file holds no certificate in PEM".to_owned())
    } else {
        Ok(store)
    }
}

/// Every certificate in `pem`; `None` where there is none or one is damaged.
fn certificates(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    CertificateDer::pem_slice_iter(pem)
        .collect::<Result<Vec<_>, _>>()
        .ok()
        .filter(|all| !all.is_empty())
}

/// The TLS of a run: set up when it is first needed, since reading the system's roots takes milliseconds.
#[derive(Debug)]
pub(super) struct Security {
    terms: TlsTerms,
    config: Option<Arc<ClientConfig>>,
    fault: Fault,
}

impl Security {
    pub(super) fn new(terms: TlsTerms) -> Self {
        Self {
            terms,
            config: None,
            fault: Fault::default(),
        }
    }

    /// A client side of TLS for `host`.
    ///
    /// # Errors
    /// One sentence where a file given is unusable or the host cannot be in a certificate.
    pub(super) fn client(&mut self, host: &Host<String>) -> Result<ClientConnection, String> {
        let config = match &self.config {
            Some(config) => Arc::clone(config),
            None => Arc::clone(self.config.insert(Arc::new(self.set_up()?))),
        };
        self.fault.set(None);
        let name = match host {
            Host::Ipv4(ip) => ServerName::from(std::net::IpAddr::from(*ip)),
            Host::Ipv6(ip) => ServerName::from(std::net::IpAddr::from(*ip)),
            Host::Domain(name) => ServerName::try_from(name.trim_end_matches('.').to_owned())
                .map_err(|_| format!("no certificate can be made out to the name `{name}`"))?,
        };
        ClientConnection::new(config, name).map_err(|error| error.to_string())
    }

    fn set_up(&self) -> Result<ClientConfig, String> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
        let builder = builder
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?;
        let webpki = WebPkiServerVerifier::builder_with_provider(self.terms.trusted()?, provider);
        let judge = Judge {
            webpki: webpki.build().map_err(|error| error.to_string())?,
            given: self
                .terms
                .roots
                .as_deref()
                .and_then(certificates)
                .unwrap_or_default(),
            note: self.terms.insecure.then(|| self.fault.clone()),
        };
        let builder = builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(judge));
        let mut config = match self.terms.identity()? {
            Some((chain, key)) => builder
                .with_client_auth_cert(chain, key)
                .map_err(|error| format!("-E: the certificate and the key do not fit: {error}"))?,
            None => builder.with_no_client_auth(),
        };
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        // A resumed session shows no certificate and skips a part of the handshake: neither could be reported truly.
        config.resumption = rustls::client::Resumption::disabled();
        Ok(config)
    }

    /// What the handshake agreed on.
    pub(super) fn facts(&self, tls: &ClientConnection) -> Tls {
        let certificate = tls.peer_certificates().and_then(<[_]>::first);
        let facts = certificate
            .and_then(|der| certificate::facts(der))
            .unwrap_or_default();
        Tls {
            version: tls
                .protocol_version()
                .and_then(|version| version.as_str())
                .unwrap_or("TLS")
                .replace('_', "."),
            cipher: tls
                .negotiated_cipher_suite()
                .and_then(|suite| suite.suite().as_str())
                .unwrap_or("unknown")
                .to_owned(),
            alpn: tls
                .alpn_protocol()
                .map(|name| String::from_utf8_lossy(name).into_owned()),
            subject: facts.subject,
            issuer: facts.issuer,
            expires: facts.expires,
            fault: self.fault.get(),
        }
    }
}

/// What went wrong in the terms of a user, without a cure.
pub(super) fn what_failed(error: &Error) -> String {
    match error {
        Error::InvalidCertificate(fault) => certificate_fault(fault),
        Error::InvalidMessage(_) => "the server does not speak TLS there".to_owned(),
        Error::AlertReceived(alert) => alert_says(*alert),
        Error::PeerIncompatible(why) => format!(
            "the server and rehop have no way of TLS in common ({})",
            words(why)
        ),
        Error::PeerMisbehaved(why) => {
            format!("the server breaks the rules of TLS ({})", words(why))
        }
        other => format!("the TLS handshake failed: {other}"),
    }
}

fn certificate_fault(fault: &CertificateError) -> String {
    match fault {
        CertificateError::Expired => "the server's certificate has expired".to_owned(),
        CertificateError::ExpiredContext { not_after, .. } => {
            format!(
                "the server's certificate expired on {}",
                certificate::date(*not_after)
            )
        }
        CertificateError::NotValidYet => "the server's certificate is not valid yet".to_owned(),
        CertificateError::NotValidYetContext { not_before, .. } => {
            format!(
                "the server's certificate is not valid before {}",
                certificate::date(*not_before)
            )
        }
        CertificateError::NotValidForName => {
            "the server's certificate is made out to another name".to_owned()
        }
        CertificateError::NotValidForNameContext {
            expected,
            presented,
        } => {
            let names: Vec<&str> = presented.iter().map(|name| bare(name)).collect();
            let names = if names.is_empty() {
                "no name at all".to_owned()
            } else {
                names.join(", ")
            };
            format!(
                "the server's certificate is made out to {names}, not to {}",
                expected.to_str()
            )
        }
        CertificateError::UnknownIssuer => {
            "the server's certificate comes from an issuer that is not trusted".to_owned()
        }
        CertificateError::Revoked => "the server's certificate has been revoked".to_owned(),
        CertificateError::BadSignature => {
            "the server's certificate carries a wrong signature".to_owned()
        }
        CertificateError::BadEncoding => "the server's certificate is malformed".to_owned(),
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            "the server's certificate is not meant for servers".to_owned()
        }
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            "the server's certificate is signed in a way that is not accepted, such as with SHA-1"
                .to_owned()
        }
        CertificateError::Other(other) => format!(
            "the server's certificate {}",
            unnamed_fault(&other.to_string())
        ),
        other => format!(
            "the server's certificate cannot be accepted ({})",
            words(other)
        ),
    }
}

/// A fault that rustls has no name for; webpki, whose errors are not passed on as such, has this one.
fn unnamed_fault(webpki: &str) -> String {
    match webpki {
        CA_ITSELF => {
            "is an authority's own (CA:TRUE), which is trusted only where it is given itself"
                .to_owned()
        }
        "UnsupportedCertVersion" => {
            "is of X.509 version 1, which is no longer accepted: make one of version 3".to_owned()
        }
        "EndEntityUsedAsCa" => "is signed with a certificate that is no authority's".to_owned(),
        "NameConstraintViolation" => "is for a name that its authority may not sign for".to_owned(),
        other => format!("cannot be accepted ({})", words(&format_args!("{other}"))),
    }
}

const CA_ITSELF: &str = "CaUsedAsEndEntity";

/// The name of a variant as words: `UnsupportedNameType(..)` → `unsupported name type`.
fn words(variant: &impl std::fmt::Debug) -> String {
    let text = format!("{variant:?}");
    let name = text.chars().take_while(char::is_ascii_alphanumeric);
    let spaced = name
        .enumerate()
        .flat_map(|(n, c)| [(n > 0 && c.is_ascii_uppercase()).then_some(' '), Some(c)]);
    spaced.flatten().collect::<String>().to_ascii_lowercase()
}

/// The name in what rustls writes: `DnsName("a.example")`, `IpAddress(127.0.0.1)`.
fn bare(presented: &str) -> &str {
    let inside = presented
        .split_once('(')
        .map_or(presented, |(_, inside)| inside);
    inside.trim_end_matches(')').trim_matches('"')
}

fn alert_says(alert: AlertDescription) -> String {
    use AlertDescription as A;
    match alert {
        A::NoApplicationProtocol => {
            "the server does not offer HTTP/1.1, only other protocols such as HTTP/2, which rehop does not speak"
                .to_owned()
        }
        A::ProtocolVersion => "the server speaks only versions of TLS that are too old (before 1.2)".to_owned(),
        A::HandshakeFailure => "the server and rehop have no cipher in common".to_owned(),
        A::UnrecognisedName => "the server knows no site of this name".to_owned(),
        A::CertificateRequired => "the server wants a client certificate: give one with -E and --key".to_owned(),
        A::BadCertificate | A::UnknownCA | A::CertificateUnknown | A::AccessDenied => {
            format!("the server refused the client's certificate ({}): give another with -E and --key", words(&alert))
        }
        other => format!("the server broke off the TLS handshake ({})", words(&other)),
    }
}

/// What the user can do about it; `None` where nothing of ours helps.
pub(super) fn cure(error: &Error) -> Option<&'static str> {
    match error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => Some(TRUST_IT),
        Error::InvalidCertificate(CertificateError::Other(other))
            if other.to_string() == CA_ITSELF =>
        {
            Some(TRUST_IT)
        }
        Error::InvalidCertificate(_) => Some("-k goes on all the same"),
        Error::InvalidMessage(_) => Some("try http://"),
        _ => None,
    }
}

const TRUST_IT: &str = "trust it with --cacert FILE, or go on all the same with -k";

#[cfg(test)]
mod tests {
    use rustls::server::ParsedCertificate;
    use rustls::{OtherError, PeerIncompatible, PeerMisbehaved};

    use super::*;

    /// As `openssl x509 -req` makes them without extensions; what is wrong with it does not change with time.
    const VERSION_1: &str = "\
-----BEGIN CERTIFICATE-----
MIIBKDCBzwIUeXMadN4PhO7+WlIrWkGr/7U9MZ8wCgYIKoZIzj0EAwIwFjEUMBIG
A1UEAwwLb2xkLmV4YW1wbGUwIBcNMjYxMTIzMDgzMTQzWhgPMjEyNjEwMzAwODMx
NDNaMBYxFDASBgNVBAMMC29sZC5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEVlOChc5lY7eu7UMEiYRLaGdkQfoo89qzkdqgE5xGSvDY/fV0Qw32gEJ9
XOvrlArgI3H8Q37Bqn8xqdqbHcya+DAKBggqhkjOPQQDAgNIADBFAiEAggdEFKEN
TgE8a+EBii+X+pmV1AIK/Q4Fi0S9bnd/ouUCIGZTjgzdJiQnNnfN+nasLUPzT0Cc
sHZeFdWPqCjVXAR+
-----END CERTIFICATE-----
";

    #[test]
    fn no_fault_is_told_in_the_words_of_a_library() {
        let old = CertificateDer::from_pem_slice(VERSION_1.as_bytes()).unwrap();
        let old = ParsedCertificate::try_from(&old).map(drop).unwrap_err();
        let other =
            |name: &str| CertificateError::Other(OtherError(Arc::from(Box::from(name)))).into();
        for (error, says, cured) in [
            (
                old,
                "the server's certificate is of X.509 version 1, which is no longer accepted: make one of version 3",
                true,
            ),
            (
                other("EndEntityUsedAsCa"),
                "the server's certificate is signed with a certificate that is no authority's",
                true,
            ),
            (
                other("UnsupportedNameType"),
                "the server's certificate cannot be accepted (unsupported name type)",
                true,
            ),
            (
                CertificateError::InvalidPurpose.into(),
                "the server's certificate is not meant for servers",
                true,
            ),
            (
                CertificateError::UnknownRevocationStatus.into(),
                "the server's certificate cannot be accepted (unknown revocation status)",
                true,
            ),
            (
                PeerIncompatible::NoKxGroupsInCommon.into(),
                "the server and rehop have no way of TLS in common (no kx groups in common)",
                false,
            ),
            (
                PeerMisbehaved::UnsolicitedServerHelloExtension.into(),
                "the server breaks the rules of TLS (unsolicited server hello extension)",
                false,
            ),
            (
                Error::AlertReceived(AlertDescription::InternalError),
                "the server broke off the TLS handshake (internal error)",
                false,
            ),
        ] {
            assert_eq!(
                (what_failed(&error).as_str(), cure(&error).is_some()),
                (says, cured)
            );
        }
    }
}
