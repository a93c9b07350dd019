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
use std::iter;

use super::selection::Selection;
use crate::clients::{Asked, Crossing, Doing, Profile, by_name};
use crate::model::Method;
use crate::report::grid::{GridRow, TextGrid};
use crate::report::layout::Sign;
use crate::report::page::{Page, Span};
use crate::report::style::Ink;
use crate::report::table::inked;
use crate::report::units::count;
use crate::report::{Layout, names};
use crate::rules::policy::Ending;
use crate::rules::{BodyFate, FieldFate, Verdict};

/// Columns between two cells.
pub(super) const BETWEEN: usize = 2;
/// Columns taken by the number of clients.
const NUMBER: usize = 4;

/// Clients that do the same.
struct ClientRows {
    /// In each column.
    cells: Vec<Doing>,
    /// Their names.
    clients: Vec<String>,
}

/// The request and the crossing that a table is about.
struct TableSubject<'a> {
    selection: &'a Selection,
    ask: &'a Asked,
    crossing: Crossing,
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
            let subject = TableSubject {
                selection,
                ask,
                crossing: *crossing,
            };
            table(&mut page, &subject, &mut marks)?;
            page.gap()?;
        }
    }
    legend(&mut page, &marks)
}

fn table(page: &mut Page, subject: &TableSubject, marks: &mut BTreeSet<Mark>) -> io::Result<()> {
    let standards = subject.standards();
    let rows = subject.rows();
    let clients = rows.iter().map(|row| row.clients.len()).sum();
    page.words(
        Span::new(Ink::Plain, ""),
        &subject.title(page.layout, clients),
        Ink::Strong,
    )?;
    page.gap()?;

    for doing in standards.iter().chain(&rows).flat_map(|row| &row.cells) {
        marks.extend(Mark::of(subject.ask, doing));
    }
    lines(page, subject, &standards, &rows)
}

/// The heads, what the standards say, and the rows of clients.
fn lines(
    page: &mut Page,
    subject: &TableSubject,
    standards: &[ClientRows],
    clients: &[ClientRows],
) -> io::Result<()> {
    let heads = subject.heads();
    let shown: Vec<GridRow> = standards
        .iter()
        .chain(clients)
        .map(|row| subject.shown(page.layout, row))
        .collect();
    let grid = TextGrid::new(NUMBER + BETWEEN, BETWEEN, iter::once(&heads).chain(&shown));
    let room = grid.room(page.layout);
    grid.line(page, &heads)?;
    let (of_standards, of_clients) = shown.split_at(standards.len());
    for (shown, row) in of_standards.iter().zip(standards) {
        grid.named(page, shown, &row.clients.join(", "))?;
    }
    for (shown, row) in of_clients.iter().zip(clients) {
        let number = Span::new(Ink::Strong, format!("{:>3}", row.clients.len()));
        let names = names::fitting(page.layout, &row.clients, room);
        grid.named(page, &shown.clone().led_by(number), &names)?;
    }
    unmeasured(page, subject)
}

/// Names the clients that can send this and were not seen there.
fn unmeasured(page: &mut Page, subject: &TableSubject) -> io::Result<()> {
    let unseen = |profile: &&Profile| {
        profile.sends(&subject.ask.method) && !profile.was_seen_on(subject.crossing)
    };
    let clients = subject.selection.clients().filter(unseen);
    let names: Vec<&str> = clients.map(Profile::called).collect();
    if names.is_empty() {
        return Ok(());
    }
    let number = Span::new(Ink::Dim, format!("{:>3}   ", names.len()));
    let text = format!("not measured here: {}", names.join(", "));
    page.words(number, &text, Ink::Dim)
}

impl TableSubject<'_> {
    fn title(&self, layout: Layout, clients: usize) -> String {
        let body = if self.ask.body {
            " with a body"
        } else {
            " without a body"
        };
        let to = match self.crossing {
            Crossing::SameOrigin => "",
            Crossing::Port => ", on the way to another port",
            Crossing::Host => ", on the way to another host",
            Crossing::Subdomain => ", on the way to a subdomain",
            Crossing::Parent => ", on the way to the parent domain",
            Crossing::Upgrade => ", on the way from http to https",
            Crossing::Downgrade => ", on the way from https to http",
        };
        let method = layout.show(self.ask.method.as_str());
        let clients = count(clients as u64, "client");
        format!("What {clients} send after a {method}{body}{to}")
    }

    fn heads(&self) -> GridRow {
        let statuses = self.selection.statuses.iter();
        let codes = statuses.map(|status| status.code().to_string());
        let extra = ["Auth.", "Cookie"]
            .into_iter()
            .filter(|_| self.selection.credentials)
            .map(str::to_owned);
        let heads = codes.chain(extra);
        GridRow {
            lead: Span::new(Ink::Plain, ""),
            cells: heads.map(|head| Span::new(Ink::Dim, head)).collect(),
        }
    }

    /// What `profile` does on each status; `None` where it cannot ask that.
    fn doings(&self, profile: &Profile) -> Option<Vec<Doing>> {
        let statuses = self.selection.statuses.iter();
        statuses
            .map(|status| profile.at(&self.ask.cell(*status, self.crossing)))
            .collect()
    }

    /// What the two standards say, for comparison.
    fn standards(&self) -> Vec<ClientRows> {
        let row = |(id, name): (&str, &str)| {
            Some(ClientRows {
                cells: self.doings(by_name(id)?)?,
                clients: vec![format!("({name})")],
            })
        };
        [("rfc9110", "RFC 9110"), ("fetch", "Fetch")]
            .into_iter()
            .filter_map(row)
            .collect()
    }

    /// The clients by what they do, in the order of the most used of each row.
    fn rows(&self) -> Vec<ClientRows> {
        let credentials = self.selection.credentials;
        let mut rows: Vec<ClientRows> = Vec::new();
        for profile in self.selection.clients() {
            let seen = profile.was_seen_on(self.crossing);
            let Some(cells) = self.doings(profile).filter(|_| seen) else {
                continue;
            };
            let client = profile.called().to_owned();
            let same = |row: &&mut ClientRows| alike(&row.cells, &cells, credentials);
            match rows.iter_mut().find(same) {
                Some(row) => row.clients.push(client),
                None => rows.push(ClientRows {
                    cells,
                    clients: vec![client],
                }),
            }
        }
        rows
    }

    /// A row's cells, and what becomes of credentials where the selection asks for them.
    fn shown(&self, layout: Layout, row: &ClientRows) -> GridRow {
        let doings = row.cells.iter();
        let mut cells: Vec<Span> = doings.map(|doing| cell(layout, doing, self.ask)).collect();
        if self.selection.credentials {
            cells.push(overall(layout, row, authorization));
            cells.push(overall(layout, row, cookie));
        }
        GridRow {
            lead: Span::new(Ink::Plain, ""),
            cells,
        }
    }
}

fn alike(some: &[Doing], others: &[Doing], credentials: bool) -> bool {
    let same_request = |one: &Doing, other: &Doing| match (one, other) {
        (
            Doing::Follows { method, body, .. },
            Doing::Follows {
                method: m, body: b, ..
            },
        ) => (method, body) == (m, b),
        (one, other) => one == other,
    };
    let fates = |doing: &Doing| (authorization(doing), cookie(doing));
    some.iter().zip(others).all(|(one, other)| {
        same_request(one, other) && (!credentials || fates(one) == fates(other))
    })
}

fn authorization(doing: &Doing) -> Option<FieldFate> {
    match doing {
        Doing::Follows { authorization, .. } => Some(*authorization),
        Doing::Stops(_) | Doing::NotMeasured => None,
    }
}

fn cookie(doing: &Doing) -> Option<FieldFate> {
    match doing {
        Doing::Follows { cookie, .. } => Some(*cookie),
        Doing::Stops(_) | Doing::NotMeasured => None,
    }
}

/// What becomes of a credential in a whole row.
fn overall(layout: Layout, row: &ClientRows, fate: fn(&Doing) -> Option<FieldFate>) -> Span {
    let fates: Vec<FieldFate> = row.cells.iter().filter_map(fate).collect();
    match fates.as_slice() {
        [] => Span::new(Ink::Dim, layout.sign(Sign::Dash)),
        [first, rest @ ..] if rest.iter().all(|fate| fate == first) => {
            Span::new(Ink::Plain, first.as_str())
        }
        _ => Span::new(Ink::Fair, "varies"),
    }
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
    /// The marks of one cell, in the order in which they are shown.
    fn of(ask: &Asked, doing: &Doing) -> impl Iterator<Item = Self> + use<> {
        let marks = match doing {
            Doing::Stops(Ending::Error) => [Some(Self::Fails), None],
            Doing::Stops(Ending::Response) => [Some(Self::Stops), None],
            Doing::NotMeasured => [None, None],
            Doing::Follows {
                method,
                body,
                verdict,
                ..
            } => [
                Self::of_content(ask, method, *body),
                Self::of_verdict(*verdict),
            ],
        };
        marks.into_iter().flatten()
    }

    fn of_content(ask: &Asked, method: &Method, body: BodyFate) -> Option<Self> {
        match body {
            BodyFate::Dropped if *method == ask.method => Some(Self::Empty),
            BodyFate::Kept if *method != ask.method => Some(Self::WithBody),
            _ => None,
        }
    }

    fn of_verdict(verdict: Verdict) -> Option<Self> {
        match verdict {
            Verdict::Forbidden => Some(Self::Forbidden),
            Verdict::Discouraged => Some(Self::Discouraged),
            _ => None,
        }
    }

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

fn cell(layout: Layout, doing: &Doing, ask: &Asked) -> Span {
    let signs = Mark::of(ask, doing).map(|mark| mark.sign(layout));
    let signs: String = signs.collect();
    match doing {
        Doing::Stops(_) => Span::new(Ink::Dim, signs),
        Doing::NotMeasured => Span::new(Ink::Dim, "not measured"),
        Doing::Follows {
            method, verdict, ..
        } => Span::new(
            inked(*verdict),
            format!("{}{signs}", layout.show(method.as_str())),
        ),
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
