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
        let of_kind = |profile: &&Profile| self.group.as_ref().is_none_or(|group| *group == profile.group);
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
    METHODS.into_iter().flat_map(|row| of(row).collect::<Vec<_>>()).collect()
}

/// These requests by their methods; what holds with a body and without is said once.
fn labels(asks: &[Ask]) -> String {
    let both = |ask: &Ask| asks.contains(&Ask { body: !ask.body, ..ask.clone() });
    let alone = |method: &Method| METHODS.iter().any(|(name, body)| *name == method.as_str() && !body);
    let mut labels: Vec<String> = Vec::new();
    for ask in asks {
        let label = match ask.body || alone(&ask.method) || both(ask) {
            true => ask.method.to_string(),
            false => format!("{} without body", ask.method),
        };
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels.join(", ")
}

impl Ask {
    /// The cell where this is answered with `status` and led along `crossing`.
    fn cell(&self, status: Status, crossing: Crossing) -> Cell {
        Cell { status, method: self.method.clone(), body: self.body, crossing }
    }
}
