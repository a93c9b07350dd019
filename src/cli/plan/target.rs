//! URLs as words of a command line.

use url::Url;

use crate::check::nearest;
use crate::exit::UsageError;
use crate::intake;

/// The URL that a word of rehop's own command line means, where a misspelt verb of `verbs` or a bare number would be a
/// host.
///
/// # Errors
/// Where it is no URL, or rather one of those.
pub(super) fn typed_url(
    word: &str,
    first: bool,
    alone: Alone,
    verbs: &[String],
) -> Result<Url, UsageError> {
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        let hint = match word.len() {
            3 => format!(
                "did you mean `rehop explain {word}`? A port of localhost is written :{word}"
            ),
            _ => format!("a port of localhost is written :{word}"),
        };
        return Err(UsageError::new(
            format!("URL `{word}`: a number is no host"),
            hint,
        ));
    }
    let is_word = first && word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_word && word != "localhost" && (alone == Alone::No || nearest(word, verbs).is_some()) {
        return Err(no_such_verb(word, verbs));
    }
    intake::url(word)
}

/// Whether a URL is the only one of its command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alone {
    /// It is.
    Yes,
    /// Others follow: a bare word before them was meant for a verb.
    No,
}

fn no_such_verb(word: &str, verbs: &[String]) -> UsageError {
    let meant = match nearest(word, verbs) {
        Some(verb) => format!("did you mean `rehop {verb}`?"),
        None => format!("the verbs are {}.", verbs.join(", ")),
    };
    let hint = format!("{meant} A host of this name is written http://{word}");
    UsageError::new(format!("{word}: no such verb"), hint)
}
