//! `-H`: one field as typed.

use super::{InputSource, UsageError};
use crate::model::{Field, is_token};

/// What one `-H`, or one line of the file that it names, asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderLine {
    /// Send this field; it takes the place of a default of its name.
    Set(Field),
    /// Do not send the default of this name.
    Remove(String),
    /// Take lines from here.
    From(InputSource),
}

const FLAG: &str = "--header";

impl HeaderLine {
    /// `Name: value`, `Name;` (empty), `Name:` (take the default away) or `@file`.
    ///
    /// # Errors
    /// Where it is none of these, or the value holds CR, LF or NUL.
    pub fn new(text: &[u8]) -> Result<Self, UsageError> {
        match text.strip_prefix(b"@") {
            Some(name) => InputSource::file(FLAG, name).map(Self::From),
            None => Self::line(text).map_err(|says| Self::wrong("", text, says)),
        }
    }

    /// What a user is told of a line; of its text, which may be a secret, no more than the first word before a colon.
    #[must_use]
    pub fn wrong(place: &str, text: &[u8], says: &str) -> UsageError {
        let text = String::from_utf8_lossy(text);
        let name = text
            .split_once(':')
            .and_then(|(name, _)| name.split_whitespace().next());
        let shown = match (name, place.trim_end_matches(": ")) {
            (Some(name), _) => format!(" {place}'{} ...'", name.escape_debug()),
            (None, "") => String::new(),
            (None, place) => format!(" {place}"),
        };
        UsageError::new(
            format!("{FLAG}{shown}: {says}"),
            "write it as in 'Name: value'",
        )
    }

    /// The same without `@file`, for the lines of that file.
    ///
    /// # Errors
    /// What is wrong with it, in a few words.
    pub fn line(text: &[u8]) -> Result<Self, &'static str> {
        let text = text.trim_ascii_end();
        if text
            .iter()
            .any(|byte| matches!(byte, b'\r' | b'\n' | b'\0'))
        {
            return Err("a line end or a NUL would end the field");
        }
        let mark = text
            .iter()
            .position(|byte| matches!(byte, b':' | b';'))
            .ok_or("no `:` in it")?;
        let (name, value) = (
            str::from_utf8(&text[..mark]).unwrap_or_default(),
            text[mark + 1..].trim_ascii(),
        );
        if !is_token(name) {
            return Err("the name is not a token (letters, digits and !#$%&'*+-.^_`|~)");
        }
        match (text[mark], value) {
            (b':', b"") => Ok(Self::Remove(name.to_owned())),
            (b';', b"") | (b':', _) => Ok(Self::Set(Field {
                name: name.to_owned(),
                value: value.to_vec(),
            })),
            _ => Err("no `:` in it"),
        }
    }
}
