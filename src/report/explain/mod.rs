//! A status code, a finding or a word of reports, told at length (`rehop explain 307`), and the list of all
//! (`rehop explain`).

mod words;

use std::fmt;
use std::io::{self, Write};

pub use words::Word;

use super::Layout;
use super::page::{Page, Span};
use super::style::Ink;
use crate::check::nearest;
use crate::lab::probe;
use crate::rules::Note;
use crate::rules::findings::NOTES;
use crate::rules::status::{STATUS_CODES, StatusCode, UNKNOWN_3XX, status};
use words::{ENDS, VERDICTS};

/// Something that can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// A 3xx code.
    Status(&'static StatusCode),
    /// A finding.
    Finding(&'static Note),
    /// A verdict.
    Verdict(&'static Word),
    /// An end of a chain.
    End(&'static Word),
}

impl Topic {
    /// Everything that can be explained: the codes in order, the findings, the verdicts, the ends.
    pub fn all() -> impl Iterator<Item = Self> {
        let codes = STATUS_CODES.iter().chain([&UNKNOWN_3XX]).map(Self::Status);
        let of_clients = probe::notes::NOTES
            .iter()
            .filter(|note| !NOTES.contains(note));
        let findings = NOTES.iter().chain(of_clients).copied().map(Self::Finding);
        let words = VERDICTS
            .iter()
            .map(Self::Verdict)
            .chain(ENDS.iter().map(Self::End));
        codes.chain(findings).chain(words)
    }

    /// The topic that is meant: a 3xx code, the id of a finding, a verdict, an end.
    ///
    /// # Errors
    /// [`UnknownTopic`] where there is none.
    pub fn parse(typed: &str) -> Result<Self, UnknownTopic> {
        let named = || Self::all().find(|topic| topic.name().eq_ignore_ascii_case(typed));
        let code = typed.parse().ok().and_then(status).map(Self::Status);
        code.or_else(named)
            .ok_or_else(|| UnknownTopic(typed.to_owned()))
    }

    /// What it is asked for by.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Status(row) => row.code.map_or("3xx".to_owned(), |code| code.to_string()),
            Self::Finding(note) => note.id.to_owned(),
            Self::Verdict(word) | Self::End(word) => word.name.to_owned(),
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Status(_) => "Status codes",
            Self::Finding(_) => "Findings",
            Self::Verdict(_) => "Verdicts, best to worst",
            Self::End(_) => "Ends of a chain",
        }
    }

    /// Tells all about it.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn tell(self, out: &mut dyn Write, layout: Layout) -> io::Result<()> {
        let mut page = Page { out, layout };
        match self {
            Self::Status(row) => tell_status(&mut page, row),
            Self::Finding(note) => tell_finding(&mut page, note),
            Self::Verdict(word) => tell_word(
                &mut page,
                word,
                &[("In CI", "rehop --expect 'verdict <= permitted' URL")],
            ),
            Self::End(word) => tell_word(&mut page, word, &[]),
        }
    }

    fn one_line(self) -> &'static str {
        match self {
            Self::Status(row) => row.says,
            Self::Finding(note) => note.says,
            Self::Verdict(word) | Self::End(word) => word.says,
        }
    }
}

/// Nothing is known by this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTopic(pub String);

impl fmt::Display for UnknownTopic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Ok(code) = self.0.parse::<u16>() {
            return write!(
                f,
                "{code} is no redirect; `rehop explain` lists what can be explained"
            );
        }
        let names: Vec<String> = Topic::all().map(Topic::name).collect();
        write!(f, "nothing is known of {:?}", self.0)?;
        match nearest(&self.0, names.iter().map(String::as_str)) {
            Some(name) => write!(f, "; did you mean `rehop explain {name}`?"),
            None => f.write_str("; `rehop explain` lists what can be explained"),
        }
    }
}

impl std::error::Error for UnknownTopic {}

/// Lists everything that can be explained, a line each.
///
/// # Errors
/// Whatever writing gives.
pub fn list(out: &mut dyn Write, layout: Layout) -> io::Result<()> {
    let mut page = Page { out, layout };
    let topics: Vec<Topic> = Topic::all().collect();
    for group in topics.chunk_by(|one, other| one.heading() == other.heading()) {
        listed(&mut page, group[0].heading(), group)?;
        page.gap()?;
    }
    paragraph(&mut page, "", COUNTING, Ink::Dim)?;
    paragraph(
        &mut page,
        "",
        "`rehop explain 307` tells all about one of them.",
        Ink::Dim,
    )
}

/// What makes people wonder.
const COUNTING: &str = "A table numbers requests (hop1, hop2 ...); `hops` in an expectation and \"1 redirect\" count what \
                        lies between them, one less.";

fn listed(page: &mut Page, heading: &str, topics: &[Topic]) -> io::Result<()> {
    title(page, heading)?;
    let widest = topics
        .iter()
        .map(|topic| topic.name().len())
        .max()
        .unwrap_or(0);
    topics.iter().try_for_each(|topic| {
        let head = Span::new(Ink::Link, format!("  {:widest$}  ", topic.name()));
        page.words(head, &page.layout.own(topic.one_line()), Ink::Plain)
    })
}

fn tell_status(page: &mut Page, row: &StatusCode) -> io::Result<()> {
    let code = row.code.map_or(String::new(), |code| format!("{code} "));
    title(page, &format!("{code}{}", row.name))?;
    paragraph(page, "", &sentence(row.says), Ink::Plain)?;
    page.gap()?;
    paragraph(page, "", row.about, Ink::Plain)?;
    page.gap()?;
    for (name, text) in [
        ("Method", row.method),
        ("Body", row.body),
        ("Location", row.location),
        ("Lasts", row.lasts),
        ("Cached", row.cached),
    ] {
        entry(page, name, text)?;
    }
    page.gap()?;
    title(page, "Send instead")?;
    for (code, when) in row.instead {
        entry(page, &code.to_string(), &format!("where {when}"))?;
    }
    page.gap()?;
    sources(page, row.sources)?;
    page.gap()?;
    let others: Vec<String> = row
        .see_also
        .iter()
        .map(|code| format!("rehop explain {code}"))
        .collect();
    paragraph(
        page,
        "",
        &format!("See also: {}", others.join(", ")),
        Ink::Dim,
    )
}

fn tell_finding(page: &mut Page, note: &Note) -> io::Result<()> {
    title(page, note.id)?;
    paragraph(page, "", &sentence(note.says), Ink::Plain)?;
    page.gap()?;
    paragraph(page, "", note.why, Ink::Plain)?;
    page.gap()?;
    entry(page, "Severity", note.severity.as_str())?;
    if NOTES.contains(&note) {
        entry(page, "In CI", &format!("rehop --fail-on {} URL", note.id))?;
    }
    if probe::notes::NOTES.contains(&note) {
        entry(
            page,
            "In CI",
            &format!("rehop probe --fail-on {} -- COMMAND", note.id),
        )?;
    }
    page.gap()?;
    title(page, "Sources")?;
    note.cites
        .iter()
        .try_for_each(|url| page.line(&[Span::new(Ink::Plain, "  "), Span::new(Ink::Link, *url)]))
}

fn tell_word(page: &mut Page, word: &Word, entries: &[(&str, &str)]) -> io::Result<()> {
    title(page, word.name)?;
    paragraph(page, "", &sentence(word.says), Ink::Plain)?;
    page.gap()?;
    paragraph(page, "", word.about, Ink::Plain)?;
    entries.iter().try_for_each(|(name, text)| {
        page.gap()?;
        entry(page, name, text)
    })
}

fn title(page: &mut Page, text: &str) -> io::Result<()> {
    paragraph(page, "", text, Ink::Strong)
}

fn paragraph(page: &mut Page, head: &str, text: &str, ink: Ink) -> io::Result<()> {
    let text = page.layout.own(text);
    page.words(Span::new(Ink::Plain, head), &text, ink)
}

fn entry(page: &mut Page, name: &str, text: &str) -> io::Result<()> {
    let text = page.layout.own(text);
    page.words(
        Span::new(Ink::Dim, format!("  {name:8}  ")),
        &text,
        Ink::Plain,
    )
}

fn sources(page: &mut Page, sources: &[(&str, &str)]) -> io::Result<()> {
    title(page, "Sources")?;
    let heads = sources
        .iter()
        .map(|(document, _)| page.layout.own(document).into_owned() + "  ")
        .collect::<Vec<_>>();
    let widest = heads
        .iter()
        .map(|head| head.chars().count())
        .max()
        .unwrap_or(0);
    for (head, (_, url)) in heads.into_iter().zip(sources) {
        // A URL that is broken cannot be clicked on: it rather runs over the edge.
        page.line(&[
            Span::new(Ink::Plain, format!("  {head:widest$}")),
            Span::new(Ink::Link, *url),
        ])?;
    }
    Ok(())
}

/// A line as a sentence: with a capital and a full stop.
fn sentence(line: &str) -> String {
    let mut chars = line.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(chars).chain(['.']).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::follow::EndKind;
    use crate::report::Detail;
    use crate::report::goldens::golden;
    use crate::rules::Verdict;

    const LAYOUT: Layout = Layout {
        width: 80,
        unicode: true,
        colour: false,
        detail: Detail::Normal,
        whole: false,
    };

    fn told(topic: Topic, layout: Layout) -> String {
        let mut out = Vec::new();
        topic.tell(&mut out, layout).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn explanations() {
        for name in ["307", "308", "303", "3xx", "too-long", "permitted", "loop"] {
            let topic = Topic::parse(name).unwrap();
            golden(
                &format!("tests/golden/explain-{name}.txt"),
                &told(topic, LAYOUT),
            );
        }
        let mut out = Vec::new();
        list(&mut out, LAYOUT).unwrap();
        golden("tests/golden/explain.txt", &String::from_utf8(out).unwrap());
    }

    #[test]
    fn every_topic_is_found_by_its_name_and_fits() {
        for topic in Topic::all() {
            assert_eq!(Topic::parse(&topic.name()), Ok(topic));
            for width in [40, 80] {
                let made = told(topic, Layout { width, ..LAYOUT });
                let mut lines = made.lines().filter(|line| !line.contains("https://"));
                assert!(
                    lines.all(|line| line.chars().count() <= usize::from(width)),
                    "{made}"
                );
            }
            assert!(
                told(
                    topic,
                    Layout {
                        unicode: false,
                        ..LAYOUT
                    }
                )
                .is_ascii()
            );
        }
        assert_eq!(Topic::parse("399"), Ok(Topic::Status(&UNKNOWN_3XX)));
        assert_eq!(Topic::parse("Too-Long"), Topic::parse("too-long"));
    }

    #[test]
    fn every_verdict_and_every_end_but_the_plain_ones_can_be_explained() {
        assert_eq!(
            VERDICTS.each_ref().map(|word| word.name),
            Verdict::ALL.map(Verdict::as_str)
        );
        let plain = [EndKind::Landed, EndKind::Interrupted];
        for end in EndKind::ALL.iter().filter(|end| !plain.contains(end)) {
            assert_eq!(
                Topic::parse(end.as_str()).map(Topic::heading),
                Ok("Ends of a chain")
            );
        }
    }

    #[test]
    fn an_unknown_topic_gets_the_nearest_name() {
        for (typed, says) in [
            (
                "to-long",
                r#"nothing is known of "to-long"; did you mean `rehop explain too-long`?"#,
            ),
            (
                "200",
                "200 is no redirect; `rehop explain` lists what can be explained",
            ),
            (
                "weather",
                r#"nothing is known of "weather"; `rehop explain` lists what can be explained"#,
            ),
        ] {
            assert_eq!(Topic::parse(typed).unwrap_err().to_string(), says);
        }
    }
}
