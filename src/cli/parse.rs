//! Words → [`Args`], and clap's errors in our own form.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches, ValueEnum};

use super::args::{Args, Color, EXAMPLES, Shell};
use super::curl::is_curl_option;
use super::env::Env;
use super::plan::{Printout, is_url_not_clients, layout};
use super::words;
use crate::exit::{Exit, UsageError};
use crate::report::Detail;

/// What the words are.
pub(super) enum Parsed {
    /// Something to do.
    Args(Box<Args>),
    /// Something to print: help, version.
    Page(Printout),
}

/// The columns of help where there is no terminal; long lines are hard to read on a wide one.
const WIDTHS: std::ops::RangeInclusive<u16> = 40..=100;

/// Reads the words.
pub(super) fn parse(words: &[OsString], env: &Env) -> Result<Parsed, UsageError> {
    if words.is_empty() {
        return Ok(Parsed::Page(Printout {
            text: first_help(),
            exit: Exit::Misuse,
        }));
    }
    let mut command = command(env);
    let words = words::with_equals_kept(words, &command);
    let mut matches = match matches(&mut command, &words) {
        Ok(matches) => matches,
        Err(error) => return refused(&error, env),
    };
    if let Err(before_verb) = misplaced(&command, &matches) {
        matches = in_place(&mut command, &matches, &words).ok_or(before_verb)?;
    }
    let mut typed = Args::from_arg_matches(&matches).map_err(|error| misuse(&error))?;
    give_back_url(&words, &matches, &mut typed);
    if typed.verb.is_none() {
        no_url_among_flags(&words, &typed)?;
    }
    Ok(Parsed::Args(Box::new(typed)))
}

fn matches(command: &mut Command, words: &[OsString]) -> Result<ArgMatches, clap::Error> {
    let program = std::iter::once(OsString::from("rehop"));
    command.try_get_matches_from_mut(program.chain(words.iter().cloned()))
}

/// The matches with the flags before the verb behind it, where the verb takes them there.
fn in_place(command: &mut Command, found: &ArgMatches, words: &[OsString]) -> Option<ArgMatches> {
    let verb = found.subcommand_name().filter(|verb| *verb != "curl")?;
    let words = words::with_verb_first(words, verb, command)?;
    matches(command, &words).ok()
}

/// A URL that begins with a hyphen is read as flags.
fn no_url_among_flags(words: &[OsString], typed: &Args) -> Result<(), UsageError> {
    let is_url =
        |word: &&str| word.starts_with('-') && !word.starts_with("--") && word.contains('/');
    let found = words.iter().filter_map(|word| word.to_str()).find(is_url);
    match found.filter(|_| typed.inspect.urls.is_empty() && typed.inspect.request.input.is_empty())
    {
        Some(word) => Err(UsageError::new(
            format!("no URL given: {word} is read as flags"),
            format!("a URL that begins with a hyphen stands behind --: `rehop -- {word}`"),
        )),
        None => Ok(()),
    }
}

/// The long help of a verb.
pub(super) fn help(verb: &str, env: &Env) -> Printout {
    let mut command = command(env);
    command.build();
    let help = match command.find_subcommand_mut(verb) {
        Some(command) => command.render_long_help(),
        None => command.render_long_help(),
    };
    page(&help, env)
}

fn command(env: &Env) -> Command {
    let width = layout(Color::Auto, Detail::Normal, env)
        .width
        .clamp(*WIDTHS.start(), *WIDTHS.end());
    Args::command().term_width(width.into())
}

fn page(text: &clap::builder::StyledStr, env: &Env) -> Printout {
    let colored = layout(Color::Auto, Detail::Normal, env).colour;
    let text = if colored {
        text.ansi().to_string()
    } else {
        text.to_string()
    };
    Printout {
        text,
        exit: Exit::Clean,
    }
}

/// What `rehop` alone prints. It ends as misuse: a script whose list of URLs is empty must not look as if all was well.
fn first_help() -> String {
    format!(
        "rehop says at every HTTP redirect whether the method and the body were kept.\n\n\
         Usage: rehop [OPTIONS] URL...\n\n{EXAMPLES}\n\n\
         `rehop demo` shows a chain without a network; `rehop -h` lists the flags, `rehop --help` explains them.\n"
    )
}

/// Help and version are errors to clap.
fn refused(error: &clap::Error, env: &Env) -> Result<Parsed, UsageError> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            Ok(Parsed::Page(page(&error.render(), env)))
        }
        _ => Err(misuse(error)),
    }
}

/// clap's error in our own form.
fn misuse(error: &clap::Error) -> UsageError {
    let flag = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let name = first_word(flag);
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => unknown(error, flag),
        ErrorKind::InvalidValue if value.is_empty() => {
            UsageError::new(format!("{name} needs a value"), format!("write `{flag}`"))
        }
        ErrorKind::InvalidValue => UsageError::new(
            format!("{name} {value}: no such value"),
            valid_values(error),
        ),
        ErrorKind::ArgumentConflict => {
            let other = first_word(context(error, ContextKind::PriorArg).unwrap_or_default());
            UsageError::new(
                format!("{name} and {other} contradict each other"),
                "keep either",
            )
        }
        ErrorKind::MissingRequiredArgument if flag == "<SHELL>" => no_shell(),
        ErrorKind::InvalidUtf8 => UsageError::new(
            "an argument is not UTF-8",
            "write it in UTF-8, or percent-encode it",
        ),
        _ => UsageError::new(first_line(error), "`rehop -h` lists the flags"),
    }
}

/// What clap says of its error under this key; the first where there are several.
fn context(error: &clap::Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        Some(ContextValue::Strings(texts)) => texts.first().map(String::as_str),
        _ => None,
    }
}

/// The flag without the name of its value.
fn first_word(flag: &str) -> &str {
    let first = flag.split(' ').next().unwrap_or(flag);
    // A flag that may stand several times is shown with dots.
    first.trim_end_matches("...")
}

/// A word that is no flag, or no place for one.
fn unknown(error: &clap::Error, flag: &str) -> UsageError {
    if !flag.starts_with('-') {
        return UsageError::new(
            format!("{flag}: one argument too many"),
            "`rehop --help` shows what each verb takes",
        );
    }
    let name = first_word(flag);
    let meant = context(error, ContextKind::SuggestedArg);
    let is_slip = |meant: &str| meant.starts_with(name) || name.starts_with(meant);
    let hint = match (cure(name), meant) {
        (Some(cure), _) => cure.to_owned(),
        (None, Some(meant)) if is_slip(meant) => format!("did you mean `{meant}`?"),
        _ if is_curl_option(name) => {
            "it is one of curl's: `rehop curl ARGS...` takes them all".to_owned()
        }
        (None, Some(meant)) => format!("did you mean `{meant}`?"),
        (None, None) => "`rehop -h` lists the flags".to_owned(),
    };
    UsageError::new(format!("{flag}: no such flag"), hint)
}

fn no_shell() -> UsageError {
    let known = Shell::value_variants()
        .iter()
        .filter_map(Shell::to_possible_value);
    let known: Vec<String> = known.map(|shell| shell.get_name().to_owned()).collect();
    let hint = format!(
        "write `rehop completions bash`; known are {}",
        known.join(", ")
    );
    UsageError::new("completions: no shell named", hint)
}

/// What flags that other programs have are here.
fn cure(flag: &str) -> Option<&'static str> {
    match flag {
        "--no-color" | "--no-colour" => Some("write `--color never`"),
        "--timeout" => {
            Some("write `--max-time SECS` for the whole chain, or `--connect-timeout SECS`")
        }
        _ => None,
    }
}

fn valid_values(error: &clap::Error) -> String {
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) => format!("known are {}", values.join(", ")),
        _ => String::new(),
    }
}

fn first_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let line = text.lines().next().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// Flags before a verb: `curl` takes those of the report there, since all that follows it is curl's; the others take none.
fn misplaced(command: &Command, matches: &ArgMatches) -> Result<(), UsageError> {
    let Some(verb) = matches.subcommand_name() else {
        return Ok(());
    };
    let typed = |id: &clap::Id| matches.value_source(id.as_str()) == Some(ValueSource::CommandLine);
    let first = command
        .get_arguments()
        .find(|arg| typed(arg.get_id()) && !(verb == "curl" && fits_curl(arg)));
    let Some(arg) = first else { return Ok(()) };
    let Some(long) = arg.get_long() else {
        return Err(UsageError::new(
            format!("a URL before `{verb}`"),
            format!("write `rehop {verb}` first"),
        ));
    };
    let cure = match verb {
        "curl" => "write it as curl spells it, after `curl`".to_owned(),
        _ => format!("write `rehop {verb} --{long}` where {verb} takes it"),
    };
    Err(UsageError::new(
        format!("--{long} stands before `{verb}`"),
        cure,
    ))
}

/// `--clients URL`: the word after `--clients` is its list only where it names clients.
fn give_back_url(words: &[OsString], matches: &ArgMatches, typed: &mut Args) {
    let Some(word) = typed.inspect.redirects.clients.clone() else {
        return;
    };
    let glued = words
        .iter()
        .any(|typed| *typed == *format!("--clients={word}"));
    let urls = &mut typed.inspect.urls;
    if typed.verb.is_some() || glued || !is_url_not_clients(&word, !urls.is_empty()) {
        return;
    }
    let at = matches.index_of("clients");
    let before = matches.indices_of("urls").map_or(0, |indices| {
        indices.filter(|index| Some(*index) < at).count()
    });
    urls.insert(before, word);
    typed.inspect.redirects.clients = Some("all".to_owned());
}

/// The names of the verbs.
pub(super) fn verbs() -> Vec<String> {
    let command = Args::command();
    command
        .get_subcommands()
        .map(|verb| verb.get_name().to_owned())
        .chain(["help".to_owned()])
        .collect()
}

/// Whether rehop has a flag of this long name that stands before `curl`.
pub(super) fn stands_before_curl(long: &str) -> bool {
    Args::command()
        .get_arguments()
        .any(|arg| arg.get_long() == Some(long) && fits_curl(arg))
}

/// Whether this flag may stand before `curl`.
fn fits_curl(arg: &clap::Arg) -> bool {
    matches!(arg.get_help_heading(), Some("Report" | "Checks"))
        || matches!(
            arg.get_id().as_str(),
            "no_follow" | "deny_private" | "clients"
        )
}
