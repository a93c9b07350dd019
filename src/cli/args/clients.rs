//! Names of clients, and `rehop clients`.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Args, Command};

use super::Color;
use super::known::{CLIENTS, GROUPS};
use crate::clients::Crossing;

/// `rehop clients`.
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub(crate) struct ClientsArgs {
    /// One client in full: an id, an alias, or a profile in a file; all are shown without
    #[arg(value_name = "NAME|FILE", value_parser = CLIENTS, hide_possible_values = true)]
    pub client: Option<String>,
    /// Requests with this method (POST; with --json: every one)
    #[arg(short = 'X', long, value_name = "METHOD", conflicts_with = "client")]
    pub method: Option<String>,
    /// Requests without a body
    #[arg(long, conflicts_with = "client")]
    pub no_body: bool,
    /// These codes (301,302,303,307,308; with --json: 300 to 308)
    #[arg(
        long,
        value_name = "CODE[,CODE...]",
        value_delimiter = ',',
        conflicts_with = "client"
    )]
    pub status: Vec<String>,
    /// Redirects that lead there: same-origin, port, host, subdomain, parent, upgrade or downgrade
    ///
    /// With it the table says what becomes of Authorization and Cookie; upgrade leads from http to https, downgrade back, each
    /// at its own port.
    #[arg(long, value_name = "WHERE", value_parser = CrossingName, hide_possible_values = true, conflicts_with = "client")]
    pub crossing: Option<Crossing>,
    /// Clients of this kind: browser, cli, python, js, java, go, dotnet, ruby, php, perl or rust
    #[arg(long, value_name = "KIND", value_parser = GROUPS, hide_possible_values = true, conflicts_with = "client")]
    pub group: Option<String>,
    /// Everything as one document
    #[arg(long)]
    pub json: bool,
    /// Colour
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub color: Color,
}

/// A crossing by its name.
#[derive(Debug, Clone, Copy)]
struct CrossingName;

impl TypedValueParser for CrossingName {
    type Value = Crossing;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Crossing, clap::Error> {
        let names = Crossing::ALL.map(Crossing::as_str);
        let name =
            clap::builder::PossibleValuesParser::new(names).parse_ref(command, arg, value)?;
        Ok(Crossing::ALL
            .into_iter()
            .find(|crossing| crossing.as_str() == name)
            .unwrap_or(Crossing::SameOrigin))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(
            Crossing::ALL
                .into_iter()
                .map(|crossing| PossibleValue::new(crossing.as_str())),
        ))
    }
}
