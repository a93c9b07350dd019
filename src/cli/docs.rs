//! The same flags as completions and as man page, generated so that they cannot drift.

use std::fmt::Write as _;

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::args::{Args, Shell};
use crate::exit::{Exit, UsageError};

/// The completions for a shell.
#[must_use]
pub(crate) fn completions(shell: Shell) -> String {
    let shell = match shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
        Shell::PowerShell => clap_complete::Shell::PowerShell,
    };
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut completed(), "rehop", &mut text);
    let text = String::from_utf8_lossy(&text).into_owned();
    match shell {
        clap_complete::Shell::Fish => with_values_in_fish(&text),
        _ => text,
    }
}

/// What the generator leaves out for fish: the value of the flag that is being typed, since its argparse refuses a flag
/// without one, and the words that a verb takes.
fn with_values_in_fish(text: &str) -> String {
    const REFUSED: &str = "-- $cmd 2>/dev/null\n    or return\n";
    let retried = "-- $cmd 2>/dev/null\n    or argparse -s (__fish_rehop_global_optspecs) -- $cmd[1..-2] 2>/dev/null\n    or return\n";
    let mut text = text.replacen(REFUSED, retried, 1);
    for verb in completed().get_subcommands() {
        for word in verb.get_positionals() {
            let values: Vec<String> = word
                .get_possible_values()
                .iter()
                .map(|value| value.get_name().to_owned())
                .collect();
            if !values.is_empty() {
                let (verb, values) = (verb.get_name(), values.join(" "));
                let _ = writeln!(
                    text,
                    "complete -c rehop -n \"__fish_rehop_using_subcommand {verb}\" -f -a \"{values}\""
                );
            }
        }
    }
    text
}

/// The command as shells complete it.
///
/// Without URLs: no shell knows one, and zsh would take every verb for the first of them and offer the verbs again.
/// Without the short flag `-#`, which begins a comment in fish, and without `--http1.1`, whose dot its argparse refuses:
/// with it no verb is completed.
fn completed() -> Command {
    let typed = Args::command();
    let is_flag = |arg: &&Arg| arg.get_long().is_some_and(|long| !long.contains('.'));
    let flags: Vec<Arg> = typed.get_arguments().filter(is_flag).cloned().collect();
    let mut command = Command::new("rehop")
        .args(flags)
        .version(env!("CARGO_PKG_VERSION"));
    for verb in typed.get_subcommands() {
        command = command.subcommand(verb.clone().mut_args(without_hash));
    }
    let paged: Vec<String> = verbs(&typed).map(str::to_owned).collect();
    command
        .mut_subcommand("man", |man| {
            man.mut_arg("verb", |verb| {
                verb.value_parser(PossibleValuesParser::new(paged))
            })
        })
        .mut_args(without_hash)
}

fn without_hash(arg: Arg) -> Arg {
    if arg.get_short() == Some('#') {
        arg.short(None)
    } else {
        arg
    }
}

/// The day of this version, for the head of the man pages.
const RELEASED: &str = "2026-11-26";

/// The man page of rehop or of a verb, in roff.
///
/// # Errors
/// Where there is no such verb.
pub(crate) fn man(verb: Option<&str>) -> Result<String, UsageError> {
    let Some(verb) = verb else {
        return Ok(page(Args::command().after_help(""), &sections()));
    };
    let mut all = Args::command();
    all.build();
    let found = all
        .find_subcommand(verb)
        .filter(|command| command.get_name() != "help");
    let command = found.ok_or_else(|| {
        let verbs: Vec<&str> = verbs(&all).collect();
        UsageError::new(
            format!("man {verb}: no such verb"),
            format!("the verbs are {}", verbs.join(", ")),
        )
    })?;
    let name = format!("rehop-{verb}");
    let command = command
        .clone()
        .name(name.clone())
        .display_name(name)
        .after_help("");
    Ok(page(command, &see_also()))
}

fn page(command: Command, sections: &Roff) -> String {
    let man = Man::new(command.mut_args(in_full))
        .date(RELEASED)
        .source(concat!("rehop ", env!("CARGO_PKG_VERSION")))
        .manual("rehop");
    let mut page = Vec::new();
    let written = man
        .render_title(&mut page)
        .and_then(|()| man.render_name_section(&mut page))
        .and_then(|()| man.render_synopsis_section(&mut page))
        .and_then(|()| man.render_description_section(&mut page))
        .and_then(|()| man.render_options_section(&mut page))
        .and_then(|()| sections.to_writer(&mut page));
    debug_assert!(written.is_ok(), "writing into memory");
    // The renderer breaks lines around the blank one before the values of a flag, which mandoc warns of.
    String::from_utf8_lossy(&page).replace(".br\n\n.br\n", ".sp\n")
}

/// What the page of a verb does not say again.
fn see_also() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["SEE ALSO"]);
    roff.text([
        bold("rehop"),
        roman("(1), for exit codes, environment and files"),
    ]);
    roff
}

/// A flag with what the help says of it in full, and its other spellings, which the renderer leaves out.
fn in_full(arg: Arg) -> Arg {
    let also: Vec<String> = arg
        .get_visible_aliases()
        .unwrap_or_default()
        .into_iter()
        .map(|alias| format!("--{alias}"))
        .collect();
    let help = arg
        .get_long_help()
        .or(arg.get_help())
        .map(ToString::to_string)
        .unwrap_or_default();
    let arg = arg.hide_short_help(false);
    if also.is_empty() {
        arg
    } else {
        arg.long_help(format!("{help}. Also spelt {}", also.join(", ")))
    }
}

/// The names of the verbs that have a page.
fn verbs(command: &Command) -> impl Iterator<Item = &str> {
    let names = command.get_subcommands().map(Command::get_name);
    names.filter(|name| *name != "help")
}

/// What the flags do not say.
fn sections() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["VERBS"]);
    for verb in Args::command().get_subcommands() {
        let about = verb
            .get_long_about()
            .or(verb.get_about())
            .map(ToString::to_string)
            .unwrap_or_default();
        entry(&mut roff, &format!("rehop {}", verb.get_name()), &about);
    }
    roff.control("SH", ["EXAMPLES"]);
    for (n, (what, line)) in EXAMPLES.iter().enumerate() {
        if n > 0 {
            roff.control("PP", []);
        }
        roff.text([roman(*what)]);
        // Not filled: the words of a command line stand as typed.
        roff.control("nf", []);
        roff.text([bold(format!("    {line}"))]);
        roff.control("fi", []);
    }
    roff.control("SH", ["EXIT STATUS"]);
    for exit in Exit::ALL {
        entry(&mut roff, &exit.code().to_string(), exit.says());
    }
    roff.control("PP", []);
    roff.text([roman(
        "Of several URLs the gravest counts: 4 over 3 over 1 over 0.",
    )]);
    for (title, rows) in [("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)] {
        roff.control("SH", [title]);
        for (name, says) in rows {
            entry(&mut roff, name, says);
        }
    }
    roff
}

fn entry(roff: &mut Roff, name: &str, says: &str) {
    roff.control("TP", []);
    roff.text([bold(name)]);
    for (at, paragraph) in says.split("\n\n").enumerate() {
        if at > 0 {
            roff.control("IP", []);
        }
        roff.text([roman(paragraph)]);
    }
}

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Where does it lead, and was anything lost on the way?",
        "rehop example.com",
    ),
    (
        "Does a POST arrive as one?",
        "rehop -d @body.json -H 'Content-Type: application/json' example.com/api",
    ),
    (
        "In CI: fail where the method changes, or the chain does not end in 200",
        "rehop --expect 'status = 200' --fail-on method-changed example.com/login",
    ),
    (
        "What a command copied from a browser would do",
        "rehop curl 'https://example.com/' -H 'accept: */*' --data-raw 'a=1'",
    ),
    ("The same from the clipboard", "xclip -o | rehop curl -"),
    (
        "Many URLs, a line of JSON for each",
        "rehop --jsonl --input urls.txt",
    ),
    ("All of it at once, without a network", "rehop demo"),
];

const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "http_proxy, https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY",
        "Proxies, as curl reads them; --proxy goes first.",
    ),
    (
        "no_proxy, NO_PROXY",
        "Hosts that are reached without a proxy, separated by commas; * for all.",
    ),
    ("NETRC", "The file that --netrc reads in place of ~/.netrc."),
    (
        "SSL_CERT_FILE, SSL_CERT_DIR",
        "Authorities to trust in place of the system's.",
    ),
    ("NO_COLOR", "No colour, where set and not empty."),
    (
        "CLICOLOR_FORCE",
        "Colour even where the output is no terminal, where set and not 0.",
    ),
    ("TERM", "No colour where it is dumb."),
    ("COLUMNS", "Columns of the report."),
    (
        "LC_ALL, LC_CTYPE, LANG",
        "ASCII only, where the locale is not UTF-8.",
    ),
    ("CI", "No progress, where set."),
];

const FILES: &[(&str, &str)] = &[("~/.netrc", "Logins and passwords by host, for --netrc.")];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use snapbox::assert_data_eq;
    use snapbox::data::{Data, DataFormat};

    use super::*;

    /// `SNAPSHOTS=overwrite cargo test` writes them anew. The committed ones have every flag, as Unix has.
    #[cfg(unix)]
    #[test]
    fn the_committed_files_are_fresh() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = vec![
            (
                "completions/rehop.bash".to_owned(),
                completions(Shell::Bash),
            ),
            ("completions/_rehop".to_owned(), completions(Shell::Zsh)),
            (
                "completions/rehop.fish".to_owned(),
                completions(Shell::Fish),
            ),
            (
                "completions/_rehop.ps1".to_owned(),
                completions(Shell::PowerShell),
            ),
            ("man/rehop.1".to_owned(), man(None).unwrap()),
        ];
        for verb in verbs(&Args::command()) {
            files.push((format!("man/rehop-{verb}.1"), man(Some(verb)).unwrap()));
        }
        for (path, made) in files {
            let kept = Data::read_from(&root.join(path), Some(DataFormat::Text)).raw();
            assert_data_eq!(made, kept);
        }
    }

    #[test]
    fn every_entry_of_the_man_page_says_something() {
        let page = man(None).unwrap();
        for entry in page.split("\n.TP\n").skip(1) {
            let mut lines = entry.lines().skip(1);
            assert!(
                lines
                    .next()
                    .is_some_and(|line| !line.is_empty() && !line.starts_with('.')),
                "empty: {entry}"
            );
        }
        for name in ["follow", "location", "silent", "max\\-redirects"] {
            assert!(page.contains(&format!("\\-\\-{name}")), "{name} is missing");
        }
        assert!(
            page.contains("\n.IP\nEverything after `curl`"),
            "paragraphs run together"
        );
    }

    #[test]
    fn the_man_page_says_every_exit() {
        let page = man(None).unwrap();
        for exit in Exit::ALL {
            assert!(
                page.contains(&format!("\\fB{}\\fR", exit.code())),
                "{exit:?}"
            );
        }
    }
}
