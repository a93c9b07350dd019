//! curl's options, and what those do that rehop heeds; the others stand in [groups](super::groups).
//!
//! Names, letters and arguments are those of curl 8.17 ([curl(1)](https://curl.se/docs/manpage.html)).

use super::groups;
use super::invocation::CurlInvocation;
use super::option_kind::{Opt, OptionKind};
use crate::cli::args::ContentKind;
use crate::exit::UsageError;

use OptionKind::{Bytes, Checked, Help, Switch, Text};

const fn row(long: &'static str, short: char, effect: OptionKind) -> Opt {
    Opt {
        long,
        short: if short == ' ' { None } else { Some(short) },
        effect,
    }
}

/// Those that have an effect, by name.
static EFFECTS: &[Opt] = &[
    row(
        "cacert",
        ' ',
        Bytes(|line, file| line.typed.connection.cacert = Some(file.into())),
    ),
    row(
        "cert",
        'E',
        Text(|line, file| line.typed.connection.cert = Some(file)),
    ),
    row(
        "cert-type",
        ' ',
        Checked(|_, kind| only_pem("--cert-type", &kind)),
    ),
    row(
        "compressed",
        ' ',
        Switch(|line, on| line.typed.request.compressed = on),
    ),
    row(
        "connect-timeout",
        ' ',
        Text(|line, time| line.typed.connection.connect_timeout = Some(time)),
    ),
    row(
        "connect-to",
        ' ',
        Text(|line, to| line.typed.connection.connect_to.push(to)),
    ),
    row("cookie", 'b', Bytes(CurlInvocation::cookie)),
    row(
        "cookie-jar",
        'c',
        Bytes(|line, _| line.cookie_engine = true),
    ),
    row(
        "data",
        'd',
        Bytes(|line, value| line.piece(ContentKind::Data, value)),
    ),
    row(
        "data-ascii",
        ' ',
        Bytes(|line, value| line.piece(ContentKind::Data, value)),
    ),
    row(
        "data-binary",
        ' ',
        Bytes(|line, value| line.piece(ContentKind::Binary, value)),
    ),
    row(
        "data-raw",
        ' ',
        Bytes(|line, value| line.piece(ContentKind::Raw, value)),
    ),
    row(
        "data-urlencode",
        ' ',
        Bytes(|line, value| line.piece(ContentKind::UrlEncode, value)),
    ),
    row(
        "follow",
        ' ',
        Switch(|line, on| line.typed.redirects.follow = on),
    ),
    row(
        "form",
        'F',
        Bytes(|line, value| line.piece(ContentKind::Form, value)),
    ),
    row(
        "form-string",
        ' ',
        Bytes(|line, value| line.piece(ContentKind::FormString, value)),
    ),
    row("get", 'G', Switch(|line, on| line.typed.request.get = on)),
    row("globoff", 'g', Switch(|line, on| line.globoff = on)),
    row("head", 'I', Switch(|line, on| line.typed.request.head = on)),
    row(
        "header",
        'H',
        Bytes(|line, field| line.typed.request.header.push(field)),
    ),
    row("help", 'h', Help),
    row(
        "insecure",
        'k',
        Switch(|line, on| line.typed.connection.insecure = on),
    ),
    row("ipv4", '4', Switch(|line, on| line.family(on, false))),
    row("ipv6", '6', Switch(|line, on| line.family(false, on))),
    row(
        "json",
        ' ',
        Bytes(|line, value| line.piece(ContentKind::Json, value)),
    ),
    row(
        "key",
        ' ',
        Bytes(|line, file| line.typed.connection.key = Some(file.into())),
    ),
    row(
        "key-type",
        ' ',
        Checked(|_, kind| only_pem("--key-type", &kind)),
    ),
    row(
        "location",
        'L',
        Switch(|line, on| line.typed.redirects.location = on),
    ),
    row("location-trusted", ' ', Switch(CurlInvocation::trusted)),
    row("manual", 'M', Help),
    row(
        "max-redirs",
        ' ',
        Text(|line, limit| line.typed.redirects.max_redirs = Some(limit)),
    ),
    row(
        "max-time",
        'm',
        Text(|line, time| line.typed.connection.max_time = Some(time)),
    ),
    row("netrc", 'n', Switch(|line, on| line.netrc = on)),
    row(
        "netrc-file",
        ' ',
        Bytes(|line, file| line.netrc_file = Some(file.into())),
    ),
    row(
        "netrc-optional",
        ' ',
        Switch(|line, on| line.netrc_optional = on),
    ),
    row(
        "noproxy",
        ' ',
        Text(|line, hosts| line.typed.connection.noproxy = Some(hosts)),
    ),
    row(
        "oauth2-bearer",
        ' ',
        Text(|line, token| line.bearer = Some(token)),
    ),
    row(
        "parallel",
        'Z',
        Switch(|line, on| line.typed.request.parallel = on),
    ),
    row(
        "parallel-max",
        ' ',
        Text(|line, most| line.typed.request.parallel_max = Some(most)),
    ),
    row("path-as-is", ' ', Switch(|line, on| line.path_as_is = on)),
    row(
        "post301",
        ' ',
        Switch(|line, on| line.typed.redirects.post301 = on),
    ),
    row(
        "post302",
        ' ',
        Switch(|line, on| line.typed.redirects.post302 = on),
    ),
    row(
        "post303",
        ' ',
        Switch(|line, on| line.typed.redirects.post303 = on),
    ),
    row("proto", ' ', Text(|line, list| line.proto = Some(list))),
    row(
        "proto-default",
        ' ',
        Checked(CurlInvocation::default_scheme),
    ),
    row(
        "proto-redir",
        ' ',
        Text(|line, list| line.typed.redirects.proto_redir = Some(list)),
    ),
    row(
        "proxy",
        'x',
        Text(|line, proxy| line.typed.connection.proxy = Some(proxy)),
    ),
    row(
        "proxy-user",
        'U',
        Text(|line, user| line.typed.connection.proxy_user = Some(user)),
    ),
    row("range", 'r', Text(|line, range| line.range = Some(range))),
    row(
        "referer",
        'e',
        Text(|line, url| line.typed.request.referer = Some(url)),
    ),
    row(
        "request",
        'X',
        Text(|line, method| line.typed.request.request = Some(method)),
    ),
    row(
        "resolve",
        ' ',
        Text(|line, entry| line.typed.connection.resolve.push(entry)),
    ),
    row(
        "socks4",
        ' ',
        Text(|line, host| line.proxy("socks4", &host)),
    ),
    row(
        "socks4a",
        ' ',
        Text(|line, host| line.proxy("socks4a", &host)),
    ),
    row(
        "socks5",
        ' ',
        Text(|line, host| line.proxy("socks5", &host)),
    ),
    row(
        "socks5-hostname",
        ' ',
        Text(|line, host| line.proxy("socks5h", &host)),
    ),
    row("unix-socket", ' ', Checked(CurlInvocation::unix_socket)),
    row("upload-file", 'T', Checked(CurlInvocation::upload)),
    row("url", ' ', Text(|line, url| line.typed.urls.push(url))),
    row(
        "url-query",
        ' ',
        Bytes(|line, query| line.query.push(query)),
    ),
    row(
        "user",
        'u',
        Text(|line, user| line.typed.request.user = Some(user)),
    ),
    row(
        "user-agent",
        'A',
        Text(|line, agent| line.typed.request.user_agent = Some(agent)),
    ),
    row("verbose", 'v', Switch(CurlInvocation::verbose)),
    row("version", 'V', Help),
];

fn only_pem(flag: &str, kind: &str) -> Result<(), UsageError> {
    if kind.eq_ignore_ascii_case("PEM") {
        return Ok(());
    }
    Err(UsageError::new(
        format!("curl {flag} {kind}: rehop reads PEM only"),
        "convert it with openssl",
    ))
}

/// Every option.
pub(super) fn all() -> impl Iterator<Item = Opt> {
    EFFECTS.iter().copied().chain(groups::all())
}

/// The option of this long name, as typed without dashes.
pub(super) fn long(name: &str) -> Option<Opt> {
    all().find(|opt| opt.long == name)
}

/// The option of this letter.
pub(super) fn short(letter: char) -> Option<Opt> {
    all().find(|opt| opt.short == Some(letter))
}

/// Whether this is one of curl's options.
pub(crate) fn is_curl_option(flag: &str) -> bool {
    let letter = flag
        .strip_prefix('-')
        .and_then(|letters| letters.chars().next());
    match flag.strip_prefix("--") {
        Some(name) => long(name)
            .or_else(|| name.strip_prefix("no-").and_then(long))
            .is_some(),
        None => letter.and_then(short).is_some(),
    }
}
