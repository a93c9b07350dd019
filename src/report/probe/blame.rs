//! What is wrong, the worst first: each fault with its clause, and an example with the two requests side by side.

use std::collections::BTreeSet;
use std::io;

use super::super::layout::Sign;
use super::super::page::{Page, Span, elided};
use super::super::style::Ink;
use super::super::units::size_in_words;
use super::super::{Layout, Secrets};
use super::matrix::{codes, ink, listed};
use super::tally::followed;
use super::view::ProbeView;
use crate::clients::Crossing;
use crate::lab::Arrival;
use crate::lab::probe::{CROSSINGS, ProbedCell, ProbedNext};
use crate::model::{Method, Status};
use crate::rules::FieldFate;
use crate::rules::law::{self, BodyRule};
use crate::rules::{Clause, Note, Severity, Verdict};

/// One fault and the cells that show it.
struct Accusation<'a> {
    /// Its row; `None` where only the verdict says it.
    note: Option<&'static Note>,
    cells: Vec<(&'a ProbedCell, &'a ProbedNext)>,
}

/// Writes every fault.
pub(super) fn blame(page: &mut Page, view: ProbeView) -> io::Result<()> {
    faults(view).iter().try_for_each(|fault| {
        page.gap()?;
        tell(page, fault)
    })
}

/// The faults, the worst first.
fn faults(view: ProbeView) -> Vec<Accusation> {
    let mut faults: Vec<Accusation> = Vec::new();
    for (cell, next) in followed(view.probed) {
        let noted = next.findings.iter().copied().map(Some);
        // A verdict that no finding explains stands for itself.
        let unexplained = next.verdict >= Verdict::Discouraged
            && next.findings.iter().all(|note| !explains(note));
        for note in noted.chain(unexplained.then_some(None)) {
            match faults.iter_mut().find(|fault| fault.note == note) {
                Some(fault) => fault.cells.push((cell, next)),
                None => faults.push(Accusation {
                    note,
                    cells: vec![(cell, next)],
                }),
            }
        }
    }
    faults.sort_by_key(|fault| std::cmp::Reverse(fault.gravity()));
    faults
}

/// Whether a finding is about method and body, as the verdict is.
fn explains(note: &Note) -> bool {
    !["credentials-sent", "content-fields-left"].contains(&note.id)
}

impl Accusation<'_> {
    /// The level that this fault is to blame for.
    fn level(&self) -> Option<Verdict> {
        let judged = self.note.is_none_or(explains);
        let worst = self.cells.iter().map(|(_, next)| next.verdict).max();
        worst.filter(|level| judged && *level >= Verdict::Discouraged)
    }

    fn severity(&self) -> Severity {
        self.note.map_or(Severity::Warn, |note| note.severity)
    }

    fn sign(&self, layout: Layout) -> Span {
        let (sign, ink) = match (self.level(), self.severity()) {
            (Some(Verdict::Forbidden), _) | (None, Severity::Error) => (Sign::Bad, Ink::Bad),
            (Some(level), _) => (Sign::Warn, ink(level)),
            (None, Severity::Warn) => (Sign::Warn, Ink::Fair),
            (None, Severity::Info) => (Sign::Dot, Ink::Dim),
        };
        Span::new(ink, format!("{} ", layout.sign(sign)))
    }

    fn gravity(&self) -> (bool, Severity, usize) {
        (
            self.level() == Some(Verdict::Forbidden),
            self.severity(),
            self.cells.len(),
        )
    }

    /// The cell that shows it best: of the worst ones the first.
    fn example(&self) -> Option<&(&ProbedCell, &ProbedNext)> {
        let worst = self.cells.iter().map(|(_, next)| next.verdict).max()?;
        self.cells.iter().find(|(_, next)| next.verdict == worst)
    }
}

fn tell(page: &mut Page, fault: &Accusation) -> io::Result<()> {
    let Some((cell, next)) = fault.example() else {
        return Ok(());
    };
    headline(page, fault)?;
    if fault.severity() == Severity::Info && fault.level().is_none() {
        return Ok(());
    }
    let clause = page.layout.own(&clause(fault, next.rule)).into_owned();
    let indent = || Span::new(Ink::Plain, "  ");
    page.words(indent(), &clause, Ink::Plain)?;
    let asked = first(cell).and_then(|first| Method::new(&first.method).ok());
    if let Some(method) = asked.filter(|_| fault.level().is_some()) {
        let does = browsers(&method, cell.status, has_body(cell));
        page.words(indent(), &does, Ink::Plain)?;
    }
    page.gap()?;
    side_by_side(page, cell, next)
}

/// What was done, how grave that is, and where it was seen.
fn headline(page: &mut Page, fault: &Accusation) -> io::Result<()> {
    let layout = page.layout;
    let title = match fault.note {
        Some(note) => format!("{} ({})", capital(note.says), note.id),
        None => "Another request than the rule asks for".to_owned(),
    };
    page.words(fault.sign(layout), &layout.own(&title), Ink::Strong)?;
    let level = fault
        .level()
        .map_or(String::new(), |level| format!("{level}: "));
    page.words(
        Span::new(Ink::Plain, "  "),
        &format!("{level}{}", where_seen(&fault.cells)),
        Ink::Plain,
    )
}

fn first(cell: &ProbedCell) -> Option<&Arrival> {
    Some(&cell.outcome.as_ref().ok()?.first)
}

fn has_body(cell: &ProbedCell) -> bool {
    cell.outcome
        .as_ref()
        .is_ok_and(crate::lab::probe::ProbedOutcome::has_body)
}

/// The rule behind the verdict, or where the finding is written.
fn clause(fault: &Accusation, rule: Clause) -> String {
    match (fault.level(), fault.note) {
        (None, Some(note)) => format!("{} {}", note.why, note.cites.first().unwrap_or(&"")),
        _ => format!("{} \u{a7}{}: {}", rule.source, rule.section, rule.says),
    }
}

/// What Fetch does there.
fn browsers(method: &Method, status: Status, had_body: bool) -> String {
    let cell = law::fetch(method, status);
    let Some(outcome) = cell.outcomes.first() else {
        return format!("Fetch does not follow {status}.");
    };
    let body = match (had_body, outcome.body) {
        (true, BodyRule::Kept) => " with the body",
        (true, _) => " without a body",
        (false, _) => "",
    };
    format!("Fetch sends {} here{body}.", outcome.next)
}

/// `PUT and POST on 301, 302 and 303, to another host`.
fn where_seen(cells: &[(&ProbedCell, &ProbedNext)]) -> String {
    let statuses: BTreeSet<Status> = cells.iter().map(|(cell, _)| cell.status).collect();
    let statuses: Vec<Status> = statuses.into_iter().collect();
    let crossings: BTreeSet<Crossing> = cells.iter().map(|(cell, _)| cell.crossing).collect();
    let places: Vec<String> = crossings
        .iter()
        .map(|crossing| place(*crossing).to_owned())
        .collect();
    let places = if crossings.len() < CROSSINGS.len() {
        format!(", to {}", listed(&places))
    } else {
        String::new()
    };
    let methods = listed(&methods(cells));
    format!("{methods} on {}{places}", codes(&statuses))
}

/// The methods that were sent first, each once.
fn methods(cells: &[(&ProbedCell, &ProbedNext)]) -> Vec<String> {
    let mut methods: Vec<String> = Vec::new();
    for first in cells.iter().filter_map(|(cell, _)| first(cell)) {
        let letters = first.method.chars().filter(char::is_ascii_graphic);
        let method: String = letters.take(16).collect();
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    methods
}

/// A crossing in words.
pub(super) fn place(crossing: Crossing) -> &'static str {
    match crossing {
        Crossing::SameOrigin => "the same origin",
        Crossing::Port => "another port",
        Crossing::Host => "another host",
        Crossing::Subdomain => "a host below",
        Crossing::Parent => "the host above",
        Crossing::Upgrade => "https",
        Crossing::Downgrade => "http",
    }
}

/// Fields in an example, beside those that tell what the fault is about.
const FIELDS: usize = 6;

fn side_by_side(page: &mut Page, cell: &ProbedCell, next: &ProbedNext) -> io::Result<()> {
    let Some(first) = first(cell) else {
        return Ok(());
    };
    let layout = page.layout;
    let pair = [first, &*next.arrival];
    let then = format!("then, after {} to {}", cell.status, place(cell.crossing));
    two(page, [("sent", Ink::Dim), (&then, Ink::Dim)])?;
    let [sent, then] = pair.map(|arrival| line(layout, arrival));
    two(page, [(&sent, Ink::Strong), (&then, ink(next.verdict))])?;
    for (name, fate) in telling_fields(next) {
        let [before, after] = pair.map(|arrival| field(layout, arrival, name));
        let ink = if *fate == FieldFate::Kept {
            Ink::Plain
        } else {
            Ink::Strong
        };
        two(page, [(&before, Ink::Plain), (&after, ink)])?;
    }
    let [before, after] = pair.map(content);
    let ink = if before == after {
        Ink::Plain
    } else {
        Ink::Strong
    };
    two(page, [(&before, Ink::Plain), (&after, ink)])
}

/// The fields that tell what the fault is about, and those that changed.
fn telling_fields(next: &ProbedNext) -> impl Iterator<Item = &(String, FieldFate)> {
    let is_telling =
        |name: &str| name.starts_with("content-") || crate::rules::credential::is_credential(name);
    let fields = next.fields.iter();
    fields
        .filter(move |(name, fate)| is_telling(name) || *fate != FieldFate::Kept)
        .take(FIELDS)
}

/// A line of two halves.
fn two(page: &mut Page, texts: [(&str, Ink); 2]) -> io::Result<()> {
    let half = (page.layout.columns().saturating_sub(4)) / 2 - 1;
    let dots = page.layout.sign(Sign::Ellipsis);
    let [left, right] = texts.map(|(text, ink)| Span::new(ink, elided(text, half, dots)));
    let gap = " ".repeat((half + 2).saturating_sub(left.width()));
    page.line(&[
        Span::new(Ink::Plain, "    "),
        left,
        Span::new(Ink::Plain, gap),
        right,
    ])
}

fn line(layout: Layout, arrival: &Arrival) -> String {
    let host = arrival.headers.text("host").unwrap_or("?");
    format!(
        "{} {}{}",
        layout.show(&arrival.method),
        layout.show(host),
        layout.show(&arrival.target)
    )
}

fn field(layout: Layout, arrival: &Arrival, name: &str) -> String {
    let value = arrival
        .headers
        .get(name)
        .map(|value| Secrets::Masked.field(name, value));
    value.map_or_else(
        || layout.sign(Sign::Minus).to_owned(),
        |value| format!("{}: {}", layout.show(name), layout.show(&value)),
    )
}

fn content(arrival: &Arrival) -> String {
    match &arrival.content {
        Some(content) if content.digest.bytes > 0 => size_in_words(content.digest.bytes),
        Some(_) => "no body, and says so".to_owned(),
        None => "no body".to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
