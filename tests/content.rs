//! Content on its way: the same bytes at every hop, whatever their source and size, in little memory.

use std::fs::{self, File};

use rehop::lab::{Arrival, Options, Server};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{ends, hops, lab, rehop, rehop_fed, rehop_within};

/// More than is kept in memory of standard input (1 MiB).
const SPOOLED: usize = 3_000_000;
/// The bodies of this size go by in little memory.
const LARGE: u64 = 200_000_000;
/// All the memory that a run may take, in KiB.
const MEMORY: u32 = 64 * 1024;

fn bytes(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"))
}

/// Length and hash of what each hop sent, by the document and as the lab got it.
fn sent(document: &Value) -> Vec<Value> {
    hops(document)
        .iter()
        .map(|hop| hop["request"]["body"].clone())
        .collect()
}

fn arrived(lab: &Server) -> Vec<Value> {
    let digest = |arrival: &Arrival| {
        arrival.content.as_ref().map_or(
            Value::Null,
            |content| json!({ "bytes": content.digest.bytes, "sha256": hex(&content.digest.sha256), "complete": true }),
        )
    };
    lab.arrivals()
        .iter()
        .map(|arrival| digest(arrival))
        .collect()
}

#[test]
fn content_of_every_source_is_resent_unchanged() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("body");
    fs::write(&file, bytes(SPOOLED)).unwrap();
    let at_file = format!("@{}", file.display());
    for (flags, input, expected) in [
        (&["--data-binary", "a=1"][..], &b""[..], b"a=1".to_vec()),
        (&["--data-binary", &at_file], b"", bytes(SPOOLED)),
        (
            &["--data-binary", "@-"],
            b"some text",
            b"some text".to_vec(),
        ),
        (&["--data-binary", "@-"], &bytes(SPOOLED), bytes(SPOOLED)),
        (&["-d", "@-"], b"a\r\nb\n", b"ab".to_vec()),
        (&["-T", file.to_str().unwrap()], b"", bytes(SPOOLED)),
        (&["-T", "-"], &bytes(SPOOLED), bytes(SPOOLED)),
        (&["--data-json", "{}"], b"", b"{}".to_vec()),
        (&["--data-urlencode", "a=b c"], b"", b"a=b+c".to_vec()),
    ] {
        let lab = lab();
        let run = rehop_fed(
            &[&["--json"], flags, &[&*lab.url("/chain/307,308")]].concat(),
            input,
        );
        let document = run.json();
        assert_eq!(
            ends(&run, &document),
            "0 landed 307,308,200",
            "{flags:?}: {}",
            run.err
        );
        let sha256 = hex(digest(&SHA256, &expected).as_ref());
        let same = json!({ "bytes": expected.len(), "sha256": sha256, "complete": true });
        assert_eq!(sent(&document), vec![same.clone(); 3], "{flags:?}");
        assert_eq!(arrived(&lab), vec![same; 3], "{flags:?}");
    }
}

#[test]
fn form_is_resent_with_the_same_boundary() {
    let lab = lab();
    let run = rehop_fed(
        &[
            "--json",
            "-F",
            "a=1",
            "-F",
            "f=@-;filename=x",
            &lab.url("/status/308"),
        ],
        &bytes(SPOOLED),
    );
    let document = run.json();
    assert_eq!(ends(&run, &document), "0 landed 308,200", "{}", run.err);
    let [first, second] = &sent(&document)[..] else {
        panic!("{document:#}")
    };
    assert_eq!(first, second);
    assert_eq!(arrived(&lab), [first.clone(), second.clone()]);
}

#[test]
fn large_file_is_uploaded_in_little_memory() {
    let (lab, folder) = (lab(), TempDir::new().unwrap());
    let file = folder.path().join("large");
    File::create(&file).unwrap().set_len(LARGE).unwrap();
    let run = rehop_within(
        MEMORY,
        &[
            "--json",
            "-T",
            file.to_str().unwrap(),
            &lab.url("/status/307"),
        ],
    );
    let document = run.json();
    assert_eq!(ends(&run, &document), "0 landed 307,200", "{}", run.err);
    assert_eq!(sent(&document)[1]["bytes"], LARGE);
    assert_eq!(sent(&document), arrived(&lab));
}

#[test]
fn early_answer_stops_the_upload_and_the_next_hop_gets_it_whole() {
    let (lab, folder) = (lab(), TempDir::new().unwrap());
    let file = folder.path().join("large");
    File::create(&file).unwrap().set_len(LARGE / 10).unwrap();
    for how in ["close", "reset"] {
        let run = rehop_within(
            MEMORY,
            &[
                "--json",
                "-T",
                file.to_str().unwrap(),
                &lab.url(&format!("/early/{how}/307")),
            ],
        );
        let document = run.json();
        assert_eq!(
            ends(&run, &document),
            "0 landed 307,200",
            "{how}: {document:#}"
        );
        let [first, second] = &sent(&document)[..] else {
            panic!("{document:#}")
        };
        assert_eq!(first["complete"], false, "{how}: {first}");
        assert_eq!(
            (&second["complete"], &second["bytes"]),
            (&json!(true), &json!(LARGE / 10)),
            "{how}"
        );
    }
}

#[test]
fn file_removed_between_two_hops_fails_the_second() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("body");
    fs::write(&file, "a=1").unwrap();
    let path = file.clone();
    // The lab tells of the first request before it answers.
    let remove = move |_: &Arrival| drop(fs::remove_file(&path));
    let lab = Server::start(Options {
        log: Some(Box::new(remove)),
        ..Options::default()
    })
    .unwrap();
    let named = file.to_str().unwrap();
    let run = rehop(&[
        "--json",
        "--data-binary",
        &format!("@{named}"),
        &lab.url("/status/307"),
    ]);
    let document = run.json();
    assert_eq!(ends(&run, &document), "3 failed send 307,-", "{document:#}");
    assert!(
        document["end"]["detail"].as_str().unwrap().contains(named),
        "{document:#}"
    );
}
