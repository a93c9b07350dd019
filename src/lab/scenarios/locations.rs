//! Odd Locations: a redirect (302, or `?code=`) each, with the field lines as they stand here.

use super::super::answer::{LabAnswer, Reply};
use super::super::request::RequestRefusal;
use super::super::scenario::{Group, LabRequest, Scenario};
use super::echo;

/// The longest Location, in bytes: more than most servers let into a request line, less than the lab does.
const LONG: usize = 40_000;

pub(in crate::lab) static GROUP: Group = Group {
    title: "Odd Locations (302, or ?code=)",
    scenarios: &[
        Scenario::location("/location/missing", "no Location", &[]),
        Scenario::location(
            "/location/empty",
            "an empty one: the same URL again",
            &[b"Location:"],
        ),
        Scenario::location(
            "/location/spaces-only",
            "nothing but spaces",
            &[b"Location:     "],
        ),
        Scenario::location(
            "/location/padded",
            "spaces around it",
            &[b"Location: \t  /echo   "],
        ),
        Scenario::location(
            "/location/fragment-only",
            "a fragment: the same URL again",
            &[b"Location: #there"],
        ),
        Scenario::location(
            "/location/fragment",
            "with a fragment",
            &[b"Location: /echo#there"],
        ),
        Scenario::location(
            "/location/fragment-empty",
            "with an empty fragment, which ends inheritance",
            &[b"Location: /echo#"],
        ),
        Scenario::tried(
            "/location/query-only",
            "a query; with the query there is /echo",
            query_only,
        ),
        Scenario::location(
            "/location/relative",
            "relative to this directory",
            &[b"Location: there"],
        ),
        Scenario::made(
            "/location/there",
            "where the relative one leads: /echo",
            echo::echo,
        ),
        Scenario::location(
            "/location/dot-segments",
            "with . and ..",
            &[b"Location: ./x/.././../echo"],
        ),
        Scenario::location(
            "/location/above-root",
            "more .. than there are segments",
            &[b"Location: ../../../../echo"],
        ),
        Scenario::location(
            "/location/encoded-dots",
            "%2e%2e, a dot segment for WHATWG only",
            &[b"Location: /x/%2e%2E/echo"],
        ),
        Scenario::location(
            "/location/network-path",
            "//host/path",
            &[b"Location: //{here}/echo"],
        ),
        Scenario::location(
            "/location/triple-slash",
            "///host/path: an empty host for RFC 3986",
            &[b"Location: ///{here}/echo"],
        ),
        Scenario::location(
            "/location/no-slashes",
            "http:path",
            &[b"Location: http:/echo"],
        ),
        Scenario::location("/location/backslash-path", "\\path", &[b"Location: \\echo"]),
        Scenario::location(
            "/location/backslashes",
            "\\\\host\\path: another host for WHATWG",
            &[b"Location: \\\\{here}\\echo"],
        ),
        Scenario::location(
            "/location/slash-backslash",
            "/\\host/path: another host for WHATWG",
            &[b"Location: /\\{here}/echo"],
        ),
        Scenario::location(
            "/location/space",
            "a space in the path",
            &[b"Location: /anything/a b"],
        ),
        Scenario::location(
            "/location/space-query",
            "a space in the query",
            &[b"Location: /echo?a b"],
        ),
        Scenario::location(
            "/location/tab",
            "a tab, which WHATWG removes",
            &[b"Location: /ec\tho"],
        ),
        Scenario::location(
            "/location/raw-utf8",
            "raw UTF-8",
            &[b"Location: /anything/caf\xc3\xa9"],
        ),
        Scenario::location(
            "/location/latin1",
            "raw Latin-1",
            &[b"Location: /anything/caf\xe9"],
        ),
        Scenario::location(
            "/location/idn",
            "a host name in raw UTF-8",
            &[b"Location: http://b\xc3\xbccher.localhost:{port}/echo"],
        ),
        Scenario::location(
            "/location/control-chars",
            "control characters",
            &[b"Location: /anything/\x01\x7f"],
        ),
        Scenario::location(
            "/location/escape-codes",
            "codes that colour a terminal",
            &[b"Location: /anything/\x1b[31mred\x1b[0m"],
        ),
        Scenario::location(
            "/location/bidi",
            "a right-to-left override",
            &[b"Location: /anything/\xe2\x80\xaegnp.exe"],
        ),
        Scenario::location(
            "/location/html",
            "a script element",
            &[b"Location: /anything/<script>alert(1)</script>"],
        ),
        Scenario::location(
            "/location/percent",
            "percent signs that encode nothing",
            &[b"Location: /anything/%zz%"],
        ),
        Scenario::location(
            "/location/quoted",
            "in quotation marks",
            &[b"Location: \"/echo\""],
        ),
        Scenario::location(
            "/location/comma",
            "two with a comma: one, by the grammar",
            &[b"Location: /anything/a, /anything/b"],
        ),
        Scenario::location(
            "/location/two-same",
            "two fields that agree",
            &[b"Location: /echo", b"Location: /echo"],
        ),
        Scenario::location(
            "/location/two-different",
            "two fields that differ",
            &[b"Location: /anything/first", b"Location: /anything/second"],
        ),
        Scenario::location(
            "/location/folded",
            "folded over two lines (obs-fold)",
            &[b"Location: /anything/a\r\n  b"],
        ),
        Scenario::location(
            "/location/lower-case",
            "the field name in lower case",
            &[b"location: /echo"],
        ),
        Scenario::location(
            "/location/upper-case",
            "the scheme in upper case",
            &[b"Location: HTTP://{here}/echo"],
        ),
        Scenario::location(
            "/location/userinfo",
            "user and password",
            &[b"Location: http://user:secret@{here}/echo"],
        ),
        Scenario::location(
            "/location/at-sign",
            "a host before the @ that is none",
            &[b"Location: http://example.com@{here}/echo"],
        ),
        Scenario::location(
            "/location/hex-address",
            "127.0.0.1 as 0x7f.1",
            &[b"Location: http://0x7f.1:{port}/echo"],
        ),
        Scenario::location(
            "/location/number-address",
            "127.0.0.1 as 2130706433",
            &[b"Location: http://2130706433:{port}/echo"],
        ),
        Scenario::location(
            "/location/empty-host",
            "no host",
            &[b"Location: http:///echo"],
        ),
        Scenario::location(
            "/location/port-alone",
            "a port without a host",
            &[b"Location: http://:{port}/echo"],
        ),
        Scenario::location(
            "/location/bad-host",
            "a space in the host",
            &[b"Location: http://exa mple/echo"],
        ),
        Scenario::location(
            "/location/bad-port",
            "a port above 65535",
            &[b"Location: http://{name}:99999/echo"],
        ),
        Scenario::location(
            "/location/dead-port",
            "a port where nobody listens",
            &[b"Location: http://{name}:1/echo"],
        ),
        Scenario::location(
            "/location/unknown-name",
            "a name that does not exist",
            &[b"Location: http://nowhere.invalid/echo"],
        ),
        Scenario::location(
            "/location/tls-on-plain",
            "https: at a port of http",
            &[b"Location: https://{here}/echo"],
        ),
        Scenario::tried(
            "/location/plain-on-tls",
            "http: at a port of https",
            plain_on_tls,
        ),
        Scenario::location(
            "/location/mailto",
            "mailto:",
            &[b"Location: mailto:someone@example.com"],
        ),
        Scenario::location(
            "/location/javascript",
            "javascript:",
            &[b"Location: javascript:alert(1)"],
        ),
        Scenario::location(
            "/location/data",
            "data:",
            &[b"Location: data:text/plain,hello"],
        ),
        Scenario::location(
            "/location/file",
            "file:",
            &[b"Location: file:///etc/passwd"],
        ),
        Scenario::location("/location/ftp", "ftp:", &[b"Location: ftp://{name}/echo"]),
        Scenario::location(
            "/location/app",
            "the scheme of an app",
            &[b"Location: com.example.app://callback?code=secret"],
        ),
        Scenario::tried("/location/long", "40 kB long", long),
    ],
};

fn query_only(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    if asked.query("there").is_some() {
        Ok(echo::echo(asked))
    } else {
        asked.redirect_with(&[b"Location: ?there"])
    }
}

fn plain_on_tls(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let secure = asked.here.of_scheme(true)?;
    Ok(asked.redirect(
        asked.chosen_code()?,
        format!("{}/echo", secure.replacen("https", "http", 1)),
    ))
}

fn long(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let prefix = "/anything/";
    let location = format!("{prefix}{}", "a".repeat(LONG - prefix.len()));
    Ok(Reply::new(asked.chosen_code()?)
        .field("Location", location)
        .to(asked.head))
}
