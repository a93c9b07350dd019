//! What `-v` adds to a hop: connection, phases, and the header fields with what changed since the hop before.

use std::io;

use crate::report::Detail;
use crate::report::layout::Sign;
use crate::report::page::{Page, Span};
use crate::report::say;
use crate::report::style::Ink;
use crate::report::units::{count, duration};
use crate::report::view::{
    ConnectionView, CookiesView, HopView, Millis, Octets, RedirectView, ResponseView, TlsView,
};

/// Columns before the name of a fact.
const INDENT: usize = 4;
/// Columns that the name of a fact takes.
const NAME: usize = 12;
/// Lines that one value may take before its middle is left out.
const LONGEST_VALUE: usize = 6;

/// Everything else that is known of `hop`.
pub(super) fn of(page: &mut Page, hop: &HopView, before: Option<&HopView>) -> io::Result<()> {
    if let Some(redirect) = &hop.redirect {
        rule(page, redirect)?;
    }
    if let Some(connection) = &hop.connection {
        connected(page, connection)?;
    }
    phases(page, hop)?;
    request(page, hop, before)?;
    cookies(page, &hop.cookies)?;
    hop.response
        .as_ref()
        .map_or(Ok(()), |response| self::response(page, response))
}

/// The law in words, and where to read it.
fn rule(page: &mut Page, redirect: &RedirectView) -> io::Result<()> {
    let says = page.layout.own(redirect.rule.says).into_owned();
    page.words(
        Span::new(Ink::Dim, format!("{:INDENT$}{:NAME$}", "", "rule")),
        &says,
        Ink::Plain,
    )?;
    page.long(
        Span::new(Ink::Dim, " ".repeat(INDENT + NAME)),
        redirect.rule.url,
        Ink::Link,
        LONGEST_VALUE,
    )
}

fn connected(page: &mut Page, connection: &ConnectionView) -> io::Result<()> {
    let address = connection
        .remote_addr
        .clone()
        .unwrap_or_else(|| "Unix socket".to_owned());
    let reused = if connection.reused { "reused" } else { "new" };
    let proxy = connection
        .proxy
        .as_ref()
        .map(|proxy| format!("proxy {}", page.layout.show(proxy)));
    let pieces = [Some(address), Some(reused.to_owned()), proxy];
    fact(page, "connection", pieces.into_iter().flatten())?;
    connection
        .tls
        .as_ref()
        .map_or(Ok(()), |tls| certificate(page, tls))
}

fn certificate(page: &mut Page, tls: &TlsView) -> io::Result<()> {
    let shown = |text: &Option<String>, before: &str| {
        text.as_ref()
            .map(|text| format!("{before}{}", page.layout.show(text)))
    };
    let agreed = [
        Some(tls.version.clone()),
        Some(tls.cipher.clone()),
        shown(&tls.alpn, "ALPN "),
    ];
    let names = [
        shown(&tls.subject, ""),
        shown(&tls.issuer, "issued by "),
        shown(&tls.expires, "expires "),
    ];
    let fault = tls.fault.clone();
    fact(page, "TLS", agreed.into_iter().flatten())?;
    fact(page, "certificate", names.into_iter().flatten())?;
    let Some(fault) = fault else { return Ok(()) };
    let head = Span::new(
        Ink::Bad,
        format!(
            "{:width$}{} ",
            "",
            page.layout.sign(Sign::Bad),
            width = INDENT + NAME
        ),
    );
    let fault = page.layout.show(&fault).into_owned();
    page.words(head, &fault, Ink::Plain)
}

fn phases(page: &mut Page, hop: &HopView) -> io::Result<()> {
    let timing = &hop.timing;
    let all = [
        ("dns", timing.dns_ms),
        ("connect", timing.connect_ms),
        ("tls", timing.tls_ms),
        ("send", timing.send_ms),
        ("wait", timing.wait_ms),
        ("receive", timing.receive_ms),
    ];
    let took = |(name, ms): (&str, Option<Millis>)| ms.map(|ms| format!("{name} {}", duration(ms)));
    fact(page, "phases", all.into_iter().filter_map(took))
}

fn request(page: &mut Page, hop: &HopView, before: Option<&HopView>) -> io::Result<()> {
    let method = page.layout.show(&hop.request.method).into_owned();
    let body = hop.request.body.as_ref();
    let size = body.map(|body| {
        let whole = if body.complete { "" } else { ", not all of it" };
        format!("{}{whole}", count(body.bytes, "byte"))
    });
    fact(page, "request", [Some(method), size].into_iter().flatten())?;
    if let Some(body) = body {
        fact(page, "SHA-256", [body.sha256.clone()])?;
    }
    let earlier = before.map(|before| before.request.headers.as_slice());
    for (name, value) in &hop.request.headers {
        let change = match earlier {
            Some(earlier) if !contains(earlier, name) => FieldChange::Added,
            _ if hop.request.changed.contains(&name.to_ascii_lowercase()) => FieldChange::Changed,
            _ => FieldChange::Same,
        };
        field(page, change, name, value)?;
    }
    for (name, value) in earlier.unwrap_or_default() {
        if !contains(&hop.request.headers, name) {
            field(page, FieldChange::Dropped, name, value)?;
        }
    }
    Ok(())
}

/// Which cookies went out and came in, and why some are not kept.
fn cookies(page: &mut Page, cookies: &CookiesView) -> io::Result<()> {
    let layout = page.layout;
    let shown = |name: &str| match name {
        "" => "(no name)".to_owned(),
        name => layout.show(name).into_owned(),
    };
    let listed = |what: &str, names: &[String]| {
        let names: Vec<_> = names.iter().map(|name| shown(name)).collect();
        (!names.is_empty()).then(|| format!("{what} {}", names.join(", ")))
    };
    let pieces = [
        listed("sent", &cookies.sent),
        listed("set", &cookies.set),
        listed("deleted", &cookies.deleted),
    ];
    fact(page, "cookies", pieces.into_iter().flatten())?;
    cookies.refused.iter().try_for_each(|cookie| {
        let head = Span::new(Ink::Dim, format!("{:INDENT$}{:NAME$}", "", "not kept"));
        let text = format!("{}: {}", shown(&cookie.name), layout.show(&cookie.why));
        page.words(head, &text, Ink::Plain)
    })
}

fn response(page: &mut Page, response: &ResponseView) -> io::Result<()> {
    for interim in &response.informational {
        fact(page, "interim", [format!("{}", interim.status)])?;
        interim
            .headers
            .iter()
            .try_for_each(|(name, value)| field(page, FieldChange::Same, name, value))?;
    }
    let read = if response.body_complete {
        ""
    } else {
        " read, not all of it"
    };
    let body = format!("body {}{read}", count(response.body_bytes, "byte"));
    let version = page.layout.show(&response.version).into_owned();
    fact(
        page,
        "response",
        [format!("{version} {}", response.status), body],
    )?;
    response
        .headers
        .iter()
        .try_for_each(|(name, value)| field(page, FieldChange::Same, name, value))?;
    if response.headers_left_out > 0 {
        fact(
            page,
            "more",
            [say::wire::left_out(response.headers_left_out)],
        )?;
    }
    text(page, response)
}

/// Lines of the body of an answer that went wrong, which often says why.
const LINES_OF_ERROR: usize = 2;
/// Lines of a body with `-vv`.
const LINES: usize = 20;

/// The beginning of a body that people can read.
fn text(page: &mut Page, response: &ResponseView) -> io::Result<()> {
    let lines = match page.layout.detail {
        Detail::Bodies => LINES,
        _ if response.status >= 400 => LINES_OF_ERROR,
        _ => return Ok(()),
    };
    let text = response.text.as_deref().unwrap_or_default();
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    filled.take(lines).try_for_each(|line| {
        let line = page.layout.show(line.trim_end()).into_owned();
        let head = Span::new(Ink::Dim, format!("{:INDENT$}{:NAME$}", "", "body"));
        page.long(head, &line, Ink::Dim, 2)
    })
}

/// What became of a request field since the hop before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FieldChange {
    Same,
    Added,
    Changed,
    Dropped,
}

fn contains(fields: &[(String, Octets)], name: &str) -> bool {
    fields
        .iter()
        .any(|(other, _)| other.eq_ignore_ascii_case(name))
}

fn field(page: &mut Page, change: FieldChange, name: &str, value: &Octets) -> io::Result<()> {
    let (sign, ink) = match change {
        FieldChange::Same => (" ", Ink::Plain),
        FieldChange::Added => ("+", Ink::Good),
        FieldChange::Changed => ("~", Ink::Fair),
        FieldChange::Dropped => (page.layout.sign(Sign::Minus), Ink::Bad),
    };
    let text = format!("{}: {}", page.layout.show(name), page.layout.show(&value.0));
    let head = Span::new(ink, format!("{:width$}{sign} ", "", width = INDENT + 2));
    page.field(head, &text, ink, LONGEST_VALUE)
}

/// A named line of pieces; nothing where there are none.
fn fact(page: &mut Page, name: &str, pieces: impl IntoIterator<Item = String>) -> io::Result<()> {
    let pieces: Vec<String> = pieces.into_iter().collect();
    if pieces.is_empty() {
        return Ok(());
    }
    let head = Span::new(Ink::Dim, format!("{:INDENT$}{name:NAME$}", ""));
    let between = format!(" {} ", page.layout.sign(Sign::Dot));
    let pieces: Vec<Span> = pieces
        .into_iter()
        .map(|piece| Span::new(Ink::Plain, piece))
        .collect();
    page.flow(head, &pieces, &between)
}
