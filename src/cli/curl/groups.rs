//! curl's options that do nothing here: those that are passed over, and those that rehop refuses.
//!
//! Names are those of curl 8.17 ([curl(1)](https://curl.se/docs/manpage.html)); the letter of an option stands behind a `/`.

use super::option_kind::{IgnoredBecause, Opt, OptionKind, Takes};

use IgnoredBecause::{Foreign, Pace, Prints, Secures, Version};
use OptionKind::{Passed, Refused};
use Takes::{Nothing, Value};

/// Options that are the same to rehop.
struct OptionGroup {
    effect: OptionKind,
    /// Their names, a space between two.
    names: &'static str,
}

const AUTH: &str = "rehop knows Basic and Bearer only: leave it out, or add the field with -H";
const TLS: &str = "leave it out, knowing that less is checked";
const ROUTE: &str = "rehop goes the usual way: leave it out";
const NO_TLS_PROXY: &str = "rehop does not speak TLS to a proxy: leave it out";

const fn passed(why: IgnoredBecause, takes: Takes, names: &'static str) -> OptionGroup {
    OptionGroup {
        effect: Passed(takes, why),
        names,
    }
}

const fn refused(cure: &'static str, takes: Takes, names: &'static str) -> OptionGroup {
    OptionGroup {
        effect: Refused(takes, cure),
        names,
    }
}

#[rustfmt::skip]
static GROUPS: &[OptionGroup] = &[
    passed(Foreign, Nothing, "\
         append/a basic compressed-ssh disable/q disable-eprt disable-epsv \
         disallow-username-in-url eprt epsv ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip \
         ftp-ssl ftp-ssl-ccc ftp-ssl-control ftp-ssl-reqd list-only/l mail-rcpt-allowfails \
         proxy-basic sasl-ir socks5-basic socks5-gssapi-nec ssl ssl-reqd tftp-no-options \
         use-ascii/B"),
    passed(Foreign, Value, "\
         delegation ftp-account ftp-alternative-to-user ftp-method ftp-port/P ftp-ssl-ccc-mode \
         hostpubmd5 hostpubsha256 ipfs-gateway knownhosts krb krb4 login-options mail-auth \
         mail-from mail-rcpt proxy-service-name pubkey quote/Q sasl-authzid service-name \
         socks5-gssapi-service telnet-option/t tftp-blksize upload-flags"),
    passed(Pace, Nothing, "\
         keepalive parallel-immediate retry-all-errors retry-connrefused"),
    passed(Pace, Value, "\
         expect100-timeout happy-eyeballs-timeout-ms keepalive-cnt keepalive-time limit-rate \
         parallel-max-host rate retry retry-delay retry-max-time speed-limit/Y speed-time/y"),
    passed(Prints, Nothing, "\
         buffer/N clobber create-dirs dump-ca-embed fail/f fail-early fail-with-body \
         ignore-content-length include metalink out-null progress-bar/# progress-meter raw \
         remote-header-name/J remote-name/O remote-name-all remote-time/R remove-on-error \
         show-error/S show-headers/i silent/s skip-existing styled-output \
         suppress-connect-headers trace-ids trace-time xattr"),
    passed(Prints, Value, "\
         create-file-mode dump-header/D etag-save libcurl max-filesize output/o output-dir stderr \
         trace trace-ascii trace-config write-out/w"),
    passed(Secures, Nothing, "\
         alpn ca-native doh-cert-status doh-insecure false-start mptcp npn proxy-ssl-allow-beast \
         proxy-ssl-auto-client-cert sessionid ssl-allow-beast ssl-no-revoke \
         ssl-revoke-best-effort sslv2/2 sslv3/3 tcp-fastopen tcp-nodelay tls-earlydata tlsv1/1 \
         tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3"),
    passed(Secures, Value, "\
         ciphers curves ech egd-file ip-tos random-file sigalgs ssl-sessions tls-max \
         tls13-ciphers vlan-priority"),
    passed(Version, Nothing, "http0.9 http1.1 http2 http2-prior-knowledge http3 http3-only"),
    refused(AUTH, Nothing, "\
         anyauth digest negotiate ntlm ntlm-wb proxy-anyauth proxy-digest proxy-negotiate \
         proxy-ntlm socks5-gssapi"),
    refused(AUTH, Value, "aws-sigv4 tlsauthtype tlspassword tlsuser"),
    refused(NO_TLS_PROXY, Nothing, "proxy-ca-native proxy-http2 proxy-insecure proxy-tlsv1"),
    refused(NO_TLS_PROXY, Value, "\
         proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile \
         proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-tls13-ciphers \
         proxy-tlsauthtype proxy-tlspassword proxy-tlsuser"),
    refused(ROUTE, Nothing, "haproxy-protocol"),
    refused(ROUTE, Value, "\
         alt-svc dns-interface dns-ipv4-addr dns-ipv6-addr haproxy-clientip interface local-port"),
    refused(TLS, Nothing, "cert-status"),
    refused(TLS, Value, "crlfile pinnedpubkey"),
    refused("give the address with --resolve", Value, "dns-servers doh-url"),
    refused("inspect one request at a time", Nothing, "next/:"),
    refused("leave it out: https:// goes through a tunnel, http:// does not", Nothing, "proxytunnel/p"),
    refused("leave it out: quotes in names are percent-encoded", Nothing, "form-escape"),
    refused("name a PEM file with --key", Value, "engine"),
    refused("name one file with --cacert", Value, "capath"),
    refused("name the certificate with --cert", Nothing, "ssl-auto-client-cert"),
    refused("rehop adds no fields for the proxy: leave it out", Value, "proxy-header"),
    refused("rehop goes through one proxy: use --proxy", Value, "preproxy"),
    refused("rehop speaks HTTP/1.1: leave it out", Nothing, "http1.0/0"),
    refused("take the pass phrase off the key: openssl pkey -in KEY -out PLAIN", Value, "pass"),
    refused("take the session cookies out of the file", Nothing, "junk-session-cookies/j"),
    refused("use --proxy", Value, "proxy1.0"),
    refused("use --range", Value, "continue-at/C"),
    refused("use --unix-socket", Value, "abstract-unix-socket"),
    refused("write https:// where the host is known to want it", Value, "hsts"),
    refused("write it as -H 'If-Modified-Since: ...'", Value, "time-cond/z"),
    refused("write it as -H 'If-None-Match: ...'", Value, "etag-compare"),
    refused("write it as -H 'TE: gzip'", Nothing, "tr-encoding"),
    refused("write it into the URL", Value, "request-target"),
    refused("write the line ends as they are to be sent", Nothing, "crlf"),
    refused("write the options of that file out", Value, "config/K"),
    refused("write the value out", Value, "variable"),
];

/// Every option that does nothing here.
pub(super) fn all() -> impl Iterator<Item = Opt> {
    GROUPS.iter().flat_map(|group| {
        let opts = group.names.split_ascii_whitespace();
        opts.map(|name| {
            let (long, letter) = name.split_once('/').unwrap_or((name, ""));
            Opt {
                long,
                short: letter.chars().next(),
                effect: group.effect,
            }
        })
    })
}
