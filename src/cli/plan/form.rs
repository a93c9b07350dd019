//! `-F`: the parts of a multipart form, as [curl(1), `--form`](https://curl.se/docs/manpage.html#-F) writes them.

use crate::cli::args::{ContentKind, Piece};
use crate::exit::UsageError;
use crate::intake::{FormPart, InputSource};

/// What follows `name=`, taken apart.
#[derive(Default)]
struct FormValue {
    content: Vec<u8>,
    content_type: Option<String>,
    file_name: Option<Vec<u8>>,
}

/// The part that one flag means.
///
/// # Errors
/// Where there is no `=`, no file name, or a parameter that is not `type` or `filename`.
pub(super) fn part(typed: &Piece) -> Result<FormPart, UsageError> {
    let (flag, value) = (typed.kind.flag(), typed.value.as_encoded_bytes());
    let Some(equals) = value.iter().position(|&byte| byte == b'=') else {
        return Err(UsageError::new(
            format!("{flag}: no `=` in it"),
            format!("write `{flag} NAME=TEXT`"),
        ));
    };
    let (name, rest) = (value[..equals].to_vec(), &value[equals + 1..]);
    if typed.kind == ContentKind::FormString {
        return Ok(FormPart {
            name,
            file_name: None,
            content_type: None,
            source: InputSource::text(flag, rest),
        });
    }
    match rest.first() {
        Some(b'(' | b')') => Err(nested(flag, &name)),
        Some(b'@') => uploaded(flag, name, FormValue::new(flag, &rest[1..], b";,")?),
        _ => written(flag, name, rest),
    }
}

/// A part whose content is the text itself, or with `<` that of a file.
fn written(flag: &'static str, name: Vec<u8>, text: &[u8]) -> Result<FormPart, UsageError> {
    let file = text.strip_prefix(b"<");
    let value = FormValue::new(flag, file.unwrap_or(text), b";")?;
    let source = match file {
        Some(_) => InputSource::file(flag, &value.content)?,
        None => InputSource::text(flag, value.content),
    };
    Ok(FormPart {
        name,
        file_name: value.file_name,
        content_type: value.content_type,
        source,
    })
}

/// The brackets of nested parts.
fn nested(flag: &str, name: &[u8]) -> UsageError {
    let name = String::from_utf8_lossy(name);
    UsageError::new(
        format!("{flag} {name}=...: nested parts are not supported"),
        "use --form-string where the value begins with a bracket",
    )
}

fn uploaded(flag: &'static str, name: Vec<u8>, value: FormValue) -> Result<FormPart, UsageError> {
    let source = InputSource::file(flag, &value.content)?;
    let file_name = value.file_name.unwrap_or_else(|| base_name(&value.content));
    let by_suffix = || {
        content_type(&file_name)
            .or_else(|| content_type(&value.content))
            .unwrap_or(BYTES)
            .to_owned()
    };
    let content_type = Some(value.content_type.unwrap_or_else(by_suffix));
    Ok(FormPart {
        name,
        file_name: Some(file_name),
        content_type,
        source,
    })
}

impl FormValue {
    /// Takes `content;type=…;filename=…` apart; the content ends at one of `ends`, or is in double quotes.
    fn new(flag: &str, text: &[u8], ends: &[u8]) -> Result<Self, UsageError> {
        let (content, mut rest) = word(text, ends);
        let mut value = Self {
            content,
            ..Self::default()
        };
        while let Some((&mark, parameter)) = rest.split_first() {
            if mark == b',' {
                let says = format!("{flag}: several files in one part are not supported");
                return Err(UsageError::new(
                    says,
                    "give each file its own flag, or put a name with a comma in double quotes",
                ));
            }
            rest = value.take(flag, parameter.trim_ascii_start())?;
        }
        Ok(value)
    }

    /// Takes the parameter that `text` begins with; gives what follows it.
    fn take<'a>(&mut self, flag: &str, text: &'a [u8]) -> Result<&'a [u8], UsageError> {
        let after = |key: &str| {
            let (typed, after) = text.split_at_checked(key.len())?;
            typed.eq_ignore_ascii_case(key.as_bytes()).then_some(after)
        };
        if let Some(kind) = after("type=") {
            // A media type may have parameters of its own; `;filename=` ends it.
            let (kind, rest) = media_type(kind);
            self.content_type = Some(clean(flag, kind)?);
            return Ok(rest);
        }
        if let Some(name) = after("filename=") {
            let (name, rest) = word(name, b";");
            self.file_name = Some(name);
            return Ok(rest);
        }
        let shown = String::from_utf8_lossy(text);
        Err(UsageError::new(
            format!("{flag}: `;{shown}` is not understood"),
            "put a value with `;` in it in double quotes, or use --form-string",
        ))
    }
}

/// The word at the start, up to one of `ends`, and what follows; in double quotes `\"` and `\\` are escapes.
fn word<'a>(text: &'a [u8], ends: &[u8]) -> (Vec<u8>, &'a [u8]) {
    if let Some((quoted, after)) = text.strip_prefix(b"\"").and_then(quoted) {
        let after = after.trim_ascii_start();
        if after.first().is_none_or(|next| ends.contains(next)) {
            return (quoted, after);
        }
    }
    let end = text
        .iter()
        .position(|byte| ends.contains(byte))
        .unwrap_or(text.len());
    (text[..end].to_vec(), &text[end..])
}

/// What stands before the closing quote, and what after it; `None` where nothing closes.
fn quoted(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let (mut word, mut at) = (Vec::new(), 0);
    loop {
        match (text.get(at)?, text.get(at + 1)) {
            (b'"', _) => return Some((word, &text[at + 1..])),
            (b'\\', Some(escaped @ (b'"' | b'\\'))) => {
                word.push(*escaped);
                at += 2;
            }
            (byte, _) => {
                word.push(*byte);
                at += 1;
            }
        }
    }
}

/// A media type with its own parameters, up to `;filename=`.
fn media_type(text: &[u8]) -> (&[u8], &[u8]) {
    let end = (0..text.len()).find(|&at| {
        text[at] == b';'
            && text[at + 1..]
                .trim_ascii_start()
                .to_ascii_lowercase()
                .starts_with(b"filename=")
    });
    text.split_at(end.unwrap_or(text.len()))
}

fn clean(flag: &str, kind: &[u8]) -> Result<String, UsageError> {
    match str::from_utf8(kind) {
        Ok(kind) if !kind.contains(|c: char| c.is_control()) && !kind.is_empty() => {
            Ok(kind.to_owned())
        }
        _ => Err(UsageError::new(
            format!("{flag}: the type after `;type=` is none"),
            "write it as in `;type=text/csv`",
        )),
    }
}

fn base_name(path: &[u8]) -> Vec<u8> {
    let separator = |byte: &u8| *byte == b'/' || (cfg!(windows) && *byte == b'\\');
    path.rsplit(separator).next().unwrap_or_default().to_vec()
}

/// The type of a file whose name says none.
const BYTES: &str = "application/octet-stream";

/// The types that curl knows by suffix.
fn content_type(file_name: &[u8]) -> Option<&'static str> {
    const TYPES: [(&[u8], &str); 10] = [
        (b".gif", "image/gif"),
        (b".jpg", "image/jpeg"),
        (b".jpeg", "image/jpeg"),
        (b".png", "image/png"),
        (b".svg", "image/svg+xml"),
        (b".txt", "text/plain"),
        (b".htm", "text/html"),
        (b".html", "text/html"),
        (b".pdf", "application/pdf"),
        (b".xml", "application/xml"),
    ];
    let name = file_name.to_ascii_lowercase();
    TYPES
        .iter()
        .find(|(suffix, _)| name.ends_with(suffix))
        .map(|(_, kind)| *kind)
}
