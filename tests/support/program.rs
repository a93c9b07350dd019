//! The program itself.

use std::time::Duration;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

/// What one run left behind.
pub(crate) struct Run {
    /// The exit code; `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Run {
    /// Standard output as one JSON document.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|fault| panic!("{fault}:\n{}\n{}", self.out, self.err))
    }
}

/// Runs rehop with these arguments, nothing on standard input, and nothing of this machine's settings.
pub(crate) fn rehop(args: &[&str]) -> Run {
    rehop_within(LIMIT, args)
}

/// The same, of a run that may take so long.
pub(crate) fn rehop_within(limit: Duration, args: &[&str]) -> Run {
    let mut command = Command::new(cargo_bin!("rehop"));
    for name in SURROUNDINGS {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    // Whatever the machine speaks, the outputs compared are those of a UTF-8 locale.
    command.env("LC_ALL", "C.UTF-8");
    let output = command.args(args).timeout(limit).output().expect("the program can be started");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("rehop writes UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Variables that would lead requests elsewhere or colour the output.
const SURROUNDINGS: [&str; 7] =
    ["http_proxy", "https_proxy", "all_proxy", "no_proxy", "no_color", "clicolor_force", "ssl_cert_file"];

/// Longer than any run takes, even on a busy machine; a run that is cut off has no exit code.
const LIMIT: Duration = Duration::from_mins(1);
