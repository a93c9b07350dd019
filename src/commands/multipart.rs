//! Multipart forms ([RFC 7578](https://www.rfc-editor.org/rfc/rfc7578)), composed of pieces and never held whole.

use std::io::Read;
use std::sync::Arc;

use ring::rand::{SecureRandom, SystemRandom};

use super::content::{self, Shared};
use crate::cli::UsageError;
use crate::cli::plan::Part;

/// A form, ready to be sent.
#[derive(Debug, Clone)]
pub(super) struct MultipartForm {
    /// What stands between its parts.
    pub(super) boundary: String,
    /// All of it.
    pub(super) content: Shared,
}

impl MultipartForm {
    /// The form that these parts make.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub(super) fn new(parts: &[Part], stdin: &mut dyn Read) -> Result<Self, UsageError> {
        Self::with_boundary(parts, boundary()?, stdin)
    }

    fn with_boundary(
        parts: &[Part],
        boundary: String,
        stdin: &mut dyn Read,
    ) -> Result<Self, UsageError> {
        let mut row: Vec<Shared> = Vec::new();
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
fn boundary() -> Result<String, UsageError> {
    let mut random = [0; 12];
    let filled = SystemRandom::new().fill(&mut random);
    filled.map_err(|_| {
        UsageError::new(
            "--form: this system gives no random numbers for a boundary",
            "",
        )
    })?;
    Ok(random
        .iter()
        .fold("-".repeat(24), |text, byte| text + &format!("{byte:02x}")))
}

fn head(part: &Part, boundary: &str) -> Vec<u8> {
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
