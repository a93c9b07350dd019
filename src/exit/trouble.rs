//! What went wrong though the user asked for nothing wrong.

use std::io;

use super::{Exit, UsageError};

/// What the machine refuses: an output that cannot be written, a full disk, a port that is taken, no random numbers.
///
/// It ends a run with [`Exit::Unreached`], or worse where the run had come to worse before.
#[derive(Debug)]
pub struct Trouble {
    /// What happened, with what was being done as its context.
    pub error: anyhow::Error,
    /// The cure; empty where there is none.
    pub hint: String,
    /// How the run would have ended, as far as it was known.
    pub so_far: Exit,
}

impl Trouble {
    /// This happened, at the start of a run.
    #[must_use]
    pub fn new(error: anyhow::Error, hint: impl Into<String>) -> Self {
        Self {
            error,
            hint: hint.into(),
            so_far: Exit::Clean,
        }
    }

    /// The output cannot be written, in a run that would have ended as `so_far`.
    #[must_use]
    pub fn output(error: impl Into<anyhow::Error>, so_far: Exit) -> Self {
        Self {
            error: error.into().context("cannot write the output"),
            hint: String::new(),
            so_far,
        }
    }

    /// Whether a reader of the output closed it: it had enough, which is no error.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        self.error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// How the run ends; that an expectation failed before is not forgotten.
    #[must_use]
    pub fn exit(&self) -> Exit {
        if self.is_closed_pipe() {
            self.so_far
        } else {
            self.so_far.max(Exit::Unreached)
        }
    }

    /// The lines of the message; none where the reader had enough.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        if self.is_closed_pipe() {
            return Vec::new();
        }
        let hint = (!self.hint.is_empty()).then(|| format!("hint: {}", self.hint));
        std::iter::once(format!("rehop: {:#}", self.error))
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
    /// A file that was found to be writable before the run cannot be written after all.
    #[must_use]
    pub fn unwritten(flag: &str, error: io::Error) -> Self {
        let error = anyhow::Error::from(error).context(format!("{flag}: cannot write it"));
        Self::Trouble(Trouble::new(error, ""))
    }

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
        Trouble::output(error, Exit::Clean).into()
    }
}

/// An error of the output.
impl From<anyhow::Error> for RunError {
    fn from(error: anyhow::Error) -> Self {
        Trouble::output(error, Exit::Clean).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_ends_a_run_as_unreached_unless_it_was_worse_already() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        for (so_far, exit) in [
            (Exit::Clean, Exit::Unreached),
            (Exit::Unmet, Exit::Unreached),
            (Exit::Broken, Exit::Broken),
        ] {
            assert_eq!(Trouble::output(full(), so_far).exit(), exit);
        }
        let lines = RunError::unwritten("--ready-file", full()).lines();
        assert!(
            lines[0].starts_with("rehop: --ready-file: cannot write it: "),
            "{lines:?}"
        );
    }

    #[test]
    fn a_closed_pipe_is_said_to_nobody_and_changes_no_exit() {
        let closed = io::Error::from(io::ErrorKind::BrokenPipe);
        let closed = Trouble::output(anyhow::Error::from(closed).context("file"), Exit::Unmet);
        assert_eq!((closed.lines(), closed.exit()), (Vec::new(), Exit::Unmet));
    }
}
