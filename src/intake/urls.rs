//! Files of URLs: one a line, `#` begins a comment.

use std::io::{BufRead, BufReader, Read};

use url::Url;

use super::content::open_as;
use super::typed_url::shown_without_userinfo;
use super::{InputKind, InputSource, IntakeCause, IntakeError, url};
use crate::exit::UsageError;

/// How much of such a file is read, in bytes: a million URLs of usual length.
const LONGEST: u64 = 64 << 20;

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
    let (mut urls, mut faults) = (Vec::new(), Vec::new());
    for (n, line) in (1..).zip(BufReader::new(reader.take(LONGEST)).split(b'\n')) {
        match url_of_line(&line.map_err(unreadable)?, n == 1) {
            Ok(url) => urls.extend(url),
            Err(fault) => faults.push((n, fault)),
        }
    }
    if faults.is_empty() {
        Ok(urls)
    } else {
        Err(wrong(IntakeCause::WrongLines(faults)))
    }
}

/// The URL of one line, where it has one.
pub(super) fn url_of_line(line: &[u8], first: bool) -> Result<Option<Url>, UsageError> {
    if first && (line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff")) {
        let hint = "write it in UTF-8: iconv -f UTF-16 -t UTF-8";
        return Err(UsageError::new("the file is in UTF-16", hint));
    }
    let text = str::from_utf8(line).map_err(|_| {
        UsageError::new(
            "the line is not UTF-8",
            "write the file in UTF-8, or percent-encode the URL",
        )
    })?;
    // Windows editors begin a file with a mark.
    let text = without_comment(
        text.strip_prefix('\u{feff}')
            .filter(|_| first)
            .unwrap_or(text),
    );
    if text.is_empty() {
        return Ok(None);
    }
    one_url(text)?;
    url(text).map(Some)
}

/// Lines of other lists, which the reading of URLs would mend into URLs that nobody meant.
fn one_url(text: &str) -> Result<(), UsageError> {
    let wrong = |what: &str, hint: &str| {
        let shown = shown_without_userinfo(text);
        Err(UsageError::new(format!("URL `{shown}`: {what}"), hint))
    };
    if text.starts_with(['"', '\'']) {
        return wrong("it is in quotes", "a line is a URL and nothing else");
    }
    if text.contains(char::is_whitespace) || has_columns(text) {
        return wrong(
            "more than one value on the line",
            "a line is one URL; a blank in a URL is written %20, a comma before another URL %2C",
        );
    }
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let is_bare = !host.is_empty() && !host.contains(['.', ':', '@', '[']) && host != "localhost";
    if is_bare {
        return wrong(
            "a relative URL, or a word",
            "name the host: http://example.com/path",
        );
    }
    Ok(())
}

/// Whether a second URL, or a path, follows a comma or a semicolon.
fn has_columns(text: &str) -> bool {
    let cells = text.split([',', ';', '|']).skip(1);
    cells.into_iter().any(|cell| {
        cell.starts_with('/') || cell.starts_with("http://") || cell.starts_with("https://")
    })
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
            read_all("\u{feff}# list\na.b".as_bytes()),
            Ok(vec!["http://a.b/".to_owned()])
        );
        assert_eq!(read_all(b""), Ok(Vec::new()));
    }

    #[test]
    fn a_line_that_is_no_url_is_named() {
        for (line, wrong) in [
            (&b"ftp://b"[..], "URL `ftp://b`: ftp is not http"),
            (
                b"http://a/,http://b/",
                "URL `http://a/,http://b/`: more than one value on the line",
            ),
            (
                b"/old;/new",
                "URL `/old;/new`: more than one value on the line",
            ),
            (
                b"http://a/ http://b/",
                "URL `http://a/ http://b/`: more than one value on the line",
            ),
            (b"\"http://a/\"", "URL `\\\"http://a/\\\"`: it is in quotes"),
            (
                b"old/page.html",
                "URL `old/page.html`: a relative URL, or a word",
            ),
            (b"url", "URL `url`: a relative URL, or a word"),
            (b"/path", "URL `/path`: it begins with its path"),
            (b"\xff", "the line is not UTF-8"),
        ] {
            let says = read_all(&[b"a.b\n", line, b"\n"].concat()).map_err(|misuse| misuse.says);
            assert_eq!(says, Err(format!("standard input:2: {wrong}")));
        }
        let says = read_all(b"\xff\xfeh\0").map_err(|misuse| misuse.says);
        assert_eq!(
            says,
            Err("standard input:1: the file is in UTF-16".to_owned())
        );
        for line in [
            "http://a/b,c;d|e",
            "localhost/x",
            "[::1]/x",
            "u@h/x",
            ":8080/x",
            "//h/x",
        ] {
            assert!(read_all(line.as_bytes()).is_ok(), "{line}");
        }
    }

    #[test]
    fn every_line_that_is_no_url_is_named() {
        let misuse = read_all("ftp://a\nb.c\n\"d\"\n".as_bytes()).unwrap_err();
        assert_eq!(
            misuse.says,
            "standard input:1: URL `ftp://a`: ftp is not http"
        );
        assert_eq!(
            misuse.points,
            ["standard input:3: URL `\\\"d\\\"`: it is in quotes"]
        );
        let many = read_all("x\n".repeat(30).as_bytes()).unwrap_err();
        assert_eq!(
            (many.points.len(), many.points[20].as_str()),
            (21, "and 9 lines more")
        );
    }
}
