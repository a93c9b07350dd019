//! The flags of `rehop URL...` against the lab: what they change of a chain, and how each run ends.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use rehop::lab::Server;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{ends, ids, lab, rehop, rehop_fed};

/// Runs rehop with `--json` and these arguments: how it ended, and the document.
fn inspect(args: &[&str]) -> (String, Value) {
    let run = rehop(&[&["--json"], args].concat());
    let document = run.json();
    (ends(&run, &document), document)
}

/// The values of a field that this request had, as it arrived.
fn arrived(lab: &Server, path: &str, name: &str) -> Vec<String> {
    let arrivals = lab.arrivals();
    let arrival = arrivals
        .iter()
        .rev()
        .find(|arrival| arrival.target == path.as_bytes());
    let arrival = arrival.unwrap_or_else(|| panic!("{path} was not asked for"));
    arrival
        .headers
        .all(name)
        .map(|value| String::from_utf8_lossy(value).into_owned())
        .collect()
}

#[test]
fn failure_to_reach_a_host_names_its_cure() {
    let lab = lab();
    let secure = lab.https_url("/echo").unwrap();
    let plain_on_tls = secure.replacen("https", "http", 1);
    let tls_on_plain = lab.url("/echo").replacen("http", "https", 1);
    for (args, expected, cure) in [
        (
            &["http://127.0.0.1:1/"][..],
            "3 failed connect -",
            "is anything listening there?",
        ),
        (
            &["http://no-such-host.invalid/"],
            "3 failed dns -",
            "is the name spelt right",
        ),
        (&[&plain_on_tls], "3 failed receive -", "try https://"),
        (
            &["--connect-timeout", "1", &tls_on_plain],
            "3 failed tls -",
            "does it speak TLS on this port?",
        ),
        (&[&secure], "3 failed tls -", "is self-signed"),
        (
            &["--deny-private", &lab.url("/echo")],
            "4 refused -",
            "--deny-private",
        ),
        (
            &["--deny-private=redirects", &lab.url("/to/port/307")],
            "4 refused 307,-",
            "--deny-private",
        ),
        (
            &["-m", "0.3", &lab.url("/delay/5000")],
            "3 failed wait -",
            "within 0.3 s",
        ),
        (
            &["-x", "http://127.0.0.1:1", &lab.url("/echo")],
            "3 failed connect -",
            "proxy",
        ),
    ] {
        let (end, document) = inspect(args);
        assert_eq!(end, expected, "{args:?}: {document:#}");
        let detail = document["end"]["detail"].as_str().unwrap();
        assert!(detail.contains(cure), "{args:?}: {detail}");
    }
}

#[test]
fn untrusted_certificate_passes_with_insecure_or_its_own_authority() {
    let (lab, folder) = (lab(), TempDir::new().unwrap());
    let secure = lab.https_url("/status/302").unwrap();
    let authority = folder.path().join("lab.pem");
    fs::write(&authority, lab.certificate_pem().unwrap()).unwrap();
    for (flags, found) in [
        (&["-k"][..], "tls-fault,tls-fault"),
        (&["--cacert", authority.to_str().unwrap()], ""),
    ] {
        let (end, document) = inspect(&[flags, &[&secure]].concat());
        assert_eq!(
            (end.as_str(), ids(&document).as_str()),
            ("0 landed 302,200", found),
            "{document:#}"
        );
        let tls = &document["hops"][0]["connection"]["tls"];
        assert!(tls["version"].as_str().unwrap().starts_with("TLS"), "{tls}");
        assert!(
            tls["issuer"].as_str().unwrap().contains("rehop lab"),
            "{tls}"
        );
    }
}

#[test]
fn flags_decide_where_a_chain_stops() {
    let lab = lab();
    let port = lab.other_origin();
    for (args, expected, says) in [
        (
            &["--no-follow", "/chain/301,302"][..],
            "0 not_followed 301",
            "--no-follow stops after the first hop",
        ),
        (
            &["--max-redirs", "2", "/redirect/3"],
            "4 too_many 302,302,302",
            "gave up after 2 redirects",
        ),
        (
            &["--max-redirs", "3", "/redirect/3"],
            "0 landed 302,302,302,200",
            "",
        ),
        (
            &["--max-redirs", "0", "/redirect/1"],
            "4 too_many 302",
            "gave up after 0 redirects",
        ),
        (
            &["--proto-redir", "=https", "/to/port/302"],
            "4 refused 302",
            "--proto-redir allows https",
        ),
        (
            &["--proto-redir", "-http", "/status/302"],
            "4 refused 302",
            "--proto-redir allows https",
        ),
        (
            &["--no-cookies", "/cookie-wall"],
            "4 loop 302",
            "the cookie wall, set at hop 1, did not come back: --no-cookies keeps none",
        ),
        (&["/cookie-wall"], "0 landed 302,200", ""),
        (&["-d", "user=me", "/login"], "0 landed 303,200", ""),
        (
            &["--no-cookies", "-d", "user=me", "/login"],
            "0 landed 303,302,200",
            "",
        ),
        (&["-b", "session=lab", "/account"], "0 landed 200", ""),
        (
            &["-m", "0.5", "/redirect-to?url=/delay/5000"],
            "3 failed wait 302,-",
            "within 0.5 s",
        ),
    ] {
        let (path, flags) = args.split_last().unwrap();
        let (end, document) = inspect(&[flags, &[&*lab.url(path)]].concat());
        assert_eq!(end, expected, "{args:?} {port}: {document:#}");
        let detail = document["end"]["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(says), "{args:?}: {detail}");
    }
}

#[test]
fn stop_still_reports_the_next_step() {
    let lab = lab();
    for flags in [
        &["--no-follow"][..],
        &["--max-redirs", "0"],
        &["--proto-redir", "=https"],
    ] {
        let (_, document) = inspect(&[flags, &["-d", "a=1", &*lab.url("/status/307")]].concat());
        let redirect = &document["hops"][0]["redirect"];
        assert_eq!(redirect["target"], lab.url("/echo"), "{document:#}");
        assert_eq!(
            (&redirect["followed"], &redirect["body"]),
            (&json!(false), &json!("kept")),
            "{document:#}"
        );
        assert_eq!(document["summary"]["redirects"], 0, "{document:#}");
    }
}

#[test]
fn credentials_stay_with_their_origin() {
    let lab = lab();
    let (basic, key) = ("Basic bWU6cHc=", "k-1");
    for (flags, path, authorization, api_key, found) in [
        (&[][..], "/to/same/302", &[basic][..], &[key][..], ""),
        (
            &[],
            "/to/port/302",
            &[],
            &[key],
            "cross-origin,credentials-sent,credentials-dropped",
        ),
        (
            &["--location-trusted"],
            "/to/port/302",
            &[basic],
            &[key],
            "cross-origin,credentials-sent",
        ),
        (
            &[],
            "/to/port/302/to/port/302/echo",
            &[],
            &[key],
            "cross-origin,credentials-sent,credentials-dropped,cross-origin",
        ),
    ] {
        let args = ["-u", "me:pw", "-H", "X-Api-Key: k-1", &lab.url(path)];
        let (end, document) = inspect(&[flags, &args].concat());
        assert!(end.starts_with("0 landed"), "{end}");
        assert_eq!(
            arrived(&lab, "/echo", "authorization"),
            authorization,
            "{path}: {document:#}"
        );
        assert_eq!(arrived(&lab, "/echo", "x-api-key"), api_key, "{path}");
        assert_eq!(ids(&document), found, "{path}: {document:#}");
    }
}

#[test]
fn output_file_has_the_last_content_and_a_part_is_no_success() {
    let (lab, folder) = (lab(), TempDir::new().unwrap());
    let file = folder.path().join("content");
    let read = |file: &Path| fs::read_to_string(file).unwrap();
    let o = |path: &str| inspect(&["-o", file.to_str().unwrap(), &lab.url(path)]).0;
    assert_eq!(o("/chain/302,303"), "0 landed 302,303,200");
    assert!(
        read(&file).contains("\"target\": \"/echo\""),
        "{}",
        read(&file)
    );
    assert_eq!(o("/status/404"), "0 landed 404");
    assert_eq!(read(&file), "404\n");
    assert_eq!(o("/broken/short-body"), "3 landed 200");
    assert_eq!(read(&file), "ten bytes.");
    let (end, _) = inspect(&[
        "--no-follow",
        "-o",
        file.to_str().unwrap(),
        &lab.url("/location/fragment"),
    ]);
    assert_eq!(
        (end.as_str(), read(&file).as_str()),
        ("0 not_followed 302", "an odd Location\n")
    );
}

#[test]
fn output_file_survives_a_failure_and_keeps_a_redirect_that_is_not_followed() {
    let (lab, folder) = (lab(), TempDir::new().unwrap());
    let file = folder.path().join("content");
    let name = file.to_str().unwrap();
    fs::write(&file, "before").unwrap();
    for (path, code) in [("/broken/reset", 3), ("/loop/1", 4)] {
        let run = rehop(&["-q", "-o", name, &lab.url(path)]);
        let kept = fs::read_to_string(&file).unwrap();
        assert_eq!(
            (run.code, kept == "before"),
            (Some(code), code == 3),
            "{path}: {kept}"
        );
    }
    let large = large_redirect();
    let run = rehop(&["--json", "--no-follow", "-o", name, &large]);
    // What is not followed is what the chain ends with, and is kept whole.
    assert_eq!(ends(&run, &run.json()), "0 not_followed 302");
    assert_eq!(run.err, "");
    assert_eq!(fs::metadata(&file).unwrap().len(), LARGE);
    let echo = lab.url("/echo");
    let run = rehop(&["-o", name, &echo, &echo]);
    assert_eq!(
        (run.code, fs::metadata(&file).unwrap().len()),
        (Some(2), LARGE),
        "{}",
        run.err
    );
    assert!(
        run.err
            .starts_with("rehop: --output takes the content of one URL; there are 2\n"),
        "{}",
        run.err
    );
}

#[test]
fn output_takes_the_content_of_the_last_answer_alone_where_a_refresh_leads_on() {
    let (lab, folder) = (lab(), TempDir::new().unwrap());
    let file = folder.path().join("content");
    let name = file.to_str().unwrap();
    let run = rehop(&[
        "--json",
        "--as",
        "chromium-nav",
        "-o",
        name,
        &lab.url("/refresh/header"),
    ]);
    assert_eq!(ends(&run, &run.json()), "0 landed 200,200");
    let kept = fs::read_to_string(&file).unwrap();
    let echoed: Result<serde_json::Value, _> = serde_json::from_str(&kept);
    assert!(echoed.is_ok(), "{kept}");
}

/// Bytes of content of [`large_redirect`].
const LARGE: u64 = 300_000;

/// A server of one answer: a redirect with much content.
fn large_redirect() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback can be listened on");
    let url = format!("http://{}/", listener.local_addr().expect("it is bound"));
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("rehop connects");
        let _ = stream.read(&mut [0; 4096]);
        let head = "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 300000\r\n\r\n";
        let _ = stream.write_all(&[head.as_bytes(), &vec![b'a'; 300_000]].concat());
        let _ = stream.read(&mut [0; 1]);
    });
    url
}

#[test]
fn demo_heeds_the_flags_that_it_takes() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("content");
    let run = rehop(&["demo", "-q", "-o", file.to_str().unwrap()]);
    assert_eq!(
        (run.code, fs::metadata(file).unwrap().len() > 0),
        (Some(0), true),
        "{}",
        run.err
    );
    let run = rehop(&["demo", "--json", "--proto-redir", "=https"]);
    assert_eq!(ends(&run, &run.json()), "4 refused 308");
}

#[test]
fn warnings_are_escaped_for_the_terminal() {
    let lab = lab();
    let run = rehop(&[
        "curl",
        &format!("curl -L {} | \u{1b}[31m\u{202e}x", lab.url("/echo")),
    ]);
    assert_eq!(
        (
            run.code,
            run.err.contains('\u{1b}'),
            run.err.contains('\u{202e}')
        ),
        (Some(0), false, false)
    );
    assert!(
        run.err
            .contains("note: passed over what follows the command: | \\u{1b}[31m\\u{202e}x\n"),
        "{}",
        run.err
    );
}

#[test]
#[cfg(target_os = "linux")]
fn output_to_a_full_disk_is_no_success() {
    let (end, document) = inspect(&["-o", "/dev/full", &lab().url("/echo")]);
    assert_eq!(end, "3 landed 200", "{document:#}");
    assert!(
        document["findings"][0]["says"]
            .as_str()
            .unwrap()
            .contains("no space left"),
        "{document:#}"
    );
}

#[test]
fn exit_code_of_several_urls_is_the_gravest() {
    let lab = lab();
    let url = |path| lab.url(path);
    for (paths, code) in [
        (&["/echo", "/status/404"][..], 0),
        (&["/broken/reset", "/echo"], 3),
        (&["/loop/1", "/broken/reset", "/echo"], 4),
        (&["/broken/reset", "/loop/1"], 4),
    ] {
        let urls: Vec<_> = paths.iter().copied().map(url).collect();
        let args: Vec<_> = ["--jsonl"]
            .into_iter()
            .chain(urls.iter().map(String::as_str))
            .collect();
        let run = rehop(&args);
        let lines = run.lines();
        assert_eq!(run.code, Some(code), "{paths:?}");
        assert_eq!(
            lines
                .iter()
                .map(|line| line["url"].as_str().unwrap())
                .collect::<Vec<_>>(),
            urls
        );
        // Words on standard input, and a comment between them.
        let list = urls.join("\n# a comment\n\n");
        let listed = rehop_fed(&["--jsonl", "-i", "-"], list.as_bytes());
        assert_eq!(
            (listed.code, listed.lines().len()),
            (Some(code), urls.len()),
            "{}",
            listed.err
        );
    }
    let unmet = rehop(&[
        "--expect",
        "status = 200",
        &url("/echo"),
        &url("/status/404"),
    ]);
    assert_eq!(unmet.code, Some(1));
}

#[test]
fn url_file_with_a_bad_line_names_it_and_nothing_is_sent() {
    let lab = lab();
    let list = format!("{}\nftp://x/\n", lab.url("/echo"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("urls").display().to_string();
    std::fs::write(&path, list).unwrap();
    let run = rehop(&["-i", &path]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(
        run.err.starts_with(&format!("rehop: {path}:2: ")),
        "{}",
        run.err
    );
    assert!(lab.arrivals().is_empty());
}

#[cfg(unix)]
#[test]
fn unix_socket_stands_in_for_every_address() {
    use std::io::Write as _;
    use std::os::unix::net::UnixListener;
    use std::thread;

    let folder = TempDir::new().unwrap();
    let socket = folder.path().join("s");
    let listener = UnixListener::bind(&socket).unwrap();
    let server = thread::spawn(move || {
        for answer in [
            "302 Found\r\nLocation: http://other.example/end",
            "200 OK\r\nX-Y: z",
        ] {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                head.push(byte[0]);
            }
            write!(
                stream,
                "HTTP/1.1 {answer}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            )
            .unwrap();
        }
    });
    let (end, document) = inspect(&[
        "--unix-socket",
        socket.to_str().unwrap(),
        "http://some.example/",
    ]);
    assert_eq!(end, "0 landed 302,200", "{document:#}");
    assert_eq!(document["end"]["url"], "http://other.example/end");
    server.join().unwrap();
    let (end, document) = inspect(&["--unix-socket", "/nowhere/s", "http://some.example/"]);
    assert_eq!(end, "3 failed connect -", "{document:#}");
    assert!(
        document["end"]["detail"]
            .as_str()
            .unwrap()
            .contains("/nowhere/s"),
        "{document:#}"
    );
}

#[test]
fn deny_private_at_redirects_lets_the_first_host_be_anywhere() {
    let lab = lab();
    let (end, document) = inspect(&["--deny-private=redirects", &lab.url("/status/307")]);
    assert_eq!(end, "0 landed 307,200", "{document:#}");
}
