//! Which column is what.

use super::cells::MapCells;

/// What stands in a header, without case, blanks, `_` and `-`; the surest word first, since exports have several
/// (Screaming Frog: Address, Source; Status Code, Status, Redirect Type).
const OLD: [&str; 15] = [
    "address",
    "old",
    "oldurl",
    "redirectfrom",
    "sourceurl",
    "source",
    "src",
    "from",
    "originalurl",
    "original",
    "origin",
    "short",
    "incoming",
    "path",
    "url",
];
const NEW: [&str; 15] = [
    "finaladdress",
    "redirecturl",
    "new",
    "newurl",
    "redirectto",
    "targeturl",
    "target",
    "destinationurl",
    "destination",
    "dest",
    "dst",
    "to",
    "long",
    "finalurl",
    "url",
];
const STATUS: [&str; 7] = [
    "statuscode",
    "httpcode",
    "code",
    "status",
    "redirecttype",
    "type",
    "actioncode",
];
const REGEX: [&str; 2] = ["regex", "regexflag"];

/// The columns of a map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Columns {
    pub(super) old: usize,
    pub(super) new: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) regex: Option<usize>,
    /// What the header calls them; empty where there is none.
    pub(super) names: Vec<String>,
}

/// The columns, and how many rows come before the first of the map.
pub(super) fn columns(rows: &[MapCells]) -> (Columns, usize) {
    let skipped = usize::from(is_title(rows));
    let Some((_, first)) = rows.get(skipped) else {
        return (Columns::default(), 0);
    };
    if let Some(columns) = named(first) {
        return (columns, skipped + 1);
    }
    let begin = if is_foreign(&rows[skipped..]) {
        skipped + 1
    } else {
        skipped
    };
    let columns = Columns {
        old: 0,
        new: Some(1),
        status: has_statuses(&rows[begin..]).then_some(2),
        names: if begin > skipped {
            first.clone()
        } else {
            Vec::new()
        },
        ..Columns::default()
    };
    (columns, begin)
}

/// Whether the first row is none of the table: a line `sep=;`, which Excel takes, or the title that older crawlers write.
fn is_title(rows: &[MapCells]) -> bool {
    let [(_, first), (_, second), ..] = rows else {
        return false;
    };
    let is_alone = first.len() == 1 && second.len() > 1 && !is_address(&first[0]);
    is_alone || first[0].starts_with("sep=")
}

fn named(header: &[String]) -> Option<Columns> {
    let words: Vec<String> = header.iter().map(|cell| word(cell)).collect();
    let find = |known: &[&str], taken: Option<usize>| {
        let mut places = known
            .iter()
            .map(|known| words.iter().position(|word| word == known));
        places.find_map(|place| place.filter(|place| Some(*place) != taken))
    };
    let old = find(&OLD, None)?;
    let new = find(&NEW, Some(old));
    (new.is_some() || header.len() == 1).then(|| Columns {
        old,
        new,
        status: find(&STATUS, None),
        regex: find(&REGEX, None),
        names: header.to_vec(),
    })
}

fn word(cell: &str) -> String {
    let letters = cell
        .chars()
        .filter(|letter| !letter.is_whitespace() && !"_-".contains(*letter));
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether the first row is a header in words that are not known: a translation, where the row below has an address.
fn is_foreign(rows: &[MapCells]) -> bool {
    let is_row = |row: Option<&MapCells>| row.is_some_and(|(_, cells)| is_address(&cells[0]));
    !is_row(rows.first()) && is_row(rows.get(1))
}

fn is_address(cell: &str) -> bool {
    cell.starts_with('/') || cell.contains("://")
}

/// Whether the third column holds nothing but statuses.
fn has_statuses(rows: &[MapCells]) -> bool {
    let thirds = rows.iter().filter_map(|(_, cells)| cells.get(2));
    let mut filled = thirds.filter(|cell| !cell.is_empty()).peekable();
    let is_status =
        |cell: &String| cell.len() == 3 && cell.bytes().all(|digit| digit.is_ascii_digit());
    filled.peek().is_some() && filled.all(is_status)
}
