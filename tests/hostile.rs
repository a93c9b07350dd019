//! Every scenario of the lab in which something is odd, broken or without end: what the program makes of it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rehop::lab::{self, Scenario, Server};
use tempfile::TempDir;

use crate::support::{Run, each, ends, ids, is_hostile, lab, rehop_within};

/// What is expected of one scenario.
struct Row {
    /// The path of the scenario in the lab's own table.
    scenario: &'static str,
    /// Exit code, how the chain ends, the phase in which it fails, the status of each hop, for a GET.
    ends: &'static str,
    /// The same for a POST that a 307 led to the scenario; `None`: as for a GET, after the 307.
    post: Option<&'static str>,
    /// What the detail has to say; empty where the chain lands.
    says: &'static str,
    /// The findings that the scenario raises for a GET.
    finds: &'static str,
    /// Flags beside those of every run.
    flags: &'static str,
}

const fn row(scenario: &'static str, ends: &'static str) -> Row {
    Row {
        scenario,
        ends,
        post: None,
        says: "",
        finds: "",
        flags: "",
    }
}

impl Row {
    const fn post(mut self, ends: &'static str) -> Self {
        self.post = Some(ends);
        self
    }

    const fn says(mut self, says: &'static str) -> Self {
        self.says = says;
        self
    }

    const fn finds(mut self, finds: &'static str) -> Self {
        self.finds = finds;
        self
    }

    const fn flags(mut self, flags: &'static str) -> Self {
        self.flags = flags;
        self
    }
}

/// The scenarios that have a row each.
const GROUPS: [&str; 8] = [
    "/broken/",
    "/location/",
    "/early/",
    "/interim/",
    "/expect/",
    "/loop/",
    "/endless/",
    "/delay/",
];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("/loop/{n}", "4 loop 302,302").post("4 loop 307,302,302,302").says("already, with the same cookies and credentials"),
    row("/endless/{path*}", "4 too_many 302x21").post("4 too_many 307,302x20").says("gave up after 20 redirects").finds("too-long"),
    row("/delay/{ms}", "0 landed 200"),
    row("/delay/{ms}/{path*}", "0 landed 302,200"),
    row("/location/missing", "4 bad_location 302").says("has no Location field"),
    row("/location/empty", "4 loop 302").post("4 loop 307,302,302").says("already, with the same cookies and credentials"),
    row("/location/spaces-only", "4 loop 302").post("4 loop 307,302,302").says("already, with the same cookies and credentials"),
    row("/location/padded", "0 landed 302,200"),
    row("/location/fragment-only", "4 loop 302").post("4 loop 307,302,302").says("already, with the same cookies and credentials"),
    row("/location/fragment", "0 landed 302,200"),
    row("/location/fragment-empty", "0 landed 302,200"),
    row("/location/query-only", "0 landed 302,200"),
    row("/location/relative", "0 landed 302,200"),
    row("/location/there", "0 landed 200"),
    row("/location/dot-segments", "0 landed 302,200"),
    row("/location/above-root", "0 landed 302,200"),
    row("/location/encoded-dots", "0 landed 302,200"),
    row("/location/network-path", "0 landed 302,200"),
    row("/location/triple-slash", "0 landed 302,200").finds("ambiguous-host"),
    row("/location/no-slashes", "0 landed 302,200").finds("ambiguous-host"),
    row("/location/backslash-path", "0 landed 302,200").finds("invalid-location"),
    row("/location/backslashes", "0 landed 302,200").finds("invalid-location"),
    row("/location/slash-backslash", "0 landed 302,200").finds("invalid-location"),
    row("/location/space", "0 landed 302,200").finds("invalid-location"),
    row("/location/space-query", "0 landed 302,200").finds("invalid-location"),
    row("/location/tab", "0 landed 302,200").finds("invalid-location"),
    row("/location/raw-utf8", "0 landed 302,200").finds("invalid-location"),
    row("/location/latin1", "0 landed 302,200").finds("invalid-location"),
    row("/location/idn", "0 landed 302,200").finds("cross-origin,invalid-location"),
    row("/location/control-chars", "0 landed 302,200").finds("invalid-location"),
    row("/location/escape-codes", "0 landed 302,200").finds("invalid-location"),
    row("/location/bidi", "0 landed 302,200").finds("invalid-location"),
    row("/location/html", "0 landed 302,200").finds("invalid-location"),
    row("/location/percent", "0 landed 302,200").finds("invalid-location"),
    row("/location/quoted", "0 landed 302,404").finds("invalid-location"),
    row("/location/comma", "0 landed 302,200").finds("invalid-location"),
    row("/location/two-same", "0 landed 302,200").finds("repeated-location"),
    row("/location/two-different", "4 bad_location 302").says("2 Location fields"),
    row("/location/folded", "0 landed 302,200").finds("invalid-location"),
    row("/location/lower-case", "0 landed 302,200"),
    row("/location/upper-case", "0 landed 302,200"),
    row("/location/userinfo", "0 landed 302,200").finds("userinfo-in-location"),
    row("/location/at-sign", "0 landed 302,200").finds("userinfo-in-location"),
    row("/location/hex-address", "0 landed 302,200"),
    row("/location/number-address", "0 landed 302,200"),
    row("/location/empty-host", "3 failed connect 302,-").says("connection refused").finds("cross-origin,ambiguous-host").flags("--connect-to echo:80:127.0.0.1:1"),
    row("/location/port-alone", "4 bad_location 302").says("(empty host)"),
    row("/location/bad-host", "4 bad_location 302").says("(invalid international domain name)"),
    row("/location/bad-port", "4 bad_location 302").says("(invalid port number)"),
    row("/location/dead-port", "3 failed connect 302,-").says("could not connect to 127.0.0.1:1: connection refused").finds("cross-origin"),
    row("/location/unknown-name", "3 failed dns 302,-").says("no address was found for nowhere.invalid:80").finds("cross-origin"),
    row("/location/tls-on-plain", "3 failed tls 302,-").says("does it speak TLS on this port?").finds("cross-origin").flags("--connect-timeout 1"),
    row("/location/plain-on-tls", "3 failed receive 302,-").says("speaks TLS on this port: try https://").finds("cross-origin"),
    row("/location/mailto", "4 refused 302").says("leads to mailto:, and only http and https can be followed").finds("cross-origin"),
    row("/location/javascript", "4 refused 302").says("leads to javascript:, and only http and https can be followed").finds("cross-origin"),
    row("/location/data", "4 refused 302").says("leads to data:, and only http and https can be followed").finds("cross-origin"),
    row("/location/file", "4 refused 302").says("leads to file:, and only http and https can be followed").finds("cross-origin"),
    row("/location/ftp", "4 refused 302").says("leads to ftp:, and only http and https can be followed").finds("cross-origin"),
    row("/location/app", "4 refused 302").says("leads to com.example.app:, and only http and https can be followed").finds("cross-origin"),
    row("/location/long", "0 landed 302,200"),
    row("/early/drain/{code}", "0 landed 307,200"),
    row("/early/close/{code}", "0 landed 307,200"),
    row("/early/reset/{code}", "0 landed 307,200"),
    row("/expect/100", "0 landed 200"),
    row("/expect/hint", "0 landed 200"),
    row("/expect/never", "0 landed 200"),
    row("/expect/{code}", "0 landed 417"),
    row("/interim/100", "0 landed 302,200"),
    row("/interim/103", "0 landed 302,200"),
    row("/interim/many", "0 landed 302,200"),
    row("/interim/slow", "0 landed 302,200"),
    row("/broken/closed-before-anything", "3 failed wait -").says("closed the connection without an answer"),
    row("/broken/closed-in-status", "3 failed receive -").says("closed the connection in the middle of the response's head"),
    row("/broken/closed-in-head", "3 failed receive -").says("closed the connection in the middle of the response's head"),
    row("/broken/closed-in-body", "0 landed 200").finds("body-fault"),
    row("/broken/short-body", "0 landed 200").finds("body-fault"),
    row("/broken/short-redirect", "0 landed 302,200").finds("body-fault"),
    row("/broken/stalled-redirect", "0 landed 302,200").finds("body-fault"),
    row("/broken/reset", "3 failed wait -").says("broke the connection before it answered"),
    row("/broken/reset-in-head", "3 failed receive -").says("broke the connection in the middle of the response's head"),
    row("/broken/reset-in-body", "0 landed 200").finds("body-fault"),
    row("/broken/silence", "3 failed wait -").says("within 1 s: it took the request and stayed silent").flags("-m 1"),
    row("/broken/silence-in-head", "3 failed receive -").says("did not end within 1 s").flags("-m 1"),
    row("/broken/no-http", "3 failed receive -").says("`SSH-2.0-OpenSSH_9.9\\r\\n`"),
    row("/broken/http09", "3 failed receive -").says("`<html>hello</html>\\n`"),
    row("/broken/binary", "3 failed receive -").says("`\\x00\\xff\\x16\\x03\\x01\\x00\\x7f\\x80\\r\\n\\r\\n`"),
    row("/broken/version", "0 landed 302,200"),
    row("/broken/garbage-status", "3 failed receive -").says("`HTTP/1.1 abc Found`"),
    row("/broken/status-30x", "3 failed receive -").says("`HTTP/1.1 30x Found`"),
    row("/broken/status-999", "0 landed 999").finds("location-unused"),
    row("/broken/status-000", "3 failed receive -").says("`HTTP/1.1 000 None`"),
    row("/broken/status-short", "3 failed receive -").says("`HTTP/1.1 30 Found`"),
    row("/broken/no-reason", "0 landed 302,200"),
    row("/broken/escape-codes", "0 landed 302,200"),
    row("/broken/lf-only", "0 landed 302,200"),
    row("/broken/bare-cr", "0 landed 302,404").finds("invalid-location"),
    row("/broken/nul-in-field", "0 landed 302,404").finds("invalid-location"),
    row("/broken/no-colon", "0 landed 302,200"),
    row("/broken/space-before-colon", "0 landed 302,200"),
    row("/broken/two-content-lengths", "0 landed 302,200").finds("body-fault"),
    row("/broken/length-and-chunked", "0 landed 302,200"),
    row("/broken/length-negative", "0 landed 302,200").finds("body-fault"),
    row("/broken/length-overflow", "0 landed 302,200").finds("body-fault"),
    row("/broken/bad-chunk", "0 landed 200").finds("body-fault"),
    row("/broken/bad-chunk-redirect", "0 landed 302,200").finds("body-fault"),
    row("/broken/forged-second-response", "0 landed 302,200"),
    row("/broken/keep-alive-lie", "0 landed 302,200"),
    row("/broken/keep-alive-lie-late", "0 landed 302,200"),
    row("/broken/keep-alive-lie-post", "0 landed 307,200"),
    row("/broken/switching", "0 landed 101"),
    row("/broken/bad-gzip", "0 landed 200"),
    row("/broken/5000-fields", "0 landed 302,200"),
    row("/broken/huge-head", "3 failed receive -").says("a head that does not end within 256 KiB"),
    row("/broken/huge-field", "3 failed receive -").says("a head that does not end within 256 KiB"),
    row("/broken/huge-reason", "3 failed receive -").says("a head that does not end within 256 KiB"),
    row("/broken/endless-head", "3 failed receive -").says("a head that does not end within 256 KiB"),
    row("/broken/endless-field", "3 failed receive -").says("a head that does not end within 256 KiB"),
    row("/broken/endless-1xx", "3 failed receive -").says("interim (1xx) responses without end"),
    row("/broken/drip-head", "3 failed receive -").says("did not end within 1 s").flags("-m 1"),
    row("/broken/drip-body", "0 landed 200"),
    row("/broken/endless-body", "0 landed 200"),
    row("/broken/endless-redirect", "0 landed 302,200"),
    row("/broken/endless-chunk-line", "0 landed 200").finds("body-fault"),
    row("/broken/endless-trailers", "0 landed 200"),
    row("/broken/gzip-bomb", "0 landed 200"),
];

/// What tells a run that ends by a limit from one that hangs.
///
/// A run takes 2 s at most on an idle machine, the time limit in its row; one that hangs takes a minute, until the test
/// cuts it off. Work is bounded by memory and by the number of requests.
const LONGEST: Duration = Duration::from_secs(20);
/// All the memory that a run may take, in KiB.
const MEMORY: u32 = 64 * 1024;

#[derive(Clone, Copy, PartialEq)]
enum Method {
    Get,
    Post,
}

#[test]
fn hostile_scenarios_end_as_their_row_says() {
    let lab = lab();
    let folder = TempDir::new().unwrap();
    // The slow ones stand at the end of the table.
    let cases: Vec<_> = ROWS
        .iter()
        .rev()
        .flat_map(|row| [(row, Method::Get), (row, Method::Post)])
        .collect();
    each(&cases, |(row, method)| {
        let name = format!("{method}{}.txt", row.scenario.replace('/', "_"));
        let table = folder.path().join(name);
        let run = visit(&lab, row, *method, &table);
        let faults = faults(
            row,
            *method,
            &run,
            &fs::read_to_string(&table).unwrap_or_default(),
        );
        faults
            .into_iter()
            .map(|fault| format!("{method} {}: {fault}", row.scenario))
            .collect()
    });
}

#[test]
fn hostile_rows_cover_every_scenario() {
    let in_groups =
        |scenario: &&Scenario| GROUPS.iter().any(|group| scenario.path.starts_with(group));
    let mut scenarios: Vec<_> = lab::scenarios()
        .filter(in_groups)
        .map(|scenario| scenario.path)
        .collect();
    let mut rows: Vec<_> = ROWS.iter().map(|row| row.scenario).collect();
    scenarios.sort_unstable();
    rows.sort_unstable();
    assert_eq!(rows, scenarios);
}

#[test]
fn memory_limit_of_the_tests_takes_effect() {
    let lab = lab();
    let run = rehop_within(MEMORY / 100, &[&lab.url("/echo")]);
    assert!(
        run.code != Some(0) || !cfg!(target_os = "linux"),
        "{}",
        run.out
    );
}

fn visit(lab: &Server, row: &Row, method: Method, table: &Path) -> Run {
    let example = lab::scenarios()
        .find(|scenario| scenario.path == row.scenario)
        .map_or("", |found| found.example);
    let report = format!("table={}", table.display());
    let mut args = vec!["--json", "--report", &report];
    args.extend(row.flags.split_whitespace());
    if row.scenario.starts_with("/expect/") {
        args.extend(["-H", "Expect: 100-continue"]);
    }
    let url = match method {
        Method::Get => lab.url(example),
        Method::Post => {
            args.extend(["-d", "a=1"]);
            lab.url(&format!("/redirect-to?status_code=307&url={example}"))
        }
    };
    args.push(&url);
    rehop_within(MEMORY, &args)
}

/// What is wrong with a run.
fn faults(row: &Row, method: Method, run: &Run, table: &str) -> Vec<String> {
    let document = match run.try_json() {
        Ok(document) => document,
        Err(fault) => return vec![format!("no document: {fault}")],
    };
    let mut faults = Vec::new();
    let mut hold = |held: bool, fault: String| {
        if !held {
            faults.push(fault);
        }
    };
    let expected = expected(row, method);
    let ends = ends(run, &document);
    hold(ends == expected, format!("ends {ends:?}, not {expected:?}"));
    let detail = document["end"]["detail"].as_str().unwrap_or_default();
    let silent = row.says.is_empty();
    hold(
        detail.is_empty() == silent && detail.contains(row.says),
        format!("says {detail:?}, not {:?}", row.says),
    );
    hold(
        !detail.contains('\n') && !detail.ends_with('.'),
        format!("not one sentence: {detail:?}"),
    );
    if method == Method::Get {
        let found = ids(&document);
        hold(
            found == row.finds,
            format!("finds {found:?}, not {:?}", row.finds),
        );
    } else {
        let sent = |hop: usize| &document["hops"][hop]["request"]["body"];
        let is_same = sent(1).is_null()
            || sent(1)["complete"] == false
            || sent(0)["sha256"] == sent(1)["sha256"];
        hold(is_same, format!("another body at hop 2: {document:#}"));
    }
    hold(run.took < LONGEST, format!("took {:?}", run.took));
    hold(run.err.is_empty(), format!("standard error: {}", run.err));
    hold(!table.is_empty(), "no table".to_owned());
    for (name, text) in [("the document", &*run.out), ("the table", table)] {
        let hostile = text.chars().find(|c| is_hostile(*c));
        hold(hostile.is_none(), format!("{name} has {hostile:?}"));
    }
    faults
}

fn expected(row: &Row, method: Method) -> String {
    match (method, row.post) {
        (Method::Get, _) => row.ends.to_owned(),
        (Method::Post, Some(ends)) => ends.to_owned(),
        (Method::Post, None) => {
            let (how, codes) = row.ends.rsplit_once(' ').unwrap_or_default();
            format!("{how} 307,{codes}")
        }
    }
}

impl std::fmt::Display for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if *self == Self::Get { "GET" } else { "POST" })
    }
}
