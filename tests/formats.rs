//! Each format, read by a reader that others wrote, where this machine has one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

use rehop::lab::{Arrival, Server};
use rehop::report::Format;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{is_hostile, lab, note, program, rehop, skip};

/// Paths of the lab: one that lands, one that loops, one that fails, and one that writes what terminals obey.
const PATHS: [&str; 4] = [
    "/chain/301,302",
    "/loop/2",
    "/broken/closed-in-status",
    "/broken/escape-codes",
];

/// One run over the paths, in every format.
struct Reports {
    folder: TempDir,
    urls: Vec<String>,
}

impl Reports {
    fn make() -> Self {
        let lab = lab();
        let folder = TempDir::new().expect("a temporary folder can be made");
        let urls: Vec<String> = PATHS.iter().map(|path| lab.url(path)).collect();
        let reports: Vec<String> = Format::ALL
            .iter()
            .map(|format| {
                format!(
                    "{}={}",
                    format.name(),
                    folder.path().join(format.name()).display()
                )
            })
            .collect();
        let mut args = vec!["-q", "--expect", "status = 201"];
        args.extend(reports.iter().flat_map(|report| ["--report", report]));
        args.extend(urls.iter().map(String::as_str));
        let run = rehop(&args);
        assert_eq!(run.code, Some(4), "{}", run.err);
        Self { folder, urls }
    }

    fn text(&self, format: Format) -> String {
        fs::read_to_string(self.folder.path().join(format.name())).expect("every report is written")
    }

    fn json(&self, format: Format) -> Value {
        serde_json::from_str(&self.text(format)).expect("it is JSON")
    }

    /// What a program makes of the report of this format, by its path; `None` where it is not installed.
    fn read_by(&self, format: Format, program: &str, args: &[&str]) -> Option<Output> {
        let path = self.folder.path().join(format.name());
        let Ok(output) = Command::new(program).args(args).arg(path).output() else {
            skip(program);
            return None;
        };
        Some(output)
    }

    /// The JSON that a script of Python prints of the report of this format.
    fn by_python(&self, format: Format, script: &str) -> Option<Value> {
        let output = self.read_by(format, "python3", &["-c", script])?;
        let faults = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{faults}");
        Some(serde_json::from_slice(&output.stdout).expect("the script prints JSON"))
    }
}

#[test]
fn csv_is_what_python_reads() {
    let reports = Reports::make();
    let script = "import csv,json,sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline='')))))";
    let Some(rows) = reports.by_python(Format::Csv, script) else {
        return;
    };
    let documents = reports.json(Format::Json);
    for (n, url) in reports.urls.iter().enumerate() {
        let (row, document) = (&rows[n], &documents[n]);
        assert_eq!(row["url"], url.as_str());
        assert_eq!(row["end"], document["end"]["kind"]);
        assert_eq!(row["method"], document["summary"]["method"]["to"]);
        assert_eq!(
            row["redirects"],
            document["summary"]["redirects"].to_string()
        );
    }
    assert_eq!(rows[0]["codes"], "301,302,200");
    let header = reports.text(Format::Csv);
    let names = "url,end,status,final_url,redirects,codes,method,body,verdict,permanent,future_url,total_ms,findings,says\r\n";
    assert!(header.starts_with(names), "{header}");
}

#[test]
fn junit_is_what_python_reads() {
    let script = "
import json, sys, xml.etree.ElementTree as tree
suite = tree.parse(sys.argv[1]).getroot().find('testsuite')
print(json.dumps([dict(suite.attrib), [[test.get('name'), [part.tag for part in test]] for test in suite]]))";
    let reports = Reports::make();
    let Some(read) = reports.by_python(Format::Junit, script) else {
        return;
    };
    let counts = |name: &str| read[0][name].as_str().unwrap().to_owned();
    assert_eq!(
        ["tests", "failures", "errors", "skipped"].map(counts),
        ["4", "3", "1", "0"]
    );
    for ((test, url), element) in read[1]
        .as_array()
        .unwrap()
        .iter()
        .zip(&reports.urls)
        .zip(["failure", "failure", "error", "failure"])
    {
        assert_eq!(test[0], url.as_str());
        assert_eq!(test[1], serde_json::json!([element, "system-out"]));
    }
}

#[test]
fn tap_is_what_prove_reads() {
    let reports = Reports::make();
    let text = reports.text(Format::Tap);
    assert!(
        text.starts_with("TAP version 14\n1..4\nnot ok 1 - "),
        "{text}"
    );
    // The consumer of Perl knows version 13 at most, which has all that is written here.
    let older = ["--exec", "sed 1s/14/13/"];
    let Some(output) = reports.read_by(Format::Tap, "prove", &older) else {
        return;
    };
    let read = String::from_utf8_lossy(&output.stdout);
    assert!(read.contains("Failed 4/4"), "{read}");
    assert!(!read.contains("Parse errors"), "{read}");
}

/// What is wrong with a document by the schema of this name below `tests/schemas`.
fn faults(schema: &str, document: &Value) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/schemas")
        .join(schema);
    let schema = serde_json::from_str(&fs::read_to_string(path).expect("the file is there"))
        .expect("it is JSON");
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("it is a schema");
    validator
        .iter_errors(document)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect()
}

#[test]
fn sarif_and_har_hold_to_their_schemas() {
    let reports = Reports::make();
    let (sarif, har) = (reports.json(Format::Sarif), reports.json(Format::Har));
    assert_eq!(faults("sarif.schema.json", &sarif), [""; 0]);
    assert_eq!(faults("har.schema.json", &har), [""; 0]);
    assert_eq!(
        faults("har.schema.json", &serde_json::json!({ "log": {} })).len(),
        3
    );
    let run = &sarif["runs"][0];
    let rules: Vec<&Value> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| &rule["id"])
        .collect();
    for result in run["results"].as_array().unwrap() {
        assert!(rules.contains(&&result["ruleId"]), "{result}");
    }
    let hops: usize = reports
        .json(Format::Json)
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["hops"].as_array().unwrap().len())
        .sum();
    let log = &har["log"];
    assert_eq!(
        (
            log["pages"].as_array().unwrap().len(),
            log["entries"].as_array().unwrap().len()
        ),
        (4, hops)
    );
    for entry in log["entries"].as_array().unwrap() {
        let phases = ["blocked", "dns", "connect", "send", "wait", "receive"];
        let sum: f64 = phases
            .iter()
            .map(|phase| entry["timings"][phase].as_f64().unwrap().max(0.0))
            .sum();
        assert!(
            (entry["time"].as_f64().unwrap() - sum).abs() < 0.01,
            "{entry}"
        );
    }
}

#[test]
fn gitlab_and_the_summary_have_what_they_need() {
    let reports = Reports::make();
    let issues = reports.json(Format::Gitlab);
    let mut prints = BTreeSet::new();
    for issue in issues.as_array().unwrap() {
        let severity = issue["severity"].as_str().unwrap();
        assert!(
            ["info", "minor", "major", "critical", "blocker"].contains(&severity),
            "{issue}"
        );
        assert!(
            issue["description"].is_string() && issue["location"]["path"].is_string(),
            "{issue}"
        );
        assert!(issue["location"]["lines"]["begin"].is_u64(), "{issue}");
        let print = issue["fingerprint"].as_str().unwrap().to_owned();
        assert!(prints.insert(print), "{issue}");
    }
    let summary = reports.json(Format::Summary);
    let schema = Path::new("../../schema/summary.schema.json");
    assert_eq!(faults(schema.to_str().unwrap(), &summary), [""; 0]);
    assert_eq!(
        (&summary["urls"], &summary["hosts"][0]["failed"]),
        (&4.into(), &4.into())
    );
    assert!(summary["wall_ms"].as_f64().unwrap() > 0.0, "{summary}");
}

/// `::kind key=value,key=value::message`, in which the message has neither a line break nor a percent sign of its own.
#[test]
fn github_annotations_are_commands() {
    let text = Reports::make().text(Format::Github);
    for line in text.lines() {
        let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (kind, properties) = head.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&kind), "{line}");
        for property in properties.split(',') {
            let (key, value) = property.split_once('=').unwrap();
            assert!(
                ["title", "file", "line"].contains(&key) && !value.contains(':'),
                "{line}"
            );
        }
        let codes = message.split('%').skip(1);
        assert!(
            codes
                .clone()
                .all(|rest| rest.starts_with("0A") || rest.starts_with("25")),
            "{line}"
        );
    }
    assert!(text.matches("::error ").count() >= 5, "{text}");
}

#[test]
fn mermaid_lines_are_statements() {
    let text = Reports::make().text(Format::Mermaid);
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("sequenceDiagram"));
    let mut declared = Vec::new();
    for line in lines {
        let statement = line.trim_start();
        // Whatever `#` and `;` there are belong to entities.
        for part in statement.split('#').skip(1) {
            let (code, _) = part.split_once(';').unwrap();
            assert!(code.parse::<u32>().is_ok(), "{line}");
        }
        if let Some(participant) = statement.strip_prefix("participant ") {
            declared.push(participant.split(' ').next().unwrap());
        } else if !statement.starts_with("Note ") {
            let (who, _) = statement.split_once(':').unwrap();
            let mut ends = who.split(['-', '>', 'x']).filter(|end| !end.is_empty());
            assert!(
                ends.all(|end| declared.contains(&end)),
                "{line}: {declared:?}"
            );
        }
    }
    assert_eq!(declared, ["c", "s1"]);
}

#[test]
fn no_report_has_what_a_terminal_obeys() {
    let reports = Reports::make();
    for format in Format::ALL {
        let text = reports.text(format).replace("\r\n", "\n");
        assert!(!text.chars().any(is_hostile), "{}: {text:?}", format.name());
    }
}

/// What arrived, but for what says nothing of the request: the order of its fields, and the case of their names.
fn shown(arrival: &Arrival) -> String {
    let mut fields: Vec<String> = arrival
        .headers
        .iter()
        .map(|field| {
            format!(
                "{}: {}",
                field.name.to_lowercase(),
                field.value.escape_ascii()
            )
        })
        .collect();
    fields.sort();
    let content = arrival.content.as_ref().map(|content| content.digest.hex());
    format!(
        "{} {} {fields:?} {content:?}",
        arrival.method,
        arrival.target.escape_ascii()
    )
}

/// Runs each line with a shell; what arrived by it, and what had arrived by rehop before.
fn replayed(lab: &Server, args: &[&str]) -> Option<(Vec<String>, Vec<String>)> {
    let run = rehop(&[&["--format", "curl", "--show-secrets"], args].concat());
    let before = lab.arrivals().len();
    for line in run.out.lines().filter(|line| !line.starts_with('#')) {
        assert!(line.starts_with("curl "), "{line}");
        let Ok(output) = Command::new("bash")
            .args(["-c", &format!("{line} --noproxy '*'")])
            .output()
        else {
            skip("bash");
            return None;
        };
        if output.status.code() == Some(127) {
            skip("curl");
            return None;
        }
        assert!(
            output.status.success(),
            "{line}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let arrivals: Vec<String> = lab
        .arrivals()
        .iter()
        .map(|arrival| shown(arrival))
        .collect();
    let (ours, theirs) = arrivals.split_at(before);
    Some((ours.to_vec(), theirs.to_vec()))
}

#[test]
fn curl_lines_send_what_the_hops_sent() {
    let lab = lab();
    let url = |path: &str| lab.url(path);
    let mut seen = 0;
    for args in [
        &["-d", "it's=a&b=$(x)", &url("/chain/307,302")][..],
        &[
            "-X",
            "PUT",
            "-H",
            "Accept:",
            "-H",
            "X-Empty;",
            "-d",
            "\u{1b}[31m\n",
            &url("/status/308"),
        ],
        &["-u", "me:pw", "-b", "a=1; b=2", &url("/to/same/302")],
        &["-I", "-A", "", &url("/status/301")],
        &["-X", "POST", &url("/status/303?q=[1]{2}")],
        &[
            "-X",
            "DELETE",
            "-H",
            "X-Quote: '\"\\",
            &url("/echo/a%20b?c=%27#d"),
        ],
    ] {
        let already = lab.arrivals().len();
        let Some((ours, theirs)) = replayed(&lab, args) else {
            return;
        };
        assert_eq!(ours[already..], theirs, "{args:?}");
        seen += theirs.len();
    }
    note(&format!("{seen} requests of rehop were sent again by curl"));
}

#[test]
fn curl_lines_tell_that_a_secret_is_masked_and_a_body_not_kept() {
    let lab = lab();
    let large = "x".repeat(20_000);
    let run = rehop(&[
        "--format",
        "curl",
        "-u",
        "me:pw",
        "-d",
        &large,
        &lab.url("/echo"),
    ]);
    assert!(run.out.contains("# *** stands for a secret"), "{}", run.out);
    assert!(run.out.contains("--data-binary @body"), "{}", run.out);
    let run = rehop(&[
        "--format",
        "curl",
        "-d",
        "password=hunter2&a=1",
        &lab.url("/echo"),
    ]);
    assert!(
        run.out.contains("password=***&a=1") && !run.out.contains("hunter2"),
        "{}",
        run.out
    );
}

#[test]
fn html_is_what_python_reads_and_loads_nothing() {
    let script = r"
import json, sys, html.parser
class Reader(html.parser.HTMLParser):
    void = {'meta', 'link', 'br', 'img'}
    def __init__(self):
        super().__init__()
        self.open, self.tags, self.told, self.attributes = [], set(), {}, set()
    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attributes)
        if tag not in self.void: self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, (tag, self.getpos())
    def handle_data(self, data):
        if self.open: self.told.setdefault(self.open[-1], []).append(data)
reader = Reader()
reader.feed(open(sys.argv[1]).read())
assert not reader.open, reader.open
print(json.dumps([sorted(reader.tags), sorted(reader.attributes), reader.told['code']]))";
    let reports = Reports::make();
    let text = reports.text(Format::Html);
    assert!(
        text.contains("Content-Security-Policy\" content=\"default-src 'none'"),
        "{text}"
    );
    let Some(read) = reports.by_python(Format::Html, script) else {
        return;
    };
    let has = |list: &Value, name: &str| list.as_array().unwrap().iter().any(|there| there == name);
    for tag in ["script", "link", "img", "iframe", "form", "object"] {
        assert!(!has(&read[0], tag), "{tag}");
    }
    for attribute in ["src", "style", "onclick", "onload"] {
        assert!(!has(&read[1], attribute), "{attribute}");
    }
    assert!(reports.urls.iter().all(|url| has(&read[2], url)), "{read}");
}

/// Runs rehop over an answer and a silence with a report into this file, and ends it by this signal in between; what the
/// file holds before and after.
#[cfg(unix)]
fn ended_by(signal: &str, path: &Path) -> (String, String) {
    let lab = lab();
    let report = format!("junit={}", path.display());
    let urls = [lab.url("/echo"), lab.url("/broken/silence")];
    let mut child = program(&["--report", &report, &urls[0], &urls[1]])
        .spawn()
        .expect("the program can be started");
    while lab.arrivals().len() < 2 {
        assert!(
            child.try_wait().expect("it can be waited for").is_none(),
            "it ended before its second request"
        );
        thread::sleep(Duration::from_millis(5));
    }
    let before = fs::read_to_string(path).expect("the file is there");
    let kill = Command::new("sh")
        .args(["-c", "kill -$0 $1", signal, &child.id().to_string()])
        .status();
    assert!(
        kill.is_ok_and(|status| status.success()),
        "there is no kill"
    );
    child.wait_with_output().expect("it can be waited for");
    (before, fs::read_to_string(path).expect("the file is there"))
}

#[test]
#[cfg(unix)]
fn report_files_are_whole_or_as_they_were() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("report.xml");
    fs::write(&path, "old").unwrap();
    let old = "old".to_owned();
    assert_eq!(ended_by("KILL", &path), (old.clone(), old.clone()));
    let (before, after) = ended_by("INT", &path);
    assert_eq!(before, old);
    assert!(
        after.contains("tests=\"2\" failures=\"0\" errors=\"1\""),
        "{after}"
    );
    assert!(after.ends_with("</testsuites>\n"), "{after}");
}
