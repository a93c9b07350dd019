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
