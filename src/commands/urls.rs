//! Files of URLs: one a line, `#` begins a comment.

use std::io::{BufRead, BufReader, Read};

use url::Url;

use super::content;
use crate::cli::UsageError;
use crate::cli::plan::{self, InputPlace, InputSource};

/// How much of such a file is read: a million URLs of usual length.
const LONGEST: u64 = 64 << 20;

/// The URLs in this file, in order.
///
/// # Errors
/// Names the file and the line that is no URL, or says that the file cannot be read or is too large.
pub(super) fn read(source: &InputSource, stdin: &mut dyn Read) -> Result<Vec<Url>, UsageError> {
    let content = content::open(source, stdin).map_err(|misuse| not_a_file(source, misuse))?;
    if content.length().is_some_and(|length| length > LONGEST) {
        return Err(UsageError::new(
            format!("{}: more than 64 MiB of URLs", source.flag),
            "split the file",
        ));
    }
    let reader = content.open().map_err(|error| source.unreadable(&error))?;
    let mut urls = Vec::new();
    for (at, line) in BufReader::new(reader.take(LONGEST)).lines().enumerate() {
        let line = line.map_err(|error| source.unreadable(&error))?;
        // Windows editors begin a file with a mark.
        let text = without_comment(
            line.strip_prefix('\u{feff}')
                .filter(|_| at == 0)
                .unwrap_or(&line),
        );
        if !text.is_empty() {
            urls.push(plan::url(text).map_err(|misuse| at_line(source, at + 1, misuse))?);
        }
    }
    Ok(urls)
}

/// curl's `-i` shows the fields of the answer, and a URL follows it.
fn not_a_file(source: &InputSource, misuse: UsageError) -> UsageError {
    match &source.place {
        InputPlace::File(path) if path.to_str().is_some_and(is_like_a_url) && !path.exists() => {
            UsageError {
                hint: "-i names a file of URLs; the fields of each hop are shown with -v"
                    .to_owned(),
                ..misuse
            }
        }
        _ => misuse,
    }
}

fn is_like_a_url(name: &str) -> bool {
    name.contains("://")
        || ["www.", "localhost"]
            .iter()
            .any(|start| name.starts_with(start))
}

/// A `#` begins a comment at the start of a line and after a space; elsewhere it is a URL's own.
fn without_comment(line: &str) -> &str {
    let line = line.trim();
    let comment = line
        .match_indices('#')
        .find(|(at, _)| *at == 0 || line[..*at].ends_with(char::is_whitespace));
    comment.map_or(line, |(at, _)| line[..at].trim_end())
}

fn at_line(source: &InputSource, line: usize, misuse: UsageError) -> UsageError {
    let name = match &source.place {
        InputPlace::File(path) => path.display().to_string(),
        _ => "standard input".to_owned(),
    };
    UsageError::new(format!("{name}:{line}: {}", misuse.says), misuse.hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(mut text: &[u8]) -> Result<Vec<String>, UsageError> {
        let source = InputSource {
            flag: "--input",
            place: InputPlace::Stdin,
        };
        read(&source, &mut text).map(|urls| urls.into_iter().map(String::from).collect())
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
