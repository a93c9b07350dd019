//! `rehop check`: rules files, linted and held against a site.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Nginx, Run, rehop};

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// Checks a file of this folder.
fn check(folder: &TempDir, flags: &[&str], name: &str) -> Run {
    let path = folder.path().join(name);
    rehop(&[&["check"], flags, &[path.to_str().expect("UTF-8")]].concat())
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|fault| panic!("{fault}: {}{}", run.out, run.err))
}

/// `line id` of what lint found.
fn lint(document: &Value) -> Vec<String> {
    let rows = document["lint"].as_array().expect("a list");
    rows.iter()
        .map(|row| format!("{} {}", row["line"], row["id"].as_str().expect("an id")))
        .collect()
}

#[test]
fn rules_are_linted_without_a_network() {
    let site = folder(&[
        (
            "_redirects",
            "/old/* /new/:splat 301\n/old/a /x 301\n/a /b 301\n/b /c 301\n",
        ),
        ("netlify.toml", ""),
    ]);
    let run = check(&site, &["--json", "--lint-only"], "_redirects");
    let document = json(&run);
    assert_eq!(lint(&document), ["2 shadowed", "3 chain"], "{document:#}");
    assert_eq!(document["files"][0]["dialect"], "netlify");
    assert_eq!(
        (run.code, document["cases"].as_array().unwrap().len()),
        (Some(1), 0)
    );
    let clean = folder(&[("_redirects", "/a /b 301\n"), ("netlify.toml", "")]);
    let run = check(&clean, &[], "_redirects");
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
}

/// A `_redirects` whose platform is not known is read as each of them would.
#[test]
fn rules_of_an_unknown_platform_are_read_as_each_would() {
    let site = folder(&[("_redirects", "/gone /404 410\n/a /b\n")]);
    let document = json(&check(&site, &["--json"], "_redirects"));
    let dialects: Vec<&str> = document["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|file| file["dialect"].as_str())
        .collect();
    assert_eq!(dialects, ["netlify", "cloudflare", "gitlab"]);
    let one = json(&check(
        &site,
        &["--json", "--dialect", "netlify"],
        "_redirects",
    ));
    assert_eq!(one["files"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_wrong_with_a_file_is_named_with_its_place() {
    let site = folder(&[("vercel.json", "{\"redirects\": 1"), ("notes.txt", "hello")]);
    for (name, says) in [
        ("vercel.json", "vercel.json:1:"),
        ("notes.txt", "--type"),
        ("missing", "No such file"),
    ] {
        let run = check(&site, &[], name);
        assert!(
            run.code == Some(2) && run.err.contains(says),
            "{name}: {}",
            run.err
        );
    }
}

/// The configuration that runs, and what is written of it with a fault in it.
#[test]
fn rules_are_held_against_the_site_that_runs() {
    const RUNS: &str = "
server {
    listen 127.0.0.1:@PORT@;
    location = /a { return 301 /end; }
    location = /b { return 302 /end; }
    location = /lost { return 301 /nowhere; }
    location = /end { return 200 'end'; }
    location / { return 404; }
}";
    let Some(nginx) = Nginx::start(RUNS) else {
        return;
    };
    let site = folder(&[
        (
            "_redirects",
            "/a /end 301\n/b /end 301\n/lost /nowhere 301\n/missing /end 301\n",
        ),
        ("netlify.toml", ""),
    ]);
    let base = nginx.url("/");
    let run = check(
        &site,
        &["--json", "--samples", "1", "--base", &base],
        "_redirects",
    );
    let document = json(&run);
    let states: Vec<String> = document["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| {
            let keys: Vec<&str> = case["differences"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|found| found["key"].as_str())
                .collect();
            format!(
                "{} {} {}",
                case["line"],
                case["state"].as_str().unwrap(),
                keys.join(",")
            )
        })
        .collect();
    let expected = [
        "1 held ",
        "2 failed status",
        "3 failed end",
        "4 failed status,location",
    ];
    assert_eq!(states, expected, "{document:#}");
    assert_eq!(run.code, Some(1));
    let people = check(&site, &["--base", &base], "_redirects");
    assert!(
        people
            .out
            .contains("the file says 301 /end, the site answers 302"),
        "{}",
        people.out
    );
}

/// nginx itself is asked whether the simulation is right: every rule of a configuration, at the server that runs it.
#[test]
fn nginx_answers_as_its_configuration_is_simulated() {
    for rules in [
        "location = /q { return 301 /q2; }",
        "location /pre { return 302 /p2$request_uri; }",
        "rewrite ^/w3/(.*)$ /w4/$1 redirect;",
        "rewrite ^/c1$ /c2 last; location = /c2 { return 301 /end; }",
        "location ~ ^/r/([0-9]+)$ { return 307 /n/$1; } location /r/ { return 308 /other; }",
        "location = /gone { return 410; }",
        "rewrite ^/old/(.*)$ /new/$1 permanent; location /new { return 200 'new'; }",
    ] {
        let server = format!("server {{\n    listen 127.0.0.1:@PORT@;\n    {rules}\n}}\n");
        let Some(nginx) = Nginx::start(&server) else {
            return;
        };
        let site = folder(&[("site.conf", &server)]);
        let base = nginx.url("/");
        let run = check(
            &site,
            &["--json", "--type", "nginx", "--base", &base],
            "site.conf",
        );
        let document = json(&run);
        let cases = document["cases"].as_array().unwrap();
        assert!(!cases.is_empty(), "{rules}: {document:#}");
        for case in cases {
            let differences = case["differences"].as_array().unwrap();
            // Where the chain ends is the site's own: these targets are not there.
            let of_rule: Vec<_> = differences
                .iter()
                .filter(|found| found["key"] != "end")
                .collect();
            assert!(of_rule.is_empty(), "{rules}: {case:#}");
        }
    }
}
