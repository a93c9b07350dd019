//! A pasted command line → words, as bash takes one apart
//! ([bash(1), "QUOTING"](https://www.gnu.org/software/bash/manual/html_node/Quoting.html)).
//!
//! What a shell would put in place of something else (`$NAME`, `` `command` ``) is refused: only the shell knows it.

use std::iter::Peekable;
use std::str::Chars;

use super::pasted_line::Argv;
use crate::exit::UsageError;

/// Takes the text apart.
pub(super) fn split(text: &str) -> Result<Argv, UsageError> {
    let mut reader = BashReader {
        rest: text.chars().peekable(),
        words: Vec::new(),
        word: None,
    };
    while let Some(c) = reader.rest.next() {
        if let Some(left) = reader.take(c)? {
            return Ok(Argv {
                words: reader.words,
                left,
            });
        }
    }
    reader.end_word();
    Ok(Argv {
        words: reader.words,
        left: String::new(),
    })
}

struct BashReader<'a> {
    rest: Peekable<Chars<'a>>,
    words: Vec<Vec<u8>>,
    /// The word that is being read; `None` between words.
    word: Option<Vec<u8>>,
}

impl BashReader<'_> {
    /// Takes one character outside quotes; gives what is left where the command ends at it.
    fn take(&mut self, c: char) -> Result<Option<String>, UsageError> {
        match c {
            ' ' | '\t' | '\r' => self.end_word(),
            '\\' => self.escaped()?,
            '\'' => self.single()?,
            '"' => self.double()?,
            '$' => self.dollar()?,
            '#' if self.word.is_none() => while self.rest.next_if(|&c| c != '\n').is_some() {},
            '\n' | '|' | ';' | '>' => return Ok(self.end_command(c)),
            '&' if self.rest.peek() == Some(&'&') => return Ok(self.end_command(c)),
            '&' | '<' | '`' => {
                let says = format!(
                    "the pasted line has `{c}` outside quotes, which only a shell can act on"
                );
                return Err(UsageError::new(
                    says,
                    "quote the argument that it stands in: '...'",
                ));
            }
            c => self.push(c),
        }
        Ok(None)
    }

    /// A line end ends the command only where one stands before it.
    fn end_command(&mut self, mark: char) -> Option<String> {
        // `2>`: the number is part of the redirection.
        if mark == '>'
            && self
                .word
                .as_ref()
                .is_some_and(|word| word.iter().all(u8::is_ascii_digit))
        {
            self.word = None;
        }
        self.end_word();
        let left: String = self.rest.clone().collect();
        match mark {
            '\n' if self.words.is_empty() || left.trim().is_empty() => None,
            '\n' => Some(left.trim().to_owned()),
            mark => Some(format!("{mark}{left}").trim().to_owned()),
        }
    }

    fn push(&mut self, c: char) {
        let mut utf8 = [0; 4];
        self.word
            .get_or_insert_default()
            .extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
    }

    fn end_word(&mut self) {
        self.words.extend(self.word.take());
    }

    /// After a backslash outside quotes: a line end goes, anything else stays; at the end of what was copied it is taken for
    /// the start of a line end.
    fn escaped(&mut self) -> Result<(), UsageError> {
        let mut ahead = self
            .rest
            .clone()
            .skip_while(|c| matches!(c, ' ' | '\t' | '\r'));
        if self.rest.peek().is_some_and(|c| matches!(c, ' ' | '\t')) && ahead.next() == Some('\n') {
            let says = "the pasted line has a space after a backslash that should end its line";
            return Err(UsageError::new(
                says,
                "take the space out, or put it all on one line",
            ));
        }
        if !self.line_end()
            && let Some(c) = self.rest.next()
        {
            self.push(c);
        }
        Ok(())
    }

    /// Passes over a line end of either kind.
    fn line_end(&mut self) -> bool {
        let mut ahead = self.rest.clone();
        let _ = ahead.next_if_eq(&'\r');
        let is_end = ahead.next_if_eq(&'\n').is_some();
        if is_end {
            self.rest = ahead;
        }
        is_end
    }

    fn single(&mut self) -> Result<(), UsageError> {
        self.word.get_or_insert_default();
        loop {
            match self.rest.next().ok_or_else(|| unclosed('\''))? {
                '\'' => return Ok(()),
                c => self.push(c),
            }
        }
    }

    fn double(&mut self) -> Result<(), UsageError> {
        self.word.get_or_insert_default();
        loop {
            match self.rest.next().ok_or_else(|| unclosed('"'))? {
                '"' => return Ok(()),
                '\\' if self.line_end() => {}
                '\\' => match self.rest.next_if(|c| "$`\"\\".contains(*c)) {
                    Some(c) => self.push(c),
                    None => self.push('\\'),
                },
                '`' => return Err(expansion("`")),
                '$' => self.literal_dollar()?,
                c => self.push(c),
            }
        }
    }

    fn dollar(&mut self) -> Result<(), UsageError> {
        if self.rest.next_if_eq(&'\'').is_some() {
            return self.ansi_c();
        }
        if self.rest.next_if_eq(&'"').is_some() {
            return self.double();
        }
        self.literal_dollar()
    }

    fn literal_dollar(&mut self) -> Result<(), UsageError> {
        match self.rest.peek().copied() {
            Some(c) if c.is_ascii_alphanumeric() || "_{([@*?!$-#".contains(c) => {
                Err(expansion(&self.named(c)))
            }
            _ => {
                self.push('$');
                Ok(())
            }
        }
    }

    /// What follows a `$`, in full where it is a name, so that it can be found.
    fn named(&self, first: char) -> String {
        let name: String = self
            .rest
            .clone()
            .skip(usize::from(first == '{'))
            .take_while(|c| is_in_name(*c))
            .collect();
        match (first, name.is_empty()) {
            ('{', false) => format!("${{{name}}}"),
            (_, false) => format!("${name}"),
            (_, true) => format!("${first}"),
        }
    }

    /// `$'…'` ([ANSI-C quoting](https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html)).
    fn ansi_c(&mut self) -> Result<(), UsageError> {
        self.word.get_or_insert_default();
        loop {
            match self.rest.next().ok_or_else(|| unclosed('\''))? {
                '\'' => return Ok(()),
                '\\' => self.ansi_c_escape()?,
                c => self.push(c),
            }
        }
    }

    fn ansi_c_escape(&mut self) -> Result<(), UsageError> {
        let letter = self.rest.next().ok_or_else(|| unclosed('\''))?;
        let byte = match letter {
            'a' => 7,
            'b' => 8,
            'e' | 'E' => 27,
            'f' => 12,
            'n' => b'\n',
            'r' => b'\r',
            't' => b'\t',
            'v' => 11,
            '0'..='7' => return self.octal(letter),
            'x' => return self.coded(letter, 2),
            'u' => return self.coded(letter, 4),
            'U' => return self.coded(letter, 8),
            'c' => match self.rest.next() {
                Some(c) if c.is_ascii() => (c as u8) & 31,
                _ => return Err(unclosed('\'')),
            },
            _ => {
                // Of an escape that bash does not know, the backslash stays.
                if !"\\'\"?".contains(letter) {
                    self.push('\\');
                }
                self.push(letter);
                return Ok(());
            }
        };
        self.byte(byte)
    }

    fn octal(&mut self, first: char) -> Result<(), UsageError> {
        let first = first.to_digit(8).unwrap_or(0);
        let rest = self.digits(8, 2);
        let shifted = rest.iter().fold(first, |code, digit| code * 8 + digit);
        self.byte((shifted & 255).to_le_bytes()[0])
    }

    /// `\xHH`, `\uHHHH`, `\UHHHHHHHH`: fewer digits will do.
    fn coded(&mut self, letter: char, most: usize) -> Result<(), UsageError> {
        let digits = self.digits(16, most);
        let code = digits.iter().fold(0, |code: u32, digit| code << 4 | digit);
        match (letter, digits.is_empty()) {
            (_, true) => {
                self.push('\\');
                self.push(letter);
                Ok(())
            }
            ('x', _) => self.byte(code.to_le_bytes()[0]),
            (_, _) if code == 0 => self.byte(0),
            _ => {
                let code = self.surrogates(code);
                self.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                Ok(())
            }
        }
    }

    /// Older browsers write characters beyond U+FFFF as two halves of UTF-16, each its own `\u`.
    fn surrogates(&mut self, high: u32) -> u32 {
        if !(0xD800..0xDC00).contains(&high) {
            return high;
        }
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('\\') || ahead.next() != Some('u') {
            return high;
        }
        let digits: Vec<u32> = ahead
            .by_ref()
            .take(4)
            .filter_map(|c| c.to_digit(16))
            .collect();
        let low = digits.iter().fold(0, |code: u32, digit| code << 4 | digit);
        if digits.len() < 4 || !(0xDC00..0xE000).contains(&low) {
            return high;
        }
        self.rest = ahead;
        0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
    }

    fn digits(&mut self, radix: u32, most: usize) -> Vec<u32> {
        let mut digits = Vec::with_capacity(most);
        while digits.len() < most {
            let Some(c) = self.rest.next_if(|c| c.is_digit(radix)) else {
                break;
            };
            digits.extend(c.to_digit(radix));
        }
        digits
    }

    fn byte(&mut self, byte: u8) -> Result<(), UsageError> {
        if byte == 0 {
            let says = "the pasted line has a NUL, which no argument can hold";
            return Err(UsageError::new(
                says,
                "put the content into a file: --data-binary @FILE",
            ));
        }
        self.word.get_or_insert_default().push(byte);
        Ok(())
    }
}

fn is_in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn unclosed(quote: char) -> UsageError {
    UsageError::new(
        format!("the pasted line has a {quote} that nothing closes"),
        "copy the whole command",
    )
}

fn expansion(what: &str) -> UsageError {
    UsageError::new(
        format!("the pasted line has `{what}`, which a shell would put something in place of"),
        "write the value out, or let the shell do it: `rehop curl ARGS...` without quotes around them all",
    )
}
