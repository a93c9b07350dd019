//! Traces built by hand, one for each thing that a report has to get right. Durations are part of them.

use std::time::Duration;

use url::Url;

use crate::check::{Actual, Outcome};
use crate::follow::{Again, End, EndReason, Hop, Trace};
use crate::model::{
    Cause, Connection, Digest, Exchange, Failure, Headers, Informational, Method, Peer, Phase,
    Received, Response, Sent, Status, SystemFault, Timings, Tls,
};
use crate::rules::location::locate;
use crate::rules::{
    BodyFate, Clause, Facts, Finding, MethodChange, Note, Redirect, Severity, Verdict, findings,
};

/// Writes a trace hop by hop; what the law would say is said by the one who writes.
pub(super) struct Maker {
    start: Url,
    url: Url,
    method: Method,
    fields: Headers,
    body: Option<u64>,
    hops: Vec<Hop>,
    findings: Vec<Finding>,
}

/// The next request: its method, what became of the body, what the law says of it.
type Next<'a> = (&'a str, BodyFate, Verdict);

impl Maker {
    pub(super) fn new(method: &str, url: &str) -> Self {
        let url = Url::parse(url).unwrap();
        let fields = [("User-Agent", "rehop/0.1.0"), ("Accept", "*/*")]
            .into_iter()
            .collect();
        let method = Method::new(method).unwrap();
        Self {
            start: url.clone(),
            url,
            method,
            fields,
            body: None,
            hops: Vec::new(),
            findings: Vec::new(),
        }
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.push(name, value);
        self
    }

    pub(super) fn body(mut self, bytes: u64) -> Self {
        self.body = Some(bytes);
        self.with("Content-Type", "application/json")
    }

    /// A redirect that is followed.
    pub(super) fn to(self, code: u16, location: &str, next: Next) -> Self {
        self.moved_to(code, location.as_bytes(), next)
    }

    /// A redirect with these bytes for a Location.
    pub(super) fn moved_to(
        mut self,
        code: u16,
        location: &[u8],
        (to, body, verdict): Next,
    ) -> Self {
        let target = self.url.join(&String::from_utf8_lossy(location)).unwrap();
        let cross_origin = target.origin() != self.url.origin();
        let change = MethodChange {
            from: self.method.clone(),
            to: Method::new(to).unwrap(),
        };
        let content = ["content-type", "content-length"];
        let lost = |name: &str| {
            (!change.kept() && content.contains(&name)) || (cross_origin && name == "authorization")
        };
        let names: Vec<String> = self
            .sent()
            .headers
            .iter()
            .map(|field| field.name.to_lowercase())
            .collect();
        let redirect = Redirect {
            location: location.to_vec(),
            permanent: matches!(code, 301 | 308),
            predictable: self.method.is_retrieval() || !matches!(code, 301 | 302),
            rule: rule(code),
            cross_origin,
            downgrade: (self.url.scheme(), target.scheme()) == ("https", "http"),
            dropped: names.into_iter().filter(|name| lost(name)).collect(),
            credentials_sent: Vec::new(),
            exposed: Vec::new(),
            agreement: None,
            followed: true,
            target: target.clone(),
            method: change,
            body,
            verdict,
        };
        self.push(
            Ok(response(code, &[("Location", location)])),
            Some(redirect),
        );
        if cross_origin {
            self.fields.remove("authorization");
        }
        if body == BodyFate::Dropped {
            self.body = None;
            self.fields.remove("content-type");
        }
        self.method = Method::new(to).unwrap();
        self.url = target;
        self
    }

    /// Changes the hop written last.
    pub(super) fn but(mut self, change: impl FnOnce(&mut Hop)) -> Self {
        change(self.hops.last_mut().unwrap());
        self
    }

    /// A finding at the hop written last.
    pub(super) fn finds(self, note: &'static Note, facts: Facts) -> Self {
        self.but(|hop| {
            hop.findings.push(Finding {
                note,
                hop: Some(hop.n),
                facts,
            });
        })
    }

    /// The last answer.
    pub(super) fn lands(self, code: u16) -> Trace {
        self.lands_but(code, |_| ())
    }

    /// The last answer, with a change to its hop.
    pub(super) fn lands_but(mut self, code: u16, change: impl FnOnce(&mut Hop)) -> Trace {
        self.push(Ok(response(code, &[("Content-Type", b"text/html")])), None);
        self.but(change).ends(EndReason::Landed)
    }

    /// No answer.
    pub(super) fn fails(mut self, phase: Phase, cause: Cause) -> Trace {
        let peer = Peer {
            name: format!(
                "{}:{}",
                self.url.host_str().unwrap(),
                self.url.port_or_known_default().unwrap()
            ),
            ..Peer::default()
        };
        let failure = Failure::new(phase, peer, cause);
        self.push(Err(failure.clone()), None);
        self.ends(EndReason::Failed(failure))
    }

    /// The redirect written last is not followed, for this reason.
    pub(super) fn stops(self, reason: EndReason) -> Trace {
        self.but(|hop| {
            hop.redirect
                .iter_mut()
                .for_each(|redirect| redirect.followed = false);
        })
        .ends(reason)
    }

    /// A redirect whose Location is of no use.
    pub(super) fn astray(mut self, code: u16, location: Option<&[u8]>) -> Trace {
        let fields: Vec<_> = location
            .map(|location| ("Location", location))
            .into_iter()
            .collect();
        let response = response(code, &fields);
        let unusable = locate(&self.url, &response.headers).err();
        let status = response.status;
        self.push(Ok(response), None);
        self.ends(EndReason::BadLocation { status, unusable })
    }

    fn ends(self, reason: EndReason) -> Trace {
        let last = &self.hops.last().unwrap().exchange;
        let end = End {
            status: last.answer.as_ref().ok().map(|response| response.status),
            url: last.sent.target.clone(),
            reason,
        };
        Trace {
            start: self.start,
            client: "fetch".to_owned(),
            hops: self.hops,
            end,
            findings: self.findings,
        }
    }

    fn sent(&self) -> Sent {
        let mut headers = Headers::new();
        headers.push(
            "Host",
            self.url[url::Position::BeforeHost..url::Position::AfterPort].to_owned(),
        );
        for field in &self.fields {
            headers.push(field.name.clone(), field.value.clone());
        }
        if let Some(bytes) = self.body {
            headers.push("Content-Length", bytes.to_string());
        }
        let body = self.body.map(|bytes| Digest {
            bytes,
            sha256: [0xab; 32],
            complete: true,
        });
        Sent {
            method: self.method.clone(),
            target: self.url.clone(),
            headers,
            body,
        }
    }

    fn push(&mut self, answer: Result<Response, Failure>, redirect: Option<Redirect>) {
        let micros = |n: u64| Some(Duration::from_micros(n));
        let tls = (self.url.scheme() == "https").then(tls);
        let timings = Timings {
            connect: micros(120),
            tls: tls.as_ref().and_then(|_| micros(2_100)),
            send: micros(40),
            wait: micros(510),
            receive: micros(30),
            total: Duration::from_micros(if tls.is_some() { 2_800 } else { 700 }),
            dns: None,
        };
        let remote = answer.is_ok().then(|| ([127, 0, 0, 1], 8080).into());
        let connection = remote.map(|remote| Connection {
            remote: Some(remote),
            tls,
            ..Connection::default()
        });
        let exchange = Exchange {
            sent: self.sent(),
            connection,
            timings,
            answer,
        };
        self.hops.push(Hop {
            n: self.hops.len() + 1,
            exchange,
            redirect,
            findings: Vec::new(),
        });
    }
}

fn response(code: u16, fields: &[(&str, &[u8])]) -> Response {
    let reason = REASONS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or("", |(_, reason)| reason);
    Response {
        version: "HTTP/1.1".to_owned(),
        status: Status(code),
        reason: reason.into(),
        headers: fields
            .iter()
            .copied()
            .chain([("Content-Length", &b"0"[..])])
            .collect(),
        informational: Vec::new(),
        left_out: 0,
        content: Received {
            complete: true,
            ..Received::default()
        },
    }
}

const REASONS: [(u16, &str); 10] = [
    (200, "OK"),
    (300, "Multiple Choices"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (401, "Unauthorized"),
    (404, "Not Found"),
    (500, "Internal Server Error"),
];

fn rule(code: u16) -> Clause {
    let section = [
        "15.4.1", "15.4.2", "15.4.3", "15.4.4", "15.4.5", "15.4.6", "15.4.7", "15.4.8", "15.4.9",
    ];
    Clause {
        source: "RFC 9110",
        section: section.get(usize::from(code) - 300).unwrap_or(&"15.4"),
        url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.4",
        says: "A sentence of the law.",
    }
}

fn tls() -> Tls {
    Tls {
        version: "TLSv1.3".to_owned(),
        cipher: "TLS13_AES_256_GCM_SHA384".to_owned(),
        alpn: Some("http/1.1".to_owned()),
        subject: Some("shop.example".to_owned()),
        issuer: Some("Example CA".to_owned()),
        expires: Some("2027-01-31T23:59:59Z".to_owned()),
        fault: None,
    }
}

static CROSS_ORIGIN: Note = Note {
    id: "cross-origin",
    severity: Severity::Info,
    says: "the redirect leads to another origin",
    why: "Another server learns of the request.",
    cites: &["https://www.rfc-editor.org/rfc/rfc9110#section-15.4"],
};

/// The chain of the README: 308, 302, 200; the POST is lost at hop 2.
pub(super) fn tour() -> Trace {
    Maker::new("POST", "http://127.0.0.1:8080/start")
        .body(7)
        .to(
            308,
            "/v2/start",
            ("POST", BodyFate::Kept, Verdict::Required),
        )
        .to(
            302,
            "/login",
            ("GET", BodyFate::Dropped, Verdict::Permitted),
        )
        .lands(200)
}

/// Over TLS and origins, with interim responses and credentials left behind; the last hop cannot be reached.
pub(super) fn failed() -> Trace {
    Maker::new("PUT", "https://shop.example/cart")
        .with("Authorization", "Bearer s3cret")
        .body(2_345_678)
        .to(
            307,
            "https://pay.example:8443/cart",
            ("PUT", BodyFate::Kept, Verdict::Required),
        )
        .finds(
            &CROSS_ORIGIN,
            Facts::CrossOrigin {
                origin: "https://pay.example:8443".to_owned(),
            },
        )
        .but(|hop| {
            let interim = Informational {
                status: Status(103),
                headers: [("Link", "</a.css>")].into_iter().collect(),
            };
            hop.exchange
                .answer
                .as_mut()
                .unwrap()
                .informational
                .push(interim);
            hop.exchange.sent.body.as_mut().unwrap().complete = false;
        })
        .fails(
            Phase::Connect,
            Cause::System(SystemFault {
                kind: std::io::ErrorKind::ConnectionRefused,
                text: "connection refused".to_owned(),
            }),
        )
}

/// Two pages that send each other back.
pub(super) fn circle() -> Trace {
    let get = ("GET", BodyFate::None, Verdict::Recommended);
    let mut trace = Maker::new("GET", "http://h.example/a")
        .to(302, "/b", get)
        .to(301, "/a#top", get)
        .stops(again("http://h.example/a#top"));
    trace.findings.push(Finding {
        note: &findings::TOO_LONG,
        hop: None,
        facts: Facts::TooLong {
            redirects: 6,
            most: 5,
        },
    });
    trace
}

/// A server that writes what terminals obey and what nobody sees.
pub(super) fn hostile() -> Trace {
    let location = b"/\x1b]0;owned\x07/\xe2\x80\xae/caf\xe9?\xc2\x9b31m";
    Maker::new("GET", "http://h.example/")
        .moved_to(302, location, ("GET", BodyFate::None, Verdict::Recommended))
        .but(|hop| {
            let response = hop.exchange.answer.as_mut().unwrap();
            response.reason =
                b"\x1b[31mFound\x1b[0m \xff\xe2\x80\x8b and a phrase that does not want to end"
                    .to_vec();
            response.headers.push("X-\u{202e}Evil", *b"a\x08\x08b\x7f");
        })
        .to(
            302,
            &format!("/{}", "long/".repeat(100)),
            ("GET", BodyFate::None, Verdict::Recommended),
        )
        .astray(302, Some(b"http://exa\x1bmple/\xff"))
}

/// Secrets in every place that can hold one.
pub(super) fn secrets() -> Trace {
    let get = ("GET", BodyFate::None, Verdict::Recommended);
    Maker::new("GET", "https://user:SECRET@shop.example/?token=SECRET")
        .with("Authorization", "Basic SECRET")
        .with("Cookie", "sid=SECRET; b=SECRET")
        .with("X-Api-Key", "SECRET")
        .with("Referer", "https://user:SECRET@shop.example/?code=SECRET")
        .to(
            302,
            "https://u:SECRET@pay.example/?sig=SECRET&next=%2F%3Fcode%3DSECRET#access_token=SECRET",
            get,
        )
        .but(|hop| {
            let response = hop.exchange.answer.as_mut().unwrap();
            response
                .headers
                .push("Set-Cookie", "sid=SECRET; Path=/; HttpOnly");
            hop.exchange.connection.as_mut().unwrap().proxy =
                Some("http://u:SECRET@proxy:3128".to_owned());
        })
        .finds(
            &CROSS_ORIGIN,
            Facts::Refresh {
                value: b"0; url=https://u:SECRET@pay.example/?sig=SECRET".to_vec(),
            },
        )
        .astray(302, Some(b"//u:SEC RET@/?key=SEC RET"))
}

/// A circle back to the first hop.
pub(super) fn again(target: &str) -> EndReason {
    EndReason::Loop(Again::Request {
        method: Method::GET,
        target: Url::parse(target).unwrap(),
        hop: 1,
    })
}

/// What became of two expectations.
pub(super) fn outcomes() -> Vec<Outcome> {
    let outcome = |text: &str, held, actual: &str| Outcome {
        text: text.to_owned(),
        held,
        actual: Actual::Found(vec![actual.to_owned()]),
    };
    vec![
        outcome("status = 200", true, "200"),
        outcome("body = kept", false, "dropped"),
    ]
}
