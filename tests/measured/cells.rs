//! The cells: as stored, and compared.

use std::collections::BTreeMap;
use std::fs;

use rehop::clients::{Profile, measured};
use serde::Deserialize;

use super::predict::{predicted, text_of};

/// One redirect and what came of it.
pub(super) struct Cell {
    pub(super) suite: String,
    pub(super) code: u16,
    /// The method; `POST-nobody`, `DELETE+body` and `GET#orig` (with a fragment) say more.
    pub(super) request: String,
    /// The crossing, the form of the Location, or the kind of endless chain.
    pub(super) to: String,
    seen: Outcome,
}

/// What a client did.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Whether it reported a failure.
    pub(super) error: bool,
    /// `no`, method and content of the next request, or the number of redirects followed.
    pub(super) what: String,
    /// What became of each field: `=` kept, `-` dropped, `+` added, `~` changed.
    pub(super) fields: String,
    /// The target on the request line, each character an octet, in suite loc.
    pub(super) target: String,
}

/// Cells of which it is not compared whether an error was reported.
#[derive(Deserialize)]
struct Exclusion {
    clients: Vec<String>,
    #[serde(default)]
    suites: Vec<String>,
    followed: bool,
    /// The reason, for readers.
    #[serde(rename = "why")]
    _why: String,
}

impl Exclusion {
    fn names(&self, client: &str, cell: &Cell) -> bool {
        self.clients.iter().any(|excluded| excluded == client)
            && (self.suites.is_empty() || self.suites.contains(&cell.suite))
            && self.followed == (cell.seen.what != "no")
    }
}

pub(super) fn data(name: &str) -> String {
    let path = format!("{}/tests/measured/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The measured cells of one line: one for each code and each crossing, form or kind.
fn unpacked(line: &str) -> Vec<Cell> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [suite, codes, request, _framing, tos, what, rest @ ..] = &columns[..] else {
        panic!("{line}")
    };
    if matches!(*what, "n/a" | "refused" | "crashed") {
        return Vec::new();
    }
    let column = |n: usize| rest.get(n).copied().unwrap_or_default().to_owned();
    let target: String = serde_json::from_str(&format!("\"{}\"", column(1))).expect(line);
    let mut cells = Vec::new();
    for code in codes.split(',') {
        for to in tos.split(',') {
            let seen = Outcome {
                error: what.ends_with(" error"),
                what: what.trim_end_matches(" error").to_owned(),
                fields: column(0),
                target: text_of(&target),
            };
            let (suite, request, to) = ((*suite).to_owned(), (*request).to_owned(), to.to_owned());
            cells.push(Cell {
                suite,
                code: code.parse().expect(line),
                request,
                to,
                seen,
            });
        }
    }
    cells
}

/// What of the client's cells comes out otherwise than measured, and how many cells there are and are not compared whole.
fn compared(
    profile: &Profile,
    exclusions: &[Exclusion],
    counts: &mut BTreeMap<String, usize>,
) -> Vec<String> {
    let client = profile.id.as_str();
    let text = data(&format!("cells/{client}.tsv"));
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    for mut cell in lines.flat_map(unpacked) {
        let mut predicted = predicted(&profile.policy, &cell);
        *counts.entry(cell.suite.clone()).or_default() += 1;
        if predicted.error != cell.seen.error
            && exclusions
                .iter()
                .any(|exclusion| exclusion.names(client, &cell))
        {
            *counts.entry("excluded".to_owned()).or_default() += 1;
            (predicted.error, cell.seen.error) = (false, false);
        }
        if predicted != cell.seen {
            let Cell {
                suite,
                code,
                request,
                to,
                seen,
            } = cell;
            wrong.push(format!(
                "{client} {suite} {code} {request} {to}\n  measured  {seen:?}\n  predicted {predicted:?}"
            ));
        }
    }
    wrong
}

#[test]
fn measured_cells_are_predicted() {
    let exclusions: Vec<Exclusion> = serde_json::from_str(&data("exclusions.json")).unwrap();
    let mut counts = BTreeMap::new();
    let wrong: Vec<String> = measured()
        .flat_map(|profile| compared(profile, &exclusions, &mut counts))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} cells are wrong, first of all\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
    let counts: Vec<(&str, usize)> = counts
        .iter()
        .map(|(suite, cells)| (suite.as_str(), *cells))
        .collect();
    let expected = [
        ("excluded", 82),
        ("limit", 566),
        ("loc", 7904),
        ("main", 22437),
        ("names", 874),
        ("stream", 160),
        ("tls", 722),
    ];
    assert_eq!(
        counts, expected,
        "so many cells were compared, and so many but for their error"
    );
}
