//! Secrets stay out of every output unless `--show-secrets` asks for them.

use std::fs;

use tempfile::TempDir;

use crate::support::{lab, rehop};

/// In every secret below.
const MARK: &str = "S3CR3T";

/// `me:S3CR3T` as it is sent, in base64.
const BASIC: &str = "bWU6UzNDUjNU";

/// Flags and URLs that carry secrets, with what shows that they reached the lab.
const CASES: [(&[&str], &str, &str); 10] = [
    (&["-u", "me:S3CR3T"], "/to/port/307", "authorization"),
    (
        &["-H", "Authorization: Bearer S3CR3T"],
        "/echo",
        "authorization",
    ),
    (&["-H", "X-Api-Key: S3CR3T"], "/to/port/302", "x-api-key"),
    (
        &["-H", "Proxy-Authorization: Basic S3CR3T"],
        "/echo",
        "proxy-authorization",
    ),
    (&["-b", "session=S3CR3T"], "/status/302", "cookie"),
    (&[], "/cookies/set?token=S3CR3T", "cookie"),
    (&[], "/status/302?location=/echo%3Ftoken%3DS3CR3T", ""),
    (&[], "/echo?access_token=S3CR3T", ""),
    (&[], "/status/302?location=http://u:S3CR3T@127.0.0.1:1/", ""),
    (&["-e", "http://h.example/?code=S3CR3T"], "/echo", "referer"),
];

const FORMATS: [&[&str]; 5] = [
    &["--format", "table"],
    &["-v"],
    &["-q"],
    &["--json"],
    &["--jsonl"],
];

#[test]
fn secrets_stand_in_no_output_unless_asked_for() {
    let lab = lab();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("report");
    for (flags, path, field) in CASES {
        let url = lab.url(path);
        for format in FORMATS {
            let report = format!("json={}", file.display());
            let run = rehop(&[flags, format, &["--report", &report, &url]].concat());
            let written = fs::read_to_string(&file).unwrap();
            for (name, text) in [
                ("standard output", &run.out),
                ("standard error", &run.err),
                ("--report", &written),
            ] {
                assert!(
                    !text.contains(MARK) && !text.contains(BASIC),
                    "{flags:?} {path} {format:?}: {name}:\n{text}"
                );
            }
        }
        let shown = rehop(&[flags, &["--json", "--show-secrets", &url]].concat());
        let sent_as = if flags.contains(&"-u") { BASIC } else { MARK };
        assert!(
            shown.out.contains(sent_as),
            "{flags:?} {path}: {}",
            shown.out
        );
        let arrivals = lab.arrivals();
        let arrived = |field| {
            arrivals
                .iter()
                .any(|arrival| arrival.headers.contains(field))
        };
        assert!(
            field.is_empty() || arrived(field),
            "{flags:?} {path}: {field} did not arrive"
        );
    }
}

/// A blank within a token, and an actual value that reads as if there were none.
#[test]
fn secrets_stand_in_no_unmet_expectation() {
    let lab = lab();
    let url = lab.url("/status/302?location=/echo%3Ftoken%3DS3C%20S3CR3T");
    for check in [
        ["--fail-on", "invalid-location"],
        ["--expect", "hop1.header.location = /"],
    ] {
        for format in FORMATS {
            let run = rehop(&[&check[..], format, &[&url]].concat());
            assert!(
                run.code == Some(1) && !run.out.contains(MARK),
                "{check:?} {format:?}: {}",
                run.out
            );
        }
    }
}

#[test]
fn secrets_in_the_userinfo_of_the_url_are_masked() {
    let lab = lab();
    let url = lab
        .url("/status/302")
        .replace("http://", "http://me:S3CR3T@");
    for format in FORMATS {
        let run = rehop(&[format, &[&*url]].concat());
        assert!(
            !run.out.contains(MARK) && run.code == Some(0),
            "{format:?}: {}",
            run.out
        );
    }
    let arrivals = lab.arrivals();
    assert_eq!(
        arrivals[0].headers.text("authorization"),
        Some(&*format!("Basic {BASIC}"))
    );
    assert!(!rehop(&["-v", &url]).out.contains(BASIC));
    assert!(rehop(&["-v", "--show-secrets", &url]).out.contains(BASIC));
}

/// What is wrong on the command line is repeated, but not its password.
#[test]
fn secrets_stand_in_no_error() {
    for args in [
        &["-x", "http://u:S3CR3T@p:0x", "h"][..],
        &["http://me:S3CR3T@"],
        &["http://me:S3CR3T@h:99999/"],
        &["ftp://me:S3CR3T@h/"],
        &["-u", "me:S3CR3T", "-X", "A B", "h"],
    ] {
        let run = rehop(args);
        assert_eq!(run.code, Some(2), "{args:?}");
        assert!(!run.err.contains(MARK), "{args:?}: {}", run.err);
    }
}

/// What was typed as a secret is in no error, wherever it stands.
#[test]
fn secrets_typed_stand_in_no_error() {
    for args in [
        &["http://me:S3C/R3T@h:x/"][..],
        &["http://me:S3CR3T?x@h/"],
        &["http://a b/?token=S3CR3T"],
        &["htp://h/?token=S3CR3T"],
        &["-b", "S3CR3T", "http://127.0.0.1:1/"],
        &["-x", "//u:S3CR3T@h:x", "http://h/"],
        &["curl", "http://127.0.0.1:1/ -u a:S3CR3T"],
        &["curl", "-u", "me:S3CR3T", "--no-such-option", "http://h/"],
        &["--clients", "http:\\u:S3CR3T@h", "http://127.0.0.1:1/"],
        &[
            "-H",
            "Authorization: Bearer S3CR3T",
            "--format",
            "nonsense",
            "http://h/",
        ],
    ] {
        let run = rehop(args);
        let said = [run.out.as_str(), run.err.as_str()].concat();
        assert!(
            !said.contains(MARK) && !said.contains("R3T"),
            "{args:?}: {said}"
        );
        assert_ne!(run.code, Some(0), "{args:?}");
    }
}

#[test]
fn secrets_that_the_user_names_are_masked() {
    let lab = lab();
    let run = rehop(&[
        "--json",
        "--secret",
        "X-Tenant",
        "-H",
        "X-Tenant: S3CR3T",
        &lab.url("/status/307"),
    ]);
    assert!(
        !run.out.contains(MARK) && run.out.contains("X-Tenant"),
        "{}",
        run.out
    );
}

/// What leaves with the chain is told in one sentence, all of it.
#[test]
fn leaks_are_all_named() {
    let lab = lab();
    let url = lab.url("/to/port/307");
    let run = rehop(&[
        "-q",
        "-H",
        "X-Api-Key: k",
        "-H",
        "X-Auth-Token: t",
        "-d",
        "password=x",
        &url,
    ]);
    for leak in [
        "x-api-key, x-auth-token go to another origin",
        "the body goes to another origin, with password in it",
    ] {
        assert!(run.out.contains(leak), "{}", run.out);
    }
    let run = rehop(&["-q", "-e", ";auto", &lab.url("/to/port/302?token=S3CR3T")]);
    assert!(
        run.out.contains("the Referer takes token of the URL"),
        "{}",
        run.out
    );
}
