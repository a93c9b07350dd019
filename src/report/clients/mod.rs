//! What known clients do: the matrix, one client in full, and both as JSON.

mod departures;
mod document;
mod matrix;
mod one;

pub use document::document;
pub use matrix::matrix;
pub use one::tell;

use crate::clients::{self, Cell, Crossing, METHODS, Profile, STATUSES};
use crate::model::{Method, Status};

/// A request, as far as clients differ on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The method.
    pub method: Method,
    /// Whether it has content.
    pub body: bool,
}

/// Cells of the matrix.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Rows: what was asked.
    pub asks: Vec<Ask>,
    /// Columns: what was answered.
    pub statuses: Vec<Status>,
    /// Where it led.
    pub crossings: Vec<Crossing>,
    /// Whether what becomes of credentials is shown.
    pub credentials: bool,
    /// Only clients of this kind.
    pub group: Option<String>,
    /// Only this client.
    pub only: Option<&'static Profile>,
}

impl Selection {
    /// Every cell of this client.
    #[must_use]
    pub fn all_of(profile: &'static Profile) -> Self {
        Self {
            asks: every_ask(),
            statuses: STATUSES.map(Status).to_vec(),
            crossings: Crossing::ALL.to_vec(),
            credentials: true,
            group: None,
            only: Some(profile),
        }
    }

    /// The clients that are asked for, the most used first.
    fn clients(&self) -> impl Iterator<Item = &'static Profile> {
        let measured = clients::measured().filter(|_| self.only.is_none());
        let of_kind = |profile: &&Profile| {
            self.group
                .as_ref()
                .is_none_or(|group| *group == profile.group)
        };
        self.only.into_iter().chain(measured.filter(of_kind))
    }
}

/// Every request that clients were measured with.
#[must_use]
pub fn every_ask() -> Vec<Ask> {
    let of = |(name, body): (&str, bool)| {
        let method = Method::new(name).ok();
        [(body, true), (true, false)]
            .into_iter()
            .filter(|(asked, _)| *asked)
            .filter_map(move |(_, body)| method.clone().map(|method| Ask { method, body }))
    };
    METHODS
        .into_iter()
        .flat_map(|row| of(row).collect::<Vec<_>>())
        .collect()
}

/// These requests by their methods: `PUT, and POST, DELETE without body`.
fn labels(asks: &[Ask]) -> String {
    let alone = |method: &Method| {
        METHODS
            .iter()
            .any(|(name, body)| *name == method.as_str() && !body)
    };
    let with_body = |ask: &Ask| {
        asks.contains(&Ask {
            body: true,
            ..ask.clone()
        })
    };
    let names = |asks: Vec<&Ask>| {
        asks.into_iter()
            .map(|ask| ask.method.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (full, rest): (Vec<&Ask>, Vec<&Ask>) =
        asks.iter().partition(|ask| ask.body || alone(&ask.method));
    let empty: Vec<&Ask> = rest.into_iter().filter(|ask| !with_body(ask)).collect();
    match (full.is_empty(), empty.is_empty()) {
        (_, true) => names(full),
        (true, false) => format!("{} without body", names(empty)),
        (false, false) => format!("{}, and {} without body", names(full), names(empty)),
    }
}

impl Ask {
    /// The cell where this is answered with `status` and led along `crossing`.
    fn cell(&self, status: Status, crossing: Crossing) -> Cell {
        Cell {
            status,
            method: self.method.clone(),
            body: self.body,
            crossing,
        }
    }
}
