//! Texts with variables in them.

use super::super::pattern::Groups;

/// A text, cut where variables stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Script(pub(super) Vec<ScriptPiece>);

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ScriptPiece {
    /// As it stands.
    Text(String),
    /// The value of a variable.
    Variable(String),
    /// What a group of the last pattern took.
    Group(usize),
    /// What a template fills in.
    Template(String),
}

impl Script {
    /// Cuts a text; the error says what nginx does not take.
    pub(super) fn read(text: &str, is_template: bool) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (piece, behind) = if is_template && rest.starts_with("{{") {
                let end = rest.find("}}").map_or(rest.len(), |at| at + 2);
                (ScriptPiece::Template(rest[..end].to_owned()), &rest[end..])
            } else if let Some(named) = rest.strip_prefix('$') {
                variable(named)
                    .ok_or_else(|| format!("`{text}` holds a `$` without the name of a variable"))?
            } else {
                let stops = |(at, c): (usize, char)| {
                    c == '$' || is_template && rest[at..].starts_with("{{")
                };
                let end = rest.char_indices().find(|at| stops(*at));
                let end = end.map_or(rest.len(), |(at, _)| at);
                (ScriptPiece::Text(rest[..end].to_owned()), &rest[end..])
            };
            pieces.push(piece);
            rest = behind;
        }
        Ok(Self(pieces))
    }

    /// The variables in it.
    pub(super) fn variables(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            ScriptPiece::Variable(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Cut at the first `?` that is written out, which goes; variables that hold a `?` do not count.
    pub(super) fn split_query(self) -> (Self, Option<Self>) {
        let mut path = Vec::new();
        let mut pieces = self.0.into_iter();
        while let Some(piece) = pieces.next() {
            if let ScriptPiece::Text(text) = &piece
                && let Some((before, behind)) = text.split_once('?')
            {
                path.push(ScriptPiece::Text(before.to_owned()));
                let behind = ScriptPiece::Text(behind.to_owned());
                let query = std::iter::once(behind).chain(pieces).collect();
                return (Self(path), Some(Self(query)));
            }
            path.push(piece);
        }
        (Self(path), None)
    }
}

/// The variable behind a `$`, and what follows it.
fn variable(text: &str) -> Option<(ScriptPiece, &str)> {
    if let Some(braced) = text.strip_prefix('{') {
        let (name, behind) = braced.split_once('}')?;
        return Some((named(name)?, behind));
    }
    // nginx reads one digit as a group: `$12` is `$1` and a `2`.
    if text.starts_with(|c: char| c.is_ascii_digit() && c != '0') {
        return Some((named(&text[..1])?, &text[1..]));
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    Some((named(&text[..end])?, &text[end..]))
}

fn named(name: &str) -> Option<ScriptPiece> {
    if name.is_empty() {
        return None;
    }
    // Names in capitals are those that envsubst fills in before nginx reads the file.
    let is_environment = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    Some(match name.parse::<usize>() {
        Ok(number) if name.len() == 1 => ScriptPiece::Group(number),
        _ if is_environment => ScriptPiece::Template(format!("${{{name}}}")),
        _ => ScriptPiece::Variable(name.to_ascii_lowercase()),
    })
}

/// What a group took.
pub(super) fn group(groups: &Groups, number: usize) -> &[u8] {
    groups.numbered.get(number).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_variables() {
        let text = |text: &str| ScriptPiece::Text(text.to_owned());
        let variable = |name: &str| ScriptPiece::Variable(name.to_owned());
        let template = |text: &str| ScriptPiece::Template(text.to_owned());
        for (written, expected) in [
            ("/b", vec![text("/b")]),
            ("$uri", vec![variable("uri")]),
            (
                "/a${uri}b$1",
                vec![
                    text("/a"),
                    variable("uri"),
                    text("b"),
                    ScriptPiece::Group(1),
                ],
            ),
            ("$12", vec![ScriptPiece::Group(1), text("2")]),
            ("${HOST}/", vec![template("${HOST}"), text("/")]),
            ("/{{ a }}/", vec![text("/"), template("{{ a }}"), text("/")]),
            ("", vec![]),
        ] {
            assert_eq!(
                Script::read(written, true),
                Ok(Script(expected)),
                "{written}"
            );
        }
        assert!(Script::read("/a$", false).is_err());
    }
}
