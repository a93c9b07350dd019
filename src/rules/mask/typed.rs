//! The secrets of a command line, to be kept out of what is said about it.

use super::Secrets;

/// What a user typed that is secret: a message repeats what is wrong, and that must not be it.
#[derive(Debug, Clone)]
pub struct TypedSecrets {
    secrets: Secrets,
    /// The pieces themselves, the longest first.
    pieces: Vec<String>,
}

/// Characters of the shortest piece that is looked for in messages: shorter ones would tear words apart.
const SHORTEST: usize = 3;

impl TypedSecrets {
    /// Those of these words, and of the words within a word: a whole command line may be quoted as one.
    #[must_use]
    pub fn of(words: &[String], secrets: Secrets) -> Self {
        let within: Vec<String> = words
            .iter()
            .flat_map(|word| word.split_whitespace().map(str::to_owned))
            .collect();
        let mut pieces = Vec::new();
        for words in [words, &within] {
            for (word, masked) in words.iter().zip(secrets.words(words)) {
                pieces.extend(hidden(word, &masked).map(str::to_owned));
            }
        }
        // A URL whose password holds one of these is cut there by who reads it.
        let parts: Vec<String> = pieces
            .iter()
            .filter_map(|piece| Some(piece.split_once(':')?.1))
            .flat_map(|password| password.split(['/', '?', '#', '@', ':']))
            .map(str::to_owned)
            .collect();
        pieces.extend(parts);
        pieces.retain(|piece| piece.chars().count() >= SHORTEST);
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
        pieces.dedup();
        Self { secrets, pieces }
    }

    /// The line without them, and without what is known as a secret by itself.
    #[must_use]
    pub fn out_of(&self, line: &str) -> String {
        let mut line = self.secrets.text(line);
        for piece in &self.pieces {
            line = line.replace(piece, super::MASK);
        }
        line
    }
}

/// What stands in `word` where `masked` has its marks.
fn hidden<'a>(word: &'a str, masked: &str) -> impl Iterator<Item = &'a str> {
    let mut found = Vec::new();
    let mut kept = masked.split(super::MASK);
    let mut rest = kept
        .next()
        .and_then(|first| word.strip_prefix(first))
        .filter(|_| word != masked);
    for after in kept {
        let Some(from) = rest else { break };
        let end = if after.is_empty() {
            Some(from.len())
        } else {
            from.find(after)
        };
        let Some(end) = end else { break };
        found.push(&from[..end]);
        rest = from.get(end + after.len()..);
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_as_a_secret_is_in_no_message() {
        for (line, message) in [
            (&["-u", "me:S3CR3T"][..], "user me:S3CR3T"),
            (
                &["-b", "S3CR3T"],
                "--cookie: cannot read S3CR3T: no such file",
            ),
            (
                &["http://u:S3CR3T/x@h/"],
                "URL `http://u:S3CR3T/x@h/`: invalid port number",
            ),
            (&["http://u:p#S3CR3T@h/"], "URL `http://u:p`: no; S3CR3T@h"),
            (
                &["htp://h/?token=S3CR3T"],
                "URL `htp://h/?token=S3CR3T`: htp is not http",
            ),
            (
                &["http://x -u a:S3CR3T"],
                "URL `http://x -u a:S3CR3T`: a space in its host",
            ),
            (&["-H", "X-Api-Key: S3CR3T"], "the field S3CR3T"),
        ] {
            let words: Vec<String> = line.iter().map(|&word| word.to_owned()).collect();
            let said = TypedSecrets::of(&words, Secrets::Masked).out_of(message);
            assert!(!said.contains("S3CR3T"), "{said}");
            let shown = TypedSecrets::of(&words, Secrets::Shown).out_of(message);
            assert_eq!(shown, message);
        }
    }
}
