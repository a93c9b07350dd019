//! The program itself.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

use super::document;

/// What one run left behind.
pub(crate) struct Run {
    /// The exit code; `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
    /// How long it took.
    pub(crate) took: Duration,
}

impl Run {
    /// Standard output as one JSON document, which holds to the schema.
    pub(crate) fn json(&self) -> Value {
        self.try_json().unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// The same, or what is wrong with it.
    pub(crate) fn try_json(&self) -> Result<Value, String> {
        document::read(&self.out).map_err(|fault| format!("{fault}:\n{}\n{}", self.out, self.err))
    }

    /// Standard output as the list of documents that several URLs make.
    pub(crate) fn list(&self) -> Vec<Value> {
        let read = serde_json::from_str(&self.out);
        let list: Vec<Value> = read.unwrap_or_else(|fault| panic!("{fault}:\n{}", self.out));
        for document in &list {
            document::read(&document.to_string()).unwrap_or_else(|fault| panic!("{fault}"));
        }
        list
    }

    /// Standard output as a document a line.
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| document::read(line).unwrap_or_else(|fault| panic!("{fault}:\n{line}")))
            .collect()
    }
}

/// Runs rehop with these arguments, nothing on standard input, and nothing of this machine's settings.
pub(crate) fn rehop(args: &[&str]) -> Run {
    rehop_fed(args, b"")
}

/// The same with this on standard input.
pub(crate) fn rehop_fed(args: &[&str], input: &[u8]) -> Run {
    run(program(args), input)
}

/// The same, of a run that may take so long.
pub(crate) fn rehop_patient(limit: Duration, args: &[&str]) -> Run {
    run_within(limit, program(args), b"")
}

/// The same with so little memory: data beyond it cannot be allocated, which ends the program by a signal.
///
/// Only Linux keeps to it.
pub(crate) fn rehop_within(kibibytes: u32, args: &[&str]) -> Run {
    let bare = program(args);
    if !cfg!(target_os = "linux") {
        return run(bare, b"");
    }
    let mut command = clean(Command::new("sh"));
    command.args([
        "-c",
        &format!("ulimit -d {kibibytes} && exec \"$0\" \"$@\""),
    ]);
    command.arg(bare.get_program()).args(bare.get_args());
    run(command, b"")
}

/// rehop with these arguments, to be started, and nothing of this machine's settings.
pub(crate) fn program(args: &[&str]) -> Command {
    let mut command = clean(Command::new(cargo_bin!("rehop")));
    command
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn clean(mut command: Command) -> Command {
    for name in SURROUNDINGS {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    // Whatever the machine speaks, the outputs compared are those of a UTF-8 locale.
    command.env("LC_ALL", "C.UTF-8");
    command
}

fn run(command: Command, input: &[u8]) -> Run {
    run_within(LIMIT, command, input)
}

fn run_within(limit: Duration, command: Command, input: &[u8]) -> Run {
    let began = Instant::now();
    let mut command = assert_cmd::Command::from_std(command);
    let output = command
        .write_stdin(input)
        .timeout(limit)
        .output()
        .expect("the program can be started");
    let took = began.elapsed();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("rehop writes UTF-8");
    Run {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
        took,
    }
}

/// Variables that would lead requests elsewhere or colour the output.
const SURROUNDINGS: [&str; 7] = [
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "no_color",
    "clicolor_force",
    "ssl_cert_file",
];

/// Longer than any run takes, even on a busy machine; a run that is cut off has no exit code.
const LIMIT: Duration = Duration::from_secs(60);
