//! Which file imports which, and the circles among the files of one room.
//!
//! A file imports another if its product code names an item that the other declares: in a `use`, or by a path that
//! begins with `crate`, `self`, `super` or a child module. Re-exports are looked through: who names `policy::Ending`
//! imports the file that declares `Ending`, not the `mod.rs` that passes it on. So `mod child;` and `pub use child::X;`
//! are no imports of a `mod.rs`, unless it uses `X` itself; and a child that names what its `mod.rs` declares makes a
//! circle only if the `mod.rs` names something of the child. A module imported whole, or by `*`, counts as its file.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, is_word};

/// The files of `src` and what each imports.
pub(super) struct Files<'a> {
    /// By the path of the module, `/` between names; the crate itself is the empty path.
    modules: BTreeMap<&'a str, FileImports<'a>>,
}

struct FileImports<'a> {
    source: &'a Source,
    /// The names that `use` brings in.
    uses: Vec<Import>,
    /// The code beside them.
    rest: String,
}

/// One name that `use` brings in.
#[derive(Clone)]
struct Import {
    path: Vec<String>,
    /// The name that it has here; `*` for all.
    name: String,
    is_public: bool,
}

impl<'a> Files<'a> {
    pub(super) fn new(sources: &'a [Source]) -> Self {
        let modules = sources.iter().map(|source| {
            let (uses, rest) = split_uses(&source.product);
            let module = if source.path == "lib.rs" {
                ""
            } else {
                source.module()
            };
            (module, FileImports { source, uses, rest })
        });
        Self {
            modules: modules.collect(),
        }
    }

    /// The circles among the files of each room: sets of files that all lead to each other.
    pub(super) fn circles(&self) -> BTreeSet<BTreeSet<&'a str>> {
        let edges: BTreeMap<&str, BTreeSet<&str>> = self
            .modules
            .keys()
            .map(|module| (*module, self.imports(module)))
            .collect();
        let reached: BTreeMap<&str, BTreeSet<&str>> = edges
            .keys()
            .map(|module| (*module, reachable(&edges, module)))
            .collect();
        let circle = |module: &&'a str| {
            let around = reached[*module].iter();
            let paths = around.filter(|other| reached[**other].contains(module));
            paths
                .map(|other| self.modules[*other].source.path.as_str())
                .collect::<BTreeSet<&str>>()
        };
        let circles = self.modules.keys().map(circle);
        circles.filter(|circle| circle.len() > 1).collect()
    }

    /// The modules of the same room that this one imports.
    fn imports(&self, module: &str) -> BTreeSet<&'a str> {
        let file = &self.modules[module];
        let is_import = |import: &&Import| !import.is_public || uses_word(&file.rest, &import.name);
        let imported = file.uses.iter().filter(is_import);
        let imported = imported.map(|import| &import.path);
        let inline = inline_paths(&file.rest);
        imported
            .chain(&inline)
            .filter_map(|path| self.declaring(module, path, 0))
            .filter(|found| *found != module)
            .filter(|found| self.modules[found].source.room() == file.source.room())
            .collect()
    }

    /// The module that declares what `path` names in `module`; `None` where that is no module of the crate.
    fn declaring(&self, module: &str, path: &[String], depth: usize) -> Option<&'a str> {
        let (first, mut rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => String::new(),
            "self" => module.to_owned(),
            "super" => parent(module).to_owned(),
            child => join(module, child),
        };
        if !self.modules.contains_key(at.as_str()) {
            return None;
        }
        while let Some((next, after)) = rest.split_first() {
            let below = if next == "super" {
                parent(&at).to_owned()
            } else {
                join(&at, next)
            };
            if !self.modules.contains_key(below.as_str()) {
                break;
            }
            (at, rest) = (below, after);
        }
        let (&found, file) = self.modules.get_key_value(at.as_str())?;
        let Some(name) = rest.first().filter(|_| depth < 8) else {
            return Some(found);
        };
        let passed_on = file.uses.iter().find(|import| import.name == *name);
        match passed_on {
            Some(import) if import.path.len() > 1 => self.declaring(found, &import.path, depth + 1),
            _ => Some(found),
        }
    }
}

/// Every module that a way of imports from `start` leads to, `start` included.
fn reachable<'a>(
    edges: &BTreeMap<&'a str, BTreeSet<&'a str>>,
    start: &'a str,
) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::from([start]);
    let mut next = vec![start];
    while let Some(module) = next.pop() {
        for other in &edges[module] {
            if reached.insert(other) {
                next.push(other);
            }
        }
    }
    reached
}

fn parent(module: &str) -> &str {
    module.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn join(module: &str, child: &str) -> String {
    if module.is_empty() {
        child.to_owned()
    } else {
        format!("{module}/{child}")
    }
}

fn uses_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// The `use` declarations of this code, and the code without them.
fn split_uses(code: &str) -> (Vec<Import>, String) {
    let (mut imports, mut rest) = (Vec::new(), String::new());
    let mut code = code;
    while let Some(at) = next_use(code) {
        let (before, declaration) = code.split_at(at);
        let declaration = &declaration["use ".len()..];
        let (tree, after) = declaration.split_once(';').unwrap_or((declaration, ""));
        let before_use = before.trim_end();
        let statement = before_use
            .rsplit([';', '{', '}'])
            .next()
            .unwrap_or_default();
        let is_public = statement.trim_start().starts_with("pub");
        leaves(tree, &[], is_public, &mut imports);
        rest.push_str(before);
        code = after;
    }
    (imports, rest + code)
}

/// Where the next `use` stands.
fn next_use(code: &str) -> Option<usize> {
    let mut found = code.match_indices("use ").map(|(at, _)| at);
    found.find(|at| !code[..*at].chars().next_back().is_some_and(is_word))
}

/// The names of a tree such as `a::{b, c as d, e::*}`.
fn leaves(tree: &str, above: &[String], is_public: bool, found: &mut Vec<Import>) {
    let tree = tree.trim();
    if let Some((head, group)) = tree.split_once('{') {
        let mut path = above.to_vec();
        path.extend(
            head.split("::")
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned),
        );
        let group = group.trim_end().strip_suffix('}').unwrap_or(group);
        for branch in branches(group) {
            leaves(branch, &path, is_public, found);
        }
        return;
    }
    let (names, alias) = tree
        .split_once(" as ")
        .map_or((tree, None), |(names, alias)| (names, Some(alias)));
    let mut path = above.to_vec();
    path.extend(names.split("::").map(|name| name.trim().to_owned()));
    path.retain(|name| !name.is_empty());
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let Some(last) = path.last().cloned() else {
        return;
    };
    if last == "*" {
        path.pop();
    }
    found.push(Import {
        name: alias.map_or(last, |alias| alias.trim().to_owned()),
        path,
        is_public,
    });
}

/// The parts of a group that its own commas separate.
fn branches(group: &str) -> Vec<&str> {
    let (mut parts, mut start, mut nesting) = (Vec::new(), 0, 0_usize);
    for (at, c) in group.char_indices() {
        match c {
            '{' => nesting += 1,
            '}' => nesting -= 1,
            ',' if nesting == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// The paths of two names and more that this code spells, but those of a visibility (`pub(in crate::cli)`).
fn inline_paths(code: &str) -> Vec<Vec<String>> {
    let code = code.replace("pub(in crate::", "pub(in ");
    let words = code.split(|c: char| !is_word(c) && c != ':');
    let paths = words.filter(|word| word.contains("::") && !word.starts_with(':'));
    paths
        .map(|word| {
            let names = word.split("::").filter(|name| !name.is_empty());
            names.map(str::to_owned).collect()
        })
        .collect()
}
