//! What a fault of TLS is called, without the library's types.

use std::fmt;
use std::sync::Arc;

use rustls::{AlertDescription, CertificateError, Error, InvalidMessage, OtherError};

use super::certificate;
use crate::model::{AlertSent, CertificateFault, NamesDiffer, TlsFault};

/// What went wrong, without the library's types.
pub(super) fn tls_fault(error: &Error) -> TlsFault {
    match error {
        Error::InvalidCertificate(fault) => TlsFault::Certificate(certificate_fault(fault)),
        Error::InvalidMessage(
            InvalidMessage::HandshakePayloadTooLarge | InvalidMessage::CertificatePayloadTooLarge,
        ) => TlsFault::Certificate(CertificateFault::TooLarge),
        Error::InvalidMessage(_) => TlsFault::NotTls,
        Error::AlertReceived(alert) => TlsFault::Alert(alert_sent(*alert)),
        Error::PeerIncompatible(why) => TlsFault::Incompatible(variant(why)),
        Error::PeerMisbehaved(why) => TlsFault::Misbehaved(variant(why)),
        other => TlsFault::Other(other.to_string()),
    }
}

fn certificate_fault(fault: &CertificateError) -> CertificateFault {
    use CertificateError as E;
    match fault {
        E::Expired => CertificateFault::Expired(None),
        E::ExpiredContext { not_after, .. } => {
            CertificateFault::Expired(Some(certificate::date(*not_after)))
        }
        E::NotValidYet => CertificateFault::NotYetValid(None),
        E::NotValidYetContext { not_before, .. } => {
            CertificateFault::NotYetValid(Some(certificate::date(*not_before)))
        }
        E::NotValidForName => CertificateFault::WrongName(None),
        E::NotValidForNameContext {
            expected,
            presented,
        } => CertificateFault::WrongName(Some(NamesDiffer {
            presented: presented.iter().map(|name| bare(name).to_owned()).collect(),
            expected: expected.to_str().into_owned(),
        })),
        E::UnknownIssuer => CertificateFault::UnknownIssuer,
        E::Revoked => CertificateFault::Revoked,
        E::BadSignature => CertificateFault::BadSignature,
        E::BadEncoding => CertificateFault::Malformed,
        E::InvalidPurpose | E::InvalidPurposeContext { .. } => CertificateFault::WrongPurpose,
        E::UnsupportedSignatureAlgorithmContext { .. }
        | E::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            CertificateFault::WeakSignature
        }
        E::Other(other) => match other.0.downcast_ref::<OwnFault>() {
            Some(OwnFault(fault)) => fault.clone(),
            None => unnamed_fault(&other.to_string()),
        },
        other => CertificateFault::Other(variant(other)),
    }
}

/// What the certificate itself tells of its fault, where the library's verdict leaves that open.
#[derive(Debug)]
struct OwnFault(CertificateFault);

impl fmt::Display for OwnFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for OwnFault {}

/// The verdict on this certificate, with what can be seen in it: that it signed itself, that its name stands in the subject
/// alone.
pub(super) fn explained(error: Error, der: &[u8]) -> Error {
    use CertificateError as E;
    let Error::InvalidCertificate(verdict) = &error else {
        return error;
    };
    let fault = match verdict {
        E::UnknownIssuer
        | E::BadSignature
        | E::UnsupportedSignatureAlgorithmContext { .. }
        | E::UnsupportedSignatureAlgorithmForPublicKeyContext { .. }
            if certificate::is_self_issued(der) =>
        {
            CertificateFault::SelfSigned
        }
        E::NotValidForNameContext { presented, .. } if presented.is_empty() => {
            CertificateFault::CommonNameOnly(certificate::common_name(der))
        }
        _ => return error,
    };
    Error::InvalidCertificate(E::Other(OtherError(Arc::new(OwnFault(fault)))))
}

/// A fault that rustls has no name for: webpki's errors are passed on as their text only. A test makes each of these
/// certificates, so that a new version that words them otherwise is noticed.
fn unnamed_fault(webpki: &str) -> CertificateFault {
    match webpki {
        "CaUsedAsEndEntity" => CertificateFault::AuthorityItself,
        "UnsupportedCertVersion" => CertificateFault::Version1,
        "EndEntityUsedAsCa" => CertificateFault::SignedByNoAuthority,
        "NameConstraintViolation" => CertificateFault::NameConstraint,
        other => CertificateFault::Other(variant(&format_args!("{other}"))),
    }
}

fn alert_sent(alert: AlertDescription) -> AlertSent {
    use AlertDescription as A;
    match alert {
        A::NoApplicationProtocol => AlertSent::NoHttp1,
        A::ProtocolVersion => AlertSent::ProtocolVersion,
        A::HandshakeFailure => AlertSent::HandshakeFailure,
        A::UnrecognisedName => AlertSent::UnrecognisedName,
        A::CertificateRequired => AlertSent::CertificateRequired,
        A::BadCertificate | A::UnknownCA | A::CertificateUnknown | A::AccessDenied => {
            AlertSent::CertificateRefused(variant(&alert))
        }
        other => AlertSent::Other(variant(&other)),
    }
}

/// The name of a variant, without what it holds: `UnsupportedNameType(..)` → `UnsupportedNameType`.
fn variant(value: &impl std::fmt::Debug) -> String {
    let text = format!("{value:?}");
    text.chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}

/// The name in what rustls writes: `DnsName("a.example")`, `IpAddress(127.0.0.1)`.
fn bare(presented: &str) -> &str {
    let inside = presented
        .split_once('(')
        .map_or(presented, |(_, inside)| inside);
    inside.trim_end_matches(')').trim_matches('"')
}

#[cfg(test)]
mod tests {
    use rustls::server::ParsedCertificate;
    use rustls::{OtherError, PeerIncompatible, PeerMisbehaved};

    use std::sync::Arc;

    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;

    use super::*;
    use crate::model::{Cause, Failure, Peer, Phase};
    use crate::report::Secrets;
    use crate::report::say::{Voice, wire};

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
            let peer = Peer::default();
            let failure = Failure::new(Phase::Tls, peer, Cause::Tls(tls_fault(&error)));
            let said = wire::failure(Voice::whole(Secrets::Masked), &failure);
            assert_eq!(
                said.split_once(" ()"),
                Some((
                    says,
                    if cured {
                        ": -k goes on all the same"
                    } else {
                        ""
                    }
                ))
            );
        }
    }
}
