//! The matrix for people: clients that do the same share a row, the most used first.
//!
//! ```text
//! What follows a POST with a body, by status
//!
//!      301   302   303  307   308
//!  58  GET   GET   GET  POST  POST  chrome, safari, firefox, curl, requests …
//! ```

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::selection::Selection;
use crate::clients::{Asked, Crossing, Doing, Profile, by_name};
use crate::report::layout::Sign;
use crate::report::page::{Page, Span, wrapped};
use crate::report::style::Ink;
use crate::report::table::inked;
use crate::report::units::count;
use crate::report::{Layout, names};
use crate::rules::policy::Ending;
use crate::rules::{BodyFate, FieldFate, Verdict};

/// Columns between two cells.
const BETWEEN: usize = 2;
/// Columns taken by the number of clients.
const NUMBER: usize = 4;

/// Clients that do the same.
struct ClientRows {
    /// In each column.
    cells: Vec<Doing>,
    /// Their names.
    clients: Vec<String>,
}

/// Writes a table for each request and crossing of `selection`.
///
/// # Errors
/// Whatever writing gives.
pub fn matrix(out: &mut dyn Write, layout: Layout, selection: &Selection) -> io::Result<()> {
    let mut page = Page { out, layout };
    let mut marks = BTreeSet::new();
    for ask in &selection.asks {
        for crossing in &selection.crossings {
            table(&mut page, selection, (ask, *crossing), &mut marks)?;
            page.gap()?;
        }
    }
    legend(&mut page, &marks)
}

fn table(
    page: &mut Page,
    selection: &Selection,
    (ask, crossing): (&Asked, Crossing),
    marks: &mut BTreeSet<Mark>,
) -> io::Result<()> {
    let rows = rows(selection, ask, crossing);
    title(
        page,
        (ask, crossing),
        rows.iter().map(|row| row.clients.len()).sum(),
    )?;
    let standards = standards(selection, ask, crossing);
    let credentials = selection.credentials;
    let shown: Vec<Vec<Span>> = standards
        .iter()
        .chain(&rows)
        .map(|row| cells(page.layout, row, (ask, credentials), marks))
        .collect();
    let grid = ClientGrid::new(NUMBER + BETWEEN, heads(selection), &shown);
    let room = grid.room(page.layout);
    grid.head(page)?;
    for (row, cells) in standards.iter().zip(&shown) {
        grid.row(
            page,
            (&Span::new(Ink::Plain, ""), cells),
            &row.clients.join(", "),
        )?;
    }
    for (row, cells) in rows.iter().zip(&shown[standards.len()..]) {
        let number = Span::new(Ink::Strong, format!("{:>3}", row.clients.len()));
        grid.row(
            page,
            (&number, cells),
            &names::fitting(page.layout, &row.clients, room),
        )?;
    }
    unmeasured(page, selection, (ask, crossing))
}

/// Names the clients that can send this and were not seen there.
fn unmeasured(
    page: &mut Page,
    selection: &Selection,
    (ask, crossing): (&Asked, Crossing),
) -> io::Result<()> {
    let unseen = |profile: &&Profile| profile.sends(&ask.method) && !profile.was_seen_on(crossing);
    let names: Vec<String> = selection.clients().filter(unseen).map(called).collect();
    if names.is_empty() {
        return Ok(());
    }
    let number = Span::new(Ink::Dim, format!("{:>3}   ", names.len()));
    let text = format!("not measured here: {}", names.join(", "));
    page.words(number, &text, Ink::Dim)
}

fn heads(selection: &Selection) -> Vec<Span> {
    let heads = selection
        .statuses
        .iter()
        .map(|status| status.code().to_string());
    let extra = ["Auth.", "Cookie"]
        .into_iter()
        .filter(|_| selection.credentials)
        .map(str::to_owned);
    heads
        .chain(extra)
        .map(|head| Span::new(Ink::Dim, head))
        .collect()
}

/// What the two standards say, for comparison.
fn standards(selection: &Selection, ask: &Asked, crossing: Crossing) -> Vec<ClientRows> {
    let row = |(id, name): (&str, &str)| {
        let profile = by_name(id)?;
        let at = |status: &_| profile.at(&ask.cell(*status, crossing));
        let cells: Option<Vec<Doing>> = selection.statuses.iter().map(at).collect();
        Some(ClientRows {
            cells: cells?,
            clients: vec![format!("({name})")],
        })
    };
    [("rfc9110", "RFC 9110"), ("fetch", "Fetch")]
        .into_iter()
        .filter_map(row)
        .collect()
}

/// Columns that names take beside the cells at least.
const NARROWEST: usize = 26;

fn title(page: &mut Page, (ask, crossing): (&Asked, Crossing), clients: usize) -> io::Result<()> {
    let Asked { method, body } = ask;
    let body = if *body {
        " with a body"
    } else {
        " without a body"
    };
    let to = match crossing {
        Crossing::SameOrigin => "",
        Crossing::Port => ", on the way to another port",
        Crossing::Host => ", on the way to another host",
        Crossing::Subdomain => ", on the way to a subdomain",
        Crossing::Parent => ", on the way to the parent domain",
        Crossing::Upgrade => ", on the way from http to https",
        Crossing::Downgrade => ", on the way from https to http",
    };
    let method = page.layout.show(method.as_str()).into_owned();
    let text = format!(
        "What {} send after a {method}{body}{to}",
        count(clients as u64, "client")
    );
    page.words(Span::new(Ink::Plain, ""), &text, Ink::Strong)?;
    page.gap()
}

/// The clients of `selection` by what they do, in the order of the most used of each row.
fn rows(selection: &Selection, ask: &Asked, crossing: Crossing) -> Vec<ClientRows> {
    let mut rows: Vec<ClientRows> = Vec::new();
    for profile in selection.clients() {
        let at = |status| profile.at(&ask.cell(status, crossing));
        let cells: Option<Vec<Doing>> = selection
            .statuses
            .iter()
            .map(|status| at(*status))
            .collect();
        let Some(cells) = cells.filter(|_| profile.was_seen_on(crossing)) else {
            continue;
        };
        let same = |row: &&mut ClientRows| alike(&row.cells, &cells, selection.credentials);
        match rows.iter_mut().find(same) {
            Some(row) => row.clients.push(called(profile)),
            None => rows.push(ClientRows {
                cells,
                clients: vec![called(profile)],
            }),
        }
    }
    rows
}

fn called(profile: &Profile) -> String {
    profile.called().to_owned()
}

fn alike(some: &[Doing], others: &[Doing], credentials: bool) -> bool {
    some.iter()
        .zip(others)
        .all(|(one, other)| match (one, other) {
            (
                Doing::Follows {
                    method,
                    body,
                    authorization,
                    cookie,
                    ..
                },
                Doing::Follows {
                    method: m,
                    body: b,
                    authorization: a,
                    cookie: c,
                    ..
                },
            ) => (method, body) == (m, b) && (!credentials || (authorization, cookie) == (a, c)),
            (one, other) => one == other,
        })
}

/// What a cell may be marked with, and the legend says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Empty,
    WithBody,
    Discouraged,
    Forbidden,
    Stops,
    Fails,
}

impl Mark {
    fn sign(self, layout: Layout) -> &'static str {
        match self {
            Self::Empty => "*",
            Self::WithBody => "+",
            Self::Discouraged => layout.sign(Sign::Warn),
            Self::Forbidden => layout.sign(Sign::Bad),
            Self::Stops => layout.sign(Sign::Dash),
            Self::Fails => "error",
        }
    }

    fn says(self) -> &'static str {
        match self {
            Self::Empty => "without its body",
            Self::WithBody => "with the body",
            Self::Discouraged => "against a SHOULD of RFC 9110",
            Self::Forbidden => "against a MUST NOT",
            Self::Stops => "not followed",
            Self::Fails => "not followed, and reported as an error",
        }
    }

    fn ink(self) -> Ink {
        match self {
            Self::Discouraged | Self::Forbidden => Ink::Bad,
            _ => Ink::Plain,
        }
    }
}

/// A row's cells, and what becomes of credentials.
fn cells(
    layout: Layout,
    row: &ClientRows,
    (ask, credentials): (&Asked, bool),
    marks: &mut BTreeSet<Mark>,
) -> Vec<Span> {
    let mut spans: Vec<Span> = row
        .cells
        .iter()
        .map(|doing| cell(layout, doing, ask, marks))
        .collect();
    if credentials {
        let fates = |of: fn(&Doing) -> Option<FieldFate>| {
            let fates: Vec<FieldFate> = row.cells.iter().filter_map(of).collect();
            match fates.as_slice() {
                [] => Span::new(Ink::Dim, layout.sign(Sign::Dash)),
                [first, rest @ ..] if rest.iter().all(|fate| fate == first) => {
                    Span::new(Ink::Plain, first.as_str())
                }
                _ => Span::new(Ink::Fair, "varies"),
            }
        };
        spans.push(fates(|doing| match doing {
            Doing::Follows { authorization, .. } => Some(*authorization),
            Doing::Stops(_) | Doing::NotMeasured => None,
        }));
        spans.push(fates(|doing| match doing {
            Doing::Follows { cookie, .. } => Some(*cookie),
            Doing::Stops(_) | Doing::NotMeasured => None,
        }));
    }
    spans
}

fn cell(layout: Layout, doing: &Doing, ask: &Asked, marks: &mut BTreeSet<Mark>) -> Span {
    let Doing::Follows {
        method,
        body,
        verdict,
        ..
    } = doing
    else {
        let mark = if *doing == Doing::Stops(Ending::Error) {
            Mark::Fails
        } else {
            Mark::Stops
        };
        marks.insert(mark);
        return Span::new(Ink::Dim, mark.sign(layout));
    };
    let content = match body {
        BodyFate::Dropped if *method == ask.method => Some(Mark::Empty),
        BodyFate::Kept if *method != ask.method => Some(Mark::WithBody),
        _ => None,
    };
    let wrong = match verdict {
        Verdict::Forbidden => Some(Mark::Forbidden),
        Verdict::Discouraged => Some(Mark::Discouraged),
        _ => None,
    };
    let mut text = layout.show(method.as_str()).into_owned();
    for mark in content.into_iter().chain(wrong) {
        text += mark.sign(layout);
        marks.insert(mark);
    }
    Span::new(inked(*verdict), text)
}

/// Columns of cells, and beside them names.
pub(super) struct ClientGrid {
    lead: usize,
    heads: Vec<Span>,
    widths: Vec<usize>,
}

impl ClientGrid {
    /// `lead` columns, then a column for each head, wide enough for these rows.
    pub(super) fn new(lead: usize, heads: Vec<Span>, rows: &[Vec<Span>]) -> Self {
        let widest = |n: usize| {
            rows.iter()
                .map(|row| row[n].width())
                .chain([heads[n].width()])
                .max()
                .unwrap_or(0)
        };
        Self {
            lead,
            widths: (0..heads.len()).map(widest).collect(),
            heads,
        }
    }

    pub(super) fn head(&self, page: &mut Page) -> io::Result<()> {
        page.line(&self.line(&Span::new(Ink::Plain, ""), &self.heads))
    }

    /// Columns for the names of a row.
    fn room(&self, layout: Layout) -> usize {
        let cells: usize = self.widths.iter().map(|width| width + BETWEEN).sum();
        let beside = layout.columns().saturating_sub(self.lead + cells);
        if beside < NARROWEST {
            layout.columns() - self.lead
        } else {
            beside
        }
    }

    /// A row; where beside it there is no room for names, they go below.
    pub(super) fn row(
        &self,
        page: &mut Page,
        (lead, cells): (&Span, &[Span]),
        names: &str,
    ) -> io::Result<()> {
        let mut spans = self.line(lead, cells);
        let used: usize = spans.iter().map(Span::width).sum();
        let beside = page.layout.columns().saturating_sub(used);
        let indent = if beside < NARROWEST { self.lead } else { used };
        let mut lines = wrapped(names, page.layout.columns().saturating_sub(indent)).into_iter();
        if beside >= NARROWEST {
            spans.push(Span::new(Ink::Plain, lines.next().unwrap_or_default()));
        }
        page.line(&spans)?;
        lines.try_for_each(|line| {
            page.line(&[
                Span::new(Ink::Plain, " ".repeat(indent)),
                Span::new(Ink::Plain, line),
            ])
        })
    }

    fn line(&self, lead: &Span, cells: &[Span]) -> Vec<Span> {
        let mut spans = vec![Span::new(lead.ink, format!("{:<1$}", lead.text, self.lead))];
        for (cell, width) in cells.iter().zip(&self.widths) {
            spans.push(cell.clone());
            spans.push(Span::new(
                Ink::Plain,
                " ".repeat(width - cell.width() + BETWEEN),
            ));
        }
        spans
    }
}

fn legend(page: &mut Page, marks: &BTreeSet<Mark>) -> io::Result<()> {
    let layout = page.layout;
    let pieces: Vec<Span> = marks
        .iter()
        .map(|mark| Span::new(mark.ink(), format!("{} {}", mark.sign(layout), mark.says())))
        .collect();
    if !pieces.is_empty() {
        page.flow(Span::new(Ink::Plain, ""), &pieces, "   ")?;
    }
    let more =
        "`rehop clients NAME` tells all about one; --method, --crossing, --group, --status choose.";
    page.words(Span::new(Ink::Plain, ""), more, Ink::Dim)
}
