//! The URLs of a run, read as they are needed.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use url::Url;

use super::urls::url_of_line;
use super::{InputKind, InputPlace, InputSource, IntakeCause, IntakeError};
use crate::exit::UsageError;

/// What gives the bytes of a list, on whichever thread reads it.
type ListReader = Box<dyn Read + Send>;

/// The URLs that were typed, then those of every list, in order; memory does not grow with them.
///
/// A file is checked whole when it is opened, every bad line named. A pipe is read as it is written: each bad line is an
/// item, and the rest goes on.
pub struct UrlList {
    typed: std::vec::IntoIter<Url>,
    lists: std::vec::IntoIter<UrlLines>,
    current: Option<UrlLines>,
    /// How many URLs there are at least.
    at_least: usize,
    is_coming: bool,
}

/// The most bad lines that are collected before a file is given up.
const MOST_FAULTS: usize = 10_000;

/// A line that is longer is no URL, in bytes.
const LONGEST_LINE: u64 = 1 << 20;

impl UrlList {
    /// The URLs that were typed, and these places; `stdin` is read where one of them is standard input.
    ///
    /// # Errors
    /// Names the file, or every line of it, that is wrong; and says where it is known that there is no URL at all.
    pub fn open(
        typed: Vec<Url>,
        inputs: &[InputSource],
        stdin: ListReader,
    ) -> Result<Self, IntakeError> {
        let mut list = Self {
            at_least: typed.len(),
            typed: typed.into_iter(),
            lists: Vec::new().into_iter(),
            current: None,
            is_coming: false,
        };
        let mut stdin = Some(stdin);
        let mut lists = Vec::new();
        for source in inputs {
            list.at_least += count(source)?;
            list.is_coming |= !is_checked(source);
            lists.push(UrlLines::open(source, &mut stdin)?);
        }
        list.lists = lists.into_iter();
        match list.at_least {
            0 if !list.is_coming => Err(Self::no_url()),
            _ => Ok(list),
        }
    }

    /// How many URLs there are at least: all of them, unless some are still [coming](Self::is_coming).
    #[must_use]
    pub fn at_least(&self) -> usize {
        self.at_least
    }

    /// Whether a list is a pipe, which somebody may still be writing.
    #[must_use]
    pub fn is_coming(&self) -> bool {
        self.is_coming
    }

    /// An empty list is an accident somewhere before, which should not pass for success.
    #[must_use]
    pub fn no_url() -> IntakeError {
        let misuse = UsageError::new("--input: no URL in it", "write one a line");
        let input = InputSource::text("--input", b"");
        let cause = IntakeCause::Wrong(None, Box::new(misuse));
        IntakeError::new(&input, InputKind::Urls, cause)
    }
}

/// Every URL; an error is a line that is none, or a list that cannot be read further.
impl Iterator for UrlList {
    type Item = Result<Url, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(url) = self.typed.next() {
            return Some(Ok(url));
        }
        loop {
            if let Some(item) = self.current.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.current = Some(self.lists.next()?);
        }
    }
}

/// Whether a list is checked before anything is sent: a file that can be read twice.
fn is_checked(source: &InputSource) -> bool {
    match &source.place {
        InputPlace::Text(_) => true,
        // Files of /proc have content and no length.
        InputPlace::File(path) => path
            .metadata()
            .is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0),
        InputPlace::Stdin => false,
    }
}

/// How many URLs a list has that can be checked; 0 for another.
fn count(source: &InputSource) -> Result<usize, IntakeError> {
    if !is_checked(source) {
        return Ok(0);
    }
    let (mut urls, mut faults) = (0, Vec::new());
    for item in UrlLines::open(source, &mut None)? {
        match item {
            Ok(_) => urls += 1,
            Err(IntakeError {
                cause: IntakeCause::WrongLines(lines),
                ..
            }) => faults.extend(lines),
            Err(error) => return Err(error),
        }
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    if faults.is_empty() {
        return Ok(urls);
    }
    let cause = IntakeCause::WrongLines(faults);
    Err(IntakeError::new(source, InputKind::Urls, cause))
}

/// The lines of one list.
struct UrlLines {
    source: InputSource,
    reader: BufReader<ListReader>,
    line: usize,
    is_over: bool,
}

impl UrlLines {
    fn open(source: &InputSource, stdin: &mut Option<ListReader>) -> Result<Self, IntakeError> {
        let reader = match &source.place {
            InputPlace::Text(bytes) => Box::new(std::io::Cursor::new(bytes.clone())) as ListReader,
            InputPlace::File(path) => file(path)
                .map_err(|error| IntakeError::unreadable(source, InputKind::Urls, error))?,
            InputPlace::Stdin => stdin.take().unwrap_or_else(|| Box::new(std::io::empty())),
        };
        Ok(Self {
            source: source.clone(),
            reader: BufReader::with_capacity(64 << 10, reader),
            line: 0,
            is_over: false,
        })
    }

    /// The next line; `None` at the end.
    fn read_line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut within = self.reader.by_ref().take(LONGEST_LINE);
        let length = within.read_until(b'\n', &mut line)? as u64;
        if length == LONGEST_LINE && !line.ends_with(b"\n") {
            self.reader.skip_until(b'\n')?;
        }
        self.line += 1;
        Ok((length > 0).then_some(line))
    }

    fn wrong(&self, cause: IntakeCause) -> IntakeError {
        IntakeError::new(&self.source, InputKind::Urls, cause)
    }
}

fn file(path: &Path) -> std::io::Result<ListReader> {
    if path.metadata()?.is_dir() {
        let says = "it is a directory";
        return Err(std::io::Error::new(std::io::ErrorKind::IsADirectory, says));
    }
    Ok(Box::new(File::open(path)?))
}

impl Iterator for UrlLines {
    type Item = Result<Url, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            let line = match self.read_line() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(self.wrong(IntakeCause::Unreadable(error))));
                }
            };
            match url_of_line(&line, self.line == 1) {
                Ok(None) => {}
                Ok(Some(url)) => return Some(Ok(url)),
                Err(fault) => {
                    let cause = IntakeCause::WrongLines(vec![(self.line, fault)]);
                    return Some(Err(self.wrong(cause)));
                }
            }
        }
        self.is_over = true;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stdin() -> InputSource {
        InputSource {
            flag: "--input",
            place: InputPlace::Stdin,
        }
    }

    #[test]
    fn a_pipe_is_read_as_it_is_written_and_goes_on_after_a_bad_line() {
        let (reader, writer) = std::io::pipe().unwrap();
        let mut list = UrlList::open(Vec::new(), &[stdin()], Box::new(reader)).unwrap();
        assert!(list.is_coming());
        let mut next = |bytes: &[u8]| {
            std::io::Write::write_all(&mut &writer, bytes).unwrap();
            let item = list.next().unwrap();
            item.map(String::from)
                .map_err(|error| error.usage().unwrap().says)
        };
        assert_eq!(next(b"a.b\n"), Ok("http://a.b/".to_owned()));
        let bad = "standard input:2: URL `ftp://x`: ftp is not http";
        assert_eq!(next(b"ftp://x\n"), Err(bad.to_owned()));
        assert_eq!(next(b"# one\n\nc.d\n"), Ok("http://c.d/".to_owned()));
        drop(writer);
        assert!(list.next().is_none());
    }

    #[test]
    fn a_file_is_checked_whole_and_counted() {
        let text = |text: &str| InputSource::text("--input", text.as_bytes());
        let open = |inputs: &[InputSource]| {
            let typed = vec!["http://typed/".parse().unwrap()];
            UrlList::open(typed, inputs, Box::new(std::io::empty()))
        };
        let list = open(&[text("a.b\nc.d"), text("# none"), text("e.f\n")]).unwrap();
        assert_eq!((list.at_least(), list.is_coming()), (4, false));
        let urls: Vec<String> = list.map(|url| url.unwrap().into()).collect();
        let expected = ["http://typed/", "http://a.b/", "http://c.d/", "http://e.f/"];
        assert_eq!(urls, expected);
        let wrong = open(&[text("a.b\nftp://x\nc.d\n\"q\"\n")]).err().unwrap();
        assert_eq!(wrong.usage().unwrap().points.len(), 1);
        let none = UrlList::open(Vec::new(), &[text("# none")], Box::new(std::io::empty()));
        let none = none.err().unwrap().usage().unwrap();
        assert_eq!(none.says, "--input: no URL in it");
    }

    #[test]
    fn a_line_without_end_is_no_url_and_takes_no_memory() {
        let long = std::io::repeat(b'a').take(3 << 20).chain(&b"\na.b\n"[..]);
        let list = UrlList::open(Vec::new(), &[stdin()], Box::new(long)).unwrap();
        let items: Vec<bool> = list.map(|item| item.is_ok()).collect();
        assert_eq!(items, [false, true]);
    }
}
