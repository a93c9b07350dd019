//! curl's words → what each asks for, by the [table](super::table).

use std::ffi::{OsStr, OsString};

use super::invocation::CurlInvocation;
use super::option_kind::{IgnoredBecause, Opt, OptionKind, Takes};
use super::table;
use crate::check::nearest;
use crate::cli::parse;
use crate::exit::UsageError;

/// What came of reading the words.
pub(super) enum OptionRead {
    /// A line that asks for something.
    Line(Box<CurlInvocation>),
    /// A line that asks for help.
    Help,
}

/// An option with nothing to do, as typed.
struct Passed {
    shown: String,
    why: IgnoredBecause,
}

struct OptionReader<'a> {
    rest: std::slice::Iter<'a, OsString>,
    line: CurlInvocation,
    passed: Vec<Passed>,
}

/// Reads the words on top of what `line` has already.
pub(super) fn read(words: &[OsString], line: CurlInvocation) -> Result<OptionRead, UsageError> {
    let mut reader = OptionReader {
        rest: words.iter(),
        line,
        passed: Vec::new(),
    };
    let mut only_urls = false;
    while let Some(word) = reader.rest.next() {
        match word.to_str() {
            Some("--") if !only_urls => only_urls = true,
            Some(text) if !only_urls && text.starts_with("--") => {
                if reader.long(&text[2..])? {
                    return Ok(OptionRead::Help);
                }
            }
            _ if !only_urls && word.len() > 1 && word.as_encoded_bytes().starts_with(b"-") => {
                if reader.cluster(word)? {
                    return Ok(OptionRead::Help);
                }
            }
            _ => reader.line.typed.urls.push(text(word)?),
        }
    }
    let notes = notes(&reader.passed);
    reader.line.notes.extend(notes);
    Ok(OptionRead::Line(Box::new(reader.line)))
}

impl OptionReader<'_> {
    /// `--name`, its value in the next word; says whether it asks for help.
    fn long(&mut self, name: &str) -> Result<bool, UsageError> {
        let (opt, on) = match (
            table::long(name),
            name.strip_prefix("no-").and_then(table::long),
        ) {
            (Some(opt), _) => (opt, true),
            (None, Some(opt)) if takes(opt) == Takes::Nothing => (opt, false),
            _ => return Err(unknown(name)),
        };
        let shown = format!("--{name}");
        let value = if takes(opt) == Takes::Value {
            Some(self.next_value(&shown)?)
        } else {
            None
        };
        self.apply(opt, &shown, value.as_deref(), on)
    }

    /// `-sSL`, `-XPOST`: letters in a row, the last may have its value behind it or in the next word.
    fn cluster(&mut self, word: &OsStr) -> Result<bool, UsageError> {
        let bytes = word.as_encoded_bytes();
        for (at, letter) in bytes.iter().enumerate().skip(1) {
            let letter = char::from(*letter);
            let shown = if letter.is_ascii() {
                format!("-{letter}")
            } else {
                "-".to_owned()
            };
            let opt = table::short(letter)
                .filter(|_| letter.is_ascii())
                .ok_or_else(|| {
                    UsageError::new(
                        format!("curl {shown}: no such option"),
                        "`curl --help all` lists them",
                    )
                })?;
            if takes(opt) == Takes::Value {
                let attached = &bytes[at + 1..];
                let value = if attached.is_empty() {
                    self.next_value(&shown)?
                } else {
                    tail(word, attached)
                };
                return self.apply(opt, &shown, Some(&value), true);
            }
            if self.apply(opt, &shown, None, true)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn next_value(&mut self, shown: &str) -> Result<OsString, UsageError> {
        let missing = || match shown {
            "--json" => UsageError::new("curl --json needs a value", BEFORE_CURL),
            _ => UsageError::new(
                format!("curl {shown} needs a value"),
                "copy the whole command",
            ),
        };
        self.rest.next().cloned().ok_or_else(missing)
    }

    fn apply(
        &mut self,
        opt: Opt,
        shown: &str,
        value: Option<&OsStr>,
        on: bool,
    ) -> Result<bool, UsageError> {
        let value = value.unwrap_or_default();
        match opt.effect {
            OptionKind::Text(set) => set(&mut self.line, text(value)?),
            OptionKind::Checked(set) => set(&mut self.line, text(value)?)?,
            OptionKind::Bytes(set) => set(&mut self.line, value.to_owned()),
            OptionKind::Switch(set) => set(&mut self.line, on),
            OptionKind::Help => return Ok(true),
            OptionKind::Passed(_, why) => self.passed.push(Passed {
                shown: shown.to_owned(),
                why,
            }),
            OptionKind::Refused(_, cure) if on => {
                return Err(UsageError::new(
                    format!("curl {shown}: rehop cannot do as curl would here"),
                    cure,
                ));
            }
            OptionKind::Refused(..) => {}
        }
        Ok(false)
    }
}

fn takes(opt: Opt) -> Takes {
    match opt.effect {
        OptionKind::Text(_) | OptionKind::Checked(_) | OptionKind::Bytes(_) => Takes::Value,
        OptionKind::Switch(_) | OptionKind::Help => Takes::Nothing,
        OptionKind::Passed(takes, _) | OptionKind::Refused(takes, _) => takes,
    }
}

fn text(word: &OsStr) -> Result<String, UsageError> {
    let not_utf8 = || UsageError::new("an argument of curl is not UTF-8", "percent-encode it");
    word.to_str().map(str::to_owned).ok_or_else(not_utf8)
}

/// What stands behind the letter of an option.
#[cfg(unix)]
fn tail(_: &OsStr, attached: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(attached).to_owned()
}

/// What stands behind the letter of an option; the letters before are ASCII.
#[cfg(not(unix))]
fn tail(word: &OsStr, attached: &[u8]) -> OsString {
    let text = word.to_string_lossy();
    let from = word.len() - attached.len();
    OsString::from(text.get(from..).unwrap_or_default())
}

/// The cure where a flag of rehop's stands among curl's.
const BEFORE_CURL: &str = "flags of rehop's report stand before `curl`: rehop --json --expect 'status = 200' curl ARGS...";

fn unknown(name: &str) -> UsageError {
    // The value is left out, which may be a secret.
    let (name, value) = name
        .split_once('=')
        .map_or((name, None), |(name, value)| (name, Some(value)));
    let says = format!(
        "curl --{name}{}: no such option",
        if value.is_some() { "=..." } else { "" }
    );
    if value.is_some() && table::long(name).is_some() {
        return UsageError::new(
            says,
            format!("curl takes the value as the next word: --{name} VALUE"),
        );
    }
    if parse::stands_before_curl(name) {
        return UsageError::new(says, BEFORE_CURL);
    }
    let names = table::all().map(|opt| opt.long);
    let meant = nearest(name, names).map(|meant| format!("did you mean `--{meant}`?"));
    UsageError::new(
        says,
        meant.unwrap_or_else(|| "`curl --help all` lists them".to_owned()),
    )
}

/// One line for each reason.
fn notes(passed: &[Passed]) -> Vec<String> {
    let of = |why: IgnoredBecause| -> Vec<&str> {
        let mut shown: Vec<&str> = passed
            .iter()
            .filter(|one| one.why == why)
            .map(|one| one.shown.as_str())
            .collect();
        shown.dedup();
        shown
    };
    let groups = IgnoredBecause::ALL
        .into_iter()
        .map(|why| (why, of(why)))
        .filter(|(_, shown)| !shown.is_empty());
    groups
        .map(|(why, shown)| format!("passed over {}: {}", shown.join(", "), why.says()))
        .collect()
}
