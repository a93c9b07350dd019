//! Following as measured clients do (`--as`), and what the others would have done (`--clients`), against the lab.

use std::fs;

use rehop::lab::Server;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{each, lab, rehop};

/// What the lab was asked, hop by hop: method, `+` and the size of a body, `auth` where Authorization came along.
fn asked(words: &[&str], lab: &Server, path: &str) -> String {
    let run = rehop(&[&["--json", "--show-secrets"], words, &[&*lab.url(path)]].concat());
    let document = run.json();
    let hops = document["hops"]
        .as_array()
        .expect("hops")
        .iter()
        .map(|hop| {
            let request = &hop["request"];
            let body = request["body"]["bytes"]
                .as_u64()
                .map_or(String::new(), |bytes| format!("+{bytes}"));
            let named = |field: &Value| {
                field[0]
                    .as_str()
                    .is_some_and(|name| name.eq_ignore_ascii_case("authorization"))
            };
            let credentials = request["headers"]
                .as_array()
                .expect("fields")
                .iter()
                .any(named);
            format!(
                "{}{body}{}",
                request["method"].as_str().expect("a method"),
                if credentials { " auth" } else { "" }
            )
        });
    format!(
        "{} | {}",
        hops.collect::<Vec<_>>().join(", "),
        document["end"]["kind"].as_str().expect("an end")
    )
}

/// Words, the path at the lab, what is sent, how it ends.
type Case = (&'static [&'static str], &'static str, &'static str);

#[rustfmt::skip]
const AS: &[Case] = &[
    (&["--as", "curl-X", "-X", "PUT", "-d", "a=1"],   "/status/302",              "PUT+3, PUT | landed"),
    (&["--as", "go", "-X", "PUT", "-d", "a=1"],       "/status/302",              "PUT+3, GET | landed"),
    (&["--as", "Requests", "-d", "a=1"],              "/status/302",              "POST+3, GET | landed"),
    (&["--as", "requests", "-X", "PUT", "-d", "a=1"], "/status/301",              "PUT+3, PUT | landed"),
    (&["--as", "urllib3", "-d", "a=1"],               "/status/302",              "POST+3, POST+3 | landed"),
    (&["--as", "urllib3"],                            "/redirect/5",              "GET, GET, GET, GET | too_many"),
    (&["--as", "php-stream", "-d", "a=1"],            "/chain/303,307",           "POST+3, GET, POST+3 | landed"),
    (&["--as", "fetch", "-d", "a=1"],                 "/chain/303,307",           "POST+3, GET, GET | landed"),
    (&["--as", "okhttp", "-d", "a=1"],                "/status/307",              "POST+3 | not_followed"),
    (&["--as", "go", "-u", "me:pw"],                  "/to/port/302",             "GET auth, GET auth | landed"),
    (&["--as", "curl", "-u", "me:pw"],                "/to/port/302",             "GET auth, GET | landed"),
    (&["--as", "wget", "-u", "me:pw"],                "/to/host/302",             "GET auth, GET auth | landed"),
    (&["--as", "reqwest", "-u", "me:pw"],             "/to/host/302/status/302",  "GET auth, GET, GET auth | landed"),
    (&["--as", "go1.27", "-u", "me:pw"],              "/to/host/302/status/302",  "GET auth, GET, GET | landed"),
    (&["--as", "go1.19", "-u", "me:pw"],              "/to/host/302/status/302",  "GET auth, GET, GET auth | landed"),
];

#[test]
fn as_client_follows_a_chain_as_the_client_does() {
    each(AS, |(words, path, expected)| {
        let told = asked(words, &lab(), path);
        if told == *expected {
            Vec::new()
        } else {
            vec![format!("{words:?} {path}: {told}, and not {expected}")]
        }
    });
}

#[test]
fn as_client_notes_a_method_that_it_cannot_send() {
    let lab = lab();
    for (client, method, noted) in [
        ("wget", "PUT", true),
        ("wget", "POST", false),
        ("wget-method", "PUT", false),
    ] {
        let run = rehop(&["-q", "--as", client, "-X", method, &lab.url("/status/307")]);
        assert_eq!(
            run.err.starts_with("note: wget cannot send PUT ("),
            noted,
            "{client} {method}: {}",
            run.err
        );
    }
}

#[test]
fn prediction_is_what_the_client_does() {
    let lab = lab();
    for path in [
        "/chain/301,302,303",
        "/chain/308,307",
        "/to/host/302/to/port/307",
        "/cookie-wall",
        "/location/triple-slash",
    ] {
        for client in [
            "curl",
            "curl-X",
            "go",
            "go1.19",
            "requests",
            "urllib3",
            "urllib",
            "php-stream",
            "reqwest",
            "okhttp",
        ] {
            let url = lab.url(path);
            let words = ["--json", "-d", "a=1", "-u", "me:pw"];
            let done = rehop(&[&words[..], &["--as", client, &url]].concat()).json();
            let predicted =
                rehop(&[&words[..], &["--as", client, "--clients", client, &url]].concat()).json();
            let alike = &predicted["summary"]["clients"]["alike"];
            let hops = done["hops"].as_array().unwrap();
            let was: Vec<_> = hops.iter().map(|hop| &hop["request"]["method"]).collect();
            // Where rehop saw a loop, the client would have gone on.
            let sent = alike[0]["requests"]
                .as_array()
                .unwrap()
                .iter()
                .map(|asked| &asked["method"]);
            assert_eq!(
                sent.take(hops.len()).collect::<Vec<_>>(),
                was,
                "{client} {path}"
            );
            assert_eq!(alike[0]["as_here"], true, "{client} {path}: {alike:#}");
        }
    }
}

#[test]
fn clients_document_says_what_each_would_do() {
    let lab = lab();
    let url = lab.url("/status/302");
    for (words, keys) in [
        (
            &["--clients", "go,urllib3,net-http"][..],
            &["go", "urllib3", "net-http"][..],
        ),
        (&["--clients=go1.27,go"], &["go1.27"]),
    ] {
        let document =
            rehop(&[&["--json", "-X", "POST", "-d", "a=1"], words, &[&*url]].concat()).json();
        let clients = document["hops"][0]["redirect"]["clients"]
            .as_object()
            .unwrap();
        let named: std::collections::BTreeSet<&str> = clients.keys().map(String::as_str).collect();
        assert_eq!(named, keys.iter().copied().collect(), "{document:#}");
        assert_eq!(document["hops"][1]["redirect"], json!(null));
    }
    let document = rehop(&["--json", "-d", "a=1", "--clients", "all", &url]).json();
    let clients = &document["hops"][0]["redirect"]["clients"];
    let able = rehop::clients::measured()
        .filter(|profile| profile.sends(&rehop::model::Method::POST))
        .count();
    assert_eq!(clients.as_object().unwrap().len(), able);
    assert_eq!(
        (
            &clients["go1.27"],
            &clients["urllib3"]["body"],
            &clients["ruby-net-http"]["followed"]
        ),
        (
            &json!({
                "followed": true, "method": "GET", "body": "dropped", "authorization": "none", "cookie": "none",
                "verdict": "permitted",
            }),
            &json!("kept"),
            &json!(false),
        )
    );
    let summary = &document["summary"]["clients"];
    assert!(
        summary["cannot_send"]
            .as_array()
            .unwrap()
            .contains(&json!("chromium-nav")),
        "{summary:#}"
    );
    assert!(
        document["summary"]["says"]
            .as_str()
            .unwrap()
            .contains(&format!("of {able} clients would have sent something else"))
    );
    let bare = rehop(&["--json", "-d", "a=1", &url]).json();
    assert_eq!(
        (
            &bare["hops"][0]["redirect"]["clients"],
            &bare["summary"]["clients"]
        ),
        (&json!({}), &json!(null))
    );
    let unpredictable = bare["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["id"] == "unpredictable");
    let says = unpredictable.unwrap()["says"].as_str().unwrap();
    assert!(
        says.contains("chrome")
            && says.contains("send GET")
            && says.contains("urllib3 ... send POST"),
        "{says}"
    );
}

#[test]
fn clients_flag_takes_no_word_from_the_urls() {
    let lab = lab();
    let (one, two) = (lab.url("/status/302"), lab.url("/status/303"));
    for words in [
        &["--clients", &*one, &two][..],
        &[&*one, "--clients", &two],
        &["--clients", "all", &one, &two],
        &["--clients=all", &one, &two],
        &[&*one, &two, "--clients"],
    ] {
        let run = rehop(&[&["--jsonl"], words].concat());
        let lines = run.lines();
        let urls: Vec<&str> = lines
            .iter()
            .map(|line| line["url"].as_str().unwrap())
            .collect();
        assert_eq!(urls, [&*one, &two], "{words:?}: {}", run.err);
        assert!(
            lines
                .iter()
                .all(|line| line["summary"]["clients"].is_object()),
            "{words:?}"
        );
    }
    let demo = rehop(&["demo", "--clients", "curl", "--json"]).json();
    assert!(
        demo["hops"][0]["redirect"]["clients"]["curl"].is_object(),
        "{demo:#}"
    );
    let curl = rehop(&["--clients=go", "--json", "curl", "-L", &one]).json();
    assert!(
        curl["hops"][0]["redirect"]["clients"]["go"].is_object(),
        "{curl:#}"
    );
}

#[test]
fn as_curl_follows_as_measured() {
    let lab = lab();
    for (words, path, expected) in [
        (
            &["-L", "-X", "PUT", "-d", "a=1"][..],
            "/chain/302,307",
            "PUT+3, PUT, PUT | landed",
        ),
        (
            &["--follow", "-X", "PUT", "-d", "a=1"],
            "/status/303",
            "PUT+3, GET | landed",
        ),
        (&["-L", "-d", "a=1"], "/status/302", "POST+3, GET | landed"),
        (
            &["-L", "--post302", "-d", "a=1"],
            "/status/302",
            "POST+3, POST+3 | landed",
        ),
        (
            &["-L", "-u", "me:pw"],
            "/to/port/302",
            "GET auth, GET | landed",
        ),
        (
            &["--location-trusted", "-u", "me:pw"],
            "/to/port/302",
            "GET auth, GET auth | landed",
        ),
        (
            &["-L", "-u", "me:pw"],
            "/to/host/302/to/host/302",
            "GET auth, GET, GET auth | landed",
        ),
    ] {
        let words = [&["curl"], words].concat();
        assert_eq!(asked(&words, &lab, path), expected, "{words:?} {path}");
    }
    let endless = rehop(&["--json", "curl", "-L", &lab.url("/endless")]).json();
    assert_eq!(endless["hops"].as_array().unwrap().len(), 51);
}

#[test]
fn profile_can_come_from_a_file() {
    let (lab, folder) = (lab(), TempDir::new().unwrap());
    let path = folder.path().join("mine.json");
    let file = path.to_str().unwrap();
    let profile = json!({
        "id": "mine", "version": "1", "group": "cli", "how": "by hand", "measured": "2026-11-23",
        "policy": { "limit": 1, "follows": [{ "codes": [302] }] },
    });
    fs::write(&path, serde_json::to_string_pretty(&profile).unwrap()).unwrap();
    assert_eq!(
        asked(&["--as", file, "-d", "a=1"], &lab, "/chain/302,302,302"),
        "POST+3, POST+3 | too_many"
    );
    let raised = ["--as", file, "--max-redirs", "9", "-d", "a=1"];
    assert_eq!(
        asked(&raised, &lab, "/chain/302,302"),
        "POST+3, POST+3, POST+3 | landed"
    );
    let beside = rehop(&[
        "--json",
        &format!("--clients=go,{file}"),
        &lab.url("/status/302"),
    ])
    .json();
    assert_eq!(
        beside["hops"][0]["redirect"]["clients"]["mine"]["method"], "GET",
        "{beside:#}"
    );
    let wrong = fs::read_to_string(&path)
        .unwrap()
        .replace("\"limit\"", "\"limits\"");
    fs::write(&path, wrong).unwrap();
    for (flag, words) in [
        ("--as", ["--as", file, "x"]),
        ("--clients", ["--clients", file, "x"]),
    ] {
        let run = rehop(&words);
        let start = format!("rehop: {flag}: {file}:8:12: unknown field `limits`");
        assert!(
            run.err.starts_with(&start) && run.code == Some(2),
            "{}",
            run.err
        );
    }
    let missing = rehop(&["--as", "./no-such.json", "x"]);
    assert!(
        missing
            .err
            .starts_with("rehop: --as: cannot read ./no-such.json: "),
        "{}",
        missing.err
    );
}

#[test]
fn clients_matrix_is_a_document_too() {
    let read = |words: &[&str]| -> Value { serde_json::from_str(&rehop(words).out).unwrap() };
    let document = read(&[
        "clients",
        "--json",
        "--group",
        "go",
        "--method",
        "PUT",
        "--status",
        "302,307",
        "--crossing",
        "host",
    ]);
    assert_eq!(document["schema"], "rehop.clients/1");
    let ids: Vec<_> = document["clients"]
        .as_array()
        .unwrap()
        .iter()
        .map(|client| &client["id"])
        .collect();
    assert_eq!(ids, ["go1.27", "go1.19"]);
    assert_eq!(
        document["cells"].as_array().unwrap().len(),
        2 * 2 * 2,
        "two clients, two codes, with and without a body"
    );
    let one = read(&["clients", "curl", "--json"]);
    assert_eq!(one["clients"][0]["id"], "curl8-L");
    assert_eq!(
        rehop(&["clients", "--group", "go", "--no-body"]).code,
        Some(0)
    );
}
