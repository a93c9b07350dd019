//! How a run ends that somebody else ends: Ctrl-C, and a reader that has had enough.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use rehop::lab::Server;

use crate::support::{Run, ends, ids, lab, program};

/// What tells a run that Ctrl-C ends from one that goes on.
///
/// It takes milliseconds on an idle machine; the scenarios hold a client for a minute and more.
const AT_ONCE: Duration = Duration::from_secs(20);

/// Starts rehop, waits until this many requests have come, presses Ctrl-C, and says how it ended.
fn interrupted(lab: &Server, requests: usize, args: &[&str]) -> Run {
    let child = program(args).spawn().expect("the program can be started");
    let began = Instant::now();
    while lab.arrivals().len() < requests {
        assert!(began.elapsed() < AT_ONCE, "no {requests} requests came");
        thread::sleep(Duration::from_millis(5));
    }
    press_ctrl_c(&child);
    let pressed = Instant::now();
    let output = child.wait_with_output().expect("it can be waited for");
    let text = |bytes| String::from_utf8(bytes).expect("rehop writes UTF-8");
    Run {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
        took: pressed.elapsed(),
    }
}

fn press_ctrl_c(child: &Child) {
    let status = Command::new("sh")
        .args(["-c", "kill -INT \"$0\"", &child.id().to_string()])
        .status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "there is no kill"
    );
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
        let run = interrupted(
            &lab,
            requests,
            &["--json", &lab.url(path), &lab.url("/echo")],
        );
        // The second URL was not begun.
        let [document] = run.list().try_into().unwrap();
        assert_eq!(
            ends(&run, &document),
            format!("130 interrupted {codes}"),
            "{document:#}"
        );
        assert!(
            document["end"]["detail"]
                .as_str()
                .unwrap()
                .starts_with("interrupted"),
            "{document:#}"
        );
        assert!(run.took < AT_ONCE, "{:?}", run.took);
        assert_eq!(
            (run.err.as_str(), lab.arrivals().len()),
            ("", requests),
            "{path}"
        );
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_during_content_keeps_the_answer() {
    let lab = lab();
    let file = tempfile::NamedTempFile::new().unwrap();
    let run = interrupted(
        &lab,
        1,
        &[
            "--json",
            "-o",
            file.path().to_str().unwrap(),
            &lab.url("/broken/drip-body"),
        ],
    );
    let document = run.json();
    assert_eq!(ends(&run, &document), "130 landed 200", "{document:#}");
    assert_eq!(ids(&document), "body-fault", "{document:#}");
    assert!(run.took < AT_ONCE, "{:?}", run.took);
}

#[test]
fn closed_pipe_is_no_error() {
    let lab = lab();
    let url = lab.url("/chain/302,302,302");
    let args: Vec<&str> = ["--jsonl", "--show-secrets"]
        .into_iter()
        .chain(std::iter::repeat_n(&*url, 100))
        .collect();
    let mut child = program(&args).spawn().unwrap();
    let mut line = String::new();
    // Closes the pipe behind the first line.
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let mut told = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut told)
        .unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
    assert!(line.ends_with("}\n"), "{line}");
    assert!(lab.arrivals().len() < 400, "it went on for nobody");
}

#[test]
fn closed_pipe_hides_no_failed_check() {
    let (lab, folder) = (lab(), tempfile::tempdir().unwrap());
    let file = folder.path().join("report.json");
    let report = format!("json={}", file.display());
    let url = lab.url("/delay/200");
    let mut child = program(&["--expect", "status = 500", "--report", &report, &url])
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(1), &b""[..])
    );
    let written: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!(written["url"], url, "{written:#}");
}

#[test]
#[cfg(target_os = "linux")]
fn unwritable_output_is_no_success() {
    let lab = lab();
    let url = lab.url("/echo");
    for args in [
        &["explain", "307"][..],
        &["demo"],
        &["man"],
        &["--json", &url],
    ] {
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = program(args).stdout(full).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{args:?}: {told}");
        assert!(
            told.starts_with("rehop: cannot write the output: No space left"),
            "{args:?}: {told}"
        );
    }
    let output = program(&["-q", "--report", "json=/dev/full", &url])
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        (output.status.code(), output.stdout.is_empty()),
        (Some(3), false),
        "{told}"
    );
    assert!(
        told.starts_with("rehop: cannot write the output: /dev/full: No space left"),
        "{told}"
    );
}

#[test]
#[cfg(unix)]
fn ctrl_c_among_several_reports_the_finished_ones() {
    let lab = lab();
    let (done, hangs) = (lab.url("/echo"), lab.url("/broken/silence"));
    let mut urls = vec![hangs.as_str(), &done, &done, &hangs];
    urls.extend(std::iter::repeat_n(&*done, 6));
    let args = |flags: &[&'static str]| -> Vec<&str> {
        flags.iter().copied().chain(urls.iter().copied()).collect()
    };
    let told = |run: &Run, what: &str| run.out.matches(what).count();
    // Two workers hang after four requests; six URLs are left.
    let run = interrupted(&lab, 4, &args(&["-Z", "--parallel-max", "2", "--jsonl"]));
    assert_eq!(
        (
            run.code,
            told(&run, "\"landed\""),
            told(&run, "\"interrupted\"")
        ),
        (Some(130), 2, 2),
        "{}",
        run.out
    );
    assert_eq!(run.err, "");
    let run = interrupted(&lab, 8, &args(&["-Z", "--parallel-max", "2", "-q"]));
    assert_eq!(
        (run.code, run.out.lines().count()),
        (Some(130), 4),
        "{}",
        run.out
    );
    assert_eq!(
        run.err,
        "rehop: interrupted: 6 of 10 URLs were not inspected\n"
    );
}

#[test]
#[cfg(unix)]
fn ctrl_c_twice_ends_a_run_that_waits_for_its_reader() {
    let lab = lab();
    let url = lab.url("/echo");
    let args: Vec<&str> = ["--jsonl"]
        .into_iter()
        .chain(std::iter::repeat_n(&*url, 1000))
        .collect();
    let mut child = program(&args).spawn().unwrap();
    let mut seen = 0;
    // Once no further request comes, the pipe is full.
    while seen == 0 || seen < lab.arrivals().len() {
        seen = lab.arrivals().len();
        thread::sleep(Duration::from_millis(500));
    }
    assert!(seen < 1000, "the pipe holds everything");
    press_ctrl_c(&child);
    thread::sleep(Duration::from_millis(100));
    press_ctrl_c(&child);
    let pressed = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(pressed.elapsed() < AT_ONCE, "it cannot be ended");
        thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
#[cfg(unix)]
fn closed_standard_output_is_no_success() {
    let lab = lab();
    let program = assert_cmd::cargo::cargo_bin("rehop");
    let line = format!("'{}' {} >&-", program.display(), lab.url("/status/307"));
    let closed = std::process::Command::new("sh")
        .args(["-c", &line])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&closed.stderr);
    assert_eq!(closed.status.code(), Some(3), "{said}");
    assert!(
        said.contains("closed") && lab.arrivals().is_empty(),
        "{said}"
    );
    let line = line.replace(">&-", ">/dev/null");
    let null = std::process::Command::new("sh")
        .args(["-c", &line])
        .output()
        .unwrap();
    assert_eq!(null.status.code(), Some(0), "{null:?}");
}
