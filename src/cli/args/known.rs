//! Values of which completion knows some, and which the plan reads.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command};

use crate::clients;
use crate::report::Format;
use crate::report::explain::Topic;
use crate::rules::findings::NOTES;

/// Any text; completion offers these words. What is none of them is told by the plan, with the nearest one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known(fn() -> Vec<String>);

/// Every id and alias of a client.
pub(super) const CLIENTS: Known = Known(|| clients::names().map(str::to_owned).collect());

/// The kinds of clients.
pub(super) const GROUPS: Known = Known(|| {
    let mut groups: Vec<String> = clients::measured()
        .map(|profile| profile.group.clone())
        .collect();
    groups.sort();
    groups.dedup();
    groups
});

/// The formats of reports.
pub(super) const FORMATS: Known =
    Known(|| Format::ALL.map(|format| format.name().to_owned()).into());

/// What `--format` is for, with every format.
pub(super) fn formats_help() -> String {
    let names = Format::ALL.map(Format::name);
    let (first, last) = (names[0], names[names.len() - 1]);
    let between = names[1..names.len() - 1].join(", ");
    format!("The format on standard output: {first} (the default), {between} or {last}")
}

/// The same, where a file follows.
pub(super) const FORMATS_OF_FILES: Known = Known(|| {
    Format::ALL
        .map(|format| format!("{}=", format.name()))
        .into()
});

/// The findings of chains.
pub(super) const FINDINGS: Known = Known(|| NOTES.iter().map(|note| note.id.to_owned()).collect());

/// All that can be explained.
pub(super) const TOPICS: Known = Known(|| Topic::all().map(Topic::name).collect());

/// What a probe can be failed on.
pub(super) const PROBED: Known = Known(|| {
    let fits = |topic: &Topic| matches!(topic, Topic::Finding(_) | Topic::Verdict(_));
    Topic::all()
        .filter(fits)
        .map(Topic::name)
        .chain(["none".to_owned()])
        .collect()
});

impl TypedValueParser for Known {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0().into_iter().map(PossibleValue::new)))
    }
}
