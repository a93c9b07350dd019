//! Rows of cells to rows of a map.

use super::cells::{MapCells, rows};
use super::encoding::text_of;
use super::header::{Columns, columns};
use super::map_file::MapFile;
use super::map_row::MapRow;
use crate::platforms::file::FileFault;
use crate::platforms::rule::Place;
use crate::platforms::text::without_bom;

/// A redirect map from CSV, TSV or columns of words, whoever exported it.
///
/// # Errors
///
/// Where the bytes are no text, or no row has an address.
pub fn read(bytes: &[u8]) -> Result<MapFile, Vec<FileFault>> {
    let (text, warning) = text_of(bytes).map_err(|fault| vec![fault])?;
    let cells = rows(without_bom(&text));
    let (columns, begin) = columns(&cells);
    let mut warnings: Vec<FileFault> = warning.into_iter().collect();
    let mut read = Vec::new();
    for row in cells.iter().skip(begin) {
        read.extend(map_row(&columns, row, &mut warnings));
    }
    if read.is_empty() {
        return Err(vec![FileFault {
            place: None,
            says: "it has no row with an old address".to_owned(),
        }]);
    }
    Ok(MapFile {
        rows: read,
        warnings,
    })
}

fn map_row(columns: &Columns, row: &MapCells, warnings: &mut Vec<FileFault>) -> Option<MapRow> {
    let (place, cells) = row;
    let cell = |column: Option<usize>| {
        let cell = cells.get(column?).map(String::as_str);
        cell.filter(|cell| !cell.is_empty())
    };
    let mut warn = |says: String| warnings.push(fault(*place, says));
    let Some(old) = cell(Some(columns.old)) else {
        warn("the row has no old address".to_owned());
        return None;
    };
    let (new, written) = (cell(columns.new), cell(columns.status));
    let status = written.and_then(status);
    if let (Some(written), None) = (written, status) {
        warn(format!("{written} is no status"));
    }
    if let (Some(new), Some(404 | 410)) = (new, status) {
        warn(format!(
            "the target {new} is unused, since the status has no Location"
        ));
    }
    if old.contains('#') {
        warn(format!("no client sends the fragment of {old}"));
    }
    Some(MapRow {
        place: *place,
        old: old.to_owned(),
        new: new.map(str::to_owned),
        status,
        regex: cell(columns.regex).is_some_and(is_regex),
        others: others(columns, cells),
    })
}

fn others(columns: &Columns, cells: &[String]) -> Vec<(String, String)> {
    let known = [
        Some(columns.old),
        columns.new,
        columns.status,
        columns.regex,
    ];
    let others = cells.iter().enumerate();
    let others =
        others.filter(|(column, cell)| !cell.is_empty() && !known.contains(&Some(*column)));
    let name = |column: usize| {
        let name = columns.names.get(column).cloned();
        name.unwrap_or_else(|| (column + 1).to_string())
    };
    others
        .map(|(column, cell)| (name(column), cell.clone()))
        .collect()
}

/// `301`, `301 Moved Permanently`, or the word of Vercel's and Webflow's tables.
fn status(cell: &str) -> Option<u16> {
    match cell.to_ascii_lowercase().as_str() {
        "permanent" => Some(301),
        "temporary" => Some(302),
        text => {
            let number = text.split_whitespace().next()?.parse().ok()?;
            (100..1000).contains(&number).then_some(number)
        }
    }
}

/// Plugins write 1 (Redirection) or the word (Yoast).
fn is_regex(cell: &str) -> bool {
    ["1", "true", "yes", "regex"].contains(&cell.to_ascii_lowercase().as_str())
}

fn fault(place: Place, says: String) -> FileFault {
    FileFault {
        place: Some(place),
        says,
    }
}
