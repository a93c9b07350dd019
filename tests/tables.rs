//! Whole tables as a person sees them, kept in `tests/golden/e2e`; `SNAPSHOTS=overwrite` rewrites them.

use std::path::Path;

use rehop::lab::Server;
use snapbox::assert::DEFAULT_ACTION_ENV;
use snapbox::data::{Data, DataFormat};
use snapbox::{Assert, IntoData};

use crate::support::{each, lab, rehop};

/// The name of the file, the words, the paths at the lab; one that begins with `s` is asked for at its port for TLS.
type Case = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// A PUT, and what every client would make of it.
const CLIENTS: &[&str] = &["--clients", "all", "-X", "PUT", "-d", "x=1"];

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("kept",           &["-d", "a=1"],                                       &["/chain/308,307"]),
    ("lost",           &["-d", "a=1"],                                       &["/chain/308,302"]),
    ("put-to-303",     &["-X", "PUT", "-d", "a=1"],                          &["/status/303"]),
    ("no-redirect",    &[],                                                  &["/status/404"]),
    ("not-followed",   &["--no-follow", "-d", "a=1"],                        &["/status/301"]),
    ("expected",       &["-d", "a=1", "--expect", "status = 200", "--expect", "hops <= 1", "--fail-on", "body-dropped"],
                                                                             &["/chain/301,302"]),
    ("several",        &["-d", "a=1"],                                       &["/status/307", "/broken/reset", "/echo"]),
    ("credentials",    &["-v", "-u", "me:secret", "-H", "X-Api-Key: k-1"],   &["/to/port/302"]),
    ("cookie-wall",    &["-v"],                                              &["/cookie-wall"]),
    ("login",          &["-d", "user=me"],                                   &["/login"]),
    ("untrusted",      &[],                                                  &["s/echo"]),
    ("insecure",       &["-k", "-v"],                                        &["s/status/308"]),
    ("downgrade",      &["-k"],                                              &["s/to/http/302"]),
    ("interim",        &["-v"],                                              &["/interim/103"]),
    ("loop",           &[],                                                  &["/loop/2"]),
    ("loop-post",      &["-d", "a=1"],                                       &["/loop/1?code=307"]),
    ("endless",        &["--max-redirs", "3"],                               &["/endless"]),
    ("missing",        &["-d", "a=1"],                                       &["/redirect-to?url=/location/missing&status_code=307"]),
    ("two-different",  &[],                                                  &["/location/two-different"]),
    ("bad-host",       &[],                                                  &["/location/bad-host"]),
    ("app",            &["-d", "a=1"],                                       &["/location/app"]),
    ("userinfo",       &[],                                                  &["/location/userinfo"]),
    ("backslashes",    &[],                                                  &["/location/triple-slash"]),
    ("dead-port",      &["-d", "a=1"],                                       &["/location/dead-port?code=308"]),
    ("denied",         &["--deny-private"],                                  &["/echo"]),
    ("reset",          &["-d", "a=1"],                                       &["/redirect-to?url=/broken/reset&status_code=307"]),
    ("not-http",       &[],                                                  &["/broken/no-http"]),
    ("short-body",     &[],                                                  &["/broken/short-body"]),
    ("escape-codes",   &[],                                                  &["/location/escape-codes", "/broken/escape-codes"]),
    ("bidi",           &["-v"],                                              &["/location/bidi"]),
    ("long",           &[],                                                  &["/location/long"]),
    ("refresh",        &[],                                                  &["/refresh/header"]),
    ("clients-301",    CLIENTS,                                              &["/status/301"]),
    ("clients-302",    CLIENTS,                                              &["/status/302"]),
    ("clients-303",    CLIENTS,                                              &["/status/303"]),
    ("clients-307",    CLIENTS,                                              &["/status/307"]),
    ("clients-308",    CLIENTS,                                              &["/status/308"]),
    ("clients-abroad", &["--clients", "curl,go,requests,wget,reqwest,php-stream", "-u", "me:secret"],
                                                                             &["/to/host/302/to/port/307"]),
    ("clients-odd",    &["--clients"],                                       &["/location/no-slashes"]),
    ("clients-few",    &["--clients=curl,curl-X,go,okhttp,wget", "-X", "PUT", "-d", "x=1"],
                                                                             &["/chain/307,301"]),
    ("status-999",     &[],                                                  &["/broken/status-999"]),
];

#[test]
fn tables_look_as_their_goldens() {
    let lab = lab();
    each(CASES, |(name, words, paths)| {
        let url = |path: &&str| match path.strip_prefix('s') {
            Some(path) => lab.https_url(path).unwrap(),
            None => lab.url(path),
        };
        let urls: Vec<String> = paths.iter().map(url).collect();
        let run = rehop(&[*words, &urls.iter().map(String::as_str).collect::<Vec<_>>()].concat());
        let typed = [*words, paths].concat().join(" ");
        let code = run.code.map_or("none".to_owned(), |code| code.to_string());
        compare(
            name,
            &settled(
                &format!("$ rehop {typed}\n{}{}exit code {code}\n", run.out, run.err),
                &lab,
            ),
        )
    });
}

fn compare(name: &str, made: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/e2e")
        .join(name)
        .with_extension("txt");
    let kept = Data::read_from(&path, Some(DataFormat::Text)).raw();
    let compared =
        Assert::new()
            .action_env(DEFAULT_ACTION_ENV)
            .try_eq(Some(&name), made.into_data(), kept);
    compared.err().iter().map(ToString::to_string).collect()
}

/// The text without what differs from run to run: ports and times. The stand-ins of ports are as long as ports are.
fn settled(text: &str, lab: &Server) -> String {
    let ports = lab.ports();
    let all = ports
        .http
        .into_iter()
        .chain(ports.https.into_iter().flatten());
    let named = ["PORT1", "PORT2", "PORT3", "PORT4"].into_iter().zip(all);
    let text = named.fold(text.to_owned(), |text, (name, port)| {
        text.replace(&port.to_string(), name)
    });
    text.lines().map(|line| untimed(line) + "\n").collect()
}

/// `0.4 ms` and `1.2 s` become `T`, with one space before; a section of its own stands in line with them.
fn untimed(line: &str) -> String {
    let mut words = line.split(' ').peekable();
    let mut out: Vec<&str> = Vec::new();
    while let Some(word) = words.next() {
        let unit = words
            .peek()
            .and_then(|next| next.strip_prefix("ms").or(next.strip_prefix('s')));
        let after = unit
            .filter(|rest| word.parse::<f64>().is_ok() && !rest.starts_with(char::is_alphanumeric));
        let Some(after) = after else {
            out.push(word);
            continue;
        };
        while out.last().is_some_and(|word| word.is_empty()) {
            out.pop();
        }
        out.push("T");
        out.extend(Some(after).filter(|after| !after.is_empty()));
        words.next();
    }
    let line = out.join(" ");
    match line.split_once("  RFC 9110 ") {
        Some((target, section)) => format!("{}  RFC 9110 {section}", target.trim_end()),
        None => line,
    }
}
