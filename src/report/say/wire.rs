//! What went wrong on the wire: what, where, and what to do.

use std::io::ErrorKind;
use std::time::Duration;

use super::certificate::{self, words};
use super::voice::Voice;
use crate::model::{
    AddressKind, AlertSent, Cause, CertificateFault, ContentFault, ContentFaultKind, Failure,
    HostFault, HttpFault, Peer, Phase, ProxyFault, SystemFault, TlsFault, TlsSetUpFault,
    Unsendable, Way,
};
use crate::report::units::count;

/// Why a hop could not be completed.
#[must_use]
pub fn failure(voice: Voice, failure: &Failure) -> String {
    let (phase, peer) = (failure.phase, &of_peer(&failure.peer));
    match &failure.cause {
        Cause::Interrupted => format!("interrupted while {} {peer}", doing(phase)),
        Cause::TimedOut(limit) => timed_out(phase, peer, *limit),
        Cause::Closed => closed(phase, peer),
        Cause::System(fault) => system(phase, peer, fault),
        Cause::NoAddress => {
            format!("could not connect to {peer}: it has no address of the kind asked for (-4, -6)")
        }
        Cause::Tls(TlsFault::SetUp(fault)) => tls_set_up(fault),
        Cause::Tls(fault) => {
            let cure = cure(fault).map_or(String::new(), |cure| format!(": {cure}"));
            format!("{} ({peer}){cure}", tls_fault(fault))
        }
        Cause::Http(fault) => format!("the server at {peer} {}", http(voice, fault)),
        Cause::Proxy(fault) => {
            let name = match &failure.peer.way {
                Way::Proxy(name) => name.as_str(),
                _ => peer,
            };
            format!("the proxy {name} {}", proxy(voice, fault))
        }
        Cause::Scheme(scheme) => {
            format!("`{scheme}:` cannot be requested: rehop speaks http and https")
        }
        Cause::Host(fault) => host(fault),
        Cause::Forbidden { address, kind } => format!(
            "{} is {address}, {}, and --deny-private forbids to connect there",
            failure.peer.name,
            of_address(*kind)
        ),
        Cause::GivenUp(failures) => format!(
            "{} was not asked any more: {failures} requests in a row to it had failed, and one more at the end",
            failure.peer.name
        ),
        Cause::Unsendable(fault) => unsendable(fault),
        Cause::Unreadable(fault) => {
            format!("the content to send could not be read: {}", fault.text)
        }
        Cause::Shortened { came, length } => format!(
            "the content to send ended after {came} of {length} bytes: did the file change meanwhile?"
        ),
    }
}

fn of_peer(peer: &Peer) -> String {
    match &peer.way {
        Way::Straight => peer.name.clone(),
        Way::Proxy(proxy) => format!("{} through the proxy {proxy}", peer.name),
        Way::UnixSocket(path) => format!("{} over the Unix socket {}", peer.name, path.display()),
        Way::OnTheWayTo(origin) => format!("{} (on the way to {origin})", peer.name),
    }
}

fn doing(phase: Phase) -> &'static str {
    match phase {
        Phase::Dns => "looking up",
        Phase::Connect => "connecting to",
        Phase::Tls => "shaking hands with",
        Phase::Send => "sending to",
        Phase::Wait => "waiting for",
        Phase::Receive => "reading from",
    }
}

fn timed_out(phase: Phase, peer: &str, limit: Duration) -> String {
    let limit = seconds(limit);
    match phase {
        Phase::Dns => format!(
            "the name of {peer} was not found within {limit}: is the name server reachable?"
        ),
        Phase::Connect => format!(
            "could not connect to {peer} within {limit}: is it up, or does a firewall drop the packets?"
        ),
        Phase::Tls => format!(
            "the TLS handshake with {peer} did not end within {limit}: does it speak TLS on this port?"
        ),
        Phase::Send => {
            format!("the request was not taken by {peer} within {limit}: it stopped reading")
        }
        Phase::Wait => {
            format!("no answer from {peer} within {limit}: it took the request and stayed silent")
        }
        Phase::Receive => {
            format!("the head of the response from {peer} did not end within {limit}")
        }
    }
}

fn system(phase: Phase, peer: &str, fault: &SystemFault) -> String {
    let why = &fault.text;
    match (phase, fault.kind) {
        (Phase::Dns, _) => {
            let why = why.rsplit(": ").next().unwrap_or_default();
            format!(
                "no address was found for {peer}: {why}; is the name spelt right, and this machine online?"
            )
        }
        (Phase::Connect, ErrorKind::ConnectionRefused) => {
            format!("could not connect to {peer}: connection refused; is anything listening there?")
        }
        (Phase::Connect, _) => format!("could not connect to {peer}: {why}"),
        (Phase::Tls, ErrorKind::ConnectionReset) => closed(phase, peer),
        (Phase::Tls, _) => format!("the TLS handshake with {peer} broke off: {why}"),
        (Phase::Send, _) => format!("{peer} stopped taking the request ({why}) and gave no answer"),
        (Phase::Wait, _) => format!("{peer} broke the connection before it answered ({why})"),
        (Phase::Receive, _) => {
            format!("{peer} broke the connection in the middle of the response's head ({why})")
        }
    }
}

fn closed(phase: Phase, peer: &str) -> String {
    match phase {
        Phase::Dns | Phase::Connect => {
            format!("the connection to {peer} was closed before it was of use")
        }
        Phase::Tls => format!(
            "{peer} closed the connection during the TLS handshake: does it speak TLS on this port?"
        ),
        Phase::Send => {
            format!("{peer} closed the connection while the request was sent, and gave no answer")
        }
        Phase::Wait => format!("{peer} closed the connection without an answer"),
        Phase::Receive => {
            format!("{peer} closed the connection in the middle of the response's head")
        }
    }
}

/// The end of a sentence that begins with "the server …".
fn http(voice: Voice, fault: &HttpFault) -> String {
    let shown = |bytes: &[u8]| voice.foreign(&bytes.escape_ascii().to_string());
    match fault {
        HttpFault::EmptyLines => "did not answer in HTTP/1 but with empty lines".to_owned(),
        HttpFault::SpeaksTls => "speaks TLS on this port: try https://".to_owned(),
        HttpFault::SpeaksHttp2 => "speaks only HTTP/2 here, which rehop does not".to_owned(),
        HttpFault::Foreign(bytes) => format!(
            "did not answer in HTTP/1: its first bytes are `{}`",
            shown(bytes)
        ),
        HttpFault::StatusLine(line) => {
            format!("sent a status line that cannot be read: `{}`", shown(line))
        }
        HttpFault::HeadTooLong(most) => {
            format!("sent a head that does not end within {} KiB", most / 1024)
        }
        HttpFault::TooManyFields(most) => format!("sent more than {most} header fields"),
        HttpFault::EndlessInterim => {
            "sends interim (1xx) responses without end and no final one".to_owned()
        }
        HttpFault::Unasked => "spoke before it was asked: what it said answers nothing".to_owned(),
    }
}

/// The end of a sentence that begins with "the proxy …".
fn proxy(voice: Voice, fault: &ProxyFault) -> String {
    match fault {
        ProxyFault::WantsCredentials(Some(code)) => {
            format!("wants credentials ({code}): give them with -U USER:PASSWORD")
        }
        ProxyFault::WantsCredentials(None) => {
            "wants credentials: give them with -U USER:PASSWORD".to_owned()
        }
        ProxyFault::RefusedCredentials => "refused the user name and password".to_owned(),
        ProxyFault::Refused(code) => format!("refused CONNECT with {code}"),
        ProxyFault::Http(fault) => http(voice, fault),
        ProxyFault::NoIpv6 => "speaks SOCKS 4, which has no IPv6: use socks5://".to_owned(),
        ProxyFault::Socks4 { to, code } => {
            format!("refused to connect to {to} (SOCKS 4 code {code})")
        }
        ProxyFault::Socks5 { to, code } => {
            format!("could not connect to {to}: {}", socks5_reason(*code))
        }
        ProxyFault::NotSocks(version) => format!("does not speak SOCKS {version}"),
        ProxyFault::NameTooLong(name) => format!("cannot be given the name {name}: too long"),
        ProxyFault::CredentialsTooLong => {
            "takes no user name or password over 255 bytes".to_owned()
        }
    }
}

/// [RFC 1928 §6](https://www.rfc-editor.org/rfc/rfc1928#section-6).
fn socks5_reason(code: u8) -> &'static str {
    match code {
        2 => "its rules forbid it",
        3 => "network unreachable",
        4 => "host unreachable",
        5 => "connection refused",
        6 => "time to live expired",
        8 => "it cannot reach this kind of address",
        _ => "general failure",
    }
}

fn host(fault: &HostFault) -> String {
    match fault {
        HostFault::Missing => "the URL names no host".to_owned(),
        HostFault::TooLong { length, most } => {
            format!("the name of the host has {length} characters, and none has more than {most}")
        }
        HostFault::Character(letter) => {
            format!("the name of the host holds `{letter}`, which no such name has")
        }
    }
}

pub(super) fn of_address(kind: AddressKind) -> &'static str {
    match kind {
        AddressKind::Metadata => "a cloud's metadata address",
        AddressKind::ThisHost => "an address of this host",
        AddressKind::Private => "a private address",
        AddressKind::Carrier => "an address of a carrier's own network",
        AddressKind::Loopback => "a loopback address",
        AddressKind::LinkLocal => "a link-local address",
        AddressKind::UniqueLocal => "a unique-local address",
        AddressKind::SiteLocal => "a site-local address",
        AddressKind::Protocols => "an address for protocols",
        AddressKind::Documentation => "a documentation address",
        AddressKind::Relay => "a relay address",
        AddressKind::Benchmark => "a benchmark address",
        AddressKind::Multicast => "a multicast address",
        AddressKind::Discard => "a discard address",
        AddressKind::Reserved => "a reserved address",
    }
}

/// Why a request cannot be written.
#[must_use]
pub fn unsendable(fault: &Unsendable) -> String {
    const FROM_CONTENT: &str = "leave it out, it is made from the content";
    match fault {
        Unsendable::FieldName(name) => {
            format!("`{}` cannot be the name of a header field", name.escape_debug())
        }
        Unsendable::FieldValue(name) => {
            format!("the header field {name} holds a line break or NUL and cannot be sent")
        }
        Unsendable::TransferEncoding => {
            "Transfer-Encoding other than `chunked`, or beside Content-Length, cannot be sent: leave it out"
                .to_owned()
        }
        Unsendable::LengthNoNumber => format!(
            "the given Content-Length does not fit the content (no number): {FROM_CONTENT}"
        ),
        Unsendable::LengthDiffers(real) => format!(
            "the given Content-Length does not fit the content ({real} bytes): {FROM_CONTENT}"
        ),
    }
}

/// That so many field lines of a head are not kept.
#[must_use]
pub fn left_out(fields: usize) -> String {
    let lines = count(fields as u64, "field");
    format!("{lines} not kept: this chain's heads are larger than what is kept of them")
}

/// Why content did not arrive whole: the end of a sentence on a response.
#[must_use]
pub fn content_fault(fault: &ContentFault) -> String {
    const UNKNOWN_END: &str = "where the content ends cannot be known";
    let had = fault.after;
    match &fault.why {
        ContentFaultKind::LengthsDiffer(one, other) => format!(
            "its Content-Length is both {} and {}: {UNKNOWN_END}",
            one.escape_ascii(),
            other.escape_ascii()
        ),
        ContentFaultKind::LengthNoNumber(value) => format!(
            "its Content-Length is `{}`, no number of bytes: {UNKNOWN_END}",
            value.escape_ascii()
        ),
        ContentFaultKind::Codings(codings) => format!(
            "its Transfer-Encoding is `{}`, which cannot be undone: {UNKNOWN_END}",
            codings.escape_ascii()
        ),
        ContentFaultKind::Interrupted => format!("its content was interrupted after {had} bytes"),
        ContentFaultKind::TimedOut(limit) => format!(
            "its content did not end within {}: {had} bytes were read",
            seconds(*limit)
        ),
        ContentFaultKind::Broken(fault) => {
            format!("its content broke off after {had} bytes: {}", fault.text)
        }
        ContentFaultKind::Short(length) => {
            format!("its content ended after {had} of {length} bytes")
        }
        ContentFaultKind::MalformedChunks => {
            format!("its chunks are malformed after {had} bytes of content")
        }
        ContentFaultKind::NoLastChunk => {
            format!("its content ended after {had} bytes, before its last chunk")
        }
        ContentFaultKind::NotClosed => format!(
            "its content ended after {had} bytes without the close of TLS that would say that this is all"
        ),
        ContentFaultKind::NotWritten(fault) => format!(
            "its content could not be written after {had} bytes: {}",
            fault.text
        ),
    }
}

/// What went wrong in a handshake, in the terms of a user, without a cure.
#[must_use]
pub fn tls_fault(fault: &TlsFault) -> String {
    match fault {
        TlsFault::Certificate(fault) => {
            format!("the server's certificate {}", certificate::fault(fault))
        }
        TlsFault::NotTls => "the server does not speak TLS there".to_owned(),
        TlsFault::Alert(alert) => alert_sent(alert),
        TlsFault::Incompatible(what) => format!(
            "the server and rehop have no way of TLS in common ({})",
            words(what)
        ),
        TlsFault::Misbehaved(how) => {
            format!("the server breaks the rules of TLS ({})", words(how))
        }
        TlsFault::SetUp(fault) => tls_set_up(fault),
        TlsFault::Other(text) => format!("the TLS handshake failed: {text}"),
    }
}

fn alert_sent(alert: &AlertSent) -> String {
    match alert {
        AlertSent::NoHttp1 => {
            "the server does not offer HTTP/1.1, only other protocols such as HTTP/2, which rehop does not speak"
                .to_owned()
        }
        AlertSent::ProtocolVersion => {
            "the server speaks only versions of TLS that are too old (before 1.2)".to_owned()
        }
        AlertSent::HandshakeFailure => "the server and rehop have no cipher in common".to_owned(),
        AlertSent::UnrecognisedName => "the server knows no site of this name".to_owned(),
        AlertSent::CertificateRequired => {
            "the server wants a client certificate: give one with -E and --key".to_owned()
        }
        AlertSent::CertificateRefused(name) => format!(
            "the server refused the client's certificate ({}): give another with -E and --key",
            words(name)
        ),
        AlertSent::Other(name) => {
            format!("the server broke off the TLS handshake ({})", words(name))
        }
    }
}

/// Why the user's TLS settings are of no use.
#[must_use]
pub fn tls_set_up(fault: &TlsSetUpFault) -> String {
    match fault {
        TlsSetUpFault::NoRoots => "--cacert: the file holds no certificate in PEM".to_owned(),
        TlsSetUpFault::NoCertificate => "-E: the file holds no certificate in PEM".to_owned(),
        TlsSetUpFault::NoKey => "-E: there is no private key in PEM: give it with --key".to_owned(),
        TlsSetUpFault::KeyDiffers(why) => {
            format!("-E: the certificate and the key do not fit: {why}")
        }
        TlsSetUpFault::Uncertifiable(name) => {
            format!("no certificate can be made out to the name `{name}`")
        }
    }
}

/// What the user can do about it; `None` where nothing of ours helps.
fn cure(fault: &TlsFault) -> Option<&'static str> {
    match fault {
        TlsFault::Certificate(
            CertificateFault::UnknownIssuer | CertificateFault::AuthorityItself,
        ) => Some("trust it with --cacert FILE, or go on all the same with -k"),
        TlsFault::Certificate(_) => Some("-k goes on all the same"),
        TlsFault::NotTls => Some("try http://"),
        _ => None,
    }
}

/// `10 s`, `0.3 s`.
#[must_use]
pub fn seconds(limit: Duration) -> String {
    format!("{} s", (limit.as_secs_f64() * 1000.0).round() / 1000.0)
}
