//! The pattern language of path-to-regexp 6.1, which Vercel and Next.js compile sources with.
//!
//! A port of its lexer and parser (<https://github.com/pillarjs/path-to-regexp/tree/v6.1.0>).

/// A part of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RouteToken {
    /// This text.
    Text(String),
    /// A value, or a group without one.
    Key(RouteKey),
}

/// A value of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RouteKey {
    /// Its name; a number for one without a name.
    pub(crate) name: String,
    /// What stands before the value.
    pub(crate) prefix: String,
    /// What stands behind it.
    pub(crate) suffix: String,
    /// What it takes, as a regular expression; nothing for a group without a value.
    pub(crate) pattern: Option<String>,
    /// `?`, `*` or `+`.
    pub(crate) modifier: Option<char>,
}

/// What a name without a pattern takes; `/#?` are the delimiters of path-to-regexp, `/` is Vercel's.
pub(crate) const ONE_SEGMENT: &str = "[^/]+?";

#[derive(Debug, Clone, PartialEq, Eq)]
enum Lexeme {
    Letter(char),
    Escaped(char),
    Name(String),
    Pattern(String),
    Modifier(char),
    Open,
    Close,
}

/// The parts of a source.
///
/// # Errors
///
/// Why path-to-regexp refuses it.
pub(crate) fn route_tokens(source: &str) -> Result<Vec<RouteToken>, String> {
    TokenReader {
        lexemes: lexemes(source)?,
        at: 0,
        unnamed: 0,
        tokens: Vec::new(),
        text: String::new(),
    }
    .read()
}

fn lexemes(source: &str) -> Result<Vec<Lexeme>, String> {
    let letters: Vec<char> = source.chars().collect();
    let mut lexemes = Vec::new();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        at += 1;
        lexemes.push(match letter {
            '*' | '+' | '?' => Lexeme::Modifier(letter),
            '{' => Lexeme::Open,
            '}' => Lexeme::Close,
            '\\' => {
                at += 1;
                Lexeme::Escaped(*letters.get(at - 1).ok_or("it ends in a backslash")?)
            }
            ':' => {
                let name = name_at(&letters[at..]);
                if name.is_empty() {
                    return Err("it has a colon without a name".to_owned());
                }
                at += name.len();
                Lexeme::Name(name)
            }
            '(' => {
                let pattern = pattern_at(&letters[at..])?;
                at += pattern.chars().count() + 1;
                Lexeme::Pattern(pattern)
            }
            other => Lexeme::Letter(other),
        });
    }
    Ok(lexemes)
}

fn name_at(letters: &[char]) -> String {
    let is_name = |letter: &&char| letter.is_ascii_alphanumeric() || **letter == '_';
    letters.iter().take_while(is_name).collect()
}

/// The expression up to its closing parenthesis.
fn pattern_at(letters: &[char]) -> Result<String, String> {
    if letters.first() == Some(&'?') {
        return Err("a group begins with ?".to_owned());
    }
    let mut depth = 1;
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        match letter {
            '\\' => at += 1,
            ')' => depth -= 1,
            '(' if letters.get(at + 1) != Some(&'?') => {
                return Err("a group holds a capturing group; write (?:…)".to_owned());
            }
            '(' => depth += 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        at += 1;
    }
    match (depth, at) {
        (0, 0) => Err("a group is empty".to_owned()),
        (0, _) => Ok(letters[..at].iter().collect()),
        _ => Err("a group is not closed".to_owned()),
    }
}

struct TokenReader {
    lexemes: Vec<Lexeme>,
    at: usize,
    unnamed: usize,
    tokens: Vec<RouteToken>,
    text: String,
}

impl TokenReader {
    fn read(mut self) -> Result<Vec<RouteToken>, String> {
        while self.at < self.lexemes.len() {
            self.step()?;
        }
        self.flush();
        Ok(self.tokens)
    }

    fn step(&mut self) -> Result<(), String> {
        let start = self.at;
        let letter = self.letter();
        let (name, pattern) = (self.name(), self.pattern());
        if name.is_some() || pattern.is_some() {
            self.key(letter, name, pattern);
            return Ok(());
        }
        self.at = start;
        match self.lexemes[start].clone() {
            Lexeme::Letter(letter) | Lexeme::Escaped(letter) => {
                self.at += 1;
                self.text.push(letter);
                Ok(())
            }
            Lexeme::Open => self.group(),
            Lexeme::Modifier(letter) => Err(format!("{letter} stands behind no name and no group")),
            _ => Err("a brace is closed that was not opened".to_owned()),
        }
    }

    /// A slash or a dot before a name belongs to it, and goes where it goes.
    fn key(&mut self, letter: Option<char>, name: Option<String>, pattern: Option<String>) {
        let mut prefix = String::new();
        match letter {
            Some(letter @ ('/' | '.')) => prefix.push(letter),
            Some(letter) => self.text.push(letter),
            None => {}
        }
        self.flush();
        let name = self.named(name);
        let modifier = self.modifier();
        let pattern = Some(pattern.unwrap_or_else(|| ONE_SEGMENT.to_owned()));
        self.tokens.push(RouteToken::Key(RouteKey {
            name,
            prefix,
            suffix: String::new(),
            pattern,
            modifier,
        }));
    }

    fn group(&mut self) -> Result<(), String> {
        self.flush();
        self.at += 1;
        let prefix = self.plain();
        let (name, pattern) = (self.name(), self.pattern());
        let suffix = self.plain();
        if self.lexemes.get(self.at) != Some(&Lexeme::Close) {
            return Err("a brace is not closed".to_owned());
        }
        self.at += 1;
        let pattern = match (&name, pattern) {
            (Some(_), None) => Some(ONE_SEGMENT.to_owned()),
            (_, pattern) => pattern,
        };
        let name = if pattern.is_some() {
            self.named(name)
        } else {
            String::new()
        };
        let modifier = self.modifier();
        self.tokens.push(RouteToken::Key(RouteKey {
            name,
            prefix,
            suffix,
            pattern,
            modifier,
        }));
        Ok(())
    }

    fn named(&mut self, name: Option<String>) -> String {
        name.unwrap_or_else(|| {
            self.unnamed += 1;
            (self.unnamed - 1).to_string()
        })
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.tokens
                .push(RouteToken::Text(std::mem::take(&mut self.text)));
        }
    }

    fn take<T>(&mut self, wanted: impl Fn(&Lexeme) -> Option<T>) -> Option<T> {
        let found = self.lexemes.get(self.at).and_then(wanted);
        self.at += usize::from(found.is_some());
        found
    }

    fn letter(&mut self) -> Option<char> {
        self.take(|lexeme| {
            if let Lexeme::Letter(letter) = lexeme {
                Some(*letter)
            } else {
                None
            }
        })
    }

    fn name(&mut self) -> Option<String> {
        self.take(|lexeme| {
            if let Lexeme::Name(name) = lexeme {
                Some(name.clone())
            } else {
                None
            }
        })
    }

    fn pattern(&mut self) -> Option<String> {
        self.take(|lexeme| {
            if let Lexeme::Pattern(pattern) = lexeme {
                Some(pattern.clone())
            } else {
                None
            }
        })
    }

    fn modifier(&mut self) -> Option<char> {
        self.take(|lexeme| {
            if let Lexeme::Modifier(letter) = lexeme {
                Some(*letter)
            } else {
                None
            }
        })
    }

    fn plain(&mut self) -> String {
        let mut text = String::new();
        while let Some(letter) = self.take(|lexeme| match lexeme {
            Lexeme::Letter(letter) | Lexeme::Escaped(letter) => Some(*letter),
            _ => None,
        }) {
            text.push(letter);
        }
        text
    }
}
