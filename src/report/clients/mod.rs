//! What known clients do: the matrix, one client in full, and both as JSON.

mod departures;
mod document;
mod matrix;
mod one;

pub use document::{ClientsDocument, document};
pub use matrix::matrix;
pub use one::tell;

use crate::clients::{self, Asked, Crossing, METHODS, Profile, STATUSES};
use crate::model::{Method, Status};

/// Cells of the matrix.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Rows: what was asked.
    pub asks: Vec<Asked>,
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
            asks: Asked::all(),
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

/// These requests by their methods: `PUT, and POST, DELETE without body`.
fn labels(asks: &[Asked]) -> String {
    let alone = |method: &Method| {
        METHODS
            .iter()
            .any(|(name, body)| *name == method.as_str() && !body)
    };
    let with_body = |ask: &Asked| {
        asks.contains(&Asked {
            body: true,
            ..ask.clone()
        })
    };
    let names = |asks: Vec<&Asked>| {
        asks.into_iter()
            .map(|ask| ask.method.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (full, rest): (Vec<&Asked>, Vec<&Asked>) =
        asks.iter().partition(|ask| ask.body || alone(&ask.method));
    let empty: Vec<&Asked> = rest.into_iter().filter(|ask| !with_body(ask)).collect();
    match (full.is_empty(), empty.is_empty()) {
        (_, true) => names(full),
        (true, false) => format!("{} without body", names(empty)),
        (false, false) => format!("{}, and {} without body", names(full), names(empty)),
    }
}
