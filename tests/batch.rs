//! Many URLs: as done, as given, spared, tried again, killed and gone on with.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rehop::lab::Server;

use crate::support::{lab, program, rehop, rehop_fed};

/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(30);

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < LONG, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// A list of so many URLs of the lab, each another.
fn list(lab: &Server, urls: usize) -> String {
    (0..urls).fold(String::new(), |mut list, n| {
        let _ = writeln!(
            list,
            "{}",
            lab.url(&format!("/redirect-to?url=/echo?n={n}"))
        );
        list
    })
}

/// How often each URL stands in this JSONL report, whose lines are all whole.
fn urls_of(jsonl: &str) -> BTreeMap<String, usize> {
    let mut urls = BTreeMap::new();
    for line in jsonl.lines() {
        let document: serde_json::Value = serde_json::from_str(line).expect("a whole line");
        let url = document["url"].as_str().unwrap_or_default().to_owned();
        *urls.entry(url).or_default() += 1;
    }
    urls
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn a_killed_run_goes_on_where_it_was() {
    let (lab, folder) = (lab(), tempfile::tempdir().unwrap());
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (urls, undisturbed, killed) = (path("urls"), path("undisturbed"), path("killed"));
    fs::write(&urls, list(&lab, 300)).unwrap();
    let args = |report| {
        [
            "--jsonl",
            "-i",
            &urls,
            "--parallel-max",
            "5",
            "--resume",
            report,
        ]
    };
    let run = rehop(&args(&*undisturbed));
    assert_eq!((run.code, run.out.lines().count()), (Some(0), 300));
    let whole = urls_of(&text(Path::new(&undisturbed)));
    for kill in 1..=6 {
        let before = lab.arrivals().len();
        let mut child = program(&args(&*killed))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        until("requests", || lab.arrivals().len() >= before + 13 * kill);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let told = text(Path::new(&killed));
    let so_far = told.lines().count();
    assert!((6..300).contains(&so_far), "{so_far}");
    let before = lab.arrivals().len();
    let run = rehop(&args(&*killed));
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(urls_of(&text(Path::new(&killed))), whole);
    // What was done was not asked again: two requests for each of the rest, the one that was cut perhaps.
    let asked = lab.arrivals().len() - before;
    let rest = 300 - told.matches('\n').count();
    assert_eq!((run.out.lines().count(), asked), (rest, 2 * rest));
    // Nothing is left to do.
    let run = rehop(&args(&*killed));
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
}

#[test]
fn what_failed_is_asked_again_where_that_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("out.jsonl").display().to_string();
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", server.local_addr().unwrap());
    drop(server);
    let lab = lab();
    let good = lab.url("/echo");
    let asked = |more: &[&str]| {
        let args = [&["--resume", &report, &url, &good][..], more].concat();
        let run = rehop(&args);
        (run.code, urls_of(&text(Path::new(&report))).values().sum())
    };
    assert_eq!(asked(&[]), (Some(3), 2));
    assert_eq!(asked(&[]), (Some(3), 2), "what is done counts for the exit");
    assert_eq!(asked(&["--retry-failed"]), (Some(3), 2));
    assert_eq!(lab.arrivals().len(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn a_report_that_cannot_grow_ends_the_run() {
    let lab = lab();
    let run = rehop(&["--jsonl", "--resume", "/dev/full", &lab.url("/echo")]);
    assert_eq!(run.code, Some(3));
    let says = "rehop: cannot write the output: /dev/full: No space left";
    assert!(run.err.starts_with(says), "{}", run.err);
    assert_eq!(run.out, "", "nothing is told that is not kept");
}

/// A run that reads its list from a pipe.
fn piped(args: &[&str]) -> Child {
    let args = [args, &["-i", "-"]].concat();
    program(&args)
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program can be started")
}

#[test]
fn a_pipe_is_worked_on_while_it_is_written() {
    let lab = lab();
    let mut child = piped(&["--jsonl"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut err = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut write = |line: String| writeln!(stdin, "{line}").unwrap();
    for n in 0..3 {
        write(lab.url(&format!("/echo?n={n}")));
        let told = out.next().unwrap().unwrap();
        assert!(told.contains(&format!("/echo?n={n}")), "{told}");
    }
    write("ftp://x".to_owned());
    let named = err.next().unwrap().unwrap();
    assert_eq!(
        named,
        "rehop: standard input:4: URL `ftp://x`: ftp is not http"
    );
    write(lab.url("/echo?n=4"));
    assert!(out.next().unwrap().unwrap().contains("n=4"));
    drop(stdin);
    assert!(out.next().is_none());
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_a_run_whose_list_is_still_written() {
    let lab = lab();
    let mut child = piped(&["--jsonl"]);
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "{}", lab.url("/echo")).unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let pressed = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(pressed.is_ok_and(|status| status.success()));
    let code = child.wait().unwrap().code();
    let mut err = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    let says = "rehop: interrupted: 1 URLs were inspected, 0 that were read and all further ones were not\n";
    assert_eq!((code, err.as_str()), (Some(130), says));
}

#[test]
#[cfg(target_os = "linux")]
fn a_dead_host_is_given_up_and_holds_up_nobody() {
    let lab = lab();
    let good = lab.url("/echo");
    // Another host of loopback, where nobody listens.
    let mut list = "http://127.0.0.2:9/\n".repeat(60);
    let _ = writeln!(list, "{good}");
    let run = rehop_fed(&["--jsonl", "-i", "-"], list.as_bytes());
    assert_eq!((run.code, run.lines().len()), (Some(3), 61), "{}", run.err);
    let given_up = "127.0.0.2 was not asked any more: 20 requests in a row to it had failed";
    let (asked, unasked): (Vec<&str>, Vec<&str>) =
        run.out.lines().partition(|line| !line.contains(given_up));
    assert!((22..=28).contains(&asked.len()), "{}", asked.len());
    assert!(!unasked.is_empty());
    let place = run.out.lines().position(|line| line.contains(&good));
    assert!(place < Some(asked.len() - 1), "{place:?}");
}

/// A server that answers request after request with these heads, each on a connection of its own; gives its URL, and in
/// the end how many came.
fn scripted(heads: &'static [&'static str]) -> (String, thread::JoinHandle<usize>) {
    let server = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let url = format!("http://{}/", server.local_addr().expect("it is bound"));
    let serving = thread::spawn(move || {
        let answered = heads.iter().map_while(|head| {
            let (mut stream, _) = server.accept().ok()?;
            let _ = stream.read(&mut [0; 4096]).ok()?;
            let head = format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            stream.write_all(head.as_bytes()).ok()
        });
        answered.count()
    });
    (url, serving)
}

#[test]
fn a_busy_server_is_asked_again() {
    const BUSY: &str = "429 Too Many Requests\r\nRetry-After: 0";
    const AWAY: &str = "503 Service Unavailable\r\nRetry-After: 0";
    for (heads, flags, status, requests) in [
        (&[BUSY, AWAY, "200 OK"][..], &["--retry", "2"][..], 200, 3),
        (&[BUSY, BUSY], &["--retry", "1"], 429, 2),
        (&[BUSY], &[], 429, 1),
        // It asks for more time than there is.
        (
            &["503 Service Unavailable\r\nRetry-After: 9999"],
            &["--retry", "5", "--retry-max-time", "30"],
            503,
            1,
        ),
        (&["404 Not Found"], &["--retry", "5"], 404, 1),
    ] {
        let (url, serving) = scripted(heads);
        let run = rehop(&[&["--json", &url], flags].concat());
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert_eq!(run.json()["end"]["status"], status, "{flags:?}");
        assert_eq!(serving.join().unwrap(), requests, "{flags:?}");
    }
}

#[test]
fn a_list_is_told_as_wanted() {
    let lab = lab();
    let paths = [
        "/echo",
        "/status/404",
        "/redirect-to?url=/echo",
        "/echo",
        "/loop",
    ];
    let list: String = paths.iter().map(|path| lab.url(path) + "\n").collect();
    let told = |flags: &[&str]| {
        let run = rehop_fed(&[&["--jsonl", "-i", "-"], flags].concat(), list.as_bytes());
        let urls = run.lines().into_iter().map(|line| {
            let url = line["url"].as_str().unwrap_or_default().to_owned();
            url.replace(&lab.url(""), "")
        });
        urls.collect::<Vec<_>>()
    };
    assert_eq!(told(&["--ordered"]), paths);
    assert_eq!(
        told(&["--ordered", "--dedupe"]),
        [paths[0], paths[1], paths[2], paths[4]]
    );
    assert_eq!(told(&["--ordered", "--only", "redirects"]), [paths[2]]);
    assert_eq!(
        told(&["--ordered", "--only", "problems"]),
        [paths[1], paths[4]]
    );
    let mut as_done = told(&["--per-host", "1", "--rate", "1000/s"]);
    let mut all = paths.map(str::to_owned);
    as_done.sort();
    all.sort();
    assert_eq!(as_done, all);
}
