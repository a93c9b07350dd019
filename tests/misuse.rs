//! What is wrong on a command line or in a file that it names: told in full before anything is sent.

use std::fs;

use tempfile::TempDir;

use crate::support::{each, lab, rehop_fed};

/// Words, in which `DIR` is a folder and `URL` a URL of the lab; all of standard error.
type Case = (&'static [&'static str], &'static str);

/// Names of files in the folder, and what is in them.
const FILES: [(&str, &str); 5] = [
    (
        "encrypted",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
    ),
    ("nonsense", "nonsense\n"),
    ("fields", "X-A: 1\n\na b: c\n"),
    ("urls", "# one\nURL\nftp://x/\n"),
    ("empty", "\n# none\n"),
];

#[rustfmt::skip]
const CASES: &[Case] = &[
    // Files that the request is made from.
    (&["-d", "@DIR/missing", "URL"], "\
rehop: --data: cannot read DIR/missing: No such file or directory (os error 2)
hint: check the name; it is taken relative to the current directory
"),
    (&["--data-binary", "@DIR", "URL"], "rehop: --data-binary: cannot read DIR: it is a directory\n"),
    (&["-T", "DIR/missing", "URL"], "\
rehop: --upload-file: cannot read DIR/missing: No such file or directory (os error 2)
hint: check the name; it is taken relative to the current directory
"),
    (&["-F", "a=@DIR/missing", "URL"], "\
rehop: --form: cannot read DIR/missing: No such file or directory (os error 2)
hint: check the name; it is taken relative to the current directory
"),
    (&["-H", "@DIR/fields", "URL"], "\
rehop: --header DIR/fields:3: 'a ...': the name is not a token (letters, digits and !#$%&'*+-.^_`|~)
hint: write it as in 'Name: value'
"),
    (&["-b", "DIR/missing", "URL"], "\
rehop: --cookie: cannot read DIR/missing: No such file or directory (os error 2)
hint: check the name; it is taken relative to the current directory
"),
    // Clients.
    (&["--as", "crul", "URL"], "\
rehop: --as crul: no such client
hint: did you mean `--as curl`?
"),
    (&["--clients", "go,crul", "URL"], "\
rehop: --clients crul: no such client
hint: did you mean `--clients curl`?
"),
    (&["--clients=http://x", "URL"], "\
rehop: --clients: cannot read http://x: No such file or directory (os error 2)
hint: name a client, or a file that `rehop probe` wrote
"),
    (&["clients", "crul"], "\
rehop: clients crul: no such client
hint: did you mean `rehop clients curl`?
"),
    (&["clients", "--status", "200"], "\
rehop: --status 200: not measured
hint: clients were measured on 300 to 308
"),
    (&["clients", "--crossing", "moon"], "\
rehop: --crossing moon: no such value
hint: known are same-origin, port, host, subdomain, parent, upgrade, downgrade
"),
    (&["clients", "--group", "brwser"], "\
rehop: --group brwser: no such kind
hint: did you mean `--group browser`?
"),
    (&["clients", "--method", "A B"], "\
rehop: --method \"A B\" is not a token (letters, digits and !#$%&'*+-.^_`|~)
hint: a method is one word, such as POST
"),
    // Fields that no request can have.
    (&["-H", "Content-Length: 5", "-d", "a=1", "URL"], "\
rehop: the given Content-Length does not fit the content (3 bytes): leave it out, it is made from the content
"),
    // Lists of URLs: one bad line, and nothing is sent to the others.
    (&["-i", "DIR/urls"], "\
rehop: DIR/urls:3: URL `ftp://x/`: ftp is not http
hint: rehop speaks http and https
"),
    (&["-i", "DIR/empty"], "\
rehop: --input: no URL in it
hint: write one a line
"),
    (&["-i", "DIR/missing", "URL"], "\
rehop: --input: cannot read DIR/missing: No such file or directory (os error 2)
hint: check the name; it is taken relative to the current directory
"),
    (&["-i", "http://user.example/"], "\
rehop: --input: cannot read http://user.example/: No such file or directory (os error 2)
hint: -i names a file of URLs; the fields of each hop are shown with -v
"),
    (&["URL", "http://[::1"], "\
rehop: URL `http://[::1`: invalid IPv6 address
hint: write it as in http://[::1]/
"),
    // Files that the connection is made with.
    (&["--cacert", "DIR/missing", "URL"], "\
rehop: --cacert: cannot read DIR/missing: No such file or directory (os error 2)
hint: name a file of PEM
"),
    (&["--cacert", "DIR/nonsense", "URL"], "\
rehop: --cacert: the file holds no certificate in PEM
hint: name a file of PEM: it has a line of -----BEGIN and its kind
"),
    (&["-E", "DIR/nonsense", "URL"], "\
rehop: -E: the file holds no certificate in PEM
hint: name a file of PEM: it has a line of -----BEGIN and its kind
"),
    (&["-E", "DIR/nonsense", "--key", "DIR/encrypted", "URL"], "\
rehop: --key: the private key is encrypted
hint: take the pass phrase off it: openssl pkey -in KEY -out PLAIN
"),
    // Files that are written to.
    (&["-o", "DIR/none/x", "URL"], "\
rehop: --output: cannot write DIR/none/x: No such file or directory (os error 2)
hint: check the directory and who may write there
"),
    (&["--report", "json=DIR/none/x", "URL"], "\
rehop: --report: cannot write DIR/none/x: No such file or directory (os error 2)
hint: check the directory and who may write there
"),
    // What is expected.
    (&["--expect", "stauts = 200", "URL"], "\
rehop: --expect: no key `stauts`
  stauts = 200
  ^~~~~~ did you mean `status`?
"),
    (&["--expect", "status 200", "URL"], "\
rehop: --expect: no operator
  status 200
         ^~~ write one of = != < <= > >= ~ !~ before the value
"),
    (&["--expect", "time < 5", "URL"], "\
rehop: --expect: `5` is no value of `time`
  time < 5
         ^ write 500ms or 2s
"),
    (&["--fail-on", "downgrade,methd-changed", "URL"], "\
rehop: --fail-on: no finding `methd-changed`
  downgrade,methd-changed
            ^~~~~~~~~~~~~ did you mean `method-changed`?
"),
    // Words.
    (&["--jsno", "URL"], "\
rehop: --jsno: no such flag
hint: did you mean `--json`?
"),
    (&["--max-redirs", "many", "URL"], "\
rehop: --max-redirs many: not a number of redirects
hint: write a number from 0 to 1000, or -1 for 1000
"),
    (&["-X", "GET\r\nX: y", "URL"], "\
rehop: --request \"GET\\r\\nX: y\" is not a token (letters, digits and !#$%&'*+-.^_`|~)
hint: a method is one word, such as POST
"),
    (&["-H", "X: \u{1b}[31m\nY: z", "URL"], "\
rehop: --header 'X ...': a line end or a NUL would end the field
hint: write it as in 'Name: value'
"),
    (&["--as", "nobody", "URL"], "\
rehop: --as nobody: no such client
hint: `rehop clients` lists them
"),
    (&["demo", "extra"], "\
rehop: extra: one argument too many
hint: `rehop --help` shows what each verb takes
"),
    (&["curl", "--no-such", "URL"], "\
rehop: curl --no-such: no such option
hint: `curl --help all` lists them
"),
    (&["curl", "-d", "@DIR/missing", "URL"], "\
rehop: --data: cannot read DIR/missing: No such file or directory (os error 2)
hint: check the name; it is taken relative to the current directory
"),
];

#[test]
#[cfg(unix)]
fn misuse_is_reported_before_anything_is_sent() {
    let (lab, folder) = (lab(), TempDir::new().unwrap());
    let fill = |text: &str| {
        text.replace("URL", &lab.url("/echo"))
            .replace("DIR", folder.path().to_str().unwrap())
    };
    for (name, content) in FILES {
        fs::write(folder.path().join(name), fill(content)).unwrap();
    }
    each(CASES, |(words, expected)| {
        let words: Vec<String> = words.iter().map(|word| fill(word)).collect();
        let run = rehop_fed(&words.iter().map(String::as_str).collect::<Vec<_>>(), b"");
        // `URL` in a message is a word of rehop's.
        let expected = expected.replace("DIR", folder.path().to_str().unwrap());
        if (run.code, &run.out, &run.err) == (Some(2), &String::new(), &expected) {
            return Vec::new();
        }
        vec![format!(
            "{words:?}: {:?}, standard output: {:?}, standard error:\n{}",
            run.code, run.out, run.err
        )]
    });
    assert!(
        lab.arrivals().is_empty(),
        "something was sent: {:?}",
        lab.arrivals()
    );
    assert!(!folder.path().join("none").exists());
}

#[test]
fn misuse_of_size_is_refused_and_not_cut() {
    let line = format!("curl http://127.0.0.1:1/ -d {}", "a".repeat(1 << 20));
    let run = rehop_fed(&["curl", "-"], line.as_bytes());
    assert_eq!(
        (run.code, run.err.as_str()),
        (
            Some(2),
            "rehop: curl -: more than 1 MiB\nhint: name a smaller file\n"
        )
    );
    let netrc = tempfile::NamedTempFile::new().unwrap();
    fs::write(netrc.path(), "# long\n".repeat(200_000)).unwrap();
    let run = rehop_fed(
        &[
            "curl",
            "--netrc-file",
            netrc.path().to_str().unwrap(),
            "http://127.0.0.1:1/",
        ],
        b"",
    );
    assert!(
        run.code == Some(2) && run.err.contains("is larger than 1 MiB"),
        "{:?} {}",
        run.code,
        run.err
    );
}

#[test]
fn no_arguments_show_a_short_help() {
    let run = rehop_fed(&[], b"");
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(
        run.err.contains("Usage: rehop [OPTIONS] URL...") && run.err.lines().count() < 15,
        "{}",
        run.err
    );
}
