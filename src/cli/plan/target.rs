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
pub(super) fn typed_url(word: &str, first: bool, verbs: &[String]) -> Result<Url, UsageError> {
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
    match nearest(word, verbs).filter(|_| is_word && word != "localhost") {
        Some(verb) => {
            let hint = format!(
                "did you mean `rehop {verb}`? A host of this name is written http://{word}"
            );
            Err(UsageError::new(format!("{word}: no such verb"), hint))
        }
        None => intake::url(word),
    }
}
