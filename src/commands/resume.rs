//! `--resume`: a JSONL report that a run goes on with.
//!
//! A line is written whole and at once, before it is told anywhere else; so whatever ends the process, the file holds each
//! finished chain once, and at most its last line is cut.

use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;

use crate::exit::{Exit, RunError, Trouble, UsageError};
use crate::follow::EndKind;
use crate::report::view::Term as _;
use crate::report::{Format, Layout, Report, View};

/// The report that grows.
pub(super) struct ResumedReport {
    file: File,
    path: PathBuf,
    report: Box<dyn Report>,
}

/// What an earlier run has done: how often each URL, and how it ended.
#[derive(Default)]
pub(super) struct DoneUrls {
    hasher: RandomState,
    times: HashMap<u64, u32>,
    exit: Option<Exit>,
}

/// What a line begins with.
const HEAD: &[u8] = b"{\"schema\":\"rehop.trace/";

/// A line, as far as it matters here.
#[derive(Deserialize)]
struct DoneLine {
    url: String,
    end: DoneEnd,
    #[serde(default)]
    expectations: Vec<DoneExpectation>,
}

#[derive(Deserialize)]
struct DoneEnd {
    kind: String,
}

#[derive(Deserialize)]
struct DoneExpectation {
    held: bool,
}

impl ResumedReport {
    /// Opens the report at `path`, made where it is not there yet, and reads what is done in it. A last line that was cut is
    /// taken away; so are those that are inspected again.
    ///
    /// # Errors
    /// Where it is no JSONL report of rehop, or cannot be read or written.
    pub(super) fn open(
        path: &Path,
        retry_failed: bool,
        layout: Layout,
    ) -> Result<(Self, DoneUrls), RunError> {
        let is_plain = path.metadata().map_or(true, |metadata| metadata.is_file());
        let open = || {
            File::options()
                .read(is_plain)
                .append(true)
                .create(true)
                .open(path)
        };
        let unusable = |error: io::Error| {
            let says = format!("--resume: cannot use {}: {error}", path.display());
            UsageError::new(says, "check the directory and who may write there")
        };
        let mut file = open().map_err(unusable)?;
        let mut done = DoneUrls::default();
        if is_plain {
            let is_again = |line: &DoneLine| line.is_again(retry_failed);
            let found = done.read(path, &file, &is_again)?;
            found.mend(path, &file, &is_again).map_err(|error| {
                let doing = format!("--resume: {}", path.display());
                RunError::from(Trouble::new(&doing, &error))
            })?;
            file = open().map_err(unusable)?;
        }
        let report = Self {
            file,
            path: path.to_owned(),
            report: Format::Jsonl.report(layout),
        };
        Ok((report, done))
    }

    /// Adds a chain; one that was interrupted is not done.
    pub(super) fn add(&mut self, view: &View) -> anyhow::Result<()> {
        if view.end.kind.0 == EndKind::Interrupted {
            return Ok(());
        }
        let mut line = Vec::new();
        self.report
            .trace(&mut line, view)
            .and_then(|()| self.file.write_all(&line))
            .with_context(|| self.path.display().to_string())
    }
}

impl DoneUrls {
    /// Whether this URL, as the report spells it, was done once more than it has been taken.
    pub(super) fn take(&mut self, url: &str) -> bool {
        let hash = self.hasher.hash_one(url);
        let Some(times) = self.times.get_mut(&hash) else {
            return false;
        };
        *times -= 1;
        if *times == 0 {
            self.times.remove(&hash);
        }
        true
    }

    /// The gravest exit of what is done.
    pub(super) fn exit(&self) -> Exit {
        self.exit.unwrap_or(Exit::Clean)
    }

    fn read(
        &mut self,
        path: &Path,
        file: &File,
        is_again: &dyn Fn(&DoneLine) -> bool,
    ) -> Result<FoundReport, RunError> {
        let mut found = FoundReport::default();
        let mut lines = BufReader::new(file);
        let (mut line, mut n) = (Vec::new(), 0);
        let unreadable = |error: io::Error| Trouble::new(&path.display().to_string(), &error);
        while lines.read_until(b'\n', &mut line).map_err(unreadable)? > 0 {
            n += 1;
            match serde_json::from_slice::<DoneLine>(&line) {
                Ok(done) if is_again(&done) => found.has_again = true,
                Ok(done) => self.note(&done),
                // The file is the user's, and perhaps another one than was meant: only a line of ours is taken away.
                Err(_) if !line.ends_with(b"\n") && is_ours(&line) => break,
                Err(_) => return Err(foreign(path, n).into()),
            }
            found.length += line.len() as u64;
            found.is_unended = !line.ends_with(b"\n");
            line.clear();
        }
        Ok(found)
    }

    fn note(&mut self, line: &DoneLine) {
        let hash = self.hasher.hash_one(&line.url);
        *self.times.entry(hash).or_default() += 1;
        self.exit = self.exit.max(Some(line.exit()));
    }
}

fn is_ours(line: &[u8]) -> bool {
    line.starts_with(HEAD) || HEAD.starts_with(line)
}

fn foreign(path: &Path, line: usize) -> UsageError {
    let says = format!(
        "--resume: {}:{line} is no line of a JSONL report",
        path.display()
    );
    UsageError::new(
        says,
        "name a file that --jsonl or --resume wrote, or a new one",
    )
}

impl DoneLine {
    /// Whether its URL is inspected again.
    fn is_again(&self, retry_failed: bool) -> bool {
        let is = |kind: EndKind| self.end.kind == kind.name();
        is(EndKind::Interrupted) || (retry_failed && is(EndKind::Failed))
    }

    fn exit(&self) -> Exit {
        let kind = EndKind::ALL
            .into_iter()
            .find(|kind| kind.name() == self.end.kind);
        let of_end = kind.map_or(Exit::Clean, Exit::from);
        if self.expectations.iter().all(|expectation| expectation.held) {
            of_end
        } else {
            of_end.max(Exit::Unmet)
        }
    }
}

/// What has to be mended in a report before it can grow.
#[derive(Default)]
struct FoundReport {
    /// Bytes of whole lines.
    length: u64,
    /// Whether the last of them lacks its end.
    is_unended: bool,
    /// Whether lines are to go.
    has_again: bool,
}

impl FoundReport {
    fn mend(
        &self,
        path: &Path,
        file: &File,
        is_again: &dyn Fn(&DoneLine) -> bool,
    ) -> io::Result<()> {
        if file.metadata()?.len() > self.length {
            file.set_len(self.length)?;
        }
        if self.is_unended {
            (&*file).write_all(b"\n")?;
        }
        if self.has_again {
            rewrite(path, is_again)?;
        }
        Ok(())
    }
}

/// Takes lines away: the new file takes the place of the old one at once.
fn rewrite(path: &Path, is_again: &dyn Fn(&DoneLine) -> bool) -> io::Result<()> {
    let path = path.canonicalize()?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut kept = BufWriter::new(tempfile::NamedTempFile::new_in(folder)?);
    for line in BufReader::new(File::open(&path)?).split(b'\n') {
        let line = line?;
        if !serde_json::from_slice(&line).is_ok_and(|line| is_again(&line)) {
            kept.write_all(&line)?;
            kept.write_all(b"\n")?;
        }
    }
    let kept = kept.into_inner().map_err(io::IntoInnerError::into_error)?;
    kept.as_file()
        .set_permissions(path.metadata()?.permissions())?;
    kept.as_file().sync_all()?;
    kept.persist(&path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Detail;

    const LAYOUT: Layout = Layout {
        width: 80,
        unicode: true,
        colour: false,
        detail: Detail::Normal,
        whole: false,
    };

    fn line(url: &str, kind: &str) -> String {
        format!(
            "{{\"schema\":\"rehop.trace/1\",\"url\":\"{url}\",\"end\":{{\"kind\":\"{kind}\"}},\"expectations\":[]}}\n"
        )
    }

    /// What stands in the file once it was opened, and what of `a` to `d` counts as done; or what is wrong.
    fn opened(text: &str, retry_failed: bool) -> Result<(String, String), String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        std::fs::write(&path, text).unwrap();
        let opened = ResumedReport::open(&path, retry_failed, LAYOUT);
        let left = std::fs::read_to_string(&path).unwrap();
        match opened {
            Ok((_, mut done)) => {
                let done = ["a", "b", "c", "d"].map(|url| if done.take(url) { url } else { "" });
                Ok((left, done.concat()))
            }
            Err(error) => {
                assert_eq!(left, text, "a foreign file is left alone");
                Err(error.lines()[0].split(':').next_back().unwrap().to_owned())
            }
        }
    }

    #[test]
    fn what_is_done_is_known_and_a_cut_line_is_not() {
        let (a, b, f) = (line("a", "landed"), line("b", "loop"), line("c", "failed"));
        let i = line("d", "interrupted");
        for (text, retry_failed, left, done) in [
            (String::new(), false, String::new(), ""),
            (format!("{a}{b}{f}"), false, format!("{a}{b}{f}"), "abc"),
            (format!("{a}{f}{b}"), true, format!("{a}{b}"), "ab"),
            (format!("{i}{a}"), false, a.clone(), "a"),
            (format!("{a}{}", &b[..30]), false, a.clone(), "a"),
            (format!("{a}{{\"sch"), false, a.clone(), "a"),
            // Whole but for its end.
            (
                format!("{a}{}", b.trim_end()),
                false,
                format!("{a}{b}"),
                "ab",
            ),
        ] {
            let expected = Ok((left, done.to_owned()));
            assert_eq!(opened(&text, retry_failed), expected, "{text}");
        }
        for (text, at) in [
            ("my diary", "1 is no line of a JSONL report"),
            ("{}\n", "1 is no line of a JSONL report"),
            (&format!("{a}x\n{b}"), "2 is no line of a JSONL report"),
        ] {
            assert_eq!(opened(text, false), Err(at.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_url_counts_as_often_as_it_was_done_and_exits_are_remembered() {
        let mut done = DoneUrls::default();
        for (url, kind) in [("a", "landed"), ("a", "loop"), ("b", "failed")] {
            let line = line(url, kind);
            done.note(&serde_json::from_str(&line).unwrap());
        }
        let taken = ["a", "a", "a", "b", "c"].map(|url| done.take(url));
        assert_eq!(taken, [true, true, false, true, false]);
        assert_eq!(done.exit(), Exit::Broken);
    }
}
