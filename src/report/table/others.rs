//! What other clients would have sent: those that do the same share a row, the most used first.
//!
//! ```text
//! What other clients would have sent, had they been answered the same:
//!   58  PUT → GET  chrome, safari, firefox, requests and 54 more
//! ```

use std::io;

use super::marks::inked;
use crate::report::Layout;
use crate::report::layout::Sign;
use crate::report::names;
use crate::report::page::{Page, Span, wrapped};
use crate::report::style::Ink;
use crate::report::view::{Alike, Others, RequestRow, StoppedRow, View};
use crate::rules::policy::Ending;
use crate::rules::step::StopReason;

/// Columns taken by the number of clients, and what stands between.
const INDENT: usize = 6;
/// Columns that names need beside the requests; where there are fewer they go below.
const NAMES: usize = 30;

/// The block; nothing where it was not asked for.
pub(super) fn of(page: &mut Page, view: &View) -> io::Result<()> {
    let Some(others) = &view.summary.clients else {
        return Ok(());
    };
    page.gap()?;
    page.words(Span::new(Ink::Plain, ""), HEADING, Ink::Strong)?;
    let ways: Vec<Vec<Span>> = others
        .alike
        .iter()
        .map(|alike| way(page.layout, view, alike))
        .collect();
    let widest = ways.iter().map(|way| width(way)).max().unwrap_or(0);
    let beside = INDENT + widest + 2 + NAMES <= page.layout.columns();
    for (alike, way) in others.alike.iter().zip(ways) {
        let number = Span::new(Ink::Strong, format!("{:>4}  ", alike.clients.len()));
        if beside {
            row(page, number, &way, (alike, widest))?;
        } else {
            page.flow(number, &way, "")?;
            let head = Span::new(Ink::Plain, " ".repeat(INDENT));
            let names = names::fitting(page.layout, &alike.spoken, page.layout.columns() - INDENT);
            page.words(head, &names, Ink::Plain)?;
        }
    }
    unable(page, view, others)
}

/// The assumption is part of it.
const HEADING: &str = "What other clients would have sent, had they been answered the same:";

/// Those that cannot send such a request.
fn unable(page: &mut Page, view: &View, others: &Others) -> io::Result<()> {
    if others.cannot_send.is_empty() {
        return Ok(());
    }
    let method = view.hops.first().map_or("", |hop| &hop.request.method);
    let cannot = format!("cannot send {}  ", page.layout.show(method));
    let number = format!("{:>4}  ", others.cannot_send.len());
    let room = page
        .layout
        .columns()
        .saturating_sub(number.len() + cannot.len());
    let names = names::fitting(page.layout, &others.cannot_send, room);
    page.words(Span::new(Ink::Dim, number + &cannot), &names, Ink::Dim)
}

fn width(spans: &[Span]) -> usize {
    spans.iter().map(Span::width).sum()
}

/// One line for the way, and the names beside it.
fn row(
    page: &mut Page,
    number: Span,
    way: &[Span],
    (alike, widest): (&Alike, usize),
) -> io::Result<()> {
    let indent = INDENT + widest + 2;
    let room = page.layout.columns() - indent;
    let names = names::fitting(page.layout, &alike.spoken, room);
    let mut lines = wrapped(&names, room).into_iter();
    let gap = Span::new(Ink::Plain, " ".repeat(widest - width(way) + 2));
    let first = Span::new(Ink::Plain, lines.next().unwrap_or_default());
    page.line(&[&[number], way, &[gap, first]].concat())?;
    lines.try_for_each(|line| {
        page.line(&[
            Span::new(Ink::Plain, " ".repeat(indent)),
            Span::new(Ink::Plain, line),
        ])
    })
}

/// `PUT → GET ×2, as here`
fn way(layout: Layout, view: &View, alike: &Alike) -> Vec<Span> {
    let mut spans = Vec::new();
    for (word, ink, times) in runs(alike) {
        if !spans.is_empty() {
            spans.push(Span::new(
                Ink::Dim,
                format!(" {} ", layout.sign(Sign::Arrow)),
            ));
        }
        let times = if times > 1 {
            format!(" {}{times}", layout.sign(Sign::Times))
        } else {
            String::new()
        };
        spans.push(Span::new(ink, layout.show(&(word + &times)).into_owned()));
    }
    spans.extend(
        alike
            .stopped
            .map(|stopped| Span::new(Ink::Fair, format!(", {}", why(view, alike, stopped)))),
    );
    spans.extend(alike.as_here.then(|| Span::new(Ink::Dim, " (as here)")));
    spans.extend(carried(alike).map(|words| Span::new(Ink::Plain, words)));
    let elsewhere = alike.stopped.is_none() && !alike.as_here && alike.url != view.end.url;
    let reached = alike.requests.len() == view.hops.len();
    if elsewhere && reached {
        spans.push(Span::new(
            Ink::Bad,
            format!(", at last to {}", layout.show(&alike.url)),
        ));
    }
    spans
}

/// Why they go no further: `gives up after 3`.
fn why(view: &View, alike: &Alike, stopped: StoppedRow) -> String {
    let followed = alike.requests.len().saturating_sub(1);
    let status = view
        .hops
        .get(followed)
        .and_then(|hop| hop.response.as_ref())
        .map_or(0, |response| response.status);
    match (stopped.why.0, stopped.ends_in.0) {
        (StopReason::Limit, Ending::Response) => format!("stops after {followed}"),
        (_, Ending::Response) => format!("stops at the {status}"),
        (StopReason::Limit, Ending::Error) => format!("gives up after {followed}"),
        (StopReason::NotFollowed | StopReason::Answer, Ending::Error) => {
            format!("fails on the {status}")
        }
        (StopReason::BadLocation, Ending::Error) => "cannot read the Location".to_owned(),
        (StopReason::Scheme, Ending::Error) => "does not change the scheme".to_owned(),
        (StopReason::Repeats, Ending::Error) => "does not go there again".to_owned(),
        (StopReason::Content, Ending::Error) => "cannot resend the body".to_owned(),
        (StopReason::Userinfo, Ending::Error) => "takes no user name".to_owned(),
    }
}

/// Equal requests in a row as one: what it is called, how good the way to it was, how often.
fn runs(alike: &Alike) -> Vec<(String, Ink, usize)> {
    let had_body = alike.requests.first().is_some_and(|first| first.body);
    let mut runs: Vec<(String, Ink, usize)> = Vec::new();
    for asked in &alike.requests {
        let ink = asked.verdict.map_or(Ink::Plain, |verdict| inked(verdict.0));
        let word = word(asked, had_body);
        match runs.last_mut() {
            Some((last, worst, times)) if *last == word => {
                *times += 1;
                *worst = if *worst == Ink::Plain || *worst == Ink::Good {
                    ink
                } else {
                    *worst
                };
            }
            _ => runs.push((word, ink, 1)),
        }
    }
    runs
}

fn word(asked: &RequestRow, had_body: bool) -> String {
    let retrieval = matches!(asked.method.as_str(), "GET" | "HEAD");
    match (retrieval, asked.body) {
        (true, true) => format!("{} with body", asked.method),
        (false, false) if had_body => format!("empty {}", asked.method),
        _ => asked.method.clone(),
    }
}

/// At which requests credentials went along; nothing where there were none at all, or only one request.
fn carried(alike: &Alike) -> Option<String> {
    if alike.requests.len() < 2 {
        return None;
    }
    let authorization: Vec<bool> = alike
        .requests
        .iter()
        .map(|asked| asked.authorization)
        .collect();
    let cookie: Vec<bool> = alike.requests.iter().map(|asked| asked.cookie).collect();
    let said = match (places(&authorization), places(&cookie)) {
        (None, None) => return None,
        (Some(a), Some(b)) if a == b => format!("Authorization and Cookie {a}"),
        (Some(a), Some(b)) => format!("Authorization {a}, Cookie {b}"),
        (Some(a), None) => format!("Authorization {a}"),
        (None, Some(b)) => format!("Cookie {b}"),
    };
    Some(format!("; {said}"))
}

fn places(there: &[bool]) -> Option<String> {
    let at: Vec<String> = there
        .iter()
        .zip(1..)
        .filter(|(there, _)| **there)
        .map(|(_, n)| n.to_string())
        .collect();
    match at.as_slice() {
        [] => None,
        all if all.len() == there.len() => Some("throughout".to_owned()),
        [one] => Some(format!("at {one} only")),
        some => Some(format!("at {}", some.join(", "))),
    }
}
