//! Files of URLs: one a line, `#` begins a comment.

use std::io::{BufRead, BufReader, Read};

use url::Url;

use super::content::open_as;
use super::{InputKind, InputSource, IntakeCause, IntakeError, url};
use crate::exit::UsageError;

/// How much of such a file is read, in bytes: a million URLs of usual length.
const LONGEST: u64 = 64 << 20;

/// The URLs that were typed, then those of every file, in order; at least one.
///
/// # Errors
/// As [`urls`], and where there is none: an empty list is an accident somewhere before, which should not pass for success.
pub fn all_urls(
    typed: &[Url],
    inputs: &[InputSource],
    stdin: &mut dyn Read,
) -> Result<Vec<Url>, IntakeError> {
    let mut all = typed.to_vec();
    for source in inputs {
        all.extend(urls(source, stdin)?);
    }
    if all.is_empty() {
        let misuse = UsageError::new("--input: no URL in it", "write one a line");
        let input = InputSource::text("--input", b"");
        let cause = IntakeCause::Wrong(None, Box::new(misuse));
        return Err(IntakeError::new(&input, InputKind::Urls, cause));
    }
    Ok(all)
}

/// The URLs in this file, in order.
///
/// # Errors
/// Names the file and the line that is no URL, or says that the file cannot be read or is too large.
pub fn urls(source: &InputSource, stdin: &mut dyn Read) -> Result<Vec<Url>, IntakeError> {
    let wrong = |cause| IntakeError::new(source, InputKind::Urls, cause);
    let content = open_as(InputKind::Urls, source, stdin)?;
    if content.length().is_some_and(|length| length > LONGEST) {
        return Err(wrong(IntakeCause::TooLarge(LONGEST)));
    }
    let unreadable = |error| wrong(IntakeCause::Unreadable(error));
    let reader = content.open().map_err(unreadable)?;
    let mut urls = Vec::new();
    for (at, line) in BufReader::new(reader.take(LONGEST)).lines().enumerate() {
        let line = line.map_err(unreadable)?;
        // Windows editors begin a file with a mark.
        let text = without_comment(
            line.strip_prefix('\u{feff}')
                .filter(|_| at == 0)
                .unwrap_or(&line),
        );
        if !text.is_empty() {
            let at_line = |misuse| wrong(IntakeCause::Wrong(Some(at + 1), Box::new(misuse)));
            urls.push(url(text).map_err(at_line)?);
        }
    }
    Ok(urls)
}

/// A `#` begins a comment at the start of a line and after a space; elsewhere it is a URL's own.
fn without_comment(line: &str) -> &str {
    let line = line.trim();
    let comment = line
        .match_indices('#')
        .find(|(at, _)| *at == 0 || line[..*at].ends_with(char::is_whitespace));
    comment.map_or(line, |(at, _)| line[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::intake::InputPlace;

    fn read_all(mut text: &[u8]) -> Result<Vec<String>, UsageError> {
        let source = InputSource {
            flag: "--input",
            place: InputPlace::Stdin,
        };
        let read = urls(&source, &mut text).map_err(|error| error.usage().unwrap())?;
        Ok(read.into_iter().map(String::from).collect())
    }

    #[test]
    fn blank_lines_and_comments_are_passed_over() {
        let text = b"# list\n\nexample.com # first\r\n  http://a/#frag\n:8080/x";
        let urls = [
            "http://example.com/",
            "http://a/#frag",
            "http://localhost:8080/x",
        ];
        assert_eq!(read_all(text), Ok(urls.map(str::to_owned).to_vec()));
        assert_eq!(
            read_all("\u{feff}# list\na".as_bytes()),
            Ok(vec!["http://a/".to_owned()])
        );
        assert_eq!(read_all(b""), Ok(Vec::new()));
    }

    #[test]
    fn a_line_that_is_no_url_is_named() {
        let says = read_all(b"a\nftp://b\n").map_err(|misuse| misuse.says);
        assert_eq!(
            says,
            Err("standard input:2: URL `ftp://b`: ftp is not http".to_owned())
        );
        let says = read_all(b"a\n\xff\n").map_err(|misuse| misuse.says);
        assert!(says.is_err_and(|says| says.starts_with("--input: cannot read standard input: ")));
    }
}
