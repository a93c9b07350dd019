//! `-d` and its kin: what each piece is made of and how pieces are joined, as
//! [curl(1), `--data`](https://curl.se/docs/manpage.html#-d) says.

use super::{InputSource, UsageError};
use crate::cli::args::{ContentKind, Piece};

/// One piece of a request's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPiece {
    /// What stands between it and a piece before it that is not empty.
    pub join: Join,
    /// What stands before it: the `name=` of `--data-urlencode name@file`.
    pub prefix: Vec<u8>,
    /// Where it comes from.
    pub source: InputSource,
    /// What is done to the bytes of a file on their way.
    pub filter: Filter,
}

/// What joins two pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// `&`.
    Ampersand,
    /// Nothing: JSON.
    Nothing,
}

/// What is done to the bytes of a file or of standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// Nothing.
    AsIs,
    /// CR, LF and NUL are taken out.
    WithoutLineEnds,
    /// All but letters, digits and `-._~` is percent-encoded, a space as `+`.
    FormEncoded,
}

impl Filter {
    /// What becomes of one byte: it is added to `to` in its new form.
    pub fn apply(self, byte: u8, to: &mut Vec<u8>) {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        let hex = |nibble: u8| HEX[usize::from(nibble)];
        match (self, byte) {
            (Self::WithoutLineEnds, b'\r' | b'\n' | b'\0') => {}
            (Self::FormEncoded, b' ') => to.push(b'+'),
            (Self::FormEncoded, byte)
                if !(byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)) =>
            {
                to.extend([b'%', hex(byte >> 4), hex(byte & 15)]);
            }
            (_, byte) => to.push(byte),
        }
    }

    fn all(self, bytes: &[u8]) -> Vec<u8> {
        let mut to = Vec::with_capacity(bytes.len());
        for &byte in bytes {
            self.apply(byte, &mut to);
        }
        to
    }
}

impl DataPiece {
    /// The piece that one flag means.
    ///
    /// # Errors
    /// Where it names no file after `@`.
    pub(super) fn new(typed: &Piece) -> Result<Self, UsageError> {
        let (flag, value) = (typed.kind.flag(), typed.value.as_encoded_bytes());
        match typed.kind {
            ContentKind::UrlEncode => return Self::url_encoded(flag, value),
            ContentKind::Raw => return Ok(Self::text(flag, value)),
            _ => {}
        }
        let piece = match value.strip_prefix(b"@") {
            Some(name) => Self {
                source: InputSource::file(flag, name)?,
                ..Self::text(flag, b"")
            },
            None => Self::text(flag, value),
        };
        Ok(match typed.kind {
            ContentKind::Json => Self {
                join: Join::Nothing,
                ..piece
            },
            ContentKind::Data if value.starts_with(b"@") => Self {
                filter: Filter::WithoutLineEnds,
                ..piece
            },
            _ => piece,
        })
    }

    /// `content`, `=content`, `name=content`, `@file`, `name@file`: the first `=` decides, else the first `@`.
    pub(in crate::cli) fn url_encoded(
        flag: &'static str,
        value: &[u8],
    ) -> Result<Self, UsageError> {
        let split = |at: usize| (&value[..at], &value[at + 1..]);
        let named = |name: &[u8]| {
            if name.is_empty() {
                Vec::new()
            } else {
                [name, b"="].concat()
            }
        };
        if let Some((name, text)) = value.iter().position(|&byte| byte == b'=').map(split) {
            return Ok(Self {
                prefix: named(name),
                ..Self::text(flag, &Filter::FormEncoded.all(text))
            });
        }
        if let Some((name, file)) = value.iter().position(|&byte| byte == b'@').map(split) {
            let (prefix, source) = (named(name), InputSource::file(flag, file)?);
            return Ok(Self {
                join: Join::Ampersand,
                prefix,
                source,
                filter: Filter::FormEncoded,
            });
        }
        Ok(Self::text(flag, &Filter::FormEncoded.all(value)))
    }

    /// These bytes as they are.
    pub(in crate::cli) fn text(flag: &'static str, bytes: &[u8]) -> Self {
        Self {
            join: Join::Ampersand,
            prefix: Vec::new(),
            source: InputSource::text(flag, bytes),
            filter: Filter::AsIs,
        }
    }
}
