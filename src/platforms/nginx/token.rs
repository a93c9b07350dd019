//! The language of nginx.conf: words, blocks, comments, with their places.
//!
//! Source: `ngx_conf_read_token` of nginx, and <https://nginx.org/en/docs/beginners_guide.html#conf_structure>.

use super::super::file::FileFault;
use super::super::rule::Place;

/// One word of a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ConfigWord {
    /// Its text, without quotes.
    pub(super) text: String,
    /// Whether a template fills it in before nginx reads the file.
    pub(super) is_template: bool,
}

/// A directive: its words and its block, where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Directive {
    /// Where its name stands.
    pub(super) place: Place,
    /// The name and its arguments; never empty.
    pub(super) words: Vec<ConfigWord>,
    /// What stands between its braces.
    pub(super) block: Option<Vec<Directive>>,
}

impl Directive {
    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.words[0].text
    }

    /// Its arguments.
    pub(super) fn arguments(&self) -> &[ConfigWord] {
        &self.words[1..]
    }
}

/// Reads the directives of a text.
pub(super) fn directives(text: &str) -> Result<Vec<Directive>, FileFault> {
    let mut scanner = Scanner {
        rest: text.strip_prefix('\u{feff}').unwrap_or(text),
        at: Place { line: 1, column: 1 },
    };
    scanner.block(None)
}

struct Scanner<'a> {
    rest: &'a str,
    at: Place,
}

impl Scanner<'_> {
    /// Directives up to the closing brace of the block opened at `opened`, or to the end of the text.
    fn block(&mut self, opened: Option<Place>) -> Result<Vec<Directive>, FileFault> {
        let mut directives = Vec::new();
        loop {
            self.skip_blanks();
            match (self.rest.chars().next(), opened) {
                (None, None) => return Ok(directives),
                (None, Some(place)) => {
                    return Err(fault(place, "this block is not closed: a `}` is missing"));
                }
                (Some('}'), Some(_)) => {
                    self.take(1);
                    return Ok(directives);
                }
                (Some('}'), None) => {
                    return Err(fault(self.at, "this `}` closes no block: remove it"));
                }
                (Some(_), _) => directives.push(self.directive()?),
            }
        }
    }

    fn directive(&mut self) -> Result<Directive, FileFault> {
        let place = self.at;
        let mut words = Vec::new();
        loop {
            self.skip_blanks();
            match self.rest.chars().next() {
                None | Some('}') => {
                    return Err(fault(
                        place,
                        "this directive does not end: a `;` is missing",
                    ));
                }
                Some(';' | '{') if words.is_empty() => {
                    return Err(fault(self.at, "no directive stands before this: remove it"));
                }
                Some(';') => {
                    self.take(1);
                    return Ok(Directive {
                        place,
                        words,
                        block: None,
                    });
                }
                Some('{') if !self.rest.starts_with("{{") => {
                    let opened = self.at;
                    self.take(1);
                    let block = Some(self.block(Some(opened))?);
                    return Ok(Directive {
                        place,
                        words,
                        block,
                    });
                }
                Some(_) => words.push(self.word()?),
            }
        }
    }

    fn word(&mut self) -> Result<ConfigWord, FileFault> {
        let place = self.at;
        let mut word = ConfigWord {
            text: String::new(),
            is_template: false,
        };
        match self.rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                self.take(1);
                self.text_until(&mut word, |c, _| c == quote);
                if !self.rest.starts_with(quote) {
                    return Err(fault(place, "this quote is not closed"));
                }
                self.take(1);
                let ends = |c: char| c.is_ascii_whitespace() || matches!(c, ';' | '{' | ')');
                if !self.rest.starts_with(ends) {
                    return Err(fault(
                        self.at,
                        "a blank or `;` is missing behind this quote",
                    ));
                }
            }
            _ => self.text_until(&mut word, |c, before| {
                c.is_ascii_whitespace() || c == ';' || c == '{' && before != Some('$')
            }),
        }
        Ok(word)
    }

    /// Takes text up to the first character that `ends` it, which is told the one before too.
    fn text_until(&mut self, word: &mut ConfigWord, ends: impl Fn(char, Option<char>) -> bool) {
        while let Some(c) = self.rest.chars().next() {
            if let Some(length) = template(self.rest) {
                word.is_template = true;
                word.text.push_str(self.take(length));
            } else if c == '\\' {
                word.text.push_str(&escaped(self.rest));
                let behind = self.rest[1..].chars().next().map_or(0, char::len_utf8);
                self.take(1 + behind);
            } else if ends(c, word.text.chars().last()) {
                return;
            } else {
                word.text.push_str(self.take(c.len_utf8()));
            }
        }
    }

    fn skip_blanks(&mut self) {
        loop {
            let blanks = self.rest.len() - self.rest.trim_ascii_start().len();
            self.take(blanks);
            if self.rest.starts_with('#') {
                self.take(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if self.rest.starts_with("{%") {
                self.take(template(self.rest).unwrap_or(self.rest.len()));
            } else {
                return;
            }
        }
    }

    fn take(&mut self, length: usize) -> &str {
        let (taken, rest) = self.rest.split_at(length);
        for c in taken.chars() {
            if c == '\n' {
                self.at = Place {
                    line: self.at.line + 1,
                    column: 1,
                };
            } else {
                self.at.column += 1;
            }
        }
        self.rest = rest;
        taken
    }
}

/// How long the `{{ … }}` or `{% … %}` is with which the text begins: nginx has neither, the writers of templates do.
fn template(text: &str) -> Option<usize> {
    let closing = match text.get(..2)? {
        "{{" => "}}",
        "{%" => "%}",
        _ => return None,
    };
    text.find(closing).map(|at| at + closing.len())
}

/// What a backslash and the character behind it stand for.
fn escaped(text: &str) -> String {
    match text[1..].chars().next() {
        Some(plain @ ('"' | '\'' | '\\')) => plain.to_string(),
        Some('t') => "\t".to_owned(),
        Some('r') => "\r".to_owned(),
        Some('n') => "\n".to_owned(),
        Some(other) => format!("\\{other}"),
        None => "\\".to_owned(),
    }
}

/// What nginx does not read, at a place.
pub(super) fn fault(place: Place, says: &str) -> FileFault {
    FileFault {
        place: Some(place),
        says: format!("nginx does not start with this file: {says}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The directives on one line: words between `|`, blocks in braces.
    fn shown(directives: &[Directive]) -> String {
        let show = |directive: &Directive| {
            let words: Vec<&str> = directive
                .words
                .iter()
                .map(|word| word.text.as_str())
                .collect();
            let block = directive
                .block
                .as_deref()
                .map(|block| format!("{{{}}}", shown(block)));
            format!("{}{}", words.join("|"), block.unwrap_or_default())
        };
        directives.iter().map(show).collect::<Vec<_>>().join(";")
    }

    #[test]
    fn words_are_cut_as_nginx_cuts_them() {
        for (text, expected) in [
            ("return 301 /b;", "return|301|/b"),
            ("a b # c\n; # d", "a|b"),
            ("a 'b c' \"d;e\";", "a|b c|d;e"),
            ("location ~ ^/a{ b; }", "location|~|^/a{b}"),
            ("a ${b}c;", "a|${b}c"),
            (r#"a "x\"y" \d\.;"#, r#"a|x"y|\d\."#),
            ("a {{ b }};", "a|{{ b }}"),
            ("{% if x %}a b;{% endif %}", "a|b"),
            ("a\r\n  b;\r\n", "a|b"),
            ("if ($a = \"b\") { c; }", "if|($a|=|b|){c}"),
            ("a b#c;", "a|b#c"),
        ] {
            let read = directives(text).map(|read| shown(&read));
            assert_eq!(read.as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_closed_is_told_with_its_place() {
        for (text, line, column) in [
            ("a {\n b;", 1, 3),
            ("a;\n}", 2, 1),
            ("a\nb", 1, 1),
            ("a 'b", 1, 3),
            ("a 'b'c;", 1, 6),
            ("\n ;", 2, 2),
        ] {
            let place = directives(text).unwrap_err().place;
            assert_eq!(place, Some(Place { line, column }), "{text}");
        }
    }
}
