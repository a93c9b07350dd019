//! Multipart forms ([RFC 7578](https://www.rfc-editor.org/rfc/rfc7578)), composed of pieces and never held whole.

use std::io::Read;
use std::sync::Arc;

use ring::rand::{SecureRandom, SystemRandom};

use super::content::{self, SharedContent};
use super::{InputKind, InputSource, IntakeCause, IntakeError};

/// One part of a form ([RFC 7578 §4](https://www.rfc-editor.org/rfc/rfc7578#section-4)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormPart {
    /// The name of the field.
    pub name: Vec<u8>,
    /// The name of the file that is uploaded; `None` for a field of text.
    pub file_name: Option<Vec<u8>>,
    /// The type of the content; `None` for plain text.
    pub content_type: Option<String>,
    /// The content.
    pub source: InputSource,
}

/// A form, ready to be sent.
#[derive(Debug, Clone)]
pub struct MultipartForm {
    /// What stands between its parts.
    pub boundary: String,
    /// All of it.
    pub content: SharedContent,
}

impl MultipartForm {
    /// The form that these parts make.
    ///
    /// # Errors
    /// Where a file cannot be read, or the system gives no random numbers for the boundary.
    pub fn new(parts: &[FormPart], stdin: &mut dyn Read) -> Result<Self, IntakeError> {
        Self::with_boundary(parts, boundary()?, stdin)
    }

    fn with_boundary(
        parts: &[FormPart],
        boundary: String,
        stdin: &mut dyn Read,
    ) -> Result<Self, IntakeError> {
        let mut row: Vec<SharedContent> = Vec::new();
        for part in parts {
            row.push(Arc::new(head(part, &boundary)));
            row.push(content::open(&part.source, stdin)?);
            row.push(Arc::new(b"\r\n".to_vec()));
        }
        row.push(Arc::new(format!("--{boundary}--\r\n").into_bytes()));
        Ok(Self {
            boundary,
            content: content::in_a_row(row),
        })
    }
}

/// As curl makes them: long enough that no content has it in it by chance.
fn boundary() -> Result<String, IntakeError> {
    let mut random = [0; 12];
    let filled = SystemRandom::new().fill(&mut random);
    let form = InputSource::text("--form", b"");
    filled.map_err(|_| IntakeError::new(&form, InputKind::Bytes, IntakeCause::NoRandom))?;
    Ok(random
        .iter()
        .fold("-".repeat(24), |text, byte| text + &format!("{byte:02x}")))
}

fn head(part: &FormPart, boundary: &str) -> Vec<u8> {
    let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"").into_bytes();
    head.extend(quotable(&part.name));
    if let Some(name) = &part.file_name {
        head.extend_from_slice(b"\"; filename=\"");
        head.extend(quotable(name));
    }
    head.extend_from_slice(b"\"\r\n");
    if let Some(kind) = &part.content_type {
        head.extend(format!("Content-Type: {kind}\r\n").into_bytes());
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// Quotes and line ends percent-encoded, as browsers and curl do
/// ([HTML, "multipart/form-data encoding"](https://html.spec.whatwg.org/#multipart-form-data)).
fn quotable(name: &[u8]) -> Vec<u8> {
    let encode = |byte: &u8| match byte {
        b'"' => b"%22".to_vec(),
        b'\r' => b"%0D".to_vec(),
        b'\n' => b"%0A".to_vec(),
        byte => vec![*byte],
    };
    name.iter().flat_map(encode).collect()
}
