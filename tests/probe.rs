//! Real clients against the lab: what `rehop probe` says of them is what the shipped profiles say, and a client that is
//! wrong is caught.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::support::{Run, note, rehop, rehop_patient, skip};

/// A probe of some three hundred runs, each of which may start an interpreter, on a machine with other things to do.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// Where `.ci/run` puts the clients that it gets from package registries.
const CLIENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/clients");
const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/probe");

/// Whether this program and what it needs are here: `words` is a command that says so by its exit code.
fn is_here(name: &str, words: &[&str]) -> bool {
    let run = Command::new(words[0])
        .args(&words[1..])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let here = run.is_ok_and(|status| status.success());
    if !here {
        skip(&format!("{name} ({})", words.join(" ")));
    }
    here
}

fn first_line(words: &[&str]) -> String {
    let output = Command::new(words[0])
        .args(&words[1..])
        .output()
        .expect("it was here a moment ago");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The document of a probe.
fn probed(run: &Run) -> Value {
    let document: Value =
        serde_json::from_str(&run.out).unwrap_or_else(|fault| panic!("{fault}: {}", run.err));
    let schema =
        serde_json::from_str(include_str!("../schema/probe.schema.json")).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let faults: Vec<String> = validator
        .iter_errors(&document)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    document
}

fn probe(options: &[&str], client: &[&str]) -> Run {
    let places = ["{method}", "{url}", "{body}"];
    rehop_patient(
        PATIENCE,
        &[&["probe"], options, &["--"], client, &places].concat(),
    )
}

/// Holds the client against the profile `id`; `version` says which it is.
fn as_profiled(id: &str, client: &[&str], version: &[&str]) {
    if !is_here(id, version) {
        return;
    }
    let run = probe(&["--json", "--against", id], client);
    let probed = probed(&run);
    assert_eq!(probed["summary"]["not_measured"], 0, "{id}: {}", run.err);
    let (here, profiled) = (
        first_line(version),
        probed["against"]["version"]
            .as_str()
            .expect("a version")
            .to_owned(),
    );
    let number = profiled
        .split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let differences = &probed["against"]["differences"];
    if number.is_some_and(|number| here.contains(number)) {
        assert_eq!(differences, &Value::Array(Vec::new()), "{id} {here}");
    } else {
        note(&format!(
            "{id}: the profile is of {profiled}, here is {here}; they differ in {differences:#}"
        ));
    }
}

#[test]
fn probe_of_curl_agrees_with_its_profile() {
    as_profiled(
        "curl-L-X",
        &["sh", &format!("{EXAMPLES}/curl.sh")],
        &["curl", "--version"],
    );
}

#[test]
#[ignore = "drives a real client for minutes; .ci/run runs it"]
fn probe_of_wget_agrees_with_its_profile() {
    as_profiled(
        "wget-method",
        &["sh", &format!("{EXAMPLES}/wget.sh")],
        &["wget", "--version"],
    );
}

#[test]
#[ignore = "drives a real client for minutes; .ci/run runs it"]
fn probe_of_python_clients_agrees_with_their_profiles() {
    let own = format!("{CLIENTS}/python/bin/python");
    let python = if Path::new(&own).exists() {
        own.as_str()
    } else {
        "python3"
    };
    for id in ["requests", "httpx"] {
        let version = format!("import {id}; print({id}.__version__)");
        as_profiled(
            id,
            &[python, &format!("{EXAMPLES}/{id}_client.py")],
            &[python, "-c", &version],
        );
    }
}

#[test]
#[ignore = "drives a real client for minutes; .ci/run runs it"]
fn probe_of_node_clients_agrees_with_their_profiles() {
    as_profiled(
        "node20-fetch",
        &["node", &format!("{EXAMPLES}/fetch.mjs")],
        &["node", "--version"],
    );
    let modules = format!("NODE_PATH={CLIENTS}/node/node_modules");
    let axios = format!("{EXAMPLES}/axios.cjs");
    let version = ["env", &modules, "node", "-p", "require('axios').VERSION"];
    as_profiled("axios", &["env", &modules, "node", &axios], &version);
}

/// What curl is known for: on 301 to 303 the verb stays and the body is gone.
#[test]
#[ignore = "drives a real client for minutes; .ci/run runs it"]
fn probe_shows_that_curl_with_a_method_loses_the_body() {
    if !is_here("curl", &["curl", "--version"]) {
        return;
    }
    let line = "curl -sL -o /dev/null -X {method} --data-binary {body} {url}";
    let command: Vec<&str> = line.split(' ').collect();
    let run = rehop(&[&["probe", "--json", "--"], command.as_slice()].concat());
    assert_eq!(run.code, Some(0), "nothing of it is forbidden: {}", run.err);
    let probed = probed(&run);
    let cells = probed["cells"].as_array().unwrap();
    let near = |cell: &&Value| {
        ["same-origin", "port", "host"].contains(&cell["crossing"].as_str().unwrap_or_default())
    };
    assert_eq!(cells.iter().filter(near).count(), 270);
    // curl finds names under localhost; without a certificate it goes to no https.
    let unreached = probed["not_measured"].as_array().unwrap();
    let unreached: Vec<&Value> = unreached.iter().map(|row| &row["crossing"]).collect();
    assert_eq!(unreached, ["upgrade", "downgrade"]);
    for cell in cells
        .iter()
        .filter(|cell| cell["body"] == true && cell["method"] == "PUT")
    {
        let code = cell["status"].as_u64().unwrap();
        let body = if (301..=303).contains(&code) {
            "dropped"
        } else {
            "kept"
        };
        assert_eq!(
            (&cell["next"]["method"], &cell["next"]["body"]),
            (&"PUT".into(), &body.into()),
            "{cell:#}"
        );
    }
    let people = rehop(&[&["probe", "--color", "never", "--"], command.as_slice()].concat());
    assert!(
        people
            .out
            .contains("The method stayed and its body is gone (body-lost)"),
        "{}",
        people.out
    );
    assert!(
        people.out.lines().all(|line| line.chars().count() <= 80),
        "{}",
        people.out
    );
}

#[test]
#[ignore = "drives a real client for minutes; .ci/run runs it"]
fn probe_writes_a_profile_of_what_was_seen() {
    if !is_here("curl", &["curl", "--version"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ours.json");
    let file = file.to_str().expect("a path in UTF-8");
    let client = format!("{EXAMPLES}/curl.sh");
    let written = probed(&probe(&["--json", "--profile", file], &["sh", &client]));
    assert_eq!(written["profile"]["differences"], Value::Array(Vec::new()));
    let run = probe(
        &["--json", "--against", file, "--fail-on", "drift"],
        &["sh", &client],
    );
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let run = probe(
        &["--json", "--against", "fetch", "--fail-on", "drift"],
        &["sh", &client],
    );
    assert_eq!(run.code, Some(1), "curl is no browser");
}

#[test]
#[ignore = "drives a real client for minutes; .ci/run runs it"]
fn probe_catches_a_wrong_client_in_each_point() {
    if !is_here("python3", &["python3", "--version"]) {
        return;
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/wrong_client.py");
    let run = probe(&["--json"], &["python3", script]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let probed = probed(&run);
    let cells = probed["cells"].as_array().unwrap();
    // Finding, code, method, crossing (any where empty).
    for (finding, code, method, crossing) in [
        ("body-after-303", 303, "POST", "same-origin"),
        ("body-lost", 307, "PUT", "same-origin"),
        ("credentials-sent", 302, "GET", "host"),
        ("credentials-sent", 302, "GET", "port"),
        ("head-became-get", 308, "HEAD", "same-origin"),
        ("method-not-kept", 307, "HEAD", "same-origin"),
    ] {
        let shown = cells.iter().any(|cell| {
            let raised = cell["findings"]
                .as_array()
                .unwrap()
                .contains(&finding.into());
            raised
                && cell["status"] == code
                && cell["method"] == method
                && cell["crossing"] == crossing
        });
        assert!(shown, "{finding} on {code} for {method} at {crossing}");
    }
    assert_eq!(probed["limit"], 25);
    let found: BTreeSet<&str> = probed["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["id"].as_str().unwrap())
        .collect();
    assert!(found.contains("many-followed"), "{found:?}");
    assert!(probed["summary"]["forbidden"].as_u64() > Some(0));
}

#[test]
fn probe_does_not_guess_at_a_client_that_shows_nothing() {
    if !is_here("sh", &["sh", "-c", "true"]) {
        return;
    }
    // Command, what is said of it.
    for (command, why) in [
        ("echo wrong >&2; exit 3", "sent nothing (exit 3: wrong)"),
        ("kill -SEGV $$", "crashed"),
        ("sleep 60 & wait", "did not end within 0.2 s"),
    ] {
        let run = rehop(&[
            "probe",
            "--json",
            "--timeout",
            "0.2",
            "--",
            "sh",
            "-c",
            command,
            "{url}",
        ]);
        assert_eq!(run.code, Some(3), "{command}: {}", run.err);
        let probed = probed(&run);
        assert_eq!(probed["summary"]["not_measured"], 27, "{command}");
        let told = probed["cells"][0]["not_measured"].as_str().unwrap();
        assert!(told.contains(why), "{told}");
        assert_eq!(probed["cells"][0]["followed"], Value::Null);
    }
}

#[test]
fn probe_of_what_cannot_be_run_is_misuse() {
    for (words, says) in [
        (
            &["probe", "--", "no-such-program-anywhere", "{url}"][..],
            "no-such-program-anywhere",
        ),
        (&["probe", "--", "curl", "http://example.com"], "{url}"),
        (
            &["probe", "--fail-on", "body-lots", "--", "curl", "{url}"],
            "did you mean `body-lost`?",
        ),
        (
            &["probe", "--against", "crul", "--", "curl", "{url}"],
            "did you mean",
        ),
    ] {
        let run = rehop(words);
        assert_eq!(run.code, Some(2), "{words:?}: {}", run.out);
        assert!(run.err.contains(says), "{words:?}: {}", run.err);
    }
}

#[test]
fn probe_finds_a_profile_that_cannot_be_written_before_it_runs_the_client() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = folder.path().join("ran");
    let client = format!("touch {}", ran.display());
    let nowhere = folder.path().join("none/p.json");
    let nowhere = nowhere.to_str().expect("a path in UTF-8");
    let run = rehop(&[
        "probe",
        "--profile",
        nowhere,
        "--",
        "sh",
        "-c",
        &client,
        "{url}",
    ]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    let says = format!("rehop: --profile: cannot write {nowhere}: ");
    assert!(run.err.starts_with(&says), "{}", run.err);
    assert!(!ran.exists(), "nothing was run");
}

#[test]
#[cfg(target_os = "linux")]
fn probe_reports_although_its_profile_is_lost() {
    let run = rehop(&["probe", "--profile", "/dev/full", "--", "true", "{url}"]);
    assert_eq!(run.code, Some(3), "{}", run.err);
    let says = "rehop: --profile: cannot write /dev/full: No space left on device";
    assert!(run.err.contains(says), "{}", run.err);
    assert!(run.out.contains("probe"), "{}", run.out);
}

/// 307 keeps the method, and there was no body to keep: Fetch does exactly this. Browsers read `///host` as a host.
#[test]
fn probe_compares_with_fetch_and_browsers_as_the_rules_do() {
    if !is_here("curl", &["curl", "--version"]) {
        return;
    }
    let client = ["curl", "-sL", "-X", "{method}", "{url}"];
    let options = [
        "probe", "--json", "--status", "307", "--method", "POST", "--",
    ];
    let cells = probed(&rehop(&[&options[..], &client[..]].concat()));
    for cell in cells["cells"].as_array().unwrap() {
        assert_eq!(cell["as_fetch"], true, "{cell:#}");
    }
    let all = probed(&rehop(&["probe", "--json", "--", "curl", "-sL", "{url}"]));
    let locations = all["locations"].as_array().unwrap();
    let triple = locations.iter().find(|row| row["form"] == "triple-slash");
    let browser = triple.unwrap()["browser"].as_str();
    assert!(
        browser.is_some_and(|url| url.ends_with("/echo")),
        "{triple:?}"
    );
}
