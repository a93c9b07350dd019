//! The lab as a program: the line that scripts wait for, the log, the end.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use assert_cmd::cargo::cargo_bin;

use crate::support::rehop;

fn serve(options: &[&str]) -> Child {
    let mut command = Command::new(cargo_bin!("rehop"));
    command.args(["serve", "--port", "0"]).args(options);
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be started")
}

/// The first line of its standard output.
fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("piped"))
        .read_line(&mut line)
        .expect("a line");
    line.trim_end().to_owned()
}

/// Ends it as Ctrl-C does; its exit code and its log.
fn interrupted(mut child: Child) -> (Option<i32>, String) {
    let pid = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .expect("kill")
            .success()
    );
    let status = child.wait().expect("it ends");
    let mut log = String::new();
    child
        .stderr
        .take()
        .expect("piped")
        .read_to_string(&mut log)
        .expect("UTF-8");
    (status.code(), log)
}

fn ask(authority: &str, head: &str) -> String {
    let mut stream = TcpStream::connect(authority).expect("it listens");
    write!(
        stream,
        "{head}\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
    )
    .expect("sent");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("an answer in UTF-8");
    answer
}

#[test]
fn serve_says_where_it_listens_logs_and_ends_with_ctrl_c() {
    let folder = tempfile::tempdir().expect("a folder");
    let ready = folder.path().join("ready");
    let mut child = serve(&["--ready-file", ready.to_str().expect("a path in UTF-8")]);
    let line = first_line(&mut child);
    let url = line
        .strip_prefix("listening on ")
        .unwrap_or_else(|| panic!("{line}"))
        .to_owned();
    let authority = url.strip_prefix("http://").expect("http");
    assert!(authority.starts_with("127.0.0.1:"), "{line}");
    let index = ask(authority, "GET / HTTP/1.1");
    assert!(
        index.contains(&format!("curl -sL -d a=1 '{url}/status/307'"))
            || index.contains("/status/307"),
        "{index}"
    );
    let redirect = ask(authority, "POST /to/port/307?token=secret HTTP/1.1");
    assert!(redirect.starts_with("HTTP/1.1 307 "), "{redirect}");
    assert_eq!(
        fs::read_to_string(&ready).expect("the file is there"),
        format!("{url}\n")
    );
    let (code, log) = interrupted(child);
    assert_eq!(code, Some(0), "{log}");
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines.len(), 2, "{log}");
    assert!(lines[0].starts_with(&format!("GET {url}/ ")), "{log}");
    assert!(
        lines[1].contains("/to/port/307?token=***") && lines[1].ends_with("307"),
        "{log}"
    );
}

#[test]
fn serve_warns_of_a_lab_that_others_can_reach() {
    let mut child = serve(&["--bind", "0.0.0.0", "--quiet"]);
    let line = first_line(&mut child);
    let authority = line
        .strip_prefix("listening on http://")
        .unwrap_or_else(|| panic!("{line}"))
        .to_owned();
    ask(&authority, "GET /healthz HTTP/1.1");
    let (code, log) = interrupted(child);
    assert_eq!((code, log.lines().count()), (Some(0), 1), "{log}");
    assert!(log.contains("warning") && log.contains("0.0.0.0"), "{log}");
}

#[test]
fn serve_on_a_taken_port_is_no_misuse() {
    let mut child = serve(&[]);
    let line = first_line(&mut child);
    let port = line.rsplit(':').next().expect("a port").to_owned();
    let run = rehop(&["serve", "--port", &port]);
    assert_eq!(run.code, Some(3), "{}", run.err);
    assert!(run.err.contains(&port), "{}", run.err);
    assert_eq!(interrupted(child).0, Some(0));
}
