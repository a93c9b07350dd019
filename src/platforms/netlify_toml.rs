//! `netlify.toml`: the same rules as Netlify's `_redirects`, as tables (<https://docs.netlify.com/build/configure-builds/file-based-configuration/#redirects>).

use toml_edit::{Array, Document, InlineTable, Item, Table, TableLike, Value};

use super::answer::Depends;
use super::file::{FileFault, RuleFile, Unheeded};
use super::redirects::Draft;
use super::redirects::netlify::{NetlifyEngine, NetlifyRule, QueryNeed, Source, condition_of};
use super::rule::{Place, Rule};
use super::target::kind_of;
use super::text::{TextPlaces, without_bom};

/// The redirects of a `netlify.toml`.
///
/// # Errors
///
/// Where the text is no TOML: the build fails then, and nothing of the file counts.
pub fn read(text: &str) -> Result<RuleFile, Vec<FileFault>> {
    let text = without_bom(text);
    let places = TextPlaces::new(text);
    let document = Document::parse(text).map_err(|error| {
        vec![FileFault {
            place: error.span().map(|span| places.at(span.start)),
            says: format!("it is no TOML: {}", error.message().trim()),
        }]
    })?;
    let mut draft = Draft::new();
    for (begin, table) in tables(document.get("redirects")) {
        let place = places.at(begin);
        match rule(table, place) {
            Ok((rule, engine_rule)) => draft.add(rule, engine_rule),
            Err(reason) => draft.unheeded.push(Unheeded {
                place,
                text: string(table, &["from", "origin"])
                    .unwrap_or_default()
                    .to_owned(),
                reason,
            }),
        }
    }
    Ok(draft.finish(NetlifyEngine::new))
}

/// Every redirect with where it begins: `[[redirects]]`, or `redirects = [{…}]`.
fn tables(item: Option<&Item>) -> Vec<(usize, &dyn TableLike)> {
    let begin = |span: Option<std::ops::Range<usize>>| span.map_or(0, |span| span.start);
    match item {
        Some(Item::ArrayOfTables(tables)) => {
            let table = |table: &'_ Table| begin(table.span());
            tables
                .iter()
                .map(|t| (table(t), t as &dyn TableLike))
                .collect()
        }
        Some(Item::Value(Value::Array(array))) => {
            let inline = array.iter().filter_map(Value::as_inline_table);
            let table = |table: &'_ InlineTable| begin(table.span());
            inline.map(|t| (table(t), t as &dyn TableLike)).collect()
        }
        _ => Vec::new(),
    }
}

fn rule(table: &dyn TableLike, place: Place) -> Result<(Rule, NetlifyRule), String> {
    let from = string(table, &["from", "origin"]).ok_or("it names no source (from)")?;
    let to = string(table, &["to", "destination"]);
    let status = status(table)?;
    if to.is_none() && !(from.ends_with("/*") && (200..300).contains(&status)) {
        return Err("it names no target (to)".to_owned());
    }
    let source = Source::read(from)?;
    let rule = Rule {
        place,
        from: from.to_owned(),
        hosts: source.origin.iter().map(|(_, host)| host.clone()).collect(),
        to: to.map(str::to_owned),
        status: Some(status),
        kind: kind_of(status, to),
    };
    let engine_rule = NetlifyRule {
        source,
        needs: needs(table),
        to: to.map(str::to_owned),
        status,
        conditions: conditions(table),
    };
    Ok((rule, engine_rule))
}

/// The first of these keys that holds a text: some have an older name.
fn string<'t>(table: &'t dyn TableLike, keys: &[&str]) -> Option<&'t str> {
    keys.iter().find_map(|key| table.get(key)?.as_str())
}

fn status(table: &dyn TableLike) -> Result<u16, String> {
    let Some(item) = table.get("status") else {
        return Ok(301);
    };
    let number = match item.as_str() {
        Some(text) => text.parse().ok(),
        None => item
            .as_integer()
            .and_then(|number| u16::try_from(number).ok()),
    };
    number.ok_or_else(|| "its status is no number".to_owned())
}

/// The parameters that the query must have.
fn needs(table: &dyn TableLike) -> Vec<QueryNeed> {
    let keys = ["query", "params", "parameters"];
    let wanted = keys.iter().find_map(|key| table.get(key)?.as_table_like());
    let pairs = wanted.into_iter().flat_map(TableLike::iter);
    pairs
        .filter_map(|(key, value)| {
            Some(QueryNeed {
                key: key.to_owned(),
                value: value.as_str()?.to_owned(),
            })
        })
        .collect()
}

/// What must hold besides; a list that is empty asks nothing.
fn conditions(table: &dyn TableLike) -> Vec<Depends> {
    let wanted = table.get("conditions").and_then(Item::as_table_like);
    let pairs = wanted.into_iter().flat_map(TableLike::iter);
    let asks = |item: &Item| item.as_array().is_none_or(|list: &Array| !list.is_empty());
    pairs
        .filter(|(_, item)| asks(item))
        .filter_map(|(key, _)| condition_of(key))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platforms::{Answer, Visit};

    const FILE: &str = r#"
[build]
publish = "out"

[[redirects]]
from = "/t1"
to = "/t2"

[[redirects]]
from = "/t3/*"
to = "/t4/:splat"
status = 302
query = {a = ":a"}

[[redirects]]
from = "/au"
to = "/x"
[redirects.conditions]
Country = ["AU"]

[[redirects]]
origin = "/old"
destination = "/new"
status = 200

[[redirects]]
from = "/none"
"#;

    #[test]
    fn tables_answer_as_lines_do() {
        let file = read(FILE).expect("it is TOML");
        let answer = |path| match file.simulate(&Visit::get("h.example", path)) {
            Answer::Redirect {
                status, location, ..
            } => format!("{status} {location}"),
            Answer::Depends { on, .. } => format!("{on:?}"),
            other => format!("{other:?}"),
        };
        for (path, said) in [
            ("/t1/", "301 /t2"),
            ("/t3/x?a=1", "302 /t4/x?a=1"),
            ("/t3/x", "Pass"),
            ("/au", "Country"),
            ("/old", "Served { rule: 3 }"),
        ] {
            assert_eq!(answer(path), said, "{path}");
        }
        let lines: Vec<usize> = file.rules.iter().map(|rule| rule.place.line).collect();
        assert_eq!(lines, [5, 9, 15, 21]);
        assert_eq!(file.unheeded[0].place.line, 26);
    }

    #[test]
    fn the_inline_form_and_what_is_no_toml() {
        let file = read("redirects = [\n {from=\"/a\", to=\"/b\"},\n]").expect("it is TOML");
        assert_eq!(file.rules[0].place, Place { line: 2, column: 2 });
        let faults = read("a = 1\n[[redirects]\n").expect_err("it is none");
        assert_eq!(faults[0].place.map(|place| place.line), Some(2));
        assert!(read("[build]\n").expect("it is TOML").rules.is_empty());
    }
}
