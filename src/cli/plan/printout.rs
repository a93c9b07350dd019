//! What is only printed.

use crate::exit::Exit;
use crate::report::Layout;

/// `rehop explain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExplainPlan {
    /// A code or the id of a finding; `None` to list them all.
    pub topic: Option<String>,
    /// How it looks.
    pub layout: Layout,
}

/// A text to print and be done: on standard output where the exit is [`Exit::Clean`], else on standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printout {
    /// The text, with its last line end.
    pub text: String,
    /// How the run ends.
    pub exit: Exit,
}

impl Printout {
    /// A page that was asked for.
    #[must_use]
    pub(crate) fn page(text: String) -> Self {
        Self {
            text,
            exit: Exit::Clean,
        }
    }
}
