//! The judges of a server's certificate: webpki; the user, who may have given this very certificate; and the wish to go on
//! in spite of any fault, which is then noted.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{DigitallySignedStruct, Error, SignatureScheme};

use super::certificate;
use super::tls_fault::{explained, tls_fault};
use crate::model::TlsFault;

/// What was wrong with the certificate of one connection that went on in spite of it.
#[derive(Debug, Clone, Default)]
pub(super) struct NotedFault(Arc<Mutex<Option<TlsFault>>>);

impl NotedFault {
    pub(super) fn set(&self, fault: Option<TlsFault>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    pub(super) fn get(&self) -> Option<TlsFault> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// A verifier of server certificates.
#[derive(Debug, Clone)]
pub(super) struct Verifier {
    pub(super) webpki: Arc<WebPkiServerVerifier>,
    /// The certificates that `--cacert` gave.
    pub(super) given: Vec<CertificateDer<'static>>,
    /// Where faults are noted instead of being fatal.
    pub(super) note: Option<NotedFault>,
}

impl Verifier {
    /// A server may show the very certificate that the user trusts, be it one that says that it is an authority, as those
    /// made by `openssl req -x509` do: webpki never takes such a one from a server, curl does.
    fn is_given(
        &self,
        shown: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<bool, Error> {
        if !self
            .given
            .iter()
            .any(|given| given.as_ref() == shown.as_ref())
        {
            return Ok(false);
        }
        verify_server_name(&ParsedCertificate::try_from(shown)?, name)?;
        certificate::is_valid_at(shown, now)?;
        Ok(true)
    }

    /// The verdict, or `otherwise` with the fault noted.
    fn or_note<T>(&self, verdict: Result<T, Error>, otherwise: T) -> Result<T, Error> {
        match (verdict, &self.note) {
            (Err(error), Some(note)) => {
                note.set(note.get().or_else(|| Some(tls_fault(&error))));
                Ok(otherwise)
            }
            (verdict, _) => verdict,
        }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verdict = match self.is_given(end_entity, server_name, now) {
            Ok(true) => Ok(ServerCertVerified::assertion()),
            Ok(false) => self.webpki.verify_server_cert(
                end_entity,
                intermediates,
                server_name,
                ocsp_response,
                now,
            ),
            Err(error) => Err(error),
        };
        let verdict = verdict.map_err(|error| explained(error, end_entity));
        self.or_note(verdict, ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let verdict = self.webpki.verify_tls12_signature(message, cert, dss);
        self.or_note(verdict, HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let verdict = self.webpki.verify_tls13_signature(message, cert, dss);
        self.or_note(verdict, HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.webpki.supported_verify_schemes()
    }
}
