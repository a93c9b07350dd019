//! Each hop as a command of [curl](https://curl.se/docs/manpage.html) that sends the same, for a POSIX shell.

use std::fmt::Write as _;
use std::io::{self, Write};

use url::Url;

use crate::report::case::Case;
use crate::report::view::{HopView, Octets, RequestView, View};
use crate::report::{Report, escape};

/// A command a hop, under a comment for each chain.
#[derive(Debug)]
pub struct Curl;

impl Report for Curl {
    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        self.case(out, &Case::of(view))
    }

    fn case(&mut self, out: &mut dyn Write, case: &Case) -> io::Result<()> {
        let Some(view) = case.chain else {
            return Ok(());
        };
        writeln!(out, "# {}", escape::terminal(view.url.as_bytes()))?;
        let commands: Vec<String> = view
            .hops
            .iter()
            .map(|hop| command(hop, body(hop, view, case.content)))
            .collect();
        if commands.iter().any(|command| command.contains(MASK)) {
            writeln!(out, "# {MASK} stands for a secret; --show-secrets shows it")?;
        }
        if commands.iter().any(|command| command.contains(BODY_FILE)) {
            writeln!(out, "# the body is not kept: put it into the file `body`")?;
        }
        commands
            .iter()
            .try_for_each(|command| writeln!(out, "{command}"))
    }
}

/// What a masked secret looks like.
const MASK: &str = "***";

/// The content of a body that is not known.
const BODY_FILE: &str = "--data-binary @body";

/// How curl is given the body of a hop; it is that of the first, or none.
fn body(hop: &HopView, view: &View, content: Option<&str>) -> Option<String> {
    let body = hop.request.body.as_ref()?;
    let first = view
        .hops
        .first()
        .and_then(|first| first.request.body.as_ref());
    let same = first.is_some_and(|first| first.sha256 == body.sha256);
    Some(match content.filter(|_| same) {
        Some(text) => format!("--data-raw {}", quoted(text.as_bytes())),
        None => BODY_FILE.to_owned(),
    })
}

fn command(hop: &HopView, body: Option<String>) -> String {
    let request = &hop.request;
    let url = Url::parse(&request.url).ok();
    let mut words = vec!["curl -sS -i --http1.1 --globoff --path-as-is".to_owned()];
    words.extend(method(request));
    let fields = request
        .headers
        .iter()
        .filter(|(name, value)| is_said(request, url.as_ref(), name, value));
    words.extend(fields.map(|(name, value)| field(name, value)));
    words.extend(unsent(request));
    words.extend(body);
    if let Some(connection) = &hop.connection {
        words.extend(
            connection
                .proxy
                .as_ref()
                .map(|proxy| format!("-x {}", quoted(proxy.as_bytes()))),
        );
        let tolerated = connection.tls.as_ref().filter(|tls| tls.fault.is_some());
        words.extend(tolerated.map(|_| "-k".to_owned()));
    }
    words.push(quoted(target(&request.url, url).as_bytes()));
    words.join(" ")
}

/// The flag for a method that curl would not choose by itself.
fn method(request: &RequestView) -> Option<String> {
    match (request.method.as_str(), request.body.is_some()) {
        ("GET", false) | ("POST", true) => None,
        ("HEAD", false) => Some("-I".to_owned()),
        (method, _) => Some(format!("-X {}", quoted(method.as_bytes()))),
    }
}

/// Whether a field has to be said: curl adds Host and Content-Length by itself.
fn is_said(request: &RequestView, url: Option<&Url>, name: &str, value: &Octets) -> bool {
    if name.eq_ignore_ascii_case("content-length") {
        return request.body.is_none();
    }
    let host = url.map(|url| &url[url::Position::BeforeHost..url::Position::AfterPort]);
    !(name.eq_ignore_ascii_case("host") && host.is_some_and(|host| host.as_bytes() == value.0))
}

fn field(name: &str, value: &Octets) -> String {
    let line = match value.0.as_slice() {
        // A colon with nothing behind it would take the field away.
        b"" => format!("{name};").into_bytes(),
        value => [name.as_bytes(), b": ", value].concat(),
    };
    format!("-H {}", quoted(&line))
}

/// The fields that curl adds and this request did not have.
fn unsent(request: &RequestView) -> Vec<String> {
    let has = |name: &str| {
        request
            .headers
            .iter()
            .any(|(there, _)| there.eq_ignore_ascii_case(name))
    };
    let with_body: &[&str] = if request.body.is_some() {
        &["Content-Type", "Expect"]
    } else {
        &[]
    };
    let added = ["User-Agent", "Accept"].iter().chain(with_body);
    added
        .filter(|name| !has(name))
        .map(|name| format!("-H '{name}:'"))
        .collect()
}

/// The URL without a fragment, which is not sent, and without user information, which is a field by now.
fn target(shown: &str, url: Option<Url>) -> String {
    let Some(mut url) = url else {
        return shown.to_owned();
    };
    url.set_fragment(None);
    // Of a URL without a host neither can be set, nor is it there.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    url.into()
}

/// One word of a shell: as it is where it can be, else in quotes; what a terminal would obey is written as
/// [dollar-single-quotes](https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_04) have it.
fn quoted(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) if !text.is_empty() && text.bytes().all(is_plain) => text.to_owned(),
        Ok(text) if !text.contains(escape::is_hostile) => {
            format!("'{}'", text.replace('\'', r"'\''"))
        }
        _ => spelt_out(bytes),
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/:.,_=+@%-".contains(&byte)
}

fn spelt_out(bytes: &[u8]) -> String {
    let mut out = "$'".to_owned();
    for byte in bytes {
        let _ = match byte {
            b'\'' | b'\\' => write!(out, "\\{}", char::from(*byte)),
            b' '..=b'~' => write!(out, "{}", char::from(*byte)),
            _ => write!(out, "\\{byte:03o}"),
        };
    }
    out + "'"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_reach_curl_as_they_are() {
        for (bytes, word) in [
            (&b""[..], "''"),
            (b"http://h.example/a", "http://h.example/a"),
            (b"/?a=1&b=$(x)", "'/?a=1&b=$(x)'"),
            (b"it's", r"'it'\''s'"),
            ("caf\u{e9}".as_bytes(), "'caf\u{e9}'"),
            (b"a\n\x1b'\\\xff", r"$'a\012\033\'\\\377'"),
            ("\u{202e}".as_bytes(), r"$'\342\200\256'"),
        ] {
            assert_eq!(quoted(bytes), word);
        }
    }
}
