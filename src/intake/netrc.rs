//! `.netrc`: who one is on which host
//! ([the format, as curl reads it](https://everything.curl.dev/usingcurl/netrc.html)).

use std::fmt;
use std::fs::File;
use std::path::Path;

use super::content::{IN_MEMORY, bounded};
use super::{InputKind, InputSource, IntakeCause, IntakeError};

/// The entries of a netrc file, in order.
#[derive(Default, PartialEq, Eq)]
pub struct Netrc(Vec<NetrcEntry>);

/// Shows no password.
impl fmt::Debug for Netrc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Netrc({} entries)", self.0.len())
    }
}

#[derive(Default, PartialEq, Eq)]
struct NetrcEntry {
    /// `None` for `default`.
    host: Option<String>,
    login: String,
    password: String,
}

impl Netrc {
    /// Reads such a file.
    ///
    /// # Errors
    /// Where it cannot be read or is larger than 1 MiB.
    pub fn read(path: &Path) -> Result<Self, IntakeError> {
        let source = InputSource::path("--netrc", path);
        let wrong = |cause| IntakeError::new(&source, InputKind::Netrc, cause);
        match File::open(path).and_then(bounded) {
            Err(error) => Err(wrong(IntakeCause::Unreadable(error))),
            Ok(None) => Err(wrong(IntakeCause::TooLarge(IN_MEMORY))),
            Ok(Some(text)) => Ok(Self::parse(&String::from_utf8_lossy(&text))),
        }
    }

    /// Reads the text of such a file; what is not understood is passed over, as everywhere.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut entries: Vec<NetrcEntry> = Vec::new();
        let mut rest = text;
        while let Some(word) = token(&mut rest) {
            let value = |rest: &mut &str| token(rest).unwrap_or_default();
            match (word.as_str(), entries.last_mut()) {
                ("machine", _) => entries.push(NetrcEntry {
                    host: Some(value(&mut rest)),
                    ..NetrcEntry::default()
                }),
                ("default", _) => entries.push(NetrcEntry::default()),
                ("login", Some(entry)) => entry.login = value(&mut rest),
                ("password", Some(entry)) => entry.password = value(&mut rest),
                ("account", _) => drop(value(&mut rest)),
                // A macro goes on to the next empty line.
                ("macdef", _) => rest = rest.split_once("\n\n").map_or("", |(_, rest)| rest),
                _ => {}
            }
        }
        Self(entries)
    }

    /// Login and password for this host; where a login is known already, only its own password.
    #[must_use]
    pub fn find(&self, host: &str, login: &str) -> Option<(&str, &str)> {
        let fits = |entry: &&NetrcEntry| {
            entry
                .host
                .as_ref()
                .is_none_or(|known| known.eq_ignore_ascii_case(host))
                && (login.is_empty() || entry.login == login)
        };
        self.0
            .iter()
            .find(fits)
            .map(|entry| (entry.login.as_str(), entry.password.as_str()))
    }
}

/// The next word; in double quotes it may hold spaces and escapes. `#` at its start begins a comment.
fn token(rest: &mut &str) -> Option<String> {
    loop {
        *rest = rest.trim_start();
        match rest.strip_prefix('#') {
            Some(comment) => *rest = comment.split_once('\n').map_or("", |(_, rest)| rest),
            None => break,
        }
    }
    if let Some(quoted) = rest.strip_prefix('"') {
        return Some(unquoted(quoted, rest));
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    *rest = after;
    Some(word.to_owned()).filter(|word| !word.is_empty())
}

fn unquoted<'a>(quoted: &'a str, rest: &mut &'a str) -> String {
    let (mut word, mut chars) = (String::new(), quoted.chars());
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => word.extend(chars.next().map(|escaped| match escaped {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                other => other,
            })),
            c => word.push(c),
        }
    }
    *rest = chars.as_str();
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_entry_that_fits_goes() {
        let netrc = Netrc::parse(
            "# mine\nmachine a.example login x password one\nmachine A.example\n  login y\n  password \"t\\\"w o\"\n\
             macdef init\n  machine b.example login no password no\n\nmachine b.example password p account q login z\n\
             default login anonymous password me@here",
        );
        for (host, login, found) in [
            ("a.example", "", Some(("x", "one"))),
            ("a.EXAMPLE", "y", Some(("y", "t\"w o"))),
            ("b.example", "", Some(("z", "p"))),
            ("c.example", "", Some(("anonymous", "me@here"))),
            ("c.example", "z", None),
        ] {
            assert_eq!(netrc.find(host, login), found, "{host} {login}");
        }
        for broken in [
            "",
            "machine",
            "login x",
            "machine \"",
            "macdef",
            "machine a login \"\\",
        ] {
            assert_eq!(Netrc::parse(broken).find("b", "nobody"), None, "{broken:?}");
        }
    }
}
