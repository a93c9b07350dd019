//! For a comment, an issue, a job's summary
//! ([GitHub Flavored Markdown](https://github.github.com/gfm/)).

use std::io::{self, Write};

use crate::report::case::{Case, CaseVerdict};
use crate::report::units::{count, duration, size};
use crate::report::view::{HopView, Millis, View};
use crate::report::{Report, Totals, escape};

/// A section for each case: the sentence, the hops, what is to be told.
#[derive(Debug)]
pub struct Markdown;

impl Report for Markdown {
    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        self.case(out, &Case::of(view))
    }

    fn case(&mut self, out: &mut dyn Write, case: &Case) -> io::Result<()> {
        writeln!(out, "### {} {}\n", mark(case.state), code(case.name))?;
        match case.chain {
            Some(view) => chain(out, view)?,
            None => writeln!(out, "{}\n", text(&case.message))?,
        }
        for remark in &case.remarks {
            writeln!(out, "- **{}**: {}", text(remark.id), text(&remark.says))?;
        }
        if !case.remarks.is_empty() {
            writeln!(out)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        if totals.traces < 2 {
            return Ok(());
        }
        let Totals {
            traces,
            kept,
            changed,
            stopped,
            unmet,
            ..
        } = totals;
        writeln!(
            out,
            "**{}**: {kept} kept method and body, {changed} changed, {stopped} did not land, {}; {}.",
            count(*traces as u64, "URL"),
            count(*unmet as u64, "unmet expectation"),
            duration(Millis(totals.wall_ms)),
        )
    }
}

fn mark(state: CaseVerdict) -> &'static str {
    match state {
        CaseVerdict::Held => "\u{2705}",
        CaseVerdict::Failed | CaseVerdict::Error => "\u{274c}",
        CaseVerdict::Skipped => "\u{23ed}",
    }
}

fn chain(out: &mut dyn Write, view: &View) -> io::Result<()> {
    writeln!(out, "{}\n", text(&view.summary.says))?;
    writeln!(
        out,
        "| | request | answer | method and body | time |\n|---:|---|---|---|---:|"
    )?;
    view.hops
        .iter()
        .try_for_each(|hop| writeln!(out, "{}", row(hop)))?;
    writeln!(out)
}

fn row(hop: &HopView) -> String {
    let request = &hop.request;
    let body = request
        .body
        .as_ref()
        .map(|body| format!(", {}", size(body.bytes)));
    let asked = code(&format!("{} {}", request.method, request.url)) + &body.unwrap_or_default();
    let answer = hop
        .response
        .as_ref()
        .map_or("no answer".to_owned(), |response| {
            response.status.to_string()
        });
    let location = hop.redirect.as_ref().map(|redirect| {
        let location = String::from_utf8_lossy(&redirect.location.0);
        format!(" \u{2192} {}", code(&location))
    });
    let followed = hop.redirect.as_ref().filter(|redirect| redirect.followed);
    let fate = followed.map(|redirect| {
        let (method, body, verdict) = (
            &redirect.method,
            redirect.body.name(),
            redirect.verdict.name(),
        );
        let method = if method.kept {
            "kept".to_owned()
        } else {
            format!("{} \u{2192} {}", text(&method.from), text(&method.to))
        };
        format!("{method}, body {body}, {verdict}")
    });
    let time = duration(hop.timing.total_ms);
    format!(
        "| {} | {asked} | {answer}{} | {} | {time} |",
        hop.n,
        location.unwrap_or_default(),
        fate.unwrap_or_default()
    )
}

/// A [code span](https://github.github.com/gfm/#code-spans), fit for a cell of a table too: nothing in it is a link, a
/// name to be notified, or markup.
fn code(text: &str) -> String {
    let text = escape::terminal(text.as_bytes()).replace('|', "\\|");
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    // One blank at each end is taken away again.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) || text.is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text of which no character is markup ([backslash escapes](https://github.github.com/gfm/#backslash-escapes)): a URL
/// in it becomes no link.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in escape::terminal(text.as_bytes()).chars() {
        if r"\`*_{}[]<>#|~&!@$".contains(c) || out.is_empty() && "-+=".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    // What the extension for links looks for.
    out.replace("://", r"\://").replace("www.", r"www\.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        for (given, in_text, in_code) in [
            ("a b", "a b", "`a b`"),
            ("<b>|`x`", r"\<b\>\|\`x\`", r"`` <b>\|`x` ``"),
            ("http://www.x/", r"http\://www\.x/", "`http://www.x/`"),
            ("@me #1", r"\@me \#1", "`@me #1`"),
            ("a\nb", r"a\\x0ab", r"`a\x0ab`"),
        ] {
            assert_eq!(
                (text(given).as_str(), code(given).as_str()),
                (in_text, in_code)
            );
        }
    }
}
