//! What the client did in one situation, and what is to be said of it. Pure.

use std::sync::Arc;

use super::super::journal::Arrival;
use super::notes;
use super::probe_request::ProbeRequest;
use super::run::Run;
use super::situation::ProbedRedirect;
use crate::clients::Crossing;
use crate::model::{Headers, Method, Status};
use crate::rules::law;
use crate::rules::{BodyFate, Clause, FieldFate, Note, Verdict, findings};

/// One cell of the matrix.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProbedCell {
    /// The code that was answered.
    pub status: Status,
    /// Where its Location led.
    pub crossing: Crossing,
    /// What the client had been asked to send.
    pub ask: ProbeRequest,
    /// What it did, or why that is not known.
    pub outcome: Result<ProbedOutcome, String>,
}

/// What the client did.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProbedOutcome {
    /// Its first request, as it arrived.
    pub first: Arc<Arrival>,
    /// Whether it ended with an error.
    pub failed: bool,
    /// What it sent next; `None` where it did not follow.
    pub next: Option<ProbedNext>,
}

/// The request that followed, judged.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProbedNext {
    /// It, as it arrived.
    pub arrival: Arc<Arrival>,
    /// Its content.
    pub body: BodySeen,
    /// What became of the content, in the words of the law.
    pub fate: BodyFate,
    /// What became of each field of the first request, and which came new: names in lower case, in the order of the
    /// first request.
    pub fields: Vec<(String, FieldFate)>,
    /// What RFC 9110 says of method and content.
    pub verdict: Verdict,
    /// The rule behind it.
    pub rule: Clause,
    /// Whether Fetch would have sent this method and content.
    pub as_fetch: bool,
    /// What else is to be said.
    pub findings: Vec<&'static Note>,
}

/// The content of the next request, beside that of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BodySeen {
    /// The same bytes.
    Same,
    /// None, and a field says so: Content-Length: 0, or chunks without content.
    Empty,
    /// None.
    Absent,
    /// Other bytes.
    Different,
}

impl BodySeen {
    /// The name that the JSON document uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Empty => "empty-with-framing",
            Self::Absent => "absent",
            Self::Different => "different",
        }
    }

    /// Whether there is content.
    #[must_use]
    pub fn is_some(self) -> bool {
        matches!(self, Self::Same | Self::Different)
    }
}

impl ProbedOutcome {
    /// The method of the first request; `None` where it is no token.
    #[must_use]
    pub fn method(&self) -> Option<Method> {
        Method::new(&self.first.method).ok()
    }

    /// Whether the first request had content.
    #[must_use]
    pub fn has_body(&self) -> bool {
        has_content(&self.first)
    }

    /// What became of this field of the first request; `None` where it had none, or did not follow.
    #[must_use]
    pub fn fate(&self, name: &str) -> Option<FieldFate> {
        let next = self.next.as_ref()?;
        next.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, fate)| *fate)
            .filter(|fate| *fate != FieldFate::Added)
    }
}

/// What a run says of a situation.
pub(super) fn outcome(
    run: &Run,
    path: &str,
    situation: &ProbedRedirect,
) -> Result<ProbedOutcome, String> {
    let at = |arrival: &Arc<Arrival>| arrival.target == path.as_bytes();
    let Some(start) = run.arrivals.iter().position(at) else {
        return Err(format!("sent nothing ({})", run.ended));
    };
    let first = Arc::clone(&run.arrivals[start]);
    // The start again is a retry, and no way to follow.
    let next = run.arrivals[start..]
        .iter()
        .find(|arrival| !at(arrival))
        .map(Arc::clone);
    let next = next
        .map(|next| judged(&first, next, situation))
        .transpose()?;
    Ok(ProbedOutcome {
        first,
        failed: run.failed,
        next,
    })
}

fn judged(
    first: &Arrival,
    arrival: Arc<Arrival>,
    situation: &ProbedRedirect,
) -> Result<ProbedNext, String> {
    let method =
        |arrival: &Arrival| Method::new(&arrival.method).map_err(|error| error.to_string());
    let (from, to) = (method(first)?, method(&arrival)?);
    let body = body(first, &arrival);
    let fate = match (has_content(first), body.is_some()) {
        (false, _) => BodyFate::None,
        (true, true) => BodyFate::Kept,
        (true, false) => BodyFate::Dropped,
    };
    let (verdict, rule) = law::judge(situation.status, &from, &to, fate);
    // Content where there was none is no client's to add.
    let added = body.is_some() && !has_content(first);
    let as_fetch = !added
        && law::fetch(&from, situation.status)
            .admits(&to, fate)
            .is_some();
    let step = Step {
        status: situation.status,
        from,
        to,
        fate,
        body,
        verdict,
    };
    let fields = fates(&first.headers, &arrival.headers);
    let findings = step.findings(&fields, situation.crossing);
    Ok(ProbedNext {
        arrival,
        body,
        fate,
        fields,
        verdict,
        rule,
        as_fetch,
        findings,
    })
}

fn has_content(arrival: &Arrival) -> bool {
    arrival
        .content
        .as_ref()
        .is_some_and(|content| content.digest.bytes > 0)
}

fn body(first: &Arrival, next: &Arrival) -> BodySeen {
    match (&first.content, &next.content) {
        (_, None) => BodySeen::Absent,
        (_, Some(content)) if content.digest.bytes == 0 => BodySeen::Empty,
        (Some(before), Some(content)) if before.digest == content.digest => BodySeen::Same,
        _ => BodySeen::Different,
    }
}

/// Fields of the connection and the framing, which follow from other things.
const OF_THE_WIRE: [&str; 6] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "expect",
    "keep-alive",
];

/// Whether a field follows from connection and framing.
pub(super) fn is_of_the_wire(name: &str) -> bool {
    OF_THE_WIRE
        .iter()
        .any(|other| other.eq_ignore_ascii_case(name))
}

/// What became of each field.
pub(super) fn fates(first: &Headers, next: &Headers) -> Vec<(String, FieldFate)> {
    let mut fates: Vec<(String, FieldFate)> = Vec::new();
    for field in first.iter().chain(next) {
        let name = field.name.to_ascii_lowercase();
        if is_of_the_wire(&name) || fates.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let (before, after): (Vec<_>, Vec<_>) =
            (first.all(&name).collect(), next.all(&name).collect());
        let fate = match (before.is_empty(), after.is_empty()) {
            (true, _) => FieldFate::Added,
            (_, true) => FieldFate::Dropped,
            _ if before == after => FieldFate::Kept,
            _ => FieldFate::Changed,
        };
        fates.push((name, fate));
    }
    fates
}

/// The step from one request to the next.
struct Step {
    status: Status,
    from: Method,
    to: Method,
    fate: BodyFate,
    body: BodySeen,
    verdict: Verdict,
}

impl Step {
    fn findings(&self, fields: &[(String, FieldFate)], crossing: Crossing) -> Vec<&'static Note> {
        let code = self.status.code();
        let changed = self.from != self.to;
        let preserving = matches!(code, 307 | 308);
        let lost = self.fate == BodyFate::Dropped;
        let bad = self.verdict >= Verdict::Discouraged;
        let head_to_get = self.from.as_str() == "HEAD" && self.to == Method::GET && bad;
        let raised = [
            (
                credentials_sent(fields, crossing),
                &findings::CREDENTIALS_SENT,
            ),
            (preserving && changed, &notes::METHOD_NOT_KEPT),
            (head_to_get, &notes::HEAD_BECAME_GET),
            (
                lost && !self.from.is_retrieval() && (!changed || preserving),
                &notes::BODY_LOST,
            ),
            (self.body == BodySeen::Different, &notes::BODY_CHANGED),
            (code == 303 && self.body.is_some(), &notes::BODY_AFTER_303),
            (
                code == 303 && !self.to.is_retrieval(),
                &notes::NOT_RETRIEVED,
            ),
            (
                changed && bad && !preserving && !head_to_get,
                &findings::METHOD_CHANGED,
            ),
            (code == 304, &notes::FOLLOWED_304),
            (matches!(code, 305 | 306), &notes::FOLLOWED_305),
            (
                lost && describes_content(fields),
                &notes::CONTENT_FIELDS_LEFT,
            ),
        ];
        raised
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, note)| note)
            .collect()
    }
}

/// Whether a credential reached another origin: cookies know hosts, not ports (RFC 6265 §8.5).
fn credentials_sent(fields: &[(String, FieldFate)], crossing: Crossing) -> bool {
    let leaks = |name: &str| match name {
        "authorization" | "proxy-authorization" => crossing != Crossing::SameOrigin,
        "cookie" => crossing == Crossing::Host,
        _ => false,
    };
    fields
        .iter()
        .any(|(name, fate)| *fate == FieldFate::Kept && leaks(name))
}

fn describes_content(fields: &[(String, FieldFate)]) -> bool {
    let describing = [
        "content-type",
        "content-encoding",
        "content-language",
        "content-location",
    ];
    fields
        .iter()
        .any(|(name, fate)| *fate == FieldFate::Kept && describing.contains(&name.as_str()))
}
