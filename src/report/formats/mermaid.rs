//! A diagram of who asks whom for what, which GitHub and GitLab draw in Markdown
//! ([sequence diagrams of Mermaid](https://mermaid.js.org/syntax/sequenceDiagram.html)).

use std::fmt::Write as _;
use std::io::{self, Write};

use url::Url;

use crate::report::units::size;
use crate::report::view::{HopView, View};
use crate::report::{Report, escape};

/// One diagram: the client, and every origin that it came to.
#[derive(Debug, Default)]
pub struct Mermaid {
    begun: bool,
    /// Origins in the order of their columns.
    origins: Vec<String>,
}

impl Report for Mermaid {
    fn begin(&mut self, out: &mut dyn Write, _: usize) -> io::Result<()> {
        writeln!(out, "sequenceDiagram")
    }

    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            writeln!(out, "    participant c as {}", text(&view.client))?;
        }
        writeln!(out, "    Note over c: {}", text(&view.url))?;
        for hop in &view.hops {
            self.hop(out, hop)?;
        }
        writeln!(out, "    Note over c: {}", text(&view.summary.says))
    }
}

impl Mermaid {
    fn hop(&mut self, out: &mut dyn Write, hop: &HopView) -> io::Result<()> {
        let (origin, path) = parts(&hop.request.url);
        let n = self.column(out, origin)?;
        let body = hop
            .request
            .body
            .as_ref()
            .map(|body| format!(", {}", size(body.bytes)));
        let asked = format!("{} {path}{}", hop.request.method, body.unwrap_or_default());
        writeln!(out, "    c->>s{n}: {}", text(&asked))?;
        let Some(response) = &hop.response else {
            return writeln!(out, "    s{n}--xc: no answer");
        };
        let mut answer = response.status.to_string();
        if let Some(redirect) = &hop.redirect {
            let _ = write!(
                answer,
                " \u{2192} {}",
                String::from_utf8_lossy(&redirect.location.0)
            );
        }
        writeln!(out, "    s{n}-->>c: {}", text(&answer))?;
        let followed = hop.redirect.as_ref().filter(|redirect| redirect.followed);
        let Some(redirect) = followed else {
            return Ok(());
        };
        let (method, body, verdict) = (
            &redirect.method,
            redirect.body.name(),
            redirect.verdict.name(),
        );
        let fate = if method.kept {
            format!("{} kept, body {body} ({verdict})", method.to)
        } else {
            format!(
                "{} becomes {}, body {body} ({verdict})",
                method.from, method.to
            )
        };
        writeln!(out, "    Note right of c: {}", text(&fate))
    }

    /// The number of the column of this origin, which begins where it is first asked.
    fn column(&mut self, out: &mut dyn Write, origin: &str) -> io::Result<usize> {
        if let Some(n) = self.origins.iter().position(|known| known == origin) {
            return Ok(n + 1);
        }
        self.origins.push(origin.to_owned());
        let n = self.origins.len();
        writeln!(out, "    participant s{n} as {}", text(origin))?;
        Ok(n)
    }
}

/// Origin, and what is asked of it.
fn parts(url: &str) -> (&str, &str) {
    let Ok(parsed) = Url::parse(url) else {
        return (url, "");
    };
    let at = url::Position::BeforePath;
    // The mask of a secret stays as it is when parsed; where something else does not, the URL stands whole.
    let (origin, path) = (&parsed[..at], &parsed[at..]);
    if url.len() == origin.len() + path.len() {
        url.split_at(origin.len())
    } else {
        (url, "")
    }
}

/// Text of a diagram: what could mean something there is an
/// [entity code](https://mermaid.js.org/syntax/sequenceDiagram.html#entity-codes-to-escape-characters).
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in escape::terminal(text.as_bytes()).chars() {
        if c.is_alphanumeric() || " /.:,_=?-()\u{2192}".contains(c) {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    // Before it looks for entities, Mermaid takes the last semicolon of what it believes to be CSS.
    out.replace("style", "#115;tyle")
        .replace("classDef", "#99;lassDef")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_means_something_to_mermaid() {
        for (given, shown) in [
            ("GET /a?b=1", "GET /a?b=1"),
            ("a;b#c%%d", "a#59;b#35;c#37;#37;d"),
            ("<b>\"&", "#60;b#62;#34;#38;"),
            ("a\nend", "a#92;x0aend"),
            ("/style:x", "/#115;tyle:x"),
            ("caf\u{e9}", "caf\u{e9}"),
        ] {
            assert_eq!(text(given), shown);
        }
    }

    #[test]
    fn origin_and_path_stand_apart() {
        for (url, origin, path) in [
            ("http://h.example/a?b#c", "http://h.example", "/a?b#c"),
            (
                "https://***@h.example:8443/",
                "https://***@h.example:8443",
                "/",
            ),
        ] {
            assert_eq!(parts(url), (origin, path));
        }
    }
}
