//! Fields as typed, and files of them.

use std::io::Read;

use super::content::read;
use super::{InputKind, InputSource, IntakeCause, IntakeError};
use crate::exit::UsageError;
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

    /// What a user reads of a wrong line; of its text, which may be a secret, no more than the first word before a colon.
    fn wrong(place: &str, text: &[u8], says: &str) -> UsageError {
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

/// The fields to send, and the names of those not to, in order.
///
/// # Errors
/// Where a file of them cannot be read, or has a line that is none.
pub(super) fn fields(
    lines: &[HeaderLine],
    stdin: &mut dyn Read,
) -> Result<(Vec<Field>, Vec<String>), IntakeError> {
    let mut all = Vec::new();
    for line in lines {
        match line {
            HeaderLine::From(source) => all.extend(lines_of(source, stdin)?),
            line => all.push(line.clone()),
        }
    }
    let (mut fields, mut removed) = (Vec::new(), Vec::new());
    for line in all {
        match line {
            HeaderLine::Set(field) => fields.push(field),
            HeaderLine::Remove(name) => removed.push(name),
            // A line of a file names no further file.
            HeaderLine::From(_) => {}
        }
    }
    Ok((fields, removed))
}

/// The lines of a file of fields; empty ones and those that begin with `#` are passed over.
fn lines_of(source: &InputSource, stdin: &mut dyn Read) -> Result<Vec<HeaderLine>, IntakeError> {
    let text = read(source, stdin)?;
    let lines = text
        .split(|&byte| byte == b'\n')
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim_ascii()));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with(b"#"));
    let wrong = |at: usize, line: &[u8], says| {
        let misuse = HeaderLine::wrong(&format!("{}:{at}: ", source.place), line, says);
        IntakeError::new(
            source,
            InputKind::Bytes,
            IntakeCause::Wrong(None, Box::new(misuse)),
        )
    };
    lines
        .map(|(at, line)| HeaderLine::line(line).map_err(|says| wrong(at, line, says)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::InputPlace;

    #[test]
    fn fields_of_a_file_stand_where_it_is_named() {
        let source = InputSource {
            flag: "--header",
            place: InputPlace::Stdin,
        };
        let lines = [
            HeaderLine::new(b"A: 1").unwrap(),
            HeaderLine::From(source),
            HeaderLine::new(b"B;").unwrap(),
        ];
        let (set, removed) = fields(&lines, &mut &b"# mine\nX: 2\r\n\nAccept:\n"[..]).unwrap();
        let names: Vec<&str> = set.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(
            (names, removed),
            (vec!["A", "X", "B"], vec!["Accept".to_owned()])
        );
    }

    #[test]
    fn fields_name_the_line_that_is_wrong_and_not_its_value() {
        let source = InputSource {
            flag: "--header",
            place: InputPlace::Stdin,
        };
        let text = &mut &b"A: 1\nB c: secret\n"[..];
        let error = fields(&[HeaderLine::From(source)], text).unwrap_err();
        assert_eq!(
            error.usage().unwrap().says,
            "--header standard input:2: 'B ...': the name is not a token (letters, digits and !#$%&'*+-.^_`|~)"
        );
    }
}
