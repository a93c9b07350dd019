//! The flags that give content: their order among each other matters, which a field per flag would lose.

use std::ffi::OsString;

use clap::error::Error;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, value_parser};

/// Everything typed with `-d`, `-F` and the flags beside them, in the order typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ContentArgs(pub Vec<Piece>);

/// One such flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Which flag.
    pub kind: ContentKind,
    /// Its value; any bytes where the system allows them.
    pub value: OsString,
}

/// The flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContentKind {
    /// `-d`, `--data`.
    Data,
    /// `--data-raw`.
    Raw,
    /// `--data-binary`.
    Binary,
    /// `--data-urlencode`.
    UrlEncode,
    /// `--data-json`; curl's `--json`.
    Json,
    /// `-F`, `--form`.
    Form,
    /// `--form-string`.
    FormString,
}

impl ContentKind {
    /// Every one, in the order of the help.
    pub(crate) const ALL: [Self; 7] = [
        Self::Data,
        Self::Raw,
        Self::Binary,
        Self::UrlEncode,
        Self::Json,
        Self::Form,
        Self::FormString,
    ];

    /// Its long flag, without dashes.
    #[must_use]
    pub(crate) fn long(self) -> &'static str {
        self.flag().trim_start_matches('-')
    }

    /// Its long flag.
    #[must_use]
    pub(crate) fn flag(self) -> &'static str {
        match self {
            Self::Data => "--data",
            Self::Raw => "--data-raw",
            Self::Binary => "--data-binary",
            Self::UrlEncode => "--data-urlencode",
            Self::Json => "--data-json",
            Self::Form => "--form",
            Self::FormString => "--form-string",
        }
    }

    fn short(self) -> Option<char> {
        match self {
            Self::Data => Some('d'),
            Self::Form => Some('F'),
            _ => None,
        }
    }

    fn value(self) -> &'static str {
        match self {
            Self::Json | Self::Raw => "TEXT",
            Self::Form | Self::FormString => "NAME=TEXT",
            _ => "DATA",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Data => {
                "Send this (@FILE: the file without line ends; @-: standard input); makes it a POST"
            }
            Self::Raw => "The same, with no meaning in @",
            Self::Binary => "The same, with a file's bytes as they are",
            Self::UrlEncode => {
                "The same, percent-encoded: TEXT, =TEXT, NAME=TEXT, @FILE or NAME@FILE"
            }
            Self::Json => "Send this JSON, with the Content-Type and Accept for it",
            Self::Form => {
                "Send a multipart form: NAME=TEXT, NAME=@FILE (an upload), NAME=<FILE (its text)"
            }
            Self::FormString => "The same, with no meaning in @, < and ;",
        }
    }

    fn long_help(self) -> &'static str {
        match self {
            Self::Data => {
                "Send this; makes it a POST with Content-Type application/x-www-form-urlencoded. @FILE sends the file without \
                 CR, LF and NUL, @- standard input. Several are joined with `&`"
            }
            Self::Form => {
                "Send a multipart form. NAME=TEXT is a field, NAME=@FILE uploads a file, NAME=<FILE takes a field's text from \
                 one; `;type=TYPE` and `;filename=NAME` may follow. A value with `;` in it stands in double quotes"
            }
            _ => self.help(),
        }
    }

    fn arg(self) -> Arg {
        let arg = Arg::new(self.long())
            .long(self.long())
            .value_name(self.value())
            .help(self.help())
            .long_help(self.long_help())
            .help_heading("Request")
            .action(ArgAction::Append)
            .allow_hyphen_values(true)
            .value_parser(value_parser!(OsString));
        match self.short() {
            Some(short) => arg.short(short),
            None => arg.hide_short_help(self == Self::FormString),
        }
    }
}

impl Args for ContentArgs {
    fn augment_args(command: Command) -> Command {
        ContentKind::ALL
            .into_iter()
            .fold(command, |command, kind| command.arg(kind.arg()))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for ContentArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut pieces: Vec<(usize, Piece)> = ContentKind::ALL
            .into_iter()
            .flat_map(|kind| typed(matches, kind))
            .collect();
        pieces.sort_by_key(|(at, _)| *at);
        Ok(Self(pieces.into_iter().map(|(_, piece)| piece).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Every use of this flag, with its place on the command line.
fn typed(matches: &ArgMatches, kind: ContentKind) -> Vec<(usize, Piece)> {
    let places = matches.indices_of(kind.long()).into_iter().flatten();
    let values = matches
        .get_many::<OsString>(kind.long())
        .into_iter()
        .flatten();
    places
        .zip(values)
        .map(|(at, value)| {
            (
                at,
                Piece {
                    kind,
                    value: value.clone(),
                },
            )
        })
        .collect()
}
