//! Trace → View.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    BodyView, Carried, ChangeView, ClauseView, ConnectionView, EndView, ExpectationView,
    FindingView, HopView, InterimView, Millis, Named, Octets, RedirectView, RequestView,
    ResponseView, SCHEMA, SummaryView, TimingView, TlsView, View,
};
use crate::check::{Actual, Outcome};
use crate::follow::{self, Trace};
use crate::model::{self, Headers, Timings};
use crate::report::mask::Secrets;
use crate::report::sentence;
use crate::rules;

impl View {
    /// What may be shown of `trace` and of what became of the expectations.
    #[must_use]
    pub fn new(trace: &Trace, outcomes: &[Outcome], secrets: Secrets) -> Self {
        let mut view = Self {
            schema: SCHEMA,
            url: secrets.url(trace.start.as_str()),
            client: trace.client.clone(),
            hops: secrets.hops(&trace.hops),
            end: secrets.end(&trace.end, trace.hops.last()),
            summary: secrets.summary(trace),
            findings: trace
                .all_findings()
                .map(|finding| secrets.finding(finding, &trace.hops))
                .collect(),
            expectations: outcomes
                .iter()
                .map(|outcome| secrets.outcome(outcome, &trace.hops))
                .collect(),
        };
        view.summary.says = sentence::of(&view).text;
        view
    }
}

/// Each part of a trace as it may be shown; every string that a secret can stand in passes through a mask here.
impl Secrets {
    fn hops(self, hops: &[follow::Hop]) -> Vec<HopView> {
        let before = std::iter::once(None).chain(hops.iter().map(Some));
        hops.iter()
            .zip(before)
            .map(|(hop, before)| self.hop(hop, before))
            .collect()
    }

    fn hop(self, hop: &follow::Hop, before: Option<&follow::Hop>) -> HopView {
        let exchange = &hop.exchange;
        let before = before.map(|before| &before.exchange.sent.headers);
        HopView {
            n: hop.n,
            request: self.request(&exchange.sent, before),
            response: exchange
                .answer
                .as_ref()
                .ok()
                .map(|response| self.response(response)),
            redirect: hop
                .redirect
                .as_ref()
                .map(|redirect| self.redirect(redirect)),
            connection: exchange
                .connection
                .as_ref()
                .map(|connection| self.connection(connection)),
            timing: timing(&exchange.timings),
            findings: hop.findings.iter().map(|finding| finding.note.id).collect(),
        }
    }

    fn request(self, sent: &model::Sent, before: Option<&Headers>) -> RequestView {
        RequestView {
            method: sent.method.to_string(),
            url: self.url(sent.target.as_str()),
            headers: self.headers(&sent.headers),
            changed: before.map_or(Vec::new(), |before| changed(before, &sent.headers)),
            body: sent.body.as_ref().map(|digest| BodyView {
                bytes: digest.bytes,
                sha256: digest.hex(),
                complete: digest.complete,
            }),
        }
    }

    fn response(self, response: &model::Response) -> ResponseView {
        let interim = |one: &model::Informational| InterimView {
            status: one.status.code(),
            headers: self.headers(&one.headers),
        };
        ResponseView {
            status: response.status.code(),
            reason: Octets(response.reason.clone()),
            version: response.version.clone(),
            headers: self.headers(&response.headers),
            body_bytes: response.content.bytes,
            body_complete: response.content.complete,
            body_fault: response
                .content
                .fault
                .as_deref()
                .map(|fault| self.text(fault)),
            informational: response.informational.iter().map(interim).collect(),
        }
    }

    fn redirect(self, redirect: &rules::Redirect) -> RedirectView {
        let rules::Clause {
            source,
            section,
            url,
            says,
        } = redirect.rule;
        RedirectView {
            location: Octets(self.reference(&redirect.location)),
            target: self.url(redirect.target.as_str()),
            permanent: redirect.permanent,
            method: change(&redirect.method),
            body: Named(redirect.body),
            verdict: Named(redirect.verdict),
            predictable: redirect.predictable,
            agreement: redirect
                .agreement
                .map(|share| (share * 100.0).round() / 100.0),
            rule: ClauseView {
                source,
                section,
                url,
                says,
            },
            cross_origin: redirect.cross_origin,
            downgrade: redirect.downgrade,
            headers: Carried {
                dropped: redirect.dropped.clone(),
                credentials_sent: redirect.credentials_sent.clone(),
            },
            clients: BTreeMap::new(),
            followed: redirect.followed,
        }
    }

    fn connection(self, connection: &model::Connection) -> ConnectionView {
        ConnectionView {
            remote_addr: connection.remote.map(|address| address.to_string()),
            reused: connection.reused,
            retried: connection.retried,
            proxy: connection.proxy.as_deref().map(|proxy| self.url(proxy)),
            tls: connection.tls.as_ref().map(tls),
        }
    }

    fn end(self, end: &follow::End, last: Option<&follow::Hop>) -> EndView {
        EndView {
            kind: Named(end.kind),
            status: end.status.map(model::Status::code),
            url: self.url(end.url.as_str()),
            detail: end
                .detail
                .as_deref()
                .map(|detail| self.quoting(detail, last)),
            phase: end.phase.map(Named),
        }
    }

    fn summary(self, trace: &Trace) -> SummaryView {
        SummaryView {
            redirects: trace.redirects(),
            method: change(&trace.method()),
            body: Named(trace.body()),
            verdict: trace.verdict().map(Named),
            predictable: trace.predictable(),
            future_url: self.url(trace.future_url().as_str()),
            total_ms: trace.total().into(),
            clients: None,
            says: String::new(),
        }
    }

    fn finding(self, finding: &rules::Finding, hops: &[follow::Hop]) -> FindingView {
        let hop = finding.hop.and_then(|n| hops.iter().find(|hop| hop.n == n));
        FindingView {
            id: finding.note.id,
            severity: Named(finding.note.severity),
            hop: finding.hop,
            says: self.quoting(&finding.says, hop),
            cites: finding.note.cites,
        }
    }

    fn outcome(self, outcome: &Outcome, hops: &[follow::Hop]) -> ExpectationView {
        let key = outcome.text.split(' ').next().unwrap_or_default();
        let actual = match &outcome.actual {
            Actual::Absent(why) => why.clone(),
            Actual::Found(values) => values
                .iter()
                .map(|value| self.of_key(key, value))
                .collect::<Vec<_>>()
                .join(", "),
            Actual::Raised(none) if none.is_empty() => "none".to_owned(),
            Actual::Raised(findings) => findings
                .iter()
                .map(|finding| placed(&self.finding(finding, hops)))
                .collect::<Vec<_>>()
                .join("; "),
        };
        ExpectationView {
            text: self.expectation(&outcome.text),
            held: outcome.held,
            actual,
        }
    }

    /// A sentence that may quote what the response of `hop` says; a Location can have blanks within a secret, which no
    /// reader of words would find.
    fn quoting(self, text: &str, hop: Option<&follow::Hop>) -> String {
        let answer = hop.and_then(|hop| hop.exchange.answer.as_ref().ok());
        let mut text = text.to_owned();
        for value in answer
            .iter()
            .flat_map(|response| response.headers.all("location"))
        {
            let (raw, masked) = (String::from_utf8_lossy(value), self.reference(value));
            if masked != value {
                text = text.replace(&*raw, &String::from_utf8_lossy(&masked));
            }
        }
        self.text(&text)
    }

    fn headers(self, headers: &Headers) -> Vec<(String, Octets)> {
        headers
            .iter()
            .map(|field| {
                (
                    field.name.clone(),
                    Octets(self.field(&field.name, &field.value)),
                )
            })
            .collect()
    }
}

/// `hop 2: it leads to another origin.`
fn placed(finding: &FindingView) -> String {
    finding.hop.map_or(String::new(), |n| format!("hop {n}: ")) + &finding.says
}

/// Which fields stand in both with other values; looked at before secrets are masked, which makes them look alike.
fn changed(before: &Headers, now: &Headers) -> Vec<String> {
    let differs = |name: &String| before.contains(name) && !before.all(name).eq(now.all(name));
    let names: BTreeSet<String> = now
        .iter()
        .map(|field| field.name.to_ascii_lowercase())
        .collect();
    names.into_iter().filter(differs).collect()
}

fn change(change: &rules::MethodChange) -> ChangeView {
    ChangeView {
        from: change.from.to_string(),
        to: change.to.to_string(),
        kept: change.kept(),
    }
}

fn tls(tls: &model::Tls) -> TlsView {
    let model::Tls {
        version,
        cipher,
        alpn,
        subject,
        issuer,
        expires,
        fault,
    } = tls.clone();
    TlsView {
        version,
        cipher,
        alpn,
        subject,
        issuer,
        expires,
        fault,
    }
}

fn timing(timings: &Timings) -> TimingView {
    TimingView {
        dns_ms: timings.dns.map(Millis::from),
        connect_ms: timings.connect.map(Millis::from),
        tls_ms: timings.tls.map(Millis::from),
        send_ms: timings.send.map(Millis::from),
        wait_ms: timings.wait.map(Millis::from),
        receive_ms: timings.receive.map(Millis::from),
        total_ms: timings.total.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use crate::rules::Finding;
    use crate::rules::findings::INVALID_LOCATION;

    #[test]
    fn what_was_found_loses_its_secrets_and_what_is_absent_is_told() {
        let trace = fixture::secrets();
        let found = |values: &[&str]| {
            Actual::Found(values.iter().map(|value| (*value).to_owned()).collect())
        };
        let says = "SEC RET".to_owned();
        let raised = Finding {
            note: &INVALID_LOCATION,
            hop: Some(2),
            says: format!("//u:{says}@/?key={says} has a blank"),
        };
        for (text, actual, shown) in [
            ("status = 200", found(&["301"]), "301"),
            (
                "hop1.header.location = /",
                found(&["/x?token=SEC RET"]),
                "/x?token=***",
            ),
            (
                "header.set-cookie ~ *",
                found(&["a=1; Path=/", "b=2; Secure"]),
                "a=***; Path=/, b=***; Secure",
            ),
            ("header.x-api-key = a", found(&["no SECRET is this"]), "***"),
            (
                "header.x-api-key = a",
                Actual::Absent("no such header".to_owned()),
                "no such header",
            ),
            ("no invalid-location", Actual::Raised(Vec::new()), "none"),
            (
                "no invalid-location",
                Actual::Raised(vec![raised]),
                "hop 2: //***@/?key=*** has a blank",
            ),
        ] {
            let outcome = Outcome {
                text: text.to_owned(),
                held: false,
                actual,
            };
            assert_eq!(Secrets::Masked.outcome(&outcome, &trace.hops).actual, shown);
        }
    }

    #[test]
    fn a_field_that_changed_is_named_although_its_masks_are_alike() {
        let fields = |lines: &[(&str, &str)]| lines.iter().copied().collect::<Headers>();
        let before = fields(&[
            ("Host", "a"),
            ("Cookie", "sid=1"),
            ("X-A", "1"),
            ("X-A", "2"),
            ("Gone", "1"),
        ]);
        let now = fields(&[
            ("host", "a"),
            ("cookie", "sid=2"),
            ("X-A", "1"),
            ("X-B", "1"),
        ]);
        assert_eq!(changed(&before, &now), ["cookie", "x-a"]);
        assert!(changed(&before, &before).is_empty());
    }
}
