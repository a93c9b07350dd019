//! A pasted command line → words, whichever shell it was written for.

use std::ffi::OsString;

use super::{bash, cmd};
use crate::exit::UsageError;

/// The arguments of the `curl` in this line, and what follows its end.
pub(super) fn split(text: &str) -> Result<(Vec<OsString>, String), UsageError> {
    let text = without_prompt(text);
    let split = if is_cmd(text) {
        cmd::split(text)?
    } else {
        bash::split(text)?
    };
    let mut words = split
        .words
        .into_iter()
        .map(os_string)
        .collect::<Result<Vec<_>, _>>()?
        .into_iter();
    match words.next() {
        Some(name) if is_curl(&name) => Ok((words.collect(), split.left)),
        Some(name) => {
            let says = format!(
                "the pasted line begins with `{}`, not with `curl`",
                name.display()
            );
            Err(UsageError::new(says, "paste a curl command"))
        }
        None => Err(UsageError::new(
            "there is no command in what was pasted",
            "paste a curl command",
        )),
    }
}

/// Whether one argument is a whole command line.
pub(super) fn is_line(argument: &OsString) -> bool {
    let line = argument.to_str().map(without_prompt);
    line.and_then(|line| line.split_once(char::is_whitespace))
        .is_some_and(|(name, _)| is_curl(&name.into()))
}

/// Whether this word names curl, with or without a path.
pub(super) fn is_curl(word: &OsString) -> bool {
    let name = word
        .to_str()
        .and_then(|word| word.rsplit(['/', '\\']).next())
        .unwrap_or_default()
        .to_lowercase();
    matches!(name.as_str(), "curl" | "curl.exe")
}

/// The text without the prompt of a terminal before it.
fn without_prompt(text: &str) -> &str {
    // What ends the text may be escaped: the shells look at it.
    let text = text.trim_start();
    let command = text.trim_start_matches(['$', '%', '#', '>', ' ']);
    if command.starts_with("curl") {
        command
    } else {
        text
    }
}

/// Windows cmd escapes with `^`: what opens the first quotation tells, else how lines are continued.
fn is_cmd(text: &str) -> bool {
    let continued = |mark| {
        text.lines()
            .rev()
            .skip(1)
            .any(|line| line.trim_end().ends_with(mark))
    };
    match text.find(['"', '\'']) {
        Some(at) if text[at..].starts_with('\'') => false,
        Some(at) if text[..at].ends_with('^') => true,
        _ => continued('^') && !continued('\\'),
    }
}

#[cfg(unix)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "other systems know no argument of any bytes"
)]
fn os_string(word: Vec<u8>) -> Result<OsString, UsageError> {
    use std::os::unix::ffi::OsStringExt;
    Ok(OsString::from_vec(word))
}

#[cfg(not(unix))]
fn os_string(word: Vec<u8>) -> Result<OsString, UsageError> {
    let not_utf8 = || {
        UsageError::new(
            "the pasted line has bytes that are not UTF-8",
            "put the content into a file",
        )
    };
    String::from_utf8(word)
        .map(OsString::from)
        .map_err(|_| not_utf8())
}
