//! Where a client is not as a profile says, alike differences together.

use std::io;

use serde::Serialize;

use super::super::layout::Sign;
use super::super::page::{Page, Span};
use super::super::style::Ink;
use super::matrix::listed;
use crate::lab::probe::{Difference, DifferencePlace};

/// Alike differences.
struct Kind<'a> {
    first: &'a Difference,
    places: Vec<&'a DifferencePlace>,
}

fn kinds(differences: &[Difference]) -> Vec<Kind<'_>> {
    let mut kinds: Vec<Kind> = Vec::new();
    for difference in differences {
        let alike = |kind: &&mut Kind| {
            let Difference {
                what,
                expected,
                seen,
                place,
            } = kind.first;
            let odd = matches!(place, DifferencePlace::Odd(_))
                || matches!(difference.place, DifferencePlace::Odd(_));
            !odd && (what, expected, seen)
                == (&difference.what, &difference.expected, &difference.seen)
        };
        match kinds.iter_mut().find(alike) {
            Some(kind) => kind.places.push(&difference.place),
            None => kinds.push(Kind {
                first: difference,
                places: vec![&difference.place],
            }),
        }
    }
    kinds
}

/// Writes them, a few lines each.
pub(super) fn drift(page: &mut Page, differences: &[Difference]) -> io::Result<()> {
    for kind in kinds(differences) {
        let Difference {
            what,
            expected,
            seen,
            ..
        } = kind.first;
        let layout = page.layout;
        let head = Span::new(Ink::Fair, format!("  {} ", layout.sign(Sign::Warn)));
        let (expected, seen) = (layout.show(expected), layout.show(seen));
        let text = format!("{}: {what} was {expected}, is {seen}", places(&kind.places));
        page.words(head, &text, Ink::Plain)?;
    }
    Ok(())
}

/// Where alike differences were seen, each word once.
#[derive(Default)]
struct DriftPlaces {
    codes: Vec<String>,
    requests: Vec<String>,
    crossings: Vec<String>,
    /// What is no cell.
    others: Vec<String>,
}

impl DriftPlaces {
    fn add(&mut self, place: &DifferencePlace) {
        match place {
            DifferencePlace::Cell {
                status,
                method,
                body,
                crossing,
            } => {
                let body = if *body { " with a body" } else { "" };
                once(&mut self.codes, status.to_string());
                once(&mut self.requests, format!("{method}{body}"));
                once(
                    &mut self.crossings,
                    super::blame::place(*crossing).to_owned(),
                );
            }
            DifferencePlace::Odd(form) => once(&mut self.others, format!("Location {form}")),
            DifferencePlace::Chain => once(&mut self.others, "a chain".to_owned()),
            DifferencePlace::Loop => once(&mut self.others, "a loop".to_owned()),
        }
    }

    /// `PUT and POST with a body on 301 and 302`; `None` where no cell is among them.
    fn cells(&self) -> Option<String> {
        let to = if self.crossings.len() == 3 {
            String::new()
        } else {
            format!(", to {}", listed(&self.crossings))
        };
        let (requests, codes) = (listed(&self.requests), listed(&self.codes));
        (!self.codes.is_empty()).then(|| format!("{requests} on {codes}{to}"))
    }
}

fn once(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}

/// All places in a sentence.
fn places(places: &[&DifferencePlace]) -> String {
    let mut seen = DriftPlaces::default();
    for place in places {
        seen.add(place);
    }
    let cells = seen.cells().into_iter();
    listed(&cells.chain(seen.others).collect::<Vec<_>>())
}

/// One situation in which a client does otherwise than a profile says.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct DriftRow {
    /// The status of a cell; null where it is none.
    status: Option<u16>,
    /// The method of a cell; null where it is none.
    method: Option<String>,
    /// Whether the request of a cell had content; null where it is none.
    body: Option<bool>,
    /// Where the redirect of a cell led; null where it is none.
    crossing: Option<&'static str>,
    /// The form of an odd Location; null where it is none.
    location: Option<&'static str>,
    /// chain or loop; null where it is neither.
    limit: Option<&'static str>,
    /// What differs: followed, method, body, target, error, redirects or the name of a field.
    what: String,
    /// What the profile says.
    expected: String,
    /// What the client did.
    seen: String,
}

/// The differences as rows.
pub(super) fn rows(differences: &[Difference]) -> Vec<DriftRow> {
    differences.iter().map(row).collect()
}

fn row(difference: &Difference) -> DriftRow {
    let Difference {
        place,
        what,
        expected,
        seen,
    } = difference.clone();
    let mut row = DriftRow {
        status: None,
        method: None,
        body: None,
        crossing: None,
        location: None,
        limit: None,
        what,
        expected,
        seen,
    };
    match place {
        DifferencePlace::Cell {
            status,
            method,
            body,
            crossing,
        } => {
            row.status = Some(status.code());
            row.method = Some(method);
            row.body = Some(body);
            row.crossing = Some(crossing.as_str());
        }
        DifferencePlace::Odd(form) => row.location = Some(form),
        DifferencePlace::Chain => row.limit = Some("chain"),
        DifferencePlace::Loop => row.limit = Some("loop"),
    }
    row
}
