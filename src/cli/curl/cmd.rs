//! A pasted command line → words, as Windows takes one apart: cmd.exe first, which knows `^`, then the C run-time of the
//! program, which knows `\"` and `""`
//! ([Parsing C command-line arguments](https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments)).
//!
//! `%NAME%` is left as it is: browsers write a percent sign so that cmd.exe finds no variable in it.

use super::pasted_line::Argv;
use crate::exit::UsageError;

/// Takes the text apart.
pub(super) fn split(text: &str) -> Result<Argv, UsageError> {
    let (command, left) = without_carets(text)?;
    Ok(Argv {
        words: arguments(&command),
        left,
    })
}

/// What cmd.exe hands on, and what follows the end of the command.
fn without_carets(text: &str) -> Result<(String, String), UsageError> {
    let (mut command, mut quoted) = (String::with_capacity(text.len()), false);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '^' if !quoted => {
                // A caret at the end of a line takes the line end away and makes the next character, a second line end
                // for one, stand for itself.
                let _ = rest.next_if_eq(&'\r');
                let _ = rest.next_if_eq(&'\n');
                let _ = rest.next_if_eq(&'\r');
                command.extend(rest.next());
            }
            '"' => {
                quoted = !quoted;
                command.push(c);
            }
            '\n' | '|' | '>' if !quoted => {
                let left: String = rest.collect();
                let left = if c == '\n' {
                    left
                } else {
                    format!("{c}{left}")
                };
                return Ok((command, left.trim().to_owned()));
            }
            '&' | '<' if !quoted => {
                let says =
                    format!("the pasted line has `{c}` outside quotes, which only cmd can act on");
                return Err(UsageError::new(
                    says,
                    "quote the argument that it stands in: \"...\"",
                ));
            }
            '\r' if !quoted => {}
            c => command.push(c),
        }
    }
    Ok((command, String::new()))
}

/// What the C run-time makes of it.
fn arguments(command: &str) -> Vec<Vec<u8>> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    let mut rest = command.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            ' ' | '\t' if !quoted => words.extend(word.take()),
            '\\' => {
                let mut slashes = 1;
                while rest.next_if_eq(&'\\').is_some() {
                    slashes += 1;
                }
                backslashes(
                    slashes,
                    rest.peek() == Some(&'"'),
                    word.get_or_insert_default(),
                );
                if slashes % 2 == 1 && rest.next_if_eq(&'"').is_some() {
                    word.get_or_insert_default().push('"');
                }
            }
            '"' if quoted && rest.next_if_eq(&'"').is_some() => {
                word.get_or_insert_default().push('"');
            }
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words.into_iter().map(String::into_bytes).collect()
}

/// Before a quote two backslashes are one, elsewhere each is itself.
fn backslashes(count: usize, before_quote: bool, word: &mut String) {
    word.extend(std::iter::repeat_n(
        '\\',
        if before_quote { count / 2 } else { count },
    ));
}
