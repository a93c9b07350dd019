//! A probe for people.

use std::borrow::Cow;
use std::io::{self, Write};

use super::super::layout::Sign;
use super::super::page::{Page, Span};
use super::super::style::Ink;
use super::super::units::count;
use super::super::{Detail, Layout};
use super::tally::Tally;
use super::view::{Against, ProbeView};
use super::{beside, blame, drift, matrix, odd, rest};
use crate::rules::Verdict;

/// Writes all of it; with [`Detail::Quiet`], the last sentence alone.
///
/// # Errors
/// Whatever writing gives.
pub fn table(out: &mut dyn Write, layout: Layout, view: ProbeView) -> io::Result<()> {
    let mut page = Page { out, layout };
    if layout.detail == Detail::Quiet {
        return conclusion(&mut page, view);
    }
    command(&mut page, view.command)?;
    page.gap()?;
    matrix::matrix(&mut page, view.probed)?;
    rest::not_measured(&mut page, view.probed)?;
    if Tally::of(view.probed).measured() == 0 {
        page.gap()?;
        return conclusion(&mut page, view);
    }
    blame::blame(&mut page, view)?;
    rest::credentials(&mut page, view.probed)?;
    beside::tell(&mut page, view.probed)?;
    rest::limits(&mut page, view.probed)?;
    odd::odd(&mut page, view.probed)?;
    compared(&mut page, view)?;
    page.gap()?;
    conclusion(&mut page, view)
}

fn command(page: &mut Page, words: &[String]) -> io::Result<()> {
    let command: Vec<Cow<str>> = words.iter().map(|word| quoted(word)).collect();
    let command = page.layout.show(&command.join(" ")).into_owned();
    page.words(Span::new(Ink::Dim, "probed "), &command, Ink::Strong)
}

/// How the client is unlike a known one, and what of it the written profile does not say.
fn compared(page: &mut Page, view: ProbeView) -> io::Result<()> {
    if let Some(against) = view.against {
        page.gap()?;
        unlike(page, against)?;
    }
    if let Some(profile) = view.profile {
        page.gap()?;
        unpredicted(page, profile)?;
    }
    Ok(())
}

/// How the client is unlike a known one.
fn unlike(page: &mut Page, against: Against) -> io::Result<()> {
    let Against {
        name,
        version,
        differences,
    } = against;
    let (sign, ink) = if differences.is_empty() {
        (Sign::Good, Ink::Good)
    } else {
        (Sign::Warn, Ink::Fair)
    };
    let head = Span::new(ink, format!("{} ", page.layout.sign(sign)));
    let text = match differences.len() {
        0 => format!("Nothing differs from {name} {version}."),
        n => format!("{} from {name} {version}:", count(n as u64, "difference")),
    };
    page.words(head, &text, Ink::Strong)?;
    drift::drift(page, differences)
}

/// What the written profile does not say.
fn unpredicted(page: &mut Page, profile: Against) -> io::Result<()> {
    let Against {
        name, differences, ..
    } = profile;
    let text = match differences.len() {
        0 => format!("The profile {name} predicts all that was seen."),
        n => format!(
            "The profile {name} predicts what was seen but for {}:",
            count(n as u64, "thing")
        ),
    };
    page.words(Span::new(Ink::Plain, ""), &text, Ink::Plain)?;
    drift::drift(page, differences)
}

/// A word as a shell wants it.
fn quoted(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=+./:,@%{}".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into()
    } else {
        format!("'{}'", word.replace('\'', r"'\''")).into()
    }
}

fn conclusion(page: &mut Page, view: ProbeView) -> io::Result<()> {
    let tally = Tally::of(view.probed);
    let (sign, ink) = match () {
        () if tally.at(Verdict::Forbidden) > 0 || tally.measured() == 0 => (Sign::Bad, Ink::Bad),
        () if tally.at(Verdict::Discouraged) > 0 => (Sign::Warn, Ink::Fair),
        () => (Sign::Good, Ink::Good),
    };
    let head = Span::new(ink, format!("{} ", page.layout.sign(sign)));
    page.words(head, &sentence(view), Ink::Strong)
}

/// What it comes to: `45 of 270 redirects discouraged, none forbidden; 27 not followed. 317 runs.`
#[must_use]
pub fn sentence(view: ProbeView) -> String {
    let tally = Tally::of(view.probed);
    if tally.measured() == 0 {
        return "Nothing could be measured.".to_owned();
    }
    let some = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
    let good = tally.at(Verdict::Required) + tally.at(Verdict::Recommended);
    let pieces = [
        Some(match tally.at(Verdict::Forbidden) {
            0 => "none forbidden".to_owned(),
            n => format!("{n} forbidden"),
        }),
        some(tally.at(Verdict::Discouraged), "discouraged"),
        some(tally.at(Verdict::Permitted), "permitted"),
        some(good, "as it should be"),
        some(tally.not_followed, "not followed"),
        some(tally.not_measured, "not measured"),
    ];
    let pieces: Vec<String> = pieces.into_iter().flatten().collect();
    let cells = view.probed.cells.len();
    format!(
        "Of {cells} redirects {}. The client ran {} times.",
        pieces.join(", "),
        view.probed.runs
    )
}
