//! Certificates and keys.

use std::fs;
use std::path::Path;

use super::{InputKind, InputSource, IntakeCause, IntakeError};
use crate::exit::UsageError;

/// The bytes of a file of PEM, which `flag` named.
///
/// # Errors
/// Where it cannot be read.
pub fn pem(flag: &'static str, path: &Path) -> Result<Vec<u8>, IntakeError> {
    fs::read(path).map_err(|error| wrong(flag, path, IntakeCause::Unreadable(error)))
}

/// The same for a private key.
///
/// # Errors
/// Also where a pass phrase protects it.
pub fn private_key(flag: &'static str, path: &Path) -> Result<Vec<u8>, IntakeError> {
    let bytes = pem(flag, path)?;
    if is_encrypted(&bytes) {
        let says = format!("{flag}: the private key is encrypted");
        let hint = "take the pass phrase off it: openssl pkey -in KEY -out PLAIN";
        let misuse = UsageError::new(says, hint);
        return Err(wrong(
            flag,
            path,
            IntakeCause::Wrong(None, Box::new(misuse)),
        ));
    }
    Ok(bytes)
}

fn wrong(flag: &'static str, path: &Path, cause: IntakeCause) -> IntakeError {
    IntakeError::new(&InputSource::path(flag, path), InputKind::Pem, cause)
}

/// Both forms of PEM say so: `BEGIN ENCRYPTED PRIVATE KEY`, and a line `Proc-Type: 4,ENCRYPTED`.
fn is_encrypted(pem: &[u8]) -> bool {
    let mut lines = pem.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    lines.any(|line| {
        line == b"-----BEGIN ENCRYPTED PRIVATE KEY-----" || line == b"Proc-Type: 4,ENCRYPTED"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_key_is_refused_where_a_pass_phrase_protects_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        for (text, is_plain) in [
            ("-----BEGIN PRIVATE KEY-----\n", true),
            ("-----BEGIN ENCRYPTED PRIVATE KEY-----\r\n", false),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n",
                false,
            ),
        ] {
            fs::write(&path, text).unwrap();
            assert_eq!(private_key("--key", &path).is_ok(), is_plain, "{text}");
            assert_eq!(pem("--cert", &path).unwrap(), text.as_bytes());
        }
    }
}
