//! What is set right in the words of a command line before clap reads them, and after it could not.

use std::ffi::OsString;

use clap::{Arg, Command};

/// curl takes `-d=1` for the content `=1`; clap takes an `=` behind a short flag away, so it is written twice.
///
/// Flags of verbs are left alone: what follows a verb is its own.
pub(super) fn with_equals_kept(words: &[OsString], command: &Command) -> Vec<OsString> {
    let is_verb = |word: &str| command.find_subcommand(word).is_some();
    let mut kept = Vec::with_capacity(words.len());
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let Some(text) = word.to_str().filter(|text| *text != "--" && !is_verb(text)) else {
            kept.push(word.clone());
            kept.extend(rest.cloned());
            return kept;
        };
        let flags = text
            .strip_prefix('-')
            .filter(|flags| !flags.starts_with('-'));
        let ends_in = flags.and_then(|flags| value_of_cluster(flags, command));
        match ends_in {
            Some(value) if value.starts_with('=') => {
                let flags = &text[..text.len() - value.len()];
                kept.push(format!("{flags}={value}").into());
            }
            _ => kept.push(word.clone()),
        }
        if ends_in == Some("") || is_bare_long(text, command) {
            kept.extend(rest.next().cloned());
        }
    }
    kept
}

/// What stands behind the flag of `flags` that takes a value; `None` where none does.
fn value_of_cluster<'a>(flags: &'a str, command: &Command) -> Option<&'a str> {
    for (at, short) in flags.char_indices() {
        let arg = command
            .get_arguments()
            .find(|arg| arg.get_short() == Some(short))?;
        if takes_value(arg) {
            return Some(&flags[at + short.len_utf8()..]);
        }
    }
    None
}

/// `--header`, whose value is the next word.
fn is_bare_long(word: &str, command: &Command) -> bool {
    let name = word.strip_prefix("--");
    let mut arguments = command.get_arguments();
    name.is_some_and(|name| arguments.any(|arg| arg.get_long() == Some(name) && takes_value(arg)))
}

fn takes_value(arg: &Arg) -> bool {
    // A flag whose value may be missing takes none from the next word for certain.
    let may_be_missing = arg
        .get_num_args()
        .is_some_and(|values| values.min_values() == 0);
    arg.get_action().takes_values() && !may_be_missing
}

/// The same words with the flags behind the verb, where the verb comes after them: `--color always demo` is meant as
/// `demo --color always`. `None` where no word of them is `verb`.
pub(super) fn with_verb_first(
    words: &[OsString],
    verb: &str,
    command: &Command,
) -> Option<Vec<OsString>> {
    let program = || std::iter::once(OsString::from("rehop"));
    let are_flags = |before: &[OsString]| {
        let mut command = command.clone();
        command
            .try_get_matches_from_mut(program().chain(before.iter().cloned()))
            .is_ok()
    };
    let mut places = (0..words.len()).filter(|at| words[*at] == *verb);
    let at = places.find(|at| are_flags(&words[..*at]))?;
    let (flags, rest) = (&words[..at], &words[at + 1..]);
    Some([&[OsString::from(verb)], flags, rest].concat())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Args;

    fn os(words: &[&str]) -> Vec<OsString> {
        words.iter().map(OsString::from).collect()
    }

    #[test]
    fn an_equals_sign_behind_a_short_flag_belongs_to_its_value() {
        for (typed, meant) in [
            (&["-d=1"][..], &["-d==1"][..]),
            (&["-X=PUT", "x"], &["-X==PUT", "x"]),
            (&["-sLd=1"], &["-sLd==1"]),
            (&["-d", "-X=1", "-H=X:1"], &["-d", "-X=1", "-H==X:1"]),
            (&["--header", "-d=1"], &["--header", "-d=1"]),
            (&["--data=1", "-dx=1"], &["--data=1", "-dx=1"]),
            (&["--", "-d=1"], &["--", "-d=1"]),
            (&["curl", "-d=1"], &["curl", "-d=1"]),
            (&["--clients", "-d=1"], &["--clients", "-d==1"]),
        ] {
            assert_eq!(
                with_equals_kept(&os(typed), &Args::command()),
                os(meant),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn flags_before_a_verb_are_the_verbs() {
        for (typed, verb, meant) in [
            (
                &["--color", "always", "demo"][..],
                "demo",
                Some(&["demo", "--color", "always"][..]),
            ),
            (
                &["--as", "demo", "demo", "-q"],
                "demo",
                Some(&["demo", "--as", "demo", "-q"]),
            ),
            (&["-q"], "demo", None),
        ] {
            let moved = with_verb_first(&os(typed), verb, &Args::command());
            assert_eq!(moved, meant.map(os), "{typed:?}");
        }
    }
}
