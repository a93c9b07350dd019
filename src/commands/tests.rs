//! A command line → the request that it means: method, URL, fields, content.

use std::ffi::OsString;
use std::fs;
use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::cli::plan::InspectPlan;
use crate::cli::{Env, Plan};
use crate::exit::UsageError;
use crate::intake::PreparedRequest;
use crate::model::{Content, Field, Request};

/// A folder with files that rows name.
struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in [
            ("lines", &b"a\r\nb\0c\n"[..]),
            ("empty", b""),
            ("p.png", b"PNG"),
            ("fields", b"# mine\nX-A: 1\r\n\nX-B;\nAccept:\n"),
            ("broken", b"X-A: 1\nnonsense\n"),
            (
                "netrc",
                b"machine a.example login me password pw\ndefault login other password x\n",
            ),
            ("jar", b"a.example\tFALSE\t/\tFALSE\t0\tn\tv\n"),
        ] {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        Self { folder }
    }

    /// `DIR/` in a word stands for the folder.
    fn words(&self, words: &[&str]) -> Vec<OsString> {
        let folder = format!("{}/", self.folder.path().display());
        words
            .iter()
            .map(|word| word.replace("DIR/", &folder).into())
            .collect()
    }

    fn plan(&self, words: &[&str]) -> Result<InspectPlan, UsageError> {
        let netrc = self.folder.path().join("netrc");
        let env = Env::of(&|name| (name == "NETRC").then(|| netrc.clone().into()));
        match Plan::new(&self.words(words), &env)? {
            Plan::Inspect(plan) => Ok(*plan),
            other => panic!("{words:?} gave {other:?}"),
        }
    }

    fn request(&self, words: &[&str]) -> Result<Request, UsageError> {
        let plan = self.plan(words)?;
        let mut stdin = &b"from\nstdin"[..];
        let prepared = PreparedRequest::open(&plan.request, &mut stdin);
        let prepared = prepared.map_err(|error| error.usage().unwrap())?;
        Ok(prepared.request(&plan.urls[0]))
    }
}

/// The request without the fields that every one has: `METHOD URL`, then a line for each field, then the content.
fn shown(request: &Request) -> String {
    let unsaid = |field: &&Field| {
        field.name != "user-agent" && (field.name != "accept" || field.value != b"*/*")
    };
    let line = |field: &Field| {
        format!(
            " | {}: {}",
            field.name,
            String::from_utf8_lossy(&field.value)
        )
    };
    let fields: String = request.headers.iter().filter(unsaid).map(line).collect();
    let text = format!("{} {}{fields}", request.method, request.target);
    match request.body.content() {
        None => text,
        Some(content) => format!("{text} || {}", bytes(content).escape_ascii()),
    }
}

fn bytes(content: &dyn Content) -> Vec<u8> {
    let mut bytes = Vec::new();
    content.open().unwrap().read_to_end(&mut bytes).unwrap();
    assert_eq!(
        content.length(),
        Some(bytes.len() as u64),
        "the length said is the length given"
    );
    bytes
}

const FORM: &str = "content-type: application/x-www-form-urlencoded";
const JSON: &str = "accept: application/json | content-type: application/json";

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn every_way_to_give_content() {
    let files = Files::new();
    for (words, meant) in [
        (&["x.example"][..], "GET http://x.example/".to_owned()),
        (
            &["-d", "a=1", "x"],
            format!("POST http://x/ | {FORM} || a=1"),
        ),
        (
            &["-d", "a=1", "-d", "b=2", "x"],
            format!("POST http://x/ | {FORM} || a=1&b=2"),
        ),
        (&["-d", "", "x"], format!("POST http://x/ | {FORM}")),
        (
            &["-d", "", "-d", "a", "x"],
            format!("POST http://x/ | {FORM} || a"),
        ),
        (
            &["-d", "a", "-d", "", "x"],
            format!("POST http://x/ | {FORM} || a&"),
        ),
        (
            &["-d", "@DIR/lines", "x"],
            format!("POST http://x/ | {FORM} || abc"),
        ),
        (
            &["-d@DIR/lines", "--data-raw", "@x", "x"],
            format!("POST http://x/ | {FORM} || abc&@x"),
        ),
        (
            &["-d", "@DIR/empty", "-d", "a", "x"],
            format!("POST http://x/ | {FORM} || a"),
        ),
        (
            &["-d", "@-", "x"],
            format!("POST http://x/ | {FORM} || fromstdin"),
        ),
        (
            &["--data-binary", "@DIR/lines", "x"],
            format!("POST http://x/ | {FORM} || a\\r\\nb\\x00c\\n"),
        ),
        (
            &["--data-binary", "@-", "-X", "PUT", "x"],
            format!("PUT http://x/ | {FORM} || from\\nstdin"),
        ),
        (
            &["--data-raw", "b", "-d", "a", "--data-binary", "c", "x"],
            format!("POST http://x/ | {FORM} || b&a&c"),
        ),
        (
            &["--data-urlencode", "x y&é~", "x"],
            format!("POST http://x/ | {FORM} || x+y%26%C3%A9~"),
        ),
        (
            &["--data-urlencode", "=x=y", "x"],
            format!("POST http://x/ | {FORM} || x%3Dy"),
        ),
        (
            &["--data-urlencode", "n=a b@c", "x"],
            format!("POST http://x/ | {FORM} || n=a+b%40c"),
        ),
        (
            &["--data-urlencode", "@DIR/lines", "x"],
            format!("POST http://x/ | {FORM} || a%0D%0Ab%00c%0A"),
        ),
        (
            &["--data-urlencode", "n@DIR/lines", "-d", "z", "x"],
            format!("POST http://x/ | {FORM} || n=a%0D%0Ab%00c%0A&z"),
        ),
        (
            &["--data-json", "{}", "x"],
            format!("POST http://x/ | {JSON} || {{}}"),
        ),
        (
            &["--data-json", "{", "--data-json", "}", "x"],
            format!("POST http://x/ | {JSON} || {{}}"),
        ),
        (
            &["--data-json", "@DIR/lines", "-H", "Accept: x", "x"],
            "POST http://x/ | content-type: application/json | Accept: x || a\\r\\nb\\x00c\\n"
                .to_owned(),
        ),
        (
            &["-d", "a", "-H", "content-TYPE: text/plain", "x"],
            "POST http://x/ | content-TYPE: text/plain || a".to_owned(),
        ),
        (
            &["-d", "a", "-H", "Content-Type:", "x"],
            "POST http://x/ || a".to_owned(),
        ),
        (
            &["-X", "query", "-d", "a", "x"],
            format!("query http://x/ | {FORM} || a"),
        ),
        (
            &["-G", "-d", "a=1", "-d", "b=c d", "x"],
            "GET http://x/?a=1&b=c%20d".to_owned(),
        ),
        (
            &["-G", "--data-urlencode", "é=ü#", "x?z#f"],
            "GET http://x/?z&%C3%A9=%C3%BC%23#f".to_owned(),
        ),
        (
            &["-G", "-I", "-d", "a", "x/?"],
            "HEAD http://x/?a".to_owned(),
        ),
        (
            &["-G", "-X", "DELETE", "-d", "@DIR/lines", "x"],
            "DELETE http://x/?abc".to_owned(),
        ),
        (&["-I", "x"], "HEAD http://x/".to_owned()),
        (
            &["-T", "DIR/p.png", "x"],
            "PUT http://x/p.png || PNG".to_owned(),
        ),
        (
            &["-T", "DIR/p.png", "x/a/?q"],
            "PUT http://x/a/p.png?q || PNG".to_owned(),
        ),
        (
            &["-T", "DIR/p.png", "x/a"],
            "PUT http://x/a || PNG".to_owned(),
        ),
        (
            &["-T", "-", "x/a/"],
            "PUT http://x/a/ || from\\nstdin".to_owned(),
        ),
        (
            &["-T", "DIR/p.png", "-X", "POST", "-G", "-d", "q", "x/a"],
            "POST http://x/a?q || PNG".to_owned(),
        ),
    ] {
        let request = files
            .request(words)
            .unwrap_or_else(|misuse| panic!("{words:?}\n{misuse}"));
        assert_eq!(shown(&request), meant, "{words:?}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn every_way_to_give_fields_and_credentials() {
    let files = Files::new();
    let basic = |pair: &str| format!("authorization: Basic {}", STANDARD.encode(pair));
    for (words, meant) in [
        (
            &["-H", "X: 1", "-H", "x: 2", "-H", "Y;", "x"][..],
            "GET http://x/ | X: 1 | x: 2 | Y: ".to_owned(),
        ),
        (
            &["-H", "Accept:", "-H", "User-Agent:", "x"],
            "GET http://x/".to_owned(),
        ),
        (
            &["-H", "@DIR/fields", "-H", "X-C: 3", "x"],
            "GET http://x/ | X-A: 1 | X-B:  | X-C: 3".to_owned(),
        ),
        (
            &["-e", "http://r/", "x"],
            "GET http://x/ | referer: http://r/".to_owned(),
        ),
        (
            &["-e", "http://r/;auto", "x"],
            "GET http://x/ | referer: http://r/".to_owned(),
        ),
        (&["-e", ";auto", "x"], "GET http://x/".to_owned()),
        (
            &["-e", "a", "-H", "Referer: b", "x"],
            "GET http://x/ | Referer: b".to_owned(),
        ),
        (
            &["-u", "me:p:w", "x"],
            format!("GET http://x/ | {}", basic("me:p:w")),
        ),
        (
            &["-u", "me", "x"],
            format!("GET http://x/ | {}", basic("me:")),
        ),
        (
            &["http://m%40e:p%3Aw@x/"],
            format!("GET http://x/ | {}", basic("m@e:p:w")),
        ),
        (
            &["-u", "me:pw", "http://u:p@x/"],
            format!("GET http://x/ | {}", basic("me:pw")),
        ),
        (
            &["-u", "me:pw", "-H", "Authorization: Bearer t", "x"],
            "GET http://x/ | Authorization: Bearer t".to_owned(),
        ),
        (
            &["-n", "a.example"],
            format!("GET http://a.example/ | {}", basic("me:pw")),
        ),
        (
            &["-n", "b.example"],
            format!("GET http://b.example/ | {}", basic("other:x")),
        ),
        (
            &["-n", "http://u:p@a.example"],
            format!("GET http://a.example/ | {}", basic("u:p")),
        ),
        (
            &["-b", "a=1", "-b", "b=2; c=3", "x"],
            "GET http://x/ | cookie: a=1; b=2; c=3".to_owned(),
        ),
        (
            &["-b", "a=1", "-H", "Cookie: z", "x"],
            "GET http://x/ | Cookie: z".to_owned(),
        ),
        (
            &["-b", "DIR/jar", "a.example"],
            "GET http://a.example/".to_owned(),
        ),
        (
            &["-H", "Host: other", "x"],
            "GET http://x/ | Host: other".to_owned(),
        ),
        // curl's own
        (
            &["curl", "--compressed", "-r", "0-5", "x"],
            "GET http://x/ | accept-encoding: deflate, gzip, br, zstd | range: bytes=0-5"
                .to_owned(),
        ),
        (
            &["curl", "--oauth2-bearer", "t", "x"],
            "GET http://x/ | authorization: Bearer t".to_owned(),
        ),
        (
            &[
                "curl",
                "--url-query",
                "a=b c",
                "--url-query",
                "+d=e+f",
                "--json",
                "{}",
                "x",
            ],
            format!("POST http://x/?a=b+c&d=e+f | {JSON} || {{}}"),
        ),
        (
            &["curl", "-b", "DIR/none", "-c", "DIR/none", "x"],
            "GET http://x/".to_owned(),
        ),
        (
            &["curl", "--netrc-optional", "a.example"],
            format!("GET http://a.example/ | {}", basic("me:pw")),
        ),
        (
            &[
                "curl",
                "--netrc-optional",
                "--netrc-file",
                "DIR/none",
                "a.example",
            ],
            "GET http://a.example/".to_owned(),
        ),
    ] {
        let request = files
            .request(words)
            .unwrap_or_else(|misuse| panic!("{words:?}\n{misuse}"));
        assert_eq!(shown(&request), meant, "{words:?}");
    }
    let plan = files.plan(&["-b", "DIR/jar", "a.example"]).unwrap();
    let opened = PreparedRequest::open(&plan.request, &mut std::io::empty()).unwrap();
    assert_eq!(
        opened
            .cookies()
            .iter()
            .map(|seed| seed.set_cookie.as_str())
            .collect::<Vec<_>>(),
        ["n=v; Path=/"]
    );
}

#[test]
fn who_asks_says_who_it_is() {
    let files = Files::new();
    for (words, agent) in [
        (
            &["x"][..],
            Some(concat!("rehop/", env!("CARGO_PKG_VERSION"))),
        ),
        (&["curl", "x"], Some("curl/8.17.0")),
        (&["curl", "-A", "me", "x"], Some("me")),
        (&["-A", "me", "x"], Some("me")),
        (&["-A", "", "x"], None),
        (&["-A", "me", "-H", "User-Agent: you", "x"], Some("you")),
    ] {
        let request = files.request(words).unwrap();
        assert_eq!(request.headers.text("user-agent"), agent, "{words:?}");
    }
}

#[test]
fn a_form_is_composed_of_its_parts() {
    let files = Files::new();
    for (words, parts) in [
        (&["-F", "a=1", "x"][..], "name=\"a\"\r\n\r\n1\r\n"),
        (
            &["-F", "a=\"x;y\\\"z\";type=text/csv", "x"],
            "name=\"a\"\r\nContent-Type: text/csv\r\n\r\nx;y\"z\r\n",
        ),
        (
            &["-F", "a=@DIR/p.png", "x"],
            "name=\"a\"; filename=\"p.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n",
        ),
        (
            &["-F", "a=@\"DIR/p.png\"", "x"],
            "name=\"a\"; filename=\"p.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n",
        ),
        (
            &[
                "-F",
                "a=@DIR/p.png;type=a/b; charset=x;filename=\"q\\\"r\"",
                "x",
            ],
            "name=\"a\"; filename=\"q%22r\"\r\nContent-Type: a/b; charset=x\r\n\r\nPNG\r\n",
        ),
        (
            &["-F", "a=@DIR/empty", "x"],
            "name=\"a\"; filename=\"empty\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n",
        ),
        (&["-F", "a=<DIR/p.png", "x"], "name=\"a\"\r\n\r\nPNG\r\n"),
        (&["-F", "a=<-", "x"], "name=\"a\"\r\n\r\nfrom\nstdin\r\n"),
        (
            &["--form-string", "a=@x;y", "x"],
            "name=\"a\"\r\n\r\n@x;y\r\n",
        ),
        (
            &["-F", "a=1", "-F", "b=", "x"],
            "name=\"a\"\r\n\r\n1\r\n--BOUNDARY\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n\r\n",
        ),
    ] {
        let request = files
            .request(words)
            .unwrap_or_else(|misuse| panic!("{words:?}\n{misuse}"));
        let kind = request.headers.text("content-type").unwrap().to_owned();
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        let text = String::from_utf8(bytes(request.body.content().unwrap()))
            .unwrap()
            .replace(boundary, "BOUNDARY");
        assert_eq!(
            text,
            format!("--BOUNDARY\r\nContent-Disposition: form-data; {parts}--BOUNDARY--\r\n"),
            "{words:?}"
        );
    }
    let own = files
        .request(&["-F", "a=1", "-H", "Content-Type: multipart/mixed", "x"])
        .unwrap();
    assert!(
        own.headers
            .text("content-type")
            .unwrap()
            .starts_with("multipart/mixed; boundary=----")
    );
    assert_eq!(own.headers.all("content-type").count(), 1);
}

#[test]
fn what_cannot_be_opened_is_named() {
    let files = Files::new();
    for (words, says) in [
        (
            &["-d", "@none", "x"][..],
            "--data: cannot read none: No such file or directory (os error 2)",
        ),
        (
            &["-F", "a=@none", "x"],
            "--form: cannot read none: No such file or directory (os error 2)",
        ),
        (
            &["-T", "none", "x"],
            "--upload-file: cannot read none: No such file or directory (os error 2)",
        ),
        (
            &["-b", "none", "x"],
            "--cookie: cannot read none: No such file or directory (os error 2)",
        ),
        (
            &["-H", "@none", "x"],
            "--header: cannot read none: No such file or directory (os error 2)",
        ),
        (
            &["-T", "DIR/", "x"],
            "--upload-file: cannot read DIR/: it is a directory",
        ),
        (
            &["-H", "@DIR/broken", "x"],
            "--header DIR/broken:2: no `:` in it",
        ),
        (
            &["curl", "--netrc-file", "none", "x"],
            "--netrc: cannot read none: No such file or directory (os error 2)",
        ),
    ] {
        let folder = format!("{}/", files.folder.path().display());
        let found = files
            .request(words)
            .map(|request| shown(&request))
            .map_err(|misuse| misuse.says.replace(&folder, "DIR/"));
        let says = if cfg!(unix) {
            says
        } else {
            says.split(": No such").next().unwrap_or(says)
        };
        assert!(
            found.as_ref().is_err_and(|found| found.starts_with(says)),
            "{words:?}: {found:?}"
        );
    }
}

#[test]
fn curl_asks_leave_before_it_sends_more_than_a_mebibyte() {
    let files = Files::new();
    fs::write(files.folder.path().join("large"), vec![b'x'; (1 << 20) + 1]).unwrap();
    for (words, expect) in [
        (&["curl", "-T", "DIR/large", "x"][..], Some("100-continue")),
        (&["curl", "-T", "DIR/large", "-H", "Expect:", "x"], None),
        (&["curl", "-T", "DIR/p.png", "x"], None),
        (&["-T", "DIR/large", "x"], None),
    ] {
        assert_eq!(
            files.request(words).unwrap().headers.text("expect"),
            expect,
            "{words:?}"
        );
    }
}

#[test]
fn what_stands_for_an_option_is_told_from_what_the_caller_wrote() {
    let files = Files::new();
    let cases: [(&[&str], &[&str]); 6] = [
        (&["-d", "a=1", "x"], &["content-type"]),
        (&["-F", "a=1", "x"], &["content-type"]),
        (&["-b", "k=v", "x"], &["cookie"]),
        (&["--data-json", "{}", "x"], &[]),
        (&["-d", "a=1", "-H", "Content-Type: text/x", "x"], &[]),
        (&["-H", "Cookie: k=v", "x"], &[]),
    ];
    for (words, own) in cases {
        assert_eq!(files.request(words).unwrap().own, own, "{words:?}");
    }
}
