//! Header fields as they stand on the wire: in order, with duplicates, bytes untouched.

/// One field line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// The name as spelt by its sender; compared without regard to case.
    pub name: String,
    /// The value without surrounding whitespace; any bytes.
    pub value: Vec<u8>,
}

/// Field lines in their order ([RFC 9110 §5.3](https://www.rfc-editor.org/rfc/rfc9110#section-5.3)).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Headers(Vec<Field>);

impl Headers {
    /// No field at all.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field line at the end, next to others of its name.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) {
        self.0.push(Field {
            name: name.into(),
            value: value.into(),
        });
    }

    /// Puts one field line in place of all of its name: where the first stood, or at the end.
    pub fn set(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        let at = self
            .0
            .iter()
            .position(|field| field.name.eq_ignore_ascii_case(name));
        self.remove(name);
        let field = Field {
            name: name.to_owned(),
            value: value.into(),
        };
        self.0.insert(at.unwrap_or(self.0.len()), field);
    }

    /// Removes every line of this name; says whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0
            .retain(|field| !field.name.eq_ignore_ascii_case(name));
        self.0.len() < before
    }

    /// The first value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.all(name).next()
    }

    /// The first value of this name where it is UTF-8.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(|value| str::from_utf8(value).ok())
    }

    /// Every value of this name, in order.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.0
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name))
            .map(|field| field.value.as_slice())
    }

    /// Whether there is a field of this name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// All lines, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Field> {
        self.0.iter()
    }

    /// The number of lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Headers {
    type Item = &'a Field;
    type IntoIter = std::slice::Iter<'a, Field>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<N: Into<String>, V: Into<Vec<u8>>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(lines: I) -> Self {
        let mut headers = Self::new();
        for (name, value) in lines {
            headers.push(name, value);
        }
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_set_replaces_all_of_a_name_and_keeps_the_order() {
        let mut headers: Headers = [("A", "1"), ("b", "2"), ("a", "3"), ("C", "4")]
            .into_iter()
            .collect();
        headers.set("a", "5");
        headers.set("d", "6");
        let lines: Vec<_> = headers
            .iter()
            .map(|f| (f.name.as_str(), f.value.as_slice()))
            .collect();
        assert_eq!(
            lines,
            [("a", &b"5"[..]), ("b", b"2"), ("C", b"4"), ("d", b"6")]
        );
    }
}
