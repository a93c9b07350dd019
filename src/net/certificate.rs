//! What a certificate says of itself.

use std::time::Duration;

use rustls::CertificateError;
use rustls::pki_types::UnixTime;
use x509_cert::Certificate;
use x509_cert::der::{DateTime, Decode as _};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::Name;

/// The facts that a report shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CertificateFacts {
    pub(super) subject: Option<String>,
    pub(super) issuer: Option<String>,
    pub(super) expires: Option<String>,
}

/// Reads a certificate in DER; `None` where it cannot be read.
pub(super) fn facts(der: &[u8]) -> Option<CertificateFacts> {
    let certificate = Certificate::from_der(der).ok()?;
    let inside = certificate.tbs_certificate();
    Some(CertificateFacts {
        subject: first_alternative(&certificate).or_else(|| shown(inside.subject())),
        issuer: shown(inside.issuer()),
        expires: Some(inside.validity().not_after.to_date_time().to_string()),
    })
}

/// Whether it names itself as its issuer, as those do that sign themselves.
pub(super) fn is_self_issued(der: &[u8]) -> bool {
    Certificate::from_der(der).is_ok_and(|certificate| {
        let inside = certificate.tbs_certificate();
        inside.issuer() == inside.subject()
    })
}

/// The name in its subject.
pub(super) fn common_name(der: &[u8]) -> Option<String> {
    let certificate = Certificate::from_der(der).ok()?;
    shown(certificate.tbs_certificate().subject())
}

/// The first name that clients compare with the host: a DNS name of the subject's alternatives.
fn first_alternative(certificate: &Certificate) -> Option<String> {
    let (_, names) = certificate
        .tbs_certificate()
        .get_extension::<SubjectAltName>()
        .ok()??;
    names.0.iter().find_map(|name| match name {
        GeneralName::DnsName(name) => Some(name.to_string()),
        _ => None,
    })
}

/// The common name, or else the organization or its unit; `None` where it has none of them.
///
/// Never all of it: its `Display` brings in a table of every object identifier, a twentieth of what a run keeps in memory.
fn shown(name: &Name) -> Option<String> {
    let names = [
        name.common_name(),
        name.organization(),
        name.organization_unit(),
    ];
    let known = names.into_iter().find_map(|name| name.ok().flatten());
    known
        .map(|name| name.value().into_owned())
        .filter(|text| !text.is_empty())
}

/// Whether `now` lies between the dates of a certificate in DER.
pub(super) fn is_valid_at(der: &[u8], now: UnixTime) -> Result<(), CertificateError> {
    let certificate = Certificate::from_der(der).map_err(|_| CertificateError::BadEncoding)?;
    let validity = certificate.tbs_certificate().validity();
    let [not_before, not_after] = [validity.not_before, validity.not_after]
        .map(|time| UnixTime::since_unix_epoch(time.to_unix_duration()));
    if now > not_after {
        return Err(CertificateError::ExpiredContext {
            time: now,
            not_after,
        });
    }
    if now < not_before {
        return Err(CertificateError::NotValidYetContext {
            time: now,
            not_before,
        });
    }
    Ok(())
}

/// The moment in RFC 3339.
pub(super) fn date(time: UnixTime) -> String {
    let date = DateTime::from_unix_duration(Duration::from_secs(time.as_secs()));
    date.map_or_else(|_| "a date far away".to_owned(), |date| date.to_string())
}
