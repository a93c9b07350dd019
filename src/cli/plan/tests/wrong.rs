//! Words that are wrong, and what the user is told.

use super::{Plan, env, words};

/// What a user sees of what is wrong with these words.
fn wrong(line: &[&str]) -> String {
    match Plan::new(&words(line), &env()) {
        Err(misuse) => misuse
            .lines()
            .map(|line| crate::cli::printable(&line))
            .collect::<Vec<_>>()
            .join("\n"),
        Ok(plan) => panic!("{line:?} gave {plan:?}"),
    }
}

/// Words, what is wrong with them, the cure.
const WRONG: &[(&[&str], &str, &str)] = &[
    (
        &["--format", "\u{1b}[31m", "x"],
        "--format \\u{1b}[31m: no such format",
        "known are table, json, jsonl, csv, markdown, html, junit, tap, sarif, github, gitlab, har, mermaid, curl, summary",
    ),
    (
        &["--jsn", "x"],
        "--jsn: no such flag",
        "did you mean `--json`?",
    ),
    (
        &["--digest", "x"],
        "--digest: no such flag",
        "it is one of curl's: `rehop curl ARGS...` takes them all",
    ),
    (
        &["x", "-X"],
        "--request needs a value",
        "write `--request <METHOD>`",
    ),
    (
        &["-X", "A B", "x"],
        "--request \"A B\" is not a token (letters, digits and !#$%&'*+-.^_`|~)",
        "a method is one word, such as POST",
    ),
    (
        &["--color", "sometimes", "x"],
        "--color sometimes: no such value",
        "known are auto, always, never",
    ),
    (
        &["--json", "--format", "table", "x"],
        "--json and --format contradict each other",
        "keep either",
    ),
    (
        &["-qv", "x"],
        "--quiet and --verbose contradict each other",
        "keep either",
    ),
    (
        &["-v"],
        "no URL given",
        "name what to inspect: `rehop example.com`",
    ),
    (
        &["ftp://x/"],
        "URL `ftp://x/`: ftp is not http",
        "rehop speaks http and https",
    ),
    (
        &["--as", "fecth", "x"],
        "--as fecth: no such client",
        "did you mean `--as fetch`?",
    ),
    (
        &["--format", "tabel", "x"],
        "--format tabel: no such format",
        "did you mean `table`?",
    ),
    (
        &["--report", "json", "x"],
        "--report json: no file in it",
        "write it as in `--report json=FILE`",
    ),
    (
        &["-o", "-", "x"],
        "--output -: standard output is for the report",
        "name a file, such as /dev/stderr",
    ),
    (
        &["--max-redirs", "-2", "x"],
        "--max-redirs -2: not a number of redirects",
        "write a number from 0 to 1000, or -1 for 1000",
    ),
    (
        &["-m", "1e9", "x"],
        "--max-time 1e9: not a number of seconds",
        "write it as in `--max-time 2.5`",
    ),
    (
        &["--connect-timeout", "-1", "x"],
        "--connect-timeout -1: not a number of seconds",
        "write it as in `--connect-timeout 2.5`",
    ),
    (
        &["--proto-redir", "=ht tp", "x"],
        "--proto-redir =ht tp: `ht tp` is not a scheme",
        "write it as in =https or -http",
    ),
    (
        &["-d", "a", "-F", "b=c", "x"],
        "--data and --form each give the content",
        "a request has one: keep either",
    ),
    (
        &["-d", "a", "-T", "b", "x"],
        "--upload-file and --data each give the content",
        "a request has one: keep either",
    ),
    (
        &["-d", "a", "-I", "x"],
        "--head sends no content",
        "leave --head out, or add --get",
    ),
    (
        &["-G", "-F", "a=b", "x"],
        "--form does not go into a query",
        "leave --get out, or use --data",
    ),
    (
        &["-d", "@", "x"],
        "--data names no file",
        "write `--data` with a file name",
    ),
    (
        &["-d", "@-", "-i", "-"],
        "--input and --data both read standard input",
        "give one of them a file",
    ),
    (
        &["-F", "a", "x"],
        "--form: no `=` in it",
        "write `--form NAME=TEXT`",
    ),
    (
        &["-F", "a=b;c", "x"],
        "--form: `;c` is not understood",
        "put a value with `;` in it in double quotes, or use --form-string",
    ),
    (
        &["-F", "a=@b,c", "x"],
        "--form: several files in one part are not supported",
        "give each file its own flag, or put a name with a comma in double quotes",
    ),
    (
        &["-H", "nonsense", "x"],
        "--header: no `:` in it",
        "write it as in 'Name: value'",
    ),
    (
        &["-H", "Authorization SEKRET", "x"],
        "--header: no `:` in it",
        "write it as in 'Name: value'",
    ),
    (
        &["-H", "a b: c", "x"],
        "--header 'a ...': the name is not a token (letters, digits and !#$%&'*+-.^_`|~)",
        "write it as in 'Name: value'",
    ),
    (
        &["-H", "a: b\r\nc: d", "x"],
        "--header 'a ...': a line end or a NUL would end the field",
        "write it as in 'Name: value'",
    ),
    (
        &["-A", "a\nb", "x"],
        "--user-agent: a line end or a NUL would end the field",
        "take it out",
    ),
    (
        &["-x", "gopher://p", "x"],
        "--proxy gopher://p: not a kind of proxy",
        "known are http, socks4, socks4a, socks5 and socks5h",
    ),
    (
        &["-x", "http://u:secret@p:0x", "x"],
        "--proxy http://p:0x: invalid port number",
        "write it as in http://proxy.example:3128",
    ),
    (
        &["--resolve", "a:80", "x"],
        "--resolve a:80: no address in it",
        "write it as in `--resolve example.com:443:127.0.0.1`",
    ),
    (
        &["--resolve", "a:80:b", "x"],
        "--resolve a:80:b: `b` is not an IP address",
        "write it as in `--resolve example.com:443:127.0.0.1`",
    ),
    (
        &["--resolve", "a b:80:::1", "x"],
        "--resolve a b:80:::1: `a b` is not a host",
        "write it as in `--resolve example.com:443:127.0.0.1`",
    ),
    (
        &["--resolve", "[::1:80:::1", "x"],
        "--resolve [::1:80:::1: no port in it",
        "write it as in `--resolve example.com:443:127.0.0.1`",
    ),
    (
        &["--connect-to", "a:80:b:y", "x"],
        "--connect-to a:80:b:y: `y` is not a port",
        "write it as in `--connect-to example.com:443:127.0.0.1:8443`; each part may be empty",
    ),
    (
        &["--connect-to", "a", "x"],
        "--connect-to a: not of the form HOST1:PORT1:HOST2:PORT2",
        "write it as in `--connect-to example.com:443:127.0.0.1:8443`; each part may be empty",
    ),
    (
        &["--key", "k", "x"],
        "--key k: a key without a certificate",
        "name the certificate with --cert",
    ),
    (
        &["-E", "a:b", "x"],
        "--cert a:...: certificates with a password are not supported",
        "take the password off the key: openssl pkey -in KEY -out PLAIN",
    ),
    (
        &["--fail-on", "", "x"],
        "--fail-on lacks the id of a finding",
        "write it as in `--fail-on method-changed`; `rehop explain` lists them",
    ),
    (
        &["--fail-on", "downgrade,", "x"],
        "--fail-on lacks the id of a finding",
        "write it as in `--fail-on method-changed`; `rehop explain` lists them",
    ),
    (
        &["exlpain", "307"],
        "exlpain: no such verb",
        "did you mean `rehop explain`? A host of this name is written http://exlpain",
    ),
    (
        &["x", "307"],
        "URL `307`: a number is no host",
        "did you mean `rehop explain 307`? A port of localhost is written :307",
    ),
    (
        &["8080"],
        "URL `8080`: a number is no host",
        "a port of localhost is written :8080",
    ),
    (
        &["--json", "{\"a\":1}", "x"],
        "--json is the format of the report, and takes no value; JSON follows it",
        "send JSON with --data-json",
    ),
    (
        &["--json", "@body.json", "x"],
        "--json is the format of the report, and takes no value; a file follows it",
        "send JSON with --data-json",
    ),
    (
        &["--max-redirs", "5000", "x"],
        "--max-redirs 5000: not a number of redirects",
        "write a number from 0 to 1000, or -1 for 1000",
    ),
    (
        &["--report", "json=-", "x"],
        "--report json=-: standard output is for the report",
        "write `--format json`, or name a file",
    ),
    (
        &["--report", "json=f", "--report", "jsonl=f", "x"],
        "--report: f is written to twice",
        "name another file for each",
    ),
    (
        &["--report", "json=f", "-o", "f", "x"],
        "--report: f is written to twice",
        "name another file for each",
    ),
    (
        &["--proto-redir", "=ftp", "x"],
        "--proto-redir =ftp: neither http nor https is left",
        "write it as in =https; --no-follow stops after the first hop",
    ),
    (
        &["-x", "ftp://u:secret@p", "x"],
        "--proxy ftp://p: not a kind of proxy",
        "known are http, socks4, socks4a, socks5 and socks5h",
    ),
    (
        &["--no-color", "x"],
        "--no-color: no such flag",
        "write `--color never`",
    ),
    (
        &["--timeout", "3", "x"],
        "--timeout: no such flag",
        "write `--max-time SECS` for the whole chain, or `--connect-timeout SECS`",
    ),
    (
        &["completions"],
        "completions: no shell named",
        "write `rehop completions bash`; known are bash, zsh, fish, powershell",
    ),
    (
        &["-n", "x"],
        "--netrc: there is no home directory",
        "set NETRC to the file",
    ),
    (
        &["-d", "a", "demo"],
        "--data stands before `demo`",
        "write `rehop demo --data` where demo takes it",
    ),
    (
        &["-foo.test/x"],
        "no URL given: -foo.test/x is read as flags",
        "a URL that begins with a hyphen stands behind --: `rehop -- -foo.test/x`",
    ),
    (
        &["--no-cookie", "x"],
        "--no-cookie: no such flag",
        "did you mean `--no-cookies`?",
    ),
    (
        &["--proto-redir", "foo", "x"],
        "--proto-redir foo: `foo` is not a scheme",
        "write it as in =https or -http",
    ),
    (
        &["canonical", "x.toml"],
        "canonical: no such verb",
        "the verbs are curl, demo, clients, check, serve, probe, explain, completions, man, help. A host of this name is written \
         http://canonical",
    ),
    (
        &["-X", "PUT", "curl", "x"],
        "--request stands before `curl`",
        "write it as curl spells it, after `curl`",
    ),
];

#[test]
fn what_is_wrong_is_named_with_its_cure() {
    for (line, says, hint) in WRONG {
        assert_eq!(
            wrong(line),
            format!("rehop: {says}\nhint: {hint}"),
            "{line:?}"
        );
    }
}
