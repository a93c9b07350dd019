//! The walls of the house: which room may lean on which, which crate stays in which room, which file imports which,
//! which type has which name, and what stands nowhere.
//!
//! Move a wall when the work shows that it stands wrongly: change the table here and say why in the commit.

mod circles;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use circles::Files;
use source::{Source, calls, type_names};

/// A room of `src`: its floor, and the rooms that its product code may import.
struct Room {
    name: &'static str,
    floor: u8,
    imports: &'static [&'static str],
}

const fn room(name: &'static str, floor: u8, imports: &'static [&'static str]) -> Room {
    Room {
        name,
        floor,
        imports,
    }
}

/// Floors: 0 words, 1 law, 2 deeds, 3 edges, 4 glue.
const ROOMS: [Room; 15] = [
    room("model", 0, &[]),
    room("exit", 0, &[]),
    room("rules", 1, &["model"]),
    room("clients", 1, &["model", "rules"]),
    room("platforms", 1, &["model", "rules"]),
    // A hop is judged the moment it is heard: with how many measured clients would have done the same.
    room("follow", 2, &["model", "rules", "clients"]),
    // A queue of URLs: what becomes of them is told to somebody above.
    room("batch", 2, &["model", "rules", "follow"]),
    room("check", 2, &["model", "rules", "platforms", "follow"]),
    room(
        "inspect",
        2,
        &["model", "exit", "rules", "clients", "follow", "check"],
    ),
    room("lab", 2, &["model", "rules", "clients"]),
    room(
        "intake",
        3,
        &["model", "exit", "rules", "clients", "follow"],
    ),
    room("net", 3, &["model", "follow"]),
    room(
        "report",
        3,
        &[
            "model",
            "exit",
            "rules",
            "clients",
            "platforms",
            "follow",
            "check",
            "inspect",
            "lab",
        ],
    ),
    room(
        "cli",
        3,
        // A plan is said in the words of `intake`: which places there are.
        &[
            "model",
            "exit",
            "rules",
            "clients",
            "platforms",
            "check",
            "batch",
            "intake",
            "report",
            "net",
        ],
    ),
    room(
        "commands",
        4,
        &[
            "model",
            "exit",
            "rules",
            "clients",
            "platforms",
            "follow",
            "batch",
            "check",
            "inspect",
            "lab",
            "intake",
            "net",
            "report",
            "cli",
        ],
    ),
];

/// The files of the process itself, which may import everything.
const GLUE: [&str; 2] = ["lib.rs", "main.rs"];

/// A wall around words: paths, macros and crates that stand in these places and nowhere else.
struct Fence {
    /// What is fenced: `name::`, `name!` or `name(`.
    words: &'static [&'static str],
    /// Rooms, or files of `src`.
    places: &'static [&'static str],
    why: &'static str,
}

const FENCES: [Fence; 13] = [
    Fence {
        words: &["ureq::"],
        places: &["net/plain.rs"],
        why: "the second transport is one file",
    },
    Fence {
        words: &["webpki_roots::", "rustls_native_certs::", "x509_cert::"],
        places: &["net"],
        why: "one room speaks to the wire, so that it can be replaced",
    },
    Fence {
        words: &["rustls::", "socket2::", "httparse::", "ring::"],
        places: &["net", "lab"],
        why: "both ends of a connection, and nobody between them",
    },
    Fence {
        words: &["rcgen::"],
        places: &["lab"],
        why: "throwaway certificates are the lab's",
    },
    Fence {
        words: &["clap::", "clap_complete::", "clap_mangen::"],
        places: &["cli"],
        why: "what was typed becomes what was meant in one room",
    },
    Fence {
        words: &["colored::"],
        places: &["report"],
        why: "colour is decided in one room",
    },
    Fence {
        words: &["psl::"],
        places: &["follow", "rules/location/likeness.rs"],
        why: "a jar belongs to a chain, and a Location may look like a host",
    },
    Fence {
        words: &[
            "std::env",
            "env::var",
            "env::args",
            "env::current_dir",
            "env::temp_dir",
            "env::home_dir",
        ],
        places: &["cli/env.rs", "main.rs"],
        why: "the surroundings are read once",
    },
    Fence {
        words: &["stdout(", "stderr("],
        places: &["cli/env.rs", "main.rs"],
        why: "everybody else prints to the writers that `run` was given",
    },
    Fence {
        words: &["fs::", "File::", "OpenOptions::"],
        places: &["intake", "commands"],
        why: "one room reads files, and the reports go where `commands` opens",
    },
    Fence {
        words: &[
            "TcpStream::",
            "TcpListener::",
            "UdpSocket::",
            "UnixStream::",
            "ToSocketAddrs",
        ],
        places: &["net", "lab"],
        why: "sockets are opened at the two ends of the wire",
    },
    Fence {
        words: &["thread::", "Instant::", "SystemTime::"],
        places: &[
            "batch/pool.rs",
            "batch/queue.rs",
            "batch/retry.rs",
            "follow",
            "lab",
            "intake",
            "net",
            "report",
            "commands",
            "main.rs",
        ],
        why: "words, law and expectations are pure",
    },
    Fence {
        words: &[
            "println!",
            "print!",
            "eprintln!",
            "eprint!",
            "process::exit",
        ],
        places: &[],
        why: "output goes to the writers that `run` was given, and a run ends by returning",
    },
];

/// Unfinished work, which stands nowhere, tests included.
const UNFINISHED: [&str; 3] = ["todo!", "unimplemented!", "dbg!"];

/// What stands outside its fence all the same: the file, the word, the reason.
const EXCEPTIONS: [(&str, &str, &str); 3] = [
    (
        "intake/multipart.rs",
        "ring::",
        "a boundary that no content holds is drawn at random",
    ),
    (
        "lab/probe/run.rs",
        "stdout(",
        "where the output of a probed client goes",
    ),
    (
        "lab/probe/run.rs",
        "stderr(",
        "where the output of a probed client goes",
    ),
];

/// Lines of product code in one file.
const LONGEST_FILE: usize = 450;

/// Every source file of the product.
fn sources() -> Vec<Source> {
    let sources = Source::tree(&root().join("src"));
    assert!(sources.len() > 10, "the source was not found");
    sources
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn find(name: &str) -> Option<&'static Room> {
    const { &ROOMS }.iter().find(|room| room.name == name)
}

/// What is wrong with the imports of one file.
fn wrong_imports(source: &Source) -> Vec<String> {
    let file = &source.path;
    if GLUE.contains(&file.as_str()) {
        return Vec::new();
    }
    let Some(here) = find(source.room()) else {
        return vec![format!(
            "{file}: `{}` is no room of the table",
            source.room()
        )];
    };
    let product = source.product_imports().into_iter().map(|to| (to, false));
    let tests = source.test_imports().into_iter().map(|to| (to, true));
    let wrong = product
        .chain(tests)
        .filter_map(|(to, in_tests)| match find(&to) {
            Some(there) if there.name == here.name || here.imports.contains(&there.name) => None,
            // A test may lean on anything that does not stand above it.
            Some(there) if in_tests && there.floor <= here.floor => None,
            Some(there) => Some(format!(
                "{file}: `{}` may not import `{}`",
                here.name, there.name
            )),
            None => Some(format!("{file}: imports `crate::{to}`, which is no room")),
        });
    wrong.collect()
}

/// What stands in one file though it belongs elsewhere.
fn outside_its_fence(source: &Source) -> Vec<String> {
    let file = source.path.as_str();
    let fences = FENCES.iter().filter(|fence| {
        !fence
            .places
            .iter()
            .any(|place| [source.room(), file].contains(place))
    });
    let words = fences.flat_map(|fence| fence.words.iter().map(move |word| (*word, fence.why)));
    words
        .filter(|(word, _)| calls(&source.product, word))
        .filter(|(word, _)| {
            !EXCEPTIONS
                .iter()
                .any(|(where_, what, _)| (*where_, *what) == (file, *word))
        })
        .map(|(word, why)| format!("{file}: `{word}` does not belong here: {why}"))
        .collect()
}

/// What is wrong with the circles among these files: what both need belongs into a file below them.
fn circle_faults(sources: &[Source]) -> Vec<String> {
    let files = Files::new(sources);
    let circles = files.circles();
    let faults = circles.iter().map(|circle: &BTreeSet<&str>| {
        let files: Vec<&str> = circle.iter().copied().collect();
        format!("a circle: {}", files.join(" \u{2194} "))
    });
    faults.collect()
}

/// What is wrong with the names of the types in these files.
fn name_faults(sources: &[Source]) -> Vec<String> {
    let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for source in sources {
        for name in type_names(&source.product) {
            files.entry(name).or_default().push(&source.path);
        }
    }
    let shared = files.iter().filter(|(_, files)| files.len() > 1);
    shared
        .map(|(name, files)| format!("`{name}` is declared in {}", files.join(", ")))
        .collect()
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn imports_only_go_down() {
    assert_none(&sources().iter().flat_map(wrong_imports).collect::<Vec<_>>());
}

#[test]
fn words_stay_inside_their_fences() {
    assert_none(
        &sources()
            .iter()
            .flat_map(outside_its_fence)
            .collect::<Vec<_>>(),
    );
}

#[test]
fn fence_exceptions_are_all_needed() {
    let sources = sources();
    for (file, word, _) in EXCEPTIONS {
        let used = sources
            .iter()
            .any(|source| source.path == file && calls(&source.product, word));
        assert!(used, "{file} no longer uses `{word}`: remove the exception");
    }
}

/// Flags become options of the network, which are plain data; the command line has no business with the wire itself.
#[test]
fn command_line_names_nothing_of_the_network_but_its_options() {
    let mut faults = Vec::new();
    for source in sources() {
        let uses = source.product.matches("crate::net::").count();
        let options = source.product.matches("crate::net::options::").count();
        if source.path.starts_with("cli/") && uses != options {
            faults.push(format!(
                "{}: names more of net than its options",
                source.path
            ));
        }
    }
    assert_none(&faults);
}

#[test]
fn files_are_finished_and_short() {
    let mut faults = Vec::new();
    for source in sources() {
        let lines = source.product.lines().count();
        if lines > LONGEST_FILE {
            faults.push(format!(
                "{}: {lines} lines; what is the second idea in it?",
                source.path
            ));
        }
        for word in UNFINISHED {
            if calls(&source.product, word) || calls(&source.tests, word) {
                faults.push(format!("{}: {word}", source.path));
            }
        }
    }
    assert_none(&faults);
}

/// Only `tests/main.rs` is built (`autotests = false`), so a file that it does not name would never run.
#[test]
fn test_files_are_all_part_of_the_one_program() {
    let main = fs::read_to_string(root().join("tests/main.rs")).unwrap();
    for entry in fs::read_dir(root().join("tests")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.extension().is_some_and(|extension| extension == "rs") && name != "main" {
            assert!(
                main.contains(&format!("mod {name};")),
                "tests/{name}.rs is never run"
            );
        }
    }
}

#[test]
fn files_of_a_room_import_each_other_in_no_circle() {
    assert_none(&circle_faults(&sources()));
}

/// A name that needs its folder to be understood is found by no search.
#[test]
fn type_names_are_unique() {
    assert_none(&name_faults(&sources()));
}

#[test]
fn rooms_table_only_goes_down() {
    for room in &ROOMS {
        for name in room.imports {
            let below = find(name).unwrap();
            assert!(
                below.floor <= room.floor && below.name != room.name,
                "{} imports {name}",
                room.name
            );
        }
    }
}

#[test]
fn imports_that_go_up_are_found() {
    for (path, text, wrong) in [
        ("rules/law.rs", "use crate::model::Method;", false),
        ("rules/law.rs", "use crate::follow::Trace;", true),
        (
            "rules/law.rs",
            "use crate::{model::{Method, Status}, follow};",
            true,
        ),
        (
            "rules/law.rs",
            "use crate::{\n    model,\n    rules::Level,\n};",
            false,
        ),
        ("rules/law.rs", "fn f() { crate::net::dial() }", true),
        ("rules/law.rs", "use super::super::net;", true),
        ("rules/law.rs", "use super::{Level, Rule};", false),
        (
            "rules/law.rs",
            "// use crate::net;\n/* crate::net */ const A: &str = \"crate::net\";",
            false,
        ),
        (
            "rules/law.rs",
            "const A: &str = r#\"\"crate::net\"\"#; const B: char = '\"'; use crate::net;",
            true,
        ),
        (
            "rules/law.rs",
            "fn f<'a>(a: &'a str) {} use crate::net;",
            true,
        ),
        (
            "rules/law.rs",
            "#[cfg(test)]\nmod tests {\n    use crate::clients::all;\n}",
            false,
        ),
        (
            "rules/law.rs",
            "#[cfg(test)]\nmod tests {\n    use crate::follow::Trace;\n}",
            true,
        ),
        ("exit.rs", "use crate::model::Status;", true),
        ("util/mod.rs", "", true),
        ("model/mod.rs", "use crate::helpers::x;", true),
        ("net/wire.rs", "use crate::follow::Transport;", false),
        ("net/tap.rs", "use crate::report::View;", true),
        ("main.rs", "use crate::report::View;", false),
    ] {
        let faults = wrong_imports(&Source::new(path, text));
        assert_eq!(!faults.is_empty(), wrong, "{path}: {text}: {faults:?}");
    }
}

#[test]
fn words_outside_their_fences_are_found() {
    for (path, text, wrong) in [
        ("net/plain.rs", "use ureq::Agent;", false),
        ("net/mod.rs", "use ureq::Agent;", true),
        ("follow/mod.rs", "use ureq::Agent;", true),
        ("follow/mod.rs", "// ureq::Agent", false),
        ("follow/mod.rs", "let my_ureq = my_ureq::new();", false),
        ("cli/env.rs", "std::env::var(\"NO_COLOR\")", false),
        ("cli/args.rs", "std::env::var(\"NO_COLOR\")", true),
        ("cli/args.rs", "env!(\"CARGO_PKG_VERSION\")", false),
        ("rules/mod.rs", "let now = Instant::now();", true),
        ("report/mod.rs", "println!(\"x\")", true),
        ("report/mod.rs", "writeln!(out, \"println!\")", false),
        (
            "report/mod.rs",
            "#[cfg(test)]\nmod tests { fn f() { println!(\"x\") } }",
            false,
        ),
        ("main.rs", "std::process::exit(1)", true),
        ("cli/mod.rs", "use std::{env, fs};", true),
        ("cli/mod.rs", "use std::fs;", true),
    ] {
        let faults = outside_its_fence(&Source::new(path, text));
        assert_eq!(!faults.is_empty(), wrong, "{path}: {text}: {faults:?}");
    }
}

#[test]
fn circles_between_files_are_found() {
    const DOOR: (&str, &str) = ("lab/mod.rs", "mod a; mod b; pub use a::A; pub use b::B;");
    const DECLARING: (&str, &str) = ("lab/a.rs", "use super::S;");
    #[rustfmt::skip]
    let cases: [(&[(&str, &str)], bool); 11] = [
        // Through the door that passes both on.
        (&[DOOR, ("lab/a.rs", "use super::B;"), ("lab/b.rs", "use crate::lab::{A, x};")], true),
        (&[DOOR, ("lab/a.rs", "use super::B;"), ("lab/b.rs", "use crate::model::A;")], false),
        // By a path, and by the module.
        (&[DOOR, ("lab/a.rs", "fn f() { super::b::g() }"), ("lab/b.rs", "use super::a;")], true),
        (&[DOOR, ("lab/a.rs", "// super::b\nfn f() {}"), ("lab/b.rs", "use super::a;")], false),
        // A child may name what its `mod.rs` declares, and a `mod.rs` may pass on what it does not use.
        (&[("lab/mod.rs", "mod a; pub use a::A; pub struct S;"), DECLARING], false),
        (&[("lab/mod.rs", "mod a; pub use a::A; pub struct S(A);"), DECLARING], true),
        (&[("lab/mod.rs", "mod a; use a::A; pub struct S;"), DECLARING], true),
        (&[("lab/mod.rs", "mod a; fn f() { a::g() } pub struct S;"), DECLARING], true),
        // Three files; tests; rooms, which have a table of their own.
        (&[DOOR, ("lab/a.rs", "use super::b::B;"), ("lab/b.rs", "use super::c::C as D;"),
           ("lab/c.rs", "use super::a::{self, A};")], true),
        (&[DOOR, ("lab/a.rs", "use super::b::B;"),
           ("lab/b.rs", "#[cfg(test)]\nmod tests {\n    use super::super::a::A;\n}")], false),
        (&[DOOR, ("lab/a.rs", "use crate::net::B;"), ("net/mod.rs", "use crate::lab::a::A;")], false),
    ];
    for (files, is_circle) in cases {
        let crate_root = Source::new("lib.rs", "");
        let files: Vec<Source> = files
            .iter()
            .map(|(path, text)| Source::new(path, text))
            .chain([crate_root])
            .collect();
        let faults = circle_faults(&files);
        let texts: Vec<&str> = files.iter().map(|file| file.product.as_str()).collect();
        assert_eq!(!faults.is_empty(), is_circle, "{texts:?}: {faults:?}");
    }
}

#[test]
fn shared_type_names_are_found() {
    for (a, b, shared) in [
        ("pub struct Rule;", "enum Rule {}", true),
        (
            "pub(super) enum Rule {}",
            "macro! {\n    pub enum Rule {}\n}",
            true,
        ),
        ("type Rule = u8;", "trait Rule {}", true),
        ("fn f() {\n    struct Rule;\n}", "union Rule {}", true),
        ("pub struct Rule;", "pub struct Rules;\nuse x::Rule;", false),
        (
            "impl A for B {\n    type Rule = u8;\n}",
            "struct Rule<'a>(&'a u8);",
            false,
        ),
        (
            "struct Rule;",
            "#[cfg(test)]\nmod tests {\n    struct Rule;\n}",
            false,
        ),
        ("struct Rule;", "// struct Rule;", false),
    ] {
        let sources = [Source::new("lab/a.rs", a), Source::new("net/b.rs", b)];
        let faults = name_faults(&sources);
        assert_eq!(!faults.is_empty(), shared, "{a} {b}: {faults:?}");
    }
}
