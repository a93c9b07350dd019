//! Bytes to text.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::platforms::file::FileFault;

/// The text, and what has to be said about how it was read.
///
/// # Errors
///
/// Where the bytes are no text.
pub(super) fn text_of(bytes: &[u8]) -> Result<(String, Option<FileFault>), FileFault> {
    let fault = |says: &str| FileFault {
        place: None,
        says: says.to_owned(),
    };
    // The signature of a ZIP archive, which an .xlsx is (ECMA-376 part 2).
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(fault("it is a workbook; save its sheet as CSV"));
    }
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, mark),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, 0),
        // What Excel writes as "CSV" in western Europe and America.
        None => (WINDOWS_1252, 0),
    };
    let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if text.contains('\0') {
        return Err(fault(
            "it is no text: it holds zero bytes; save it as UTF-8",
        ));
    }
    let warning = if broken {
        Some(fault("some of its characters are broken"))
    } else {
        (encoding == WINDOWS_1252).then(|| fault("it is no UTF-8 and was read as Windows-1252"))
    };
    Ok((text.into_owned(), warning))
}
