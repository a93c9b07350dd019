//! What went wrong though the user asked for nothing wrong.

use std::error::Error;
use std::io;

use super::{Exit, UsageError};

/// What the machine refuses: an output that cannot be written, a full disk, a port that is taken, no random numbers.
///
/// It ends a run with [`Exit::Unreached`], or worse where the run had come to worse before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// One line: what was being done, and each cause of the failure.
    pub says: String,
    /// The cure; empty where there is none.
    pub hint: String,
    /// How the run would have ended, as far as it was known.
    pub so_far: Exit,
    /// Whether a reader of the output closed it: it had enough, which is no error.
    pub is_closed_pipe: bool,
}

impl Trouble {
    /// Doing this, say `serve`, failed by this error and its sources; at the start of a run.
    #[must_use]
    pub fn new(doing: &str, error: &(dyn Error + 'static)) -> Self {
        let causes = || std::iter::successors(Some(error), |&error| error.source());
        let is_closed_pipe = causes().any(|cause| {
            cause
                .downcast_ref::<io::Error>()
                .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
        });
        let says = causes().fold(doing.to_owned(), |says, cause| format!("{says}: {cause}"));
        Self {
            says,
            hint: String::new(),
            so_far: Exit::Clean,
            is_closed_pipe,
        }
    }

    /// The output cannot be written.
    #[must_use]
    pub fn output(error: &(dyn Error + 'static)) -> Self {
        Self::new("cannot write the output", error)
    }

    /// The same with this cure.
    #[must_use]
    pub fn hint(self, hint: &str) -> Self {
        Self {
            hint: hint.to_owned(),
            ..self
        }
    }

    /// The same in a run that would have ended as `so_far`.
    #[must_use]
    pub fn after(self, so_far: Exit) -> Self {
        Self { so_far, ..self }
    }

    /// How the run ends; that an expectation failed before is not forgotten.
    #[must_use]
    pub fn exit(&self) -> Exit {
        if self.is_closed_pipe {
            self.so_far
        } else {
            self.so_far.max(Exit::Unreached)
        }
    }

    /// The lines of the message; none where the reader had enough.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        if self.is_closed_pipe {
            return Vec::new();
        }
        let hint = (!self.hint.is_empty()).then(|| format!("hint: {}", self.hint));
        std::iter::once(format!("rehop: {}", self.says))
            .chain(hint)
            .collect()
    }
}

/// Why a run ends before its time.
#[derive(Debug)]
pub enum RunError {
    /// The user got something wrong; nothing was sent.
    Usage(UsageError),
    /// Something else went wrong.
    Trouble(Trouble),
}

impl RunError {
    /// How the run ends.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Misuse,
            Self::Trouble(trouble) => trouble.exit(),
        }
    }

    /// The lines for the user, not yet escaped for a terminal.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Usage(misuse) => misuse.lines().collect(),
            Self::Trouble(trouble) => trouble.lines(),
        }
    }
}

impl From<UsageError> for RunError {
    fn from(misuse: UsageError) -> Self {
        Self::Usage(misuse)
    }
}

impl From<Trouble> for RunError {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// An error of the output: whatever is read gives an error of its own that names the place.
impl From<io::Error> for RunError {
    fn from(error: io::Error) -> Self {
        Trouble::output(&error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_ends_a_run_as_unreached_unless_it_was_worse_already() {
        let full = Trouble::output(&io::Error::from(io::ErrorKind::StorageFull));
        for (so_far, exit) in [
            (Exit::Clean, Exit::Unreached),
            (Exit::Unmet, Exit::Unreached),
            (Exit::Broken, Exit::Broken),
        ] {
            assert_eq!(full.clone().after(so_far).exit(), exit);
        }
        let lines = full.hint("make room").lines();
        assert_eq!(
            lines,
            [
                "rehop: cannot write the output: no storage space",
                "hint: make room"
            ]
        );
    }

    #[test]
    fn trouble_of_a_closed_pipe_is_silent_and_changes_no_exit() {
        let closed = Trouble::output(&io::Error::from(io::ErrorKind::BrokenPipe));
        let closed = closed.after(Exit::Unmet);
        assert_eq!((closed.lines(), closed.exit()), (Vec::new(), Exit::Unmet));
    }
}
