//! The walls of the house: which room may lean on which, which crate stays in which room, and what stands nowhere.
//!
//! Move a wall when the work shows that it stands wrongly: change the table here and say why in the commit.

mod source;

use std::fs;
use std::path::Path;

use source::{Source, calls};

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
const ROOMS: [Room; 11] = [
    room("model", 0, &[]),
    room("exit", 0, &[]),
    room("rules", 1, &["model"]),
    room("clients", 1, &["model", "rules"]),
    room("follow", 2, &["model", "rules"]),
    room("check", 2, &["model", "rules", "follow"]),
    room("lab", 2, &["model", "rules", "clients"]),
    room("net", 3, &["model", "follow"]),
    room(
        "report",
        3,
        &[
            "model", "exit", "rules", "clients", "follow", "check", "lab",
        ],
    ),
    room(
        "cli",
        3,
        &["model", "exit", "rules", "clients", "check", "report"],
    ),
    room(
        "commands",
        4,
        &[
            "model", "exit", "rules", "clients", "follow", "check", "lab", "net", "report", "cli",
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

const FENCES: [Fence; 12] = [
    Fence {
        words: &[
            "ureq::",
            "webpki_roots::",
            "rustls_native_certs::",
            "x509_cert::",
        ],
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
        words: &["cookie_store::"],
        places: &["follow"],
        why: "a jar belongs to a chain",
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
        places: &["commands"],
        why: "one room opens files",
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
        places: &["follow", "lab", "net", "report", "commands", "main.rs"],
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
        "commands/multipart.rs",
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
const LONGEST_FILE: usize = 600;

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

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn imports_only_go_down() {
    assert_none(&sources().iter().flat_map(wrong_imports).collect::<Vec<_>>());
}

#[test]
fn crates_and_side_effects_stay_in_their_rooms() {
    assert_none(
        &sources()
            .iter()
            .flat_map(outside_its_fence)
            .collect::<Vec<_>>(),
    );
}

#[test]
fn no_exception_outlives_its_reason() {
    let sources = sources();
    for (file, word, _) in EXCEPTIONS {
        let used = sources
            .iter()
            .any(|source| source.path == file && calls(&source.product, word));
        assert!(used, "{file} no longer uses `{word}`: remove the exception");
    }
}

#[test]
fn nothing_is_unfinished_and_no_file_is_endless() {
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
fn every_test_file_is_part_of_the_one_test_program() {
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
fn the_table_only_goes_down() {
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
fn a_wrong_import_is_found() {
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
        ("net/tap.rs", "use crate::follow::Transport;", false),
        ("net/tap.rs", "use crate::report::View;", true),
        ("main.rs", "use crate::report::View;", false),
    ] {
        let faults = wrong_imports(&Source::new(path, text));
        assert_eq!(!faults.is_empty(), wrong, "{path}: {text}: {faults:?}");
    }
}

#[test]
fn a_word_outside_its_fence_is_found() {
    for (path, text, wrong) in [
        ("net/mod.rs", "use ureq::Agent;", false),
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
