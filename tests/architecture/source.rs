//! Rust source as far as walls need it: code without its comments and texts, product apart from tests.

use std::fs;
use std::path::Path;

/// One file of `src`.
pub(super) struct Source {
    /// Its path below `src`, with `/`.
    pub(super) path: String,
    /// Its code without comments and texts, up to the tests.
    pub(super) product: String,
    /// Its tests.
    pub(super) tests: String,
}

impl Source {
    pub(super) fn new(path: &str, text: &str) -> Self {
        let code = code(text);
        let is_test = path.ends_with("/tests.rs") || path.contains("/tests/");
        let cut = if is_test { 0 } else { tests_begin(&code) };
        Self {
            path: path.to_owned(),
            product: code[..cut].to_owned(),
            tests: code[cut..].to_owned(),
        }
    }

    /// Every `.rs` file below this folder.
    pub(super) fn tree(src: &Path) -> Vec<Self> {
        let mut sources = Vec::new();
        let mut folders = vec![src.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder of src can be listed") {
                let path = entry.expect("an entry of src can be read").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let below = path.strip_prefix(src).expect("it lies below src");
                    let name = below.to_str().expect("its name is text").replace('\\', "/");
                    sources.push(Self::new(
                        &name,
                        &fs::read_to_string(&path).expect("a source can be read"),
                    ));
                }
            }
        }
        only_for_tests(&mut sources);
        sources
    }

    /// The room that it stands in: its first folder, or itself.
    pub(super) fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The rooms that its product code names.
    pub(super) fn product_imports(&self) -> Vec<String> {
        imports(&self.product, self.depth())
    }

    /// The rooms that its tests name; they stand in a module of their own where there is product code.
    pub(super) fn test_imports(&self) -> Vec<String> {
        imports(
            &self.tests,
            self.depth() + usize::from(!self.product.is_empty()),
        )
    }

    /// How many `super::` lead from its top level to the crate.
    fn depth(&self) -> usize {
        self.module().split('/').count()
    }

    /// The path of its module, `/` between names.
    pub(super) fn module(&self) -> &str {
        let path = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        path.strip_suffix("/mod").unwrap_or(path)
    }
}

/// Moves files that their parent declares as `#[cfg(test)] mod name;` to the tests.
fn only_for_tests(sources: &mut [Source]) {
    let declared: Vec<String> = sources
        .iter()
        .flat_map(|parent| {
            let after = parent.product.split("#[cfg(test)]").skip(1);
            after
                .filter_map(declaration)
                .map(|name| format!("{}/{name}", parent.module()))
                .collect::<Vec<_>>()
        })
        .collect();
    for source in sources {
        if declared.iter().any(|module| module == source.module()) {
            source.tests = std::mem::take(&mut source.product) + &source.tests;
        }
    }
}

/// The name in `mod name;` at the beginning of this code.
fn declaration(code: &str) -> Option<&str> {
    let name = code
        .trim_start()
        .trim_start_matches("pub(super) ")
        .trim_start_matches("pub(crate) ");
    let (name, _) = name.strip_prefix("mod ")?.split_once(';')?;
    name.chars().all(is_word).then_some(name)
}

/// Where the test module begins, which is the last thing in a file (clippy sees to that).
fn tests_begin(code: &str) -> usize {
    let mut attributes = code.match_indices("#[cfg(test)]");
    let begins = |(at, attribute): &(usize, &str)| {
        let rest = code[at + attribute.len()..].trim_start();
        rest.starts_with("mod ") && declaration(rest).is_none()
    };
    attributes.find(begins).map_or(code.len(), |(at, _)| at)
}

/// The source with comments and the insides of texts left out; lines stay lines.
fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| quoted(rest, code.chars().next_back()));
        if let Some(length) = skipped {
            code.extend(rest[..length].chars().filter(|c| *c == '\n'));
            rest = &rest[length..];
        } else {
            code.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    code
}

/// The length of the comment that stands here.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    rest.starts_with("/*")
        .then(|| rest.find("*/").map_or(rest.len(), |end| end + 2))
}

/// The length of the text or character that stands here.
fn quoted(rest: &str, before: Option<char>) -> Option<usize> {
    if rest.starts_with('"') {
        return Some(closing_quote(rest, '"'));
    }
    if rest.starts_with("'\\") {
        return Some(closing_quote(rest, '\''));
    }
    if rest.starts_with('\'') {
        // `'x'` is a character, `'x` the name of a lifetime.
        let close = rest.char_indices().nth(2).filter(|(_, c)| *c == '\'')?;
        return Some(close.0 + 1);
    }
    let hashes = rest
        .strip_prefix('r')
        .filter(|_| before.is_none_or(|c| c == 'b' || !is_word(c)))?;
    let count = hashes.len() - hashes.trim_start_matches('#').len();
    let end = format!("\"{}", "#".repeat(count));
    let inside = hashes[count..].strip_prefix('"')?;
    Some(2 + count + inside.find(&end).map_or(inside.len(), |at| at + end.len()))
}

/// The length of the text that begins here, quotes included.
fn closing_quote(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The rooms that this code names: after `crate::`, alone or in a group, and after enough `super::` to leave its own.
fn imports(code: &str, depth: usize) -> Vec<String> {
    let mut found = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        if !code[..at].chars().next_back().is_some_and(is_word) {
            found.extend(names(&code[at + path.len()..]));
        }
    }
    let climb = "super::".repeat(depth);
    for (at, _) in code.match_indices(&climb) {
        if !code[..at].ends_with("super::") {
            found.extend(names(code[at..].trim_start_matches("super::")));
        }
    }
    found
}

/// The first name of each path that begins here: `a::b` or `{a::b, c::{d, e}}`.
fn names(paths: &str) -> Vec<String> {
    let word = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| is_word(*c))
            .collect::<String>()
    };
    let Some(group) = paths.strip_prefix('{') else {
        return vec![word(paths)];
    };
    let mut names = vec![word(group)];
    let mut nesting = 0_usize;
    for (at, c) in group.char_indices() {
        match c {
            '{' => nesting += 1,
            '}' if nesting == 0 => break,
            '}' => nesting -= 1,
            ',' if nesting == 0 => names.push(word(&group[at + 1..])),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether this code names `word`: `name::`, `name!` or `name(`, or, for a path, imports it by its last part.
pub(super) fn calls(code: &str, word: &str) -> bool {
    let stands_alone = |at: usize| !code[..at].chars().next_back().is_some_and(is_word);
    if code.match_indices(word).any(|(at, _)| stands_alone(at)) {
        return true;
    }
    let Some(name) = word.strip_suffix("::") else {
        return false;
    };
    let imports = code
        .split("use ")
        .skip(1)
        .filter_map(|rest| rest.split(';').next());
    imports
        .flat_map(|path| path.split([':', '{', ',', '}']))
        .any(|part| part.trim() == name)
}

/// The types that this code declares: structs, enums, unions and traits anywhere, aliases at its top level.
pub(super) fn type_names(code: &str) -> Vec<&str> {
    code.lines().filter_map(type_name).collect()
}

fn type_name(line: &str) -> Option<&str> {
    let words = line.trim_start();
    let words = match words.strip_prefix("pub(") {
        Some(scope) => scope.split_once(") ")?.1,
        None => words.strip_prefix("pub ").unwrap_or(words),
    };
    let (kind, rest) = words.split_once(' ')?;
    let is_type = match kind {
        "struct" | "enum" | "union" | "trait" => true,
        // Deeper down it is the associated type of a trait.
        "type" => !line.starts_with(' '),
        _ => false,
    };
    let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    (is_type && end > 0).then(|| &rest[..end])
}
