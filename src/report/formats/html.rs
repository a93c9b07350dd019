//! One page that needs nothing else: no network, no script.
//!
//! What a server sent is text: it goes through [`xml`], and a policy of its own lets the page load and run nothing, should
//! that ever fail ([CSP](https://www.w3.org/TR/CSP3/)).

use std::io::{self, Write};

use crate::report::case::{Case, CaseVerdict};
use crate::report::escape::{terminal, xml};
use crate::report::units::{count, duration, size};
use crate::report::view::{HopView, Millis, Octets, View};
use crate::report::{Report, Totals};

/// A section for each case: the sentence, the hops, their fields folded, what is to be told.
#[derive(Debug)]
pub struct Html;

/// The page down to its first section. Styles are the only thing that may be loaded, and they stand in it.
const HEAD: &str = concat!(
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; ",
    "base-uri 'none'; form-action 'none'\">\n",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    "<meta name=\"referrer\" content=\"no-referrer\">\n<title>rehop</title>\n<style>\n",
    include_str!("html.css"),
    "</style>\n</head>\n<body>\n<main>\n<h1>rehop</h1>\n",
);

impl Report for Html {
    fn begin(&mut self, out: &mut dyn Write, _: usize) -> io::Result<()> {
        out.write_all(HEAD.as_bytes())
    }

    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        self.case(out, &Case::of(view))
    }

    fn case(&mut self, out: &mut dyn Write, case: &Case) -> io::Result<()> {
        let (class, word) = match case.state {
            CaseVerdict::Held => ("held", "held"),
            CaseVerdict::Failed => ("failed", "failed"),
            CaseVerdict::Error => ("failed", "not reached"),
            CaseVerdict::Skipped => ("skipped", "skipped"),
        };
        let says = case
            .chain
            .map_or(case.message.as_str(), |view| view.summary.says.as_str());
        writeln!(
            out,
            "<section class=\"{class}\">\n<p class=\"says\">{}</p>",
            xml(says)
        )?;
        writeln!(
            out,
            "<h2><span class=\"state\">{word}</span> <code>{}</code></h2>",
            xml(case.name)
        )?;
        if let Some(view) = case.chain {
            chain(out, view)?;
        }
        remarks(out, case)?;
        writeln!(out, "</section>")
    }

    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        let urls = count(totals.traces as u64, "URL");
        let redirects = count(totals.redirects as u64, "redirect");
        let wall = duration(Millis(totals.wall_ms));
        let version = env!("CARGO_PKG_VERSION");
        writeln!(
            out,
            "</main>\n<footer>{urls}, {redirects}, {wall} \u{b7} rehop {version}</footer>\n</body>\n</html>"
        )
    }
}

fn chain(out: &mut dyn Write, view: &View) -> io::Result<()> {
    writeln!(
        out,
        "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Hop</th><th scope=\"col\">Request</th>"
    )?;
    writeln!(
        out,
        "<th scope=\"col\">Answer</th><th scope=\"col\">Method and body</th><th scope=\"col\">Time</th></tr></thead>\n<tbody>"
    )?;
    view.hops.iter().try_for_each(|hop| row(out, hop))?;
    writeln!(out, "</tbody>\n</table></div>")?;
    view.hops.iter().try_for_each(|hop| fields(out, hop))
}

fn row(out: &mut dyn Write, hop: &HopView) -> io::Result<()> {
    let request = &hop.request;
    let body = request
        .body
        .as_ref()
        .map(|body| format!(" {}", size(body.bytes)));
    writeln!(
        out,
        "<tr><td>{}</td><td><b>{}</b> <code>{}</code>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        hop.n,
        xml(&request.method),
        xml(&request.url),
        body.unwrap_or_default(),
        answer(hop),
        fate(hop),
        duration(hop.timing.total_ms),
    )
}

fn answer(hop: &HopView) -> String {
    let Some(response) = &hop.response else {
        return "no answer".to_owned();
    };
    let location = hop
        .redirect
        .as_ref()
        .map(|redirect| format!(" \u{2192} <code>{}</code>", bytes(&redirect.location)));
    format!(
        "<b>{}</b> {}{}",
        response.status,
        bytes(&response.reason),
        location.unwrap_or_default()
    )
}

/// What became of method and body on the way to the next hop.
fn fate(hop: &HopView) -> String {
    let Some(redirect) = hop.redirect.as_ref().filter(|redirect| redirect.followed) else {
        return String::new();
    };
    let (method, verdict) = (&redirect.method, redirect.verdict.name());
    let method = if method.kept {
        "kept".to_owned()
    } else {
        format!("{} \u{2192} {}", xml(&method.from), xml(&method.to))
    };
    let rule = format!("{} {}", redirect.rule.source, redirect.rule.section);
    let link = format!(
        "<a href=\"{}\" rel=\"noreferrer\">{}</a>",
        xml(redirect.rule.url),
        xml(&rule)
    );
    format!(
        "{method}, body {}; <span class=\"{verdict}\">{verdict}</span> ({link})",
        redirect.body.name()
    )
}

fn fields(out: &mut dyn Write, hop: &HopView) -> io::Result<()> {
    writeln!(out, "<details><summary>Fields of hop {}</summary>", hop.n)?;
    list(out, "Request", &hop.request.headers)?;
    if let Some(response) = &hop.response {
        list(out, "Answer", &response.headers)?;
    }
    writeln!(out, "</details>")
}

fn list(out: &mut dyn Write, title: &str, fields: &[(String, Octets)]) -> io::Result<()> {
    let line =
        |(name, value): &(String, Octets)| format!("<b>{}</b>: {}\n", xml(name), bytes(value));
    let lines: String = fields.iter().map(line).collect();
    writeln!(out, "<h3>{title}</h3>\n<pre>{lines}</pre>")
}

fn remarks(out: &mut dyn Write, case: &Case) -> io::Result<()> {
    if case.remarks.is_empty() {
        return Ok(());
    }
    writeln!(out, "<ul>")?;
    for remark in &case.remarks {
        let (severity, id) = (remark.severity.as_str(), xml(remark.id));
        let id = match remark.cites.first() {
            Some(rule) => format!("<a href=\"{}\" rel=\"noreferrer\">{id}</a>", xml(rule)),
            None => id,
        };
        writeln!(
            out,
            "<li class=\"{severity}\"><b>{id}</b>: {}</li>",
            xml(&remark.says)
        )?;
    }
    writeln!(out, "</ul>")
}

/// Bytes of the wire, in which what is no UTF-8 is spelt out.
fn bytes(octets: &Octets) -> String {
    xml(&terminal(&octets.0))
}
