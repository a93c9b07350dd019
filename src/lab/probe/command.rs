//! The client's command line, with places for what a run asks of it.

use std::ffi::{OsStr, OsString};
use std::fmt;

use super::probe_request::ProbeRequest;

/// A command as typed after `--`: a program and its arguments, some with places such as `{url}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    program: OsString,
    arguments: Vec<OsString>,
}

/// What is sent where a body is asked for.
pub const BODY: &str = r#"{"item":"tea","cups":2}"#;

const URL: &str = "{url}";
const METHOD: &str = "{method}";
const BODY_TEXT: &str = "{body}";
const BODY_FILE: &str = "{body_file}";
const CA_CERT: &str = "{cacert}";

/// Why a command cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommandError {
    /// There is no program in it.
    Empty,
    /// No argument has `{url}` in it.
    NoUrl,
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "there is no command",
            Self::NoUrl => "no argument has {url} in it, so the client would not find the lab",
        })
    }
}

impl std::error::Error for CommandError {}

/// The files that hold a body and no body, for `{body_file}`.
#[derive(Debug, Clone)]
pub struct BodyFiles {
    /// Holds [`BODY`].
    pub full: OsString,
    /// Holds nothing.
    pub empty: OsString,
}

impl Command {
    /// The command that these words make.
    ///
    /// # Errors
    /// Where it could never be run against the lab.
    pub fn new(words: &[OsString]) -> Result<Self, CommandError> {
        let (program, arguments) = words.split_first().ok_or(CommandError::Empty)?;
        let command = Self {
            program: program.clone(),
            arguments: arguments.to_vec(),
        };
        if command.has(URL) {
            Ok(command)
        } else {
            Err(CommandError::NoUrl)
        }
    }

    /// Whether it sends the method that it is told to.
    #[must_use]
    pub fn takes_method(&self) -> bool {
        self.has(METHOD)
    }

    /// Whether it sends the body that it is told to.
    #[must_use]
    pub fn takes_body(&self) -> bool {
        self.has(BODY_TEXT) || self.has(BODY_FILE)
    }

    /// The program, as typed.
    #[must_use]
    pub fn program(&self) -> &OsStr {
        &self.program
    }

    /// Its words as typed.
    pub fn words(&self) -> impl Iterator<Item = &OsStr> {
        std::iter::once(self.program()).chain(self.arguments.iter().map(OsString::as_os_str))
    }

    /// The arguments with every place filled.
    pub(super) fn arguments(
        &self,
        url: &str,
        ask: &ProbeRequest,
        files: &BodyFiles,
        cacert: &OsStr,
    ) -> Vec<OsString> {
        let (text, file) = if ask.body {
            (BODY, &files.full)
        } else {
            ("", &files.empty)
        };
        let (file, cacert) = (file.to_string_lossy(), cacert.to_string_lossy());
        let method = ask.method.as_ref().map_or("GET", |method| method.as_str());
        let complete = |argument: &OsString| match argument.to_str() {
            Some(argument) => filled(
                argument,
                &[
                    (URL, url),
                    (METHOD, method),
                    (BODY_FILE, &file),
                    (CA_CERT, &cacert),
                    (BODY_TEXT, text),
                ],
            )
            .into(),
            None => argument.clone(),
        };
        self.arguments.iter().map(complete).collect()
    }

    fn has(&self, place: &str) -> bool {
        self.arguments
            .iter()
            .filter_map(|argument| argument.to_str())
            .any(|argument| argument.contains(place))
    }
}

/// `text` with each place filled once, so that what fills one is not searched for others.
fn filled(text: &str, places: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((place, value)) = places.iter().find(|(place, _)| rest.starts_with(place)) {
            out.push_str(value);
            rest = &rest[place.len()..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Method;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_command_needs_a_place_for_the_url() {
        assert_eq!(Command::new(&[]), Err(CommandError::Empty));
        assert_eq!(
            Command::new(&words("curl http://x")),
            Err(CommandError::NoUrl)
        );
        assert_eq!(
            Command::new(&words("{url}")),
            Err(CommandError::NoUrl),
            "the program is no argument"
        );
        assert!(Command::new(&words("curl {url}")).is_ok());
    }

    #[test]
    fn every_place_is_filled_once() {
        let command =
            Command::new(&words("c -X{method} {body}{url} {body_file} é{x} {cacert}")).unwrap();
        let files = BodyFiles {
            full: "full".into(),
            empty: "empty".into(),
        };
        let ask = ProbeRequest {
            method: Some(Method::PUT),
            body: true,
        };
        let arguments = command.arguments("http://a/{body}", &ask, &files, "ca".as_ref());
        assert_eq!(
            arguments,
            [
                "-XPUT",
                &format!("{BODY}http://a/{{body}}"),
                "full",
                "é{x}",
                "ca"
            ]
            .map(OsString::from)
        );
        let ask = ProbeRequest {
            method: None,
            body: false,
        };
        assert_eq!(
            command.arguments("u", &ask, &files, "ca".as_ref()),
            ["-XGET", "u", "empty", "é{x}", "ca"].map(OsString::from)
        );
    }
}
