//! The document of one chain, field by field (`rehop.trace/1`).

use std::collections::BTreeMap;

use serde::Serialize;

use super::alike::Others;
use super::wire::{Millis, Named, Octets};
use crate::follow::EndKind;
use crate::model::Phase;
use crate::report::document::Document;
use crate::report::tone::Tone;
use crate::rules::{BodyFate, FieldFate, Severity, Verdict};

impl Document for View {
    const SCHEMA: &'static str = "rehop.trace/1";
    const TITLE: &'static str = "The trace of rehop (rehop.trace/1)";
}

/// One URL, followed hop by hop and judged.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct View {
    /// The name and version of this document. It may grow; no name or value in it changes or goes.
    #[cfg_attr(test, schemars(extend("const" = View::SCHEMA)))]
    pub schema: &'static str,
    /// The URL as inspected.
    pub url: String,
    /// The client it was followed as.
    pub client: String,
    /// Every request and its response, in order.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub hops: Vec<HopView>,
    /// How the chain ended.
    pub end: EndView,
    /// The chain as a whole.
    pub summary: SummaryView,
    /// Everything that stood out, hop by hop, then what the whole chain raises.
    pub findings: Vec<FindingView>,
    /// What became of each expectation.
    pub expectations: Vec<ExpectationView>,
}

/// One request and its response.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HopView {
    /// Counted from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub n: usize,
    /// The request as it was on the wire.
    pub request: RequestView,
    /// The final response; null where none arrived.
    pub response: Option<ResponseView>,
    /// Where the response redirects to; null where it redirects nowhere.
    pub redirect: Option<RedirectView>,
    /// Which cookies went out and came in, by name; of one without a name it is empty.
    pub cookies: CookiesView,
    /// The connection; null where none was made.
    pub connection: Option<ConnectionView>,
    /// How long each phase took.
    pub timing: TimingView,
    /// The ids of the findings raised at this hop.
    pub findings: Vec<&'static str>,
}

/// The cookies of one request and its response, by name.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CookiesView {
    /// Those that the response sets and that are kept.
    pub set: Vec<String>,
    /// Those that the response sets and that are not kept.
    pub refused: Vec<RefusedCookieView>,
    /// Those that the response took back: they were kept until then.
    pub deleted: Vec<String>,
    /// Those that the request carries.
    pub sent: Vec<String>,
}

/// A cookie that is not kept.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RefusedCookieView {
    /// Its name.
    pub name: String,
    /// Why, in a few words.
    pub why: String,
}

/// A request as it was on the wire.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RequestView {
    /// The method, case kept.
    pub method: String,
    /// The URL, with its fragment, which is never sent.
    pub url: String,
    /// Name and value of each field line, as sent, in order.
    pub headers: Vec<(String, Octets)>,
    /// Names, in lower case, of the fields that the hop before did not have.
    pub added: Vec<String>,
    /// Names, in lower case, of the fields whose values are not those of the hop before.
    pub changed: Vec<String>,
    /// The body; null where none was sent.
    pub body: Option<BodyView>,
}

impl RequestView {
    /// How long the body is, be it sent whole or not; `None` where nobody knows, or there is none.
    pub(in crate::report) fn body_length(&self) -> Option<u64> {
        let body = self.body.as_ref()?;
        let declared = || {
            let (_, value) = self
                .headers
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?;
            str::from_utf8(&value.0).ok()?.parse().ok()
        };
        if body.complete {
            Some(body.bytes)
        } else {
            declared()
        }
    }
}

/// What was sent as the body of a request.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BodyView {
    /// Its length, without any transfer coding.
    pub bytes: u64,
    /// The SHA-256 of these bytes, in hexadecimal.
    pub sha256: String,
    /// Whether all of it was sent; an early answer or a failure stops an upload.
    pub complete: bool,
}

/// A final response as received.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ResponseView {
    /// The status code.
    pub status: u16,
    /// The reason phrase.
    pub reason: Octets,
    /// The version on the status line.
    pub version: String,
    /// Name and value of each field line, as received, in order, duplicates kept.
    pub headers: Vec<(String, Octets)>,
    /// How many bytes of the body were read, before any content coding is undone.
    pub body_bytes: u64,
    /// Whether the body was read to its end.
    pub body_complete: bool,
    /// What was wrong with the body where it broke off.
    pub body_fault: Option<String>,
    /// The interim (1xx) responses that came before.
    pub informational: Vec<InterimView>,
    /// How many field lines were received and are not shown, as the chain holds more than is kept of one.
    pub headers_left_out: usize,
    /// The beginning of the body, where it is text and the chain ends with it; for people.
    #[serde(skip)]
    pub(in crate::report) text: Option<String>,
}

/// An interim response, such as 103.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct InterimView {
    /// The status code.
    pub status: u16,
    /// Name and value of each field line.
    pub headers: Vec<(String, Octets)>,
}

/// One redirect, judged.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of the document, none a mode"
)]
pub struct RedirectView {
    /// The Location field as received.
    pub location: Octets,
    /// Where it leads: resolved against the URL of the request, fragment inherited.
    pub target: String,
    /// Whether later requests ought to go to the target at once (301, 308).
    pub permanent: bool,
    /// The method before and after.
    pub method: ChangeView,
    /// What became of the body; none where there was none to keep.
    pub body: Named<BodyFate>,
    /// What RFC 9110 says of what the client did here with method and body, best to worst.
    pub verdict: Named<Verdict>,
    /// Whether clients agree here; false for 301 and 302 with any method but GET and HEAD.
    pub predictable: bool,
    /// The share of the measured clients that follow here which send this method and body, to two
    /// decimals; null where not measured.
    #[cfg_attr(test, schemars(range(min = 0.0, max = 1.0)))]
    pub agreement: Option<f64>,
    /// The rule behind the verdict.
    pub rule: ClauseView,
    /// Whether scheme, host or port change.
    pub cross_origin: bool,
    /// Whether it leads from https to http.
    pub downgrade: bool,
    /// What became of the header fields.
    pub headers: Carried,
    /// What each other client would do here, were it answered the same, by the name that `--clients` gave it; without that
    /// flag none. One that would not have come this far is left out.
    pub clients: BTreeMap<String, ClientView>,
    /// Whether the next request was made.
    pub followed: bool,
}

/// A method before and after.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangeView {
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
    /// Whether it stayed.
    pub kept: bool,
}

/// Where a verdict comes from.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClauseView {
    /// The document.
    pub source: &'static str,
    /// The section in it.
    pub section: &'static str,
    /// The link to the section.
    #[cfg_attr(test, schemars(extend("format" = "uri")))]
    pub url: &'static str,
    /// What it says, in one sentence.
    pub says: &'static str,
}

/// What became of the header fields of a request at a redirect; names in lower case.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Carried {
    /// Fields that the next request does not carry.
    pub dropped: Vec<String>,
    /// Fields with credentials that the next request carries.
    pub credentials_sent: Vec<String>,
}

/// What another client would do at a redirect.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClientView {
    /// Whether it follows here.
    pub followed: bool,
    /// The method it would send; null where it does not follow.
    pub method: Option<String>,
    /// What would become of the body; null where it does not follow.
    pub body: Option<Named<BodyFate>>,
    /// What would become of Authorization; null where it does not follow.
    pub authorization: Option<Named<FieldFate>>,
    /// What would become of Cookie; null where it does not follow.
    pub cookie: Option<Named<FieldFate>>,
    /// What RFC 9110 says of it; null where it does not follow.
    pub verdict: Option<Named<Verdict>>,
}

/// The connection that carried a request.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ConnectionView {
    /// The address connected to, the proxy's where there was one; null for a Unix socket.
    pub remote_addr: Option<String>,
    /// Whether an earlier request had opened it.
    pub reused: bool,
    /// Whether the request had been sent on another one before, which closed without an answer.
    pub retried: bool,
    /// The proxy; null where there was none.
    pub proxy: Option<String>,
    /// What the TLS handshake agreed on; null for plain http.
    pub tls: Option<TlsView>,
}

/// What the TLS handshake agreed on.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TlsView {
    /// Such as `TLSv1.3`.
    pub version: String,
    /// Such as `TLS13_AES_256_GCM_SHA384`.
    pub cipher: String,
    /// The protocol that ALPN chose.
    pub alpn: Option<String>,
    /// The subject of the certificate.
    pub subject: Option<String>,
    /// The issuer of the certificate.
    pub issuer: Option<String>,
    /// When the certificate expires, RFC 3339 in UTC.
    pub expires: Option<String>,
    /// What was wrong with the certificate, where the user let that pass.
    pub fault: Option<String>,
}

/// How long each phase of a hop took, in milliseconds; null where it did not happen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimingView {
    /// Looking up the name.
    pub dns_ms: Option<Millis>,
    /// Connecting, a proxy's greeting included.
    pub connect_ms: Option<Millis>,
    /// The TLS handshake.
    pub tls_ms: Option<Millis>,
    /// Sending the request.
    pub send_ms: Option<Millis>,
    /// From the last byte sent to the first received.
    pub wait_ms: Option<Millis>,
    /// From the first byte received to the last that was read.
    pub receive_ms: Option<Millis>,
    /// The whole hop.
    pub total_ms: Millis,
}

/// How a chain ended.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EndView {
    /// In which way.
    pub kind: Named<EndKind>,
    /// The status of the last response; null where none came.
    pub status: Option<u16>,
    /// The last URL requested.
    pub url: String,
    /// One sentence where the kind is not landed.
    pub detail: Option<String>,
    /// How far the last hop came, where the kind is failed.
    pub phase: Option<Named<Phase>>,
    /// The sentence with URLs as long as a line for people can hold.
    #[serde(skip)]
    pub(in crate::report) in_brief: Option<String>,
}

/// The chain as a whole.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SummaryView {
    /// How many redirects were followed.
    pub redirects: usize,
    /// The method of the first request and of the last.
    pub method: ChangeView,
    /// What became of the body from first to last: what the client did at each redirect, even where a server answered
    /// before it was sent whole (see `complete`).
    pub body: Named<BodyFate>,
    /// The worst verdict of the redirects followed; null where none was.
    pub verdict: Option<Named<Verdict>>,
    /// Whether clients agree on every redirect followed.
    pub predictable: bool,
    /// What links should say: past every leading permanent redirect, no further, and never from https to http.
    pub future_url: String,
    /// How long all hops took together, in milliseconds.
    pub total_ms: Millis,
    /// What other clients would have sent; null without `--clients`.
    pub clients: Option<Others>,
    /// What happened, in plain words.
    pub says: String,
    /// How good that is.
    #[serde(skip)]
    pub(in crate::report) tone: Tone,
}

/// Something that stood out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingView {
    /// Its name, which `--fail-on` and `explain` take.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Named<Severity>,
    /// The hop that raised it; null where the chain as a whole does.
    pub hop: Option<usize>,
    /// One sentence on this very case.
    pub says: String,
    /// Where the rule is written.
    pub cites: &'static [&'static str],
}

/// What became of one expectation.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExpectationView {
    /// The expectation as typed.
    pub text: String,
    /// Whether it held.
    pub held: bool,
    /// What was found.
    pub actual: String,
}
