//! What is printed, and what must hold.

use std::path::{Path, PathBuf};

use crate::check::nearest;
use crate::cli::args::{self, Color};
use crate::cli::env::{Charset, ColorWish, Env};
use crate::exit::UsageError;
use crate::report::{Detail, Format, Layout, Secrets};
use crate::rules::credential;

/// What is printed, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportPlan {
    /// The format on standard output.
    pub format: Format,
    /// Reports that go into files besides.
    pub files: Vec<(Format, PathBuf)>,
    /// How standard output looks.
    pub layout: Layout,
    /// Whether secrets may be shown.
    pub secrets: Secrets,
    /// Where the body of the last response goes; `None` for nowhere.
    pub body_to: Option<PathBuf>,
    /// Whether progress is shown on standard error.
    pub progress: bool,
}

/// What must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ChecksPlan {
    /// Expectations as typed.
    pub expect: Vec<String>,
    /// Ids of findings as typed.
    pub fail_on: Vec<String>,
}

/// Columns where there is no terminal to ask.
const WIDTH: u16 = 80;

fn format(flag: &str, name: &str) -> Result<Format, UsageError> {
    Format::parse(name).ok_or_else(|| {
        let names = Format::ALL.map(Format::name);
        let hint = match nearest(name, names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known are {}", names.join(", ")),
        };
        UsageError::new(format!("{flag} {name}: no such format"), hint)
    })
}

impl ReportPlan {
    /// What the typed flags and the terminal mean.
    pub(crate) fn new(typed: &args::ReportArgs, env: &Env) -> Result<Self, UsageError> {
        let format = stdout_format(typed)?;
        let detail = match (typed.quiet, typed.verbose) {
            (true, _) => Detail::Quiet,
            (_, 0) => Detail::Normal,
            (_, 1) => Detail::Fields,
            _ => Detail::Bodies,
        };
        no_content_on_stdout(typed.output.as_deref())?;
        let files: Vec<_> = typed
            .files
            .iter()
            .map(|text| file(text))
            .collect::<Result<_, _>>()?;
        one_writer_a_file(&files, typed.output.as_deref())?;
        Ok(Self {
            format,
            files,
            layout: layout(typed.color, detail, env),
            secrets: secrets(typed.show_secrets, &typed.secrets)?,
            body_to: typed.output.clone(),
            progress: env.stderr_is_terminal
                && env.animates
                && !typed.silent
                && detail != Detail::Quiet,
        })
    }
}

/// What `--show-secrets` and the names of `--secret` mean.
pub(super) fn secrets(shown: bool, named: &[String]) -> Result<Secrets, UsageError> {
    if named.iter().any(|name| credential::plain(name).is_empty()) {
        let says = "--secret lacks a name";
        return Err(UsageError::new(
            says,
            "name a field, a cookie or a parameter, such as X-Tenant",
        ));
    }
    Ok(if shown {
        Secrets::Shown
    } else {
        Secrets::naming(named.iter().map(String::as_str))
    })
}

/// The format of standard output; `--json` beside `--format json` says the same twice.
fn stdout_format(typed: &args::ReportArgs) -> Result<Format, UsageError> {
    let (flag, short) = match (typed.json, typed.jsonl) {
        (true, _) => ("--json", Some(Format::Json)),
        (_, true) => ("--jsonl", Some(Format::Jsonl)),
        _ => ("", None),
    };
    let named = typed
        .format
        .as_deref()
        .map(|name| format("--format", name))
        .transpose()?;
    match (named, short) {
        (Some(named), Some(short)) if named != short => Err(UsageError::new(
            format!("{flag} and --format contradict each other"),
            "keep either",
        )),
        (named, short) => Ok(named.or(short).unwrap_or(Format::Table)),
    }
}

/// Standard output is for the report.
fn no_content_on_stdout(output: Option<&Path>) -> Result<(), UsageError> {
    if output.is_some_and(|path| path.as_os_str() == "-") {
        return Err(UsageError::new(
            "--output -: standard output is for the report",
            "name a file, such as /dev/stderr",
        ));
    }
    Ok(())
}

/// Two writers of one file would write over each other.
fn one_writer_a_file(files: &[(Format, PathBuf)], output: Option<&Path>) -> Result<(), UsageError> {
    let mut names: Vec<&Path> = files
        .iter()
        .map(|(_, path)| path.as_path())
        .chain(output)
        .collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => {
            let says = format!("--report: {} is written to twice", pair[0].display());
            Err(UsageError::new(says, "name another file for each"))
        }
        None => Ok(()),
    }
}

fn file(text: &str) -> Result<(Format, PathBuf), UsageError> {
    match text.split_once('=') {
        Some((format, "-")) => Err(UsageError::new(
            format!("--report {text}: standard output is for the report"),
            format!("write `--format {format}`, or name a file"),
        )),
        Some((format, path)) if !path.is_empty() => {
            Ok((self::format("--report", format)?, PathBuf::from(path)))
        }
        _ => Err(UsageError::new(
            format!("--report {text}: no file in it"),
            "write it as in `--report json=FILE`",
        )),
    }
}

/// How standard output looks: what `--color`, the environment and the terminal mean together, in this order.
pub(crate) fn layout(wish: Color, detail: Detail, env: &Env) -> Layout {
    let colour = match (wish, env.color) {
        (Color::Always, _) | (Color::Auto, ColorWish::Always) => true,
        (Color::Never, _) | (Color::Auto, ColorWish::Never) => false,
        (Color::Auto, ColorWish::Unsaid) => env.stdout_is_terminal,
    };
    Layout {
        width: env.width.unwrap_or(WIDTH),
        unicode: env.charset == Charset::Utf8,
        colour,
        detail,
        whole: !env.stdout_is_terminal,
    }
}

impl ChecksPlan {
    /// What the typed flags mean.
    pub(crate) fn new(typed: args::CheckArgs) -> Result<Self, UsageError> {
        let fail_on: Vec<String> = typed
            .fail_on
            .iter()
            .map(|id| id.trim().to_owned())
            .collect();
        if fail_on.iter().any(String::is_empty) {
            // A variable of a script that is empty must not switch the check off.
            let hint = "write it as in `--fail-on method-changed`; `rehop explain` lists them";
            return Err(UsageError::new("--fail-on lacks the id of a finding", hint));
        }
        Ok(Self {
            fail_on,
            expect: typed.expect,
        })
    }
}
