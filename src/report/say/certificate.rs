//! What is wrong with a certificate.

use crate::model::CertificateFault;

/// The end of a sentence that begins with "the server's certificate …".
pub(super) fn fault(fault: &CertificateFault) -> String {
    match fault {
        CertificateFault::Expired(None) => "has expired".to_owned(),
        CertificateFault::Expired(Some(on)) => format!("expired on {on}"),
        CertificateFault::NotYetValid(None) => "is not valid yet".to_owned(),
        CertificateFault::NotYetValid(Some(before)) => format!("is not valid before {before}"),
        CertificateFault::WrongName(None) => "is made out to another name".to_owned(),
        CertificateFault::WrongName(Some(names)) => {
            let presented = several(&names.presented);
            format!("is made out to {presented}, not to {}", names.expected)
        }
        CertificateFault::CommonNameOnly(None) => "is made out to no name at all".to_owned(),
        CertificateFault::CommonNameOnly(Some(name)) => format!(
            "has its name ({name}) in the subject alone, where clients no longer look: give it a subjectAltName"
        ),
        CertificateFault::SelfSigned => {
            "is self-signed, and not one that is trusted: give it with --cacert to trust it"
                .to_owned()
        }
        CertificateFault::TooLarge => "is larger than the 64 KiB that clients take".to_owned(),
        CertificateFault::UnknownIssuer => "comes from an issuer that is not trusted".to_owned(),
        CertificateFault::Revoked => "has been revoked".to_owned(),
        CertificateFault::BadSignature => "carries a wrong signature".to_owned(),
        CertificateFault::WeakSignature => {
            "is signed in a way that is not accepted, such as with SHA-1".to_owned()
        }
        CertificateFault::Malformed => "is malformed".to_owned(),
        CertificateFault::WrongPurpose => "is not meant for servers".to_owned(),
        CertificateFault::AuthorityItself => {
            "is an authority's own (CA:TRUE), which is trusted only where it is given itself"
                .to_owned()
        }
        CertificateFault::Version1 => {
            "is of X.509 version 1, which is no longer accepted: make one of version 3".to_owned()
        }
        CertificateFault::SignedByNoAuthority => {
            "is signed with a certificate that is no authority's".to_owned()
        }
        CertificateFault::NameConstraint => {
            "is for a name that its authority may not sign for".to_owned()
        }
        CertificateFault::Other(name) => format!("cannot be accepted ({})", words(name)),
    }
}

/// Names that a sentence repeats; a certificate can have thousands.
const MOST_NAMES: usize = 5;

/// The first of these names, and how many more there are.
fn several(names: &[String]) -> String {
    let shown = names[..names.len().min(MOST_NAMES)].join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        _ if names.is_empty() => "no name at all".to_owned(),
        0 => shown,
        more => format!("{shown} and {more} more names"),
    }
}

/// The name of a variant as words: `UnsupportedNameType` → `unsupported name type`.
pub(super) fn words(name: &str) -> String {
    let name = name.chars().take_while(char::is_ascii_alphanumeric);
    let spaced = name.enumerate().flat_map(|(n, c)| {
        let capital = n > 0 && c.is_ascii_uppercase();
        [capital.then_some(' '), Some(c)]
    });
    spaced.flatten().collect::<String>().to_ascii_lowercase()
}
