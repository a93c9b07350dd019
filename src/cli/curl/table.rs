//! curl's options, every one, and what each is to rehop.
//!
//! Names, letters and arguments are those of curl 8.17 ([curl(1)](https://curl.se/docs/manpage.html)).

use std::ffi::OsString;

use super::line::Line;
use crate::cli::Misuse;
use crate::cli::args::Kind;

/// One option.
pub(super) struct Opt {
    /// Its long name, without dashes.
    pub(super) long: &'static str,
    /// Its letter.
    pub(super) short: Option<char>,
    /// What it is to rehop.
    pub(super) effect: Effect,
}

/// What an option is to rehop.
#[derive(Clone, Copy)]
pub(super) enum Effect {
    /// Something with a text.
    Text(fn(&mut Line, String)),
    /// Something with a text that may be wrong.
    Checked(fn(&mut Line, String) -> Result<(), Misuse>),
    /// Something with any bytes.
    Bytes(fn(&mut Line, OsString)),
    /// Something to turn on, or with `--no-` before it off.
    Switch(fn(&mut Line, bool)),
    /// Nothing, and why that is no loss.
    Passed(Takes, Why),
    /// What rehop cannot do as curl would, and the cure.
    Refused(Takes, &'static str),
    /// The help.
    Help,
}

/// Whether an option takes the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// It does.
    Value,
    /// It does not.
    Nothing,
}

/// Why an option can be passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Prints,
    Version,
    Secures,
    Pace,
    Foreign,
}

impl Why {
    pub(super) const ALL: [Self; 5] = [Self::Prints, Self::Version, Self::Secures, Self::Pace, Self::Foreign];

    /// The end of the note.
    pub(super) fn says(self) -> &'static str {
        match self {
            Self::Prints => "changes what curl prints and keeps, not what it sends",
            Self::Version => "rehop speaks HTTP/1.1",
            Self::Secures => "rehop sets up TLS and its connections by itself",
            Self::Pace => "rehop asks once, one hop at a time",
            Self::Foreign => "has no meaning for this request",
        }
    }
}

use Effect::{Bytes, Checked, Help, Passed, Refused, Switch, Text};
use Takes::{Nothing, Value};
use Why::{Foreign, Pace, Prints, Secures, Version};

const AUTH: &str = "rehop knows Basic and Bearer only: leave it out, or add the field with -H";
const TLS: &str = "leave it out, knowing that less is checked";
const ROUTE: &str = "rehop goes the usual way: leave it out";
const NO_TLS_PROXY: &str = "rehop does not speak TLS to a proxy: leave it out";

const fn row(long: &'static str, short: char, effect: Effect) -> Opt {
    Opt { long, short: if short == ' ' { None } else { Some(short) }, effect }
}

/// The table, by name.
pub(super) static TABLE: &[Opt] = &[
    row("abstract-unix-socket", ' ', Refused(Value, "use --unix-socket")),
    row("alpn", ' ', Passed(Nothing, Secures)),
    row("alt-svc", ' ', Refused(Value, ROUTE)),
    row("anyauth", ' ', Refused(Nothing, AUTH)),
    row("append", 'a', Passed(Nothing, Foreign)),
    row("aws-sigv4", ' ', Refused(Value, AUTH)),
    row("basic", ' ', Passed(Nothing, Foreign)),
    row("buffer", 'N', Passed(Nothing, Prints)),
    row("ca-native", ' ', Passed(Nothing, Secures)),
    row("cacert", ' ', Bytes(|line, file| line.typed.connection.cacert = Some(file.into()))),
    row("capath", ' ', Refused(Value, "name one file with --cacert")),
    row("cert", 'E', Text(|line, file| line.typed.connection.cert = Some(file))),
    row("cert-status", ' ', Refused(Nothing, TLS)),
    row("cert-type", ' ', Checked(|_, kind| only_pem("--cert-type", &kind))),
    row("ciphers", ' ', Passed(Value, Secures)),
    row("clobber", ' ', Passed(Nothing, Prints)),
    row("compressed", ' ', Switch(|line, on| line.compressed = on)),
    row("compressed-ssh", ' ', Passed(Nothing, Foreign)),
    row("config", 'K', Refused(Value, "write the options of that file out")),
    row("connect-timeout", ' ', Text(|line, time| line.typed.connection.connect_timeout = Some(time))),
    row("connect-to", ' ', Text(|line, to| line.typed.connection.connect_to.push(to))),
    row("continue-at", 'C', Refused(Value, "use --range")),
    row("cookie", 'b', Bytes(|line, cookie| line.cookie(cookie))),
    row("cookie-jar", 'c', Bytes(|line, _| line.cookie_engine = true)),
    row("create-dirs", ' ', Passed(Nothing, Prints)),
    row("create-file-mode", ' ', Passed(Value, Prints)),
    row("crlf", ' ', Refused(Nothing, "write the line ends as they are to be sent")),
    row("crlfile", ' ', Refused(Value, TLS)),
    row("curves", ' ', Passed(Value, Secures)),
    row("data", 'd', Bytes(|line, value| line.piece(Kind::Data, value))),
    row("data-ascii", ' ', Bytes(|line, value| line.piece(Kind::Data, value))),
    row("data-binary", ' ', Bytes(|line, value| line.piece(Kind::Binary, value))),
    row("data-raw", ' ', Bytes(|line, value| line.piece(Kind::Raw, value))),
    row("data-urlencode", ' ', Bytes(|line, value| line.piece(Kind::UrlEncode, value))),
    row("delegation", ' ', Passed(Value, Foreign)),
    row("digest", ' ', Refused(Nothing, AUTH)),
    row("disable", 'q', Passed(Nothing, Foreign)),
    row("disable-eprt", ' ', Passed(Nothing, Foreign)),
    row("disable-epsv", ' ', Passed(Nothing, Foreign)),
    row("disallow-username-in-url", ' ', Passed(Nothing, Foreign)),
    row("dns-interface", ' ', Refused(Value, ROUTE)),
    row("dns-ipv4-addr", ' ', Refused(Value, ROUTE)),
    row("dns-ipv6-addr", ' ', Refused(Value, ROUTE)),
    row("dns-servers", ' ', Refused(Value, "give the address with --resolve")),
    row("doh-cert-status", ' ', Passed(Nothing, Secures)),
    row("doh-insecure", ' ', Passed(Nothing, Secures)),
    row("doh-url", ' ', Refused(Value, "give the address with --resolve")),
    row("dump-ca-embed", ' ', Passed(Nothing, Prints)),
    row("dump-header", 'D', Passed(Value, Prints)),
    row("ech", ' ', Passed(Value, Secures)),
    row("egd-file", ' ', Passed(Value, Secures)),
    row("engine", ' ', Refused(Value, "name a PEM file with --key")),
    row("eprt", ' ', Passed(Nothing, Foreign)),
    row("epsv", ' ', Passed(Nothing, Foreign)),
    row("etag-compare", ' ', Refused(Value, "write it as -H 'If-None-Match: ...'")),
    row("etag-save", ' ', Passed(Value, Prints)),
    row("expect100-timeout", ' ', Passed(Value, Pace)),
    row("fail", 'f', Passed(Nothing, Prints)),
    row("fail-early", ' ', Passed(Nothing, Prints)),
    row("fail-with-body", ' ', Passed(Nothing, Prints)),
    row("false-start", ' ', Passed(Nothing, Secures)),
    row("follow", ' ', Switch(|line, on| line.typed.redirects.follow = on)),
    row("form", 'F', Bytes(|line, value| line.piece(Kind::Form, value))),
    row("form-escape", ' ', Refused(Nothing, "leave it out: quotes in names are percent-encoded")),
    row("form-string", ' ', Bytes(|line, value| line.piece(Kind::FormString, value))),
    row("ftp-account", ' ', Passed(Value, Foreign)),
    row("ftp-alternative-to-user", ' ', Passed(Value, Foreign)),
    row("ftp-create-dirs", ' ', Passed(Nothing, Foreign)),
    row("ftp-method", ' ', Passed(Value, Foreign)),
    row("ftp-pasv", ' ', Passed(Nothing, Foreign)),
    row("ftp-port", 'P', Passed(Value, Foreign)),
    row("ftp-pret", ' ', Passed(Nothing, Foreign)),
    row("ftp-skip-pasv-ip", ' ', Passed(Nothing, Foreign)),
    row("ftp-ssl", ' ', Passed(Nothing, Foreign)),
    row("ftp-ssl-ccc", ' ', Passed(Nothing, Foreign)),
    row("ftp-ssl-ccc-mode", ' ', Passed(Value, Foreign)),
    row("ftp-ssl-control", ' ', Passed(Nothing, Foreign)),
    row("ftp-ssl-reqd", ' ', Passed(Nothing, Foreign)),
    row("get", 'G', Switch(|line, on| line.typed.request.get = on)),
    row("globoff", 'g', Switch(|line, on| line.globoff = on)),
    row("happy-eyeballs-timeout-ms", ' ', Passed(Value, Pace)),
    row("haproxy-clientip", ' ', Refused(Value, ROUTE)),
    row("haproxy-protocol", ' ', Refused(Nothing, ROUTE)),
    row("head", 'I', Switch(|line, on| line.typed.request.head = on)),
    row("header", 'H', Bytes(|line, field| line.typed.request.header.push(field))),
    row("help", 'h', Help),
    row("hostpubmd5", ' ', Passed(Value, Foreign)),
    row("hostpubsha256", ' ', Passed(Value, Foreign)),
    row("hsts", ' ', Refused(Value, "write https:// where the host is known to want it")),
    row("http0.9", ' ', Passed(Nothing, Version)),
    row("http1.0", '0', Refused(Nothing, "rehop speaks HTTP/1.1: leave it out")),
    row("http1.1", ' ', Passed(Nothing, Version)),
    row("http2", ' ', Passed(Nothing, Version)),
    row("http2-prior-knowledge", ' ', Passed(Nothing, Version)),
    row("http3", ' ', Passed(Nothing, Version)),
    row("http3-only", ' ', Passed(Nothing, Version)),
    row("ignore-content-length", ' ', Passed(Nothing, Prints)),
    row("include", ' ', Passed(Nothing, Prints)),
    row("insecure", 'k', Switch(|line, on| line.typed.connection.insecure = on)),
    row("interface", ' ', Refused(Value, ROUTE)),
    row("ip-tos", ' ', Passed(Value, Secures)),
    row("ipfs-gateway", ' ', Passed(Value, Foreign)),
    row("ipv4", '4', Switch(|line, on| line.family(on, false))),
    row("ipv6", '6', Switch(|line, on| line.family(false, on))),
    row("json", ' ', Bytes(|line, value| line.piece(Kind::Json, value))),
    row("junk-session-cookies", 'j', Refused(Nothing, "take the session cookies out of the file")),
    row("keepalive", ' ', Passed(Nothing, Pace)),
    row("keepalive-cnt", ' ', Passed(Value, Pace)),
    row("keepalive-time", ' ', Passed(Value, Pace)),
    row("key", ' ', Bytes(|line, file| line.typed.connection.key = Some(file.into()))),
    row("key-type", ' ', Checked(|_, kind| only_pem("--key-type", &kind))),
    row("knownhosts", ' ', Passed(Value, Foreign)),
    row("krb", ' ', Passed(Value, Foreign)),
    row("krb4", ' ', Passed(Value, Foreign)),
    row("libcurl", ' ', Passed(Value, Prints)),
    row("limit-rate", ' ', Passed(Value, Pace)),
    row("list-only", 'l', Passed(Nothing, Foreign)),
    row("local-port", ' ', Refused(Value, ROUTE)),
    row("location", 'L', Switch(|line, on| line.typed.redirects.location = on)),
    row("location-trusted", ' ', Switch(|line, on| line.trusted(on))),
    row("login-options", ' ', Passed(Value, Foreign)),
    row("mail-auth", ' ', Passed(Value, Foreign)),
    row("mail-from", ' ', Passed(Value, Foreign)),
    row("mail-rcpt", ' ', Passed(Value, Foreign)),
    row("mail-rcpt-allowfails", ' ', Passed(Nothing, Foreign)),
    row("manual", 'M', Help),
    row("max-filesize", ' ', Passed(Value, Prints)),
    row("max-redirs", ' ', Text(|line, limit| line.typed.redirects.max_redirs = Some(limit))),
    row("max-time", 'm', Text(|line, time| line.typed.connection.max_time = Some(time))),
    row("metalink", ' ', Passed(Nothing, Prints)),
    row("mptcp", ' ', Passed(Nothing, Secures)),
    row("negotiate", ' ', Refused(Nothing, AUTH)),
    row("netrc", 'n', Switch(|line, on| line.netrc = on)),
    row("netrc-file", ' ', Bytes(|line, file| line.netrc_file = Some(file.into()))),
    row("netrc-optional", ' ', Switch(|line, on| line.netrc_optional = on)),
    row("next", ':', Refused(Nothing, "inspect one request at a time")),
    row("noproxy", ' ', Text(|line, hosts| line.typed.connection.noproxy = Some(hosts))),
    row("npn", ' ', Passed(Nothing, Secures)),
    row("ntlm", ' ', Refused(Nothing, AUTH)),
    row("ntlm-wb", ' ', Refused(Nothing, AUTH)),
    row("oauth2-bearer", ' ', Text(|line, token| line.bearer = Some(token))),
    row("out-null", ' ', Passed(Nothing, Prints)),
    row("output", 'o', Passed(Value, Prints)),
    row("output-dir", ' ', Passed(Value, Prints)),
    row("parallel", 'Z', Passed(Nothing, Pace)),
    row("parallel-immediate", ' ', Passed(Nothing, Pace)),
    row("parallel-max", ' ', Passed(Value, Pace)),
    row("parallel-max-host", ' ', Passed(Value, Pace)),
    row("pass", ' ', Refused(Value, "take the pass phrase off the key: openssl pkey -in KEY -out PLAIN")),
    row("path-as-is", ' ', Switch(|line, on| line.path_as_is = on)),
    row("pinnedpubkey", ' ', Refused(Value, TLS)),
    row("post301", ' ', Switch(|line, on| line.typed.redirects.post301 = on)),
    row("post302", ' ', Switch(|line, on| line.typed.redirects.post302 = on)),
    row("post303", ' ', Switch(|line, on| line.typed.redirects.post303 = on)),
    row("preproxy", ' ', Refused(Value, "rehop goes through one proxy: use --proxy")),
    row("progress-bar", '#', Passed(Nothing, Prints)),
    row("progress-meter", ' ', Passed(Nothing, Prints)),
    row("proto", ' ', Text(|line, list| line.proto = Some(list))),
    row("proto-default", ' ', Checked(|line, scheme| line.default_scheme(scheme))),
    row("proto-redir", ' ', Text(|line, list| line.typed.redirects.proto_redir = Some(list))),
    row("proxy", 'x', Text(|line, proxy| line.typed.connection.proxy = Some(proxy))),
    row("proxy-anyauth", ' ', Refused(Nothing, AUTH)),
    row("proxy-basic", ' ', Passed(Nothing, Foreign)),
    row("proxy-ca-native", ' ', Refused(Nothing, NO_TLS_PROXY)),
    row("proxy-cacert", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-capath", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-cert", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-cert-type", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-ciphers", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-crlfile", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-digest", ' ', Refused(Nothing, AUTH)),
    row("proxy-header", ' ', Refused(Value, "rehop adds no fields for the proxy: leave it out")),
    row("proxy-http2", ' ', Refused(Nothing, NO_TLS_PROXY)),
    row("proxy-insecure", ' ', Refused(Nothing, NO_TLS_PROXY)),
    row("proxy-key", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-key-type", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-negotiate", ' ', Refused(Nothing, AUTH)),
    row("proxy-ntlm", ' ', Refused(Nothing, AUTH)),
    row("proxy-pass", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-pinnedpubkey", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-service-name", ' ', Passed(Value, Foreign)),
    row("proxy-ssl-allow-beast", ' ', Passed(Nothing, Secures)),
    row("proxy-ssl-auto-client-cert", ' ', Passed(Nothing, Secures)),
    row("proxy-tls13-ciphers", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-tlsauthtype", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-tlspassword", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-tlsuser", ' ', Refused(Value, NO_TLS_PROXY)),
    row("proxy-tlsv1", ' ', Refused(Nothing, NO_TLS_PROXY)),
    row("proxy-user", 'U', Text(|line, user| line.typed.connection.proxy_user = Some(user))),
    row("proxy1.0", ' ', Refused(Value, "use --proxy")),
    row("proxytunnel", 'p', Refused(Nothing, "leave it out: https:// goes through a tunnel, http:// does not")),
    row("pubkey", ' ', Passed(Value, Foreign)),
    row("quote", 'Q', Passed(Value, Foreign)),
    row("random-file", ' ', Passed(Value, Secures)),
    row("range", 'r', Text(|line, range| line.range = Some(range))),
    row("rate", ' ', Passed(Value, Pace)),
    row("raw", ' ', Passed(Nothing, Prints)),
    row("referer", 'e', Text(|line, url| line.typed.request.referer = Some(url))),
    row("remote-header-name", 'J', Passed(Nothing, Prints)),
    row("remote-name", 'O', Passed(Nothing, Prints)),
    row("remote-name-all", ' ', Passed(Nothing, Prints)),
    row("remote-time", 'R', Passed(Nothing, Prints)),
    row("remove-on-error", ' ', Passed(Nothing, Prints)),
    row("request", 'X', Text(|line, method| line.typed.request.request = Some(method))),
    row("request-target", ' ', Refused(Value, "write it into the URL")),
    row("resolve", ' ', Text(|line, entry| line.typed.connection.resolve.push(entry))),
    row("retry", ' ', Passed(Value, Pace)),
    row("retry-all-errors", ' ', Passed(Nothing, Pace)),
    row("retry-connrefused", ' ', Passed(Nothing, Pace)),
    row("retry-delay", ' ', Passed(Value, Pace)),
    row("retry-max-time", ' ', Passed(Value, Pace)),
    row("sasl-authzid", ' ', Passed(Value, Foreign)),
    row("sasl-ir", ' ', Passed(Nothing, Foreign)),
    row("service-name", ' ', Passed(Value, Foreign)),
    row("sessionid", ' ', Passed(Nothing, Secures)),
    row("show-error", 'S', Passed(Nothing, Prints)),
    row("show-headers", 'i', Passed(Nothing, Prints)),
    row("sigalgs", ' ', Passed(Value, Secures)),
    row("silent", 's', Passed(Nothing, Prints)),
    row("skip-existing", ' ', Passed(Nothing, Prints)),
    row("socks4", ' ', Text(|line, host| line.proxy("socks4", &host))),
    row("socks4a", ' ', Text(|line, host| line.proxy("socks4a", &host))),
    row("socks5", ' ', Text(|line, host| line.proxy("socks5", &host))),
    row("socks5-basic", ' ', Passed(Nothing, Foreign)),
    row("socks5-gssapi", ' ', Refused(Nothing, AUTH)),
    row("socks5-gssapi-nec", ' ', Passed(Nothing, Foreign)),
    row("socks5-gssapi-service", ' ', Passed(Value, Foreign)),
    row("socks5-hostname", ' ', Text(|line, host| line.proxy("socks5h", &host))),
    row("speed-limit", 'Y', Passed(Value, Pace)),
    row("speed-time", 'y', Passed(Value, Pace)),
    row("ssl", ' ', Passed(Nothing, Foreign)),
    row("ssl-allow-beast", ' ', Passed(Nothing, Secures)),
    row("ssl-auto-client-cert", ' ', Refused(Nothing, "name the certificate with --cert")),
    row("ssl-no-revoke", ' ', Passed(Nothing, Secures)),
    row("ssl-reqd", ' ', Passed(Nothing, Foreign)),
    row("ssl-revoke-best-effort", ' ', Passed(Nothing, Secures)),
    row("ssl-sessions", ' ', Passed(Value, Secures)),
    row("sslv2", '2', Passed(Nothing, Secures)),
    row("sslv3", '3', Passed(Nothing, Secures)),
    row("stderr", ' ', Passed(Value, Prints)),
    row("styled-output", ' ', Passed(Nothing, Prints)),
    row("suppress-connect-headers", ' ', Passed(Nothing, Prints)),
    row("tcp-fastopen", ' ', Passed(Nothing, Secures)),
    row("tcp-nodelay", ' ', Passed(Nothing, Secures)),
    row("telnet-option", 't', Passed(Value, Foreign)),
    row("tftp-blksize", ' ', Passed(Value, Foreign)),
    row("tftp-no-options", ' ', Passed(Nothing, Foreign)),
    row("time-cond", 'z', Refused(Value, "write it as -H 'If-Modified-Since: ...'")),
    row("tls-earlydata", ' ', Passed(Nothing, Secures)),
    row("tls-max", ' ', Passed(Value, Secures)),
    row("tls13-ciphers", ' ', Passed(Value, Secures)),
    row("tlsauthtype", ' ', Refused(Value, AUTH)),
    row("tlspassword", ' ', Refused(Value, AUTH)),
    row("tlsuser", ' ', Refused(Value, AUTH)),
    row("tlsv1", '1', Passed(Nothing, Secures)),
    row("tlsv1.0", ' ', Passed(Nothing, Secures)),
    row("tlsv1.1", ' ', Passed(Nothing, Secures)),
    row("tlsv1.2", ' ', Passed(Nothing, Secures)),
    row("tlsv1.3", ' ', Passed(Nothing, Secures)),
    row("tr-encoding", ' ', Refused(Nothing, "write it as -H 'TE: gzip'")),
    row("trace", ' ', Passed(Value, Prints)),
    row("trace-ascii", ' ', Passed(Value, Prints)),
    row("trace-config", ' ', Passed(Value, Prints)),
    row("trace-ids", ' ', Passed(Nothing, Prints)),
    row("trace-time", ' ', Passed(Nothing, Prints)),
    row("unix-socket", ' ', Checked(|line, path| line.unix_socket(path))),
    row("upload-file", 'T', Checked(|line, file| line.upload(file))),
    row("upload-flags", ' ', Passed(Value, Foreign)),
    row("url", ' ', Text(|line, url| line.typed.urls.push(url))),
    row("url-query", ' ', Bytes(|line, query| line.query.push(query))),
    row("use-ascii", 'B', Passed(Nothing, Foreign)),
    row("user", 'u', Text(|line, user| line.typed.request.user = Some(user))),
    row("user-agent", 'A', Text(|line, agent| line.typed.request.user_agent = Some(agent))),
    row("variable", ' ', Refused(Value, "write the value out")),
    row("verbose", 'v', Switch(|line, on| line.verbose(on))),
    row("version", 'V', Help),
    row("vlan-priority", ' ', Passed(Value, Secures)),
    row("write-out", 'w', Passed(Value, Prints)),
    row("xattr", ' ', Passed(Nothing, Prints)),
];

fn only_pem(flag: &str, kind: &str) -> Result<(), Misuse> {
    if kind.eq_ignore_ascii_case("PEM") {
        return Ok(());
    }
    Err(Misuse::new(format!("curl {flag} {kind}: rehop reads PEM only"), "convert it with openssl"))
}

/// The option of this long name, as typed without dashes.
pub(super) fn long(name: &str) -> Option<&'static Opt> {
    TABLE.iter().find(|opt| opt.long == name)
}

/// The option of this letter.
pub(super) fn short(letter: char) -> Option<&'static Opt> {
    TABLE.iter().find(|opt| opt.short == Some(letter))
}
