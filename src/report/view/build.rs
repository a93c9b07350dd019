//! Trace → View.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{
    BodyView, Carried, ChangeView, ClauseView, ConnectionView, CookiesView, EndView,
    ExpectationView, FindingView, HopView, InterimView, RedirectView, RefusedCookieView,
    RequestView, ResponseView, SummaryView, TimingView, TlsView, View,
};
use super::wire::{Millis, Named, Octets};
use crate::check::{Actual, Outcome};
use crate::follow::{self, Trace};
use crate::model::{self, Headers, Timings};
use crate::report::document::Document as _;
use crate::report::say::{self, Voice};
use crate::report::sentence::{self, Sentence};
use crate::report::tone::Tone;
use crate::rules;
use crate::rules::mask::Secrets;

impl View {
    /// What may be shown of `trace` and of what became of the expectations.
    #[must_use]
    pub fn new(trace: &Trace, outcomes: &[Outcome], secrets: Secrets) -> Self {
        let mut view = Self {
            schema: Self::SCHEMA,
            url: secrets.url(trace.start.as_str()),
            client: trace.client.clone(),
            hops: secrets.hops(&trace.hops),
            end: secrets.end(trace),
            summary: secrets.summary(trace),
            findings: trace
                .all_findings()
                .map(|finding| secrets.finding(finding))
                .collect(),
            expectations: outcomes
                .iter()
                .map(|outcome| secrets.outcome(outcome))
                .collect(),
        };
        view.close();
        view
    }

    /// Sums up what happened, as far as the view knows by now.
    pub(super) fn close(&mut self) {
        let Sentence { tone, text } = sentence::of(self);
        self.summary.says = text;
        self.summary.tone = tone;
    }
}

/// Each part of a trace as it may be shown; every string that a secret can stand in passes through a mask here.
impl Secrets {
    fn hops(self, hops: &[follow::Hop]) -> Vec<HopView> {
        let before = std::iter::once(None).chain(hops.iter().map(Some));
        let mut shown: Vec<HopView> = hops
            .iter()
            .zip(before)
            .map(|(hop, before)| self.hop(hop, before))
            .collect();
        for (hop, pair) in shown.iter_mut().zip(hops.windows(2)) {
            if let Some(redirect) = &mut hop.redirect {
                let [sent, next] = [&pair[0], &pair[1]].map(|hop| &hop.exchange.sent.headers);
                redirect.headers.dropped = dropped(sent, next);
            }
        }
        shown
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
            cookies: self.cookies(&hop.cookies),
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
            added: before.map_or(Vec::new(), |before| added(before, &sent.headers)),
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
                .as_ref()
                .map(say::wire::content_fault),
            informational: response.informational.iter().map(interim).collect(),
            headers_left_out: response.left_out,
            text: self.body_text(response),
        }
    }

    /// The beginning of a body that people can read.
    fn body_text(self, response: &model::Response) -> Option<String> {
        let kind = response.headers.get("content-type")?.to_ascii_lowercase();
        let kind = String::from_utf8_lossy(&kind);
        let is_text = ["text/", "json", "xml", "javascript", "form-urlencoded"]
            .iter()
            .any(|part| kind.contains(part));
        let coded = response.headers.contains("content-encoding");
        let bytes = &response.content.prefix;
        (is_text && !coded && !bytes.is_empty())
            .then(|| String::from_utf8_lossy(&self.content(bytes)).into_owned())
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

    fn cookies(self, cookies: &follow::HopCookies) -> CookiesView {
        let refused = cookies.refused().map(|cookie| RefusedCookieView {
            why: say::cookie::refusal(Voice::whole(self), &cookie.why),
            name: cookie.name,
        });
        CookiesView {
            set: cookies.kept().map(str::to_owned).collect(),
            refused: refused.collect(),
            deleted: cookies.deleted().map(str::to_owned).collect(),
            sent: cookies.sent.clone(),
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

    fn end(self, trace: &Trace) -> EndView {
        let end = &trace.end;
        EndView {
            kind: Named(end.kind()),
            status: end.status.map(model::Status::code),
            url: self.url(end.url.as_str()),
            detail: say::end(Voice::whole(self), trace),
            phase: end.phase().map(Named),
            in_brief: say::end(Voice::brief(self), trace),
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
            tone: Tone::Good,
        }
    }

    fn finding(self, finding: &rules::Finding) -> FindingView {
        FindingView {
            id: finding.note.id,
            severity: Named(finding.note.severity),
            hop: finding.hop,
            says: say::finding(Voice::whole(self), &finding.facts),
            cites: finding.note.cites,
        }
    }

    fn outcome(self, outcome: &Outcome) -> ExpectationView {
        let key = outcome.text.split(' ').next().unwrap_or_default();
        let actual = match &outcome.actual {
            Actual::Absent(why) => say::absent(Voice::whole(self), why),
            Actual::Found(values) => values
                .iter()
                .map(|value| self.of_key(key, value))
                .collect::<Vec<_>>()
                .join(", "),
            Actual::Raised(none) if none.is_empty() => "none".to_owned(),
            Actual::Raised(findings) => findings
                .iter()
                .map(|finding| placed(&self.finding(finding)))
                .collect::<Vec<_>>()
                .join("; "),
        };
        ExpectationView {
            text: self.expectation(&outcome.text),
            held: outcome.held,
            actual,
        }
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

/// Which fields are new.
fn added(before: &Headers, now: &Headers) -> Vec<String> {
    let names = now.iter().map(|field| field.name.to_ascii_lowercase());
    let new: BTreeSet<String> = names.filter(|name| !before.contains(name)).collect();
    new.into_iter().collect()
}

/// Which fields went out and then no more, those of the wire's own making counted.
fn dropped(sent: &Headers, next: &Headers) -> Vec<String> {
    let names = sent.iter().map(|field| field.name.to_ascii_lowercase());
    let mut gone: Vec<String> = names.filter(|name| !next.contains(name)).collect();
    gone.dedup();
    gone
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
        fault: fault.as_ref().map(say::wire::tls_fault),
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
    use crate::check::Absent;
    use crate::rules::findings::INVALID_LOCATION;
    use crate::rules::{Facts, Finding};

    #[test]
    fn what_was_found_loses_its_secrets_and_what_is_absent_is_told() {
        let found = |values: &[&str]| {
            Actual::Found(values.iter().map(|value| (*value).to_owned()).collect())
        };
        let raised = Finding {
            note: &INVALID_LOCATION,
            hop: Some(2),
            facts: Facts::InvalidLocation {
                location: b"//u:SEC RET@/?key=SEC RET".to_vec(),
            },
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
                Actual::Absent(Absent::Field),
                "no such header",
            ),
            ("no invalid-location", Actual::Raised(Vec::new()), "none"),
            (
                "no invalid-location",
                Actual::Raised(vec![raised]),
                "hop 2: Location is no URI-reference: //***@/?key=***",
            ),
        ] {
            let outcome = Outcome {
                text: text.to_owned(),
                held: false,
                actual,
            };
            assert_eq!(Secrets::Masked.outcome(&outcome).actual, shown);
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
