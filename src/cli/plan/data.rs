//! `-d` and the flags beside it: what each piece is made of, as
//! [curl(1), `--data`](https://curl.se/docs/manpage.html#-d) says.

use crate::cli::args::{ContentKind, Piece};
use crate::exit::UsageError;
use crate::intake::{DataPiece, Filter, InputSource, Join};

/// The piece that one flag means.
///
/// # Errors
/// Where it names no file after `@`.
pub(super) fn piece(typed: &Piece) -> Result<DataPiece, UsageError> {
    let (flag, value) = (typed.kind.flag(), typed.value.as_encoded_bytes());
    match typed.kind {
        ContentKind::UrlEncode => return url_encoded(flag, value),
        ContentKind::Raw => return Ok(DataPiece::text(flag, value)),
        _ => {}
    }
    let piece = match value.strip_prefix(b"@") {
        Some(name) => DataPiece {
            source: InputSource::file(flag, name)?,
            ..DataPiece::text(flag, b"")
        },
        None => DataPiece::text(flag, value),
    };
    Ok(match typed.kind {
        ContentKind::Json => DataPiece {
            join: Join::Nothing,
            ..piece
        },
        ContentKind::Data if value.starts_with(b"@") => DataPiece {
            filter: Filter::WithoutLineEnds,
            ..piece
        },
        _ => piece,
    })
}

/// `content`, `=content`, `name=content`, `@file`, `name@file`: the first `=` decides, else the first `@`.
pub(crate) fn url_encoded(flag: &'static str, value: &[u8]) -> Result<DataPiece, UsageError> {
    let split = |at: usize| (&value[..at], &value[at + 1..]);
    let named = |name: &[u8]| {
        if name.is_empty() {
            Vec::new()
        } else {
            [name, b"="].concat()
        }
    };
    if let Some((name, text)) = value.iter().position(|&byte| byte == b'=').map(split) {
        return Ok(DataPiece {
            prefix: named(name),
            ..DataPiece::text(flag, &Filter::FormEncoded.all(text))
        });
    }
    if let Some((name, file)) = value.iter().position(|&byte| byte == b'@').map(split) {
        let (prefix, source) = (named(name), InputSource::file(flag, file)?);
        return Ok(DataPiece {
            join: Join::Ampersand,
            prefix,
            source,
            filter: Filter::FormEncoded,
        });
    }
    Ok(DataPiece::text(flag, &Filter::FormEncoded.all(value)))
}
