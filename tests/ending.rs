//! How a run ends that somebody else ends: Ctrl-C, and a reader that has had enough.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use rehop::lab::Server;

use crate::support::{Run, ends, ids, lab, program};

/// What a busy machine may take to end after Ctrl-C.
const AT_ONCE: Duration = Duration::from_secs(5);

/// Starts rehop, waits until this many requests have come, presses Ctrl-C, and says how it ended.
fn interrupted(lab: &Server, requests: usize, args: &[&str]) -> Run {
    let child = program(args).spawn().expect("the program can be started");
    let began = Instant::now();
    while lab.arrivals().len() < requests {
        assert!(began.elapsed() < Duration::from_secs(10), "no {requests} requests came");
        thread::sleep(Duration::from_millis(5));
    }
    press_ctrl_c(&child);
    let pressed = Instant::now();
    let output = child.wait_with_output().expect("it can be waited for");
    let text = |bytes| String::from_utf8(bytes).expect("rehop writes UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr), took: pressed.elapsed() }
}

fn press_ctrl_c(child: &Child) {
    let status = Command::new("sh").args(["-c", "kill -INT \"$0\"", &child.id().to_string()]).status();
    assert!(status.is_ok_and(|status| status.success()), "there is no kill");
}

#[test]
#[cfg(unix)]
fn ctrl_c_reports_what_is_known() {
    for (path, requests, codes) in [
        ("/broken/silence", 1, "-"),
        ("/redirect-to?url=/broken/silence", 2, "302,-"),
        ("/redirect-to?url=/broken/silence-in-head", 2, "302,-"),
        ("/redirect-to?url=/broken/drip-head", 2, "302,-"),
    ] {
        let lab = lab();
        let run = interrupted(&lab, requests, &["--json", &lab.url(path), &lab.url("/echo")]);
        let document = run.json();
        assert_eq!(ends(&run, &document), format!("130 interrupted {codes}"), "{document:#}");
        assert!(document["end"]["detail"].as_str().unwrap().starts_with("interrupted"), "{document:#}");
        assert!(run.took < AT_ONCE, "{:?}", run.took);
        assert_eq!((run.err.as_str(), lab.arrivals().len()), ("", requests), "{path}");
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_during_content_keeps_the_answer() {
    let lab = lab();
    let file = tempfile::NamedTempFile::new().unwrap();
    let run = interrupted(&lab, 1, &["--json", "-o", file.path().to_str().unwrap(), &lab.url("/broken/drip-body")]);
    let document = run.json();
    assert_eq!(ends(&run, &document), "130 landed 200", "{document:#}");
    assert_eq!(ids(&document), "body-fault", "{document:#}");
    assert!(run.took < AT_ONCE, "{:?}", run.took);
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    let lab = lab();
    let url = lab.url("/chain/302,302,302");
    let args: Vec<&str> = ["--jsonl", "--show-secrets"].into_iter().chain(std::iter::repeat_n(&*url, 100)).collect();
    let mut child = program(&args).spawn().unwrap();
    let mut line = String::new();
    // Closes the pipe behind the first line.
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
    assert!(line.ends_with("}\n"), "{line}");
    assert!(lab.arrivals().len() < 400, "it went on for nobody");
}
