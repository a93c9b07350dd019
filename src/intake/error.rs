//! Why a place gave nothing: typed, and in the words of somebody who named it.

use std::fmt;
use std::io;

use super::{InputPlace, InputSource};
use crate::exit::{RunError, Trouble, UsageError};

/// Why a place gave no bytes or values.
#[derive(Debug)]
pub struct IntakeError {
    /// The place, and the flag that named it.
    pub source: InputSource,
    /// What was to be found there.
    pub kind: InputKind,
    /// What is wrong.
    pub cause: IntakeCause,
}

/// What a place is to hold; each has its own cure where it cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputKind {
    /// Content, fields, cookies: any bytes.
    Bytes,
    /// URLs, one a line.
    Urls,
    /// A netrc file.
    Netrc,
    /// A certificate or a key.
    Pem,
    /// The profile of a client.
    Profile,
}

/// What is wrong with a place.
#[derive(Debug)]
#[non_exhaustive]
pub enum IntakeCause {
    /// It cannot be read.
    Unreadable(io::Error),
    /// What it gives cannot be kept for the next hop, as on a full disk: no fault of the user's.
    Unspooled(io::Error),
    /// It holds more than this many bytes.
    TooLarge(u64),
    /// A text in it, or in its line of this number (counted from 1), is wrong.
    Wrong(Option<usize>, Box<UsageError>),
    /// Lines in it are wrong, by their numbers (counted from 1); at least one.
    WrongLines(Vec<(usize, UsageError)>),
    /// This system gives no random numbers for the boundary of a form: no fault of the user's.
    NoRandom,
}

/// Wrong lines of a file that are told beside the first.
const MOST_LINES: usize = 20;

impl IntakeError {
    /// `source`, which was to hold content, cannot be read.
    #[must_use]
    pub fn unreadable(source: &InputSource, kind: InputKind, error: io::Error) -> Self {
        Self::new(source, kind, IntakeCause::Unreadable(error))
    }

    /// This is wrong with `source`.
    #[must_use]
    pub fn new(source: &InputSource, kind: InputKind, cause: IntakeCause) -> Self {
        Self {
            source: source.clone(),
            kind,
            cause,
        }
    }

    /// What the user got wrong, in one line with its cure; `None` where it is the machine that refuses.
    #[must_use]
    pub fn usage(&self) -> Option<UsageError> {
        let flag = self.source.flag;
        match &self.cause {
            IntakeCause::Unreadable(error) => Some(UsageError::new(
                format!("{flag}: cannot read {}: {error}", self.source.place),
                self.cure(error),
            )),
            IntakeCause::TooLarge(limit) => Some(UsageError::new(
                self.too_large(limit >> 20),
                match self.kind {
                    InputKind::Urls => "split the file",
                    _ => "name a smaller file",
                },
            )),
            IntakeCause::Wrong(None, misuse) => Some(UsageError::clone(misuse)),
            IntakeCause::Wrong(Some(line), misuse) => Some(UsageError {
                says: format!("{}:{line}: {}", self.source.place, misuse.says),
                ..UsageError::clone(misuse)
            }),
            IntakeCause::WrongLines(lines) => Some(self.wrong_lines(lines)),
            IntakeCause::Unspooled(_) | IntakeCause::NoRandom => None,
        }
    }

    /// Every line that is wrong, with the cure of the first; of very many no more than a screen.
    fn wrong_lines(&self, lines: &[(usize, UsageError)]) -> UsageError {
        let says = |(at, wrong): &(usize, UsageError)| {
            format!("{}:{at}: {}", self.source.place, wrong.says)
        };
        let Some((first, others)) = lines.split_first() else {
            return UsageError::new("", "");
        };
        let mut points: Vec<String> = others.iter().take(MOST_LINES).map(says).collect();
        if let Some(more) = others
            .len()
            .checked_sub(MOST_LINES)
            .filter(|more| *more > 0)
        {
            points.push(format!("and {more} lines more"));
        }
        UsageError {
            says: says(first),
            points,
            hint: first.1.hint.clone(),
        }
    }

    /// Whether it cannot be read at all, as where there is no such file.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        matches!(self.cause, IntakeCause::Unreadable(_))
    }

    /// What the machine refuses, where it does.
    fn trouble(&self) -> Trouble {
        Trouble::new(self.source.flag, self)
    }

    fn too_large(&self, mebibytes: u64) -> String {
        let flag = self.source.flag;
        match self.kind {
            InputKind::Urls => format!("{flag}: more than {mebibytes} MiB of URLs"),
            InputKind::Netrc => {
                format!(
                    "{flag}: {} is larger than {mebibytes} MiB",
                    self.source.place
                )
            }
            _ => format!("{flag}: more than {mebibytes} MiB"),
        }
    }

    fn cure(&self, error: &io::Error) -> &'static str {
        match (self.kind, error.kind()) {
            (InputKind::Netrc, _) => "write one, or leave --netrc out",
            (InputKind::Pem, _) => "name a file of PEM",
            (InputKind::Profile, _) => "name a client, or a file that `rehop probe` wrote",
            (InputKind::Urls, io::ErrorKind::NotFound) if self.source.place.is_like_a_url() => {
                "-i names a file of URLs; the fields of each hop are shown with -v"
            }
            (_, io::ErrorKind::NotFound) => {
                "check the name; it is taken relative to the current directory"
            }
            (_, io::ErrorKind::PermissionDenied) => "check who may read it",
            _ => "",
        }
    }
}

/// What is wrong, without the cure.
impl fmt::Display for IntakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.cause, self.usage()) {
            (_, Some(misuse)) => f.write_str(&misuse.says),
            (IntakeCause::NoRandom, _) => {
                f.write_str("this system gives no random numbers for a boundary")
            }
            _ => write!(f, "cannot keep {} for the next hop", self.source.place),
        }
    }
}

impl std::error::Error for IntakeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            IntakeCause::Unspooled(error) => Some(error),
            // The message of the others holds its source's.
            _ => None,
        }
    }
}

impl From<IntakeError> for RunError {
    fn from(error: IntakeError) -> Self {
        match error.usage() {
            Some(misuse) => Self::Usage(misuse),
            None => Self::Trouble(error.trouble()),
        }
    }
}

impl InputPlace {
    /// curl's `-i` shows the fields of the answer, and a URL follows it.
    fn is_like_a_url(&self) -> bool {
        let Self::File(path) = self else { return false };
        path.to_str().is_some_and(|name| {
            name.contains("://")
                || ["www.", "localhost"]
                    .iter()
                    .any(|start| name.starts_with(start))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit::Exit;

    fn error(kind: InputKind, cause: IntakeCause) -> IntakeError {
        let source = InputSource {
            flag: "--data",
            place: InputPlace::Stdin,
        };
        IntakeError::new(&source, kind, cause)
    }

    #[test]
    fn a_full_disk_is_no_misuse() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let run = RunError::from(error(InputKind::Bytes, IntakeCause::Unspooled(full())));
        assert_eq!(run.exit(), Exit::Unreached);
        assert!(
            run.lines()[0]
                .starts_with("rehop: --data: cannot keep standard input for the next hop: "),
            "{:?}",
            run.lines()
        );
        assert_eq!(
            RunError::from(error(InputKind::Bytes, IntakeCause::NoRandom)).exit(),
            Exit::Unreached
        );
    }

    #[test]
    fn what_the_user_named_wrongly_is_misuse_with_its_cure() {
        let missing = || IntakeCause::Unreadable(io::Error::from(io::ErrorKind::NotFound));
        for (kind, cause, hint) in [
            (
                InputKind::Bytes,
                missing(),
                "check the name; it is taken relative to the current directory",
            ),
            (
                InputKind::Netrc,
                missing(),
                "write one, or leave --netrc out",
            ),
            (
                InputKind::Urls,
                IntakeCause::TooLarge(64 << 20),
                "split the file",
            ),
            (
                InputKind::Bytes,
                IntakeCause::TooLarge(1 << 20),
                "name a smaller file",
            ),
        ] {
            let error = error(kind, cause);
            assert_eq!(error.usage().unwrap().hint, hint);
            assert_eq!(RunError::from(error).exit(), Exit::Misuse);
        }
    }
}
