//! What a probe saw, written as a profile.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};

use super::output::OutputFile;
use crate::clients::{AnswerFate, CannotSend, Profile};
use crate::lab::probe::{Probed, distil};
use crate::rules::Policy;

/// The profile of what was seen; `name` is the file that it goes to.
pub(super) fn of(
    probed: &Probed,
    (name, version): (&Path, Option<&str>),
    command: &[String],
) -> Profile {
    let id = name.file_stem().map_or_else(
        || "probed".to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    );
    let mut policy = distil(probed);
    policy.name.clone_from(&id);
    Profile {
        id,
        aliases: Vec::new(),
        version: version.unwrap_or("unknown").to_owned(),
        group: "probed".to_owned(),
        how: command.join(" "),
        measured: Some(today()),
        not_measured: probed.unseen(),
        cannot_send: CannotSend {
            refuses: Vec::new(),
            no_way_to_ask: probed.unasked(),
        },
        chains_measured: 0,
        beyond_the_cells: BTreeMap::new(),
        answers: answers(probed),
        policy,
    }
}

/// What the client did with redirects that are themselves at fault, as far as that is known.
fn answers(probed: &Probed) -> BTreeMap<String, AnswerFate> {
    let known = probed.answers.iter();
    known
        .filter_map(|answer| Some((answer.form.to_owned(), *answer.fate.as_ref().ok()?)))
        .collect()
}

/// Writes `profile` without what is as the defaults have it.
pub(super) fn write(profile: &Profile, mut file: OutputFile) -> anyhow::Result<()> {
    let mut value = serde_json::to_value(profile)?;
    let defaults = serde_json::to_value(Policy::default())?;
    let dialect = serde_json::to_value(crate::rules::policy::Dialect::default())?;
    if let Value::Object(fields) = &mut value {
        fields.retain(|name, _| !["chains_measured", "beyond_the_cells"].contains(&name.as_str()));
    }
    if let Some(policy) = value.get_mut("policy") {
        if let Some(location) = policy.get_mut("location") {
            prune(location, &dialect);
        }
        prune(policy, &defaults);
    }
    let text = laid_out(&value, 0) + "\n";
    Ok(file.write_all(text.as_bytes())?)
}

/// Columns up to which a value stands on one line.
const LINE: usize = 100;

/// JSON for people: what is short stands on one line, but for the document itself.
fn laid_out(value: &Value, indent: usize) -> String {
    let flat = value.to_string();
    let is_short = flat.len() + indent <= LINE;
    match value {
        Value::Object(fields) if indent == 0 || !is_short => {
            let piece = |(name, value): (&String, &Value)| {
                let name = Value::String(name.clone());
                format!("{name}: {}", laid_out(value, indent + 2))
            };
            let pieces: Vec<String> = fields.iter().map(piece).collect();
            format!("{{{}}}", block(&pieces, indent))
        }
        Value::Array(items) if !is_short => {
            let items = items.iter().map(|item| laid_out(item, indent + 2));
            let pieces: Vec<String> = items.collect();
            format!("[{}]", block(&pieces, indent))
        }
        _ => flat,
    }
}

/// A line for each piece, indented by two columns more than what encloses them.
fn block(pieces: &[String], indent: usize) -> String {
    let (outer, inner) = (" ".repeat(indent), " ".repeat(indent + 2));
    let lines = pieces.join(&format!(",\n{inner}"));
    format!("\n{inner}{lines}\n{outer}")
}

/// Leaves out what `defaults` has as well, but for what means something else where it is missing.
fn prune(value: &mut Value, defaults: &Value) {
    let (Value::Object(fields), Value::Object(defaults)) = (value, defaults) else {
        return;
    };
    for (name, default) in defaults {
        if let Some(field) = fields.get_mut(name) {
            prune(field, default);
        }
    }
    let kept = std::mem::take(fields).into_iter().filter(|(name, field)| {
        let empty = matches!(field, Value::Object(inner) if inner.is_empty());
        matches!(name.as_str(), "limit" | "location")
            || (defaults.get(name) != Some(field) && !(empty && defaults.get(name).is_some()))
    });
    *fields = kept.collect::<Map<_, _>>();
}

/// The date in UTC, as `2026-11-22`.
fn today() -> String {
    let days = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() / 86_400);
    date(days)
}

/// The date so many days after 1970-01-01, by the Gregorian calendar
/// (<https://howardhinnant.github.io/date_algorithms.html#civil_from_days>).
fn date(days: u64) -> String {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_779, "2026-11-22"),
            (47_540, "2100-02-28"),
        ] {
            assert_eq!(date(days), expected);
        }
    }
}
