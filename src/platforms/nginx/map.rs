//! `map` blocks: which line takes a value.
//!
//! Source: <https://nginx.org/en/docs/http/ngx_http_map_module.html>.

use super::super::pattern::{Groups, Search};
use super::config::{MapEntry, MapKey, NginxMap};

/// What looking a value up told.
#[derive(Debug)]
pub(super) enum Lookup<'a> {
    /// This line takes it; a pattern gives its groups.
    Entry(&'a MapEntry, Option<Groups>),
    /// No line takes it.
    Default,
    /// Whether this line takes it, only PCRE knows.
    Beyond(usize),
}

impl NginxMap {
    /// The line that takes `value`: strings without regard to case, then patterns in their order.
    ///
    /// Lines of `skipped` are passed over: they were asked about, and do not take it.
    pub(super) fn look_up(&self, value: &[u8], skipped: &[usize]) -> Lookup<'_> {
        let key = String::from_utf8_lossy(value).to_ascii_lowercase();
        if let Some(entry) = self.text_entry(&key) {
            return Lookup::Entry(entry, None);
        }
        for (at, entry) in self.entries.iter().enumerate() {
            let MapKey::Pattern(pattern) = &entry.key else {
                continue;
            };
            match pattern.search(value) {
                Search::Found(groups) => return Lookup::Entry(entry, Some(groups)),
                Search::Beyond if !skipped.contains(&at) => return Lookup::Beyond(at),
                Search::Beyond | Search::Missed => {}
            }
        }
        Lookup::Default
    }

    fn text_entry(&self, key: &str) -> Option<&MapEntry> {
        let texts = || {
            self.entries.iter().filter_map(|entry| match &entry.key {
                MapKey::Text(text) => Some((text.as_str(), entry)),
                MapKey::Pattern(_) => None,
            })
        };
        if !self.has_hostnames {
            return Some(texts().find(|(text, _)| *text == key)?.1);
        }
        // A name may end in a dot, as DNS writes it.
        let host = key.strip_suffix('.').unwrap_or(key);
        best_name(host, texts())
    }
}

/// Of names with wildcards the one that nginx takes: exact, then the longest `*.x`, then the longest `x.*`.
///
/// Source: <https://nginx.org/en/docs/http/server_names.html>; `.x` is both `x` and `*.x`.
pub(super) fn best_name<'a, T>(host: &str, names: impl Iterator<Item = (&'a str, T)>) -> Option<T> {
    let rank = |name: &str| {
        if name == host || name.strip_prefix('.') == Some(host) {
            return Some((3, name.len()));
        }
        if let Some(end) = name
            .strip_prefix('*')
            .filter(|end| end.starts_with('.'))
            .or(name.starts_with('.').then_some(name))
        {
            return (host.len() > end.len() && host.ends_with(end)).then_some((2, end.len()));
        }
        let begin = name
            .strip_suffix('*')
            .filter(|begin| begin.ends_with('.'))?;
        (host.len() > begin.len() && host.starts_with(begin)).then_some((1, begin.len()))
    };
    let ranked = names.filter_map(|(name, value)| Some((rank(name)?, value)));
    // Of equals the first, though nginx lets no two of them stand.
    let best = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_exact_name_wins() {
        let names = [
            ".a.example",
            "*.b.example",
            "www.*",
            "www.b.example",
            "*.x.b.example",
        ];
        for (host, expected) in [
            ("a.example", Some(".a.example")),
            ("x.a.example", Some(".a.example")),
            ("b.example", None),
            ("y.b.example", Some("*.b.example")),
            ("y.x.b.example", Some("*.x.b.example")),
            ("www.b.example", Some("www.b.example")),
            ("www.c.example", Some("www.*")),
            ("xa.example", None),
        ] {
            let found = best_name(host, names.iter().map(|name| (*name, *name)));
            assert_eq!(found, expected, "{host}");
        }
    }
}
