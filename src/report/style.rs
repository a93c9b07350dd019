//! What colours mean. The only file that names `colored`, and only for its palette: whether to colour is asked of each
//! writer, while that crate asks the whole process.

use std::borrow::Cow;

use colored::Color;

/// What a piece of text is, for those who see colours. The words say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Ordinary text.
    Plain,
    /// What the eye should find first.
    Strong,
    /// What it may pass over.
    Dim,
    /// As it should be.
    Good,
    /// Worth a look.
    Fair,
    /// Not as it should be.
    Bad,
    /// A place to go.
    Link,
}

/// `text` in this ink.
pub(super) fn paint(text: &str, ink: Ink) -> Cow<'_, str> {
    let code = match ink {
        Ink::Plain => return Cow::Borrowed(text),
        Ink::Strong => Cow::Borrowed("1"),
        Ink::Dim => Cow::Borrowed("2"),
        Ink::Good => Color::Green.to_fg_str(),
        Ink::Fair => Color::Yellow.to_fg_str(),
        Ink::Bad => Color::Red.to_fg_str(),
        Ink::Link => Color::Cyan.to_fg_str(),
    };
    Cow::Owned(format!("\x1b[{code}m{text}\x1b[0m"))
}
