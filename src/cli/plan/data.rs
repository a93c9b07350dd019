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
    if let Some((name, text)) = split(value, b'=') {
        return Ok(DataPiece {
            prefix: prefix(name),
            ..DataPiece::text(flag, &Filter::FormEncoded.all(text))
        });
    }
    if let Some((name, file)) = split(value, b'@') {
        return Ok(DataPiece {
            join: Join::Ampersand,
            prefix: prefix(name),
            source: InputSource::file(flag, file)?,
            filter: Filter::FormEncoded,
        });
    }
    Ok(DataPiece::text(flag, &Filter::FormEncoded.all(value)))
}

/// What stands before the first `mark`, and what after it.
fn split(value: &[u8], mark: u8) -> Option<(&[u8], &[u8])> {
    let at = value.iter().position(|&byte| byte == mark)?;
    Some((&value[..at], &value[at + 1..]))
}

fn prefix(name: &[u8]) -> Vec<u8> {
    if name.is_empty() {
        Vec::new()
    } else {
        [name, b"="].concat()
    }
}
