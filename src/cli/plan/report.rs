//! What is printed, and what must hold.

use std::path::PathBuf;

use super::Misuse;
use crate::cli::Env;
use crate::cli::args::{self, Color};
use crate::cli::env::{Charset, ColorWish};
use crate::cli::nearest::nearest;

/// What is printed, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPlan {
    /// The format on standard output.
    pub format: Format,
    /// Reports that go into files besides.
    pub files: Vec<(Format, PathBuf)>,
    /// How much of it.
    pub detail: Detail,
    /// Whether secrets are shown.
    pub show_secrets: bool,
    /// Where the body of the last response goes; `None` for nowhere.
    pub body_to: Option<PathBuf>,
    /// How it looks.
    pub style: Style,
    /// Whether progress is shown on standard error.
    pub progress: bool,
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Table,
    /// One document per URL.
    Json,
    /// One line per URL.
    Jsonl,
}

/// How much is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The one sentence.
    Sentence,
    /// Each hop.
    Hops,
    /// The fields of each hop too.
    Fields,
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether standard output is coloured.
    pub color: bool,
    /// Whether standard error is coloured.
    pub color_errors: bool,
    /// What may stand in it.
    pub charset: Charset,
    /// Its columns.
    pub width: u16,
}

/// What must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChecksPlan {
    /// Expectations as typed.
    pub expect: Vec<String>,
    /// Ids of findings as typed.
    pub fail_on: Vec<String>,
}

/// Columns where there is no terminal to ask.
const WIDTH: u16 = 80;

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Table, Self::Json, Self::Jsonl];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    fn named(flag: &str, name: &str) -> Result<Self, Misuse> {
        let names = Self::ALL.map(Self::as_str);
        Self::ALL.into_iter().find(|format| format.as_str() == name).ok_or_else(|| {
            let hint = match nearest(name, names) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("known are {}", names.join(", ")),
            };
            Misuse::new(format!("{flag} {name}: no such format"), hint)
        })
    }
}

impl ReportPlan {
    /// What the typed flags and the terminal mean.
    pub(in crate::cli) fn new(typed: &args::Report, env: &Env) -> Result<Self, Misuse> {
        let format = match (&typed.format, typed.json, typed.jsonl) {
            (Some(name), ..) => Format::named("--format", name)?,
            (_, true, _) => Format::Json,
            (_, _, true) => Format::Jsonl,
            _ => Format::Table,
        };
        let detail = match (typed.quiet, typed.verbose) {
            (true, _) => Detail::Sentence,
            (_, true) => Detail::Fields,
            _ => Detail::Hops,
        };
        if typed.output.as_ref().is_some_and(|path| path.as_os_str() == "-") {
            return Err(Misuse::new(
                "--output -: standard output is for the report",
                "name a file, such as /dev/stderr",
            ));
        }
        Ok(Self {
            format,
            files: typed.files.iter().map(|text| file(text)).collect::<Result<_, _>>()?,
            detail,
            show_secrets: typed.show_secrets,
            body_to: typed.output.clone(),
            style: Style::new(typed.color, env),
            progress: env.stderr_is_terminal && !env.ci && detail != Detail::Sentence,
        })
    }
}

fn file(text: &str) -> Result<(Format, PathBuf), Misuse> {
    match text.split_once('=') {
        Some((format, path)) if !path.is_empty() => Ok((Format::named("--report", format)?, PathBuf::from(path))),
        _ => Err(Misuse::new(format!("--report {text}: no file in it"), "write it as in `--report json=FILE`")),
    }
}

impl Style {
    /// What `--color`, the environment and the terminals mean together, in this order.
    pub(in crate::cli) fn new(color: Color, env: &Env) -> Self {
        let colored = |terminal: bool| match (color, env.color) {
            (Color::Always, _) | (Color::Auto, ColorWish::Always) => true,
            (Color::Never, _) | (Color::Auto, ColorWish::Never) => false,
            (Color::Auto, ColorWish::Unsaid) => terminal,
        };
        Self {
            color: colored(env.stdout_is_terminal),
            color_errors: colored(env.stderr_is_terminal),
            charset: env.charset,
            width: env.width.unwrap_or(WIDTH),
        }
    }
}

impl From<args::Checks> for ChecksPlan {
    fn from(typed: args::Checks) -> Self {
        let ids = typed.fail_on.iter().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
        Self { fail_on: ids.collect(), expect: typed.expect }
    }
}
